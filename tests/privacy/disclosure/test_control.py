"""Which cells are hidden: nothing that is left tells of a small one."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.disclosure import control
from ckanext.opengovbelize.privacy.disclosure.audit import CONTRADICTORY, TIMED_OUT, TOO_NARROW, audit
from ckanext.opengovbelize.privacy.disclosure.control import protect
from ckanext.opengovbelize.privacy.disclosure.system import Equation, Order, System, SystemFault
from hypothesis import given, settings
from hypothesis import strategies as st

from .systems import EVERYBODY, examples
from .tables import counted, inner, system, that_fit

MODES = System([Equation("all", ("online", "in-person"))])
DISTRICTS = System([Equation("all", ("cayo", "belize", "toledo", "corozal"))])


def every(table, threshold):
    return dict.fromkeys(table, threshold)


def hidden(protection):
    return protection.primary | protection.secondary


def test_where_nothing_is_small_nothing_is_hidden():
    values = {"all": 40, "online": 20, "in-person": 20}
    assert hidden(protect(MODES, values, thresholds=every(values, 10))) == set()


def test_a_small_cell_takes_another_with_it():
    values = {"all": 40, "online": 37, "in-person": 3}
    found = protect(MODES, values, thresholds=every(values, 10))
    assert found.primary == {"in-person"}
    assert len(found.secondary) == 1


def test_of_several_the_cheapest_is_hidden_beside_it():
    values = {"all": 103, "cayo": 40, "belize": 40, "toledo": 3, "corozal": 20}
    weights = {"all": 50.0, "cayo": 4.0, "belize": 4.0, "corozal": 1.0, "toledo": 1.0}
    found = protect(DISTRICTS, values, thresholds=every(values, 10), weights=weights)
    assert found.primary == {"toledo"}
    assert found.secondary == {"corozal"}


def test_a_zero_is_hidden_like_any_small_count():
    values = {"all": 80, "cayo": 40, "belize": 40, "toledo": 0, "corozal": 0}
    found = protect(DISTRICTS, values, thresholds=every(values, 10))
    assert found.primary == {"toledo", "corozal"}
    # Their sum would be 0: a third has to go with them.
    assert found.secondary


def test_a_group_of_one_and_a_category_that_all_but_one_share():
    values = {"all": 40, "cayo": 39, "belize": 1, "toledo": 0, "corozal": 0}
    found = protect(DISTRICTS, values, thresholds=every(values, 10))
    assert {"belize", "toledo", "corozal"} <= hidden(found)
    assert {"cayo", "all"} & hidden(found)


def test_what_cannot_occur_is_shown_as_such_and_protects_nothing():
    values = {"all": 40, "online": 40, "in-person": None}
    found = protect(MODES, values, thresholds=every(values, 10), impossible=["in-person"])
    assert hidden(found) == set()
    values = {"all": 4, "online": 4, "in-person": None}
    found = protect(MODES, values, thresholds=every(values, 10), impossible=["in-person"])
    assert hidden(found) == {"all", "online"}


def test_what_is_public_already_cannot_be_hidden_so_that_nothing_may_follow_it():
    values = {"all": 40, "online": 37, "in-person": 3}
    found = protect(MODES, values, thresholds=every(values, 10), published=["all", "online"])
    assert (found.refusal, found.narrow) == (TOO_NARROW, ("in-person",))
    assert hidden(found) == set()


def test_what_was_hidden_before_stays_so():
    values = {"all": 40, "online": 20, "in-person": 20}
    found = protect(MODES, values, thresholds=every(values, 10), suppressed=["online", "in-person"])
    assert hidden(found) == {"online", "in-person"}


def test_a_count_that_nobody_knows_any_more_stays_hidden_and_possible():
    values = {"all": 40, "online": None, "in-person": None}
    found = protect(MODES, values, thresholds=every(values, 10))
    assert {"online", "in-person"} == hidden(found)
    assert found.refusal == ""


def test_a_count_that_nobody_publishes_is_protected_where_small():
    """Who came without having registered stands in no table, but anybody could subtract."""
    came = System([Equation("came", ("registered-and-came", "walk-ins"))])
    values = {"came": 40, "registered-and-came": 38, "walk-ins": 2}
    found = protect(came, values, thresholds=every(values, 10), unpublished=["walk-ins"])
    assert {"came", "registered-and-came"} & found.secondary
    assert "walk-ins" not in hidden(found)


def test_the_size_of_the_series_is_a_bound_that_everybody_knows():
    linked = System([Equation("all", ("online", "in-person"))], [Order("all", "series")])
    values = {"all": 11, "online": 2, "in-person": 9, "series": 11}
    found = protect(linked, values, thresholds=every(values, 10))
    shown = {cell: count for cell, count in values.items() if cell not in hidden(found)}
    report = audit(linked, shown, dict.fromkeys(found.primary, 10))
    assert report.refusal == ""


def test_where_only_halves_are_cheap_whole_numbers_are_looked_for():
    """``x`` is always even here: 1 would cost least, but its table has halves; 2 is possible."""
    linked = System([Equation("ab", ("a", "b")), Equation("bc", ("b", "c")), Equation("x", ("a", "c"))])
    values = {"ab": 1, "bc": 1, "a": 0, "b": 1, "c": 0, "x": 0}
    found = protect(linked, values, thresholds={"x": 1}, published=["ab", "bc"])
    assert (found.primary, found.secondary) == ({"x"}, {"a", "b", "c"})
    assert found.intervals["x"] == (0, 2)


def test_the_audit_has_the_last_word(monkeypatch):
    """Whatever mistake the search for a pattern makes, none is returned that an audit does not find safe."""
    monkeypatch.setattr(control._Pattern, "hide", lambda _self: None)
    values = {"all": 40, "online": 37, "in-person": 3}
    found = protect(MODES, values, thresholds=every(values, 10))
    assert (found.refusal, found.narrow) == (TOO_NARROW, ("in-person",))
    assert hidden(found) == set()


@pytest.mark.parametrize(
    ("values", "options", "refusal"),
    [
        ({"all": 5, "online": 2, "in-person": 2}, {}, CONTRADICTORY),
        ({"all": 40, "online": 37, "in-person": 3}, {"seconds": 0}, TIMED_OUT),
    ],
)
def test_what_cannot_be_proved_is_refused(values, options, refusal):
    assert protect(MODES, values, thresholds=every(values, 10), **options).refusal == refusal


@pytest.mark.parametrize(
    "options",
    [
        {"suppressed": ["all"], "published": ["all"]},
        {"published": ["nobody"]},
        {"weights": {"all": -1.0}},
        {"thresholds": {"all": 0}},
    ],
)
def test_settings_that_make_no_sense_are_errors(options):
    values = {"all": 40, "online": 37, "in-person": 3}
    with pytest.raises(SystemFault):
        protect(MODES, values, **{"thresholds": every(values, 10), **options})


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_among_all_tables_that_fit_every_small_cell_is_nought_and_is_not_small(data):
    """By brute force, over every table of up to 14 people: the attacker's own way."""
    shape, most = data.draw(st.sampled_from([((3,), 4), ((2, 2), 3), ((2, 3), 2)]))
    threshold = data.draw(st.integers(1, 3))
    size = len(inner(shape))
    table = counted(shape, data.draw(st.lists(st.integers(0, most), min_size=size, max_size=size)))
    found = protect(system(shape), table, thresholds=every(table, threshold))
    assert found.refusal == ""
    assert found.primary == {cell for cell, count in table.items() if count < threshold}
    assert not found.primary & found.secondary
    shown = {cell: count for cell, count in table.items() if cell not in hidden(found)}
    tables = that_fit(shape, 14, shown)
    for cell in found.primary:
        assert tables[cell].min() == 0
        assert tables[cell].max() >= threshold


@settings(max_examples=150, deadline=None)
@given(examples(), st.integers(1, 3))
def test_what_is_refused_cannot_be_protected_and_all_else_is(example, threshold):
    """With overlapping sums, orders, and a number of people that is public: it may be too small for any pattern."""
    values, impossible = example.values, example.impossible
    thresholds = every(values, threshold)
    found = protect(
        example.system, values, thresholds=thresholds, published=[EVERYBODY], impossible=impossible
    )
    fixed = {EVERYBODY, *impossible}
    small = {key for key, value in values.items() if value < threshold and key not in fixed}

    def exposed(shown):
        tables = example.that_fit({key: values[key] for key in shown})
        return {key for key in small if tables[key].min() > 0 or tables[key].max() < threshold}

    assert set(found.narrow) == exposed(fixed)
    assert bool(found.refusal) == bool(found.narrow)
    if not found.refusal:
        assert found.primary == small
        assert not hidden(found) & fixed
        assert not exposed(values.keys() - hidden(found))


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([(6, 5), (2, 6), (3, 6, 2), (2, 7, 3)]),
    st.integers(5, 10),
    st.randoms(use_true_random=False),
)
def test_of_larger_tables_an_audit_from_scratch_finds_nothing(shape, threshold, chance):
    table = counted(shape, [chance.choice((0, 0, 1, 3, 7, 12, 25)) for _ in inner(shape)])
    weights = {cell: 1.0 + 3 * cell.count(None) for cell in table}
    found = protect(system(shape), table, thresholds=every(table, threshold), weights=weights)
    assert found.refusal == ""
    assert not found.primary & found.secondary
    shown = {cell: count for cell, count in table.items() if cell not in hidden(found)}
    report = audit(system(shape), shown, dict.fromkeys(found.primary, threshold), exact=len(table) < 50)
    assert report.refusal == ""
    assert all(interval.low == 0 for interval in report.intervals.values())
