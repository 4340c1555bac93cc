"""A calendar in iCalendar (RFC 5545) taken apart: its name, its time zones, and each event by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
from icalendar.error import BrokenCalendarProperty

from ..recurrence import YEARS, name_of

_START = re.compile(r"\s*BEGIN:VCALENDAR\b", re.IGNORECASE)
_FOLD = re.compile(r"\r?\n[ \t]")
_FOLD_IN_BYTES = re.compile(_FOLD.pattern.encode())
_BEGIN = re.compile(r"BEGIN:(VEVENT|VTIMEZONE|VTODO|VJOURNAL|VFREEBUSY)\s*$", re.IGNORECASE)
_UID = re.compile(r"^UID[^:\n]*:(.+)$", re.IGNORECASE | re.MULTILINE)
_OF_CALENDAR = re.compile(r"(?:X-WR-CALNAME|X-WR-TIMEZONE|NAME|METHOD)[^:]{0,200}:", re.IGNORECASE)


@dataclass
class Block:
    """The lines of one event as they stand, and which event of the file it is; ``closed`` unless it is cut off."""

    text: str
    number: int
    closed: bool = True

    @property
    def uid(self) -> str:
        """The identifier, or nothing."""
        found = _UID.search(self.text)
        return found[1].strip() if found else ""


@dataclass
class Calendar:
    """A calendar taken apart: what concerns all events, its time zones, and each event."""

    name: str = ""
    zone: str = ""
    cancels: bool = False
    zones: list[str] = field(default_factory=list)
    events: list[Block] = field(default_factory=list)

    def series(self, most: int) -> Iterator[list[Block]]:
        """Yield the events of each identifier together, of the first ``most`` and in the order of the file."""
        grouped: dict[str, list[Block]] = {}
        for event in self.events[:most]:
            grouped.setdefault(event.uid or f"\n{event.number}", []).append(event)
        yield from grouped.values()

    def event(self, block: Block) -> Event | None:
        """Return an event as the library reads it, or None where it is broken."""
        if not block.closed:
            return None
        text = "\r\n".join(["BEGIN:VCALENDAR", *self.zones, block.text, "END:VCALENDAR", ""])
        try:
            found = icalendar.Calendar.from_ical(text).walk("VEVENT")
        # The library raises whatever a broken value or zone makes it stumble over.
        except Exception:
            return None
        return Event(found[0], block.number) if found and isinstance(found[0], icalendar.Event) else None


def is_calendar(text: str) -> bool:
    """Tell a calendar by its first line."""
    return _START.match(text) is not None


def unfolded(data: bytes) -> bytes:
    """Return a calendar without its folds: they are made by octets, so one may part a character."""
    return _FOLD_IN_BYTES.sub(b"", data)


def take_apart(text: str) -> Calendar:
    """Take a calendar apart. What is cut off ends where the next begins."""
    calendar = Calendar()
    kind, lines, number = "", [], 0

    def finish(closed: bool) -> None:
        nonlocal kind, lines
        block = "\r\n".join(lines)
        if kind == "VTIMEZONE" and closed:
            calendar.zones.append(block)
        elif kind == "VEVENT":
            calendar.events.append(Block(block, number, closed))
        kind, lines = "", []

    for line in re.split(r"\r\n|\n|\r", _FOLD.sub("", text)):
        if begin := _BEGIN.match(line):
            if kind:
                finish(closed=False)
            kind, lines = begin[1].upper(), [line]
            number += kind == "VEVENT"
        elif kind:
            lines.append(line)
            if line.strip().upper() == f"END:{kind}":
                finish(closed=True)
        elif _OF_CALENDAR.match(line):
            _about_calendar(calendar, line)
    if kind:
        finish(closed=False)
    return calendar


def _about_calendar(calendar: Calendar, line: str) -> None:
    name, _, value = line.partition(":")
    name, value = name.partition(";")[0].upper(), value.strip()
    if name in ("X-WR-CALNAME", "NAME"):
        calendar.name = calendar.name or re.sub(r"\\([,;\\])", r"\1", value)
    elif name == "X-WR-TIMEZONE":
        calendar.zone = value
    else:
        calendar.cancels = value.upper() == "CANCEL"


@dataclass
class Event:
    """An event as the library reads it."""

    values: icalendar.Event
    number: int

    def text(self, name: str) -> str:
        """Return the text of a property, or nothing; of several the first."""
        value = self.values.get(name)
        value = value[0] if isinstance(value, list) and value else value
        return "" if value is None else str(value)

    def moment(self, name: str) -> date | datetime | None:
        """Return a day or a time."""
        value = self.values.get(name)
        value = value[0] if isinstance(value, list) and value else value
        try:
            moment = getattr(value, "dt", None)
        except BrokenCalendarProperty:
            return None
        return moment if isinstance(moment, date) and moment.year in YEARS else None

    def moments(self, name: str) -> list[date | datetime]:
        """Return all days or times of a property that may have many."""
        stated = [row[0] if isinstance(row, tuple) else row for row in self._stated(name)]
        return [moment for moment in stated if isinstance(moment, date)]

    def periods(self, name: str) -> dict[str, timedelta]:
        """Return how long those times last that state their own end or length, by what a time is known."""
        return {
            name_of(row[0]): row[1] if isinstance(row[1], timedelta) else row[1] - row[0]
            for row in self._stated(name)
            if isinstance(row, tuple) and isinstance(row[0], datetime)
        }

    def _stated(self, name: str) -> list[Any]:
        values = self.values.get(name, [])
        values = values if isinstance(values, list) else [values]
        return [row.dt for value in values for row in getattr(value, "dts", [])]

    @property
    def rank(self) -> tuple[int, str]:
        """By which the latest version of an event is told."""
        sequence = self.text("SEQUENCE")
        stamp = self.moment("LAST-MODIFIED") or self.moment("DTSTAMP")
        number = int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0
        return number, stamp.isoformat() if stamp else ""

    @property
    def length(self) -> timedelta | None:
        """How long it lasts, as far as it says."""
        start, end, duration = self.moment("DTSTART"), self.moment("DTEND"), self.values.get("DURATION")
        if isinstance(getattr(duration, "dt", None), timedelta):
            return duration.dt  # pyright: ignore[reportOptionalMemberAccess]
        if isinstance(start, datetime) and isinstance(end, datetime):
            if (start.tzinfo is None) == (end.tzinfo is None):
                return end - start
            return end.replace(tzinfo=None) - start.replace(tzinfo=None)
        return None if start is None or end is None or isinstance(end, datetime) else end - day_of(start)


def day_of(moment: date | datetime) -> date:
    """Return the day of a day or a time."""
    return moment.date() if isinstance(moment, datetime) else moment
