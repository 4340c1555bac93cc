"""The lines of a table as they stand, whatever the file: workbook or text in any encoding and with any delimiter."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from ..encoding import decode, is_binary
from ..problems import Problem
from ..tables import delimited, reading
from .columns import Cells, mapped

MOST_BYTES = 25_000_000
_TOO_LARGE = f"The file is larger than {MOST_BYTES // 1_000_000} MB. Export each session by itself."
# How meeting software writes "nothing".
_NOTHING = frozenset({"--", "-", "–", "—", "n/a", "N/A", "NA"})
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 50_000
_TITLE_LINES = 60
# Reports keep spreadsheet programs from reading a cell as a number by writing it as a formula.
_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_NAMED_DELIMITER = re.compile(r"\s*sep=(.)\r?\n", re.IGNORECASE)


class Line(NamedTuple):
    """A line's number, as spreadsheet programs count, and its cells; short lines have fewer."""

    number: int
    cells: Sequence[str]


@dataclass
class Grid:
    """A file's lines, those of each sheet with the longest first, and what could not be read."""

    sheets: list[list[Line]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(data: bytes, file: str) -> Grid:
    """Return the lines of a table; none with a problem where it cannot be read."""
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        return _failed("file-empty", "The file is empty. Export it again.")
    if len(data) > MOST_BYTES:
        return _failed(
            "file-too-large",
            _TOO_LARGE,
        )
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return _workbook(data, file)
    text, whole = decode(data)
    if is_binary(text):
        return _failed("file-unreadable", "This is no table. Export the report as .csv or .xlsx.")
    grid = _text(text)
    if not whole:
        message = (
            "Some characters could not be read. Export the file again, as UTF-8 where there is a choice."
        )
        grid.problems.append(Problem("encoding-damaged", message))
    return grid


def _text(text: str) -> Grid:
    first = 1
    if named := _NAMED_DELIMITER.match(text):
        text, delimiter, first = text[named.end() :], named[1], 2
    else:
        delimiter = _delimiter(text)
    text = text.replace("\0", "").replace("\ufeff", "")
    rows: list[Line] = []
    grid = Grid([rows])
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = first - 1
    written = _unwrapped(lines) if '="' in text else lines
    try:
        for number, raw in enumerate(written, first):
            if raw:
                cells = [*map(str.strip, raw)]
                if not _NOTHING.isdisjoint(cells):
                    cells = ["" if cell in _NOTHING else cell for cell in cells]
                rows.append(Line(number, cells))
    except csv.Error:
        message = "From here on the lines cannot be told apart: a quotation mark may be missing. Export the file again."
        grid.problems.append(Problem("table-unreadable", message, place=f"row {number + 1}"))
    grid.sheets[0] = _taken_apart(rows)
    if delimited.ends_in_quotes(text, delimiter):
        message = "A quotation mark is never closed, so rows behind it may be missing. Export the file again."
        grid.problems.append(Problem("quote-unclosed", message))
    return grid


def _taken_apart(rows: list[Line]) -> list[Line]:
    """Return lines each of which stands whole in its first cell with its cells told apart.

    Excel saves a report so that it opened in a country where a semicolon, and no comma, parts cells.
    """
    if any(any(line.cells[1:]) for line in rows):
        return rows
    beginning = [line.cells[0] for line in rows[:_TITLE_LINES]]
    known = {
        sign: max((len(mapped(_cells(text, sign))) for text in beginning), default=0) for sign in _DELIMITERS
    }
    best = max(known, key=lambda sign: known[sign])
    return [Line(line.number, _cells(line.cells[0], best)) for line in rows] if known[best] > 1 else rows


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        cells = [cell.strip() for cell in next(csv.reader([text], delimiter=delimiter), [""])]
    except csv.Error:
        return [text]
    return ["" if cell in _NOTHING else cell for cell in cells]


def _unwrapped(lines: Iterable[list[str]]) -> Iterator[list[str]]:
    for cells in lines:
        yield [found[1] if (found := _FORMULA.fullmatch(cell.strip())) else cell for cell in cells]


def _delimiter(text: str) -> str:
    """Return the delimiter under which a line reads like headers, else the one that gives the most even lines.

    Commas within dates and names mislead who looks at the lines alone.
    """
    known = {
        delimiter: max((len(mapped(cells)) for cells in _beginning(text, delimiter)), default=0)
        for delimiter in _DELIMITERS
    }
    best = max(known, key=lambda delimiter: known[delimiter])
    return best if known[best] > 1 else delimited.delimiter_of(text) or ","


def _beginning(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from islice(
            csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=delimiter), _TITLE_LINES
        )
    except csv.Error:
        return


def _workbook(data: bytes, file: str) -> Grid:
    found = reading.sheets(data, file=file if file.lower().endswith((".xlsx", ".xlsm")) else f"{file}.xlsx")
    if found is None:
        return _failed("file-unreadable", "This is no table. Export the report as .csv or .xlsx.")
    sheets, problems = found
    filled = sorted((sheet for sheet in sheets if sheet.lines), key=lambda sheet: -len(sheet.lines))
    lines = [[Line(line.number, list(line.cells)) for line in sheet.lines] for sheet in filled]
    if len(filled) > 1:
        message = "The workbook has several sheets; one was read. Send others with participants as files."
        problems = [*problems, Problem("sheets-left-out", message)]
    return Grid(lines, list(problems))


def _failed(code: str, message: str) -> Grid:
    return Grid(problems=[Problem(code, message, rejects=True)])


def filled(lines: Iterable[Line], places: Mapping[str, int]) -> Iterator[tuple[Line, Cells]]:
    """Yield the lines in which something stands, each with its cells by our names of the columns."""
    for line in lines:
        if any(line.cells):
            yield line, Cells(line.cells, places)


def place_of_header(lines: Sequence[Line], is_header: Callable[[Line], bool], most: int = 20) -> int | None:
    """Return which of the first ``most`` lines heads a table, or None: titles and remarks stand above it."""
    return next((at for at, line in enumerate(lines[:most]) if is_header(line)), None)
