"""The median of the minutes: what it tells of the groups by minutes is taken into account, or it is not published."""

from __future__ import annotations

from ckanext.opengovbelize.records.attendance.model import IN_PERSON
from ckanext.opengovbelize.statistics.cells import MEDIAN, Cell, cell
from ckanext.opengovbelize.statistics.given import Given, protect

from .meetings import person, proposed, released, shown

MINUTES = {"dimensions": ("minutes",)}


def session(**sizes: int):
    """So many people of each length of stay; ``unknown`` left without being noticed."""
    rows = []
    for name, size in sizes.items():
        for _ in range(size):
            minutes = {"short": 5, "half": 30, "most": 60, "all": 90}.get(name, 90)
            rows.append(person(len(rows), mode=IN_PERSON, minutes=minutes))
            if name == "unknown":
                rows[-1].end = None
    return {"one": rows}


def median_of(proposal) -> int | None:
    return shown(proposal, measure=MEDIAN)["one", "_T", "", "", MEDIAN]


def groups_of(proposal) -> dict[str, int | None]:
    rows = shown(proposal, dimension_1="minutes", mode="_T")
    return {key[2]: value for key, value in rows.items()}


def test_it_is_published_from_twice_the_threshold_on() -> None:
    assert median_of(proposed(session(all=20), **MINUTES)) == 90
    assert median_of(proposed(session(all=19), **MINUTES)) is None


def test_it_needs_the_times_of_as_many_as_the_threshold() -> None:
    assert median_of(proposed(session(all=10, unknown=15), **MINUTES)) == 90
    assert median_of(proposed(session(all=9, unknown=16), **MINUTES)) is None


def test_it_is_withheld_where_half_of_the_people_would_be_a_small_group() -> None:
    # A median of 90 minutes would tell that nine people or more, half of those with times, stayed 75 minutes.
    proposal = proposed(session(short=8, all=9, unknown=4), **MINUTES)

    assert (median_of(proposal), groups_of(proposal)["75-and-more"]) == (None, None)
    assert shown(proposal, measure="attended", dimension_1="")["one", "_T", "", "", "attended"] == 21


def test_groups_are_hidden_until_the_median_tells_nothing_of_small_ones() -> None:
    proposal = proposed(session(short=12, half=2, all=30), **MINUTES)
    groups = groups_of(proposal)

    assert median_of(proposal) == 90
    hidden = 44 - sum(value for value in groups.values() if value)
    # "15 to 44" may be 10 or more, and still half of all stay 90 minutes.
    assert groups["15-44"] is None
    assert hidden >= 10


def test_an_earlier_release_with_a_median_tells_of_the_same_table() -> None:
    first = proposed(session(short=12, half=2, all=30), **MINUTES)
    second = proposed(session(short=12, half=2, all=30), **MINUTES, released=(released(first),))

    assert (second.refusals, second.rows) == ((), first.rows)


def test_a_median_that_somebody_else_published_follows_the_same_rules() -> None:
    counts = {"under-15": 8, "15-44": 0, "45-74": 0, "75-and-more": 9, "unknown": 4}
    table: dict[Cell, int | None] = {cell("one", {"minutes": code}): count for code, count in counts.items()}
    table |= {Cell("one"): 21, Cell("one", measure=MEDIAN): 88}

    def median(**changed: int) -> int | None:
        total = Cell("one")
        rows = protect(Given("", {**table, total: changed.get("total", 21)}), thresholds={"one": 10}).rows
        return next(row.value for row in rows if row.measure == MEDIAN)

    assert median() is None
    table |= {cell("one", {"minutes": "75-and-more"}): 40}
    assert median(total=52) == 90
