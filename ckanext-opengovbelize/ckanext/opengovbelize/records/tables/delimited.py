"""CSV and its kin: comma, semicolon, tab or bar between the cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from ..problems import Problem
from .cells import clean, unescape
from .sheet import Line, Sheet

_DELIMITERS = ",;\t|"
# Excel's own first line, by which a file names its delimiter.
_NAMED = re.compile(r"\ufeff?\s*sep=(.)\r?\n", re.IGNORECASE)
_SAMPLE_CHARACTERS = 100_000
_SAMPLE_LINES = 60
_MOST_COLUMNS = 1_000
_MOST_LINES = 200_000

_TOO_WIDE = Problem(
    "table-too-wide",
    f"The table has more than {_MOST_COLUMNS} columns. Send a table with one column for each field.",
    rejects=True,
)
_TOO_LONG = Problem(
    "table-too-long",
    f"The table has more than {_MOST_LINES:,} rows. Send it in several files.",
    rejects=True,
)
_UNREADABLE = Problem(
    "table-unreadable",
    "A cell of the table is longer than any text can be: a quotation mark may be missing. Save the table as CSV again.",
    rejects=True,
)
_UNCLOSED = Problem(
    "quote-unclosed",
    "A quotation mark is opened and never closed, so the rows behind it could not be told apart. "
    "Save the table as CSV again.",
)


def read(text: str, name: str, says_so: bool = False) -> tuple[list[Sheet], list[Problem]] | None:
    """Return the table, or None where the text is none.

    Args:
        text: what the file holds.
        name: what the sheet is called.
        says_so: whether the file is called a table, so that it is one however few of its lines look it.
    """
    blank_lines = 0
    if named := _NAMED.match(text):
        text, delimiter, blank_lines = text[named.end() :], named[1], 1
    else:
        delimiter, widths = _delimited(text)
        if not says_so and _is_prose(widths):
            return None
    if not delimiter:
        return None
    sheet = Sheet(name, is_delimited=True)
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1 + blank_lines
        ):
            if len(cells) > _MOST_COLUMNS and any(cells[_MOST_COLUMNS:]):
                return [], [_TOO_WIDE]
            if number > _MOST_LINES:
                return [], [_TOO_LONG]
            cleaned = [unescape(clean(cell)) for cell in cells[:_MOST_COLUMNS]]
            if any(cleaned):
                sheet.lines.append(Line(number, cleaned))
    except csv.Error:
        return [], [_UNREADABLE]
    return [sheet], [_UNCLOSED] if ends_in_quotes(text, delimiter) else []


def _is_prose(widths: list[int]) -> bool:
    """Tell whether most lines of a text hold no delimiter: in prose there is a comma here and there."""
    return 2 * widths.count(1) > len(widths)


def delimiter_of(text: str) -> str:
    """Return the delimiter that gives most lines the same number of cells, and more than one."""
    return _delimited(text)[0]


def _delimited(text: str) -> tuple[str, list[int]]:
    """Return the delimiter of a text, empty where there is none, and how many cells each of its first lines has."""
    sample = text[:_SAMPLE_CHARACTERS]
    best, best_widths, best_score = "", [], 0.0
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        widths = _widths(sample, delimiter)
        wide = Counter(width for width in widths if width > 1)
        if not wide:
            continue
        width, lines = wide.most_common(1)[0]
        # Commas in a column of prose are many too, but no two lines have the same number of them.
        score = lines / len(widths) * min(width, 30)
        if score > best_score:
            best, best_widths, best_score = delimiter, widths, score
    return best, best_widths


def _widths(sample: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cells):
                widths.append(len(cells))
            if len(widths) == _SAMPLE_LINES:
                break
    except csv.Error:
        pass
    return widths


def ends_in_quotes(text: str, delimiter: str) -> bool:
    """Tell whether a quotation mark is opened and never closed."""
    if text.count('"') % 2 == 0:
        return False
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
