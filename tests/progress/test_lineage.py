"""Which commitment came from which."""

from __future__ import annotations

from typing import Any

from ckanext.opengovbelize.progress import lineage


def row(name: str, *derived_from: str, plan: str = "plan", stage: str = "") -> dict[str, Any]:
    """A commitment named by the first letter of its stage and its number, such as ``f1``."""
    stages = {"d": "draft", "f": "final", "m": "merged", "x": "dropped"}
    return {
        "id": name,
        "name": name,
        "number": name[1:],
        "in_plan": plan,
        "stage": stage or stages[name[0]],
        "derived_from": list(derived_from),
    }


def told(changes: list[lineage.Change]) -> list[tuple[str, list[str], list[str]]]:
    return [
        (change.kind, [each["id"] for each in change.before], [each["id"] for each in change.after])
        for change in changes
    ]


def test_each_commitment_of_both_lists_is_told_once() -> None:
    drafts = [row("d1"), row("m2"), row("m10"), row("x3"), row("d4"), row("d5"), row("m6")]
    finals = [row("f1", "d1"), row("f2", "m10", "m2"), row("f3", "d4"), row("f4", "d4"), row("f10")]

    assert told(lineage.compare(drafts, finals)) == [
        ("kept", ["d1"], ["f1"]),
        ("merged", ["m2", "m10"], ["f2"]),
        ("split", ["d4"], ["f3"]),
        ("split", ["d4"], ["f4"]),
        ("new", [], ["f10"]),
        ("dropped", ["x3"], []),
        ("ended", ["d5"], []),
        ("merged", ["m6"], []),
    ]


def test_a_commitment_derives_from_an_earlier_plan_through_the_drafts_in_between() -> None:
    earlier = [row("f1", plan="first")]
    between = [row("d1", "f1", plan="second")]
    later = [row("f2", "d1", plan="second")]

    assert told(lineage.compare(earlier, later, between)) == [("kept", ["f1"], ["f2"])]


def test_a_family_holds_what_is_connected_and_nothing_else() -> None:
    rows = [row("d1"), row("d2"), row("d3"), row("f1", "d1", "d2"), row("f2", "d3")]

    assert [each["id"] for each in lineage.family("d1", rows)] == ["d1", "d2", "f1"]
    assert [each["id"] for each in lineage.family("f2", rows)] == ["d3", "f2"]


def test_final_commitments_stand_in_one_column_right_of_the_drafts() -> None:
    rows = [row("f10"), row("f2", "d2"), row("d2", "d1"), row("d1")]

    drawn = [[each["id"] for each in column] for column in lineage.columns(rows)]

    assert drawn == [["d1"], ["d2"], ["f2", "f10"]]


def test_a_circle_is_drawn_too() -> None:
    rows = [row("d1", "d2"), row("d2", "d1")]

    assert sorted(each["id"] for column in lineage.columns(rows) for each in column) == ["d1", "d2"]
    assert len(lineage.family("d1", rows)) == 2


def test_numbers_are_ordered_as_people_count() -> None:
    numbers = ["10", "2a", "2", "1.10", "1.9", ""]

    ordered = sorted(({"number": number} for number in numbers), key=lineage.number_order)

    assert [each["number"] for each in ordered] == ["", "1.9", "1.10", "2", "2a", "10"]
