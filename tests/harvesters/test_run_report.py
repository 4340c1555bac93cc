"""The report of a run while it goes on, and as a download; a gathering that breaks off is taken up where it was."""

from __future__ import annotations

import csv
import io
import json
import threading
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import helpers
from ckanext.harvest.model import HarvestObject
from ckanext.opengovbelize.harvesters import consumers
from ckanext.opengovbelize.model import LedgerEntry, RunRecord
from ckanext.opengovbelize.runs import leases, pipeline
from ckanext.opengovbelize.views import runs as runs_page

from .conftest import Portal, record

pytestmark = [pytest.mark.server]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch, ckan_config: Any) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.batch_size", 2)


def token(portal: Portal) -> dict[str, str]:
    made = helpers.call_action("api_token_create", user=portal.editor["name"], name="test")
    return {"Authorization": made["token"]}


def write(portal: Portal, records: int) -> None:
    for number in range(1, records + 1):
        portal.write(f"{number}.md", record(number))


def test_counts_are_live_and_the_page_follows_them_when_asked(
    portal: Portal, app: Any, small_batches: None
) -> None:
    write(portal, 5)
    source_id = portal.source()
    job_id = portal.start(source_id)
    consumers.work_once(leases.GATHER)
    consumers.work_once(leases.IMPORT)
    context = {"user": portal.editor["name"], "ignore_auth": False}
    status = helpers.call_action("opengovbelize_run_status", dict(context), job_id=job_id)
    assert (status["counts"]["added"], status["counts"]["waiting"], status["found"]) == (2, 3, 5)
    assert status["gathered_at"] and not status["finished_at"]
    assert "records" not in status

    headers = token(portal)
    url = f"/harvest/harbour-records/job/{job_id}"
    page = app.get(url, headers=headers).body
    assert "The run goes on" in page
    assert 'http-equiv="refresh"' not in page
    assert '<meta http-equiv="refresh" content="5">' in app.get(f"{url}?follow=1", headers=headers).body
    consumers.work_all()
    page = app.get(f"{url}?follow=1", headers=headers).body
    assert "The run goes on" not in page
    assert 'http-equiv="refresh"' not in page
    with pytest.raises(tk.NotAuthorized):
        helpers.call_action("opengovbelize_run_status", {"user": "", "ignore_auth": False}, job_id=job_id)


def test_a_spanish_report_says_in_spanish_what_is_wrong_and_the_api_says_it_in_one_language(
    portal: Portal, app: Any
) -> None:
    portal.write("broken.md", "")
    report = portal.run(portal.source())
    page = app.get(f"/es/opengovbelize/run/{report['id']}", headers=token(portal)).body
    assert "El archivo está vacío" in page
    assert "The file is empty" not in page
    (told,) = app.get(
        "/es/api/action/opengovbelize_run_show", headers=token(portal), query_string={"id": report["id"]}
    ).json["result"]["records"][0]["problems"]
    assert told["message"].startswith("The file is empty")


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("row 3, column Start", "fila 3, columna Start"),
        ("table 1, row 2 (page 4)", "tabla 1, fila 2 (página 4)"),
        ("sheet Open row data", "hoja Open row data"),
        ("", ""),
    ],
)
def test_a_spanish_report_says_in_spanish_where(app: Any, english: str, spanish: str) -> None:
    with app.flask_app.test_request_context(environ_overrides={"CKAN_LANG": "es"}):
        assert tk.h.opengovbelize_place(english) == spanish


def test_a_report_says_of_which_source_it_is_and_when(portal: Portal, app: Any) -> None:
    portal.write("one.md", record(1))
    report = portal.run(portal.source())
    page = app.get(f"/opengovbelize/run/{report['id']}", headers=token(portal)).body
    about = page.partition("<h1>Harvest report</h1>")[2].partition("</p>")[0]
    assert '<a href="/harvest/admin/harbour-records">Harbour Records</a>' in about
    assert report["started_at"][11:16] in about


def test_downloads_say_what_the_report_says(portal: Portal, app: Any) -> None:
    portal.write("one.md", record(1))
    portal.write("broken.md", "")
    report = portal.run(portal.source())
    headers = token(portal)
    page = app.get(f"/opengovbelize/run/{report['id']}", headers=headers).body
    for form in ("csv", "json"):
        assert f"/opengovbelize/run/{report['id']}/report.{form}" in page
        app.get(f"/opengovbelize/run/{report['id']}/report.{form}", status=403)
    answer = app.get(f"/opengovbelize/run/{report['id']}/report.json", headers=headers)
    assert json.loads(answer.body) == report
    answer = app.get(f"/opengovbelize/run/{report['id']}/report.csv", headers=headers)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = {row["record"]: row for row in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))}
    assert rows["one.md"]["outcome"] == "added"
    assert (rows["broken.md"]["outcome"], rows["broken.md"]["reasons"]) == ("rejected", "file-empty")
    assert helpers.call_action("opengovbelize_run_csv", id=report["id"]) == answer.data.decode("utf-8-sig")


def test_a_page_shows_what_most_wants_a_look_of_a_large_run(
    portal: Portal, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_page, "MOST_ROWS", 2)
    write(portal, 3)
    portal.write("a-broken.md", "")
    portal.write("z-broken.md", "")
    report = portal.run(portal.source())
    page = app.get(f"/opengovbelize/run/{report['id']}", headers=token(portal)).body
    assert "2 of 5 records" in page
    assert page.count('<tr data-outcome="rejected">') == 2
    assert '<tr data-outcome="added">' not in page


def test_a_page_calls_fields_as_the_pages_of_records_do(portal: Portal, app: Any) -> None:
    portal.write("progress.csv", "Commitment Number,Reporting Period,Milestone,Status\n1,2021-H1,1.1,LP\n")
    report = portal.run(portal.source())
    (row,) = report["records"]
    assert {problem["field"] for problem in row["problems"]} == {"in_plan"}
    page = app.get(f"/opengovbelize/run/{report['id']}", headers=token(portal)).body
    assert "Action plan:" in page
    assert "in_plan" not in page


def test_the_report_tells_the_time_of_each_stage(portal: Portal) -> None:
    portal.write("one.md", record(1))
    seconds = portal.run(portal.source())["seconds"]
    assert set(seconds) >= {"gather", "read", "screen", "publish", "index"}
    assert all(spent >= 0 for spent in seconds.values())
    assert seconds["publish"] > 0


def test_importing_begins_before_gathering_ends(
    portal: Portal, monkeypatch: Any, small_batches: None
) -> None:
    """A huge gathering that never reaches fetch (ckanext-harvest #549)."""
    write(portal, 5)
    job_id = portal.start(portal.source())
    screen = pipeline.screen
    seen: list[int] = []

    def look(session: Any, policy: Any) -> Any:
        seen.append(model.Session.query(HarvestObject).filter_by(harvest_job_id=job_id).count())
        return screen(session, policy)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "screen", look)
        consumers.work_once(leases.GATHER)
    assert seen == [0, 0, 1, 1, 2]
    assert portal.report(portal.finish(job_id))["counts"]["added"] == 5


def test_a_gathering_that_is_killed_goes_on_where_it_was(
    portal: Portal, monkeypatch: Any, small_batches: None
) -> None:
    write(portal, 7)
    portal.write("broken.md", "")
    job_id = portal.start(portal.source())
    screen, calls = pipeline.screen, iter(range(100))

    def die(session: Any, policy: Any) -> Any:
        if next(calls) == 5:
            raise KeyboardInterrupt
        return screen(session, policy)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(pipeline, "screen", die)
        consumers.work_once(leases.GATHER)
    # One of the batches that were handed on is published already by the time that somebody takes over.
    assert consumers.work_once(leases.IMPORT)
    counts = portal.report(job_id)["counts"]
    assert (counts["added"], counts["waiting"]) == (2, 2)
    portal.finish(job_id)
    report = portal.report(job_id)
    assert {name: number for name, number in report["counts"].items() if number} == {
        "added": 7,
        "rejected": 1,
    }
    assert len({row["key"] for row in report["records"]}) == 8
    assert model.Session.query(LedgerEntry).count() == 7
    assert portal.job(job_id)["status"] == "Finished"


def test_an_outcome_is_written_with_what_it_tells_of(portal: Portal, monkeypatch: Any) -> None:
    """An importer that dies after a record and before its report leaves no doubt what became of the record."""
    write(portal, 2)
    job_id = portal.start(portal.source())
    consumers.work_once(leases.GATHER)

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("ckanext.opengovbelize.runs.reports.imported", die)
        consumers.work_once(leases.IMPORT)
    assert [row.outcome for row in model.Session.query(RunRecord)] == ["added", "added"]
    assert portal.report(portal.finish(job_id))["counts"]["added"] == 2


def test_two_importers_publish_side_by_side_and_no_webinar_twice(portal: Portal, small_batches: None) -> None:
    write(portal, 8)
    for number in range(1, 9):
        # The same sessions once more, in batches of their own.
        portal.write(f"again-{number}.md", record(number))
    job_id = portal.start(portal.source())
    consumers.work_once(leases.GATHER)
    errors: list[BaseException] = []

    def work() -> None:
        try:
            while consumers.work_once(leases.IMPORT):
                pass
        except BaseException as error:
            errors.append(error)
        finally:
            model.Session.remove()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    report = portal.report(portal.finish(job_id))
    assert report["counts"]["added"] == 8
    assert report["counts"]["updated"] + report["counts"]["unchanged"] == 8
    assert model.Session.query(model.Package).filter_by(type="webinar").count() == 8
    assert model.Session.execute(sa.text("SELECT count(*) FROM opengovbelize_ledger")).scalar() == 16
