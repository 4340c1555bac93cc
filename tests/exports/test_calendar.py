"""Sessions as a calendar that other programs read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ckanext.opengovbelize.exports.calendar import calendar
from icalendar import Calendar, Event

PAGE = "https://data.example.org/webinar/sample-2020-1"


def _session(**fields: Any) -> dict[str, Any]:
    return {
        "id": "one",
        "title": "How a plan is made, step by step",
        "metadata_modified": "2020-03-01T08:00:00.123456",
        "start": "2020-03-05T10:30:00-06:00",
        "end": "2020-03-05T12:00:00-06:00",
        "timezone": "America/Belize",
        **fields,
    }


def _read(*sessions: dict[str, Any]) -> Calendar:
    pages = {session["id"]: PAGE for session in sessions}
    return Calendar.from_ical(calendar(sessions, title="Sample", pages=pages, invented="Invented"))


def _event(**fields: Any) -> Event:
    (event,) = _read(_session(**fields)).events
    return event


def test_an_event_says_when_in_the_zone_of_the_session() -> None:
    event = _event()

    assert event.start == datetime.fromisoformat("2020-03-05T10:30:00-06:00")
    assert event.end == datetime.fromisoformat("2020-03-05T12:00:00-06:00")
    assert event["dtstart"].params["TZID"] == "America/Belize"
    assert [str(zone["tzid"]) for zone in _read(_session()).timezones] == ["America/Belize"]


def test_an_event_says_what_and_where() -> None:
    event = _event(venue_name="Lagoon Centre", locality="San Ignacio", notes="Two parts:\none; two, three")

    assert event["summary"] == "How a plan is made, step by step"
    assert event["location"] == "Lagoon Centre, San Ignacio"
    assert event["description"] == "Two parts:\none; two, three"
    assert event["url"] == PAGE
    assert event["uid"] == "one@data.example.org"


def test_a_cancelled_session_is_cancelled_in_peoples_calendars() -> None:
    assert _event(status="cancelled")["status"] == "CANCELLED"
    assert _event(status="postponed")["status"] == "TENTATIVE"
    assert _event(status="planned")["status"] == "CONFIRMED"


def test_a_moved_session_is_the_same_event() -> None:
    assert _event(title="New title", start="2020-04-02T10:30:00-06:00")["uid"] == _event()["uid"]


def test_what_is_made_up_says_so() -> None:
    assert _event(invented=True)["summary"].startswith("Invented: ")


def test_a_session_without_a_time_is_left_out() -> None:
    assert not _read(_session(start="")).events


def test_no_session_gives_an_empty_calendar() -> None:
    assert not _read().events
