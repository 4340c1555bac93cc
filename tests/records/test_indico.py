"""Indico's exports, against the contract and as it writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

from .contract import Contract, Given, published

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"


class TestIndico(Contract):
    file = "export.json"
    form = "indico"

    def sessions(self, given: list[Given]) -> bytes:
        events = [
            {
                "_type": "Conference",
                "id": str(one.number),
                "title": f"Session {one.number}: {one.title}" if one.title else "",
                "description": one.text,
                "location": one.place,
                "startDate": {"date": one.start[:10], "time": "10:30:00", "tz": "America/Belize"},
                "endDate": {"date": one.end[:10], "time": "12:00:00", "tz": "America/Belize"},
            }
            for one in given
        ]
        return json.dumps(
            {"_type": "HTTPAPIResult", "complete": True, "results": events}, ensure_ascii=False
        ).encode()


def test_the_sample_of_indico() -> None:
    first, second = read((SAMPLES / "indico.json").read_bytes(), file="indico.json")
    assert (first.series, first.number, first.title) == ("Lagoon Data Series", 5, "Asking the sea")
    assert first.start and first.start.isoformat() == "2020-06-04T10:30:00-06:00"
    assert [(person.name, person.affiliation) for person in first.people] == [
        ("Solana Reedwater", "Government of Coralia")
    ]
    assert [material.url for material in first.materials] == [
        "https://indico.example.org/event/501/slides.pdf"
    ]
    assert (second.venue_name, second.people[0].name) == ("", "Óscar Peñafiel")
    told = published(first, second)
    assert not any(word in told for word in ("@example", "0123456789abcdef", "Quillfeather"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"startDate": {"date": "2020-06-04", "time": "18:30:00", "tz": "Europe/Zurich"}},
            "2020-06-04T18:30:00+02:00",
        ),
        ({"startDate": {"date": "2020-06-04", "time": "16:30:00", "tz": "UTC"}}, "2020-06-04T10:30:00-06:00"),
        ({"startDate": "2020-06-04T10:30:00-06:00"}, "2020-06-04T10:30:00-06:00"),
    ],
)
def test_times_of_indico(change: dict[str, Any], expected: str) -> None:
    event = {"_type": "Conference", "id": 1, "title": "Boats", **change}
    (record,) = read(json.dumps({"results": [event]}).encode(), file="e.json")
    assert record.start and record.start.isoformat() == expected


def test_what_is_protected_in_indico_is_left_out() -> None:
    events = [
        {"_type": "Conference", "id": 1, "title": "A", "hasAnyProtection": True},
        {"_type": "Conference", "id": 2, "title": "B"},
    ]
    assert [record.title for record in read(json.dumps({"results": events}).encode(), file="e.json")] == ["B"]


def test_protected_events_of_indico_are_told_and_folders_say_what_is_in_them() -> None:
    url = "https://indico.example.org/a.pdf"
    open_ = {
        "id": 1,
        "title": "Boats",
        "folders": [{"title": "Slides", "attachments": [{"title": "a.pdf", "download_url": url}]}],
    }
    (record,) = read(
        json.dumps(
            {"_type": "HTTPAPIResult", "results": [open_, {"id": 2, "title": "x", "hasAnyProtection": True}]}
        ).encode(),
        file="e.json",
    )
    assert [(one.kind, one.title) for one in record.materials] == [("presentation", "a.pdf")]
    assert ("event-private", "results[1]") in [(one.code, one.place) for one in record.problems]


def indico(**more: Any) -> SessionRecord:
    start = {"date": "2020-05-07", "time": "10:30:00", "tz": "America/Belize"}
    event = {"_type": "Conference", "id": "1", "title": "Boats", "startDate": start, **more}
    (record,) = read(json.dumps({"_type": "HTTPAPIResult", "results": [event]}).encode(), file="export.json")
    return record


def test_sessions_and_contributions_of_indico_have_people_and_materials_of_their_own() -> None:
    attached = {
        "folders": [{"attachments": [{"title": "Slides", "download_url": "https://example.org/s.pdf"}]}]
    }
    talk = {
        "speakers": [{"first_name": "Ana", "last_name": "Sample"}],
        "primaryauthors": [{"fullName": "Reef, Orla"}],
    }
    record = indico(
        sessions=[
            {
                "conveners": [{"first_name": "Ben", "last_name": "Sample"}],
                "contributions": [{**talk, **attached}],
            }
        ]
    )
    assert [(person.role, person.name) for person in record.people] == [
        ("facilitator", "Ben Sample"),
        ("speaker", "Ana Sample"),
    ]
    assert [material.url for material in record.materials] == ["https://example.org/s.pdf"]
    assert record.others == ["Orla Reef"]


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ({"title": "Postponed", "is_event_not_happening": True}, "postponed"),
        ({"title": "Not this time", "is_event_not_happening": True}, "cancelled"),
        ({"title": "Recorded", "is_event_not_happening": False}, ""),
    ],
)
def test_a_label_of_indico_says_that_an_event_is_off(label: dict[str, Any], status: str) -> None:
    assert indico(label=label).status == status


def test_an_organiser_of_indico_who_may_be_a_person_is_none() -> None:
    record = indico(organizer="Ana Sample; Reef Office")
    assert (record.organisers, record.others) == ("Reef Office", ["Ana Sample"])


@pytest.mark.parametrize(
    "person",
    [
        {"first_name": "Ana", "last_name": "SAMPLE", "fullName": "SAMPLE, Ana"},
        {"fullName": "Ms SAMPLE, Ana"},
        {"fullName": "Ms Sample, Ana"},
        {"name": "Ana Sample"},
    ],
)
def test_chairs_of_indico_are_known_by_one_name_however_it_is_written(person: dict[str, str]) -> None:
    assert [one.name for one in indico(chairs=[person]).people] == ["Ana Sample"]


def test_a_title_of_somebody_whose_name_is_turned_stays_in_front() -> None:
    assert [one.name for one in indico(chairs=[{"fullName": "Dr. Sample, Ana"}]).people] == ["Dr. Ana Sample"]


def test_the_full_name_of_a_room_is_not_said_twice() -> None:
    record = indico(room="Board Room", roomFullname="1/1-001 - Board Room", location="", address="Belmopan")
    assert (record.venue_name, record.locality) == ("Board Room", "Belmopan")


def test_a_timetable_of_indico_is_told_which_address_to_give_instead() -> None:
    entry = {
        "title": "Boats",
        "startDate": {"date": "2020-05-07", "time": "10:30:00", "tz": "America/Belize"},
    }
    answer = {"_type": "HTTPAPIResult", "results": {"77": {"20200507": {"c1": entry}}}}
    (record,) = read(json.dumps(answer).encode(), file="timetable.json")
    (problem,) = record.problems
    assert (problem.code, problem.rejects) == ("export-timetable", True)
    assert "/export/event/77.json" in problem.message


def test_an_answer_in_which_indico_refuses_is_told_without_its_words() -> None:
    answer = {"_type": "HTTPAPIError", "message": "Access not allowed for Petronel Quillfeather"}
    (record,) = read(json.dumps(answer).encode(), file="event.json")
    assert [problem.code for problem in record.problems] == ["export-refused"]
    assert "Quillfeather" not in published(record)


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_year_that_no_clock_shows_costs_no_other_event_of_indico(year: str) -> None:
    moment = {"date": f"{year}-12-31", "time": "23:59:00", "tz": "UTC"}
    good = {"date": "2020-05-07", "time": "10:30:00", "tz": "America/Belize"}
    events = [
        {"_type": "Conference", "id": str(number), "title": "Boats", "startDate": start}
        for number, start in enumerate((moment, good))
    ]
    wrong, right = read(
        json.dumps({"_type": "HTTPAPIResult", "results": events}).encode(), file="export.json"
    )
    assert [problem.code for problem in wrong.problems if problem.rejects] == ["date-unreadable"]
    assert str(right.start) == "2020-05-07 10:30:00-06:00"
