"""A source through the real queue: what is added, changed, gone and back, and what costs nothing."""

from __future__ import annotations

import json
import re

import pytest
import responses
from ckan import model
from ckan.lib.search import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject
from ckanext.opengovbelize.catalogue import pipeline as catalogue
from ckanext.opengovbelize.model import LedgerEntry, Run

from ..queues import consume
from .conftest import record

pytestmark = [pytest.mark.server]

DATA_TABLES = {
    "package",
    "resource",
    "activity",
    "package_tag",
    "member",
    "opengovbelize_ledger",
    "opengovbelize_published",
}


def counts(report):
    return {outcome: number for outcome, number in report["counts"].items() if number}


def outcome_of(report):
    return {row["label"]: row["outcome"] for row in report["records"]}


def example_site():
    """Return a web server for example.org; Solr and the like answer for themselves."""
    web = responses.RequestsMock()
    web.add_passthru(re.compile(r"https?://(?!example\.org)"))
    return web


def times_of_indexing():
    docs = make_connection().search("*:*", rows=1000, fl="id,dataset_type,indexed_ts").docs
    return {doc["id"]: doc["indexed_ts"] for doc in docs if doc["dataset_type"] != "harvest"}


def test_the_first_run_adds_every_record_and_the_job_ends(portal):
    portal.write("one.md", record(1))
    portal.write("two.md", record(2))
    job_id = portal.finish(portal.start(portal.source()))
    report = portal.report(job_id)
    assert counts(report) == {"added": 2}
    assert (report["found"], report["problems"]) == (2, [])
    assert report["finished_at"]
    assert portal.webinar(2)["title"].endswith("Invented session 2")
    job = portal.job(job_id)
    assert job["status"] == "Finished"
    assert job["stats"] == {"added": 2, "updated": 0, "not modified": 0, "deleted": 0, "errored": 0}


def test_objects_keep_no_content_and_point_to_no_package(portal):
    portal.write("one.md", record(1))
    portal.run(portal.source())
    (harvest_object,) = model.Session.query(HarvestObject)
    assert (harvest_object.content, harvest_object.package_id, harvest_object.state) == (
        None,
        None,
        "COMPLETE",
    )
    assert not harvest_object.extras and not harvest_object.errors


def bookkeeping_of_an_unchanged_run(portal, rows_written, records):
    for number in range(1, records + 1):
        portal.write(f"{number:02}.md", record(number))
    source_id = portal.source()
    portal.run(source_id)
    before = times_of_indexing()
    rows_written()
    report = portal.run(source_id)
    written = rows_written()
    assert counts(report) == {"unchanged": records}
    assert times_of_indexing() == before
    assert not DATA_TABLES & set(written)
    assert "harvest_object" not in written
    return written


def test_a_run_without_changes_writes_the_same_few_rows_whatever_the_number_of_records(portal, rows_written):
    few = bookkeeping_of_an_unchanged_run(portal, rows_written, 3)
    # The next nine records are harvested by a source of their own folder, together with the three.
    source_id = helpers.call_action("harvest_source_list")[0]["id"]
    for number in range(4, 13):
        portal.write(f"{number:02}.md", record(number))
    assert counts(portal.run(source_id)) == {"added": 9, "unchanged": 3}
    rows_written()
    assert counts(portal.run(source_id)) == {"unchanged": 12}
    assert rows_written() == few


def test_a_changed_record_updates_its_webinar_and_the_report_names_the_field(portal):
    portal.write("one.md", record(1))
    source_id = portal.source()
    portal.run(source_id)
    portal.write("one.md", record(1, objective="To show how a record is harvested again."))
    report = portal.run(source_id)
    assert counts(report) == {"updated": 1}
    assert report["records"][0]["changes"] == [{"field": "objective", "state": "changed"}]
    assert portal.webinar(1)["objective"] == "To show how a record is harvested again."


def test_a_record_that_is_gone_is_withdrawn_and_comes_back(portal):
    for number in (1, 2, 3):
        portal.write(f"{number}.md", record(number))
    source_id = portal.source()
    portal.run(source_id)
    webinar_id = portal.webinar(2)["id"]
    (portal.folder / "2.md").unlink()
    report = portal.run(source_id)
    assert counts(report) == {"unchanged": 2, "withdrawn": 1}
    assert report["found"] == 2
    assert portal.webinar(2)["private"] is True
    assert counts(portal.run(source_id)) == {"unchanged": 2}
    portal.write("2.md", record(2))
    assert counts(portal.run(source_id)) == {"unchanged": 2, "updated": 1}
    assert (portal.webinar(2)["id"], portal.webinar(2)["private"]) == (webinar_id, False)


def test_an_empty_source_withdraws_nothing_and_says_so(portal):
    portal.write("one.md", record(1))
    source_id = portal.source()
    portal.run(source_id)
    (portal.folder / "one.md").unlink()
    job_id = portal.finish(portal.start(source_id))
    report = portal.report(job_id)
    assert counts(report) == {}
    assert [problem["code"] for problem in report["problems"]] == ["listing-empty"]
    assert portal.webinar(1)["private"] is False
    assert (portal.job(job_id)["status"], portal.job(job_id)["stats"]["errored"]) == ("Finished", 1)


def test_a_source_that_shrinks_too_much_withdraws_nothing_unless_its_editor_says_so(portal):
    for number in range(1, 6):
        portal.write(f"{number}.md", record(number))
    source_id = portal.source()
    portal.run(source_id)
    for number in (1, 2, 3):
        (portal.folder / f"{number}.md").unlink()
    report = portal.run(source_id)
    assert counts(report) == {"unchanged": 2}
    assert [problem["code"] for problem in report["problems"]] == ["listing-shrunk"]
    assert "3 of 5 records" in report["problems"][0]["message"]
    portal.configure(source_id, shrink_percent=100)
    assert counts(portal.run(source_id)) == {"unchanged": 2, "withdrawn": 3}


def test_records_that_move_are_no_loss_and_their_old_places_count_no_more(portal):
    for number in range(1, 6):
        portal.write(f"{number}.md", record(number))
    source_id = portal.source()
    portal.run(source_id)
    (portal.folder / "moved").mkdir()
    for file in portal.folder.glob("*.md"):
        file.rename(portal.folder / "moved" / file.name)
    first, second = portal.run(source_id), portal.run(source_id)
    assert (first["errors"], counts(first)) == (0, {"unchanged": 5})
    assert (second["errors"], counts(second)) == (0, {"unchanged": 5, "withdrawn": 5})
    assert not any(portal.webinar(number)["private"] for number in range(1, 6))
    (portal.folder / "moved" / "1.md").unlink()
    assert counts(portal.run(source_id)) == {"unchanged": 4, "withdrawn": 1}
    assert portal.webinar(1)["private"]


def test_a_session_that_goes_to_another_organization_is_found_by_its_old_address(portal, app):
    for number in (1, 2):
        portal.write(f"{number}.md", record(number))
    source_id = portal.source()
    portal.run(source_id)
    portal.organization = factories.Organization(
        name="inland", users=[{"name": portal.editor["name"], "capacity": "editor"}]
    )
    portal.configure(source_id)
    # The second file holds another session by now.
    portal.write("2.md", record(3).replace("13 February", "20 February"))
    portal.run(source_id)
    moved = app.get("/webinar/harbour-2025-1", follow_redirects=False)
    assert moved.headers["Location"].endswith("/webinar/harbour-2025-inland-1")
    assert app.get(moved.headers["Location"]).status_code == 200
    assert app.get("/webinar/harbour-2025-2").status_code == 404


def test_a_source_that_fails_withdraws_nothing_and_the_job_ends(portal):
    page = "https://example.org/webinars/"
    with example_site() as web:
        web.get(page, body='<a href="1.md">1</a><a href="2.md">2</a>', content_type="text/html")
        web.get(f"{page}1.md", body=record(1))
        web.get(f"{page}2.md", body=record(2))
        source_id = portal.source(page)
        assert counts(portal.run(source_id)) == {"added": 2}
    with example_site() as web:
        web.get(page, status=503, body="private words of a server")
        job_id = portal.finish(portal.start(source_id))
    report = portal.report(job_id)
    assert [problem["code"] for problem in report["problems"]] == ["address-status"]
    assert portal.job(job_id)["status"] == "Finished"
    assert portal.job(job_id)["gather_error_summary"] == [{"message": "address-status", "error_count": 1}]
    assert portal.webinar(1)["private"] is False


def test_a_page_that_lists_no_more_is_an_empty_listing(portal):
    page = "https://example.org/webinars/"
    with example_site() as web:
        web.get(page, body='<html><a href="1.md">1</a><a href="2.md">2</a></html>', content_type="text/html")
        web.get(f"{page}1.md", body=record(1))
        web.get(f"{page}2.md", body=record(2))
        source_id = portal.source(page)
        portal.run(source_id)
    with example_site() as web:
        web.get(page, body="<html><p>We are moving.</p></html>", content_type="text/html")
        report = portal.run(source_id)
    assert counts(report) == {}
    assert "listing-empty" in [problem["code"] for problem in report["problems"]]
    assert portal.webinar(2)["private"] is False


def test_a_broken_record_never_stops_the_others(portal):
    portal.write("a-empty.md", "")
    portal.write("b-junk.docx", "PK\x03\x04 this is no Word document")
    portal.write("c-good.md", record(1))
    report = portal.run(portal.source())
    assert counts(report) == {"added": 1, "rejected": 2}
    assert outcome_of(report)["c-good.md"] == "added"
    for row in report["records"][:2]:
        assert row["problems"] and all(problem["message"] for problem in row["problems"])


def test_a_record_that_breaks_later_stays_published(portal):
    for number in (1, 2):
        portal.write(f"{number}.md", record(number))
    source_id = portal.source()
    portal.run(source_id)
    portal.write("1.md", "")
    report = portal.run(source_id)
    assert outcome_of(report) == {"1.md": "rejected", "2.md": "unchanged"}
    assert report["records"][0]["name"] == "harbour-2025-1"
    assert portal.webinar(1)["private"] is False


def test_a_second_source_of_the_same_webinar_joins_it_and_both_come_to_rest(portal):
    portal.write("first/one.md", record(1))
    portal.write("second/uno.md", record(1, objective="To show what the more trusted source says."))
    first = portal.source((portal.folder / "first").as_uri(), "first-source")
    second = portal.source((portal.folder / "second").as_uri(), "second-source", trust=90)
    assert counts(portal.run(first)) == {"added": 1}
    assert counts(portal.run(second)) == {"updated": 1}
    assert counts(portal.run(first)) == {"unchanged": 1}
    assert counts(portal.run(second)) == {"unchanged": 1}
    webinar = portal.webinar(1)
    assert webinar["objective"] == "To show what the more trusted source says."
    assert {row["title"] for row in webinar["sources"]} == {"First Source", "Second Source"}
    assert helpers.call_action("package_search", fq="dataset_type:webinar")["count"] == 1


def test_a_folder_that_is_not_open_is_refused(portal, tmp_path):
    (tmp_path / "closed").mkdir()
    report = portal.run(portal.source((tmp_path / "closed").as_uri()))
    assert [problem["code"] for problem in report["problems"]] == ["folder-not-open"]
    assert report["found"] == 0


def test_the_form_tells_what_a_configuration_accepts(portal):
    with pytest.raises(tk.ValidationError) as error:
        portal.source(colour="red")
    assert '"colour" is not known here. Accepted are: series' in error.value.error_dict["config"][0]


def test_a_batch_that_fails_in_the_middle_reports_each_record(portal, monkeypatch):
    for number in (1, 2, 3):
        portal.write(f"{number}.md", record(number))
    publish = catalogue.publish

    def fail_at_two(items, *others):
        for item in items:
            if item.draft.fields["session_number"] in (2, "2"):
                raise RuntimeError("private words of a record")
            yield from publish([item], *others)

    monkeypatch.setattr(catalogue, "publish", fail_at_two)
    job_id = portal.finish(portal.start(portal.source()))
    report = portal.report(job_id)
    assert outcome_of(report) == {"1.md": "added", "2.md": "rejected", "3.md": "added"}
    assert report["records"][1]["reasons"] == ["publish-failed"]
    assert "private words" not in json.dumps(report)
    assert portal.job(job_id)["status"] == "Finished"
    monkeypatch.undo()


def test_a_stage_that_breaks_off_ends_the_job_with_a_code(portal, monkeypatch):
    portal.write("one.md", record(1))
    source_id = portal.source()
    with monkeypatch.context() as patch:
        patch.setattr("ckanext.opengovbelize.runs.pipeline.gather", lambda *args: 1 / 0)
        job_id = portal.finish(portal.start(source_id))
    assert portal.job(job_id)["status"] == "Finished"
    assert portal.job(job_id)["gather_error_summary"] == [{"message": "gather-failed", "error_count": 1}]
    assert [problem["code"] for problem in portal.report(job_id)["problems"]] == ["gather-failed"]

    with monkeypatch.context() as patch:
        patch.setattr("ckanext.opengovbelize.runs.batches.publish", lambda *args, **kwargs: 1 / 0)
        job_id = portal.finish(portal.start(source_id))
    assert portal.job(job_id)["status"] == "Finished"
    assert portal.job(job_id)["object_error_summary"] == [{"message": "import-failed", "error_count": 1}]
    assert [row["reasons"] for row in portal.report(job_id)["records"]] == [["import-interrupted"]]
    assert not model.Session.query(HarvestObject).filter(HarvestObject.content.isnot(None)).count()

    assert counts(portal.run(source_id)) == {"added": 1}


def test_a_job_that_is_stopped_leaves_nothing_behind(portal):
    portal.write("one.md", record(1))
    source_id = portal.source()
    job_id = portal.start(source_id)
    consume(queue.get_gather_consumer(), queue.gather_callback)
    helpers.call_action("harvest_job_abort", id=job_id)
    assert [row["reasons"] for row in portal.report(job_id)["records"]] == [["import-interrupted"]]
    queue.purge_queues()
    assert counts(portal.run(source_id)) == {"added": 1}
    assert not model.Session.query(HarvestObject).filter(HarvestObject.content.isnot(None)).count()


def test_stopping_a_job_that_has_ended_ends_no_later_one(portal):
    portal.write("one.md", record(1))
    source_id = portal.source()
    old = portal.finish(portal.start(source_id))
    new = portal.start(source_id)
    helpers.call_action("harvest_job_abort", id=old)
    assert portal.job(new)["status"] == "Running"
    assert counts(portal.report(portal.finish(new))) == {"unchanged": 1}


def test_a_gather_that_runs_twice_makes_its_objects_once(portal):
    portal.write("one.md", record(1))
    job_id = portal.start(portal.source())
    consume(queue.get_gather_consumer(), queue.gather_callback)
    queue.gather_stage(queue.get_harvester("opengovbelize_records"), HarvestJob.get(job_id))
    assert model.Session.query(HarvestObject).count() == 1
    assert model.Session.query(Run).count() == 1
    report = portal.report(job_id)
    assert (counts(report), report["finished_at"]) == ({"waiting": 1}, None)
    assert counts(portal.report(portal.finish(job_id))) == {"added": 1}


def test_an_import_that_runs_twice_publishes_once_and_reports_what_the_first_did(portal):
    portal.write("one.md", record(1))
    job_id = portal.start(portal.source())
    consume(queue.get_gather_consumer(), queue.gather_callback)
    (harvest_object,) = model.Session.query(HarvestObject)
    content = harvest_object.content
    consume(queue.get_fetch_consumer(), queue.fetch_callback)
    # As if the consumer had died after publishing, before it could say that the batch is done.
    model.Session.query(Run).one().finished_at = None
    (harvest_object,) = model.Session.query(HarvestObject)
    harvest_object.content, harvest_object.state = content, "WAITING"
    model.Session.commit()
    helpers.call_action("harvest_jobs_run")  # sends what waits to the queue again
    assert counts(portal.report(portal.finish(job_id))) == {"added": 1}
    assert model.Session.query(LedgerEntry).count() == 1


def test_a_message_that_comes_again_after_the_end_of_the_job_is_no_error(portal):
    portal.write("one.md", record(1))
    job_id = portal.finish(portal.start(portal.source()))
    (harvest_object,) = model.Session.query(HarvestObject)
    queue.get_fetch_publisher().send({"harvest_object_id": harvest_object.id})
    consume(queue.get_fetch_consumer(), queue.fetch_callback)
    assert portal.job(job_id)["stats"] == {
        "added": 1,
        "updated": 0,
        "not modified": 0,
        "deleted": 0,
        "errored": 0,
    }


def test_only_editors_of_the_organization_read_reports(portal, app):
    portal.write("one.md", record(1))
    source_id = portal.source()
    job_id = portal.finish(portal.start(source_id))
    stranger = helpers.call_action(
        "user_create", name="stranger", email="stranger@example.org", password="correct-horse"
    )
    for user in ("", stranger["name"]):
        context = {"user": user, "ignore_auth": False}
        with pytest.raises(tk.NotAuthorized):
            helpers.call_action("opengovbelize_run_show", dict(context), job_id=job_id)
        with pytest.raises(tk.NotAuthorized):
            helpers.call_action("opengovbelize_run_list", dict(context), source_id=source_id)
        with pytest.raises(tk.NotAuthorized):
            helpers.call_action("opengovbelize_run_show", dict(context), id="no-such-run")
    context = {"user": portal.editor["name"], "ignore_auth": False}
    (listed,) = helpers.call_action("opengovbelize_run_list", context, source_id=source_id)
    assert listed["counts"]["added"] == 1
    assert "records" not in listed


def test_the_page_of_the_job_tells_each_record(portal, app):
    portal.write("broken.md", "")
    portal.write("one.md", record(1))
    source_id = portal.source()
    job_id = portal.finish(portal.start(source_id))
    token = helpers.call_action("api_token_create", user=portal.editor["name"], name="test")["token"]
    url = f"/harvest/harbour-records/job/{job_id}"
    page = app.get(url, headers={"Authorization": token}).body
    assert "2 records were found." in page
    assert '<a href="/webinar/harbour-2025-1">harbour-2025-1</a>' in page
    assert 'data-outcome="rejected"' in page
    assert app.get(url, status=403)


def test_a_source_says_how_many_datasets_it_has(portal, app):
    for number in (1, 2, 3):
        portal.write(f"{number}.md", record(number))
    source_id = portal.source()
    portal.run(source_id)
    (portal.folder / "3.md").unlink()
    portal.run(source_id)

    status = helpers.call_action("harvest_source_show_status", id=source_id)
    token = helpers.call_action("api_token_create", user=portal.editor["name"], name="test")["token"]
    page = app.get("/harvest/admin/harbour-records", headers={"Authorization": token}).body

    assert status["total_datasets"] == 2
    assert re.search(r"<dt>Datasets</dt>\s*<dd>2</dd>", page)
