"""Counts add up because they are counted; hashes change with everything that decides what is published."""

from __future__ import annotations

import json

from ckanext.opengovbelize.catalogue.outcomes import OUTCOMES, WAITING, RecordOutcome, counts
from ckanext.opengovbelize.records.problems import Problem
from hypothesis import given
from hypothesis import strategies as st


@given(st.lists(st.sampled_from([*OUTCOMES, WAITING])))
def test_counts_add_up_to_the_records(outcomes):
    counted = counts(outcomes)
    assert sum(counted.values()) == len(outcomes)
    assert set(counted) - {WAITING} == set(OUTCOMES)


@given(st.text(), st.lists(st.builds(Problem, st.text(), st.text(), st.text(), st.text(), st.text())))
def test_an_outcome_survives_json(name, problems):
    outcome = RecordOutcome(
        "webinar", name, "added", "key", "label", {"title": name}, reasons=["code"], problems=problems
    )
    assert RecordOutcome.from_dict(json.loads(json.dumps(outcome.as_dict()))) == outcome
