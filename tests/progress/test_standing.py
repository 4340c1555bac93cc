"""How a plan stands: every indicator is counted once in every period, whatever was reported."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from ckanext.opengovbelize.progress import standing
from hypothesis import given
from hypothesis import strategies as st

PERIODS = [
    {"code": "2022-H1", "start": "2022-01-01", "end": "2022-06-30", "due": "2022-07-31"},
    {"code": "2021-H1", "start": "2021-01-01", "end": "2021-06-30", "due": "2021-07-31"},
    {"code": "2021-H2", "start": "2021-07-01", "end": "2021-12-31", "due": "2022-01-31"},
]
IN_ORDER = ["2021-H1", "2021-H2", "2022-H1"]
STATUSES = ["NS", "LP", "SP", "C"]


def commitment(
    *statuses: dict[str, str], stage: str = "final", deadline: str = "2021-12-31"
) -> dict[str, Any]:
    """A commitment with an indicator for each mapping of periods to reported statuses."""
    indicators = [{"code": f"1.{number}", "deadline": deadline} for number, _each in enumerate(statuses, 1)]
    reports = [
        {"indicator": f"1.{number}", "period": period, "status": status}
        for number, each in enumerate(statuses, 1)
        for period, status in each.items()
    ]
    return {"id": f"id-{statuses}-{stage}", "stage": stage, "indicators": indicators, "reports": reports}


def states(row: dict[str, Any], on: date) -> list[str]:
    return [cell.state for cell in standing.of_commitment(row, PERIODS, on).indicators[0].cells]


def test_the_latest_status_is_that_of_the_latest_period_not_of_the_latest_row() -> None:
    row = commitment({"2021-H2": "SP", "2021-H1": "LP"})

    found = standing.of_commitment(row, PERIODS, date(2022, 3, 1))

    assert [cell.period for cell in found.indicators[0].cells] == IN_ORDER
    assert found.latest == {"SP": 1}


def test_a_report_is_missing_from_the_day_after_it_was_due() -> None:
    assert states(commitment({}), date(2021, 7, 31)) == ["waiting", "waiting", "coming"]
    assert states(commitment({}), date(2021, 8, 1)) == ["missing", "waiting", "coming"]


def test_what_is_complete_owes_no_more_reports_until_a_report_says_otherwise() -> None:
    on = date(2023, 1, 1)

    assert states(commitment({"2021-H1": "C"}), on) == ["reported", "complete-before", "complete-before"]
    assert states(commitment({"2021-H1": "C", "2021-H2": "SP"}), on) == ["reported", "reported", "missing"]
    counts = standing.of_commitment(commitment({"2021-H1": "C"}), PERIODS, on).periods
    assert counts == {period: {"C": 1} for period in IN_ORDER}


def test_an_indicator_is_overdue_after_its_deadline_unless_it_is_complete() -> None:
    rows = [commitment({"2021-H1": "SP"}), commitment({"2021-H1": "C"}), commitment({})]

    on_the_day = standing.of_plan(rows, PERIODS, date(2021, 12, 31))
    day_after = standing.of_plan(rows, PERIODS, date(2022, 1, 1))

    assert on_the_day.overdue == ()
    assert [indicator.status for _row, indicator in day_after.overdue] == ["SP", "none"]


def test_what_was_merged_or_dropped_is_not_reported_on() -> None:
    ended = [commitment({}, stage=stage) for stage in ("merged", "dropped")]

    found = standing.of_plan(ended, PERIODS, date(2023, 1, 1))

    assert (found.indicators, found.overdue, found.missing) == (0, (), ())


def test_nothing_is_due_for_periods_before_the_work_began() -> None:
    late = {**commitment({}, {}), "start": "2021-07-01", "milestones": [{"code": "m", "start": "2022-01-01"}]}
    late["indicators"][0]["milestone"] = "m"

    found = standing.of_plan([late], PERIODS, date(2023, 1, 1))

    first, second = [row.get("code") for row in late["indicators"]]
    missing = {(lack.indicator["code"], lack.period) for lack in found.missing}
    assert {period for code, period in missing if code == second} == {
        row["code"] for row in PERIODS if row["end"] >= "2021-07-01"
    }
    assert {period for code, period in missing if code == first} == {
        row["code"] for row in PERIODS if row["end"] >= "2022-01-01"
    }


def test_a_plan_without_periods_asks_for_nothing() -> None:
    found = standing.of_plan([commitment({}, {})], [], date(2030, 1, 1))

    assert (found.indicators, found.latest) == (2, {"none": 2})
    assert (found.periods, found.overdue, found.missing) == ({}, (), ())


@given(
    plan=st.lists(
        st.lists(
            st.dictionaries(st.sampled_from([*IN_ORDER, "unknown"]), st.sampled_from(STATUSES)), max_size=4
        ),
        max_size=5,
    ),
    after=st.integers(0, 1200),
)
def test_counts_always_add_up(plan: list[list[dict[str, str]]], after: int) -> None:
    rows = [{**commitment(*each), "id": str(number)} for number, each in enumerate(plan)]
    on = date(2020, 6, 1) + timedelta(days=after)

    found = standing.of_plan(rows, PERIODS, on)

    total = sum(len(each) for each in plan)
    assert found.indicators == total == sum(found.latest.values())
    assert list(found.periods) == IN_ORDER
    for period, counts in found.periods.items():
        assert sum(counts.values()) == total
        of_commitments = Counter[str]()
        for each in found.commitments.values():
            of_commitments.update(each.periods[period])
        assert of_commitments == counts
        # Whoever has not reported is among those without a report.
        assert len([lack for lack in found.missing if lack.period == period]) in (0, counts.get("none", 0))
