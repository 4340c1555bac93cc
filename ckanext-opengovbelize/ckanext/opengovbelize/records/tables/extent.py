"""How much room the cells of a workbook span, found before its library fills all of it with memory.

The library ends the whole process where there is not enough, so nothing may look different to it than it does here: a
parser of XML goes over each sheet, with the encoding that the library takes it to be in, and what it cannot read is
refused. A pattern would not do: an attribute may be written in too many ways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

# In a sheet, or in a table within it.
FILTER = "filterColumn"
_MOST_COLUMNS = 1_000
_MOST_CELLS = 3_000_000
# LibreOffice repeats an empty cell to the edge of the sheet; what says something is repeated by hand, a few times.
_MOST_REPEATED = 1_000
_VALUES = frozenset(("value", "string-value", "date-value", "time-value", "boolean-value", "formula"))
_GROUPS = frozenset(("table-row-group", "table-column-group"))
_DEEPEST = 200
_PLACE = re.compile(r"\$?([A-Za-z]{1,9})\$?([0-9]{1,9})")


@dataclass(frozen=True)
class Hidden:
    """Which rows and columns somebody has hidden by hand, as spreadsheet programs count.

    What a filter hides, or a group that is folded up, is there for whoever looks at the sheet.
    """

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


class TooLarge(Exception):
    """The cells span more room than any table takes."""


def check_sheet(content: bytes) -> Hidden:
    """Refuse a sheet of Excel whose cells stand too far apart, or are too many; return what of it is hidden.

    Raises:
        TooLarge: it spans more room than any table takes.
        ValueError: it is no XML.
    """
    sheet = _Sheet()
    run(content, sheet.start)
    return Hidden(frozenset(() if sheet.is_filtered else sheet.hidden_rows), frozenset(sheet.hidden_columns))


def check_calc(content: bytes) -> dict[str, Hidden]:
    """Refuse an OpenDocument sheet that says more often than any table does that a cell or row is repeated.

    Returns:
        What is hidden in each sheet, by its name.

    Raises:
        TooLarge: it spans more room than any table takes.
        ValueError: it is no XML.
    """
    calc = _Calc()
    run(content, calc.start, calc.text, calc.end)
    return calc.hidden


def run(content: bytes, start: Any, text: Any = None, end: Any = None) -> None:
    """Go over a piece of XML, calling back with the names of elements and attributes without their prefixes.

    Raises:
        TooLarge: it is deeper than any table, or declares entities.
        ValueError: it is no XML.
    """
    parser = expat.ParserCreate("UTF-8")
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise TooLarge
        start(name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name.rpartition(":")[2])

    def refused(*_declared: Any) -> None:
        raise TooLarge

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = refused
    parser.StartDoctypeDeclHandler = refused
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise ValueError("no XML") from None


class _Sheet:
    """Rows and columns of Excel; cells and rows that do not say where they stand follow one another."""

    def __init__(self) -> None:
        self.row = self.column = self.width = self.last = self.count = 0
        self.first: int | None = None
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.is_filtered = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            stated = attributes.get("r", "")
            self.row = int(stated) if stated.isdecimal() and len(stated) < 10 else self.row + 1
            self.column = 0
            if _is_hidden(attributes):
                self.hidden_rows.add(self.row)
        elif name == "c":
            self.column += 1
            if place := _PLACE.fullmatch(attributes.get("r", "").strip()):
                self.column, self.row = _column(place[1]), int(place[2])
        else:
            self.beside(name, attributes)
            return
        self.count += 1
        self.width = max(self.width, self.column)
        self.last = max(self.last, self.row)
        self.first = self.row if self.first is None else min(self.first, self.row)
        height = self.last - self.first + 1
        if (
            self.width > _MOST_COLUMNS
            or self.count > _MOST_CELLS
            or max(1, self.width) * height > _MOST_CELLS
        ):
            raise TooLarge

    def beside(self, name: str, attributes: dict[str, str]) -> None:
        """Take what a sheet says of its columns, and whether it has a filter that hides rows."""
        if name == FILTER:
            self.is_filtered = True
        elif name == "col" and _is_hidden(attributes):
            first, last = (attributes.get(end, "") for end in ("min", "max"))
            if first.isdecimal() and last.isdecimal() and len(first) < 6:
                self.hidden_columns |= set(range(int(first), min(int(last[:6]), _MOST_COLUMNS) + 1))


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true") and "outlineLevel" not in attributes


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class _Calc:
    """Cells and rows of OpenDocument. What is empty may be repeated to the edge, what says something may not."""

    def __init__(self) -> None:
        self.row_times = self.cell_times = self.columns = self.cells = 0
        self.says = self.is_collapsed = False
        self.hidden: dict[str, Hidden] = {}
        self.sheet, self.row, self.column, self.groups = "", 0, 0, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self.sheet, self.row, self.column, self.groups = attributes.get("name", ""), 0, 0, 0
        elif name in _GROUPS:
            self.groups += 1
        elif name == "table-column":
            first = self.column + 1
            self.column += min(_times(attributes, "number-columns-repeated"), _MOST_COLUMNS)
            if self.is_hidden(attributes):
                self.hide(columns=frozenset(range(first, min(self.column, _MOST_COLUMNS) + 1)))
        elif name == "table-row":
            self.row_times = _times(attributes, "number-rows-repeated")
            self.columns, self.says = 0, False
            self.is_collapsed = self.is_hidden(attributes)
        elif name in ("table-cell", "covered-table-cell"):
            self.cell_times = _times(attributes, "number-columns-repeated")
            if not _VALUES.isdisjoint(attributes):
                self.said()
            self.columns += min(self.cell_times, _MOST_CELLS)

    def is_hidden(self, attributes: dict[str, str]) -> bool:
        """Tell what somebody has hidden by hand from what a filter hides, or a group that is folded up."""
        return attributes.get("visibility") == "collapse" and not self.groups

    def hide(self, rows: frozenset[int] = frozenset(), columns: frozenset[int] = frozenset()) -> None:
        """Remember that rows or columns of the sheet are hidden."""
        known = self.hidden.get(self.sheet, Hidden())
        self.hidden[self.sheet] = Hidden(known.rows | rows, known.columns | columns)

    def text(self, data: str) -> None:
        if data.strip() and self.cell_times:
            self.said()

    def said(self) -> None:
        """Count a cell that says something, and the room to its left."""
        if (
            self.cell_times > _MOST_REPEATED
            or self.row_times > _MOST_REPEATED
            or self.columns > _MOST_COLUMNS
        ):
            raise TooLarge
        self.says = True

    def end(self, name: str) -> None:
        if name == "table-row":
            self.cells += self.columns * self.row_times if self.says else 0
            if self.cells > _MOST_CELLS * 10:
                raise TooLarge
            if self.says and self.is_collapsed:
                self.hide(rows=frozenset(range(self.row + 1, self.row + self.row_times + 1)))
            self.row += self.row_times
        elif name in _GROUPS:
            self.groups -= 1
        elif name in ("table-cell", "covered-table-cell"):
            self.cell_times = 0


def _times(attributes: dict[str, str], name: str) -> int:
    stated = attributes.get(name, "1").strip()
    return int(stated) if stated.isdecimal() and len(stated) < 13 else 1 if not stated.isdecimal() else 10**12
