"""Events of several times and parts in the vocabulary of schema.org: schedules, series, courses, conferences."""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.opengovbelize.records.reading import read

from .given_pages import EVENT, in_context, page


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


def test_parts_are_where_the_whole_is_unless_they_say_otherwise() -> None:
    online = "https://schema.org/OnlineEventAttendanceMode"
    whole = {**EVENT, "location": {"@type": "Place", "name": "Reef Hall"}}
    parts = [EVENT, {**EVENT, "name": "Nets", "eventAttendanceMode": online}]
    found = read(page(in_context({**whole, "name": "A week", "subEvent": parts})), file="page.html")
    assert [record.venue_name for record in found] == ["Reef Hall", ""]


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


def test_a_course_that_is_given_by_a_schedule() -> None:
    schedule = {
        "@type": "Schedule",
        "startDate": "2024-11-12",
        "endDate": "2024-11-19",
        "repeatFrequency": "P1W",
        "startTime": "09:00",
        "endTime": "12:00",
        "scheduleTimezone": "America/Belize",
    }
    course = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": "Using open data",
        "hasCourseInstance": [
            {"@type": "CourseInstance", "courseMode": "online", "startDate": "2024-11-05T09:00:00-06:00"},
            {"@type": "CourseInstance", "courseMode": "onsite", "courseSchedule": schedule},
        ],
    }
    records = read(page(course), file="course.html")
    assert [(record.start.isoformat() if record.start else "", record.mode) for record in records] == [
        ("2024-11-05T09:00:00-06:00", "online"),
        ("2024-11-12T09:00:00-06:00", "in-person"),
        ("2024-11-19T09:00:00-06:00", "in-person"),
    ]
