"""One time told in several zones: "10:00 am Belize / 12:00 pm EST / 17:00 GMT". Of these the one of Belize counts."""

from __future__ import annotations

import re

from .vocabulary import any_of, load

_BELIZE = r"(?:belize|belice)(?:\s+city)?"
_CLOCK = r"\d{1,2}(?:\s?[:.h]\s?[0-5]\d)?\s?(?:[ap]\.?\s?m\b\.?|hrs?\b\.?|horas\b|h\b)?"
_TIMES = rf"{_CLOCK}(?:\s*(?:-|–|—|to|a|al|hasta)\s*(?:las\s+)?{_CLOCK})?"
_NAME = rf"(?:{_BELIZE}|{any_of(load('zones')['elsewhere'])})"
_OF_TIME = r"(?:\s+(?:standard |local )?time)?"
_LEAD = r"(?:(?:hora|tiempo)(?: local)?(?: de(?:l| la| los)?)?\s+|in\s+|en\s+)?"
_BEHIND = rf"(?P<behind>{_TIMES})\s*,?\s*[(\[]?\s*{_LEAD}(?P<name_behind>{_NAME}){_OF_TIME}\s*[)\]]?"
_BEFORE = rf"{_LEAD}(?P<name_before>{_NAME}){_OF_TIME}\s*[:(–—-]\s*(?P<before>{_TIMES})\)?"
_ENTRY_BEHIND, _ENTRY_BEFORE = (
    re.compile(rf"(?<![\w:]){entry}(?!\w)", re.IGNORECASE) for entry in (_BEHIND, _BEFORE)
)
_IS_BELIZE = re.compile(_BELIZE, re.IGNORECASE)
# A time alone, as "7" of "7 May", is none.
_IS_TIME = re.compile(r"[:.h]\s?[0-5]\d|[ap]\.?\s?m|hrs?|horas", re.IGNORECASE)
_LONGEST = 500


def in_belize(text: str) -> str:
    """Return a text that tells one time in several zones with the time of Belize alone; any other text as it is."""
    if len(text) > _LONGEST or not _IS_BELIZE.search(text):
        return text
    for pattern, time, name in (
        (_ENTRY_BEHIND, "behind", "name_behind"),
        (_ENTRY_BEFORE, "before", "name_before"),
    ):
        entries = [entry for entry in pattern.finditer(text) if _IS_TIME.search(entry[time])]
        of_belize = [entry for entry in entries if _IS_BELIZE.fullmatch(entry[name])]
        if len(entries) > 1 and len(of_belize) == 1:
            for entry in reversed(entries):
                kept = f"{entry[time]} Belize time" if entry is of_belize[0] else " , "
                text = f"{text[: entry.start()]}{kept}{text[entry.end() :]}"
            return text
    return text
