"""What people write on the sheet of a room instead of words: signs for "as above", and marks under days."""

from __future__ import annotations

import csv
import io

import pytest
from ckanext.opengovbelize.records.attendance.counts import counts
from ckanext.opengovbelize.records.attendance.model import AttendanceFile
from ckanext.opengovbelize.records.attendance.reading import read

HEADER = ["No", "Name", "Organization", "District", "Sex"]


def sheet(*rows: list[str]) -> AttendanceFile:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return read(out.getvalue().encode(), file="sheet.csv")


@pytest.mark.parametrize(
    "sign",
    ['"', '" "', "''", "″", "〃", "-”-", ",,", "do.", "Ditto", "SAME", "Ídem", "same as above", "-do-"],
)
def test_a_sign_for_as_above_stands_for_what_stands_above(sign: str) -> None:
    found = sheet(
        HEADER,
        ["1", "Wren Halcyon", "River Watch", "Cayo", "F"],
        ["2", "Petra Lindqvist", sign, sign, "F"],
        ["", "", "", "", ""],
        ["3", "Bruno Keel", sign, sign, sign],
        ["4", "Orla Sandpiper", "Reef Office", "Toledo", "F"],
    )
    assert counts(found)["dimensions"] == {"district": {"Cayo": 3, "Toledo": 1}, "gender": {"F": 4}}
    assert [row.institution for row in found.rows] == ["River Watch"] * 3 + ["Reef Office"]
    assert not found.problems


def test_below_what_nobody_stated_it_stands_for_nothing() -> None:
    found = sheet(HEADER, ["1", "Wren Halcyon", "", "", "F"], ["2", "Petra Lindqvist", '"', '"', "F"])
    assert counts(found)["dimensions"]["district"] == {"(not stated)": 2}
    assert not found.problems


def test_a_name_is_never_copied_from_the_line_above() -> None:
    assert (
        counts(sheet(HEADER, ["1", "Wren Halcyon", "", "Cayo", "F"], ["2", '"', "", "Cayo", "F"]))[
            "unique_attendees"
        ]
        == 2
    )


@pytest.mark.parametrize(
    "days",
    [
        ("Day 1", "Day 2"),
        ("DAY 1 (13 May)", "DAY 2 (14 May)"),
        ("13/05/2024", "14/05/2024"),
        ("Día 1", "Día 2"),
        ("Session I", "Session II"),
    ],
)
@pytest.mark.parametrize("mark", ["X", "✓", "WH", "yes"])
def test_who_has_no_mark_under_any_day_did_not_come_and_it_is_told(days: tuple[str, str], mark: str) -> None:
    found = sheet(
        ["Name", "Sex", *days],
        ["Wren Halcyon", "F", mark, mark],
        ["Petra Lindqvist", "F", "", mark],
        ["Bruno Keel", "M", "", "no"],
        ["Total", "", "1", "2"],
    )
    assert counts(found)["dimensions"]["gender"] == {"F": 2}
    assert [(problem.code, problem.place) for problem in found.problems] == [("not-marked", "row 4")]
    assert "Keel" not in str(found.problems)


@pytest.mark.parametrize(
    "line",
    [
        "GOVERNMENT",
        "Civil society",
        "CAYO DISTRICT",
        "Female: 2",
        "Mujeres: 2",
        "Page 1 of 2",
        "Facilitator: Gil Mooring",
        "Fecha: 13/05",
    ],
)
def test_a_heading_or_a_sum_between_people_is_nobody(line: str) -> None:
    found = sheet(
        HEADER, ["", line, "", "", ""], ["1", "Wren Halcyon", "", "Cayo", "F"], ["", line, "", "", ""]
    )
    assert (counts(found)["unique_attendees"], found.problems) == (1, [])


@pytest.mark.parametrize("title", ["Summary", "SUMMARY OF PARTICIPANTS:", "Resumen por sexo"])
def test_a_table_of_figures_below_the_people_is_nobody_and_people_on_the_next_page_are(title: str) -> None:
    found = sheet(
        HEADER,
        ["1", "Wren Halcyon", "", "Cayo", "F"],
        ["", title, "", "", ""],
        ["", "Sex", "Number", "", ""],
        ["", "Female", "1", "", ""],
        ["", "District", "Number", "", ""],
        HEADER,
        ["2", "Bruno Keel", "", "Toledo", "M"],
    )
    assert counts(found)["dimensions"] == {"district": {"Cayo": 1, "Toledo": 1}, "gender": {"F": 1, "M": 1}}
    assert not found.problems


def test_of_a_line_that_holds_an_institution_alone_it_is_told_that_nobody_is_counted() -> None:
    found = sheet(HEADER, ["", "Ministry of Tides", "", "", ""], ["1", "Wren Halcyon", "", "Cayo", "F"])
    assert counts(found)["unique_attendees"] == 1
    assert [(problem.code, problem.place) for problem in found.problems] == [("line-without-person", "row 2")]
    assert "Tides" not in str(found.problems)


@pytest.mark.parametrize("name", ["Bruno Keel", "Keel, Bruno", "B. K.", "Keel: River Watch", "Dr. Keel"])
def test_a_name_alone_is_somebody(name: str) -> None:
    found = sheet(HEADER, ["1", "Wren Halcyon", "", "Cayo", "F"], ["", name, "", "", ""])
    assert (counts(found)["unique_attendees"], found.problems) == (2, [])


@pytest.mark.parametrize("header", ["Present", "Presente", "Present?", "Asistencia"])
def test_a_roll_call_says_who_came(header: str) -> None:
    found = sheet(["Name", "Organization", header], ["Wren Halcyon", "", "Yes"], ["Bruno Keel", "", "Absent"])
    assert (found.kind.code, counts(found)["unique_attendees"]) == ("sign-in", 1)


def test_a_sheet_that_was_printed_with_its_days_and_signed_elsewhere_counts_everybody() -> None:
    found = sheet(
        ["Name", "Sex", "Day 1", "Day 2"], ["Wren Halcyon", "F", "", ""], ["Bruno Keel", "M", "", ""]
    )
    assert (counts(found)["unique_attendees"], found.problems) == (2, [])
