"""Rules across the fields of plans and commitments. The message tells how to mend it and repeats nothing."""

from __future__ import annotations

from typing import Any

from ckanext.opengovbelize.schemas import choices, plan_rules
from hypothesis import given
from hypothesis import strategies as st

NODES = st.sampled_from("abcdef")
GRAPHS = st.dictionaries(NODES, st.lists(NODES, max_size=3), max_size=6)


def at(faults: Any) -> list[tuple[str, int | None, str]]:
    return [(fault.field, fault.row, fault.subfield) for fault in faults]


def test_an_end_is_not_before_its_start_in_the_record_and_in_rows() -> None:
    record = {
        "start": "2021-01-02",
        "end": "2021-01-01",
        "phases": [
            {"start": "2021-01-01", "end": "2021-01-01"},
            {"start": "2021-02-01", "end": "2021-01-31"},
        ],
        "periods": [{"start": "2021-01-01", "end": "2021-06-30", "due": "2021-06-29"}],
        "milestones": [{"start": "2021-05-01", "deadline": "2021-04-30"}, {"deadline": "2021-04-30"}],
    }
    assert at(plan_rules.days_in_order(record)) == [
        ("end", None, ""),
        ("phases", 1, "end"),
        ("periods", 0, "due"),
        ("milestones", 0, "deadline"),
    ]


def test_periods_do_not_overlap() -> None:
    periods = [
        {"start": "2021-07-01", "end": "2021-12-31"},
        {"start": "2021-01-01", "end": "2021-07-01"},
        {"start": "2022-01-01"},
    ]
    assert at(plan_rules.plan_faults({"periods": periods})) == [("periods", 0, "start")]


def test_what_was_merged_or_dropped_says_what_became_of_it() -> None:
    for stage, faults in (("draft", 0), ("final", 0), ("merged", 1), ("dropped", 1)):
        assert len(at(plan_rules.commitment_faults({"stage": stage}))) == faults
        assert not at(plan_rules.commitment_faults({"stage": stage, "became_of": "Now in final 1."}))


def test_indicators_and_events_refer_to_what_is_there() -> None:
    commitment = {
        "milestones": [{"code": "1.1"}],
        "indicators": [{"milestone": "1.1"}, {}, {"milestone": "1.2"}],
        "events": [
            {"kind": "consultation", "reference": "draft-list"},
            {"kind": "consultation", "reference": "other"},
            {"kind": "webinar", "reference": "sample-2020-1"},
        ],
    }
    assert at(plan_rules.commitment_faults(commitment, ["draft-list"])) == [
        ("indicators", 2, "milestone"),
        ("events", 1, "reference"),
    ]


def test_a_verdict_is_one_of_its_scale_as_it_is_now_or_as_it_was() -> None:
    def faults(**row: str) -> int:
        return len(at(plan_rules.commitment_faults({"assessments": [row]})))

    for scale in [choice["value"] for choice in choices.vocabulary("assessment_scales").choices]:
        for verdict in choices.vocabulary(scale).choices:
            assert not faults(scale=scale, verdict=verdict["value"])
        assert faults(scale=scale, verdict="splendid")
    # Ambition has two generations, each with verdicts of its own.
    assert faults(scale="irm_potential_for_results", verdict="transformative")
    assert not faults(scale="irm_completion", verdict="withdrawn", scale_version="Scale of 2012")


def test_deadlines_outside_the_plan_are_warned_of() -> None:
    plan = {"start": "2021-01-01", "end": "2022-12-31"}
    commitment = {
        "start": "2020-12-31",
        "end": "2022-12-31",
        "indicators": [{"deadline": "2023-01-01"}, {"deadline": "2021-01-01"}, {}],
    }
    assert at(plan_rules.warnings(commitment, plan)) == [("start", None, ""), ("indicators", 0, "deadline")]
    assert not at(plan_rules.warnings(commitment, {}))


def test_a_commitment_never_derives_from_itself_or_in_a_circle() -> None:
    forerunners = {"b": ["c"], "c": ["a"]}
    assert "itself" in plan_rules.derivation_fault("a", ["a"], lambda id_: [])
    assert "circle" in plan_rules.derivation_fault("a", ["b"], lambda id_: forerunners.get(id_, []))
    assert not plan_rules.derivation_fault("d", ["b", "c"], lambda id_: forerunners.get(id_, []))
    assert not plan_rules.derivation_fault("", ["b"], lambda id_: forerunners.get(id_, []))


@given(GRAPHS, NODES, st.lists(NODES, max_size=3))
def test_no_derivation_that_is_let_through_closes_a_circle(
    graph: dict[str, list[str]], node: str, wanted: list[str]
) -> None:
    if plan_rules.derivation_fault(node, wanted, lambda id_: graph.get(id_, [])):
        return
    reached, waiting = set(), list(wanted)
    while waiting:
        current = waiting.pop()
        assert current != node
        if current not in reached:
            reached.add(current)
            waiting += graph.get(current, [])
