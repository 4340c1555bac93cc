"""When a session took place: dates and times as people write them, in English and Spanish."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import zip_longest

from . import clock, several_zones, zones
from .once import once
from .problems import Problem
from .words import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene",
            "february feb febrero",
            "march mar marzo",
            "april apr abril abr",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto ago",
            "september sept sep septiembre setiembre set",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre dic",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon lunes lun",
            "tuesday tues tue martes mar",
            "wednesday wed miercoles mie",
            "thursday thurs thur thu jueves jue",
            "friday fri viernes vie",
            "saturday sat sabado sab",
            "sunday sun domingo dom",
        )
    )
    for name in names.split()
}
_MONTH_NAME = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_MONTH = f"(?P<month>{_MONTH_NAME})"
_DAY_NUMBER = r"\d{1,2}(?:\s?(?:st|nd|rd|th|[º°ª]|\.[º°]))?(?!\d)"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|[º°ª]|\.[º°]))?(?!\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_WEEKDAY = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|lunes|martes|mi[eé]rcoles|jueves|viernes"
    r"|s[aá]bado|domingo|(?:mon|tues?|wed|thurs?|thu|fri|sat|sun|mi[eé]|jue|vie|s[aá]b|dom)(?=[.,\s]))\b\.?",
    re.IGNORECASE,
)
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?=T\d|\b)",
        rf"\b{_MONTH}\s+{_DAY}\s*,?\s+(?:of\s+|de\s+|del\s+)?{_YEAR}",
        rf"\b{_DAY}\s*(?:[-/]\s*)?(?:of\s+|de\s+|day of\s+)?{_MONTH}\s*[,/-]?\s*(?:of\s+|de\s+"
        rf"|del\s+(?:a[nñ]o\s+)?)?{_YEAR}",
        r"(?<![\d/.-])(?P<first>\d{1,2})(?P<sep>[/.-])(?P<second>\d{1,2})(?P=sep)(?P<year>(?:20)?\d\d)(?![\d/-])",
    )
)
_FIRST_DAY = re.compile(r"\bprimero\s+(?=de\s)", re.IGNORECASE)
_SEVERAL_DAYS = re.compile(
    rf"\b{_DAY_NUMBER}\s*(?:-|–|—|to|and|al?|y)\s*{_DAY_NUMBER}\s*(?:of\s+|de\s+)?{_MONTH_NAME}"
    rf"|\b{_MONTH_NAME}\s+{_DAY_NUMBER}\s*(?:-|–|—|to|and)\s*{_DAY_NUMBER}\s*,\s*20",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(
    rf"\b(?:{_MONTH_NAME}\s+{_DAY_NUMBER}|{_DAY_NUMBER}\s+(?:of\s+|de\s+)?{_MONTH_NAME})", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\s*(?:hrs?\.?|horas)?\s*(?:-|–|—|−|to|until|till|and|[aà]|al|hasta|y)\s*(?:las?\s+|el\s+)?",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:\b(?:from|at|between)|\b(?:de|a|entre|desde)(?: las?)?)\s*$", re.IGNORECASE)
_DURATION = re.compile(
    r"(?<![\d:.])(?P<number>\d{1,3}(?:[.,]5)?)\s*-?\s*(?P<unit>minutes?|minutos?|mins?|hours?|horas?|hrs?)\b"
    r"(?P<half>\s+(?:and a half|y media))?(?:\s*(?:,|and|y)?\s*(?P<more>\d{1,2})\s*(?:minutes?|minutos?"
    r"|mins?))?",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)(?:T(?P<time>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?(?P<offset>Z|[+-]\d\d:?\d\d)?(?![\d:])"
    r"| (?P<time2>\d\d:\d\d):\d\d(?:\.\d+)?\s?(?P<offset2>Z|[+-]\d\d:?\d\d)?(?![\d:]))"
)


@dataclass
class When:
    """What a text says of the time of a session; ``rest`` is what it says besides."""

    start: datetime | None = None
    end: datetime | None = None
    zone: str = ""
    stated: str = ""
    rest: str = ""
    problems: list[Problem] = field(default_factory=list)


@once
def has_date(text: str) -> bool:
    """Tell whether a short text gives a date, complete or not."""
    return any(pattern.search(text) for pattern in _DATES) or bool(
        _NO_YEAR.search(text) and clock.TIME.search(text)
    )


def has_full_date(text: str) -> bool:
    """Tell whether a text gives a day, a month and a year."""
    return any(pattern.search(text) for pattern in _DATES)


def days_in(text: str) -> int:
    """Return how many different days a text gives with their year, as it writes them."""
    return len({fold(match[0]) for pattern in _DATES for match in pattern.finditer(text)})


def begins_with_date(text: str) -> bool:
    """Tell whether a text begins with a day, a month and a year, behind a weekday or not."""
    rest = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    return any(pattern.match(rest.lstrip(" ,")) for pattern in _DATES)


def begin_of_date(text: str) -> int | None:
    """Return where in a text the first day with month and year begins, its weekday included."""
    begins = [match.start() for pattern in _DATES if (match := pattern.search(text))]
    if not begins:
        return None
    begin = min(begins)
    weekday = next((day for day in _WEEKDAY.finditer(text) if not text[day.end() : begin].strip(" ,")), None)
    return weekday.start() if weekday and weekday.start() < begin else begin


def day_in(text: str) -> date | None:
    """Return the day that a text gives, if it can be read one way only."""
    return _Reading(text, "")._date()


def has_no_year(text: str) -> bool:
    """Tell whether a text gives a day and a month by its name, and no year with them."""
    return bool(_NO_YEAR.search(text)) and not has_full_date(text)


def with_year(text: str, year: int) -> str:
    """Return a text whose day and month have no year, with this one behind them."""
    return _NO_YEAR.sub(lambda match: f"{match[0]} {year}", text, count=1)


def month_number(name: str) -> int | None:
    """Return the number of a month by its name in English or Spanish, whole or short."""
    return _MONTHS.get(fold(name))


# When a session was first to be, and when it is now.
_MOVED = re.compile(
    r"\b(?:postponed|moved|rescheduled|changed|brought forward|originally|previously|formerly|initially|instead of"
    r"|pospuest[oa]|aplazad[oa]|reprogramad[oa]|trasladad[oa]|originalmente|inicialmente|en (?:lugar|vez) del?)\b",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"[(\[]?\s?\b(?:originally|previously|formerly|initially|instead of|originalmente|inicialmente"
    r"|en (?:lugar|vez) del?)\b(?P<former>[^()\[\]\n;–—]{3,80}?(?:\b(?:19|20)\d\d\b|[)\]]|$))[)\]]?",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"\b(?:from|del?)\s(?P<former>[^()\n;]{3,80}?)\s(?:to|until|al?|para el|hasta el)"
    r"\s(?=(?:the |el )?[^\W\d_]*,?\s?[^\W_])",
    re.IGNORECASE,
)
_LONGEST_TIME = 80
# "10:00 (Belize)": whose time it is.
_IN_BELIZE = re.compile(r"[(\[]\s*(?:belize|belice)\s*[)\]]", re.IGNORECASE)
_FROM = re.compile(r"^\s*(?:from|desde(?: las?)?|de(?: las?)?)\s+(?=\d)", re.IGNORECASE)


def is_time(text: str) -> bool:
    """Tell whether a line is nothing but times of day, with or without a zone."""
    if len(text) > _LONGEST_TIME:
        return False
    reading = _Reading(_FROM.sub("", several_zones.in_belize(clock.with_halves(text))), "")
    if reading.clock_zone() is None or reading.times()[0] is None:
        return False
    return not re.search(r"\w{2}", _IN_BELIZE.sub("", reading.text))


def without_former(text: str) -> str:
    """Return what a text says of a time without the day on which it was first to be: "moved from 6 May to 8 May"."""
    if not (moved := _MOVED.search(text)):
        return text
    if beside := _FORMER.search(text, moved.start()):
        rest = f"{text[: beside.start()]} {text[beside.end() :]}"
        return rest if _gives_day(beside["former"]) and _gives_day(rest) else text
    parted = _FROM_TO.search(text, moved.start())
    if parted and _gives_day(parted["former"]) and _gives_day(text[parted.end() :]):
        return f"{text[: parted.start('former')]} {text[parted.end() :]}"
    return text


def _gives_day(text: str) -> bool:
    return has_full_date(text) or bool(_NO_YEAR.search(text))


def read(text: str, *, end: str = "", zone: str = "", duration: str = "", place: str = "") -> When:
    """Read date, times and zone from a text such as "Thursday February 13, 2020 – 10:30AM-12:00PM (BZE-CST)".

    Args:
        text: the statement; where a record states them apart, date and start joined by a blank.
        end: the end, where it is stated apart.
        zone: the zone, where it is stated apart.
        duration: the duration, where it is stated.
        place: where it stands, for problems.
    """
    plain = several_zones.in_belize(clock.with_halves(_FIRST_DAY.sub("1 ", without_former(text))))
    reading = _Reading(" ".join(plain.split()), place)
    reading.read(end, zone, duration)
    when = reading.when
    if when.start is None:
        when.stated = " ".join(f"{text} {end}".split()).strip(" ,;–—-")
        when.end = None
    return when


class _Reading:
    """One statement, from which what is understood is taken away piece by piece."""

    def __init__(self, text: str, place: str) -> None:
        self.text = text
        self.place = place
        self.when = When()

    def problem(self, code: str, message: str, *, rejects: bool = False) -> None:
        self.when.problems.append(Problem(code, message, place=self.place, field="start", rejects=rejects))

    def read(self, end: str, zone: str, duration: str) -> None:
        """Fill ``when`` from the statement."""
        if self._iso(end, zone, duration):
            return
        day = self._date()
        zone_name = self.clock_zone(zone)
        minutes = self._duration(duration)
        first, last = self.times()
        if end:
            last = self._end(end) or last
        self._forget(day, {first, last})
        self.when.rest = re.sub(r"\(\s*\)|\[\s*\]", " ", self.text)
        if day is None:
            return
        if first is None:
            self.problem(
                "time-missing",
                "The date has no time of day that can be read, so it is kept as it is written. Write the"
                " start and the end, such as 10:30 AM - 12:00 PM.",
            )
            return
        if zone_name is None:
            self.problem(
                "zone-unknown",
                "The time zone is not known, so the date is kept as it is written. Write Belize time, or"
                " the difference to UTC, such as UTC-6.",
            )
            return
        self._set(day, first, last, minutes, zone_name)

    def _set(self, day: date, first: time, last: time | None, minutes: int, zone: str) -> None:
        start = zones.localized(datetime.combine(day, first), zone)
        self.when.start, self.when.zone = start, zones.name_of(zone, start)
        if last is not None:
            self.when.end = zones.localized(datetime.combine(day, last), zone)
        elif minutes:
            self.when.end = start + timedelta(minutes=minutes)
        self._check_end()

    def _check_end(self) -> None:
        start, end = self.when.start, self.when.end
        if start and end and end <= start:
            self.problem(
                "end-before-start",
                "The session ends before it starts. Correct the times; noon is 12:00 PM, midnight 12:00 AM.",
                rejects=True,
            )
            self.when.end = None

    def _iso(self, end: str, zone: str, duration: str) -> bool:
        """Read times in the international form, with or without an offset of their own."""
        found = list(_ISO.finditer(f"{self.text} {end}"))
        if not found:
            return False
        moments = []
        name = self.clock_zone(zone or _ISO.sub(" ", self.text)) or zones.BELIZE
        for match in found[:2]:
            try:
                hours = match["time"] or match["time2"]
                offset = match["offset"] or match["offset2"] or ""
                moment = datetime.fromisoformat(f"{match['date']}T{hours}{offset}")
            except ValueError:
                return False
            moments.append(moment if moment.tzinfo else zones.localized(moment, name))
        self.when.start, self.when.zone = moments[0], zones.name_of(name, moments[0])
        remainder = _ISO.sub(" ", f"{self.text} {end}")
        if len(moments) > 1:
            self.when.end = moments[1]
        elif has_full_date(end) and (last := read(end, zone=zone or name).start):
            self.when.end = last
        elif last := next(
            (time_ for time_ in (clock.time_in(m) for m in clock.TIME.finditer(remainder)) if time_), None
        ):
            self.when.end = moments[0].replace(hour=last.hour, minute=last.minute)
        elif minutes := self._duration(duration) if duration else 0:
            self.when.end = moments[0] + timedelta(minutes=minutes)
        self._check_end()
        self.when.rest = " ".join(clock.TIME.sub(" ", remainder).split())
        return True

    def _date(self) -> date | None:
        """Take the date out of the text."""
        if _SEVERAL_DAYS.search(self.text):
            self.problem(
                "date-range",
                "The record names several days; it is kept as it is written. Send one record for each"
                " session.",
            )
            return None
        for pattern in _DATES:
            match = pattern.search(self.text)
            if not match:
                continue
            weekday, weekday_span = self._weekday(match)
            days = _days(match)
            if len(days) > 1 and weekday is not None:
                days = [day for day in days if day.weekday() == weekday] or days
            if not days:
                self.problem("date-unreadable", "There is no such day in the calendar. Correct the date.")
                return None
            if len(days) > 1:
                self.problem(
                    "date-ambiguous",
                    "Day and month of the date could be either way round, so it is kept as it is written."
                    " Write the month as a word, such as 7 May 2020.",
                )
                return None
            if weekday is not None and days[0].weekday() != weekday:
                self.problem(
                    "weekday-mismatch",
                    "The weekday does not belong to the date; the date was taken. Correct whichever is"
                    " wrong.",
                )
            spans = [match.span()] if weekday_span is None else [match.span(), weekday_span]
            for begin, stop in sorted(spans, reverse=True):
                self.text = f"{self.text[:begin]} , {self.text[stop:]}"
            return days[0]
        if self._is_a_time_alone():
            self.problem(
                "date-unreadable",
                "There is a time of day, but no date; it is kept as it is written. Write the date, too, such as"
                " 13 February 2020, 10:30 AM - 12:00 PM.",
            )
            return None
        self.problem(
            "date-unreadable",
            "The date cannot be read, so it is kept as it is written. Write day, month and year, such as"
            " 13 February 2020.",
        )
        return None

    def _is_a_time_alone(self) -> bool:
        times = list(clock.TIME.finditer(self.text))
        is_time = any(found["word"] or found["minute"] or found["half"] for found in times)
        return is_time and not any(map(str.isdigit, clock.TIME.sub("", self.text)))

    def _weekday(self, date_match: re.Match[str]) -> tuple[int | None, tuple[int, int] | None]:
        for match in _WEEKDAY.finditer(self.text):
            inside = date_match.start() <= match.start() < date_match.end()
            if not inside and abs(match.start() - date_match.start()) < 40:
                return _WEEKDAYS[fold(match[0])], match.span()
        return None, None

    def clock_zone(self, stated: str = "") -> str | None:
        """Take the zone out of the text; Belize where none is stated, None where it is not known."""
        if stated:
            return zones.zone_in(stated)[0] or None
        # Of several zones the one of Belize counts; what stands before its name is in its time.
        zone, span = zones.zone_in(self.text)
        if span is None:
            return None if zones.has_unknown(self.text) else zones.BELIZE
        before, after = self.text[: span[0]], self.text[span[1] :]
        if zone == zones.BELIZE and (other := zones.zone_in(before)[1]):
            before = before[other[1] :]
        elif zone == zones.BELIZE and (other := zones.zone_in(after)[1]):
            after = after[other[1] :]
        self.text = f"{before} {after}"
        return zone or None

    def _duration(self, stated: str) -> int:
        match = _DURATION.search(stated or self.text)
        if not match:
            return 0
        unit = match["unit"].lower()
        # "10:30 - 12:00 hrs" and "15 horas" are times of day.
        if (
            not stated
            and unit.startswith("h")
            and not re.search(r"\b(?:for|durante|duraci[oó]n|duration)\b|\(", self.text)
        ):
            return 0
        number = float(match["number"].replace(",", "."))
        minutes = number if unit.startswith("m") else number * 60 + (30 if match["half"] else 0)
        if not stated:
            self.text = self.text[: match.start()] + " " + self.text[match.end() :]
        return int(minutes) + int(match["more"] or 0)

    def times(self) -> tuple[time | None, time | None]:
        """Take start and end out of the text."""
        clocks = [match for match in clock.TIME.finditer(self.text) if clock.time_in(match)]
        for first, last in zip(clocks, clocks[1:], strict=False):
            between = self.text[first.end() : last.start()]
            beside = not between.strip() and first["half"] and last["half"]
            if (clock.says_time(first) or clock.says_time(last)) and (beside or _BETWEEN.fullmatch(between)):
                self._take(first.start(), last.end())
                return clock.times_in(first, last)
        only = next((match for match in clocks if clock.says_time(match)), None)
        if only is None:
            return None, None
        self._take(only.start(), only.end())
        return clock.time_in(only), None

    def _take(self, begin: int, end: int) -> None:
        lead = _LEAD.search(self.text[:begin])
        self.text = f"{self.text[: lead.start() if lead else begin]} , {self.text[end:]}"

    def _forget(self, day: date | None, times: set[time | None]) -> None:
        """Take out of the text what only says the same day and the same times again."""
        if day is None:
            return
        for pattern in _DATES:
            self.text = pattern.sub(lambda match: " , " if day in _days(match) else match[0], self.text)
        said = [
            match
            for match in clock.TIME.finditer(self.text)
            if clock.says_time(match) and clock.time_in(match) in times
        ]
        for match, following in reversed(list(zip_longest(said, said[1:]))):
            between = self.text[match.end() : following.start()] if following else ""
            self._take(match.start(), match.end() + (len(between) if _BETWEEN.fullmatch(between) else 0))
        if not clock.TIME.search(self.text):
            self.text = _WEEKDAY.sub(
                lambda match: " , " if _WEEKDAYS[fold(match[0])] == day.weekday() else match[0], self.text
            )

    def _end(self, text: str) -> time | None:
        return next((moment for moment in map(clock.time_in, clock.TIME.finditer(text)) if moment), None)


def _days(match: re.Match[str]) -> list[date]:
    """Return the days that a date can mean: two where day and month may be either way round."""
    groups = match.groupdict()
    if "first" in groups:
        year = int(groups["year"]) + (2000 if len(groups["year"]) == 2 else 0)
        first, second = int(groups["first"]), int(groups["second"])
        pairs = {(second, first), (first, second)}
    else:
        year = int(groups["year"])
        month = groups["month"]
        pairs = {(int(month) if month.isdigit() else _MONTHS[fold(month)], int(groups["day"]))}
    days = []
    for month_number, day in sorted(pairs):
        try:
            days.append(date(year, month_number, day))
        except ValueError:
            continue
    return days
