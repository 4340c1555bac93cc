"""Calendars in jCal and xCal: read as the same calendar in iCalendar is."""

from __future__ import annotations

import json

import pytest
from ckanext.opengovbelize.records.reading import read

EVENT = [
    ["uid", {}, "text", "tides-3@example.org"],
    ["dtstart", {"tzid": "America/Belize"}, "date-time", "2026-06-18T10:30:00"],
    ["duration", {}, "duration", "PT1H30M"],
    ["rrule", {}, "recur", {"freq": "WEEKLY", "until": "2026-07-02T16:30:00Z", "byday": ["TH"]}],
    ["exdate", {"tzid": "America/Belize"}, "date-time", "2026-06-25T10:30:00"],
    ["summary", {}, "text", "Reading tides; together, slowly"],
    ["location", {}, "text", "Reef House, San Ignacio"],
    ["attendee", {"cn": "Quillfin, Shauna"}, "cal-address", "mailto:shauna.quillfin@example.org"],
]
JCAL = [
    "vcalendar",
    [["version", {}, "text", "2.0"], ["x-wr-calname", {}, "text", "Coastal Data Series"]],
    [["vevent", EVENT, []]],
]
XCAL = """<?xml version="1.0" encoding="utf-8"?>
<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar>
<properties><version><text>2.0</text></version><x-wr-calname><unknown>Coastal Data Series</unknown></x-wr-calname></properties>
<components><vevent><properties>
<uid><text>tides-3@example.org</text></uid>
<dtstart><parameters><tzid><text>America/Belize</text></tzid></parameters><date-time>2026-06-18T10:30:00</date-time></dtstart>
<duration><duration>PT1H30M</duration></duration>
<rrule><recur><freq>WEEKLY</freq><until>2026-07-02T16:30:00Z</until><byday>TH</byday></recur></rrule>
<exdate><parameters><tzid><text>America/Belize</text></tzid></parameters><date-time>2026-06-25T10:30:00</date-time></exdate>
<summary><text>Reading tides; together, slowly</text></summary>
<location><text>Reef House, San Ignacio</text></location>
<attendee><parameters><cn><text>Quillfin, Shauna</text></cn></parameters>
<cal-address>mailto:shauna.quillfin@example.org</cal-address></attendee>
</properties></vevent></components></vcalendar></icalendar>
"""


@pytest.mark.parametrize(("text", "file"), [(json.dumps(JCAL), "series.json"), (XCAL, "series.xml")])
def test_both_notations_tell_what_the_calendar_says(text: str, file: str) -> None:
    first, second = read(text.encode(), file=file)

    assert first.start and first.end and second.start
    assert first.start.isoformat() == "2026-06-18T10:30:00-06:00"
    assert (first.end - first.start).total_seconds() == 90 * 60
    assert second.start.isoformat() == "2026-07-02T10:30:00-06:00"
    assert (first.title, first.series) == ("Reading tides; together, slowly", "Coastal Data Series")
    assert (first.venue_name, first.locality) == ("Reef House", "San Ignacio")
    assert first.others == ["Shauna Quillfin"]
    assert not first.people


@pytest.mark.parametrize(
    "text",
    [
        '["vcalendar",[["version",{},"text"',
        '["vcalendar",[]]',
        '["vcalendar",[],[["vevent",[["uid\\r\\nX",{},"text","a"]],[]]]]',
        json.dumps(["vcalendar", [], [json.loads('["vevent",[],' * 11 + "[]" + "]" * 11)]]),
    ],
)
def test_a_damaged_one_says_so(text: str) -> None:
    (record,) = read(text.encode(), file="series.json")

    assert [(problem.code, problem.rejects) for problem in record.problems] == [("file-damaged", True)]


def test_a_value_cannot_begin_a_line_of_its_own() -> None:
    event = [
        ["uid", {"x": 'a"\r\nSTATUS:CANCELLED'}, "uri", "tides\r\nSTATUS:CANCELLED"],
        ["dtstart", {}, "date-time", "2026-06-18T16:30:00Z"],
        ["summary", {}, "text", "Reading tides\r\nSTATUS:CANCELLED"],
    ]
    (record,) = read(json.dumps(["vcalendar", [], [["vevent", event, []]]]).encode(), file="a.json")

    assert record.status == ""
