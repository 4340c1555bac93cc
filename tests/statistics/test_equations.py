"""What everybody knows of figures holds for every group of people."""

from __future__ import annotations

from ckanext.opengovbelize.records.attendance.model import IN_PERSON, ONLINE, Row
from ckanext.opengovbelize.statistics import equations
from ckanext.opengovbelize.statistics.case import attempt, tables_of
from ckanext.opengovbelize.statistics.cells import ALL, Cell, cell, circle, closed
from ckanext.opengovbelize.statistics.figures import Engagement
from ckanext.opengovbelize.statistics.model import Request, Session
from hypothesis import given, settings
from hypothesis import strategies as st

from .meetings import people, person

SECTORS = ("government", "academia", "media", "")
DISTRICTS = ("Belize", "Cayo", "Toledo", "")


@st.composite
def sessions(draw: st.DrawFn) -> dict[str, list[Row]]:
    """Two sessions of people, some in both, each with what they state of themselves."""
    stated = draw(st.lists(st.tuples(st.sampled_from(SECTORS), st.sampled_from(DISTRICTS)), max_size=25))

    def row(number: int) -> Row:
        sector, district = stated[number]
        mode, minutes = draw(st.sampled_from((IN_PERSON, ONLINE))), draw(st.integers(1, 120))
        return person(number, mode=mode, minutes=minutes, sector=sector, district=district)

    numbers = st.sets(st.integers(0, len(stated) - 1)) if stated else st.just(set())
    return {name: [row(number) for number in sorted(draw(numbers))] for name in ("one", "two")}


@settings(max_examples=25, deadline=None)
@given(sessions(), st.booleans())
def test_sums_and_orders_hold_for_every_group_of_people(found: dict[str, list[Row]], coarse: bool) -> None:
    chat = Engagement(messages=30, questions=12, answered=5, chatters=8)
    request = Request(
        people(found, ("sector", "district")),
        tuple(Session(name, times=True, registrations=True, chat=chat) for name in found),
        series="series",
        whole=True,
        crossings=(("sector", "district"),),
        coarse=frozenset({"district"} if coarse else ()),
        certificates=0,
    )
    case = attempt(request, tables_of(request), frozenset())
    sums = equations.among(case.values)

    assert len(sums) > 50
    for equation in sums:
        assert case.values[equation.whole] == sum(case.values[part] for part in equation.parts)
    for order in equations.orders(case.values, list(found), modes=(IN_PERSON, ONLINE)):
        assert case.values[order.lesser] <= case.values[order.greater]


def test_every_table_comes_with_its_margins() -> None:
    assert closed([("mode", "sector")]) == [(), ("mode",), ("sector",), ("mode", "sector")]


def test_crossings_that_form_a_circle_are_known() -> None:
    path = [("mode", "sector"), ("sector", "gender"), ("gender", "country")]

    assert not circle(path)
    assert circle([*path, ("sector", "country")])


def test_a_cell_is_found_by_what_its_row_says() -> None:
    assert cell("one", {"district": "BZ-CY", "sector": "media"}) == Cell(
        "one", ALL, "sector", "media", "district", "BZ-CY"
    )
