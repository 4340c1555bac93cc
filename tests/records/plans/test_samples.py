"""The sample tables: one invented plan in every format, read to the same records, with nothing to withhold."""

from __future__ import annotations

from pathlib import Path

import pytest
from ckanext.opengovbelize.privacy.plans import screen_plan
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.records.plans import PlanRecord, read

SAMPLES = Path(__file__).parents[3] / "samples" / "formats"
FILES = {"plan.yaml": 5, "plan.xlsx": 5, "progress.csv": 2, "commitments-ogp.csv": 3}


def records(name: str) -> list[PlanRecord]:
    return read((SAMPLES / name).read_bytes(), file=name) or []


@pytest.mark.parametrize("name", FILES)
def test_a_sample_is_read_whole_and_passes_the_screen_unchanged(name: str) -> None:
    found = records(name)
    assert len(found) == FILES[name]
    for record in found:
        draft = screen_plan(record, Policy(b"only for tests"))
        assert record.problems == draft.problems == []
        assert (draft.fields, draft.key, draft.plan) == (record.fields, record.key, record.plan)


def test_workbook_and_yaml_say_the_same() -> None:
    in_yaml, in_workbook = (
        {record.key: record.fields for record in records(name)} for name in ("plan.yaml", "plan.xlsx")
    )
    assert in_yaml == in_workbook


def test_reports_alone_say_the_same_as_in_the_plan() -> None:
    whole = {record.key: record.fields for record in records("plan.yaml") if record.type == "progress_report"}
    alone = {record.key: record.fields for record in records("progress.csv")}
    # Alone they do not say which list the number belongs to.
    assert {
        f"progress final {key.removeprefix('progress ')}": {"stage": "final", **fields}
        for key, fields in alone.items()
    } == whole
