"""What cannot be checked in time is given up breakdown by breakdown, the largest first; totals remain."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.disclosure.audit import TIMED_OUT
from ckanext.opengovbelize.statistics import settling
from ckanext.opengovbelize.statistics.case import Case

from .meetings import groups, proposed

CROSSED = {"dimensions": ("mode", "sector", "gender"), "crossings": (("sector", "gender"),)}


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A check that has time for so many figures only."""
    in_time = settling.protected

    def check(case: Case, seconds: float) -> tuple[dict, dict]:
        if len(case.wanted) > request.param:
            return {}, {(one.session, one.breakdown): TIMED_OUT for one in case.wanted if one.breakdown} or {
                ("_T", ""): TIMED_OUT
            }
        return in_time(case, seconds)

    monkeypatch.setattr(settling, "protected", check)


@pytest.mark.parametrize(
    ("slow", "left_out", "remaining"),
    [
        (30, {"sector-gender"}, {"", "sector", "gender"}),
        (8, {"sector-gender", "sector"}, {"", "gender"}),
    ],
    indirect=["slow"],
)
@pytest.mark.usefixtures("slow")
def test_crossings_go_first_and_then_the_largest(left_out: set[str], remaining: set[str]) -> None:
    found = proposed({"one": groups(government=40, academia=30)}, **CROSSED)

    assert {(one.breakdown, one.code) for one in found.refusals} == {(name, TIMED_OUT) for name in left_out}
    shown = {"-".join(filter(None, (row.dimension_1, row.dimension_2))) for row in found.rows if row.value}
    assert shown == remaining


@pytest.mark.parametrize("slow", [0], indirect=True)
@pytest.mark.usefixtures("slow")
def test_where_not_even_totals_can_be_checked_nothing_is_published() -> None:
    found = proposed({"one": groups(government=40)}, dimensions=("sector",))

    assert not found.rows
    assert found.refusals[-1].code == TIMED_OUT


def test_no_time_at_all_publishes_nothing() -> None:
    found = proposed({"one": groups(government=40)}, dimensions=("sector",), seconds=0)

    assert (found.rows, [one.code for one in found.refusals]) == ([], [TIMED_OUT])
