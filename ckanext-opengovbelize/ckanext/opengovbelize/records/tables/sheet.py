"""The one form that every table takes: sheets of lines, and rows of cells under a header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

# Between the name of the rows above and their field, in a cell that a row got from the record it stands in.
OWNER = " › "
# So many lines from the top may stand above the header: a title, a note, a logo.
_TITLE_LINES = 20
# A line is a header only if it fills so much of the table's usual width.
_LEAST_FILLED = 0.6


@dataclass(frozen=True)
class Line:
    """One line of a sheet as it stands: its number, as spreadsheet programs count, and its cells."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True)
class Row:
    """One row under a header.

    Attributes:
        place: where it stands, such as ``sheet indicators, row 7``.
        cells: what it says, by header. A cell that says nothing is not there.
        surplus: whether it has more cells than the header.
        unheaded: whether something stands in a column without a header.
        number: that of its line.
    """

    place: str
    cells: dict[str, str]
    surplus: bool = False
    unheaded: bool = False
    number: int = 0


@dataclass
class Sheet:
    """One table.

    Attributes:
        name: what the sheet is called; of a file with a single table, the file's name without its ending.
        lines: its lines, blank ones left out.
        label: how places begin: ``sheet indicators``, or nothing where the file has a single table.
        is_delimited: whether it comes from text with delimiters, where a missing quote shifts the cells.
        is_nested: whether it comes from lists of JSON or YAML, in which each row is whole.
        is_hidden: whether whoever opens the workbook does not see it.
        hidden_rows: the numbers of lines that somebody has hidden in it.
        hidden_columns: the positions of cells in such columns.
    """

    name: str
    lines: list[Line] = field(default_factory=list)
    label: str = ""
    is_delimited: bool = False
    is_nested: bool = False
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def shown(self) -> Sheet:
        """Return the sheet without the rows and columns that are hidden in it; itself where there are none."""
        lines = [
            Line(
                line.number,
                ["" if place in self.hidden_columns else text for place, text in enumerate(line.cells)],
            )
            for line in self.lines
            if line.number not in self.hidden_rows
        ]
        lines = [line for line in lines if any(line.cells)]
        return self if lines == self.lines else replace(self, lines=lines)

    def concealed(self, but: frozenset[int] = frozenset()) -> list[str]:
        """Return the texts of the cells that are hidden in it, without the columns at some positions."""
        return [
            text
            for line in self.lines
            for place, text in enumerate(line.cells)
            if text and place not in but and (line.number in self.hidden_rows or place in self.hidden_columns)
        ]

    @property
    def header(self) -> list[str]:
        """Return the texts of the line that looks like the header."""
        position = self._header_position()
        return list(self.lines[position].cells) if position is not None else []

    @property
    def rows(self) -> list[Row]:
        """Return the rows under the line that looks like the header."""
        position = self._header_position()
        return self.under(position) if position is not None else []

    def under(self, position: int) -> list[Row]:
        """Return the rows under the line at ``position`` of ``lines``.

        Of two columns with one header the first counts.
        """
        header = self.lines[position].cells
        rows = []
        for line in self.lines[position + 1 :]:
            cells: dict[str, str] = {}
            for title, text in zip(header, line.cells, strict=False):
                if title and text:
                    cells.setdefault(title, text)
            surplus = any(line.cells[len(header) :])
            unheaded = any(text for title, text in zip(header, line.cells, strict=False) if not title)
            if cells or surplus:
                rows.append(Row(self.place(line.number), cells, surplus, unheaded, line.number))
        return rows

    def place(self, number: int) -> str:
        """Return how reports call the line ``number``."""
        parts = (self.label, f"row {number}" if number else "")
        return ", ".join(part for part in parts if part)

    def _header_position(self) -> int | None:
        filled = [sum(map(bool, line.cells)) for line in self.lines[:_TITLE_LINES]]
        if not filled:
            return None
        return next(index for index, count in enumerate(filled) if count >= _LEAST_FILLED * max(filled))
