"""Rows that are no sessions, and headers of which only what stands below tells what they mean."""

from __future__ import annotations

import json

import pytest
from ckanext.opengovbelize.records.reading import read

from .given_tables import records

TABLE = "No.,Topic,Date,Time,Venue\n1,Boats,2020-05-07,10:30-12:00,Pier\n2,Nets,2020-05-14,10:30-12:00,Pier\n"


@pytest.mark.parametrize(
    "row",
    [
        "Total sessions: 2,,,,",
        "All times are Belize times,,,,",
        ",Note: the pier may be wet,,,",
        ",* to be confirmed,,,",
        ",Fuente: oficina del muelle,,,",
    ],
)
def test_what_stands_alone_under_a_table_is_no_session(row: str) -> None:
    found = records(f"{TABLE}{row}\n")

    assert [record.title for record in found] == ["Boats", "Nets"]
    assert [(problem.code, problem.place) for problem in found[0].problems] == [("row-left-out", "row 4")]


def test_a_title_alone_is_a_session_that_has_no_date_yet() -> None:
    found = records(f"{TABLE},Mending sails together,,,\n")

    assert [record.title for record in found] == ["Boats", "Nets", "Mending sails together"]


def test_from_and_to_hold_the_times_where_times_stand_below() -> None:
    (record,) = records("Topic,Day,From,To,Venue\nBoats,2020-05-07,10:30,12:00,Pier\n")

    assert record.start and record.end
    assert (f"{record.start:%H:%M}", f"{record.end:%H:%M}") == ("10:30", "12:00")
    assert not record.problems


def test_from_and_to_of_letters_are_no_times() -> None:
    mails = "Subject,Date,From,To\nBoats,2020-05-07,Shauna Quillfin,Petra Kingfisher\n"
    (record,) = records(mails, "mails.csv")

    assert [problem.code for problem in record.problems] == ["table-unknown"]


def test_two_rows_of_one_number_are_left_without_it_and_told() -> None:
    found = records(f"{TABLE}2,Sails,2020-05-21,10:30-12:00,Pier\n")

    assert [record.number for record in found] == [1, None, None]
    assert [problem.code for problem in found[2].problems] == ["number-repeated"]


@pytest.mark.parametrize(
    ("rows", "file"),
    [
        ([{"title": "Session 1: Boats", "start": "2020-05-07T10:30:00-06:00"}], "export.json"),
        ({"webinars": [{"title": "Boats", "start": "2020-05-07T10:30:00-06:00"}]}, "export.json"),
    ],
)
def test_a_title_and_a_start_are_enough_where_they_are_said_to_be_of_sessions(
    rows: object, file: str
) -> None:
    (record,) = read(json.dumps(rows).encode(), file=file)

    assert (record.title, record.start and record.start.isoformat()) == ("Boats", "2020-05-07T10:30:00-06:00")


@pytest.mark.parametrize("title", ["Pay the rent", "Petra Kingfisher"])
def test_a_title_and_a_start_of_anything_are_no_session(title: str) -> None:
    rows = {"tasks": [{"title": title, "start": "2020-05-07T10:30:00-06:00"}]}
    (record,) = read(json.dumps(rows).encode(), file="export.json")

    assert [problem.code for problem in record.problems] == ["table-unknown"]


def test_what_an_answer_says_of_its_pages_is_no_list_that_was_missed() -> None:
    row = {"title": "Session 1: Boats", "start": "2020-05-07T10:30:00-06:00", "venue": "Pier"}
    answer = {
        "meta": {"page": 1, "pages": 1},
        "sessions": [row],
        "sponsors": [{"since": "2020", "colour": "blue"}],
    }
    (record,) = read(json.dumps(answer).encode(), file="export.json")

    assert [(problem.code, problem.place) for problem in record.problems] == [("sheet-unknown", "sponsors")]
