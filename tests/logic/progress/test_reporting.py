"""Who may report progress, and what becomes of it. The rules about reports are tested where they are."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckanext.opengovbelize import config
from werkzeug.datastructures import FileStorage

from tests.catalogue.conftest import show
from tests.progress.conftest import EVERYBODY, Program

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

COMMITMENT = "sample-plan-final-1"
PLAN = "sample-plan"
REPORT = {"id": COMMITMENT, "indicator": "1.1", "period": "2021-H1", "status": "SP", "progress": "Eleven."}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "today", lambda: date(2021, 7, 1))


def call(program: Program, role: str, action: str, **data: Any) -> Any:
    """What the action answers, or ``no`` where the role may not call it."""
    try:
        return tk.get_action(f"opengovbelize_progress_{action}")(program.context(role), data)
    except tk.NotAuthorized:
        return "no"


def allowed(program: Program, action: str, **data: Any) -> set[str]:
    return {role for role in EVERYBODY if call(program, role, action, **data) != "no"}


def _reads_plan(program: Program, role: str) -> bool:
    try:
        tk.get_action("opengovbelize_plan_show")(program.context(role), {"id": PLAN})
    except tk.NotAuthorized:
        return False
    return True


LEAD = "editor of the lead"
OTHER = "editor of another institution"
PROGRAM = {"program's editor", "program's administrator"}


class TestRoles:
    """Every action for every role; the same report again is ``unchanged``, so each may try."""

    def test_who_reports(self, program):
        assert allowed(program, "report_save", **REPORT) == {LEAD, "sysadmin"}
        assert allowed(program, "report_save", **{**REPORT, "indicator": "1.2"}) == {OTHER, "sysadmin"}
        assert allowed(program, "report_save", **{**REPORT, "indicator": "1.3"}) == {*PROGRAM, "sysadmin"}

    def test_who_reads(self, program):
        call(program, LEAD, "report_save", **REPORT)

        assert allowed(program, "report_list", plan=PLAN) == set(EVERYBODY)
        assert allowed(program, "report_history", id=COMMITMENT, indicator="1.1", period="2021-H1") == set(
            EVERYBODY
        )
        assert allowed(program, "period_reopened_list", plan=PLAN) == set(EVERYBODY)

    def test_who_reads_what_is_not_public(self, program):
        for name in (COMMITMENT, PLAN):
            tk.get_action("package_patch")(
                program.context("sysadmin"), {"id": name, "publication_state": "draft"}
            )
        readers = {*PROGRAM, "sysadmin"}

        assert allowed(program, "report_list", commitment=COMMITMENT) == readers
        assert allowed(program, "report_history", id=COMMITMENT, indicator="1.1", period="2021-H1") == readers
        assert allowed(program, "period_reopened_list", plan=PLAN) == readers
        assert allowed(program, "report_import", plan=PLAN, rows=[]) == readers
        assert allowed(program, "report_save", **REPORT) == {"sysadmin"}

    def test_who_reads_a_plan_as_a_whole(self, program):
        def readers() -> set[str]:
            return {role for role in EVERYBODY if _reads_plan(program, role)}

        assert readers() == set(EVERYBODY)
        tk.get_action("package_patch")(
            program.context("sysadmin"), {"id": PLAN, "publication_state": "draft"}
        )
        assert readers() == {*PROGRAM, "sysadmin"}

    def test_nobody_reports_with_the_commitment_itself(self, program):
        call(program, LEAD, "report_save", **REPORT)
        (row,) = show(COMMITMENT)["reports"]
        for role in EVERYBODY:
            for changed in ({**row, "status": "C"}, {**row, "period": "2021-H2", "code": "1.1_2021-H2"}):
                with pytest.raises((tk.ValidationError, tk.NotAuthorized)):
                    tk.get_action("package_patch")(
                        program.context(role), {"id": COMMITMENT, "reports": [changed]}
                    )
        assert show(COMMITMENT)["reports"] == [row]

    def test_who_reopens(self, program):
        reopening = {"plan": PLAN, "period": "2021-H1", "institution": "sample-water", "until": "2021-08-01"}

        assert allowed(program, "period_reopen", **reopening) == {"program's administrator", "sysadmin"}

    def test_who_imports_and_for_whom(self, program):
        rows = [
            {"number": "1", "indicator": code, "period": "2021-H1", "status": "C"}
            for code in ("1.1", "1.2", "1.3")
        ]

        taken = {
            role: [row["outcome"] for row in answer["rows"]]
            for role in EVERYBODY
            if (answer := call(program, role, "report_import", plan=PLAN, rows=rows, dry_run=True)) != "no"
        }

        assert taken == {
            LEAD: ["added", "rejected", "rejected"],
            OTHER: ["rejected", "added", "rejected"],
            **dict.fromkeys(PROGRAM, ["rejected", "rejected", "added"]),
            "sysadmin": ["added", "added", "added"],
        }


class TestSaving:
    def test_it_answers_with_the_report_and_who_says_so(self, program):
        saved = call(program, LEAD, "report_save", **REPORT)

        assert (saved["outcome"], saved["version"], saved["institution"]) == ("added", 1, "Sample water")
        assert saved["said_by"] == "institution"

    def test_complaints_are_by_field(self, program):
        with pytest.raises(tk.ValidationError) as error:
            call(program, LEAD, "report_save", **{**REPORT, "status": "LP", "evidence": "our office"})

        assert set(error.value.error_dict) == {"challenges", "evidence"}

    def test_a_wrong_indicator_is_told_to_editors_only(self, program):
        wrong = {**REPORT, "indicator": "7"}

        with pytest.raises(tk.ValidationError) as error:
            call(program, LEAD, "report_save", **wrong)
        assert error.value.error_dict["indicator"] == [
            "The commitment has no such indicator. Give one of: 1.1, 1.2, 1.3."
        ]
        assert call(program, "member", "report_save", **wrong) == "no"

    def test_a_stale_version_is_refused_with_what_stands_there(self, program):
        call(program, LEAD, "report_save", **REPORT)

        with pytest.raises(tk.ValidationError) as error:
            call(program, "sysadmin", "report_save", **{**REPORT, "status": "C"})

        assert "status SP instead of C" in error.value.error_dict["version"][0]
        assert error.value.error_dict["now"][0]["version"] == 1
        corrected = {**REPORT, "status": "C", "version": 1, "reason": "The last one publishes too."}
        assert call(program, LEAD, "report_save", **corrected)["outcome"] == "updated"


class TestReading:
    def test_reports_of_a_plan_are_chosen_by_institution_and_period(self, program):
        for indicator in ("1.1", "1.2"):
            call(program, "sysadmin", "report_save", **{**REPORT, "indicator": indicator})

        def listed(**data: Any) -> list[str]:
            return [row["indicator"] for row in call(program, "anonymous", "report_list", **data)]

        assert listed(plan=PLAN) == listed(commitment=COMMITMENT) == ["1.1", "1.2"]
        assert listed(plan=PLAN, institution="Sample roads") == ["1.2"]
        assert listed(plan=PLAN, period="2021-H2") == []
        for wrong in ({}, {"plan": PLAN, "commitment": COMMITMENT}, {"plan": PLAN, "institution": "Nobody"}):
            with pytest.raises(tk.ValidationError):
                listed(**wrong)

    def test_the_history_never_names_the_user(self, program):
        call(program, LEAD, "report_save", **REPORT)
        call(program, LEAD, "report_save", **{**REPORT, "status": "C", "version": 1, "reason": "All do."})

        history = call(
            program, "anonymous", "report_history", id=COMMITMENT, indicator="1.1", period="2021-H1"
        )

        assert [(row["version"], row["status"], row["reason"]) for row in history] == [
            (2, "C", "All do."),
            (1, "SP", ""),
        ]
        assert program.users[LEAD] not in str(history)


def test_reopening_is_checked(program):
    def reopen(**change: str) -> Any:
        data = {
            "plan": PLAN,
            "period": "2021-H1",
            "institution": "Sample water",
            "until": "2021-07-01",
            **change,
        }
        return call(program, "program's administrator", "period_reopen", **data)

    assert reopen()["institution"] == "Sample water"
    reopen(until="2021-09-01")
    assert [row["until"] for row in call(program, "anonymous", "period_reopened_list", plan=PLAN)] == [
        "2021-09-01"
    ]
    for change in ({"period": "1999"}, {"institution": "Nobody"}, {"until": "2021-06-30"}, {"until": "soon"}):
        with pytest.raises(tk.ValidationError) as error:
            reopen(**change)
        assert set(error.value.error_dict) == set(change)


class TestImporting:
    def upload(self, text: str, name: str = "progress.csv") -> FileStorage:
        return FileStorage(BytesIO(text.encode()), filename=name)

    def test_a_file_is_taken_row_by_row(self, program):
        text = (
            "Commitment,Stage,Indicator,Period,Status,Progress,Evidence,Challenges,Reason\n"
            "1,final,1.1,2021-H1,SP,Eleven boards publish.,,,\n"
            "1,final,1.2,2021-H1,C,Not ours.,,,\n"
            "9,final,1.1,2021-H1,C,,,,\n"
        )

        preview = call(program, LEAD, "report_import", plan=PLAN, upload=self.upload(text), dry_run=True)
        assert show(COMMITMENT).get("reports") is None
        answer = call(program, LEAD, "report_import", plan=PLAN, upload=self.upload(text))

        assert (answer["rows"], preview["dry_run"]) == (preview["rows"], True)
        assert answer["counts"] == {"added": 1, "rejected": 2}
        assert [bool(row["messages"]) for row in answer["rows"]] == [False, True, True]
        assert [row["indicator"] for row in show(COMMITMENT)["reports"]] == ["1.1"]
        again = call(program, LEAD, "report_import", plan=PLAN, upload=self.upload(text))
        assert again["counts"] == {"unchanged": 1, "rejected": 2}

    @pytest.mark.parametrize("text", ["", "Name,Age\nAna,3\n", "\x00\x01"])
    def test_another_file_is_refused_with_what_is_expected(self, program, text):
        with pytest.raises(tk.ValidationError) as error:
            call(program, LEAD, "report_import", plan=PLAN, upload=self.upload(text))

        assert "no progress reports" in error.value.error_dict["upload"][0]

    def test_the_tables_of_a_plan_are_refused_without_what_is_wrong_with_its_commitments(self, program):
        text = "Number,Stage,Title,Problem,Action\n,final,Open roads,No map,Publish a map\n"
        with pytest.raises(tk.ValidationError) as error:
            call(program, LEAD, "report_import", plan=PLAN, upload=self.upload(text))
        (message,) = error.value.error_dict["upload"]
        assert "no progress reports" in message

    def test_rows_of_a_program_are_checked(self, program):
        for rows in (None, "x", ["x"]):
            with pytest.raises(tk.ValidationError):
                call(program, LEAD, "report_import", plan=PLAN, rows=rows)
        rows = [{"number": 1, "indicator": "1.1", "period": "2021-H1", "status": "C", "version": "old"}, {}]

        answer = call(program, LEAD, "report_import", plan=PLAN, rows=rows)

        assert [row["outcome"] for row in answer["rows"]] == ["rejected", "rejected"]
        assert [row["place"] for row in answer["rows"]] == ["row 1", "row 2"]
