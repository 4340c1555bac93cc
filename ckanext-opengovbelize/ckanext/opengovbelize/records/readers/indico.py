"""Indico's export of events and categories (JSON).

Chairs and speakers are public; their e-mail addresses and hashes are not read. Whoever else is named, such as who
made the event, is known to the screen alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .. import described, facts, values, zones
from ..links import kind_of
from ..names import key
from ..problems import Problem
from ..session import SessionRecord
from ..words import fold
from .content import Content, unreadable

_MOST = 5_000
_MOST_OBJECTS = 200_000
_DEEPEST = 3
_ROLES = {
    "chairs": "speaker",
    "speakers": "speaker",
    "presenters": "speaker",
    "conveners": "facilitator",
}
# A timetable tells of the days and parts of an event, and never how it is called.
_DAY = re.compile(r"\d{8}")

_DAMAGED = Problem(
    "file-damaged", "The export is cut off or damaged. Export it again and send the whole file.", rejects=True
)
_ERROR = Problem(
    "export-refused",
    "Indico answered that it does not give this event. Open it to everybody in Indico, or see whether the number in the"
    " address is right.",
    rejects=True,
)
_EMPTY = Problem(
    "export-empty", "The export holds no events. Check the category and the dates asked for.", rejects=True
)


def recognises(content: Content) -> bool:
    """Tell Indico's answer by the types that it names."""
    sample = content.sample
    return (
        sample.lstrip()[:1] in ("{", "[")
        and '"_type"' in sample
        and any(f'"{name}"' in sample for name in ("HTTPAPIResult", "HTTPAPIError", "Conference"))
    )


def read(content: Content) -> list[SessionRecord]:
    """Read the events of an export."""
    try:
        answer = json.loads(content.text, strict=False)
    except (ValueError, RecursionError):
        return [unreadable(content, _DAMAGED)]
    if isinstance(answer, dict) and answer.get("_type") == "HTTPAPIError":
        return [unreadable(content, _ERROR)]
    results = answer.get("results") if isinstance(answer, dict) else answer
    if isinstance(results, dict):
        if timetables := [number for number, days in results.items() if _is_timetable(days)]:
            return [unreadable(content, _of_timetable(timetables))]
        results = [
            event
            for events in results.values()
            for event in (events if isinstance(events, list) else [events])
        ]
    events = [event for event in results if isinstance(event, dict)] if isinstance(results, list) else []
    records = [
        _session(event, content.file, f"results[{number}]")
        for number, event in enumerate(events[:_MOST])
        if _is_open(event)
    ]
    if not records:
        return [unreadable(content, _EMPTY)]
    _without_role(records, results)
    message = "An event that is protected was left out. Open it to everybody in Indico if it is public."
    records[0].problems += [
        Problem("event-private", message, place=f"results[{number}]")
        for number, event in enumerate(events[:_MOST])
        if not _is_open(event)
    ]
    if isinstance(answer, dict) and (answer.get("complete") is False or len(events) > _MOST):
        message = "The export does not hold all events. Ask for fewer at a time, by dates or categories."
        records[0].problems.append(Problem("export-incomplete", message))
    return records


def _is_timetable(days: Any) -> bool:
    return isinstance(days, dict) and bool(days) and all(_DAY.fullmatch(day) for day in days)


def _of_timetable(events: list[str]) -> Problem:
    """Tell which address to give instead of that of a timetable."""
    number = events[0] if events[0].isdecimal() else "…"
    message = (
        "This is Indico's timetable, which does not tell how the event is called. Give the address of the event"
        f" instead: /export/event/{number}.json?detail=sessions"
    )
    return Problem("export-timetable", message, rejects=True)


def _is_open(event: dict[str, Any]) -> bool:
    """Tell whether anybody may see an event."""
    return event.get("hasAnyProtection") is not True


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _session(event: dict[str, Any], file: str, place: str) -> SessionRecord:
    record = SessionRecord(file, place=place)
    identifier = event.get("id")
    record.key = f"event {identifier}" if isinstance(identifier, str | int) and str(identifier) else ""
    facts.title(record, _text(event.get("title")))
    record.introduction = facts.text(_text(event.get("description")))
    facts.series_of_collection(record, _text(event.get("category")))
    _when(record, event)
    stated = [_room(event), _text(event.get("location")), _text(event.get("address"))]
    facts.where(record, ", ".join(dict.fromkeys(filter(None, stated))))
    facts.organisers(record, facts.plain(_text(event.get("organizer"))).split(";"), place=place)
    label = event.get("label")
    if isinstance(label, dict) and label.get("is_event_not_happening") is True:
        record.status = values.status_of(_text(label.get("title"))) or "cancelled"
    parts = list(_parts(event))
    _people(record, parts, place)
    for part in parts:
        _materials(record, part, place)
    described.read(record, _text(event.get("description")))
    url = _text(event.get("url"))
    record.address = url if facts.web_address(url) else ""
    language = _text(event.get("language"))[:2].lower()
    if language in ("en", "es"):
        record.languages = [language]
    facts.complete(record)
    if not record.key:
        record.key = f"{fold(record.title)} {record.start or record.date_as_stated}"
    return record


def _room(event: dict[str, Any]) -> str:
    """Return the name of the room; the full one adds building and floor: "1/1-001 - Board Room"."""
    room, full = _text(event.get("room")), _text(event.get("roomFullname"))
    return room if room and full.endswith(room) else full or room


def _when(record: SessionRecord, event: dict[str, Any]) -> None:
    start, zone = _moment(event.get("startDate"))
    end, _zone = _moment(event.get("endDate"))
    if start is None:
        if event.get("startDate"):
            message = "The time of the event cannot be read. Correct it in Indico."
            problem = Problem("date-unreadable", message, place=record.place, field="start", rejects=True)
            record.problems.append(problem)
        return
    facts.when(record, start, end, _text(event.get("timezone")) or zone or zones.BELIZE, record.place)


def _moment(stated: Any) -> tuple[datetime | None, str]:
    """Return a time, which Indico states as date, time and zone apart, with its zone."""
    if isinstance(stated, str):
        stated = {"date": stated[:10], "time": stated[11:] or "00:00"}
    if not isinstance(stated, dict):
        return None, ""
    try:
        moment = datetime.fromisoformat(f"{_text(stated.get('date'))}T{_text(stated.get('time'))}")
    except ValueError:
        return None, ""
    zone = _text(stated.get("tz"))
    return (moment if moment.tzinfo else facts.in_zone(moment, zone)), zone


def _list(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)][:1_000] if isinstance(value, list) else []


def _parts(event: dict[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield an event, its sessions, and their contributions, each of which has people and materials of its own."""
    yield event
    if depth < _DEEPEST:
        for name in ("sessions", "contributions", "subContributions"):
            for part in _list(event.get(name)):
                yield from _parts(part, depth + 1)


def _people(record: SessionRecord, parts: list[dict[str, Any]], place: str) -> None:
    for part in parts:
        for name, role in _ROLES.items():
            for person in _list(part.get(name)):
                facts.person(record, role, _name(person), place, affiliation=_text(person.get("affiliation")))


def _name(person: dict[str, Any]) -> str:
    first, last = _text(person.get("first_name")), _text(person.get("last_name") or person.get("familyName"))
    return f"{last}, {first}" if first and last else _text(person.get("fullName") or person.get("name"))


def _without_role(records: list[SessionRecord], results: Any) -> None:
    """Remember whoever else the export names, such as who made an event or wrote with a speaker."""
    public = {key(person.name) for record in records for person in record.people}
    names: dict[str, None] = {}
    waiting, room = [results], _MOST_OBJECTS
    while waiting and room:
        thing = waiting.pop()
        room -= 1
        inner = list(thing.values()) if isinstance(thing, dict) else thing
        waiting += [value for value in inner if isinstance(value, dict | list)]
        if isinstance(thing, dict) and (thing.get("fullName") or thing.get("first_name")):
            names[facts.turned(_name(thing))] = None
    for record in records:
        for name in names:
            if key(name) not in public:
                facts.other(record, name)


def _materials(record: SessionRecord, part: dict[str, Any], place: str) -> None:
    for folder in _list(part.get("folders")):
        if folder.get("is_protected") is True:
            continue
        for attachment in _list(folder.get("attachments")):
            if attachment.get("is_protected") is not True:
                url = _text(attachment.get("download_url")) or _text(attachment.get("link_url"))
                title = _text(attachment.get("title"))
                kind = kind_of(title, url) or kind_of(_text(folder.get("title")))
                facts.material(record, url, title, kind, place)
    for material in _list(part.get("material")):
        for resource in _list(material.get("resources")):
            facts.material(
                record,
                _text(resource.get("url")),
                _text(material.get("title") or resource.get("name")),
                place=place,
            )
