"""Days as tables state them, and reporting periods by their short names."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..dates import month_number
from ..day_order import DAY_FIRST, order_shown

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
_CLOCK = r"(?:,?[t ]\s*\d{1,2}:\d\d\S*(?:\s*[ap]\.?\s?m)?)?"
_NUMERIC = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}|\d\d){_CLOCK}")
_ISO = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_CLOCK}")
_NAMED = (
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|[º°])?{_OF}{_WORD}{_OF}{_YEAR}"),
    # 5-Jul-23, as spreadsheet programs show days.
    re.compile(rf"(?P<day>\d{{1,2}})-{_WORD}-(?P<year>\d\d)"),
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
_KIND_IN_WORDS = r"(?P<kind>half(?:[\s-]year)?|semester|semestre|sem\.?|quarter|trimestre|trim\.?)"
_PART_IN_WORDS = r"(?:the )?(?P<part>[^\W_]+)[.]?[ºªo°]?\.?"
# "First half of 2023", "2.º trimestre de 2023"; "2023, second half"; "Semestre II de 2023".
_IN_WORDS = (
    re.compile(rf"{_PART_IN_WORDS}[\s-]+{_KIND_IN_WORDS}(?:\s+(?:of|de|del))?,?\s+{_YEAR}"),
    re.compile(rf"{_YEAR}[\s,:–-]+{_PART_IN_WORDS}[\s-]+{_KIND_IN_WORDS}"),
    re.compile(rf"{_KIND_IN_WORDS}\s*{_PART_IN_WORDS}(?:\s+(?:of|de|del))?,?\s+{_YEAR}"),
)
_PARTS = {
    word: part
    for part, words in enumerate(
        (
            ("first", "1st", "1", "1er", "primer", "primero", "i"),
            ("second", "2nd", "2", "2do", "2o", "segundo", "ii"),
            ("third", "3rd", "3", "3er", "tercer", "tercero", "iii"),
            ("fourth", "4th", "4", "4to", "4o", "last", "cuarto", "iv"),
        ),
        start=1,
    )
    for word in words
}
# "January to June 2023", "ene-jun 2023".
_MONTH_TO_MONTH = re.compile(
    rf"(?P<first>[^\W\d_]{{3,12}})\.?\s*(?:-|–|to|a|until|hasta)\s*(?P<last>[^\W\d_]{{3,12}})\.?{_OF}{_YEAR}"
)
# "1 July 2020 - 31 December 2020", "2020-07-01/2020-12-31", "01/07/2020 al 31/12/2020"
_DAY_TO_DAY = re.compile(r"\s+(?:-|–|—|to|until|al?|hasta(?: el)?)\s+|\s*–\s*|(?<=-\d\d)/(?=\d{4}-)")
_LONGEST_SPAN = 80
_FIGURE = re.compile(r"\d")


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
    return _named_day(plain, order) or _span(plain)


def _named_day(plain: str, order: str) -> Stated | None:
    """Read a text that names a day, or None where it names a longer time or nothing."""
    if match := _ISO.fullmatch(plain):
        return _day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _NUMERIC.fullmatch(plain):
        return _numeric(match, order)
    for pattern in _NAMED:
        if (match := pattern.fullmatch(plain)) and (month := month_number(match["month"])):
            return _day(_full_year(match["year"]), month, int(match["day"]))
    return None


def order_of(texts: Iterable[str]) -> str:
    """Return how a column writes its days, where one of them can only be read one way; else nothing."""
    matches = (_NUMERIC.fullmatch(" ".join(text.split()).casefold()) for text in texts)
    return order_shown((int(match[1]), int(match[3])) for match in matches if match)


def period(text: str) -> Period | None:
    """Return the period that a short name such as ``2020-H2``, ``2021-Q3`` or ``2021`` stands for."""
    if not _FIGURE.search(text):
        # Most of what is asked about are headers, and every period names its year.
        return None
    plain = " ".join(text.split()).casefold()
    if _YEAR_ALONE.fullmatch(plain) and int(plain) in _YEARS:
        return Period(plain, date(int(plain), 1, 1), date(int(plain), 12, 31))
    for pattern in _HALF_OR_QUARTER:
        if match := pattern.fullmatch(plain):
            return _part_of_year(int(match["year"]), match["kind"], int(match["part"]))
    for pattern in _IN_WORDS:
        if (match := pattern.fullmatch(plain)) and (part := _PARTS.get(match["part"])):
            return _part_of_year(int(match["year"]), "q" if match["kind"][0] in "qt" else "h", part)
    if match := _MONTH_TO_MONTH.fullmatch(plain):
        return _of_months(int(match["year"]), month_number(match["first"]), month_number(match["last"]))
    return _of_days(plain)


def _part_of_year(year: int, kind: str, part: int) -> Period | None:
    letter, months = _KINDS[kind]
    if year not in _YEARS or part * months > 12:
        return None
    last = part * months
    end = date(year, last, monthrange(year, last)[1])
    return Period(f"{year}-{letter}{part}", date(year, last - months + 1, 1), end)


def _of_months(year: int, first: int | None, last: int | None) -> Period | None:
    """Return the half-year or quarter that goes from one month to another; other spans have no short name."""
    if not first or not last:
        return None
    if (first, last) == (1, 12):
        return period(str(year))
    months = last - first + 1
    kind = {6: "h", 3: "q"}.get(months)
    return _part_of_year(year, kind, last // months) if kind and last % months == 0 else None


def _of_days(plain: str) -> Period | None:
    """Return the half-year or quarter that is written by its first and last day: "1 July 2020 - 31 December 2020"."""
    pieces = _DAY_TO_DAY.split(plain) if len(plain) <= _LONGEST_SPAN else []
    if len(pieces) != 2:
        return None
    order = order_of(pieces)
    first, last = (stated.first if (stated := _named_day(piece, order)) else None for piece in pieces)
    if first is None or last is None or first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return None
    return _of_months(first.year, first.month, last.month) if first.year == last.year else None


def _numeric(match: re.Match[str], order: str) -> Stated:
    first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
    as_day, as_month = _day(year, second, first), _day(year, first, second)
    if as_day.fault or as_month.fault:
        return as_month if as_day.fault else as_day
    if as_day == as_month:
        return as_day
    if not order:
        return Stated(fault=AMBIGUOUS)
    return as_day if order == DAY_FIRST else as_month


def _full_year(figures: str) -> int:
    return int(figures) + (2000 if len(figures) == 2 else 0)


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
