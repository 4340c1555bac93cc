"""Numbers of sessions in tables: which columns hold them, and which count something else."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.reading import read

from .given_tables import records


@pytest.mark.parametrize(
    ("stated", "number", "told"),
    [
        ("7", 7, []),
        ("No. 1024", 1024, []),
        ("2020", None, ["number-unreadable"]),
        ("12345", None, ["number-unreadable"]),
    ],
)
def test_a_number_goes_up_to_four_figures_and_is_no_year(
    stated: str, number: int | None, told: list[str]
) -> None:
    (record,) = read(f"Title,Number,Start\nBoats,{stated},2020-05-14 10:30\n".encode(), file="a.csv")
    assert record.number == number
    assert [problem.code for problem in record.problems if problem.field == "session_number"] == told


@pytest.mark.parametrize("header", ["Session,Title", "Title,Session", "Webinar,Topic", "Sesión,Tema"])
def test_a_column_that_counts_beside_one_of_titles_holds_the_number(header: str) -> None:
    first, second = (
        ("Reading tides,{}", "Mending nets,{}")
        if header.startswith("Title")
        else ("{},Reading tides", "{},Mending nets")
    )
    table = f"Series,{header},Start,Place\nHarbour Series,{first.format(1)},2020-05-07 10:30,Pier\nHarbour Series,{second.format(2)},2020-05-14 10:30,Pier\n"
    records = read(table.encode(), file="sessions.csv")
    assert [(record.number, record.title) for record in records] == [
        (1, "Reading tides"),
        (2, "Mending nets"),
    ]
    assert not [problem for record in records for problem in record.problems]


@pytest.mark.parametrize(
    ("header", "row", "number", "title"),
    [("Series,Session", "Harbour Series,7", 7, ""), ("Organiser,Session", "Harbour Office,7", None, "7")],
)
def test_a_column_that_counts_holds_the_number_where_the_series_is_known(
    header: str, row: str, number: int | None, title: str
) -> None:
    table = f"{header},Start,Place\n{row},2020-05-07 10:30,Pier\n"
    (record,) = read(table.encode(), file="sessions.csv")
    assert (record.number, record.title) == (number, title)


def test_a_number_sign_behind_what_is_no_session_counts_something_else() -> None:
    text = (
        "Series,Module #,Title,Date,Venue,Speaker,Attendees #\n"
        "Reef Series,1,Boats,2020-05-07,Reef Hall,Orla Sandpiper,45\n"
        "Reef Series,2,Ships,2020-05-14,Reef Hall,Wren Halcyon,45\n"
    )
    assert [record.number for record in records(text, "sessions.csv")] == [1, 2]
    text = text.replace("Module #,", "").replace("Series,1,", "Series,").replace("Series,2,", "Series,")
    assert [record.number for record in records(text, "sessions.csv")] == [None, None]


def test_a_column_session_beside_one_of_topics_counts() -> None:
    text = "Series,Session,Topic,Date & Time,Moderator\nOpen Water,1,Wells,2020-06-04 10:30,Orla Sandpiper\n"
    (record,) = records(text, "sessions.csv")
    assert (record.number, record.title, record.start is not None) == (1, "Wells", True)
