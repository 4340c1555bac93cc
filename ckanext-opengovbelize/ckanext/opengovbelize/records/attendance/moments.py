"""Dates, times and durations as meeting software writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from functools import lru_cache

from ...folding import fold
from ..dates import month_number

_NUMBERS = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})")
_NAMED_FIRST = re.compile(r"([^\W\d]{3,12})\.?\s+(\d{1,2}),?\s+(\d{4})")
_NAMED_SECOND = re.compile(r"(\d{1,2})\s+(?:de\s+)?([^\W\d]{3,12})\.?,?\s+(?:de\s+)?(\d{4})")
_WRITTEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?!\d)")
_SPANISH = ("nombre", "hora ", "correo electronico", "marca de tiempo", "duracion", "titulo de")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d")
_YEARS = range(1990, 2101)
# How most reports write it; the others are searched for a clock.
_PLAIN = re.compile(r"(\d+[/.-]\d+[/.-]\d+),? (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ([APap])[Mm])?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?\s*m?\.?", re.IGNORECASE)
# "Std." and "Stunden" are hours, though they begin like seconds.
_UNITS = re.compile(r"(\d{1,6}(?:[.,]\d+)?)\s*(h|st|m|s)[a-zé]*\.?", re.IGNORECASE)
_SPAN = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{2})")
_NUMBER = re.compile(r"\d{1,6}(?:\.\d+)?")
_SECONDS = {"h": 3600, "st": 3600, "m": 60, "s": 1}
# A meeting that lasts longer is damage, and so is its clock: 45:30 is minutes and seconds.
_LONGEST = 7 * 24 * 3600
_MOST_HOURS = 12


class Moments:
    """Reads the times of one file, whose days and months stand in one order throughout.

    Args:
        texts: some of the file's dates, from which the order is learned.
        zone: the zone of times without an offset.
    """

    def __init__(self, texts: Iterable[str], zone: tzinfo) -> None:
        self.zone = zone
        self.day_first = _day_first(texts)
        self._days = lru_cache(maxsize=512)(self._day)
        # People come and leave in the same seconds: a meeting has far more rows than moments.
        self.read = lru_cache(maxsize=16_384)(self._read)

    def _read(self, text: str) -> datetime | None:
        """Return a moment with its zone, or None where the text is none."""
        if not text.isascii():
            text = text.replace("\u202f", " ").replace("\xa0", " ")
        text = text.strip()
        if not text:
            return None
        moment = self._iso(text) if _ISO.match(text) else self._written(text)
        # Other years are damage; time zones cannot even be applied to the first and the last.
        return moment if moment and moment.year in _YEARS else None

    def _iso(self, text: str) -> datetime | None:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return self._written(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def _written(self, text: str) -> datetime | None:
        if (plain := _PLAIN.fullmatch(text)) is not None:
            return self._moment(plain[1], *plain.groups()[1:])
        clock = _CLOCK.search(text)
        if clock is None:
            return None
        day = text[: clock.start()].strip(" ,\t") or text[clock.end() :].strip(" ,\t")
        return self._moment(day, *clock.groups())

    def _moment(
        self, written: str, hour: str, minute: str, second: str | None, half: str | None
    ) -> datetime | None:
        day = self._days(written)
        if day is None:
            return None
        hours = int(hour)
        if half:
            hours = hours % 12 + (12 if half in "pP" else 0)
        try:
            return datetime(
                day.year, day.month, day.day, hours, int(minute), int(second or 0), tzinfo=self.zone
            )
        except ValueError:
            return None

    def _day(self, text: str) -> date | None:
        try:
            if found := _NUMBERS.search(text):
                return self._numbered(*(int(part) for part in found.groups()), long=len(found[1]) == 4)
            if found := _NAMED_FIRST.search(text):
                return _named(found[1], found[2], found[3])
            if found := _NAMED_SECOND.search(text):
                return _named(found[2], found[1], found[3])
        except ValueError:
            return None
        return None

    def _numbered(self, first: int, second: int, third: int, *, long: bool) -> date:
        if long:
            return date(first, second, third)
        year = third + 2000 if third < 100 else third
        return date(year, second, first) if self.day_first else date(year, first, second)


def seconds(text: str, *, unit: str = "m") -> float | None:
    """Return a duration in seconds: ``1h 34m 32s``, ``98 mins``, ``01:34:32``, or a number of the unit."""
    found = _seconds(text.strip().replace(",", "."), unit)
    return found if found is not None and found <= _LONGEST else None


def _seconds(text: str, unit: str) -> float | None:
    if found := _SPAN.fullmatch(text):
        hours, minutes, rest = found.groups()
        if hours is not None:
            return int(hours) * 3600 + int(minutes) * 60 + int(rest)
        if int(minutes) <= _MOST_HOURS:
            return int(minutes) * 3600 + int(rest) * 60
        return int(minutes) * 60 + int(rest)
    if parts := _UNITS.findall(text):
        return sum(float(number) * _SECONDS[name.lower()] for number, name in parts)
    return float(text) * _SECONDS[unit] if _NUMBER.fullmatch(text) else None


def _named(name: str, day: str, year: str) -> date | None:
    month = month_number(name)
    return date(int(year), month, int(day)) if month else None


def _day_first(texts: Iterable[str]) -> bool:
    texts = list(texts)
    for text in texts:
        if found := _WRITTEN.match(text):
            first, second = int(found[1]), int(found[2])
            if 12 < first <= 31 and second <= 12:
                return True
            if 12 < second <= 31 and first <= 12:
                return False
    # Where every day could be a month as well, the language of the headers tells.
    return any(fold(text).startswith(_SPANISH) for text in texts)
