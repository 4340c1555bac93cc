"""Progress reports: nobody's is lost, every version stays, and only one way leads to them."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckanext.opengovbelize.catalogue import publish, reopening, report_book, reports
from ckanext.opengovbelize.catalogue.report_book import Incoming
from ckanext.opengovbelize.model import ProgressReport
from ckanext.opengovbelize.progress.rules import Report

from tests.catalogue.conftest import search, show
from tests.progress.conftest import PERIODS, Program, program

__all__ = ["program"]

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

IN_TIME = date(2021, 7, 1)
LATE = date(2021, 9, 1)
CLOSED = date(2022, 3, 1)
NAME = "sample-plan-final-1"


def report(indicator: str = "1.1", period: str = "2021-H1", **values: Any) -> Report:
    return Report(indicator, period, **{"status": "SP", "progress": "Eleven boards publish.", **values})


def save(
    program: Program, *incoming: Report | Incoming, on: date = IN_TIME, **options: Any
) -> list[report_book.Saved]:
    each = [entry if isinstance(entry, Incoming) else Incoming(entry) for entry in incoming]
    settings = {"by": None, "user": program.users["editor of the lead"], **options}
    return reports.save(program.commitment["id"], each, on=on, **settings)


def rows() -> list[dict[str, Any]]:
    return show(NAME).get("reports", [])


def outcomes(saved: list[report_book.Saved]) -> list[str]:
    return [entry.faults[0].code if entry.faults else entry.outcome for entry in saved]


def test_a_report_stands_in_commitment_history_and_index(program):
    (saved,) = save(program, report(evidence="https://www.example.org/boards"))

    assert (saved.outcome, saved.version, saved.late) == ("added", 1, False)
    assert rows() == [
        {
            "code": "1.1_2021-H1",
            "indicator": "1.1",
            "period": "2021-H1",
            "status": "SP",
            "progress": "Eleven boards publish.",
            "evidence": "https://www.example.org/boards",
            "institution": "Sample water",
            "reported": "2021-07-01",
            "late": False,
            "version": 1,
        }
    ]
    assert [entry["version"] for entry in reports.history(program.commitment["id"], "1.1", "2021-H1")] == [1]
    assert search("Eleven boards") == [NAME]
    (version,) = model.Session.query(ProgressReport)
    assert version.user_id == model.User.get(program.users["editor of the lead"]).id


def test_a_correction_needs_a_reason_and_earlier_versions_stay(program):
    save(program, report(status="LP", challenges="Few computers."))

    assert outcomes(save(program, report())) == ["reason-missing"]
    (saved,) = save(program, report(reason="One board was counted twice."), on=LATE)

    assert (saved.outcome, saved.version, saved.changes) == ("updated", 2, ("status", "challenges"))
    assert not saved.late
    assert [(row["status"], row["version"]) for row in rows()] == [("SP", 2)]
    newest, first = reports.history(program.commitment["id"], "1.1", "2021-H1")
    assert (newest["reason"], newest["reported"]) == ("One board was counted twice.", "2021-09-01")
    assert (first["status"], first["challenges"]) == ("LP", "Few computers.")
    assert "user_id" not in first


def test_the_same_report_again_writes_nothing(program):
    save(program, report())
    before = show(NAME)["metadata_modified"]

    assert outcomes(save(program, report(progress=" Eleven boards publish.\r\n"), on=CLOSED)) == ["unchanged"]

    assert show(NAME)["metadata_modified"] == before


def test_many_reports_are_one_write_and_a_bad_one_costs_itself_only(program):
    saved = save(
        program,
        report("1.1"),
        report("1.2", status="NS"),
        report("1.3", progress="Ask ana@nowhere.example"),
        report("9.9"),
        report("1.2"),
        report("1.3", "2021-H2", status="C"),
    )

    assert outcomes(saved) == [
        "added",
        "challenges-missing",
        "private-text",
        "indicator-unknown",
        "stated-twice",
        "added",
    ]
    assert "nowhere" not in str([entry.faults for entry in saved])
    assert [row["code"] for row in rows()] == ["1.1_2021-H1", "1.3_2021-H2"]
    activities = tk.get_action("package_activity_list")({"ignore_auth": True, "user": ""}, {"id": NAME})
    assert [entry["activity_type"] for entry in activities] == ["changed package"]
    assert activities[0]["user_id"] == model.User.get(program.users["editor of the lead"]).id


def test_what_the_schema_refuses_costs_the_one_report_and_frees_the_row(program):
    long = "x" * 98
    tk.get_action("package_patch")(
        {"ignore_auth": True, "user": program.users["sysadmin"]},
        {"id": NAME, "indicators": [*program.commitment["indicators"], {"code": long, "title": "Long"}]},
    )

    saved = save(program, report(long), report("1.1"))

    assert outcomes(saved) == ["field-invalid", "added"]
    assert outcomes(save(program, report("1.2"))) == ["added"]


def test_only_the_institution_in_charge_reports(program):
    water, program_id = program.water["id"], program.organization["id"]

    assert outcomes(save(program, report("1.2"), report("1.3"), report("1.1"), by={water})) == [
        "not-yours",
        "not-yours",
        "added",
    ]
    assert outcomes(save(program, report("1.3"), report("1.2"), by={program_id})) == ["added", "not-yours"]


def test_a_period_ends_when_the_next_is_due_and_can_be_reopened_for_one_institution(program):
    (late,) = save(program, report(), on=LATE)
    assert late.late
    assert outcomes(save(program, report("1.2"), on=CLOSED)) == ["period-closed"]

    reopening.reopen(program.plan["id"], "2021-H1", program.roads["id"], CLOSED, user_id="admin")

    assert outcomes(save(program, report("1.3"), report("1.2"), on=CLOSED)) == ["period-closed", "added"]
    assert outcomes(save(program, report("1.2", status="C", reason="Late."), on=date(2022, 3, 2))) == [
        "period-closed"
    ]
    assert reopening.reopened(program.plan["id"]) == [
        {"period": "2021-H1", "organization_id": program.roads["id"], "until": "2022-03-01"}
    ]


def test_only_final_commitments_take_reports(program):
    tk.get_action("package_patch")(
        {"ignore_auth": True, "user": program.users["sysadmin"]},
        {"id": NAME, "stage": "dropped", "became_of": "Dropped for lack of water."},
    )

    assert outcomes(save(program, report())) == ["stage"]


class TestImport:
    def test_history_is_judged_by_its_own_days(self, program):
        stated = Incoming(report("1.1"), reported=date(2021, 8, 15), institution="Sample Water Department")
        saved = save(program, stated, report("1.2"), report("1.3"), on=date(2024, 1, 1), as_import=True)

        assert [(entry.outcome, entry.late) for entry in saved] == [
            ("added", True),
            ("added", False),
            ("added", False),
        ]
        assert [(row["institution"], row["reported"]) for row in rows()] == [
            ("Sample Water Department", "2021-08-15"),
            ("Sample roads", "2021-07-31"),
            ("Sample Visitors", "2021-07-31"),
        ]

    def test_nothing_is_reported_ahead_of_its_time(self, program):
        ahead = Incoming(report("1.1"), reported=date(2021, 7, 30))

        saved = save(program, ahead, report("1.2", "2022-H1"), on=date(2021, 7, 1), as_import=True)

        assert outcomes(saved) == ["reported-in-future", "period-coming"]

    def test_an_old_file_undoes_no_correction(self, program):
        save(program, report(status="C"), as_import=True)
        save(program, report(reason="Not all yet."))

        assert outcomes(save(program, report(status="C"), as_import=True)) == ["unchanged"]
        assert outcomes(save(program, report(status="NS", challenges="Rain."), as_import=True)) == [
            "reason-missing"
        ]
        assert [(row["status"], row["version"]) for row in rows()] == [("SP", 2)]


def test_a_dry_run_tells_the_same_and_writes_nothing(program):
    saved = save(program, report(), report("1.2", status="LP"), dry_run=True)

    assert outcomes(saved) == ["added", "challenges-missing"]
    assert rows() == []


class TestTwoAtOnce:
    def both(self, app: Any, program: Program, *incoming: Incoming) -> list[report_book.Saved]:
        """Each saves in a thread with a session of its own; both have begun before either ends."""
        application = app.flask_app
        start, found = threading.Barrier(len(incoming)), []

        def one(each: Incoming) -> None:
            with application.test_request_context():
                start.wait(timeout=30)
                try:
                    found.extend(save(program, each))
                finally:
                    model.Session.remove()

        threads = [threading.Thread(target=one, args=(each,)) for each in incoming]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return found

    def test_both_reports_are_there(self, app, program):
        found = self.both(
            app, program, *(Incoming(report(code), version=0) for code in ("1.1", "1.2", "1.3"))
        )

        assert outcomes(found) == ["added"] * 3
        assert [row["indicator"] for row in rows()] == ["1.1", "1.2", "1.3"]

    def test_of_the_same_report_the_second_is_refused_with_the_difference(self, app, program):
        found = self.both(
            app,
            program,
            Incoming(report(status="C", progress="All publish."), version=0),
            Incoming(report(status="SP"), version=0),
        )

        assert sorted(outcomes(found)) == ["added", "stale"]
        refused = next(entry for entry in found if entry.faults)
        (stands,) = rows()
        assert refused.now == stands
        assert f"status {stands['status']} instead of" in refused.faults[0].message
        assert stands["progress"] in refused.faults[0].message


class TestGuard:
    """No other way leads to reports, whoever asks."""

    def change(self, program: Program, action: str = "package_patch", **values: Any) -> None:
        data = {"id": NAME, **values}
        if action == "package_update":
            data = {**{k: v for k, v in show(NAME).items() if k != "reports"}, **values}
        tk.get_action(action)({"user": program.users["sysadmin"]}, data)

    def test_an_update_that_does_not_name_reports_keeps_them(self, program):
        save(program, report())

        self.change(program, "package_update", title="Open timetable")

        assert show(NAME)["title"] == "Open timetable"
        assert [row["code"] for row in rows()] == ["1.1_2021-H1"]

    def test_reports_that_are_as_they_stand_pass(self, program):
        save(program, report())

        self.change(program, title="Open timetable")
        self.change(program, "package_update", title="Open tables", reports=rows())

        assert (show(NAME)["title"], len(rows())) == ("Open tables", 1)

    @pytest.mark.parametrize("action", ["package_patch", "package_update"])
    def test_changed_added_and_removed_rows_are_refused(self, program, action):
        save(program, report("1.1"), report("1.2"))
        first, second = rows()
        added = {**second, "indicator": "1.3", "code": "other"}

        for change, told in [
            (
                [{**first, "status": "C"}, second],
                "Indicator 1.1, period 2021-H1: Progress is not reported with",
            ),
            (
                [first, {**second, "late": True}],
                "Indicator 1.2, period 2021-H1: Progress is not reported with",
            ),
            ([first, second, added], "Indicator 1.3, period 2021-H1: Progress is not reported with"),
            ([first], "Indicator 1.2, period 2021-H1: It was reported and is missing here."),
        ]:
            with pytest.raises(tk.ValidationError) as error:
                self.change(program, action, reports=change)
            assert told in str(error.value.error_dict["reports"])
        self.change(program, action, reports=[])

        assert rows() == [first, second]

    def test_a_stale_row_is_refused_with_the_difference(self, program):
        save(program, report(status="LP", challenges="Rain."))
        seen = rows()
        save(program, report(reason="The rain stopped."))

        with pytest.raises(tk.ValidationError) as error:
            self.change(program, title="Later", reports=seen)

        ((message,),) = [row["code"] for row in error.value.error_dict["reports"]]
        assert message.startswith(
            "Indicator 1.1, period 2021-H1: It has meanwhile been reported: status SP instead of LP"
        )

    def test_a_new_commitment_has_no_reports(self, program):
        save(program, report())
        values = {**show(NAME), "name": "copy", "number": "2"}
        del values["id"]

        with pytest.raises(tk.ValidationError) as error:
            tk.get_action("package_create")({"user": program.users["sysadmin"]}, values)

        assert "reports" in error.value.error_dict

    def test_what_was_reported_on_stays(self, program):
        save(program, report())

        with pytest.raises(tk.ValidationError) as error:
            self.change(program, indicators=program.commitment["indicators"][1:])
        row = error.value.error_dict["indicators"][0]
        assert row["code"] == [
            "Indicator 1.1 has progress reports and cannot be taken out or renumbered. Put it back."
        ]
        with pytest.raises(tk.ValidationError) as error:
            self.change(program, id="sample-plan", periods=PERIODS[1:])
        assert "Period 2021-H1 has progress reports" in str(error.value.error_dict["periods"])
        self.change(program, id="sample-plan", periods=PERIODS[:2])

    def test_an_update_waits_for_a_report_and_keeps_it(self, app, program):
        """The update begins before the report and ends after it."""
        context = {"user": program.users["sysadmin"], "defer_commit": True, "return_id_only": True}
        save(program, report("1.2"))
        tk.get_action("package_patch")(context, {"id": NAME, "title": "Open timetable"})
        application, done = app.flask_app, []

        def meanwhile() -> None:
            with application.test_request_context():
                done.extend(save(program, report("1.1")))
                model.Session.remove()

        thread = threading.Thread(target=meanwhile)
        thread.start()
        thread.join(timeout=1)
        assert thread.is_alive()
        model.Session.commit()
        thread.join(timeout=60)

        assert outcomes(done) == ["added"]
        assert (show(NAME)["title"], [row["indicator"] for row in rows()]) == (
            "Open timetable",
            ["1.1", "1.2"],
        )

    def test_a_comparison_lets_nobody_wait_and_an_import_keeps_reports(self, program):
        save(program, report())
        package = model.Package.get(NAME)

        prepared = publish.prepare(package, {"type": "commitment"}, {"problem": "Nobody knows when."})
        assert publish.errors_of(prepared, "") == {}
        with model.Session.get_bind().connect() as somebody_else:
            somebody_else.execute(
                sa.text("SELECT id FROM package WHERE name = :name FOR UPDATE NOWAIT"), {"name": NAME}
            )
        save(program, report("1.2"))
        publish.save(prepared, program.users["sysadmin"])
        model.Session.commit()

        assert (show(NAME)["problem"], len(rows())) == ("Nobody knows when.", 2)
