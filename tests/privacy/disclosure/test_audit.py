"""What an attacker can work out: compared by hand, and with all tables that there could be."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.disclosure.audit import (
    CONTRADICTORY,
    TIMED_OUT,
    TOO_NARROW,
    Interval,
    audit,
)
from ckanext.opengovbelize.privacy.disclosure.system import Equation, Order, System, SystemFault
from hypothesis import given, settings
from hypothesis import strategies as st

from .systems import EVERYBODY, examples
from .tables import cells, counted, inner, system, that_fit

SUM = System([Equation("all", ("online", "in-person"))])


def test_one_hidden_part_of_a_sum_is_no_secret():
    found = audit(SUM, {"all": 40, "online": 37}, {"in-person": 10}, exact=True)
    assert found.intervals["in-person"] == Interval(3, 3)
    assert (found.refusal, found.narrow) == (TOO_NARROW, ("in-person",))


def test_two_hidden_parts_can_be_anything_up_to_the_sum():
    found = audit(SUM, {"all": 40}, {"in-person": 10, "online": 10}, exact=True)
    assert found.intervals == {"in-person": Interval(0, 40), "online": Interval(0, 40)}
    assert found.refusal == ""


def test_two_hidden_cells_with_a_small_sum_are_not_protected():
    found = audit(SUM, {"all": 9}, {"in-person": 10, "online": 10})
    assert found.refusal == TOO_NARROW
    assert set(found.narrow) == {"in-person", "online"}


def test_what_is_not_shown_at_all_has_no_greatest_value():
    found = audit(SUM, {}, {"all": 10}, exact=True)
    assert found.intervals["all"] == Interval(0, None)


def test_that_one_count_is_never_above_another_is_known_too():
    series = System([Equation("all", ("online", "in-person"))], [Order("all", "series")])
    found = audit(series, {"series": 12}, {"in-person": 10}, exact=True)
    assert found.intervals["in-person"] == Interval(0, 12)
    assert audit(series, {"series": 9}, {"in-person": 10}).refusal == TOO_NARROW


def test_a_category_that_cannot_occur_is_known_to_be_empty():
    found = audit(SUM, {"all": 40}, {"online": 10}, impossible=["in-person"])
    assert found.narrow == ("online",)


def test_a_table_with_its_margins_is_worked_out_by_hand():
    """Of four hidden cells at the corners of a rectangle, one tells all; each moves by what its row and column have.

    ======  ======  ======  ======
            public  other   all
    ======  ======  ======  ======
    Cayo    3 ?     8 ?     11
    Toledo  9 ?     20 ?    29
    all     12      28      40
    ======  ======  ======  ======
    """
    table = counted((2, 2), [3, 8, 9, 20])
    shown = {cell: value for cell, value in table.items() if None in cell}
    found = audit(system((2, 2)), shown, dict.fromkeys(inner((2, 2)), 10), exact=True)
    assert found.intervals == {
        (0, 0): Interval(0, 11),
        (0, 1): Interval(0, 11),
        (1, 0): Interval(1, 12),
        (1, 1): Interval(17, 28),
    }
    assert found.narrow == ((1, 0), (1, 1))


def test_room_that_only_halves_could_use_is_no_protection():
    """``x`` is a + c, and a = 1 - b = c: even. With x + y = 1 the linear bound of x is 1, but x is always 0."""
    linked = System(
        [
            Equation("ab", ("a", "b")),
            Equation("bc", ("b", "c")),
            Equation("x", ("a", "c")),
            Equation("xy", ("x", "y")),
        ]
    )
    shown = {"ab": 1, "bc": 1, "xy": 1}
    assert audit(linked, shown, {"x": 1}).narrow == ("x",)
    assert audit(linked, shown, {"x": 1}, exact=True).intervals == {"x": Interval(0, 0)}
    # With one more, 2 is even as well.
    assert audit(linked, shown | {"xy": 2}, {"x": 1}, exact=True).intervals == {"x": Interval(0, 2)}


def test_shown_values_that_contradict_each_other_prove_nothing():
    assert audit(SUM, {"all": 4, "online": 5}, {"in-person": 1}).refusal == CONTRADICTORY
    assert audit(SUM, {"all": 4, "online": 1, "in-person": 2}, {}).refusal == CONTRADICTORY


def test_no_whole_table_is_a_contradiction_even_if_halves_would_do():
    """Three cells of which each two add up to 1."""
    odd = System([Equation("ab", ("a", "b")), Equation("bc", ("b", "c")), Equation("ca", ("c", "a"))])
    assert audit(odd, {"ab": 1, "bc": 1, "ca": 1}, {"a": 1}).refusal == CONTRADICTORY


def test_out_of_time_proves_nothing():
    shape = (3, 4)
    shown = {(None, None): 100}
    assert audit(system(shape), shown, dict.fromkeys(inner(shape), 10), seconds=0).refusal == TIMED_OUT


def test_tables_from_elsewhere_are_checked_before_they_are_believed():
    # Together they claim 0 and 10; neither adds up with the 40 and 37 that are shown.
    lies = [{"all": 37, "online": 37, "in-person": 0}, {"all": 47, "online": 37, "in-person": 10}]
    found = audit(SUM, {"all": 40, "online": 37}, {"in-person": 10}, tables=lies)
    assert found.narrow == ("in-person",)


@pytest.mark.parametrize(
    ("shown", "targets"),
    [({"nobody": 1}, {}), ({}, {"nobody": 1}), ({"all": -1}, {}), ({"all": 2.5}, {}), ({}, {"all": 0})],
)
def test_what_makes_no_sense_is_an_error_and_no_proof(shown, targets):
    with pytest.raises(SystemFault):
        audit(SUM, shown, targets)


SHAPES = st.sampled_from([(4,), (2, 2), (2, 3), (2, 2, 2)])
MOST = 7


@st.composite
def published(draw):
    """Draw a table of at most seven people of which some cells are shown, the number of people among them."""
    shape = draw(SHAPES)
    counts, left = [], MOST
    for _ in inner(shape):
        counts.append(draw(st.integers(0, left)))
        left -= counts[-1]
    table = counted(shape, counts)
    total = (None,) * len(shape)
    chosen = [cell for cell in cells(shape) if cell == total or draw(st.booleans())]
    return shape, table, {cell: table[cell] for cell in chosen}


@settings(max_examples=150, deadline=None)
@given(published(), st.integers(1, 4))
def test_the_intervals_are_those_of_all_tables_that_there_could_be(example, threshold):
    shape, table, shown = example
    tables = that_fit(shape, MOST, shown)
    targets = {cell: threshold for cell in table if cell not in shown}
    found = audit(system(shape), shown, targets, exact=True)
    assert found.intervals == {
        cell: Interval(int(tables[cell].min()), int(tables[cell].max())) for cell in targets
    }
    narrow = {cell for cell in targets if tables[cell].min() > 0 or tables[cell].max() < threshold}
    assert set(found.narrow) == narrow
    assert bool(found.refusal) == bool(narrow)
    # The quick audit comes to the same verdict.
    assert set(audit(system(shape), shown, targets).narrow) == narrow


@settings(max_examples=150, deadline=None)
@given(examples(), st.integers(1, 3), st.data())
def test_so_they_are_with_sums_that_overlap_orders_and_what_cannot_occur(example, threshold, data):
    hidden = data.draw(st.sets(st.sampled_from([key for key in example.values if key != EVERYBODY])))
    shown = {key: value for key, value in example.values.items() if key not in hidden}
    targets = dict.fromkeys(sorted(hidden - example.impossible), threshold)
    tables = example.that_fit(shown)
    for exact in (True, False):
        found = audit(example.system, shown, targets, impossible=example.impossible, exact=exact)
        assert set(found.narrow) == {
            key for key in targets if tables[key].min() > 0 or tables[key].max() < threshold
        }
        for key, interval in found.intervals.items():
            whole = (tables[key].min(), tables[key].max())
            assert whole == interval if exact else whole[0] <= interval.low <= interval.high <= whole[1]
