"""What counts as a good value of each kind. A complaint never repeats what was given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from ckanext.opengovbelize.schemas import values
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("stated", "stored"),
    [
        ("2020-02-13T10:30:00-06:00", "2020-02-13T10:30:00-06:00"),
        ("2020-02-13T10:30", "2020-02-13T10:30:00-06:00"),
        ("2020-02-13 10:30", "2020-02-13T10:30:00-06:00"),
        ("2020-02-13T16:30:00Z", "2020-02-13T16:30:00+00:00"),
        ("2020-02-13T12:30:00.5-04:00", "2020-02-13T12:30:00-04:00"),
    ],
)
def test_a_time_keeps_its_offset(stated: str, stored: str) -> None:
    assert values.time(stated, "America/Belize") == stored


@pytest.mark.parametrize(
    "stated",
    [
        "2020-02-13",
        "10:30",
        "13 February 2020 10:30",
        "2020-02-30 10:30",
        "2020-02-13 25:00",
        "0001-01-01 00:00",
        5,
    ],
)
def test_what_is_no_day_with_time_is_refused(stated: Any) -> None:
    with pytest.raises(ValueError):
        values.time(stated, "America/Belize")


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 30), timezones=st.timezones()))
def test_a_stored_time_is_stored_the_same_again(moment: datetime) -> None:
    try:
        stored = values.time(moment.isoformat(), "America/Belize")
    except ValueError:
        # Some zones had offsets of seconds a hundred years ago, or no such hour; nothing is guessed.
        return
    assert values.time(stored, "Asia/Tokyo") == stored
    assert datetime.fromisoformat(values.in_utc(stored)) == datetime.fromisoformat(stored)


def test_the_index_gets_utc() -> None:
    assert values.in_utc("2020-02-13T10:30:00-06:00") == "2020-02-13T16:30:00Z"


@pytest.mark.parametrize(
    "address",
    ["https://www.example.org/a?b=c#d", "http://example.bz", "https://www.facebook.com/OpenGovSample"],
)
def test_public_pages_are_links(address: str) -> None:
    assert values.link(f" {address} ") == address


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//example.org",
            "example.org",
            "#",
            "",
        ),
        *(
            "https://ana:secret@example.org/",
            "https://",
            "https://example.org/\"onclick='x'",
            "mailto:ana@example.org",
        ),
        *("https://example.org/?mail=ana%40example.org", "https://www.linkedin.com/in/ana-sample", 7, None),
        "https://example.org/" + "a" * 3000,
    ],
)
def test_what_is_no_public_page_is_refused(address: Any) -> None:
    with pytest.raises(ValueError):
        values.link(address)


def test_only_allowed_domains_of_coordinators_are_published() -> None:
    assert values.public_email("Desk@Example.org", "coordinator", ("example.org",)) == "desk@example.org"
    for address, role in [
        ("desk@example.org", "speaker"),
        ("desk@example.org", None),
        ("desk@example.com", "coordinator"),
        ("desk@sub.example.org", "coordinator"),
        ("desk@example.org.example.com", "coordinator"),
        ("desk@example.org,other@example.com", "coordinator"),
        ("desk", "coordinator"),
    ]:
        with pytest.raises(ValueError):
            values.public_email(address, role, ("example.org",))


@pytest.mark.parametrize(("stated", "stored"), [(1, 1), ("12", 12), (" 3 ", 3)])
def test_whole_numbers(stated: Any, stored: int) -> None:
    assert values.number(stated) == stored


@pytest.mark.parametrize("stated", [0, -1, 1.5, "1.5", "one", True, "٣", "9" * 40, None, [1]])
def test_what_is_no_whole_number_is_refused(stated: Any) -> None:
    with pytest.raises(ValueError):
        values.number(stated)


def test_text_loses_what_cannot_be_printed() -> None:
    assert values.text(" one\r\ntwo\x00\x1b[31m\ud800 ") == "one\ntwo[31m"
    assert values.line("one\n  two") == "one two"


@given(st.text(st.characters(codec="utf-8")))
def test_stored_text_is_stored_the_same_again(text: str) -> None:
    stored = values.text(text)

    assert values.text(stored) == stored
    assert values.line(values.line(text)) == values.line(text)


@pytest.mark.parametrize(
    "check", [values.without_private_patterns, values.link, values.code, values.zone, values.number]
)
@pytest.mark.parametrize("private", ["ana.sample@example.com", "call +501 610 0177", "@ana_sample"])
def test_complaints_do_not_repeat_the_value(check: Callable[..., Any], private: str) -> None:
    with pytest.raises(ValueError) as complaint:
        check(private)

    assert not [word for word in private.split() if word in str(complaint.value).split()]
    assert "sample" not in str(complaint.value)
