"""Calendars in iCalendar (RFC 5545): files and feeds.

Each event is read by itself, so that a broken one costs no other. Whoever is invited, organises or may be
contacted stands in a calendar without having a public role: the screen gets their names, so that no text tells them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

import icalendar
from icalendar.error import BrokenCalendarProperty

from .. import described, facts, recurrence, zones
from ..problems import Problem
from ..recurrence import MOST_TIMES, wall
from ..session import SessionRecord
from ..words import fold
from .calendar_events import Block, Calendar, Event, day_of, is_calendar, take_apart, unfolded
from .content import Content, unreadable

_NAMED = re.compile(
    r"^(?:ATTENDEE|ORGANIZER)\b(?![^:\n]*;CUTYPE=(?:ROOM|RESOURCE)\b)[^\n]*?;CN="
    r"(?:\"(?P<quoted>[^\"\n]*)\"|(?P<plain>[^;:\n]*))|^CONTACT\b[^:\n]*:(?P<contact>[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
# Meeting software calls a meeting after whoever made it, and begins its invitation with the same name.
_INVITES = re.compile(
    r"^SUMMARY[^:\n]*:(?P<room>[^\\\n]{3,60}?)['’]s (?:zoom meeting|personal meeting room|meeting room)"
    r"|(?:^DESCRIPTION[^:\n]*:|\\n)\s*(?P<inviter>[^\\\n:]{3,60}?) (?:is inviting|(?:has )?invited|(?:te|le|les) "
    r"(?:est[aá] invitando|ha invitado|invita)) ",
    re.IGNORECASE | re.MULTILINE,
)
# What meeting software writes below a description: how to join, with numbers and passwords.
_JOINING = re.compile(
    r"^\s*(?:[-_=*~:·─━]{8,}.*|.{0,80}\b(?:is inviting you to a scheduled|te está invitando a una reunión|"
    r"join (?:the |from |with )?(?:zoom|meeting|webinar|google meet|microsoft teams|on your computer)|"
    r"microsoft teams (?:meeting|need help)|(?:unirse|únase|únete) (?:a la reunión|desde|con|por)|"
    r"meeting id|id de reunión|"
    r"meeting number|passcode|código de acceso)\b.*)$",
    re.IGNORECASE | re.MULTILINE,
)
# In which programs say how to join; of several only that one is there.
_CONNECTIONS = (
    *("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"),
    *("X-MICROSOFT-ONLINEMEETINGCONFLINK", "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK"),
)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_CONFIDENTIAL = ("PRIVATE", "CONFIDENTIAL")
_MOST_EVENTS = 5_000
# What Windows calls the zone of Belize and its neighbours: none of them has summer time.
_SAME_CLOCK = "Central America"

DAMAGED = Problem(
    "file-damaged",
    "The calendar is cut off or damaged. Export it again and send the whole file.",
    rejects=True,
)
_EMPTY = Problem(
    "calendar-empty", "The calendar has no events. Check that the right one was exported.", rejects=True
)


def recognises(content: Content) -> bool:
    """Tell a calendar by its first line."""
    return is_calendar(content.sample)


def read(content: Content) -> list[SessionRecord]:
    """Read the sessions of a calendar, each occurrence of a recurring one by itself."""
    if b"\x00" not in content.data:
        content = replace(content, data=unfolded(content.data))
    calendar = take_apart(content.text)
    if not calendar.events:
        return [unreadable(content, DAMAGED if "END:VCALENDAR" not in content.text.upper() else _EMPTY)]
    records: list[SessionRecord] = []
    problems: list[Problem] = []
    others = _others(calendar)
    reader = _Series(calendar, content.file, problems)
    for series in calendar.series(_MOST_EVENTS):
        try:
            records += reader.read(series)
        # A broken value raises where it is looked at.
        except (BrokenCalendarProperty, ValueError, TypeError, AttributeError, OverflowError):
            records.append(_damaged(content.file, series[0]))
    if len(calendar.events) > _MOST_EVENTS:
        problems.append(Problem("calendar-too-long", f"Only the first {_MOST_EVENTS} events were read."))
    if not content.decoded[1]:
        message = "Some characters could not be read. Save the calendar as UTF-8 and send it again."
        problems.append(Problem("encoding-damaged", message))
    for record in records:
        for name in others:
            facts.other(record, name)
    if records:
        records[0].problems += problems
        return records
    return [unreadable(content, *problems, _EMPTY)]


def _others(calendar: Calendar) -> list[str]:
    """Return the names of all who stand in the calendar without a public role; they know of each other's events."""
    found: dict[str, None] = {}
    for event in calendar.events:
        for named in _NAMED.finditer(event.text):
            stated = named["quoted"] or named["plain"] or named["contact"] or ""
            found[re.split(r"\\?[,;]|\s*[(<@]", stated)[0] if named["contact"] else stated] = None
        for invites in _INVITES.finditer(event.text):
            found[invites["room"] or invites["inviter"]] = None
    # Offices write theirs behind a name: "Sample, Ana (MOE)".
    return [_BRACKETS.sub("", name) for name in found]


def _damaged(file: str, block: Block) -> SessionRecord:
    message = "This event cannot be read. Correct it in the calendar and export it again."
    problem = Problem("event-damaged", message, place=f"event {block.number}", rejects=True)
    return SessionRecord(file, key=block.uid, place=problem.place, problems=[problem])


class _Series:
    """All events under one identifier: one session, or one for each time that it is held."""

    def __init__(self, calendar: Calendar, file: str, problems: list[Problem]) -> None:
        self.calendar = calendar
        self.file = file
        self.problems = problems
        self.recurrence = recurrence.Recurrence()

    def read(self, blocks: list[Block]) -> list[SessionRecord]:
        """Return the sessions."""
        masters: list[Event] = []
        changed: dict[str, Event] = {}
        for block in blocks:
            event = self.calendar.event(block)
            if event is None:
                return [_damaged(self.file, block)]
            if fold(event.text("CLASS")).upper() in _CONFIDENTIAL:
                message = "An event that the calendar keeps private was left out."
                self.problems.append(Problem("event-private", message, place=f"event {event.number}"))
                continue
            if (moment := event.moment("RECURRENCE-ID")) is None:
                masters.append(event)
            else:
                name = recurrence.name_of(moment)
                if name not in changed or changed[name].rank <= event.rank:
                    changed[name] = event
        if not masters:
            return [self._session(event, event.moment("DTSTART"), name) for name, event in changed.items()]
        master = max(masters, key=lambda event: event.rank)
        if not changed and not (master.values.get("RRULE") or master.values.get("RDATE")):
            return [self._session(master, master.moment("DTSTART"), "")]
        return self._occurrences(master, changed)

    # Times at which it is held

    def _occurrences(self, master: Event, changed: dict[str, Event]) -> list[SessionRecord]:
        found: dict[str, SessionRecord] = {}
        periods = master.periods("RDATE")
        later: tuple[Event, date | datetime] | None = None
        for moment in self._times(master):
            name = recurrence.name_of(moment)
            # Some programs call one of the times by its day alone.
            stated = name if name in changed else day_of(moment).isoformat()
            event, start = master, moment
            if stated in changed:
                event = changed.pop(stated)
                start = event.moment("DTSTART") or moment
                if "THISANDFUTURE" in str(getattr(event.values.get("RECURRENCE-ID"), "params", "")):
                    later = event, moment
            elif later:
                event = later[0]
                start = _shifted(moment, later[1], event.moment("DTSTART") or later[1])
            length = periods.get(name) if event is master else None
            found[name] = self._session(event, start, name, master, length)
        for name, event in changed.items():
            found[name] = self._session(event, event.moment("DTSTART"), name, master)
        recurrence.number_once(found.values())
        return list(found.values())

    def _times(self, master: Event) -> list[date | datetime]:
        start = master.moment("DTSTART")
        if start is None:
            return []
        zone = start.tzinfo if isinstance(start, datetime) else None
        place = f"event {master.number}"
        excepted = master.moments("EXDATE")
        left_out = {wall(moment, zone) for moment in excepted}
        days = {moment for moment in excepted if not isinstance(moment, datetime)}
        times = {wall(moment, zone) for moment in master.moments("RDATE")} | {wall(start, zone)}
        rules = master.values.get("RRULE") or []
        for rule in rules if isinstance(rules, list) else [rules]:
            try:
                held = self._held(rule, wall(start, zone), zone)
            except (ValueError, TypeError, AttributeError):
                self.problems.append(recurrence.unreadable(place))
                continue
            if len(held) > MOST_TIMES:
                self.problems.append(recurrence.cut(place))
            times |= set(held[:MOST_TIMES])
        is_day = not isinstance(start, datetime)
        kept = sorted(moment for moment in times - left_out if moment.date() not in days)[: 2 * MOST_TIMES]
        return [moment.date() if is_day else moment.replace(tzinfo=zone) for moment in kept]

    def _held(self, rule: Any, start: datetime, zone: tzinfo | None) -> list[datetime]:
        until = rule.get("UNTIL", [None])[0]
        last = wall(until, zone) if isinstance(until, date) else None
        if last and not isinstance(until, datetime):
            last += timedelta(days=1)
        parts = {name: value for name, value in rule.items() if str(name).upper() != "UNTIL"}
        return self.recurrence.times(icalendar.vRecur(parts).to_ical().decode(), start, last)

    # What is said of one

    def _session(
        self,
        event: Event,
        start: date | datetime | None,
        name: str,
        master: Event | None = None,
        length: timedelta | None = None,
    ) -> SessionRecord:
        day = f", {day_of(start).isoformat()}" if name and start else ""
        record = SessionRecord(self.file, place=f"event {event.number}{day}")
        uid = event.text("UID").strip()
        record.key = " ".join(filter(None, (uid, name)))

        def text(field_name: str) -> str:
            return event.text(field_name) or (master.text(field_name) if master else "")

        facts.title(record, text("SUMMARY"))
        # Some programs write what they say as a piece of a page only.
        as_page = text("X-ALT-DESC") or text("STYLED-DESCRIPTION")
        said = text("DESCRIPTION").strip() or re.sub(r"\\([,;\\])", r"\1", as_page)
        record.introduction = _described(said)
        self._where(record, text("LOCATION"), any(map(text, _CONNECTIONS)) or bool(_JOINING.search(said)))
        self._links(record, event, text("URL"), bool(name))
        lengths = (length, event.length, master.length if master else None)
        self._when(record, event, start, next((one for one in lengths if one is not None), None))
        status = text("STATUS").upper()
        if status == "CANCELLED" or self.calendar.cancels:
            record.status = "cancelled"
        facts.series_of_collection(record, self.calendar.name)
        described.read(record, _JOINING.split(said)[0])
        facts.complete(record)
        if not record.key:
            record.key = f"{fold(record.title)} {record.start or record.date_as_stated}"
        return record

    def _when(
        self, record: SessionRecord, event: Event, start: date | datetime | None, length: timedelta | None
    ) -> None:
        if start is None:
            message = "The event has no time that can be read. Correct its start in the calendar."
            problem = Problem("date-unreadable", message, place=record.place, field="start", rejects=True)
            record.problems.append(problem)
            return
        if isinstance(start, datetime) and start.tzinfo is None and _names_zone(event):
            message = (
                "The time zone of the event is not known, so the time is kept as it is written. Choose one such as"
                " America/Belize."
            )
            record.date_as_stated = start.isoformat(" ", "minutes")
            record.problems.append(Problem("zone-unknown", message, place=record.place, field="start"))
            return
        if isinstance(length, timedelta) and isinstance(start, datetime) and abs(length) > timedelta(days=31):
            length = None
        facts.when(record, start, length, _zone_name(start) or self.calendar.zone, record.place)

    def _where(self, record: SessionRecord, stated: str, has_connection: bool) -> None:
        facts.where(record, stated)
        if has_connection and not record.mode:
            record.mode = "hybrid" if record.venue_name else "online"

    def _links(self, record: SessionRecord, event: Event, url: str, recurs: bool) -> None:
        if facts.is_meeting(url):
            record.mode = record.mode or "online"
        elif recurs:
            # The page of a series tells none of its times from the others.
            facts.link(record, url, place=record.place)
        elif facts.web_address(url):
            record.address = url
        attached: Any = event.values.get("ATTACH", [])
        for one in attached if isinstance(attached, list) else [attached]:
            if not facts.is_meeting(str(one)):
                facts.material(record, str(one), place=record.place)


def _shifted(moment: date | datetime, before: date | datetime, after: date | datetime) -> date | datetime:
    if isinstance(before, datetime) and isinstance(after, datetime) and isinstance(moment, datetime):
        return moment + (wall(after, after.tzinfo) - wall(before, after.tzinfo))
    return moment


def _zone_name(moment: date | datetime) -> str:
    return str(getattr(getattr(moment, "tzinfo", None), "key", "") or "").replace("UTC", "")


def _names_zone(event: Event) -> bool:
    zone = str(getattr(event.values.get("DTSTART"), "params", {}).get("TZID", ""))
    return bool(zone) and zone != zones.BELIZE and _SAME_CLOCK not in zone


def _described(stated: str) -> str:
    """Return a description without what meeting software adds on how to join."""
    text = facts.text(stated)
    if joining := _JOINING.search(text):
        text = text[: joining.start()]
    return text.strip()
