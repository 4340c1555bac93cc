"""Numbers of trust for sources in an order: they give that order, and few sources get another number."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.catalogue.trust_numbers import spread
from hypothesis import given
from hypothesis import strategies as st

NUMBERS = st.integers(0, 10_000).map(lambda number: number / 100)


def in_order(ages: list[int], trusts: list[float]) -> list[int]:
    """Return the ages as the catalogue puts sources in order."""
    return [age for _trust, age in sorted(zip((-trust for trust in trusts), ages, strict=True))]


@given(st.data())
def test_the_numbers_give_the_order(data: st.DataObject) -> None:
    now = data.draw(st.lists(st.one_of(st.sampled_from([0, 50, 100]), NUMBERS), max_size=40))
    order = data.draw(st.permutations(range(len(now))))
    given = spread(order, [now[age] for age in order])
    assert in_order(order, given) == order
    assert all(0 <= trust <= 100 and round(trust, 2) == trust for trust in given)
    # Who asks for the same order again changes nothing.
    assert spread(order, given) == given


@pytest.mark.parametrize(
    ("now", "order", "given"),
    [
        # All alike, as sources are made; the youngest is to come first.
        ([50, 50, 50], [2, 0, 1], [60, 50, 50]),
        ([50, 50, 50], [1, 2, 0], [50, 50, 40]),
        # One goes between two others, which stay; beside an older one it needs no number of its own.
        ([80, 20, 90], [2, 1, 0], [90, 85, 80]),
        ([90, 80, 20], [0, 2, 1], [90, 90, 80]),
        # No room at the ends, or between.
        ([100, 100], [1, 0], [100, 90]),
        ([60, 50, 60.01], [2, 1, 0], [60.01, 50, 40]),
        ([100, 0], [1, 0], [90, 80]),
    ],
)
def test_few_sources_get_another_number(now: list[float], order: list[int], given: list[float]) -> None:
    assert spread(order, [now[age] for age in order]) == given


@pytest.mark.parametrize("place", [0, 149, 299])
def test_three_hundred_sources_have_an_order_and_one_moves_alone(place: int) -> None:
    order = list(range(299, -1, -1))
    given = spread(order, [50] * 300)
    assert len(set(given)) == 300
    by_age = dict(zip(order, given, strict=True))
    moved = order.pop(200)
    order.insert(place, moved)
    again = spread(order, [by_age[age] for age in order])
    assert [age for age, trust in zip(order, again, strict=True) if trust != by_age[age]] == [moved]
    assert in_order(order, again) == order
