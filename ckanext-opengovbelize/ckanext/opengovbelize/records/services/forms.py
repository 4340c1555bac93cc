"""Forms in which services write one value: a name in parts, a time with its zone, a property with its type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from .. import zones
from ..words import fold

_SECONDS_AND_LESS = re.compile(r"(?<=:\d\d)\.\d+")
_GIVEN = ("first_name", "firstName", "given_name", "givenName", "firstname")
_FAMILY = ("last_name", "lastName", "family_name", "familyName", "lastname", "surname")
# What stands beside the value of a property; a record that says more is one of its own.
_OF_PROPERTY = ("id", "type", "name", "object", "has_more", "next_url")
_NAMES = ("name", "fullName", "full_name", "displayName", "display_name")
# Who is named in a record of these is not what it is about: somebody has registered for a session, or holds it.
_MOMENTS = ("start", "date", "start_time", "startTime", "starts_at", "startsAt", "start_date", "startDate")
# Where the two stand; under another name they may be anything, such as a period of reporting.
_DATES = frozenset(("date", "dates", "when", "time", "times", "schedule", "fecha", "fechas"))
_SPAN = frozenset(("start", "end"))
_OF_SPAN = _SPAN | {"time_zone", "timezone", "timeZone"}


def moment(value: Mapping[str, Any]) -> str | None:
    """Return a time that has its zone beside it, in which it is told, with its offset."""
    stated, zone = value.get("dateTime"), value.get("timeZone")
    if not (isinstance(stated, str) and isinstance(zone, str)) or len(value) > 2:
        return None
    name = WINDOWS_TO_OLSON.get(zone, zone)
    try:
        found = datetime.fromisoformat(_SECONDS_AND_LESS.sub("", stated))
    except ValueError:
        return stated
    if found.tzinfo is None and zones.is_zone(name):
        found = found.replace(tzinfo=zones.zone_or_belize(name))
    return found.isoformat()


def of_whole_days(value: dict[str, Any]) -> dict[str, Any]:
    """Return a record that says to last whole days with its days: its midnights are no times, in whatever zone."""
    if value.get("isAllDay") is not True:
        return value
    times = {name: value[name].get("dateTime") for name in _SPAN if isinstance(value.get(name), Mapping)}
    return value | {name: time[:10] for name, time in times.items() if isinstance(time, str)}


def typed(value: Mapping[str, Any]) -> Any:
    """Return what a property holds that has its type beside it, as Notion's have; None where it is none."""
    kind = value.get("type")
    if (
        not isinstance(kind, str)
        or kind not in value
        or "id" not in value
        or not value.keys() <= {kind, *_OF_PROPERTY}
    ):
        return None
    held = value[kind]
    if isinstance(held, list) and any(isinstance(one, Mapping) and "plain_text" in one for one in held):
        return "".join(str(one.get("plain_text") or "") for one in held if isinstance(one, Mapping))
    if isinstance(held, Mapping) and "name" in held:
        return held["name"]
    return held


def in_runs(value: list[Any]) -> str | None:
    """Return a text that stands in pieces, some of them with their type, as Telegram's messages; None if it is none."""
    if len({isinstance(piece, str) for piece in value}) < 2:
        return None
    pieces = [
        piece.get("text") if isinstance(piece, Mapping) and "type" in piece else piece for piece in value
    ]
    texts = [piece for piece in pieces if isinstance(piece, str)]
    return "".join(texts) if len(texts) == len(pieces) else None


def with_name(record: dict[str, Any]) -> dict[str, Any]:
    """Return somebody whose name stands in parts with the whole of it."""
    given, family = (next((name for name in part if record.get(name)), "") for part in (_GIVEN, _FAMILY))
    if not given or not family or any(record.get(name) for name in (*_NAMES, *_MOMENTS)):
        return record
    rest = {name: value for name, value in record.items() if name not in (given, family)}
    return {"name": f"{record[given]} {record[family]}", **rest}


def with_span(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record of which start and end stand within one value with them beside its others."""
    spans = [
        name
        for name, value in record.items()
        if fold(name) in _DATES and isinstance(value, Mapping) and _SPAN <= value.keys() <= _OF_SPAN
    ]
    if len(spans) != 1 or not _SPAN.isdisjoint(record):
        return record
    span = {name: value for name, value in record[spans[0]].items() if value}
    return {**{name: value for name, value in record.items() if name != spans[0]}, **span}
