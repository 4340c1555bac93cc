"""Days, deadlines and periods, however a table writes them."""

from __future__ import annotations

from datetime import date

import pytest
from ckanext.opengovbelize.records.plans import days
from hypothesis import given
from hypothesis import strategies as st

from ..tables.making import Rows, delimited, workbook
from .found import codes, only, records


@pytest.mark.parametrize(
    ("others", "start", "problem"),
    [
        ("2021-01-01", None, "day-ambiguous"),
        ("25/12/2021", "2021-07-05", ""),
        ("12/25/2021", "2021-05-07", ""),
    ],
)
def test_the_column_settles_the_order_of_day_and_month_or_the_problem_asks(
    others: str, start: str | None, problem: str
) -> None:
    rows = [["Number", "Stage", "Title", "Start"], [1, "final", "A", "05/07/2021"], [2, "final", "B", others]]
    first = records(delimited(rows), "a.csv")[0]
    assert first.fields.get("start") == start
    assert codes(first) == [problem] * bool(problem)
    assert not first.is_rejected
    if problem:
        assert first.fields["date_as_stated"] == "05/07/2021"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-06-30", "2021-06-30", "2021-06-30"),
        ("2021-06-30 00:00:00", "2021-06-30", "2021-06-30"),
        ("30/06/2021", "2021-06-30", "2021-06-30"),
        ("6.30.21", "2021-06-30", "2021-06-30"),
        ("30 June 2021", "2021-06-30", "2021-06-30"),
        ("June 30th, 2021", "2021-06-30", "2021-06-30"),
        ("30-Jun-2021", "2021-06-30", "2021-06-30"),
        ("30-Jun-21", "2021-06-30", "2021-06-30"),
        ("2021-06-30T10:00:00Z", "2021-06-30", "2021-06-30"),
        ("6/30/2021 9:15 AM", "2021-06-30", "2021-06-30"),
        ("el 30 de junio de 2021", "2021-06-30", "2021-06-30"),
        ("44377", "2021-06-30", "2021-06-30"),
        ("June 2021", "2021-06-01", "2021-06-30"),
        ("fines de junio de 2021", "2021-06-01", "2021-06-30"),
        ("06/2021", "2021-06-01", "2021-06-30"),
        ("2021-H1", "2021-01-01", "2021-06-30"),
        ("January to June 2021", "2021-01-01", "2021-06-30"),
        ("segundo semestre de 2021", "2021-07-01", "2021-12-31"),
        ("Feb-Jul 2021", None, None),
        ("2021, second half", "2021-07-01", "2021-12-31"),
        ("II semestre de 2021", "2021-07-01", "2021-12-31"),
        ("Semestre 2, 2021", "2021-07-01", "2021-12-31"),
        ("1 July 2021 - 31 December 2021", "2021-07-01", "2021-12-31"),
        ("01/07/2021 al 31/12/2021", "2021-07-01", "2021-12-31"),
        ("2021-04-01/2021-06-30", "2021-04-01", "2021-06-30"),
        ("1 July 2021 - 30 December 2021", None, None),
        ("Q2 2021", "2021-04-01", "2021-06-30"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("31 June 2021", None, None),
        ("soon", None, None),
    ],
)
def test_ways_to_state_a_day(text: str, first: str | None, last: str | None) -> None:
    stated = days.read(text)
    assert (stated.first and stated.first.isoformat(), stated.last and stated.last.isoformat()) == (
        first,
        last,
    )
    assert bool(stated.fault) is (first is None)


@given(
    st.dates(date(1950, 1, 1), date(2090, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y"]),
)
def test_every_day_is_read_as_it_is_written(day: date, form: str) -> None:
    stated = days.read(day.strftime(form))
    assert (stated.first, stated.last) == (day, day)


@pytest.mark.parametrize(
    "stated", ["2021-S1", "H1 2021", "Jan-Jun 2021", "First half of 2021", "1er semestre de 2021"]
)
def test_a_period_has_one_name_however_it_is_written(stated: str) -> None:
    rows = [["Commitment", "Indicator", "Period", "Status"], ["1", "1.1", stated, "C"]]
    assert only(delimited(rows)).fields["period"] == "2021-H1"


def test_one_day_that_can_be_read_only_one_way_settles_the_days_of_its_table() -> None:
    rows = [["Number", "Stage", "Title", "Start", "End"], [1, "final", "A", "9/1/2021", "8/31/2022"]]
    assert only(delimited(rows), "a.csv").fields["start"] == "2021-09-01"


@pytest.mark.parametrize(
    ("stated", "day", "code"),
    [
        ("Ongoing, twice a year", None, "day-in-words"),
        ("By fall 2025", None, "day-in-words"),
        ("By end of 2025", "2025-12-31", "day-assumed"),
    ],
)
def test_a_deadline_in_words_stays_in_words(stated: str, day: str | None, code: str) -> None:
    rows: Rows = [["Commitment", "Indicator", "Title", "Deadline"], ["1", "1.1", "Ports", stated]]
    record = only(workbook({"indicators": rows}), "plan.xlsx")
    (row,) = record.fields["indicators"]
    assert (row.get("deadline"), row["deadline_as_stated"], codes(record)) == (day, stated, [code])
