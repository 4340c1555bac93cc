"""When a session took place: dates and times as people write them, in English and Spanish."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from itertools import zip_longest
from zoneinfo import ZoneInfo

from .problems import Problem
from .words import fold

BELIZE = "America/Belize"
# All the year, since 1983.
_BELIZE_OFFSET = "-06:00"

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
        rf"\b{_DAY}\s*(?:-\s*)?(?:of\s+|de\s+|day of\s+)?{_MONTH}\s*[,-]?\s*(?:of\s+|de\s+"
        rf"|del\s+(?:a[nñ]o\s+)?)?{_YEAR}",
        r"(?<![\d/.-])(?P<first>\d{1,2})(?P<sep>[/.-])(?P<second>\d{1,2})(?P=sep)(?P<year>(?:20)?\d\d)(?![\d/-])",
    )
)
_FIRST_DAY = re.compile(r"\bprimero\s+(?=de\s)", re.IGNORECASE)
# "a las 4 de la tarde", "3:30 in the afternoon"
_PART_OF_DAY = re.compile(
    r"(?P<time>\b(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?)\s+(?:(?:de|en|por)\s+la\s+|in\s+the\s+|at\s+)"
    r"(?P<part>ma[nñ]ana|madrugada|tarde|noche|morning|afternoon|evening|night)\b",
    re.IGNORECASE,
)
_SEVERAL_DAYS = re.compile(
    rf"\b{_DAY_NUMBER}\s*(?:-|–|—|to|and|al?|y)\s*{_DAY_NUMBER}\s*(?:of\s+|de\s+)?{_MONTH_NAME}"
    rf"|\b{_MONTH_NAME}\s+{_DAY_NUMBER}\s*(?:-|–|—|to|and)\s*{_DAY_NUMBER}\s*,\s*20",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(
    rf"\b(?:{_MONTH_NAME}\s+{_DAY_NUMBER}|{_DAY_NUMBER}\s+(?:of\s+|de\s+)?{_MONTH_NAME})", re.IGNORECASE
)
_HALF = r"(?:a\.?\s?m\b\.?|p\.?\s?m\b\.?|m\b\.?(?!\w)|md\b|hrs?\b\.?|horas?\b|h\b|hours?\b)"
_CLOCK = re.compile(
    r"(?P<word>\b(?:12\s+)?(?:noon|midday|mediod[ií]a|midnight|medianoche)\b)"
    r"|(?<![\d/:.])(?P<hour>[01]?\d|2[0-4])(?:\s*[:.h]\s?(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?)?(?!\d|[/:]\d)"
    rf"(?:\s*(?P<half>{_HALF}))?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:hrs?\.?|horas)?\s*(?:-|–|—|−|to|until|till|and|a|al|hasta|y)\s*(?:las?\s+|el\s+)?", re.IGNORECASE
)
_LEAD = re.compile(r"(?:\b(?:from|at|between)|\b(?:de|a|entre|desde)(?: las?)?)\s*$", re.IGNORECASE)
_DURATION = re.compile(
    r"(?<![\d:.])(?P<number>\d{1,3}(?:[.,]5)?)\s*-?\s*(?P<unit>minutes?|minutos?|mins?|hours?|horas?|hrs?)\b"
    r"(?P<half>\s+(?:and a half|y media))?(?:\s*(?:,|and|y)?\s*(?P<more>\d{1,2})\s*(?:minutes?|minutos?"
    r"|mins?))?",
    re.IGNORECASE,
)
_DIFFERENCE = r"(?P<sign>[+−–-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[034][05]))?"
_OFFSET = re.compile(rf"\b(?:UTC|GMT)\s*{_DIFFERENCE}\b", re.IGNORECASE)
_ONLY_OFFSET = re.compile(rf"\s*{_DIFFERENCE}\s*")
_ISO = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)(?:T(?P<time>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?(?P<offset>Z|[+-]\d\d:?\d\d)?(?![\d:])"
    r"| (?P<time2>\d\d:\d\d):\d\d(?:\.\d+)?\s?(?P<offset2>Z|[+-]\d\d:?\d\d)?(?![\d:]))"
)

# Zones by the names that records of this region use. Offsets are those that the name itself fixes.
_ZONES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), zone)
    for pattern, zone in (
        (r"\bAmerica/Belize\b|\bBZ[ET]?\s*[-/–]?\s*CST\b|\bBZ[ET]?\b|\bBelize(?:an)? (?:standard "
         r"|local )?time\b|(?<=[ap]m )Belize\b|(?<=[ap]\.m\. )Belize\b|\b(?:hora"
         r"|tiempo)(?: local)? (?:de |del )?Belice\b", BELIZE),
        (r"\bC\.?S\.?T\b\.?|\bcentral standard time\b|\bhora est[aá]ndar del centro\b"
         r"|\btiempo del centro\b|\bGuatemala time\b|\bhora de Guatemala\b"
         r"|\bcentral america(?:n)? time\b|\bhora de Centroam[eé]rica\b", BELIZE),
        (r"\bE\.?D\.?T\b\.?|\beastern daylight time\b", "-04:00"),
        (r"\bE\.?S\.?T\b\.?|\beastern standard time\b", "-05:00"),
        (r"\b(?:ET|eastern(?: time)?|Washington(?:,? D\.?C\.?)? time|hora de Washington(?:,? D\.?C\.?)?"
         r"|New York time|hora del este)\b", "America/New_York"),
        (r"\bC\.?D\.?T\b\.?|\bcentral daylight time\b", "-05:00"),
        # As Rails, and so TeSS, calls them.
        (r"\bcentral time \(US (?:&|and) Canada\)", "America/Chicago"),
        (r"\bmountain time \(US (?:&|and) Canada\)", "America/Denver"),
        (r"\bpacific time \(US (?:&|and) Canada\)", "America/Los_Angeles"),
        (r"\b(?:Mexico City time|hora de (?:la )?(?:ciudad de )?M[eé]xico)\b", "America/Mexico_City"),
        (r"\bM\.?S\.?T\b\.?", "-07:00"),
        (r"\bP\.?S\.?T\b\.?", "-08:00"),
        (r"\bP\.?D\.?T\b\.?", "-07:00"),
        (r"\b(?:CET|MEZ)\b", "+01:00"),
        (r"\bCEST\b", "+02:00"),
        (r"\b[A-Z]\w+/[A-Z]\w+(?:_\w+)?\b", ""),
    )
)  # fmt: skip
_UTC = re.compile(r"\b(?:UTC|GMT)\b(?!\s*[+−–-]\s?\d)|(?<=\d)Z\b", re.IGNORECASE)
_UNKNOWN_ZONE = re.compile(r"\(\s*[A-Z]{2,4}T\s*\)|(?<=[ap]m )[A-Z]{2,4}T\b|\b[A-Z][a-z]+ time\b")


@dataclass
class When:
    """What a text says of the time of a session; ``rest`` is what it says besides."""

    start: datetime | None = None
    end: datetime | None = None
    zone: str = ""
    stated: str = ""
    rest: str = ""
    problems: list[Problem] = field(default_factory=list)


def is_zone(name: str) -> bool:
    """Tell whether this is the name of a time zone, such as America/Belize."""
    try:
        return bool(name) and bool(ZoneInfo(name))
    except (ValueError, KeyError, OSError):
        return False


def has_date(text: str) -> bool:
    """Tell whether a short text gives a date, complete or not."""
    return any(pattern.search(text) for pattern in _DATES) or bool(
        _NO_YEAR.search(text) and _CLOCK.search(text)
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


_LONGEST_TIME = 80
_FROM = re.compile(r"^\s*(?:from|desde(?: las?)?|de(?: las?)?)\s+(?=\d)", re.IGNORECASE)


def is_time(text: str) -> bool:
    """Tell whether a line is nothing but times of day, with or without a zone."""
    if len(text) > _LONGEST_TIME:
        return False
    reading = _Reading(_FROM.sub("", _PART_OF_DAY.sub(_with_half, text)), "")
    if reading.clock_zone() is None or reading.times()[0] is None:
        return False
    return not re.search(r"\w{2}", reading.text)


def read(text: str, *, end: str = "", zone: str = "", duration: str = "", place: str = "") -> When:
    """Read date, times and zone from a text such as "Thursday February 13, 2020 – 10:30AM-12:00PM (BZE-CST)".

    Args:
        text: the statement; where a record states them apart, date and start joined by a blank.
        end: the end, where it is stated apart.
        zone: the zone, where it is stated apart.
        duration: the duration, where it is stated.
        place: where it stands, for problems.
    """
    plain = _PART_OF_DAY.sub(_with_half, _FIRST_DAY.sub("1 ", text))
    reading = _Reading(" ".join(plain.split()), place)
    reading.read(end, zone, duration)
    when = reading.when
    if when.start is None:
        when.stated = " ".join(f"{text} {end}".split()).strip(" ,;–—-")
        when.end = None
    return when


def _with_half(match: re.Match[str]) -> str:
    """Return a time with the half of the day that the words behind it name."""
    part, noon = fold(match["part"]), match["time"].startswith("12")
    early = part in ("manana", "madrugada", "morning") or (noon and part in ("noche", "night"))
    return f"{match['time']} {'a.m.' if early else 'p.m.'}"


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
        start = _localized(datetime.combine(day, first), zone)
        self.when.start, self.when.zone = start, _named(zone, start)
        if last is not None:
            self.when.end = _localized(datetime.combine(day, last), zone)
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
        name = self.clock_zone(zone or _ISO.sub(" ", self.text)) or BELIZE
        for match in found[:2]:
            try:
                clock = match["time"] or match["time2"]
                offset = match["offset"] or match["offset2"] or ""
                moment = datetime.fromisoformat(f"{match['date']}T{clock}{offset}")
            except ValueError:
                return False
            moments.append(moment if moment.tzinfo else _localized(moment, name))
        self.when.start, self.when.zone = moments[0], _named(name, moments[0])
        remainder = _ISO.sub(" ", f"{self.text} {end}")
        if len(moments) > 1:
            self.when.end = moments[1]
        elif last := next(
            (time_ for time_ in (_clock(m) for m in _CLOCK.finditer(remainder)) if time_), None
        ):
            self.when.end = moments[0].replace(hour=last.hour, minute=last.minute)
        elif minutes := self._duration(duration) if duration else 0:
            self.when.end = moments[0] + timedelta(minutes=minutes)
        self._check_end()
        self.when.rest = " ".join(_CLOCK.sub(" ", remainder).split())
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
        self.problem(
            "date-unreadable",
            "The date cannot be read, so it is kept as it is written. Write day, month and year, such as"
            " 13 February 2020.",
        )
        return None

    def _weekday(self, date_match: re.Match[str]) -> tuple[int | None, tuple[int, int] | None]:
        for match in _WEEKDAY.finditer(self.text):
            inside = date_match.start() <= match.start() < date_match.end()
            if not inside and abs(match.start() - date_match.start()) < 40:
                return _WEEKDAYS[fold(match[0])], match.span()
        return None, None

    def clock_zone(self, stated: str = "") -> str | None:
        """Take the zone out of the text; Belize where none is stated, None where it is not known."""
        if stated:
            return _zone_in(stated)[0] or None
        # Of several zones the one of Belize counts; what stands before its name is in its time.
        zone, span = _zone_in(self.text)
        if span is None:
            return None if _UNKNOWN_ZONE.search(self.text) else BELIZE
        before, after = self.text[: span[0]], self.text[span[1] :]
        if zone == BELIZE and (other := _zone_in(before)[1]):
            before = before[other[1] :]
        elif zone == BELIZE and (other := _zone_in(after)[1]):
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
        clocks = [match for match in _CLOCK.finditer(self.text) if _clock(match)]
        for first, last in zip(clocks, clocks[1:], strict=False):
            between = self.text[first.end() : last.start()]
            if (_says_time(first) or _says_time(last)) and _BETWEEN.fullmatch(between):
                self._take(first.start(), last.end())
                return _pair(first, last)
        only = next((match for match in clocks if _says_time(match)), None)
        if only is None:
            return None, None
        self._take(only.start(), only.end())
        return _clock(only), None

    def _take(self, begin: int, end: int) -> None:
        lead = _LEAD.search(self.text[:begin])
        self.text = f"{self.text[: lead.start() if lead else begin]} , {self.text[end:]}"

    def _forget(self, day: date | None, times: set[time | None]) -> None:
        """Take out of the text what only says the same day and the same times again."""
        if day is None:
            return
        for pattern in _DATES:
            self.text = pattern.sub(lambda match: " , " if day in _days(match) else match[0], self.text)
        said = [match for match in _CLOCK.finditer(self.text) if _says_time(match) and _clock(match) in times]
        for match, following in reversed(list(zip_longest(said, said[1:]))):
            between = self.text[match.end() : following.start()] if following else ""
            self._take(match.start(), match.end() + (len(between) if _BETWEEN.fullmatch(between) else 0))
        if not _CLOCK.search(self.text):
            self.text = _WEEKDAY.sub(
                lambda match: " , " if _WEEKDAYS[fold(match[0])] == day.weekday() else match[0], self.text
            )

    def _end(self, text: str) -> time | None:
        return next((moment for moment in map(_clock, _CLOCK.finditer(text)) if moment), None)


def _says_time(match: re.Match[str]) -> bool:
    """Tell a time of day from a mere number."""
    return bool(match["word"] or match["minute"] or match["half"])


def _zone_in(text: str) -> tuple[str, tuple[int, int] | None]:
    """Return the zone that a text names, with where it does; an empty zone where the name is not known."""
    for pattern, zone in _ZONES:
        if not (match := pattern.search(text)):
            continue
        if zone:
            return zone, match.span()
        try:
            ZoneInfo(match[0])
        except (ValueError, KeyError, OSError):
            continue
        return match[0], match.span()
    if match := _OFFSET.search(text) or _ONLY_OFFSET.fullmatch(text):
        hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
        if hours <= 14:
            offset = f"{'+' if match['sign'] == '+' else '-'}{hours:02}:{minutes:02}"
            return BELIZE if offset == _BELIZE_OFFSET else offset, match.span()
    if match := _UTC.search(text):
        return "+00:00", match.span()
    if re.fullmatch(r"\s*(?:local(?: time)?|hora local|belize|belice)\s*", text, re.IGNORECASE):
        return BELIZE, (0, len(text))
    return "", None


def _localized(moment: datetime, zone: str) -> datetime:
    """Give a time its offset: a fixed one, so that it reads the same wherever it goes."""
    if "/" in zone:
        offset = moment.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    else:
        sign = -1 if zone.startswith("-") else 1
        offset = sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return moment.replace(tzinfo=timezone(offset))


def _named(zone: str, moment: datetime) -> str:
    """Return the zone if it has a name, and the time is in it."""
    return (
        zone
        if "/" in zone and moment.replace(tzinfo=ZoneInfo(zone)).utcoffset() == moment.utcoffset()
        else ""
    )


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


def _clock(match: re.Match[str]) -> time | None:
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


def _pair(first: re.Match[str], last: re.Match[str]) -> tuple[time | None, time | None]:
    """Read a range; where only the end says morning or afternoon, the start is the nearest time before it."""
    end = _clock(last)
    if _half(first) or first["word"] or not _half(last):
        start = _clock(first)
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
