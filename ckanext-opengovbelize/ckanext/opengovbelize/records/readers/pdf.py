"""PDF, read with pypdf: pieces of text at their places become lines and tables, links keep their targets."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from .. import chat_authors, labels
from ..document import LONGEST_LINE, Block, Document, Run, clean_runs
from ..problems import Problem
from . import pdf_frame, pdf_page, pdf_tables
from .content import Content
from .pdf_page import Page, Piece
from .pdf_tables import Table

# The library's warnings repeat what the file says.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_MOST_PAGES = 100
# Of drawing, in bytes: a page of text has some ten thousand; reading a million takes up to six seconds.
_MOST_DRAWING = 2_000_000
# Of the size of the letters: lines farther apart than this are paragraphs.
_NEXT_PARAGRAPH = 1.7
_BLANK, _LABEL, _CELL = 0.15, 0.7, 1.5
_HEADING, _FIRST_HEADING = 1.25, 1.6
_LONGEST_HEADING = 300
_LONGEST_LABEL = 40
# A table that ends a page goes on at the beginning of the next; page numbers and the like may stand between.
_MOST_LINES_BETWEEN = 3
# A line is full where the first word of the next would reach so much of the way to the edge.
_FULL = 0.96
_BULLET = re.compile(r"\s{0,9}[•·▪◦‣●○■–*\uf0b7-]\s{1,9}(?=\S)")

# What programs set where they cut a word, which people do not type.
_HYPHEN = "\u2010"
# So many blanks of one width on a line are those of an even right margin, however wide; and how alike they are.
_FEWEST_EVEN, _EVEN = 2, 0.97
# So many lines that end at one place have an even right margin.
_FEWEST_AT_MARGIN = 3

_ONLY_BULLETS = re.compile(r"[\s•·▪◦‣●○■\uf0b7]+")

_DAMAGED = Problem(
    "file-damaged",
    "The PDF cannot be opened: it is cut off or damaged. Save it again and send it.",
    rejects=True,
)
_LOCKED = Problem(
    "file-locked", "The PDF is protected by a password. Save it without one and send that.", rejects=True
)
_FRAME = Problem(
    "page-frame-left-out",
    "Lines that stand at the top or the foot of every page were left out, but for the first page's head. Nothing needs"
    " to be done, unless they say something of the session: then write it into the text.",
    place="page 1",
)
_NO_TEXT = Problem(
    "pdf-without-text",
    "The PDF holds pictures of pages, and no text. Send the document that it was made from, or let a scanner's"
    " text recognition run over it.",
    rejects=True,
)


@dataclass
class _Line:
    """Pieces beside each other."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(piece.right for piece in self.pieces)


@dataclass
class _Tables:
    """The tables of a document so far; the last may go on on the next page."""

    count: int = 0
    rows: int = 0
    last: Table | None = None
    # Where the rows of the last table end in the document's blocks, and on which page.
    end: int = 0
    page: int = 0

    def before(self, page: int) -> Table | None:
        """Return the table that may go on on this page."""
        return self.last if self.page == page - 1 else None


def recognises(content: Content) -> bool:
    """Tell a PDF by its first bytes."""
    return content.data[:1024].lstrip().startswith(b"%PDF-")


def read(data: bytes, content_type: str = "") -> Document:
    """Read a PDF. Pictures, forms, scripts and attached files are left alone."""
    budget = pdf_page.Budget(_MOST_DRAWING)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Document(problems=[_LOCKED])
        pages = [
            pdf_page.show(page, budget)
            for page, _number in zip(reader.pages, range(_MOST_PAGES), strict=False)
        ]
        has_more = len(reader.pages) > _MOST_PAGES
        title = str((reader.metadata.title if reader.metadata else "") or "")
    except (PyPdfError, NotImplementedError):
        return Document(problems=[_DAMAGED])
    # The library stumbles in many ways over what a broken document refers to.
    except Exception:
        return Document(problems=[_DAMAGED])
    problems = [_too_heavy(number) for number, page in enumerate(pages, 1) if page.cut]
    sizes = [piece.size for page in pages for piece in page.pieces for _ in piece.text]
    if not sizes:
        return Document(problems=problems or [_NO_TEXT])
    if has_more:
        problems.append(Problem("file-too-long", f"Only the first {_MOST_PAGES} pages were read."))
    usual = sorted(sizes)[len(sizes) // 2]
    frame = pdf_frame.take_out(pages)
    problems += [_FRAME] if frame.is_told else []
    blocks: list[Block] = []
    tables = _Tables()
    for number, page in enumerate(pages, 1):
        _add_page(blocks, tables, page, usual, number, frame.edges[number - 1])
    return Document(blocks, title, problems)


def _too_heavy(page: int) -> Problem:
    return Problem(
        "page-too-heavy",
        "This page draws more than a session record does, and was not read to its end. Send the document that"
        " it was made from, or print it without its drawings.",
        place=f"page {page}",
        rejects=page == 1,
    )


def _add_page(
    blocks: list[Block], tables: _Tables, page: Page, usual: float, number: int, frame: float
) -> None:
    """Add a page's lines to the blocks of a document, with the rows of its tables where these stand."""
    parts = _parts(page.pieces, pdf_tables.find(page, tables.before(number)))
    edge = max((part.right for part in parts if isinstance(part, _Line)), default=0.0)
    edge = max(edge, frame)
    lines: list[_Line] = []
    count = 0

    def flush() -> None:
        nonlocal count
        places = [f"page {number}, line {count + position}" for position in range(1, len(lines) + 1)]
        blocks.extend(_blocks(lines, page, usual, edge, places))
        count += len(lines)
        lines.clear()

    for part in parts:
        if isinstance(part, _Line):
            lines.append(part)
            continue
        goes_on = _goes_on(tables, part, number, count + len(lines), len(blocks))
        flush()
        _add_table(blocks, tables, part, page, usual, number, goes_on=goes_on)
    flush()


def _parts(pieces: Sequence[Piece], tables: Sequence[Table]) -> list[_Line | Table]:
    """Put pieces that stand beside each other into lines, in the order in which the document has them."""
    owners = {number: table for table in tables for number in table.pieces}
    seen: set[int] = set()
    parts: list[_Line | Table] = []
    for piece in pieces:
        if table := owners.get(id(piece)):
            if id(table) not in seen:
                seen.add(id(table))
                parts.append(table)
            continue
        line = parts[-1] if parts else None
        last = line.pieces[-1] if isinstance(line, _Line) else None
        if isinstance(line, _Line) and last and piece.is_on_line_of(last):
            line.pieces.append(piece)
        else:
            parts.append(_Line([piece]))
    return parts


# Tables


def _goes_on(tables: _Tables, table: Table, page: int, lines_above: int, blocks: int) -> bool:
    """Tell whether a table is the rest of the one that ended the page before."""
    last = tables.before(page)
    return (
        last is not None
        and lines_above <= _MOST_LINES_BETWEEN
        and blocks - tables.end <= _MOST_LINES_BETWEEN
        and pdf_tables.alike(last, table)
    )


def _add_table(
    blocks: list[Block],
    tables: _Tables,
    table: Table,
    page: Page,
    usual: float,
    number: int,
    *,
    goes_on: bool,
) -> None:
    rows = [
        [_cell(cell, page, usual, column) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    if goes_on:
        header = next(block for block in blocks if block.table == tables.count)
        if _texts(rows[0]) == _texts(header.cells):
            # The columns are named again on each page.
            rows = rows[1:]
    else:
        tables.count, tables.rows, tables.end = tables.count + 1, 0, len(blocks)
    while not goes_on and len(rows) > 1 and sum(map(bool, rows[0])) == 1 and rows[0][0]:
        # What stands over the whole table is its title.
        blocks += rows.pop(0)[0]
        tables.end = len(blocks)
    for position, cells in enumerate(rows):
        tables.rows += 1
        place = f"table {tables.count}, row {tables.rows} (page {number})"
        before = blocks[tables.end - 1] if tables.end else None
        if (
            goes_on
            and position == 0
            and not cells[0]
            and before is not None
            and len(before.cells) == len(cells)
        ):
            # The page ends within a row.
            joined = tuple(_joined(one, tuple(other)) for one, other in zip(before.cells, cells, strict=True))
            blocks[tables.end - 1] = replace(before, cells=joined)
            continue
        row = Block("row", (), place, table=tables.count, cells=tuple(map(tuple, cells)))
        blocks.insert(tables.end, row)
        tables.end += 1
    tables.last, tables.page = table, number


def _cell(cell: Sequence[Piece], page: Page, usual: float, column: tuple[float, float]) -> list[Block]:
    lines = [_Line(line) for line in pdf_tables.lines(cell)]
    return [_whole(block) for block in _blocks(lines, page, usual, column[1], [""] * len(lines))]


def _whole(block: Block) -> Block:
    """Return a line of a cell with its first word, which wide blanks of an even margin had parted from it."""
    if not block.term or labels.lookup(block.term):
        return block
    return replace(block, term="", runs=(Run(f"{block.term} "), *block.runs))


def _joined(above: tuple[Block, ...], below: tuple[Block, ...]) -> tuple[Block, ...]:
    """Join a cell that a page break parts: what goes on in small letters is the same line."""
    if above and below and below[0].text[:1].islower():
        return (*above[:-1], replace(above[-1], runs=(*above[-1].runs, Run(" "), *below[0].runs)), *below[1:])
    return above + below


def _texts(cells: Sequence[Sequence[Block]]) -> list[str]:
    return [" ".join(block.text for block in cell) for cell in cells]


# Lines


def _blocks(
    lines: Sequence[_Line], page: Page, usual: float, edge: float, places: Sequence[str]
) -> list[Block]:
    """Return lines as blocks, those joined that only the width of the page or cell parts."""
    found: list[Block] = []
    above: Piece | None = None
    end = 0.0
    ends = Counter(round(line.right) for line in lines)
    for line, place in zip(lines, places, strict=True):
        first = line.pieces[0]
        gap = above.y - first.y if above is not None else 0
        starts = above is None or not 0 < gap <= _NEXT_PARAGRAPH * max(line.size, above.size)
        starts = starts or (above is not None and abs(above.size - line.size) > 0.5)
        above = first
        is_full = end + _width_of_word(first) > _FULL * edge or (bool(found) and _is_cut(found[-1].text))
        end = line.right
        at_margin = ends[round(line.right)] >= _FEWEST_AT_MARGIN
        runs = clean_runs(_runs(line, page.links, at_margin=at_margin))
        text = "".join(run.text for run in runs)
        if not text.strip() or _ONLY_BULLETS.fullmatch(text):
            # Some programs draw the signs of a list by themselves, at the end of the page.
            continue
        goes_on = is_full and "\t" not in text and not _BULLET.match(text) and not _is_entry(text)
        if found and not starts and goes_on:
            # The page is not wide enough for more.
            found[-1] = _going_on(found[-1], runs)
        else:
            found.append(_block(runs, place, line.size, usual, starts=starts))
    return found


def _is_cut(text: str) -> bool:
    """Tell whether a line ends within a word that a program has cut."""
    return text.endswith(_HYPHEN) and text[-2:-1].islower()


def _going_on(above: Block, runs: Sequence[Run]) -> Block:
    """Return a line with what goes on below it."""
    ends, begins = above.text[-2:], "".join(run.text for run in runs).lstrip()[:1]
    # "Caye-" over "Bolton" is one name, "community-" over "led" one word.
    is_cut = ends[:1].islower() and ends[1:] == "-" and begins.isalpha()
    if _is_cut(above.text) and begins.islower():
        # A program has cut the word.
        return replace(above, runs=(*above.until(len(above.text) - 1).runs, *runs))
    is_apart = above.runs and above.runs[-1].text.endswith(" ")
    blank = () if is_apart or is_cut else (Run(" "),)
    return replace(above, runs=(*above.runs, *blank, *runs))


def _block(runs: tuple[Run, ...], place: str, size: float, usual: float, *, starts: bool) -> Block:
    """Return a line as what its signs and its size, beside the usual one, show it to be."""
    text = "".join(run.text for run in runs)
    is_large = size >= _HEADING * usual
    label, cell, rest = text.partition("\t")
    if cell and "\t" not in rest and len(label) <= _LONGEST_LABEL and rest.strip() and not is_large:
        value = Block("line", runs, place).after(len(label.strip()) + 1)
        return replace(value, term=label.strip(" :"))
    if len(text) > LONGEST_LINE:
        return Block("overlong", (), place, starts=starts)
    if is_large and len(text) < _LONGEST_HEADING:
        return Block("heading", runs, place, 1 if size >= _FIRST_HEADING * usual else 2)
    if bullet := _BULLET.match(text):
        return Block("item", runs, place).after(bullet.end() - (len(text) - len(text.lstrip())))
    return Block("paragraph" if starts else "line", runs, place, starts=starts)


def _is_entry(text: str) -> bool:
    """Tell whether a line looks like an entry of a chat, which no line above goes on with."""
    return text[:1].isupper() and chat_authors.looks_like_entry(text) != ""


def _runs(line: _Line, links: list[tuple[list[float], str]], *, at_margin: bool) -> list[Run]:
    runs: list[Run] = []
    end = 0.0
    even = _is_even(line)
    for piece in line.pieces:
        middle = piece.y + piece.size * 0.3
        href = next(
            (
                target
                for (left, low, right, high), target in links
                if min(left, right) - 1 <= piece.x <= max(left, right)
                and min(low, high) <= middle <= max(low, high)
            ),
            None,
        )
        text = piece.text
        if runs and (room := (piece.x - end) / piece.size) > _BLANK:
            # Wide room is that between a label and its value; behind a known label less will do.
            wide = not even and (
                (room > _CELL and not at_margin)
                or (room > _LABEL and labels.lookup("".join(run.text for run in runs).strip()))
            )
            text = f"\t{text}" if wide else f" {text.lstrip()}"
        end = piece.right
        runs.append(Run(text, piece.bold, href))
    return runs


def _is_even(line: _Line) -> bool:
    """Tell whether blanks of one width part the pieces of a line: no label or cell stands on it."""
    narrowest = _BLANK * line.size
    rooms = [after.x - before.right for before, after in pairwise(line.pieces)]
    blanks = [room for room in rooms if room > narrowest]
    return len(blanks) >= _FEWEST_EVEN and min(blanks) > _EVEN * max(blanks)


def _width_of_word(piece: Piece) -> float:
    """Return the room that a blank and the first word of a piece take."""
    return (piece.right - piece.x) / len(piece.text) * (len(piece.text.split()[0]) + 1)
