"""What of the hidden cells of a table of sessions counts all the same, and whose names stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..session import ROLES
from ..tables.sheet import Sheet
from .columns import DATES, SESSIONS, TIES, field_of, words_of

_HEADER_LINES = 20
_FEWEST_KNOWN = 2
# By these a session is known again, or kept back: nobody hides them to have them otherwise.
_COUNTING = frozenset(("number", "series", "status", "secrecy"))
# In these people are named; a hidden place or title is nobody's name.
_OF_PEOPLE = frozenset((*ROLES, "others", "introduction", "several roles"))
_BETWEEN = re.compile(r"\s*[,;|/\n]\s*")


def with_counting(sheet: Sheet) -> Sheet:
    """Return a sheet whose hidden columns show where they tell which session a row is, and whether it is public."""
    fields = _fields(sheet)
    shown = {field for place, field in fields.items() if place not in sheet.hidden_columns}
    # The rows of other tables are tied to sessions by their titles, too.
    counting = _COUNTING if DATES & set(fields.values()) else _COUNTING | set(TIES)
    kept = {
        place
        for place in sheet.hidden_columns & fields.keys()
        if fields[place] in counting and fields[place] not in shown
    }
    return replace(sheet, hidden_columns=sheet.hidden_columns - kept) if kept else sheet


def names(sheets: Iterable[Sheet]) -> list[str]:
    """Return what stands in hidden cells and may name people."""
    return [
        piece
        for sheet in sheets
        for text in sheet.concealed(but=_of_things(sheet))
        for piece in _BETWEEN.split(text)
    ]


def _of_things(sheet: Sheet) -> frozenset[int]:
    return frozenset(
        place
        for place, field in _fields(sheet).items()
        if field not in _OF_PEOPLE and field.partition(" ")[0] not in ROLES
    )


def _fields(sheet: Sheet) -> dict[int, str]:
    """Return the field of each column, by the first of the lines with most headers that are known."""
    best: dict[int, str] = {}
    for line in sheet.lines[:_HEADER_LINES]:
        found = _known(line.cells)
        best = found if len(found) > max(len(best), _FEWEST_KNOWN - 1) else best
    return best


def _known(cells: Sequence[str]) -> dict[int, str]:
    words = words_of(SESSIONS)
    return {place: field for place, text in enumerate(cells) if text and (field := field_of(words, text))}
