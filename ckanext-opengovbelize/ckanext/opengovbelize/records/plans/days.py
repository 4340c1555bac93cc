"""Days as tables state them, and reporting periods by their short names."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..dates import month_number

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
AMBIGUOUS, UNREADABLE = "day-ambiguous", "day-unreadable"

# So long after its end a period's reports are due, where the plan does not say.
_GRACE = timedelta(days=30)
_YEARS = range(1900, 2101)
# Day 1 of Excel is the first of January 1900; it counts a 29 February 1900 that never was.
_EXCEL_ZERO = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 60_000)

_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_OF = r"(?:\s*[-/]\s*|,?\s+(?:of\s+|de\s+|del\s+)?)"
_YEAR = r"(?P<year>\d{4})"
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?")
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[T ]\d{1,2}:\d\d\S*)?")
_NAMED = (
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|[º°])?{_OF}{_WORD}{_OF}{_YEAR}"),
    re.compile(rf"{_WORD}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th|[º°])?,?\s+{_YEAR}"),
)
_MONTHS = (
    re.compile(rf"{_WORD}{_OF}{_YEAR}"),
    re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})[-/](?P<year>\d{4})"),
)
_LEAD = re.compile(
    r"^(?:(?:by|until|before|end of|the end of|late|antes del?|hasta(?: el)?|(?:a )?fin(?:es|ales)? de|para el|el)\s+)+"
    r"|^(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+"
    r"|^(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo),?\s+"
)
_YEAR_ALONE = re.compile(_YEAR)
_HALF_OR_QUARTER = (
    re.compile(r"(?P<year>\d{4})[\s/_.-]*(?P<kind>[hsqt])[\s-]*(?P<part>[1-4])"),
    re.compile(r"(?P<kind>[hsqt])[\s-]*(?P<part>[1-4])[\s/_.,-]*(?P<year>\d{4})"),
)
# Halves (also "semestre") and quarters (also "trimestre"), with their months.
_KINDS = {"h": ("H", 6), "s": ("H", 6), "q": ("Q", 3), "t": ("Q", 3)}


@dataclass(frozen=True)
class Stated:
    """What a text says of a time: its first and last day, one and the same where it names a day."""

    first: date | None = None
    last: date | None = None
    fault: str = ""

    @property
    def is_exact(self) -> bool:
        """Return whether one day is named."""
        return self.first is not None and self.first == self.last


@dataclass(frozen=True)
class Period:
    """A reporting period by its short name."""

    code: str
    start: date
    end: date

    @property
    def due(self) -> date:
        """Return the last day on which a report is in time, where the plan states none."""
        return due_after(self.end)


def due_after(end: date) -> date:
    """Return when reports on a period are due that ends on the day ``end``."""
    return end + _GRACE


def read(text: str, order: str = "") -> Stated:
    """Return the days that a text states.

    Args:
        text: what the cell says.
        order: ``DAY_FIRST`` or ``MONTH_FIRST`` where the column shows it, for days such as 05/07/2021.
    """
    plain = " ".join(text.split()).casefold()
    plain = _LEAD.sub("", plain).strip(" .,;")
    if match := _ISO.fullmatch(plain):
        return _day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _NUMERIC.fullmatch(plain):
        return _numeric(match, order)
    for pattern in _NAMED:
        if (match := pattern.fullmatch(plain)) and (month := month_number(match["month"])):
            return _day(int(match["year"]), month, int(match["day"]))
    return _span(plain)


def order_of(texts: Iterable[str]) -> str:
    """Return how a column writes its days, where one of them can only be read one way; else nothing."""
    orders = set()
    for text in texts:
        if match := _NUMERIC.fullmatch(" ".join(text.split())):
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second:
                orders.add(DAY_FIRST)
            elif second > 12 >= first:
                orders.add(MONTH_FIRST)
    return orders.pop() if len(orders) == 1 else ""


def period(text: str) -> Period | None:
    """Return the period that a short name such as ``2020-H2``, ``2021-Q3`` or ``2021`` stands for."""
    plain = " ".join(text.split()).casefold()
    if _YEAR_ALONE.fullmatch(plain) and int(plain) in _YEARS:
        return Period(plain, date(int(plain), 1, 1), date(int(plain), 12, 31))
    for pattern in _HALF_OR_QUARTER:
        if match := pattern.fullmatch(plain):
            letter, months = _KINDS[match["kind"]]
            year, part = int(match["year"]), int(match["part"])
            if year not in _YEARS or part * months > 12:
                return None
            last = part * months
            end = date(year, last, monthrange(year, last)[1])
            return Period(f"{year}-{letter}{part}", date(year, last - months + 1, 1), end)
    return None


def _numeric(match: re.Match[str], order: str) -> Stated:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if year < 100 else 0
    as_day, as_month = _day(year, second, first), _day(year, first, second)
    if as_day.fault or as_month.fault:
        return as_month if as_day.fault else as_day
    if as_day == as_month:
        return as_day
    if not order:
        return Stated(fault=AMBIGUOUS)
    return as_day if order == DAY_FIRST else as_month


def _span(plain: str) -> Stated:
    """Read what names no day: a month, a half-year, a year."""
    if plain.isdecimal() and len(plain) == 5 and int(plain) in _EXCEL_DAYS:
        day = _EXCEL_ZERO + timedelta(days=int(plain))
        return Stated(day, day)
    if found := period(plain):
        return Stated(found.start, found.end)
    for pattern in _MONTHS:
        if match := pattern.fullmatch(plain):
            stated, year = match["month"], int(match["year"])
            month = int(stated) if stated.isdecimal() else month_number(stated)
            if month and month <= 12 and year in _YEARS:
                return Stated(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    return Stated(fault=UNREADABLE)


def _day(year: int, month: int, day: int) -> Stated:
    try:
        found = date(year, month, day)
    except ValueError:
        return Stated(fault=UNREADABLE)
    return Stated(found, found) if year in _YEARS else Stated(fault=UNREADABLE)
