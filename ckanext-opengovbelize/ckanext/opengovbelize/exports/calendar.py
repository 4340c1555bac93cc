"""Sessions as iCalendar, for people's calendars and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

_PRODUCT = "-//ckanext-opengovbelize//sessions//EN"
# A calendar asks again after this long.
_REFRESH = timedelta(hours=12)
_STATUSES = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}


def calendar(
    sessions: Iterable[Mapping[str, Any]], *, title: str, pages: Mapping[str, str], invented: str
) -> bytes:
    """Return a calendar of the sessions whose start is known.

    Args:
        sessions: webinars as ``package_show`` gives them.
        title: what the calendar is called.
        pages: the address of each session's page, by the session's id.
        invented: the word that marks a session that is made up.
    """
    result = Calendar()
    result.add("prodid", _PRODUCT)
    result.add("version", "2.0")
    result.add("name", title)
    result.add("x-wr-calname", title)
    result.add("refresh-interval", _REFRESH, {"VALUE": "DURATION"})
    for session in sessions:
        if session.get("start"):
            result.add_component(_event(session, pages[session["id"]], invented))
    result.add_missing_timezones()
    return result.to_ical()


def _event(session: Mapping[str, Any], page: str, invented: str) -> Event:
    event = Event()
    # The same for ever, whatever becomes of address and title: a session that moves is the same event.
    event.add("uid", f"{session['id']}@{urlsplit(page).hostname}")
    changed = datetime.fromisoformat(session["metadata_modified"]).replace(tzinfo=UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    zone = ZoneInfo(session.get("timezone") or "UTC")
    for name, field in (("dtstart", "start"), ("dtend", "end")):
        if session.get(field):
            event.add(name, datetime.fromisoformat(session[field]).astimezone(zone))
    event.add("summary", f"{invented}: {session['title']}" if session.get("invented") else session["title"])
    event.add("status", _STATUSES.get(session.get("status", ""), "CONFIRMED"))
    event.add("url", page)
    if session.get("notes"):
        event.add("description", session["notes"])
    if place := ", ".join(filter(None, [session.get("venue_name"), session.get("locality")])):
        event.add("location", place)
    return event
