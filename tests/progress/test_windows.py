"""When a period is open, for any plan whose periods do not overlap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from ckanext.opengovbelize.progress import windows
from hypothesis import given
from hypothesis import strategies as st

from .conftest import PERIODS

FIRST, SECOND, LAST = PERIODS
ORDER = ["coming", "open", "late", "closed"]


@pytest.mark.parametrize(
    ("period", "on", "expected"),
    [
        (FIRST, "2020-12-31", "coming"),
        (FIRST, "2021-01-01", "open"),
        (FIRST, "2021-07-31", "open"),
        (FIRST, "2021-08-01", "late"),
        (FIRST, "2022-01-31", "late"),
        (FIRST, "2022-02-01", "closed"),
        (LAST, "2022-07-31", "open"),
        (LAST, "2099-01-01", "late"),
    ],
)
def test_a_period_opens_and_closes_by_its_dates(period, on, expected):
    assert windows.state(period, reversed(PERIODS), date.fromisoformat(on)) == expected


def test_a_period_does_not_close_before_its_own_due_date():
    long = {**FIRST, "due": "2022-03-31"}

    assert windows.state(long, [long, SECOND], date(2022, 3, 31)) == "open"
    assert windows.state(long, [long, SECOND], date(2022, 4, 1)) == "closed"


@st.composite
def plans(draw: st.DrawFn) -> list[windows.Period]:
    """Periods one after another, in any order, each due some time after its end."""
    day, periods = date(2020, 1, 1), []
    for number in range(draw(st.integers(1, 6))):
        start = day + timedelta(draw(st.integers(0, 40)))
        end = start + timedelta(draw(st.integers(0, 200)))
        due = end + timedelta(draw(st.integers(0, 400)))
        periods.append({"code": f"P{number}", "start": f"{start}", "end": f"{end}", "due": f"{due}"})
        day = end + timedelta(1)
    return draw(st.permutations(periods))


@given(plans(), st.dates(date(2019, 6, 1), date(2026, 1, 1)))
def test_a_period_never_goes_back(periods, on):
    for period in periods:
        before = windows.state(period, periods, on)
        after = windows.state(period, periods, on + timedelta(1))

        assert ORDER.index(before) <= ORDER.index(after)
        assert (before in ("late", "closed")) == windows.is_late(period, on)


@given(plans(), st.dates(date(2019, 6, 1), date(2026, 1, 1)))
def test_the_last_period_never_closes_and_every_other_does(periods, on):
    *others, last = windows.ordered(periods)

    assert windows.state(last, periods, on) != "closed"
    for period in others:
        end = windows.last_day(period, periods)
        assert end is not None
        assert windows.state(period, periods, end) in ("open", "late")
        assert windows.state(period, periods, end + timedelta(1)) == "closed"
