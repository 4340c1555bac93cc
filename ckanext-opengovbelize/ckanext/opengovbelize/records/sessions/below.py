"""Headers of which only what stands below tells what they mean: "From", "No.", or a title and a date alone."""

from __future__ import annotations

import re

from .. import dates
from ..names import is_name
from ..tables.sheet import Sheet
from ..titles import heading_of
from ..vocabulary import load
from ..words import fold
from .columns import DATES

# "From" and "To" may hold people, places or times: what stands below tells.
_FROM_TO = {"from": "start_clock", "desde": "start_clock", "to": "end_clock", "hasta": "end_clock"}
# "No." counts the rows of any table; beside people and links the rows tell whether it counts sessions.
_COUNTS = frozenset(("no", "n", "n o", "nr", "nro", "num", ""))
_COUNTER = re.compile(r"[1-9]\d{0,3}")
# What a list of sessions is called, where each has a title and a date and no more.
_LISTS_OF_SESSIONS = frozenset(load("sessions")["lists"])


def texts(sheet: Sheet, position: int, title: str) -> list[str]:
    """Return what stands below a header, blanks left out."""
    column = sheet.lines[position].cells.index(title)
    below = (line.cells for line in sheet.lines[position + 1 :])
    return [text for cells in below if column < len(cells) and (text := cells[column].strip())]


def with_from_to(sheet: Sheet, position: int, columns: dict[str, str]) -> dict[str, str]:
    """Return the columns with "From" and "To", where times of day stand below and a day beside."""
    if columns.keys().isdisjoint(DATES):
        return columns
    for title in sheet.lines[position].cells:
        name = _FROM_TO.get(fold(title), "")
        if name and name not in columns and (cells := texts(sheet, position, title)):
            columns = columns | ({name: title} if all(map(_is_time, cells)) else {})
    return columns


def _is_time(text: str) -> bool:
    return dates.is_time(text) or re.fullmatch(r"0?\.\d{1,17}", text) is not None


def with_counted_sessions(
    sheet: Sheet, position: int, columns: dict[str, str], ties: frozenset[str]
) -> dict[str, str]:
    """Return the columns of people or links with "No.", where it counts sessions: a session has several of them.

    Where it only counts the rows, 1, 2, 3, it ties none of them to a session.
    """
    if not ties.isdisjoint(columns) or {"name", "url"}.isdisjoint(columns):
        return columns
    for title in sheet.lines[position].cells:
        if fold(title) in _COUNTS and title and (cells := texts(sheet, position, title)):
            counted = all(map(_COUNTER.fullmatch, cells)) and len(set(cells)) < len(cells)
            return columns | ({"number": title} if counted else {})
    return columns


def lists_sessions(sheet: Sheet, position: int, columns: dict[str, str]) -> bool:
    """Tell titles and dates, and nothing else, of sessions: they are numbered, or the list says so."""
    if columns.keys().isdisjoint(DATES) or "title" not in columns:
        return False
    titles = texts(sheet, position, columns["title"])
    if not titles:
        return False
    numbered = all((found := heading_of(title)) and found.number for title in titles)
    return numbered or (fold(sheet.name) in _LISTS_OF_SESSIONS and not any(map(is_name, titles)))
