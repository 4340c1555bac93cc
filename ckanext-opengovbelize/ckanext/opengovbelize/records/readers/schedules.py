"""Schedules in the vocabulary of schema.org: an event that recurs becomes one event for each time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ..recurrence import MOST_TIMES, YEARS, Recurrence
from ..zones import is_zone
from .linked_values import listed, text

_FREQUENCIES = {
    "D": "DAILY",
    "W": "WEEKLY",
    "M": "MONTHLY",
    "Y": "YEARLY",
    "DAILY": "DAILY",
    "WEEKLY": "WEEKLY",
    "MONTHLY": "MONTHLY",
    "YEARLY": "YEARLY",
    "ANNUALLY": "YEARLY",
}
_EVERY = re.compile(r"(?:P(?P<interval>\d{1,3})(?P<unit>[DWMY])|(?P<word>[A-Z]+))", re.IGNORECASE)
_DAY = re.compile(r"(?P<which>[+-]?\d)?(?P<day>MO|TU|WE|TH|FR|SA|SU)[A-Z]*", re.IGNORECASE)
_DURATION = re.compile(
    r"P(?:(?P<days>\d{1,3})D)?(?:T(?:(?P<hours>\d{1,3})H)?(?:(?P<minutes>\d{1,4})M)?(?:\d{1,6}S)?)?"
)
_FIGURE = re.compile(r"-?\d{1,2}")
_MOST_SCHEDULES = 50


class Unreadable(ValueError):
    """A schedule that does not say when the event is held."""


def length(stated: str) -> timedelta | None:
    """Return a length such as ``PT1H30M``."""
    found = _DURATION.fullmatch(stated)
    if not found or not any(found.groups()):
        return None
    return timedelta(**{name: int(figures) for name, figures in found.groupdict("0").items()})


def of(event: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the schedules of an event, or of a course that says in no other way when it is given."""
    schedules = listed(event.get("eventSchedule"))
    if not schedules and not text(event.get("startDate")):
        schedules = [one for one in listed(event.get("courseSchedule")) if isinstance(one, dict)]
        schedules = [one for one in schedules if text(one.get("startDate"))]
    return [one for one in schedules if isinstance(one, dict)]


def times(event: dict[str, Any], recurrence: Recurrence) -> tuple[list[dict[str, Any]], bool]:
    """Return an event once for each time of its schedules, and whether there are more than were taken.

    An event without a schedule is returned as it is.

    Raises:
        Unreadable: where a schedule cannot be followed.
    """
    schedules = of(event)
    if not schedules:
        return [event], False
    # What all of them have in common is no name of one.
    shared = {
        name: value for name, value in event.items() if name not in ("eventSchedule", "courseSchedule", "@id")
    }
    found: dict[str, dict[str, Any]] = {}
    for schedule in schedules[:_MOST_SCHEDULES]:
        for start, end in _held(schedule, event, recurrence):
            said = {"startDate": start.isoformat(), "endDate": end.isoformat() if end else ""}
            found.setdefault(said["startDate"], {**shared, **said})
    kept = [found[start] for start in sorted(found)]
    return kept[:MOST_TIMES], len(kept) > MOST_TIMES


def _held(
    schedule: dict[str, Any], event: dict[str, Any], recurrence: Recurrence
) -> Iterator[tuple[date | datetime, date | datetime | None]]:
    first = _text(schedule, "startDate") or _text(event, "startDate")
    day, clock = _day(first), _clock(_text(schedule, "startTime")) or _clock(first[11:])
    start = datetime.combine(day, clock or time())
    zone = _text(schedule, "scheduleTimezone")
    zoned = ZoneInfo(zone) if is_zone(zone) else start.tzinfo
    start = start.replace(tzinfo=None)
    left_out = [_moment(one) for one in map(str, listed(schedule.get("exceptDate")))]
    lasts = length(_text(schedule, "duration") or _text(event, "duration"))
    for moment in _moments(schedule, start, recurrence):
        if moment in left_out or moment.date() in left_out:
            continue
        if clock is None:
            yield moment.date(), None
            continue
        end = _clock(_text(schedule, "endTime"))
        last = datetime.combine(moment.date(), end.replace(tzinfo=None)) if end else None
        last = moment + lasts if last is None and lasts else last
        if last and last < moment:
            # It goes on past midnight.
            last += timedelta(days=1)
        yield moment.replace(tzinfo=zoned), last.replace(tzinfo=zoned) if last else None


def _moments(schedule: dict[str, Any], start: datetime, recurrence: Recurrence) -> list[datetime]:
    if not (rule := _rule(schedule)):
        return [start]
    until = _text(schedule, "endDate")
    last = datetime.combine(_day(until), time(23, 59, 59)) if until else None
    try:
        return recurrence.times(rule, start, last)
    except ValueError as error:
        raise Unreadable from error


def _rule(schedule: dict[str, Any]) -> str:
    """Return how often, as iCalendar writes it; empty where it is once."""
    stated = _text(schedule, "repeatFrequency")
    if not stated:
        return ""
    every = _EVERY.fullmatch(stated)
    frequency = _FREQUENCIES.get((every["unit"] or every["word"]).upper()) if every else None
    if every is None or frequency is None:
        raise Unreadable
    parts = {"FREQ": frequency, "INTERVAL": str(int(every["interval"] or 1))}
    weeks = [one for one in map(str, listed(schedule.get("byMonthWeek"))) if _FIGURE.fullmatch(one)]
    days = [found for one in listed(schedule.get("byDay")) if (found := _DAY.fullmatch(_last(str(one))))]
    named = [
        f"{week}{day['day'].upper()}"
        for day in days
        for week in ([day["which"]] if day["which"] else weeks or [""])
    ]
    for name, stated_in in (("BYMONTHDAY", "byMonthDay"), ("BYMONTH", "byMonth")):
        figures = [one for one in map(str, listed(schedule.get(stated_in))) if _FIGURE.fullmatch(one)]
        parts[name] = ",".join(figures)
    parts["BYDAY"] = ",".join(named)
    count = _text(schedule, "repeatCount")
    parts["COUNT"] = str(min(int(count), 10 * MOST_TIMES)) if count.isdecimal() and len(count) < 9 else ""
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def _last(address: str) -> str:
    return address.rpartition("/")[2].rpartition(":")[2]


def _day(stated: str) -> date:
    try:
        day = date.fromisoformat(stated[:10])
    except ValueError as error:
        raise Unreadable from error
    if day.year not in YEARS:
        raise Unreadable
    return day


def _clock(stated: str) -> time | None:
    try:
        return time.fromisoformat(stated) if stated else None
    except ValueError:
        return None


def _moment(stated: str) -> date | datetime | None:
    try:
        return (
            date.fromisoformat(stated)
            if len(stated) == 10
            else datetime.fromisoformat(stated).replace(tzinfo=None)
        )
    except ValueError:
        return None


def _text(thing: dict[str, Any], name: str) -> str:
    return text(thing.get(name))
