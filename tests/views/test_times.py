"""A session's time as a reader sees it."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.views.times import moment, order, stamp, when
from hypothesis import given
from hypothesis import strategies as st

MORNING = {
    "start": "2020-02-13T10:30:00-06:00",
    "end": "2020-02-13T12:00:00-06:00",
    "timezone": "America/Belize",
}


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("en", "Thursday 13 February 2020"),
        ("es", "Jueves 13 de febrero de 2020"),
        ("no-such-language", "Thursday 13 February 2020"),
    ],
)
def test_a_day_is_told_in_the_readers_language(language: str, date: str) -> None:
    found = when(MORNING, language)

    assert found
    assert found.date == date


def test_the_whole_time_is_told_in_one_line() -> None:
    found = when(MORNING, "en")

    assert found
    assert found.text == "Thursday 13 February 2020, 10:30–12:00 (Belize time)"


def test_the_calendar_leaf_has_day_month_and_year() -> None:
    found = when(MORNING, "en")

    assert found
    assert (found.day, found.month, found.year) == ("13", "Feb", "2020")
    assert found.iso == MORNING["start"]


@pytest.mark.parametrize(
    ("webinar", "time"),
    [
        ({**MORNING, "end": ""}, "10:30 (Belize time)"),
        ({**MORNING, "timezone": "America/Costa_Rica"}, "10:30–12:00 (Costa Rica)"),
        ({**MORNING, "timezone": ""}, "10:30–12:00 (UTC-06:00)"),
        (
            {**MORNING, "end": "2020-02-14T01:00:00-06:00"},
            "10:30 – Friday 14 February 2020, 01:00 (Belize time)",
        ),
    ],
)
def test_what_a_record_leaves_out_is_left_out(webinar: dict[str, str], time: str) -> None:
    found = when(webinar, "en")

    assert found
    assert found.time == time


def test_prose_stays_prose() -> None:
    found = when({"date_as_stated": "First Thursday of March"}, "en")

    assert found
    assert (found.text, found.iso, found.day) == ("First Thursday of March", "", "")


def test_a_record_without_any_date_has_no_time() -> None:
    assert when({}, "en") is None


@given(st.text())
def test_no_text_in_place_of_a_time_breaks_a_page(text: str) -> None:
    when({"start": text, "end": text, "timezone": text}, "en")


def test_sessions_are_ordered_by_number_then_by_start() -> None:
    tenth = {"name": "tenth", "session_number": 10, "start": "2020-01-01T10:00:00-06:00"}
    second = {"name": "second", "session_number": "2", "start": "2020-03-01T10:00:00-06:00"}
    late = {"name": "late", "start": "2020-05-01T10:00:00-06:00"}
    early = {"name": "early", "start": "2020-04-30T23:00:00-06:00"}
    undated = {"name": "undated"}

    ordered = sorted([undated, tenth, late, second, early], key=order)

    assert [session["name"] for session in ordered] == ["second", "tenth", "early", "late", "undated"]


def test_offsets_count_when_times_are_compared() -> None:
    belize, madrid = moment("2020-02-13T10:30:00-06:00"), moment("2020-02-13T17:00:00+01:00")

    assert belize
    assert madrid
    assert madrid < belize


@pytest.mark.parametrize(
    ("time", "told"),
    [
        ("2020-02-13T10:30:00-06:00", "13 February 2020, 10:30 (UTC-06:00)"),
        ("2020-02-13T10:30", "13 February 2020, 10:30 (UTC)"),
        ("2020-02-13", "13 February 2020"),
        ("in spring", "in spring"),
        (None, ""),
    ],
)
def test_a_moment_is_told_with_its_offset_and_a_day_without_an_hour(time: str | None, told: str) -> None:
    assert stamp(time, "en") == told
