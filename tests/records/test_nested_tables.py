"""Sessions in JSON and YAML as other systems give them: what is nested in each belongs to it, and to nobody else."""

from __future__ import annotations

import json

import pytest
from ckanext.opengovbelize.records.reading import read

from .contract import published
from .given_tables import SESSION, records

POST = {"id": 7, "status": "publish", "date": "2020-04-01 09:00:00", "slug": "boats"}
# The Events Calendar of WordPress, over its web API.
EVENT = {
    **POST,
    "title": "Session 1: Boats &#8211; again",
    "url": "https://site.example.org/event/boats/",
    "description": "<p>How boats are counted.</p>",
    "start_date": "2020-05-07 10:30:00",
    "end_date": "2020-05-07 12:00:00",
    "timezone": "America/Belize",
    "categories": [{"name": "Webinars", "slug": "webinars", "term_id": 1}],
    "venue": {
        **POST,
        "venue": "Lagoon Hall",
        "address": "12 Shore Road",
        "city": "San Ignacio",
        "phone": "824-5566",
        "url": "https://site.example.org/venue/lagoon-hall/",
    },
    "organizer": [
        {
            **POST,
            "organizer": "Rosalind Keel",
            "phone": "610-4455",
            "email": "rosalind@example.org",
            "url": "https://site.example.org/organizer/rosalind-keel/",
        },
        {**POST, "organizer": "Reef Office", "url": "https://site.example.org/organizer/reef-office/"},
    ],
}


def test_a_list_of_posts_with_a_venue_and_organisers_inside() -> None:
    answer = json.dumps(
        {"events": [EVENT, EVENT | {"title": "Session 2: Nets", "url": "", "venue": []}], "total": 2}
    )
    first, second = records(answer, "events.json")
    assert (first.title, first.number, first.venue_name, first.locality) == (
        "Boats – again",
        1,
        "Lagoon Hall",
        "San Ignacio",
    )
    assert first.start is not None
    assert first.start.isoformat() == "2020-05-07T10:30:00-06:00"
    assert (first.organisers, first.address) == ("Reef Office", "https://site.example.org/event/boats/")
    assert (second.venue_name, second.locality) == ("", "")
    assert "value-unreadable" not in [problem.code for problem in first.problems]
    told = published(first, second).lower()
    assert not [one for one in ("rosalind", "keel", "610-4455", "824-5566") if one in told]


def test_the_pages_of_what_is_nested_are_no_links_of_the_session() -> None:
    (record,) = records(json.dumps({"events": [EVENT]}), "events.json")
    assert record.links == []


def test_sessions_are_known_by_the_people_in_them_without_a_name_that_says_json() -> None:
    sessions = [{"title": "Boats", "date": "2020-05-07", "speakers": [{"name": "Orla Sandpiper"}]}]
    (record,) = read(json.dumps(sessions).encode(), file="https://site.example.org/api/sessions")
    assert [(person.role, person.name) for person in record.people] == [("speaker", "Orla Sandpiper")]
    assert record.title == "Boats"


def test_several_organisers_of_a_session_are_all_told() -> None:
    bodies = [{"name": "Reef Office"}, {"name": "Ministry of Reefs"}]
    (record,) = records(json.dumps({"sessions": [SESSION | {"speaker": "", "organisers": bodies}]}), "a.json")
    assert record.organisers == "Reef Office; Ministry of Reefs"


def test_json_that_holds_no_sessions_is_never_read_as_prose() -> None:
    data = json.dumps(
        {"staff": [{"about": "Speaker: Orla Sandpiper"}], "date": "7 May 2020, 10:30 AM"}
    ).encode()
    (record,) = read(data, file="https://site.example.org/api/staff")
    assert [problem.code for problem in record.problems] == ["table-unknown"]
    assert record.people == []


@pytest.mark.parametrize(
    "session",
    [
        # As Google Calendar's web API gives an event.
        {
            "summary": "Session 1: Boats",
            "description": "How boats are counted.",
            "location": "Lagoon Hall, Belmopan",
            "start": {"dateTime": "2020-05-07T10:30:00-06:00", "timeZone": "America/Belize"},
            "end": {"dateTime": "2020-05-07T12:00:00-06:00", "timeZone": "America/Belize"},
            "creator": {"displayName": "Gil Mooring", "email": "gil@example.org"},
            "organizer": {"displayName": "Gil Mooring", "email": "gil@example.org"},
            "attendees": [{"displayName": "Wren Halcyon", "email": "wren@example.org"}],
        },
        # As Eventbrite's does.
        {
            "name": {"text": "Session 1: Boats", "html": "<b>Session 1: Boats</b>"},
            "description": {"text": "How boats are counted.", "html": "<p>How boats are counted.</p>"},
            "venue": {"name": "Lagoon Hall", "city": "Belmopan"},
            "start": {
                "timezone": "America/Belize",
                "local": "2020-05-07T10:30:00",
                "utc": "2020-05-07T16:30:00Z",
            },
            "end": {
                "timezone": "America/Belize",
                "local": "2020-05-07T12:00:00",
                "utc": "2020-05-07T18:00:00Z",
            },
            "organizer": {"name": "Gil Mooring", "url": "https://site.example.org/o/gil-mooring"},
        },
    ],
)
def test_values_that_are_given_in_several_forms(session: dict[str, object]) -> None:
    (record,) = records(json.dumps({"events": [session]}), "events.json")
    assert (record.number, record.title, record.introduction) == (1, "Boats", "How boats are counted.")
    assert (record.venue_name, record.locality) == ("Lagoon Hall", "Belmopan")
    assert record.start is not None
    assert record.end is not None
    assert (record.start.isoformat(), record.end.isoformat()) == (
        "2020-05-07T10:30:00-06:00",
        "2020-05-07T12:00:00-06:00",
    )
    assert not [one for one in ("mooring", "halcyon", "gil@") if one in published(record).lower()]
