"""What is published of sessions, and what attackers make of it."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.attendance.model import IN_PERSON, ONLINE
from ckanext.opengovbelize.statistics.cells import MODES

from .meetings import groups, person, proposed, released, shown


def sector_values(proposal, session: str = "one") -> dict[str, int | None]:
    rows = shown(proposal, session=session, dimension_1="sector", dimension_2="", mode="_T")
    return {key[2]: value for key, value in rows.items()}


def test_large_groups_are_published_and_small_ones_are_not() -> None:
    proposal = proposed({"one": groups(government=40, academia=25, media=3)})

    values = sector_values(proposal)

    assert values["public-service"] == 40
    assert values["media"] is None
    assert set(values) == {
        "public-service",
        "education",
        "civil-society",
        "private-sector",
        "international",
        "media",
        "unknown",
    }


def test_a_group_of_one_cannot_be_worked_out_from_the_total() -> None:
    proposal = proposed({"one": groups(government=40, academia=25, media=1)}, dimensions=("sector",))

    hidden = 66 - sum(value for value in sector_values(proposal).values() if value)

    # What is hidden altogether is so much that the one may be anything up to T.
    assert hidden >= 10
    assert shown(proposal, measure="attended", dimension_1="")["one", "_T", "", "", "attended"] == 66


def test_two_hidden_groups_with_a_small_sum_take_a_third_with_them() -> None:
    proposal = proposed({"one": groups(government=40, academia=25, media=2, international=3)})

    assert [code for code, value in sector_values(proposal).items() if value] == ["public-service"]


def test_a_category_that_all_but_one_share_is_not_told() -> None:
    proposal = proposed({"one": groups(government=40, academia=1)}, dimensions=("sector",))

    assert sector_values(proposal)["public-service"] is None


def test_mode_and_total_do_not_give_the_other_mode_away() -> None:
    rows = [person(number, mode=IN_PERSON) for number in range(40)]
    rows += [person(number, mode=ONLINE) for number in range(40, 43)]
    proposal = proposed({"one": rows}, modes=MODES, dimensions=("mode",))

    values = shown(proposal, measure="attended", dimension_1="")

    assert values["one", "_T", "", "", "attended"] == 43
    assert values["one", IN_PERSON, "", "", "attended"] is None
    assert values["one", ONLINE, "", "", "attended"] is None


def test_what_cannot_occur_says_so_and_hides_nothing() -> None:
    proposal = proposed({"one": groups(government=40)}, dimensions=("mode",))

    statuses = {row.mode: (row.status, row.value) for row in proposal.rows if row.measure == "attended"}

    assert statuses == {"_T": ("A", 40), IN_PERSON: ("A", 40), ONLINE: ("M", None)}


def test_what_was_not_collected_is_not_zero() -> None:
    proposal = proposed({"one": groups(government=40)}, collected=("sector",))

    assert {row.status for row in proposal.rows if row.dimension_1 == "district"} == {"L"}
    assert {row.status for row in proposal.rows if row.measure in ("registered", "messages")} == {"L"}


def test_a_hidden_figure_has_one_status_whatever_the_reason() -> None:
    proposal = proposed({"one": groups(government=40, academia=25, media=3)})

    why = {figure.why for figure in proposal.figures if figure.row.status == "Q"}

    assert why == {"primary", "secondary"}
    assert all(figure.row.value is None for figure in proposal.figures if figure.why)


def test_the_median_needs_twice_the_threshold_and_is_rounded() -> None:
    def median(size: int) -> int | None:
        rows = [person(number, mode=IN_PERSON, minutes=82.4) for number in range(size)]
        return shown(proposed({"one": rows}), measure="median_minutes")["one", "_T", "", "", "median_minutes"]

    assert (median(19), median(20)) == (None, 80)


def test_a_small_session_loses_everything_and_is_told_what_may_help() -> None:
    proposal = proposed({"one": groups(government=6, academia=3)})

    assert not any(row.status == "A" for row in proposal.rows)
    assert proposal.offers == ("coarser:sector", "totals", "hold")


def test_the_series_does_not_give_a_session_away() -> None:
    first, second = groups(government=40, academia=25), groups(government=40, academia=29)
    proposal = proposed({"one": first, "two": second}, whole=True, dimensions=("sector",))

    for category in ("education", "public-service"):
        attendances = shown(proposal, measure="attendances", category_1=category)[
            "_T", "_T", category, "", "attendances"
        ]
        parts = [sector_values(proposal, name)[category] for name in ("one", "two")]
        assert attendances is None or parts.count(None) != 1


def test_a_lower_threshold_shows_more() -> None:
    def count(threshold: int) -> int:
        proposal = proposed(
            {"one": groups(government=40, academia=25, media=7, international=6)}, threshold=threshold
        )
        return sum(row.status == "A" for row in proposal.rows)

    assert count(5) > count(10) > count(20)


class TestReleases:
    """A second release beside the first."""

    def test_the_same_files_again_give_the_same_table(self) -> None:
        first = proposed({"one": groups(government=40, academia=25, media=3)})
        second = proposed({"one": groups(government=40, academia=25, media=3)}, released=(released(first),))

        assert (second.refusals, second.rows) == ((), first.rows)

    def test_a_difference_of_a_few_people_is_refused_for_the_breakdown(self) -> None:
        first = proposed({"one": groups(government=40, academia=25)}, dimensions=("sector",))
        second = proposed(
            {"one": groups(government=43, academia=25)}, dimensions=("sector",), released=(released(first),)
        )

        assert [(one.session, one.breakdown, one.code, one.earlier) for one in second.refusals] == [
            ("one", "sector", "too-close", 1)
        ]
        assert not any(row.dimension_1 == "sector" for row in second.rows)
        assert shown(second, measure="attended")["one", "_T", "", "", "attended"] == 68

    def test_a_few_people_more_in_hidden_groups_are_refused_too(self) -> None:
        first = proposed({"one": groups(government=40, academia=12, media=3)}, dimensions=("sector",))
        second = proposed(
            {"one": groups(government=40, academia=12, media=6)},
            dimensions=("sector",),
            released=(released(first),),
        )

        assert [one.breakdown for one in second.refusals] == ["sector"]

    def test_a_whole_file_that_was_forgotten_may_be_added(self) -> None:
        first = proposed({"one": groups(government=40, academia=25)}, dimensions=("sector",))
        second = proposed(
            {"one": groups(government=60, academia=45)}, dimensions=("sector",), released=(released(first),)
        )

        assert second.refusals == ()
        assert sector_values(second)["public-service"] == 60

    def test_another_breakdown_does_not_undo_what_was_hidden(self) -> None:
        rows = {"one": groups(government=40, academia=25, media=3)}
        first = proposed(rows, dimensions=("sector",))
        second = proposed(
            rows, dimensions=("gender",), crossings=(("sector", "gender"),), released=(released(first),)
        )

        hidden = [code for code, value in sector_values(first).items() if value is None]
        again = sector_values(second)

        assert all(again.get(code) is None for code in hidden)

    def test_coarser_categories_beside_finer_ones_do_not_give_those_away(self) -> None:
        rows = {"one": groups(government=40, academia=25, media=3)}
        first = proposed(rows, dimensions=("sector",))
        second = proposed(
            rows, dimensions=("sector",), coarse=frozenset({"sector"}), released=(released(first),)
        )
        coarse = sector_values(second)
        fine = sector_values(first)

        known = sum(value for code, value in fine.items() if code != "public-service" and value)
        outside = coarse.get("outside-government")

        assert outside is None or outside - known >= 10

    @pytest.mark.parametrize("order", [("one", "series"), ("series", "one")])
    def test_a_session_and_its_series_in_any_order(self, order: tuple[str, str]) -> None:
        both = {"one": groups(government=40, academia=25, media=3), "two": groups(government=40, academia=25)}
        alone = {"one": both["one"]}
        options = {"dimensions": ("sector",)}
        if order[0] == "one":
            first = proposed(alone, **options)
            second = proposed(both, whole=True, released=(released(first),), **options)
        else:
            first = proposed(both, whole=True, **options)
            second = proposed(alone, released=(released(first),), **options)

        values = {**sector_values(first), **{k: v for k, v in sector_values(second).items() if v is not None}}
        assert values["media"] is None
        hidden = 68 - sum(value for value in values.values() if value)
        assert hidden >= 10

    def test_what_people_state_in_a_later_session_changes_that_breakdown_only(self) -> None:
        """Alone, nobody's country was known of twelve; with the second session it is: the rest stays as it was."""
        known = [person(n, mode=IN_PERSON, sector="government", country="Belize") for n in range(40)]
        unsaid = [person(n, mode=IN_PERSON, sector="academia") for n in range(40, 52)]
        said = [person(n, mode=IN_PERSON, sector="academia", country="Belize") for n in range(40, 80)]
        options = {"dimensions": ("sector", "country"), "collected": ("sector", "country")}
        alone = proposed({"one": known + unsaid}, **options)

        both = proposed(
            {"one": known + unsaid, "two": said}, whole=True, released=(released(alone),), **options
        )

        assert [(one.session, one.breakdown) for one in both.refusals] in ([], [("one", "country")])
        assert sector_values(both) == sector_values(alone)
        values = shown(both, dimension_1="", session="_T")
        assert values["_T", "_T", "", "", "participants"] == 80

    def test_people_who_move_between_categories_stop_nothing_else(self) -> None:
        first = proposed({"one": groups(government=40, academia=30)})
        second = proposed({"one": groups(government=25, academia=45)}, released=(released(first),))

        assert second.refusals == ()
        # One of the two protects the sectors in which nobody is.
        assert [value for value in sector_values(second).values() if value] in ([25], [45])
