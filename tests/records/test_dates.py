"""When: dates and times as people write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from ckanext.opengovbelize.records import dates
from hypothesis import given
from hypothesis import strategies as st

ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SPANISH = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
FEBRUARY_13 = ("2020-02-13T10:30:00-06:00", "2020-02-13T12:00:00-06:00")


@pytest.mark.parametrize(
    "text",
    [
        "Thursday February 13, 2020 – 10:30AM-12:00PM (BZE-CST)",
        "jueves 13 de febrero de 2020, 10:30 a.m. a 12:00 m.",
        "13/02/2020 10:30 – 12:00",
        "13.02.2020; 10.30 - 12.00",
        "2020-02-13 10:30-12:00",
        "2020-02-13T10:30:00-06:00 – 2020-02-13T12:00:00-06:00",
        "2020-02-13T16:30Z - 2020-02-13T18:00Z",
        "Feb. 13th, 2020 from 10:30 to 12 noon, Belize time",
        "13th of February 2020, 10:30 a. m. – 12:00 p. m. (UTC-6)",
        "13 de febrero del 2020 de 10:30 a 12:00 horas (hora de Belice)",
        "13 de febrero de 2020, de 10h30 a 12h00",
        "10:30-12:00 hrs, Thursday 13 Feb 2020",
        "13 February 2020, 10:30 AM (90 minutes)",
        "13 February 2020 10:30 AM to 12:00 PM Belize / 11:30 AM to 1:00 PM Eastern",
    ],
)
def test_many_ways_to_write_one_time(text: str) -> None:
    when = dates.read(text)
    assert when.start and when.end
    # What is stated in another zone keeps its own offset: the same moment.
    expected = [datetime.fromisoformat(moment) for moment in FEBRUARY_13]
    assert [when.start, when.end] == expected
    assert when.problems == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("13 May 2020, 3:30-5:00 pm", "15:30", "17:00"),
        ("13 May 2020, 11 - 12:30 pm", "11:00", "12:30"),
        ("13 May 2020, 11:00 am - 1:00", "11:00", "13:00"),
        ("13 May 2020, 2 p.m.", "14:00", None),
        ("13 May 2020 at noon", "12:00", None),
        ("13 de mayo de 2020 a las 15:30 h", "15:30", None),
    ],
)
def test_half_stated_times(text: str, start: str, end: str | None) -> None:
    when = dates.read(text)
    assert when.start and when.start.strftime("%H:%M") == start
    assert (when.end.strftime("%H:%M") if when.end else None) == end


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("07/05/2020 10:30", "date-ambiguous"),
        ("February 2020", "date-unreadable"),
        ("30 February 2020, 10:30", "date-unreadable"),
        ("Thursday 13 February 2020", "time-missing"),
        ("13 February 2020, 10:30 (AEST)", "zone-unknown"),
        ("13-14 February 2020, 10:30", "date-range"),
    ],
)
def test_what_cannot_be_told_for_sure_stays_as_it_is_written(text: str, code: str) -> None:
    when = dates.read(text, place="line 4")
    assert (when.start, when.end, when.stated) == (None, None, text)
    assert [(problem.code, problem.place, problem.rejects) for problem in when.problems] == [
        (code, "line 4", False)
    ]


@pytest.mark.parametrize("text", ["10:00 am to 11:30 am", "10:30", "Thursday at noon", "a las 3 pm"])
def test_a_time_without_a_date_is_told_as_that(text: str) -> None:
    (problem,) = dates.read(text).problems
    assert "no date" in problem.message


@pytest.mark.parametrize("text", ["12 Febuary 2020, 10:30", "2020, 10:30", "soon", "32/13/2020 10 am"])
def test_a_date_that_cannot_be_read_is_not_told_as_missing(text: str) -> None:
    assert "no date" not in dates.read(text).problems[0].message


def test_a_weekday_decides_which_is_the_day() -> None:
    when = dates.read("Thursday 07/05/2020 10:30")
    assert when.start and when.start.date() == date(2020, 5, 7)


def test_a_wrong_weekday_is_told() -> None:
    when = dates.read("Friday 13 February 2020, 10:30")
    assert when.start and when.start.date() == date(2020, 2, 13)
    assert [problem.code for problem in when.problems] == ["weekday-mismatch"]


def test_an_end_before_the_start_rejects() -> None:
    when = dates.read("13 February 2020, 12:00 PM - 10:30 AM")
    assert [(problem.code, problem.rejects) for problem in when.problems] == [("end-before-start", True)]


def test_other_zones_keep_their_offset() -> None:
    when = dates.read("13 February 2020, 10:30 AM EST")
    assert when.start and when.start.isoformat() == "2020-02-13T10:30:00-05:00"
    when = dates.read("13 July 2020, 10:30", zone="Central Time (US & Canada)")
    assert when.start and when.start.isoformat() == "2020-07-13T10:30:00-05:00"
    when = dates.read("13 February 2020, 10:30 - 12:00 (UTC+2)")
    assert when.start and when.start.isoformat() == "2020-02-13T10:30:00+02:00"


def test_the_venue_beside_a_date_is_left_for_others() -> None:
    when = dates.read("Thursday February 13, 2020 – 10:30AM-12:00PM (BZE-CST) - BTEC, Belize City")
    assert "BTEC, Belize City" in when.rest


@given(
    moment=st.datetimes(datetime(1990, 1, 1), datetime(2090, 12, 31)),
    minutes=st.integers(1, 600),
    layout=st.sampled_from(["us", "iso", "spanish", "british"]),
)
def test_what_is_written_out_is_read_back(moment: datetime, minutes: int, layout: str) -> None:
    start = moment.replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)
    if end.date() != start.date():
        end = datetime.combine(start.date(), time(23, 59))
    text = {
        "us": f"{ENGLISH[start.month - 1]} {start.day}, {start.year}, {start:%I:%M %p} - {end:%I:%M %p}",
        "british": f"{start.day} {ENGLISH[start.month - 1]} {start.year}, {start:%H:%M}-{end:%H:%M}",
        "spanish": f"{start.day} de {SPANISH[start.month - 1]} de {start.year}, de {start:%H:%M} a {end:%H:%M} horas",
        "iso": f"{start:%Y-%m-%d} {start:%H:%M} to {end:%H:%M}",
    }[layout]
    when = dates.read(text)
    if end <= start:
        assert [problem.code for problem in when.problems] == ["end-before-start"]
        return
    assert when.start and when.end
    assert (when.start.replace(tzinfo=None), when.end.replace(tzinfo=None)) == (start, end)
    assert when.start.utcoffset() in (timedelta(hours=-6), timedelta(hours=-5))


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    when = dates.read(text)
    if when.start is None:
        assert when.end is None
        assert set(when.stated) <= set(text) | {" "}


@pytest.mark.parametrize("text", ["De 5 a 6:30 de la tarde", "from 5 to 6:30 in the afternoon"])
def test_a_part_of_the_day_on_a_line_of_its_own(text: str) -> None:
    assert dates.is_time(text)
    when = dates.read(f"10 de marzo de 2021, {text}")
    assert (str(when.start)[11:16], str(when.end)[11:16]) == ("17:00", "18:30")


@pytest.mark.parametrize(
    "times",
    [
        "10:30 am Belize / 12:30 pm EST / 16:30 GMT",
        "10:30 AM (Belize) | 11:30 AM (Jamaica) | 12:30 PM (Trinidad and Tobago)",
        "12:30 PM EST / 10:30 AM Belize",
        "Belize: 10:30 am; Jamaica: 11:30 am; London: 5:30 pm",
        "10:30 a.m. Belice / 11:30 a.m. Bogotá y Lima / 6:30 p.m. Madrid",
    ],
)
def test_of_one_time_told_in_several_zones_that_of_belize_counts(times: str) -> None:
    assert str(dates.read(f"7 May 2024, {times}").start) == "2024-05-07 10:30:00-06:00"
    assert dates.is_time(times) or "y Lima" in times


def test_a_range_told_in_several_zones() -> None:
    when = dates.read("7 May 2024, 10:00 AM - 11:30 AM Belize / 12:00 PM - 1:30 PM Trinidad")
    assert (str(when.start), str(when.end)) == ("2024-05-07 10:00:00-06:00", "2024-05-07 11:30:00-06:00")


def test_a_place_beside_a_time_is_no_zone() -> None:
    when = dates.read("7 May 2024, 10:30 AM, Panama Room, Belize City")
    assert str(when.start) == "2024-05-07 10:30:00-06:00"
    assert "Panama Room" in when.rest


def test_an_end_with_its_day_beside_a_start_in_the_international_form() -> None:
    when = dates.read("2024-05-07 10:30:00 -0600", end="2024-05-07 12:00")
    assert (str(when.end), when.problems) == ("2024-05-07 12:00:00-06:00", [])


def test_two_times_side_by_side_are_start_and_end() -> None:
    when = dates.read("7 May 2024, 10:30 AM 12:00 PM")
    assert (str(when.start)[11:16], str(when.end)[11:16]) == ("10:30", "12:00")


@pytest.mark.parametrize(
    "text",
    [
        "This webinar was postponed from Thursday, 6 August 2020 to Thursday, 13 August 2020, at 10:30 AM.",
        "Rescheduled from 6 August 2020 at 9:00 am to 13 August 2020 at 10:30 am",
        "Thursday 13 August 2020 (originally 6 August 2020), 10:30 AM",
        "13 August 2020, 10:30 AM, instead of 6 August 2020",
        "Reprogramado del jueves 6 de agosto de 2020 al jueves 13 de agosto de 2020, 10:30 a. m.",
    ],
)
def test_of_a_session_that_was_moved_the_new_day_counts(text: str) -> None:
    start = dates.read(text).start
    assert start and f"{start:%Y-%m-%d %H:%M}" == "2020-08-13 10:30"


@pytest.mark.parametrize(
    "text",
    ["Moved from Room 2 to Room 3: 13 August 2020 10:30 AM", "Postponed: 13 August 2020 from 10:30 AM"],
)
def test_what_was_moved_from_elsewhere_keeps_its_day(text: str) -> None:
    start = dates.read(text).start
    assert start and f"{start:%Y-%m-%d %H:%M}" == "2020-08-13 10:30"
