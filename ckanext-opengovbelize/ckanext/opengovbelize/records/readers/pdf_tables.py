"""Tables on the pages of a PDF: those with rules round their cells, and those whose columns only stand apart.

A PDF holds letters and rules at places, and no tables. What rules enclose is a cell; without rules, a line of
at least three short texts with wide room between them heads columns that the lines below keep to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .. import labels
from .pdf_page import Page, Piece, Rule

# In points: rules closer than this are one, or meet.
_NEAR = 3.0
# Columns of two tables that begin closer than this are at the same place.
_SAME_COLUMN = 4.0
# Rules that cross more often than this are a drawing, or meant to cost time.
_MOST_CROSSINGS = 60_000
_MOST_CELLS = 5_000
_MOST_COLUMNS = 20
# Of the size of the letters: the room between columns, between the lines of a cell, and after the last row.
_APART, _LEADING, _AFTER = 0.8, 1.45, 2.6
_LONGEST_HEADER = 40
# In points: lines of one cell stand no farther apart than this beside one another; rows stand more apart.
_TIGHT = 0.5
# Of the size of the letters: less room than between columns, more than between words.
_BLANK = 0.2

Cell = list[Piece]


@dataclass
class Table:
    """Rows of cells, each with its pieces of text, and where each column begins and ends.

    ``ruled`` tells whether rules enclose the cells. Of merged cells the first holds the text; the others are empty.
    """

    rows: list[list[Cell]]
    columns: list[tuple[float, float]]
    ruled: bool
    pieces: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.pieces = {id(piece) for row in self.rows for cell in row for piece in cell}


def find(page: Page, before: Table | None = None) -> list[Table]:
    """Return the tables of a page. No piece of text is in two of them.

    Args:
        page: what the page shows.
        before: the last table of the page before, of which a single row may be left for this one.
    """
    ruled = [table for grid in _grids(page) if (table := _filled(grid, page.pieces, before))]
    taken = {number for table in ruled for number in table.pieces}
    return ruled + _unruled([piece for piece in page.pieces if id(piece) not in taken], before)


def alike(one: Table, other: Table) -> bool:
    """Tell whether two tables have the same columns, so that one may go on with the other."""
    return (
        one.ruled == other.ruled
        and len(one.columns) == len(other.columns)
        and all(
            abs(mine[0] - its[0]) <= _SAME_COLUMN
            for mine, its in zip(one.columns, other.columns, strict=True)
        )
    )


def lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return pieces as lines from the top down, each from left to right, whatever the order of drawing."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.x)):
        if found and piece.is_on_line_of(found[-1][0]):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [sorted(line, key=lambda piece: piece.x) for line in found]


# Tables with rules


@dataclass
class _Grid:
    """Rules that hang together: the edges of columns from left to right, of rows from the top down."""

    columns: list[float]
    rows: list[float]
    across: list[Rule]
    down: list[Rule]


def _grids(page: Page) -> list[_Grid]:
    across, down = _joined(page.across), _joined(page.down)
    if len(across) * len(down) > _MOST_CROSSINGS:
        return []
    groups = _Groups(len(across) + len(down))
    for number, rule in enumerate(across):
        for other, wall in enumerate(down):
            if _within(wall.at, rule) and _within(rule.at, wall):
                groups.join(number, len(across) + other)
    # In the midst of a row that goes on over pages no rule is across.
    side_by_side = sorted(range(len(down)), key=lambda number: (down[number].start, down[number].end))
    for one, other in pairwise(side_by_side):
        if abs(down[one].start - down[other].start) < 1 and abs(down[one].end - down[other].end) < 1:
            groups.join(len(across) + one, len(across) + other)
    found = []
    for members in groups.all():
        rules = [across[number] for number in members if number < len(across)]
        walls = [down[number - len(across)] for number in members if number >= len(across)]
        if (len(rules) > 1 and walls) or len(walls) > 2:
            found.append(_grid(rules, walls))
    return [
        grid
        for grid in found
        if 2 <= len(grid.columns) - 1 <= _MOST_COLUMNS
        and len(grid.rows) > 1
        and (len(grid.columns) - 1) * (len(grid.rows) - 1) <= _MOST_CELLS
    ]


def _grid(across: list[Rule], down: list[Rule]) -> _Grid:
    # Where the outermost rules are not drawn, the others end there.
    columns = [*(rule.at for rule in down), *(end for rule in across for end in (rule.start, rule.end))]
    columns = [*(rule.at for rule in down), min(columns), max(columns)]
    rows = [*(rule.at for rule in across), min(r.start for r in down), max(r.end for r in down)]
    return _Grid(_edges(columns), _edges(rows)[::-1], across, down)


def _edges(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    last = float("-inf")
    for place in sorted(places):
        if place - last > _NEAR:
            found.append(place)
        last = place
    return found


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules with those joined that lie on one another or go on where another ends."""
    found: list[Rule] = []
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if levels and rule.at - levels[-1][-1].at <= 1:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    for level in levels:
        for rule in sorted(level, key=lambda rule: rule.start):
            last = found[-1] if found else None
            if (
                last is not None
                and abs(last.at - rule.at) <= _NEAR
                and last.start <= rule.start <= last.end + _NEAR
            ):
                found[-1] = Rule(last.start, max(last.end, rule.end), last.at)
            else:
                found.append(rule)
    return found


def _within(place: float, rule: Rule) -> bool:
    return rule.start - _NEAR <= place <= rule.end + _NEAR


class _Groups:
    """Numbers that belong together."""

    def __init__(self, count: int) -> None:
        self.parents = list(range(count))

    def _first(self, number: int) -> int:
        while self.parents[number] != number:
            self.parents[number] = self.parents[self.parents[number]]
            number = self.parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        self.parents[self._first(one)] = self._first(other)

    def all(self) -> list[list[int]]:
        groups: dict[int, list[int]] = {}
        for number in range(len(self.parents)):
            groups.setdefault(self._first(number), []).append(number)
        return list(groups.values())


def _filled(grid: _Grid, pieces: Sequence[Piece], before: Table | None) -> Table | None:
    """Return the table with the pieces that stand in its cells, or None where nothing in it is beside another.

    Of a row that a page break parts the rest may stand in one cell only.
    """
    width = len(grid.columns) - 1
    owners = _owners(grid)
    rows: list[list[Cell]] = [[[] for _ in range(width)] for _ in grid.rows[1:]]
    heights = [-edge for edge in grid.rows]
    for piece in pieces:
        column = bisect_right(grid.columns, piece.x + 1) - 1
        row = bisect_right(heights, -(piece.y + piece.size * 0.3)) - 1
        if 0 <= column < width and 0 <= row < len(rows):
            own_row, own_column = owners[row][column]
            rows[own_row][own_column].append(piece)
    table = Table([row for row in rows if any(row)], list(pairwise(grid.columns)), ruled=True)
    beside = any(sum(map(bool, row)) > 1 for row in table.rows)
    return table if beside or (table.rows and before is not None and alike(before, table)) else None


def _owners(grid: _Grid) -> list[list[tuple[int, int]]]:
    """Return for each place in the grid the first place of its cell: no rule parts them."""
    owners: list[list[tuple[int, int]]] = []
    walls = [[rule for rule in grid.down if abs(rule.at - edge) <= 2 * _NEAR] for edge in grid.columns]
    floors = [[rule for rule in grid.across if abs(rule.at - edge) <= 2 * _NEAR] for edge in grid.rows]
    for row, (top, bottom) in enumerate(pairwise(grid.rows)):
        owners.append([])
        for column, (left, right) in enumerate(pairwise(grid.columns)):
            owner = (row, column)
            if row and not _parted(floors[row], (left + right) / 2):
                owner = owners[row - 1][column]
            elif column and not _parted(walls[column], (top + bottom) / 2):
                owner = owners[row][column - 1]
            owners[row].append(owner)
    return owners


def _parted(rules: Sequence[Rule], place: float) -> bool:
    return any(rule.start - 1 <= place <= rule.end + 1 for rule in rules)


# Tables without rules


@dataclass
class _Chunk:
    """Pieces of a line with no wide room between them."""

    pieces: list[Piece]
    left: float
    right: float


def _unruled(pieces: Sequence[Piece], before: Table | None) -> list[Table]:
    found: list[Table] = []
    rows = [_chunks(line) for line in lines(pieces)]
    position = 0
    while position < len(rows):
        taken = _from_header(rows, position) if _is_header(rows[position]) else None
        if taken is None and not found and before is not None and not before.ruled:
            taken = _rest(rows, position, before)
        if taken is None:
            position += 1
        else:
            table, count = taken
            found.append(table)
            position += count
    return found


def _rest(rows: Sequence[list[_Chunk]], position: int, before: Table) -> tuple[Table, int] | None:
    """Return the row that is left of the table of the page before, or None."""
    chunks = rows[position]
    lefts = [left for left, _ in before.columns]
    if [any(abs(chunk.left - left) <= _SAME_COLUMN for left in lefts) for chunk in chunks] != [True] * len(
        lefts
    ):
        return None
    return Table(
        [_placed(chunks, [(chunk.left, chunk.right) for chunk in chunks])], before.columns, ruled=False
    ), 1


def _chunks(line: Sequence[Piece]) -> list[_Chunk]:
    found: list[_Chunk] = []
    for piece in line:
        if found and piece.x - found[-1].right <= _APART * piece.size:
            found[-1].pieces.append(piece)
            found[-1].right = max(found[-1].right, piece.right)
        else:
            found.append(_Chunk([piece], piece.x, piece.right))
    return found


def _text(chunk: _Chunk) -> str:
    return " ".join(piece.text.strip() for piece in chunk.pieces)


def _is_header(chunks: Sequence[_Chunk]) -> bool:
    """Tell whether a line may head columns; two need to be labels, since a label and its value look so too."""
    texts = [_text(chunk) for chunk in chunks]
    if not 2 <= len(texts) <= _MOST_COLUMNS or any(len(text) > _LONGEST_HEADER for text in texts):
        return False
    return len(texts) > 2 or all(labels.lookup(text) for text in texts)


def _from_header(rows: Sequence[list[_Chunk]], position: int) -> tuple[Table, int] | None:
    """Return the table whose header is at this position, and how many lines it takes, or None."""
    header = rows[position]
    columns = [(chunk.left, chunk.right) for chunk in header]
    size = header[0].pieces[0].size
    taken = [_placed(header, columns)]
    last = header[0].pieces[0].y
    lefts = [left for left, _ in columns]
    for line in rows[position + 1 :]:
        chunks = _at_columns(line, lefts)
        y = chunks[0].pieces[0].y
        widened = _widened(columns, chunks)
        if widened is None or last - y > _AFTER * size:
            break
        cells = _placed(chunks, widened)
        if last - y > _LEADING * size and cells[0] and not any(cells[1:]):
            # A line of its own below the table.
            break
        columns, last = widened, y
        taken.append(cells)
    body = _rows(taken[1:], taken[0])
    if not any(sum(map(bool, row)) > 1 for row in body):
        return None
    return Table([taken[0], *body], columns, ruled=False), len(taken)


def _at_columns(chunks: Sequence[_Chunk], lefts: Sequence[float]) -> list[_Chunk]:
    """Return the chunks of a line, parted also where a piece begins at a column with little room before it."""
    found: list[_Chunk] = []
    for chunk in chunks:
        for number, piece in enumerate(chunk.pieces):
            begins = any(abs(piece.x - left) <= _SAME_COLUMN for left in lefts)
            if number and not (begins and piece.x - found[-1].right >= _BLANK * piece.size):
                found[-1].pieces.append(piece)
                found[-1].right = max(found[-1].right, piece.right)
            else:
                found.append(_Chunk([piece], piece.x, piece.right))
    return found


def _widened(
    columns: list[tuple[float, float]], chunks: Sequence[_Chunk]
) -> list[tuple[float, float]] | None:
    """Return the columns with a line's texts in them, or None where a text stands across two of them."""
    widened = list(columns)
    seen: set[int] = set()
    for chunk in chunks:
        touched = [
            number
            for number, (left, right) in enumerate(columns)
            if chunk.left < right and left < chunk.right
        ]
        if not touched:
            # Beside a short header: the text belongs to the column on its left.
            touched = [max(0, bisect_right([left for left, _ in columns], chunk.left) - 1)]
        if len(touched) != 1 or touched[0] in seen:
            return None
        number = touched[0]
        seen.add(number)
        left, right = widened[number]
        widened[number] = (min(left, chunk.left), max(right, chunk.right))
    return widened if all(one[1] < other[0] for one, other in pairwise(widened)) else None


def _placed(chunks: Sequence[_Chunk], columns: Sequence[tuple[float, float]]) -> list[Cell]:
    cells: list[Cell] = [[] for _ in columns]
    for chunk in chunks:
        number = next(n for n, (left, right) in enumerate(columns) if left <= chunk.left <= right)
        cells[number] += chunk.pieces
    return cells


def _rows(taken: Sequence[list[Cell]], header: Sequence[Cell]) -> list[list[Cell]]:
    """Join lines to rows: where rows stand apart by their room, else where a line begins in the first column."""
    spaced = _gaps([header, *taken])
    tight = min(spaced, default=0.0) + _TIGHT
    by_room = any(gap <= tight for gap in spaced[1:]) and any(gap > tight + _TIGHT for gap in spaced)
    rows: list[list[Cell]] = []
    for cells, gap in zip(taken, spaced, strict=True):
        begins = gap > tight + _TIGHT if by_room else bool(cells[0]) and sum(map(bool, cells)) > 1
        if not rows or begins:
            rows.append([list(cell) for cell in cells])
        else:
            for cell, more in zip(rows[-1], cells, strict=True):
                cell += more
    return rows


def _gaps(taken: Sequence[Sequence[Cell]]) -> list[float]:
    """Return how far below the one before each line stands."""
    heights = [next(piece.y for cell in cells for piece in cell) for cells in taken]
    return [above - below for above, below in pairwise(heights)]
