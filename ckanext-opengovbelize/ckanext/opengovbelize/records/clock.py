"""Times of day as people write them, in English and Spanish: 10:30 a.m., 15 hrs, noon."""

from __future__ import annotations

import re
from datetime import time

from .words import fold

# "a las 4 de la tarde", "3:30 in the afternoon"
_PART_OF_DAY = re.compile(
    r"(?P<time>\b(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?)(?:\s+o['’]?clock)?\s+(?:(?:de|en|por)\s+la\s+|in\s+the\s+|at\s+)"
    r"(?P<part>ma[nñ]ana|madrugada|tarde|noche|morning|afternoon|evening|night)\b",
    re.IGNORECASE,
)
_HALF = r"(?:a\.?\s?m\b\.?|p\.?\s?m\b\.?|m\b\.?(?!\w)|md\b|hrs?\b\.?|horas?\b|h\b|hours?\b)"
TIME = re.compile(
    r"(?P<word>\b(?:12\s+)?(?:noon|midday|mediod[ií]a|midnight|medianoche)\b)"
    r"|(?<![\d/:.])(?P<hour>[01]?\d|2[0-4])(?:\s*[:.h]\s?(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?)?(?!\d|[/:]\d)"
    rf"(?:\s*(?P<half>{_HALF}))?",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\W{0,3}\d{1,2}\s?[:.h]\s?\d\d\b|\W{0,3}\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)


def begins(text: str) -> bool:
    """Tell whether a line begins with a time of day, as one of an agenda or a chat does."""
    return _FIRST.match(text) is not None


def first_in(text: str) -> time | None:
    """Return the first time of day in a text."""
    return next((at for match in TIME.finditer(text) if says_time(match) and (at := time_in(match))), None)


def with_halves(text: str) -> str:
    """Return a text with "a.m." and "p.m." where words name the half of the day."""
    return _PART_OF_DAY.sub(_with_half, text)


def _with_half(match: re.Match[str]) -> str:
    """Return a time with the half of the day that the words behind it name."""
    part, noon = fold(match["part"]), match["time"].startswith("12")
    early = part in ("manana", "madrugada", "morning") or (noon and part in ("noche", "night"))
    return f"{match['time']} {'a.m.' if early else 'p.m.'}"


def says_time(match: re.Match[str]) -> bool:
    """Tell a time of day from a mere number."""
    return bool(match["word"] or match["minute"] or match["half"])


def time_in(match: re.Match[str]) -> time | None:
    """Return the time that a match of ``TIME`` gives, or nothing for hour 24."""
    return _time_of(match, _half(match))


def _half(match: re.Match[str]) -> str:
    half = (match["half"] or "").lower().replace(".", "").replace(" ", "")
    return {"am": "am", "pm": "pm", "m": "noon", "md": "noon"}.get(half, "")


def _time_of(match: re.Match[str], half: str) -> time | None:
    if match["word"]:
        return time(0) if fold(match["word"]) in ("midnight", "medianoche") else time(12)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 else None


def times_in(first: re.Match[str], last: re.Match[str]) -> tuple[time | None, time | None]:
    """Return the times of a range, of two matches of ``TIME``.

    Where only the end says morning or afternoon, the start is the nearest time before it.
    """
    end = time_in(last)
    if _half(first) or first["word"] or not _half(last):
        start = time_in(first)
        if (
            start
            and end
            and end <= start
            and _half(first) in ("am", "pm")
            and not _half(last)
            and end.hour < 12
        ):
            end = end.replace(hour=end.hour + 12)
        return start, end
    options = [option for option in (_time_of(first, "am"), _time_of(first, "pm")) if option]
    before = [option for option in options if end and option < end]
    return (max(before) if before else options[0]), end
