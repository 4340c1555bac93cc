"""Pages that describe events in the vocabulary of schema.org, against the contract and as web sites write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

from .contract import Contract, Given, published

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"
EVENT = {"@type": "EducationEvent", "name": "Boats", "startDate": "2020-05-07T10:30:00-06:00"}


def page(*blocks: Any, body: str = "<h1>Boats</h1>") -> bytes:
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(block, ensure_ascii=False) if not isinstance(block, str) else block}</script>'
        for block in blocks
    )
    return f"<!DOCTYPE html><html><head><title>x</title>{scripts}</head><body>{body}</body></html>".encode()


def in_context(*events: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@graph": list(events), **more}


def only(data: bytes) -> SessionRecord:
    (record,) = read(data, file="page.html")
    return record


class TestJsonLd(Contract):
    file = "page.html"
    form = "schema.org"

    def sessions(self, given: list[Given]) -> bytes:
        return page(
            in_context(
                *(
                    {
                        "@type": "Event",
                        "name": f"Session {session.number}: {session.title}" if session.title else "",
                        "startDate": session.start,
                        "endDate": session.end,
                        "description": session.text,
                        "location": session.place,
                    }
                    for session in given
                )
            )
        )

    def in_encoding(self, given: list[Given], encoding: str) -> bytes | None:
        return self.sessions(given).decode().encode(encoding)


class TestMicrodata(Contract):
    file = "page.html"
    form = "schema.org"

    def sessions(self, given: list[Given]) -> bytes:
        from html import escape

        events = "".join(
            f'<div itemscope itemtype="https://schema.org/Event"><h2 itemprop="name">{escape(f"Session {session.number}: {session.title}" if session.title else "")}</h2>'
            f'<time itemprop="startDate" datetime="{session.start}"></time><meta itemprop="endDate" content="{session.end}">'
            f'<p itemprop="description">{escape(session.text)}</p><span itemprop="location">{escape(session.place)}</span></div>'
            for session in given
        )
        return page(body=events)


def test_the_sample() -> None:
    record = only((SAMPLES / "event.html").read_bytes())
    assert (record.series, record.number, record.title) == ("Lagoon Data Series", 4, "Reading tides")
    assert (record.mode, record.venue_name, record.locality, record.district) == (
        "hybrid",
        "Lagoon Learning Centre",
        "San Ignacio",
        "BZ-CY",
    )
    assert [(person.name, person.position, person.affiliation) for person in record.people] == [
        ("Solana Reedwater", "Budget analyst", "Government of Coralia")
    ]
    assert (record.organisers, record.languages) == ("Lagoon Desk", ["en", "es"])
    assert [(material.kind, material.url) for material in record.materials] == [
        ("video", "https://video.example.org/lagoon-4")
    ]
    told = published(record)
    assert not any(word in told for word in ("Quillfeather", "desk@", "meet.example.org"))


@pytest.mark.parametrize("name", ["attendee", "attendees", "contributor", "author"])
def test_who_attends_is_never_read(name: str) -> None:
    record = only(page(in_context({**EVENT, name: {"@type": "Person", "name": "Wilmot Quillfeather"}})))
    assert record.people == []
    assert "Quillfeather" not in published(record)


@pytest.mark.parametrize("name", ["attendee", "organizer", "author"])
def test_who_has_no_public_role_is_told_by_no_text(name: str) -> None:
    # Two words of the dictionary, which nothing but the role in the data shows to be a person.
    told = {"name": "Glycerine Ballard", "@type": "Person"}
    record = only(
        page(in_context({**EVENT, name: told, "description": "Glycerine Ballard opens the doors."}))
    )
    assert "opens the doors" in published(record)
    assert "Glycerine" not in published(record)


def test_an_organiser_who_looks_like_a_person_is_none() -> None:
    record = only(page(in_context({**EVENT, "organizer": ["Jacob Lantern", "Lagoon Office"]})))
    assert record.organisers == "Lagoon Office"
    assert "organiser-unclear" in [problem.code for problem in record.problems]


def test_how_a_course_is_given_and_how_long_it_takes() -> None:
    event = {
        **EVENT,
        "courseMode": ["onsite", "Blended"],
        "startDate": "2020-05-07T10:30",
        "duration": "PT1H30M",
    }
    record = only(page(in_context({key: value for key, value in event.items() if key != "endDate"})))
    assert (record.mode, record.end and record.end.isoformat()) == ("hybrid", "2020-05-07T12:00:00-06:00")


def test_a_group_that_performs_is_no_person() -> None:
    record = only(page(in_context({**EVENT, "performer": {"@type": "MusicGroup", "name": "Reef Riders"}})))
    assert record.people == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"eventStatus": "https://schema.org/EventCancelled"}, ("cancelled", "")),
        ({"eventStatus": "EventPostponed"}, ("postponed", "")),
        ({"eventAttendanceMode": "OnlineEventAttendanceMode"}, ("", "online")),
        (
            {"eventStatus": ["https://schema.org/EventRescheduled", "https://schema.org/EventMovedOnline"]},
            ("", "online"),
        ),
        ({"location": {"@type": "VirtualLocation", "url": "https://meet.example.org/x"}}, ("", "online")),
    ],
)
def test_status_and_mode(fields: dict[str, Any], expected: tuple[str, str]) -> None:
    record = only(page(in_context({**EVENT, **fields})))
    assert (record.status, record.mode) == expected


def test_several_blocks_and_another_description_of_the_same_event_are_one() -> None:
    other = {**EVENT, "description": "How to count."}
    record = only(
        page(
            {"@context": "https://schema.org", "@type": "Organization", "name": "x"},
            in_context(EVENT),
            in_context(other),
        )
    )
    assert record.introduction == "How to count."


def test_what_has_parts_with_dates_is_their_series() -> None:
    whole = {
        **EVENT,
        "name": "Lagoon days",
        "subEvent": [
            {**EVENT, "name": "Day 1"},
            {**EVENT, "name": "Day 2", "startDate": "2020-05-08T10:30:00-06:00"},
        ],
    }
    assert [(r.title, r.series) for r in read(page(in_context(whole)), file="p.html")] == [
        ("Day 1", "Lagoon days"),
        ("Day 2", "Lagoon days"),
    ]


def test_a_course_is_its_instances() -> None:
    course = {
        "@type": "Course",
        "name": "Open data",
        "provider": {"@type": "Organization", "name": "Lagoon School"},
        "hasCourseInstance": [
            {"@type": "CourseInstance", "startDate": f"2020-0{month}-07T10:30:00-06:00"} for month in (5, 6)
        ],
    }
    records = read(page(in_context(course)), file="p.html")
    assert [(r.title, r.start.month if r.start else 0) for r in records] == [
        ("Open data", 5),
        ("Open data", 6),
    ]
    assert len({record.key for record in records}) == 2


def test_a_list_of_events_on_one_page() -> None:
    listed = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [{"@type": "ListItem", "item": {**EVENT, "name": name}} for name in ("A", "B")],
    }
    assert [record.title for record in read(page(listed), file="p.html")] == ["A", "B"]


def test_a_session_record_with_such_a_block_keeps_its_chat() -> None:
    body = "<h1>Webinar 1: Boats</h1><p>Objective: To count boats.</p><h2>Chat</h2><p>Ana Coral: how many boats are there?</p>"
    record = only(page(in_context(EVENT), body=body))
    assert (record.objective, [message.text for message in record.messages]) == (
        "To count boats.",
        ["how many boats are there?"],
    )


def test_a_block_that_is_damaged_is_told_where_another_can_be_read() -> None:
    record = only(page("{damaged", in_context(EVENT)))
    assert [(problem.code, problem.place) for problem in record.problems] == [("json-damaged", "script 1")]


def test_a_file_of_json_ld() -> None:
    (record,) = read(json.dumps(in_context(EVENT)).encode(), file="event.jsonld")
    assert record.title == "Boats"


def test_no_scheme_but_the_webs_reaches_a_link() -> None:
    record = only(
        page(
            in_context(
                {
                    **EVENT,
                    "url": "javascript:alert(1)",
                    "subjectOf": {"@type": "CreativeWork", "url": "data:text/html,x"},
                }
            )
        )
    )
    assert (record.address, record.links, record.materials) == ("", [], [])


def test_a_recording_that_is_only_an_address_is_a_video() -> None:
    event = {
        "@type": "Event",
        "name": "Boats",
        "startDate": "2020-05-07",
        "recordedIn": "https://video.example.org/3",
    }
    record = only(page(in_context(event)))
    assert [(one.kind, one.url) for one in record.materials] == [("video", "https://video.example.org/3")]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"contributor": {"@type": "Role", "roleName": "moderator", "contributor": {"name": "Orla Reef"}}}, "facilitator"),
        ({"performer": {"@type": "Role", "roleName": "Moderator", "performer": {"name": "Orla Reef"}}}, "facilitator"),
        *(
            ({"contributor": {"@type": "Person", "name": "Orla Reef", "jobTitle": job}}, "")
            for job in ("Lecturer", "Chair", "Host", "Facilitator")
        ),
        ({"performer": {"@type": "Person", "name": "Orla Reef", "jobTitle": "Chair"}}, "speaker"),
        ({"moderator": {"@type": "Person", "name": "Orla Reef"}}, "facilitator"),
        ({"performer": {"@type": "Role", "roleName": "Keynote", "performer": {"name": "Orla Reef"}}}, "speaker"),
        ({"performer": {"@type": "Role", "roleName": "Interpreter", "performer": {"name": "Orla Reef"}}}, ""),
        ({"contributor": {"@type": "Role", "roleName": "technician", "contributor": {"name": "Orla Reef"}}}, ""),
        ({"contributor": {"@type": "Person", "name": "Orla Reef"}}, ""),
    ],
)  # fmt: skip
def test_a_role_says_whether_somebody_is_public(named: dict[str, Any], expected: str) -> None:
    record = only(page(in_context({**EVENT, **named, "description": "With thanks to Orla Reef."})))
    assert [person.role for person in record.people] == ([expected] if expected else [])
    assert expected or record.others == ["Orla Reef"]


@pytest.mark.parametrize(
    "beside",
    [
        {"@type": "WebPage", "name": "x", "author": {"@type": "Person", "name": "Orla Reef"}},
        {"@type": "Event", "name": "Nets", "startDate": "2020-05-14", "organizer": {"@type": "Person", "name": "Orla Reef"}},
        {"@type": "Article", "comment": [{"@type": "Comment", "author": {"name": "Orla Reef"}}]},
    ],
)  # fmt: skip
def test_no_session_tells_whom_the_page_names_elsewhere(beside: dict[str, Any]) -> None:
    found = read(
        page(in_context({**EVENT, "description": "With thanks to Orla Reef."}, beside)), file="page.html"
    )
    assert "Orla Reef" in found[0].others


def test_what_people_and_parts_refer_to_is_followed() -> None:
    things = [
        {"@type": "Organization", "@id": "#office", "name": "Reef Office"},
        {"@type": "Person", "@id": "#ana", "name": "Ana Sample", "worksFor": {"@id": "#office"}},
    ]
    whole = {**EVENT, "name": "A week of boats", "subEvent": [{**EVENT, "performer": {"@id": "#ana"}}]}
    (record,) = read(page(in_context(*things, whole)), file="page.html")
    assert [(person.name, person.affiliation) for person in record.people] == [("Ana Sample", "Reef Office")]


def test_parts_are_where_the_whole_is_unless_they_say_otherwise() -> None:
    online = "https://schema.org/OnlineEventAttendanceMode"
    whole = {**EVENT, "location": {"@type": "Place", "name": "Reef Hall"}}
    parts = [EVENT, {**EVENT, "name": "Nets", "eventAttendanceMode": online}]
    found = read(page(in_context({**whole, "name": "A week", "subEvent": parts})), file="page.html")
    assert [record.venue_name for record in found] == ["Reef Hall", ""]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana Sample, Orla Reef", [("Ana Sample", ""), ("Orla Reef", "")]),
        ("Ana Sample and Orla Reef", [("Ana Sample", ""), ("Orla Reef", "")]),
        ("Ana Sample (Reef Office)", [("Ana Sample", "Reef Office")]),
        ("Sample, Ana", [("Ana Sample", "")]),
    ],
)
def test_a_name_may_hold_several_or_an_office(name: str, expected: list[tuple[str, str]]) -> None:
    record = only(page(in_context({**EVENT, "performer": {"@type": "Person", "name": name}})))
    assert [(person.name, person.affiliation) for person in record.people] == expected


def test_a_description_that_shows_its_markup_is_read_as_a_page() -> None:
    text = "&lt;p&gt;All come.&lt;/p&gt;&lt;p&gt;Speaker: Ana Sample&lt;/p&gt;"
    record = only(page(in_context({**EVENT, "description": text})))
    assert record.introduction.startswith("All come.")
    assert [person.name for person in record.people] == ["Ana Sample"]


def test_an_end_in_words_has_its_own_day() -> None:
    record = only(
        page(
            in_context(
                {**EVENT, "startDate": "May 7, 2020 10:30 AM", "endDate": "May 7, 2020 12:00 PM"},
            )
        )
    )
    assert record.end and record.end.isoformat() == "2020-05-07T12:00:00-06:00"


def test_all_parts_of_a_description_are_read() -> None:
    record = only(
        page(in_context({**EVENT, "description": ["Bring a boat.", "Speaker: Ana Sample, Analyst"]}))
    )
    assert record.introduction.startswith("Bring a boat.")
    assert [person.name for person in record.people] == ["Ana Sample"]


@pytest.mark.parametrize(
    "texts",
    [
        [
            {"@language": "es", "@value": "Traiga un barco."},
            {"@language": "en", "@value": "Bring a boat.\nModerator: Orla Reef"},
        ],
        {"es": "Traiga un barco.", "en": "Bring a boat.\nModerator: Orla Reef"},
    ],
)
@pytest.mark.parametrize(("language", "said"), [("en", "Bring"), ("es", "Traiga"), (["es", "en"], "Bring")])
def test_of_several_languages_that_of_the_session_is_kept_and_a_role_counts_in_any(
    texts: Any, language: Any, said: str
) -> None:
    record = only(page(in_context({**EVENT, "description": texts, "inLanguage": language})))
    assert record.introduction.split()[0] == said
    assert [(person.role, person.name) for person in record.people] == [("facilitator", "Orla Reef")]


WEEKLY = {"@type": "Schedule", "startDate": "2020-05-07", "repeatFrequency": "P1W", "startTime": "10:30"}


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        ({"endDate": "2020-05-21"}, [7, 14, 21]),
        ({"repeatCount": 3, "exceptDate": "2020-05-14"}, [7, 21]),
        ({"repeatFrequency": "Daily", "repeatCount": "2"}, [7, 8]),
        ({"byDay": ["https://schema.org/Tuesday", "Thursday"], "endDate": "2020-05-15"}, [7, 12, 14]),
        ({"repeatFrequency": "P1M", "byDay": "TH", "byMonthWeek": 1, "endDate": "2020-05-31"}, [7]),
        ({"repeatFrequency": ""}, [7]),
    ],
)
def test_an_event_with_a_schedule_is_held_at_each_of_its_times(
    schedule: dict[str, Any], days: list[int]
) -> None:
    event = {**EVENT, "@id": "#desk", "eventSchedule": {**WEEKLY, "duration": "PT90M", **schedule}}
    found = read(page(in_context(event)), file="page.html")
    assert [str(record.start) for record in found] == [f"2020-05-{day:02} 10:30:00-06:00" for day in days]
    assert all(record.start and record.end and record.end.hour == 12 for record in found)
    assert len({record.key for record in found}) == len(days)


def test_a_schedule_that_goes_past_midnight_in_another_zone() -> None:
    schedule = {**WEEKLY, "startTime": "23:00", "endTime": "01:00", "scheduleTimezone": "America/New_York"}
    (record, *_) = read(page(in_context({**EVENT, "eventSchedule": schedule})), file="page.html")
    assert (str(record.start), str(record.end)) == ("2020-05-07 23:00:00-04:00", "2020-05-08 01:00:00-04:00")


@pytest.mark.parametrize(
    ("schedule", "told"),
    [
        ({"repeatFrequency": "now and then"}, "recurrence-unreadable"),
        ({"startDate": "in May"}, "recurrence-unreadable"),
        ({"repeatFrequency": "P1D", "endDate": "2024-05-07"}, "recurrence-cut"),
    ],
)
def test_a_schedule_that_cannot_be_followed_is_told(schedule: dict[str, Any], told: str) -> None:
    found = read(page(in_context({**EVENT, "eventSchedule": {**WEEKLY, **schedule}})), file="page.html")
    assert found[0].start and found[0].start.day == 7
    assert told in [problem.code for problem in found[0].problems]


def test_times_of_one_schedule_share_no_number() -> None:
    event = {**EVENT, "name": "Session 2: Boats", "eventSchedule": {**WEEKLY, "repeatCount": 2}}
    found = read(page(in_context(event)), file="page.html")
    assert [record.number for record in found] == [None, None]
    assert "number-repeated" in [problem.code for problem in found[0].problems]


def test_what_a_series_says_holds_for_each_of_its_events() -> None:
    series = {
        "@type": "EventSeries",
        "name": "Lagoon Data Series",
        "organizer": {"@type": "Organization", "name": "Lagoon Desk"},
        "location": {"@type": "VirtualLocation", "url": "https://meet.example.org/x"},
        "subEvent": [EVENT, {**EVENT, "name": "Nets", "location": "Reef Hall, Dangriga"}],
    }
    boats, nets = read(page(in_context(series)), file="page.html")
    assert (boats.series, boats.organisers, boats.mode) == ("Lagoon Data Series", "Lagoon Desk", "online")
    assert (nets.organisers, nets.mode, nets.venue_name) == ("Lagoon Desk", "", "Reef Hall")


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (
            ("03/04/2020 10:30", "17/04/2020 10:30"),
            ["2020-04-03 10:30:00-06:00", "2020-04-17 10:30:00-06:00"],
        ),
        (("03/04/2020 10:30", "05/06/2020 10:30"), ["None", "None"]),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_is_decided_by_the_pages_others_or_rejected(
    starts: tuple[str, ...], expected: list[str]
) -> None:
    events = [{**EVENT, "name": f"Event {start}", "startDate": start} for start in starts]
    found = read(page(in_context(*events)), file="page.html")
    assert [str(record.start) for record in found] == expected
    told = {problem.code for record in found for problem in record.problems}
    assert told == ({"date-decided"} if "None" not in expected else {"date-ambiguous"})


@pytest.mark.parametrize("prefix", ["schema:", "http://schema.org/"])
def test_a_page_may_give_the_vocabulary_a_prefix(prefix: str) -> None:
    person = {"@type": f"{prefix}Person", f"{prefix}name": "Ana Sample"}
    event = {
        "@type": f"{prefix}Event",
        f"{prefix}name": [{"@value": "Boats"}],
        f"{prefix}startDate": [{"@value": "2020-05-07T10:30:00-06:00"}],
        f"{prefix}performer": person,
        f"{prefix}attendee": {**person, f"{prefix}name": "Orla Quillfeather"},
    }
    record = only(
        page({"@context": {"schema": "http://schema.org/"}, **event}, body="Orla Quillfeather comes.")
    )
    assert (record.title, [one.name for one in record.people]) == ("Boats", ["Ana Sample"])
    assert "Quillfeather" not in published(record)


def test_a_day_of_a_conference_is_made_of_its_sessions_and_has_what_the_conference_has() -> None:
    day = {
        "@type": "Event",
        "name": "Day 1",
        "startDate": "2020-05-07",
        "subEvent": [EVENT, {**EVENT, "name": "Nets"}],
    }
    week = {
        "@type": "Event",
        "name": "Open Week",
        "startDate": "2020-05-07",
        "location": "Dangriga",
        "subEvent": [day],
    }
    found = read(page(in_context(week)), file="page.html")
    assert [(record.title, record.series, record.locality) for record in found] == [
        ("Boats", "Open Week", "Dangriga"),
        ("Nets", "Open Week", "Dangriga"),
    ]


@pytest.mark.parametrize(
    "place",
    [
        "Online (Zoom link sent after registration)",
        "Virtual - enlace enviado tras la inscripción",
        "Zoom; register to get the link",
    ],
)
def test_how_one_gets_the_link_of_a_meeting_is_no_venue(place: str) -> None:
    record = only(page(in_context({**EVENT, "location": place})))
    assert (record.mode, record.venue_name) == ("online", "")


@pytest.mark.parametrize("year", ["0001", "9999"])
@pytest.mark.parametrize("schedule", [{}, {"eventSchedule": {"repeatFrequency": "P1W", "duration": "P9D"}}])
def test_a_year_that_no_clock_shows_costs_no_other_event(year: str, schedule: dict[str, Any]) -> None:
    wrong = {**EVENT, **schedule, "name": "Nets", "startDate": f"{year}-12-31T23:59:00Z"}
    found = read(page(in_context(wrong, EVENT)), file="page.html")
    assert [str(record.start) for record in found if record.title == "Boats"] == ["2020-05-07 10:30:00-06:00"]


def test_events_that_are_each_a_part_of_the_other_are_read_once() -> None:
    boats = {**EVENT, "@id": "#boats", "subEvent": {"@id": "#nets"}}
    nets = {**EVENT, "@id": "#nets", "name": "Nets", "subEvent": {"@id": "#boats"}}
    assert [record.title for record in read(page(in_context(boats, nets)), file="page.html")] == ["Nets"]
