"""What web services answer in JSON is read as the sessions that it tells of, and of nobody without a public role."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from ckanext.opengovbelize.records.session import SessionRecord

from ..contract import published
from ..given_tables import records as read_text
from . import answers


def records(answer: Any, file: str = "events.json") -> list[SessionRecord]:
    return read_text(json.dumps(answer), file)


def moments(record: SessionRecord) -> tuple[str, str]:
    return tuple(one.isoformat() if one else "" for one in (record.start, record.end))  # pyright: ignore[reportReturnType]


@pytest.mark.parametrize("service", answers.ALL)
def test_a_session_is_read_with_title_time_and_text(service: str) -> None:
    (record,) = records(answers.ALL[service])
    assert (record.number, record.title) == (3, "Counting boats")
    assert moments(record) == (answers.START, answers.END)
    assert record.introduction.startswith(answers.TEXT)


@pytest.mark.parametrize("service", sorted(answers.ALL.keys() - {"Zoom"}))
def test_its_place_is_read(service: str) -> None:
    (record,) = records(answers.ALL[service])
    assert (record.venue_name, record.locality) == ("Lagoon Hall", "Belmopan")


@pytest.mark.parametrize("service", answers.ALL)
def test_whoever_keeps_organises_or_attends_is_nowhere(service: str) -> None:
    (record,) = records(answers.ALL[service])
    assert [person.name for person in record.people if person.name != "Orla Sandpiper"] == []
    told = published(record).lower()
    assert [private for private in answers.PRIVATE if private in told] == []


def test_who_is_told_apart_in_a_text_is_withheld_there() -> None:
    answer = copy.deepcopy(answers.GRAPH)
    answer["value"][0]["body"]["content"] = "<p>Wren Halcyon brings tea, says Gil Mooring.</p>"
    told = published(*records(answer)).lower()
    assert [private for private in answers.PRIVATE if private in told] == []


@pytest.mark.parametrize(
    ("answer", "change"),
    [
        (answers.LOCALIST["events"][0]["event"], {"private": True}),
        (answers.EVENTBRITE["events"][0], {"status": "draft"}),
        (answers.ZOOM["webinars"][0], {"type": 4, "topic": "Gil Mooring's Personal Meeting Room"}),
        (answers.GRAPH["value"][0], {"sensitivity": "private"}),
        (answers.MOBILIZON["data"]["events"]["elements"][0], {"visibility": "PRIVATE"}),
    ],
)
def test_what_its_calendar_shows_to_nobody_is_left_out(answer: Any, change: dict[str, Any]) -> None:
    (kept,) = records([answer, answer | change | {"id": 9}])
    assert kept.title == "Counting boats"
    assert "event-private" in [problem.code for problem in kept.problems]


@pytest.mark.parametrize(
    ("answer", "change"),
    [
        (answers.GRAPH["value"][0], {"isCancelled": True}),
        (answers.EVENTBRITE["events"][0], {"status": "canceled"}),
        (answers.MEETUP, {"status": "cancelled"}),
    ],
)
def test_a_session_that_is_called_off_says_so(answer: Any, change: dict[str, Any]) -> None:
    (record,) = records([answer | change])
    assert record.status == "cancelled"


def test_an_event_with_several_times_is_a_session_for_each() -> None:
    answer = copy.deepcopy(answers.LOCALIST)
    event = answer["events"][0]["event"]
    event["title"] = "Counting boats"
    later = {"id": 208, "start": "2020-05-14T10:30:00-06:00", "end": "2020-05-14T12:00:00-06:00"}
    event["event_instances"].append({"event_instance": later})
    first, second = records(answer)
    assert moments(first) == (answers.START, answers.END)
    assert moments(second) == (later["start"], later["end"])
    assert first.key != second.key


@pytest.mark.parametrize("answer", [answers.SCHEDULE, answers.SESSIONIZE])
def test_a_programme_gives_its_talks_with_room_and_speakers(answer: Any) -> None:
    (record,) = records(answer, "schedule.json")
    assert (record.title, record.venue_name) == ("Counting boats", "Lagoon Hall")
    assert moments(record) == (answers.START, answers.END)
    assert [(one.role, one.name, one.biography) for one in record.people] == [
        ("speaker", "Orla Sandpiper", "Orla counts boats.")
    ]
    assert "halcyon" not in published(record).lower()


def test_what_is_attached_to_a_talk_is_its_presentation() -> None:
    (record,) = records(answers.SCHEDULE, "schedule.json")
    assert [one.url for one in record.materials] == ["https://talks.example.org/boats.pdf"]
    assert record.address == "https://talks.example.org/1/"


HEADER = ["Title", "Date", "Start time", "End time", "Speaker", "Contact person"]
ROW = [answers.TITLE, "2020-05-07", "10:30", "12:00", "Orla Sandpiper", "Wren Halcyon"]
PUBLISHED_SHEET = {
    "table": {
        "cols": [{"id": "A", "label": label} for label in HEADER],
        "rows": [{"c": [{"v": cell} for cell in ROW]}],
    }
}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"range": "Sessions!A1:F2", "majorDimension": "ROWS", "values": [HEADER, ROW]}),
        json.dumps(
            {
                "range": "A1",
                "majorDimension": "COLUMNS",
                "values": [[a, b] for a, b in zip(HEADER, ROW, strict=True)],
            }
        ),
        json.dumps(
            {
                "valueRanges": [
                    {"range": "'My sessions'!A1:F2", "majorDimension": "ROWS", "values": [HEADER, ROW]}
                ]
            }
        ),
        json.dumps([HEADER, ROW]),
        f"/*O_o*/\ngoogle.visualization.Query.setResponse({json.dumps(PUBLISHED_SHEET)});",
    ],
    ids=["rows", "columns", "several ranges", "lists", "published sheet"],
)
def test_rows_of_a_sheet_under_their_header(text: str) -> None:
    (record,) = read_text(text, "values.json")
    assert (record.title, moments(record)) == ("Counting boats", (answers.START, answers.END))
    assert [person.name for person in record.people] == ["Orla Sandpiper"]
    assert "halcyon" not in published(record).lower()


@pytest.mark.parametrize(
    "session",
    [
        {"id": 1, "name": answers.TITLE, "start": answers.START, "end": answers.END, "venue": "Lagoon Hall"},
        {
            "eventName": answers.TITLE,
            "startsAt": answers.START,
            "endsAt": answers.END,
            "locationName": "Lagoon Hall",
        },
        {"title": answers.TITLE, "start": 1588869000, "end": 1588874400, "venue": "Lagoon Hall"},
        {"title": answers.TITLE, "start": 1588869000000, "duration": 5400, "venue": "Lagoon Hall"},
    ],
    ids=["name beside a number", "names of programs", "seconds since 1970", "thousandths since 1970"],
)
def test_services_that_nobody_knows_by_their_usual_words(session: dict[str, Any]) -> None:
    (record,) = records({"events": [session]})
    assert (record.number, record.title) == (3, "Counting boats")
    assert moments(record) == (answers.START, answers.END)


BASE = {"title": answers.TITLE, "start": answers.START, "end": answers.END, "venue": "Lagoon Hall"}


@pytest.mark.parametrize(
    "keeps",
    [
        {"createdBy": {"displayName": "Wren Halcyon"}, "owner": {"name": "Gil Mooring"}},
        {
            "registrants": [{"firstName": "Wren", "lastName": "Halcyon"}],
            "submitter": {"full_name": "Gil Mooring"},
        },
        {"rsvps": ["Wren Halcyon"], "staff": ["Gil Mooring"]},
        {"organizerName": "Gil Mooring", "contactName": "Wren Halcyon", "contactEmail": "wren@example.org"},
    ],
)
def test_who_has_no_role_is_in_no_text_whatever_the_service_calls_them(keeps: dict[str, Any]) -> None:
    (record,) = records(
        {"events": [BASE | keeps | {"description": "Wren Halcyon and Gil Mooring bring tea."}]}
    )
    told = published(record).lower()
    assert [private for private in answers.PRIVATE if private in told] == []


@pytest.mark.parametrize(
    "name", ["uid", "user", "author", "owner", "creator", "revision_uid", "created-by", "created_by"]
)
def test_whom_a_resource_refers_to_as_its_keeper_is_kept_for_the_screen_alone(name: str) -> None:
    event = {"name": answers.TITLE, "start_date": answers.START, "description": "Gil Mooring brings tea."}
    resource = {"id": "1", "type": "event", "attributes": event}
    resource["relationships"] = {name: {"data": {"type": "user", "id": "2"}}}
    user = {"type": "user", "id": "2", "attributes": {"name": "Gil Mooring"}}
    (record,) = records({"data": [resource], "included": [user]})
    assert (record.people, record.others) == ([], ["Gil Mooring"])
    assert "mooring" not in published(record).lower()


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("Central America Standard Time", "-06:00"),
        ("Eastern Standard Time", "-04:00"),
        ("Romance Standard Time", "+02:00"),
        ("America/New_York", "-04:00"),
    ],
)
def test_a_time_beside_its_zone_by_windows_name_is_told_with_its_offset(zone: str, offset: str) -> None:
    times = {
        name: {"dateTime": f"2020-05-07T{at}:00.0000000", "timeZone": zone}
        for name, at in (("start", "10:30"), ("end", "12:00"))
    }
    (record,) = records({"value": [{"subject": answers.TITLE, "bodyPreview": answers.TEXT, **times}]})
    assert moments(record) == (f"2020-05-07T10:30:00{offset}", f"2020-05-07T12:00:00{offset}")


def test_the_name_of_a_speaker_in_parts() -> None:
    speaker = {"first_name": "Orla", "last_name": "Sandpiper", "title": "Analyst", "company": "River Watch"}
    (record,) = records([BASE | {"speakers": [speaker]}])
    assert [(one.name, one.position, one.affiliation) for one in record.people] == [
        ("Orla Sandpiper", "Analyst", "River Watch")
    ]


TYPED = {
    "Name": {"id": "title", "type": "title", "title": [{"plain_text": answers.TITLE}]},
    "Date": {"id": "d", "type": "date", "date": {"start": answers.START, "end": answers.END}},
    "Venue": {"id": "v", "type": "select", "select": {"name": "Lagoon Hall"}},
    "Attendees": {"id": "p", "type": "people", "people": [{"name": "Wren Halcyon"}]},
}
REFERRED = {
    "id": 1,
    "attributes": {**BASE, "speakers": {"data": [{"id": 2, "attributes": {"name": "Orla Sandpiper"}}]}},
}


@pytest.mark.parametrize(
    "answer",
    [{"results": [{"object": "page", "id": "1", "properties": TYPED}]}, {"data": [REFERRED]}],
    ids=["properties with their types", "references as data"],
)
def test_what_stands_around_values_is_taken_away(answer: Any) -> None:
    (record,) = records(answer)
    assert (record.title, record.venue_name) == ("Counting boats", "Lagoon Hall")
    assert moments(record) == (answers.START, answers.END)
    assert "halcyon" not in published(record).lower()


@pytest.mark.parametrize(
    "beside",
    [
        {"pagination": {"has_more_items": True}},
        {"@odata.nextLink": "https://graph.example.org/?skip=10"},
        {"links": {"next": {"href": "https://site.example.org/events?page=2"}}},
        {"next": "https://site.example.org/events?page=2"},
        {"next_page_token": "abc"},
        {"page": {"current": 1, "size": 1, "total": 3}},
        {"page_number": 1, "page_count": 2},
        {"meta": {"current_page": 2, "last_page": 3}},
    ],
)
def test_an_answer_that_is_one_page_of_several_says_so(beside: dict[str, Any]) -> None:
    (record,) = records({"events": [BASE], **beside})
    assert "answer-incomplete" in [problem.code for problem in record.problems]


@pytest.mark.parametrize(
    "beside",
    [
        {"next": None},
        {"next_page_token": ""},
        {"next": "Nets"},
        {"offset": 0},
        {"page": {"current": 3, "size": 1, "total": 3}},
        {"page_number": 1, "page_count": 1},
        {"page": "Nets", "total": 12},
    ],
)
def test_the_last_page_says_nothing_of_others(beside: dict[str, Any]) -> None:
    (record,) = records({"events": [BASE], **beside})
    assert "answer-incomplete" not in [problem.code for problem in record.problems]


POST = {
    "id": 7,
    "date": "2020-04-01T09:00:00",
    "link": "https://site.example.org/boats/",
    "title": {"rendered": answers.TITLE},
    "content": {
        "rendered": "<p>On 7 May 2020, 10:30 AM - 12:00 PM, Gil Mooring opens the door.</p>"
        "<p>Speaker: Orla Sandpiper</p>"
    },
    "_embedded": {"author": [{"name": "Gil Mooring"}]},
}


def test_the_date_of_a_wordpress_post_is_none_of_its_session() -> None:
    (record,) = records([POST], "posts.json")
    assert moments(record) == (answers.START, answers.END)
    assert [person.name for person in record.people] == ["Orla Sandpiper"]
    assert "mooring" not in published(record).lower()


def test_fields_of_its_own_say_when_the_session_of_a_wordpress_post_is() -> None:
    own = {"event_date": "2020-05-07", "start_time": "10:30", "end_time": "12:00", "venue": "Lagoon Hall"}
    (record,) = records([POST | {"acf": own}], "posts.json")
    assert (moments(record), record.venue_name) == ((answers.START, answers.END), "Lagoon Hall")


@pytest.mark.parametrize(
    "answer",
    [
        {
            "attendees": [
                {"profile": {"name": "Wren Halcyon", "email": "wren@example.org"}, "created": answers.START}
            ]
        },
        {"registrants": [{"first_name": "Wren", "last_name": "Halcyon", "create_time": answers.START}]},
        {"participants": [{"name": "Wren Halcyon", "join_time": answers.START, "leave_time": answers.END}]},
    ],
)
def test_answers_about_those_who_came_are_no_sessions(answer: Any) -> None:
    found = records(answer)
    assert all(any(problem.rejects for problem in record.problems) for record in found)
    assert "halcyon" not in published(*found).lower()


PLAIN = {"title": "Boats", "start": answers.START, "end": answers.END}


@pytest.mark.parametrize(
    "beside",
    [
        {"event": {"name": "Forum 2026"}},
        {"id": "1", "type": "event", "event": {"name": "Forum 2026"}},
        {"first_name": "Wren", "last_name": "Halcyon"},
        {"edges": [], "nodes": []},
        {"included": 5},
    ],
    ids=["its forum", "a type", "who registered", "empty lists", "no list"],
)
def test_a_record_of_its_own_is_not_taken_for_what_stands_in_it(beside: dict[str, Any]) -> None:
    (record,) = records([PLAIN | beside])
    assert (record.title, moments(record)[0]) == ("Boats", PLAIN["start"])
    assert "halcyon" not in published(record).lower()


def test_the_midnights_of_a_whole_day_are_no_times() -> None:
    answer = copy.deepcopy(answers.GRAPH)
    midnights = {"start": "2020-05-07T00:00:00.0000000", "end": "2020-05-08T00:00:00.0000000"}
    answer["value"][0] |= {name: {"dateTime": time, "timeZone": "UTC"} for name, time in midnights.items()}
    answer["value"][0]["isAllDay"] = True
    (record,) = records(answer)
    assert record.start is None
    assert "7 May 2020" in record.date_as_stated or "2020-05-07" in record.date_as_stated


@pytest.mark.parametrize("name", ["speakers", "rooms", "included", "categories"])
def test_what_should_be_a_list_and_is_none_loses_no_session(name: str) -> None:
    listed = {**copy.deepcopy(answers.SESSIONIZE)}
    if name == "speakers":
        listed["sessions"][0]["speakers"] = 5
    else:
        listed[name] = 5
    assert answers.TITLE.partition(": ")[2] in [record.title for record in records(listed)]
