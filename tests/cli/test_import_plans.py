"""Tables of action plans, as a program imports them: whole plans, lists of commitments, reports of progress."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories, helpers
from ckanext.opengovbelize.exports import plans as exports

from tests.large_plan import large

from .conftest import counts

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"
OGP = """Country/Locality,Action Plan Number,Commitment Number,Year Of Submission,Action Plan End Year,Theme,Commitment Title,Full Text,Start Date,End Date,Lead Institution,Supporting Institution(s),Completion (Progress Report)
"Belize (invented)",NA,1,2020,2022,Health,Open clinics,Clinics publish waiting times.,2020-09-01,2022-08-31,Tide Health Office,NA,Limited
"Belize (invented)",NA,2,2020,2022,Water,Open wells,Wells are mapped.,ND,,ND,Reef Data Club,NA
"""  # noqa: E501
PROGRESS = """Commitment Number,Reporting Period,Milestone,Status,Progress,Evidence,Challenges,Lead Institution,Updated
1,2020-H2,1.1,LP,Two clinics publish.,,Staff left.,Tide Health Office,2021-01-15
1,2021-H1,1.1,SP,Nine clinics publish.,https://data.example.org/e,,Tide Health Office,15/07/2021
1,2021-H1,1.2,NS,Not begun.,,,Tide Health Office,2021-07-15
2,2020-H2,2.1,Done,Mapped.,,,Tide Health Office,2021-01-15
9,2020-H2,9.1,C,Mapped.,,,Tide Health Office,2021-01-15
"""


@pytest.fixture
def write(tmp_path):
    def write_(content, name="plan.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_


def as_json(**tables):
    return json.dumps({"plan": {"title": "Tide plan", "start": "2021-01-01", "end": "2022-12-31"}, **tables})


def show(name):
    return helpers.call_action("package_show", id=name)


def outcomes(report):
    return {(row["type"], row["name"]): row["outcome"] for row in report["records"]}


def codes(report, field="problems"):
    return [problem["code"] for row in report["records"] for problem in row[field]]


def test_a_workbook_is_published_and_the_second_time_nothing_changes(run_json):
    status, report = run_json(SAMPLES / "plan.xlsx")
    assert (status, counts(report)) == (0, {"added": 5})
    final = show("coralia-action-plan-2021-2022-final-1")
    assert final["in_plan"] == show("coralia-action-plan-2021-2022")["id"]
    assert final["derived_from"] == [show("coralia-action-plan-2021-2022-draft-1")["id"]]
    assert len(final["reports"]) == 2
    assert final["private"] is False

    before = written()
    assert counts(run_json(SAMPLES / "plan.xlsx")[1]) == {"unchanged": 5}
    # The same plan in another format is another source that says the same.
    assert counts(run_json(SAMPLES / "plan.yaml")[1]) == {"unchanged": 5}
    assert written() == before


def test_a_dry_run_foretells_the_real_run_and_writes_nothing(run_json):
    before = written()
    foretold = run_json(SAMPLES / "plan.xlsx", "--dry-run")[1]
    assert written() == before
    real = run_json(SAMPLES / "plan.xlsx")[1]
    assert outcomes(foretold) == outcomes(real)
    assert codes(foretold) == codes(real)
    assert [row["fields"] for row in foretold["records"] if row["type"] == "progress_report"] == [
        row["fields"] for row in real["records"] if row["type"] == "progress_report"
    ]


@pytest.mark.parametrize(("ending", "records"), [("xlsx", 5), ("json", 5), ("csv", 2)])
def test_what_is_exported_comes_back_unchanged(run_json, write, ending, records):
    factories.Organization(name="tide-health", title="Tide Health Office")
    run_json(SAMPLES / "plan.xlsx")
    plan = show("coralia-action-plan-2021-2022")
    commitments = [show(f"coralia-action-plan-2021-2022-{name}") for name in ("draft-1", "final-1")]
    exported = {"xlsx": exports.workbook, "json": exports.json, "csv": exports.csv}[ending](
        plan, commitments, {}
    )

    # The tidy table holds the reports; what they are about stands in the other two.
    assert counts(run_json(write(exported, f"export.{ending}"))[1]) == {"unchanged": records}
    assert show("coralia-action-plan-2021-2022-final-1") == commitments[1]


def test_a_table_of_progress_without_a_report_changes_nothing(run_json, write):
    run_json(write(as_json(commitments=[{"number": "1", "stage": "final", "title": "Open wells"}])))
    table = exports.csv(show("tide-plan"), [show("tide-plan-final-1")], {})
    status, report = run_json(write(table, "export.csv"))
    assert (status, counts(report), [problem["code"] for problem in report["problems"]]) == (
        *(0, {}),
        ["reports-none"],
    )


def test_a_plan_of_the_size_of_canadas_needs_no_line_of_code(run_json, write):
    plan, commitments = large()
    workbook = write(
        exports.workbook(plan, commitments, {"id-of-water": "Sample Water Department"}), "large.xlsx"
    )
    assert counts(run_json(workbook)[1]) == {"added": 1231}
    found = helpers.call_action("package_search", fq="dataset_type:commitment", rows=100)
    assert found["count"] == 30
    assert sum(len(package["indicators"]) for package in found["results"]) == 150
    assert sum(len(package["reports"]) for package in found["results"]) == 1200
    assert counts(run_json(workbook)[1]) == {"unchanged": 1231}


def test_a_list_of_commitments_and_a_table_of_progress_make_a_tracker(run_json, write):
    status, report = run_json(write(OGP, "ogp.csv"))
    assert (status, counts(report)) == (0, {"added": 3})
    clinics = show("belize-action-plan-2020-2022-final-1")
    assert clinics["policy_areas"] == ["health-and-nutrition"]
    assert [(row["scale"], row["verdict"], row["scale_version"]) for row in clinics["assessments"]] == [
        ("irm_completion", "limited", "Scale of five")
    ]
    wells = show("belize-action-plan-2020-2022-final-2")
    assert not {"lead", "start", "end", "ogp_identifier"} & wells.keys()

    # Nobody has said what is reported on, so the table's own periods and numbers are taken.
    status, report = run_json(write(PROGRESS, "progress.csv"))
    assert status == 1
    reports = [row for row in report["records"] if row["type"] == "progress_report"]
    assert sorted((row["outcome"], *row["reasons"]) for row in reports) == [
        ("added",),
        ("added",),
        ("rejected", "challenges-missing"),
        ("rejected", "commitment-unknown"),
        ("rejected", "status-unknown"),
    ]
    assert {problem["place"] for row in reports for problem in row["problems"]} == {
        *("row 4", "row 5, column Status", "row 6")
    }
    rows = show("belize-action-plan-2020-2022-final-1")["reports"]
    assert [(row["period"], row["status"], row["reported"]) for row in rows] == [
        ("2020-H2", "LP", "2021-01-15"),
        ("2021-H1", "SP", "2021-07-15"),
    ]
    again = [row["outcome"] for row in run_json(write(PROGRESS, "progress.csv"))[1]["records"]]
    assert sorted(set(again)) == ["rejected", "unchanged"]


def test_a_report_on_something_else_than_the_plan_names_is_refused(run_json, write):
    run_json(SAMPLES / "plan.xlsx")
    table = "Commitment Number,Period,Indicator,Status,Progress\n1,2031-H1,1.1,C,Yes.\n1,2021-H1,7.7,C,Yes.\n"
    status, report = run_json(write(table, "progress.csv"))
    assert (status, counts(report)) == (1, {"rejected": 2})
    assert sorted(codes(report)) == ["indicator-unknown", "period-unknown"]


def test_a_correction_needs_a_reason_and_keeps_what_it_corrects(run_json, write):
    def plan(**correction):
        row = {
            "number": "1",
            "indicator": "1.1",
            "period": "2021-H1",
            "status": "C",
            "progress": "Done.",
            **correction,
        }
        return as_json(
            periods=[{"code": "2021-H1", "start": "2021-01-01", "end": "2021-06-30", "due": "2021-07-31"}],
            commitments=[{"number": "1", "stage": "final", "title": "Open wells"}],
            indicators=[{"number": "1", "code": "1.1", "title": "Wells on the map"}],
            progress=[row],
        )

    assert counts(run_json(write(plan()))[1]) == {"added": 3}
    status, report = run_json(write(plan(progress="Nearly done.")))
    assert (status, codes(report)) == (1, ["reason-missing"])
    assert counts(run_json(write(plan(progress="Nearly done.", reason="Counted twice.")))[1])["updated"] == 1
    (row,) = show("tide-plan-final-1")["reports"]
    assert (row["version"], row["reason"], row["progress"]) == (2, "Counted twice.", "Nearly done.")


def test_a_commitment_that_leaves_the_table_is_hidden_and_comes_back(run_json, write):
    both = [{"number": str(n), "stage": "final", "title": f"Promise {n}"} for n in (1, 2)]
    run_json(write(as_json(commitments=both)))
    report = run_json(write(as_json(commitments=both[:1])))[1]
    assert outcomes(report)[("commitment", "tide-plan-final-2")] == "withdrawn"
    assert show("tide-plan-final-2")["publication_state"] == "withdrawn"
    run_json(write(as_json(commitments=both)))
    assert show("tide-plan-final-2")["publication_state"] == "released"


def test_a_draft_that_is_merged_keeps_its_page_and_says_what_became_of_it(run_json, write):
    draft = {"number": "2", "stage": "draft", "title": "Open wells"}
    final = {"number": "1", "stage": "final", "title": "Open water", "derived_from": ["draft 2"]}
    run_json(write(as_json(commitments=[draft])))
    id_ = show("tide-plan-draft-2")["id"]

    merged = {**draft, "stage": "merged"}
    status, report = run_json(write(as_json(commitments=[merged, final])))
    assert (status, [row["reasons"] for row in report["records"] if row["reasons"]]) == (
        1,
        [["field-invalid"]],
    )
    status, report = run_json(write(as_json(commitments=[{**merged, "became_of": "Now in final 1."}, final])))
    assert (status, counts(report)) == (0, {"unchanged": 1 + 1, "updated": 1})
    shown = show("tide-plan-draft-2")
    assert (shown["id"], shown["stage"], shown["became_of"]) == (id_, "merged", "Now in final 1.")
    assert show("tide-plan-final-1")["derived_from"] == [id_]


def test_what_an_editor_changed_by_hand_stays(run_json, write):
    rows = [{"number": "1", "stage": "final", "title": "Open water", "problem": "Wells are unknown."}]
    run_json(write(as_json(commitments=rows)))
    editor = {"user": factories.Sysadmin()["name"]}
    helpers.call_action("package_patch", editor, id="tide-plan-final-1", problem="Nobody knows the wells.")
    rows[0] |= {"problem": "Wells are hidden.", "title": "Open wells"}
    report = run_json(write(as_json(commitments=rows)))[1]
    (changed,) = [row for row in report["records"] if row["outcome"] == "updated"]
    assert {(change["field"], change["state"]) for change in changed["changes"]} == {
        ("problem", "locked"),
        ("title", "changed"),
    }
    assert show("tide-plan-final-1")["problem"] == "Nobody knows the wells."


def test_a_table_that_names_no_plan_needs_one_plan_or_its_name(run_json, write):
    table = "Number,Stage,Title\n1,final,Open wells\n"
    report = run_json(write(table, "commitments.csv"))[1]
    assert codes(report) == ["plan-unknown"]
    run_json(write(as_json()))
    run_json(write(json.dumps({"plan": {"title": "Reef plan"}}), "reef.json"))
    assert codes(run_json(write(table, "commitments.csv"))[1]) == ["plan-ambiguous"]
    status, report = run_json(write(table, "commitments.csv"), "--plan", "Reef plan")
    assert (status, list(outcomes(report))) == (0, [("commitment", "reef-plan-final-1")])


def test_a_folder_of_single_tables_is_read_as_one_whatever_their_order(run_json, tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "a-progress.csv").write_text(
        "Plan,Commitment Number,Period,Indicator,Status,Progress\nTide plan,1,2021-H1,1.1,C,All of them.\n"
    )
    (folder / "b-indicators.csv").write_text(
        "Plan,Commitment,Indicator,Title,Deadline\nTide plan,1,1.1,Wells on the map,2021-12-31\n"
    )
    (folder / "c-commitments.csv").write_text("Plan,Number,Stage,Title\nTide plan,1,final,Open wells\n")
    (folder / "d-plan.json").write_text(as_json(periods=[{"code": "2021-H1"}]))
    foretold = run_json(folder, "--dry-run")[1]
    status, report = run_json(folder)
    assert status == 0, codes(report)
    assert outcomes(foretold) == outcomes(report)
    shown = show("tide-plan-final-1")
    assert [row["title"] for row in shown["indicators"]] == ["Wells on the map"]
    assert [row["status"] for row in shown["reports"]] == ["C"]
    assert counts(run_json(folder)[1]) == {"unchanged": 4}


def test_a_folder_in_which_one_table_alone_names_the_plan(run_json, write, tmp_path):
    run_json(write(as_json()))
    run_json(write(json.dumps({"plan": {"title": "Reef plan"}}), "reef.json"))
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "commitments.csv").write_text(OGP)
    (folder / "progress.csv").write_text(PROGRESS)
    foretold = run_json(folder, "--dry-run")[1]
    real = run_json(folder)[1]
    assert outcomes(foretold) == outcomes(real)
    assert codes(foretold) == codes(real)
    assert [row["status"] for row in show("belize-action-plan-2020-2022-final-1")["reports"]] == ["LP", "SP"]
    # The second time the commitments are as they were, and the reports still belong to their plan.
    assert set(outcomes(run_json(folder)[1]).values()) == {"unchanged", "rejected"}


def test_a_report_of_a_day_to_come_is_refused_and_foretold(run_json, write):
    table = "Commitment Number,Reporting Period,Milestone,Status,Updated\n1,2020-H2,1.1,SP,2099-01-15\n"
    run_json(write(OGP, "ogp.csv"))
    path = write(table, "progress.csv")
    for arguments in ((path, "--dry-run"), (path,)):
        assert "reported-in-future" in codes(run_json(*arguments)[1])


def test_a_deadline_outside_the_plan_is_told_and_published(run_json, write):
    rows = [{"number": "1", "stage": "final", "title": "Open water", "end": "2031-01-01"}]
    rows[0]["milestones"] = [{"number": "1.1", "title": "Tables are out", "deadline": "2031-01-01"}]
    status, report = run_json(write(as_json(commitments=rows)))
    assert (status, codes(report)) == (0, ["deadline-outside-plan"] * 2)
    assert show("tide-plan-final-1")["end"] == "2031-01-01"
    problems = [problem for row in report["records"] for problem in row["problems"]]
    assert [(problem["file"], problem["place"]) for problem in problems] == [
        ("plan.json", "commitments, row 1"),
        ("plan.json", "commitments, row 1, milestones 1.1"),
    ]


def written():
    """Return how many rows the catalogue's tables have, and when a dataset was last changed."""
    tables = ("package", "activity", "member", "opengovbelize_progress_report")
    rows = {name: model.Session.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar() for name in tables}
    return rows, model.Session.execute(sa.text("SELECT max(metadata_modified) FROM package")).scalar()


def test_what_belongs_to_an_invented_plan_is_invented_too(run_json, write):
    plan = {
        "plan": {"title": "Tide plan", "invented": True},
        "commitments": [{"number": "1", "title": "Open wells"}],
    }
    foretold = run_json(write(json.dumps(plan)), "--dry-run")[1]
    assert [str(row["fields"]["invented"]) for row in foretold["records"]] == ["True", "True"]
    run_json(write(json.dumps(plan)))
    assert show("tide-plan-final-1")["invented"] is True


def test_a_milestone_that_is_not_there_costs_its_name_only(run_json, write):
    indicators = [{"number": "1", "code": "1.1", "title": "Wells on the map", "milestone": "9.9"}]
    tables = as_json(
        commitments=[{"number": "1", "stage": "final", "title": "Open wells"}], indicators=indicators
    )
    status, report = run_json(write(tables))
    assert (status, codes(report)) == (0, ["milestone-unknown"])
    assert "milestone" not in show("tide-plan-final-1")["indicators"][0]
