"""Days and times in tables of sessions, in the columns and forms in which offices keep them."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.reading import read

from .given_tables import records
from .layouts import codes


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (("31/05/2020 10:30", "07/06/2020 10:30"), "2020-06-07"),
        (("05/31/2020 10:30", "06/07/2020 10:30"), "2020-06-07"),
        # By the weekday of the others, and between those before and after it.
        (("30 April 2020 10:30", "07/05/2020 10:30", "14 May 2020 10:30"), "2020-05-07"),
        (("30 April 2020 10:30", "7 May 10:30", "14 May 2020 10:30"), "2020-05-07"),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_is_decided_by_the_others_and_told(
    starts: tuple[str, ...], expected: str
) -> None:
    rows = "".join(f"{number},Title,{start},Belmopan\n" for number, start in enumerate(starts, 1))
    record = records(f"Number,Title,Start,Venue\n{rows}")[1]
    assert record.start and record.start.date().isoformat() == expected
    assert codes(record) == ["date-decided"]


@pytest.mark.parametrize(
    ("starts", "code"),
    [
        (("04/05/2020 10:30", "05/06/2020 10:30"), "date-ambiguous"),
        (("31/05/2020 10:30", "05/31/2020 10:30", "05/06/2020 10:30"), "date-ambiguous"),
        (("7 May 10:30", "14 May 10:30"), "date-without-year"),
        (("7 May 2019 10:30", "7 May 2020 10:30", "14 May 10:30"), "date-without-year"),
    ],
)
def test_a_date_that_nothing_decides_is_rejected(starts: tuple[str, ...], code: str) -> None:
    rows = "".join(f"Title {number},{start},Belmopan\n" for number, start in enumerate(starts))
    last = records(f"Title,Start,Venue\n{rows}")[-1]
    assert last.start is None
    assert [(p.code, p.rejects) for p in last.problems] == [(code, True)]


def test_day_and_time_in_columns_of_their_own_in_spanish() -> None:
    (record,) = records(
        "Título;Fecha;Hora;Hora fin;Sede;Ponentes\nTaller 1: Mapas;13/05/2020;10:30;12:00;Casa, Belmopán;Ana Muestra, Analista\n"
    )
    assert record.end and record.end.isoformat() == "2020-05-13T12:00:00-06:00"
    assert [(person.name, person.position) for person in record.people] == [("Ana Muestra", "Analista")]


def test_days_and_times_that_a_spreadsheet_gives_as_numbers() -> None:
    (record,) = records("No.,Title,Date,Time,Place\n3,Boats,43958,0.4375,Reef Hall\n")
    assert (record.number, record.start and record.start.isoformat()) == (3, "2020-05-07T10:30:00-06:00")


@pytest.mark.parametrize(
    ("header", "stated", "end"),
    [
        ("Duration (hours)", "12", "22:30"),
        ("Duration (hours)", "1.5", "12:00"),
        ("Duración (minutos)", "5", "10:35"),
        ("Duration", "90", "12:00"),
    ],
)
def test_a_bare_duration_has_the_unit_of_its_header(header: str, stated: str, end: str) -> None:
    text = f"Title,Start,Speaker,{header}\nBoats,2020-05-07 10:30,Orla Sandpiper,{stated}\n"
    (record,) = read(text.encode(), file="sessions.csv")
    assert f"{record.end:%H:%M}" == end


def test_times_of_a_spanish_table() -> None:
    text = "N.º;Título;Fecha;Hora inicio;Hora fin;Ponente\n1;Lanchas;13/02/2020;10:30;12:00;Orla Sandpiper\n"
    (record,) = read(text.encode(), file="sesiones.csv")
    assert (str(record.start), str(record.end)) == ("2020-02-13 10:30:00-06:00", "2020-02-13 12:00:00-06:00")


def test_a_time_in_utc_is_told_in_the_zone_as_in_any_other_format() -> None:
    (record,) = records("Title,Start,End,Venue\nBoats,2020-05-07T16:30:00Z,2020-05-07T18:00:00Z,Dangriga\n")
    assert (str(record.start), str(record.end)) == ("2020-05-07 10:30:00-06:00", "2020-05-07 12:00:00-06:00")
    assert record.timezone == "America/Belize"


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Start Time,End Time", "2020-05-28 10:30,2020-05-28 12:00"),
        ("Start Date,End Date", "2020-05-28 10:30,2020-05-28 12:00"),
        ("Start Date,Start Time,End Time", "2020-05-28 00:00:00,10:30,12:00"),
        ("Date,Start Time,End Time", "2020-05-28,10:30,12:00"),
        ("Fecha de inicio,Hora de inicio,Hora de fin", "28/05/2020,10:30,12:00"),
    ],
)
def test_day_and_clock_of_start_and_end_stand_together_or_apart(header: str, cells: str) -> None:
    (record,) = records(f"Title,{header},Venue\nFish,{cells},Dangriga\n")
    assert (str(record.start), str(record.end)) == ("2020-05-28 10:30:00-06:00", "2020-05-28 12:00:00-06:00")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Event Name,Event Start Time,Event Start Date,Event End Time,Event End Date,Venue", "Boats,18:30,2020-06-25,20:00,2020-06-25,Reef Hall"),
        ("Name,Date,Time,Venue", "Boats,2020-06-25,18:30 - 20:00,Reef Hall"),
        ("Title,Date,Start,End,Venue", "Boats,44007,0.770833333333333,0.833333333333333,Reef Hall"),
    ],
)  # fmt: skip
def test_day_and_time_of_start_and_end_in_columns_of_their_own(header: str, cells: str) -> None:
    (record,) = records(f"{header}\n{cells}\n", "sessions.csv")
    assert (record.title, record.start and record.start.isoformat()) == ("Boats", "2020-06-25T18:30:00-06:00")
    assert record.end and record.end.isoformat() == "2020-06-25T20:00:00-06:00"


def test_a_session_that_ends_on_another_day() -> None:
    text = "Title,Start Date,Start Time,End Date,End Time,Venue\nBoats,2020-06-25,18:30,2020-06-26,02:00,Reef Hall\n"
    (record,) = records(text, "sessions.csv")
    assert record.end and record.end.isoformat() == "2020-06-26T02:00:00-06:00"
