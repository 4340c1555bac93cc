"""Rows of a table of sessions that are none: sums and notes under it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .. import labels
from ..vocabulary import load
from ..words import fold
from .columns import SESSIONS, words_of

# What a note under a table begins with; folded.
_NOTES = frozenset(load("sessions")["notes"])
_SUMS = frozenset(("total", "totals", "subtotal", "sum", "grand total", "totales", "suma"))
# "Total sessions: 7", folded
_SUM_IN_WORDS = re.compile(rf"(?:{'|'.join(sorted(_SUMS))})(?: [a-z]+){{1,4}} \d+")


def is_note(cells: Iterable[str], says_title: bool) -> bool:
    """Tell whether a row says one thing, and this is nothing of a session: "Prepared by: Ana Sample", "* to be held".

    Args:
        cells: what the row says.
        says_title: whether one of them stands in the column of titles.
    """
    filled = [text for text in cells if text.strip()]
    if len(filled) != 1:
        return False
    label, colon, _said = filled[0].partition(":")
    found = labels.lookup(label) if colon else None
    if colon and (words_of(SESSIONS).get(fold(label)) in ("others", "unread") or fold(label) in _NOTES):
        return True
    if filled[0].lstrip().startswith("*") or bool(found and found[0] in ("staff", "attendees")):
        return True
    # What stands alone in another column than that of titles, and in words, says nothing of a session.
    return not says_title and len(fold(filled[0]).split()) > 2


def is_sum(cells: Iterable[str]) -> bool:
    """Tell whether a row sums up the ones above: "Total", and figures."""
    first, *rest = [fold(cell) for cell in cells if cell] or [""]
    if not rest and _SUM_IN_WORDS.fullmatch(first):
        return True
    return first.rstrip(" 0123456789") in _SUMS and all(cell.replace(" ", "").isdecimal() for cell in rest)
