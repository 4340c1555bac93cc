"""A plan goes out as tables, a workbook and JSON, and comes back the same."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path
from typing import Any

import ckanext.opengovbelize
import pytest
import python_calamine
import yaml
from ckanext.opengovbelize.exports import plans, tables
from ckanext.opengovbelize.records.plans import read
from ckanext.opengovbelize.records.tables.cells import is_missing
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.large_plan import large

SCHEMAS = Path(ckanext.opengovbelize.__file__).parent / "schemas"
PLAN: dict[str, Any] = yaml.safe_load((SCHEMAS / "action_plan.yaml").read_text())["example"]
COMMITMENT: dict[str, Any] = yaml.safe_load((SCHEMAS / "commitment.yaml").read_text())["example"]
REPORT = {
    "code": "1.1_2021-H1",
    "indicator": "1.1",
    "period": "2021-H1",
    "status": "LP",
    "progress": "=1+1",
    "challenges": "-none",
    "evidence": "https://www.example.org/e",
    "institution": "Sample Water Department",
    "reported": "2021-07-15",
    "late": False,
    "version": 2,
}
INSTITUTIONS = {"id-of-water": "Sample Water Department"}
# What the portal decides, and what no table states.
NOT_READ = {"type", "name", "owner_org", "publication_state", "in_plan", "id", "reports"}
SECONDS = 5


def sample() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the schemas' own examples, as CKAN shows them, with a draft that one was derived from."""
    plan = json.loads(json.dumps(PLAN))
    final = {
        **json.loads(json.dumps(COMMITMENT)),
        "id": "id-final",
        "reports": [REPORT],
        "derived_from": ["id-draft"],
    }
    draft = {
        "id": "id-draft",
        "name": "sample-plan-draft-1",
        "number": "1",
        "stage": "merged",
        "title": "A draft",
    }
    for package in (plan, final):
        for name, rows in package.items():
            for row in rows if isinstance(rows, list) else []:
                if isinstance(row, dict):
                    row.setdefault("code", CODES.get(name, "code"))
    return plan, [draft, final]


CODES = {
    "phases": "public-consultation",
    "consultations": "draft-list",
    "assessments": "irm-completion-sample-review-panel",
    "events": "consultation-draft-list",
    "sources": "8a13dc965f9b",
    "translations": "title-es",
}


def stated(package: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in package.items() if name not in NOT_READ}


WRITERS = {"plan.xlsx": plans.workbook, "plan.json": plans.json}


@pytest.mark.parametrize("file", WRITERS)
def test_what_goes_out_comes_back(file: str) -> None:
    plan, (draft, final) = sample()
    found = {record.key: record for record in read(WRITERS[file](plan, [draft, final]), file=file) or []}
    assert list(found) == ["plan", "commitment draft 1", "commitment final 1", "progress final 1 1.1 2021-H1"]
    assert not any(record.problems for record in found.values())
    assert {record.plan for record in found.values()} == {"sample-plan"}
    assert found["plan"].fields == stated(plan)
    assert found["commitment draft 1"].fields == stated(draft)
    assert found["commitment final 1"].fields == {**stated(final), "derived_from": ["draft 1"]}
    report = {name: value for name, value in REPORT.items() if name not in ("code", "late", "version")}
    assert found["progress final 1 1.1 2021-H1"].fields == {"stage": "final", "number": "1", **report}


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\xa0"),
    min_size=1,
    max_size=30,
).map(lambda text: " ".join(text.split()))
STATED = TEXT.filter(lambda text: text and not is_missing(text))
LIST = st.lists(STATED.filter(lambda text: not set(text) & set(";|")), min_size=1, max_size=3, unique=True)


@settings(max_examples=60, deadline=None)
@given(
    title=STATED,
    action=st.lists(STATED, min_size=1, max_size=3).map("\n".join),
    lead=LIST,
    milestones=st.lists(STATED, min_size=1, max_size=3),
    progress=STATED,
    file=st.sampled_from(list(WRITERS)),
)
@example(
    title="=1+1", action="'=1+1", lead=["@one", "-two"], milestones=["''+1"], progress="'@x", file="plan.xlsx"
)
def test_any_text_comes_back(
    title: str, action: str, lead: list[str], milestones: list[str], progress: str, file: str
) -> None:
    commitment = {
        **{"number": "1", "stage": "final", "title": title, "action": action, "lead": lead},
        "milestones": [{"code": f"1.{n}", "title": text} for n, text in enumerate(milestones)],
        "reports": [{"indicator": "1.1", "period": "2021-H1", "status": "C", "progress": progress}],
    }
    plan = {"name": "p", "title": "Sample plan", "country": "BZ", "plan_number": 1}
    found = {record.key: record for record in read(WRITERS[file](plan, [commitment]), file=file) or []}
    assert found["commitment final 1"].fields == {
        name: value for name, value in commitment.items() if name != "reports"
    }
    assert found["progress final 1 1.1 2021-H1"].fields["progress"] == progress


def test_tidy_rows_are_one_for_each_indicator_and_period() -> None:
    plan, commitments = sample()
    commitments[1]["indicators"][0] = {
        "code": "1.1",
        "title": "Boards",
        "lead": "id-of-water",
        "deadline": "2022-06-30",
    }
    first, second = plans.rows(plan, commitments, INSTITUTIONS)
    assert first == {
        "plan": "Sample plan",
        "commitment": "1",
        "commitment_title": "Open water board timetable",
        "stage": "final",
        "indicator": "1.1",
        "indicator_title": "Boards",
        "lead": "Sample Water Department",
        "deadline": "2022-06-30",
        "deadline_as_stated": "",
        "period": "2021-H1",
        "status": "LP",
        "progress": "=1+1",
        "evidence": "https://www.example.org/e",
        "challenges": "-none",
        "institution": "Sample Water Department",
        "reported": "2021-07-15",
        "late": False,
        "version": 2,
        "reason": "",
    }
    assert (second["period"], second["status"], second["version"]) == ("2021-H2", "", "")


def test_tidy_rows_can_be_read_as_reports_and_hold_no_formula() -> None:
    data = plans.csv(*sample())
    assert b",'=1+1," in data and b",=" not in data
    (record,) = read(data, file="progress.csv") or []
    assert (record.key, record.problems) == ("progress final 1 1.1 2021-H1", [])
    assert (record.fields["progress"], record.fields["challenges"]) == ("=1+1", "-none")


def test_the_workbook_is_made_to_be_filled_in() -> None:
    data = plans.workbook(*sample(), INSTITUTIONS)
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        assert book.sheet_names == [*tables.SHEETS, "lists"]
        header, row = book.get_sheet_by_name("progress").to_python()
        assert header[:5] == ["Commitment", "Stage", "Indicator", "Period", "Status"]
        assert row[:6] == ["1", "Final", "1.1", "2021-H1", "Limited progress", "=1+1"]
        milestones = book.get_sheet_by_name("milestones").to_python()
        assert str(milestones[1][milestones[0].index("Deadline")]) == "2022-06-30"
        lists = book.get_sheet_by_name("lists").to_python()
        assert "Limited progress" in [row[lists[0].index("Progress statuses")] for row in lists]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        progress = archive.read(f"xl/worksheets/sheet{tables.SHEETS.index('progress') + 1}.xml").decode()
    assert "<f>" not in progress
    assert "<dataValidation " in progress and 'state="frozen"' in progress


def test_the_empty_template_asks_to_be_filled_in() -> None:
    (record,) = read(plans.workbook({}, []), file="template.xlsx") or []
    assert [(problem.code, problem.rejects) for problem in record.problems] == [("table-empty", True)]


def test_a_text_too_long_for_a_cell_is_left_to_the_other_files() -> None:
    commitment = {"number": "1", "stage": "final", "title": "A", "action": "x" * 40_000}
    plan = {"name": "p", "title": "P", "plan_number": 1}
    found = {record.key: record for record in read(plans.workbook(plan, [commitment]), file="a.xlsx") or []}
    assert "action" not in found["commitment final 1"].fields
    found = {record.key: record for record in read(plans.json(plan, [commitment]), file="a.json") or []}
    assert len(found["commitment final 1"].fields["action"]) == 40_000


def test_a_plan_of_the_size_of_canadas_is_read_completely_and_quickly() -> None:
    plan, commitments = large()
    data = plans.workbook(plan, commitments, INSTITUTIONS)
    began = time.process_time()
    found = read(data, file="large.xlsx") or []
    assert time.process_time() - began < SECONDS
    kinds = [record.type for record in found]
    assert (kinds.count("action_plan"), kinds.count("commitment"), kinds.count("progress_report")) == (
        1,
        30,
        1200,
    )
    assert not any(record.problems for record in found)
    assert sum(len(record.fields.get("indicators", [])) for record in found) == 150
    assert found[0].fields["periods"] == plan["periods"]
    assert {row["lead_as_stated"] for record in found for row in record.fields.get("indicators", [])} == {
        "Sample Water Department"
    }
