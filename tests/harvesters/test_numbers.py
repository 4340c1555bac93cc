"""The numbers of a run are the same wherever they are told: on the job, in its e-mail, in its report.

In data.gov they were not (GSA/data.gov #4038), and a job could end well that had imported nothing (#5719).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import helpers
from ckanext.harvest import queue
from ckanext.harvest.logic.action import update
from ckanext.harvest.model import HarvestGatherError, HarvestJob
from ckanext.opengovbelize.harvesters import consumers
from ckanext.opengovbelize.runs import leases, sweeper
from jinja2 import Template

from ..queues import consume
from . import stock
from .conftest import Portal, record
from .other_portal import served

pytestmark = [pytest.mark.server]


@pytest.fixture
def mails(app: Any, monkeypatch: pytest.MonkeyPatch, ckan_config: Any) -> Iterator[list[str]]:
    """The e-mails that would have gone out about jobs."""
    sent: list[str] = []
    monkeypatch.setitem(ckan_config, "ckan.harvest.status_mail.all", True)
    monkeypatch.setattr(update, "send_mail", lambda _to, _subject, body: sent.append(body))
    with app.flask_app.test_request_context():
        yield sent


def rendered_by_ckanext_harvest(name: str, values: dict[str, Any]) -> str:
    """Return a letter of its own templates, which ours take the place of."""
    folder = Path(queue.__file__).parent / "templates"
    return Template((folder / name).read_text()).render(values)


def assert_same_numbers(portal: Portal, job_id: str, mail: str) -> dict[str, Any]:
    report, job = portal.report(job_id), portal.job(job_id)
    counts = report["counts"]
    assert job["stats"] == {
        "added": counts["added"],
        "updated": counts["updated"],
        "not modified": counts["unchanged"],
        "deleted": counts["withdrawn"],
        "errored": report["errors"],
    }
    told = dict(line.strip().split(": ", 1) for line in mail.splitlines() if ": " in line)
    assert {name: told[f"Records {name}"] for name in ("in Error", "Added", "Updated", "Deleted")} == {
        "in Error": str(report["errors"]),
        "Added": str(counts["added"]),
        "Updated": str(counts["updated"]),
        "Deleted": str(counts["withdrawn"]),
    }
    assert told["Error Summary"] == f"{report['errors']} error{'s' if report['errors'] != 1 else ''}"
    return report


def test_job_mail_and_report_tell_the_same_numbers(portal: Portal, mails: list[str]) -> None:
    for number in range(1, 5):
        portal.write(f"{number}.md", record(number))
    portal.write("broken.md", "")
    source_id = portal.source()
    report = assert_same_numbers(portal, portal.finish(portal.start(source_id)), mails[-1])
    assert report["errors"] == report["counts"]["rejected"] == 1
    assert "broken.md: " in mails[-1]
    for number in range(1, 5):
        (portal.folder / f"{number}.md").unlink()
    # A failure of the source as a whole and a rejected record: two errors.
    report = assert_same_numbers(portal, portal.finish(portal.start(source_id)), mails[-1])
    assert [problem["code"] for problem in report["problems"] if problem["failure"]] == ["listing-shrunk"]
    assert report["errors"] == 2


def test_more_errors_than_a_letter_lists_are_as_many_everywhere(portal: Portal, mails: list[str]) -> None:
    """ckanext-harvest's letter counts what it lists: twenty at most, as the test after this one shows."""
    for number in range(21):
        portal.write(f"{number}.md", "")
    report = assert_same_numbers(portal, portal.finish(portal.start(portal.source())), mails[-1])
    assert report["errors"] == 21
    assert "all of them are on the page of the job" in mails[-1]


def test_in_stock_harvest_a_letter_contradicts_itself(
    portal: Portal, mails: list[str], monkeypatch: Any, ckan_config: Any
) -> None:
    """The like of GSA/data.gov #4038: the numbers of one job differ by where they are told."""

    def fails(self: stock.Stock, harvest_object: Any) -> bool:
        self._save_object_error("Nothing fits.", harvest_object, "Import")
        return False

    monkeypatch.setattr(stock.Stock, "import_stage", fails)
    monkeypatch.setattr(update, "render", rendered_by_ckanext_harvest)
    with (
        stock.harvesting(),
        served(stock.Answering(stock.by_id([stock.dataset(n) for n in range(21)]))) as at,
    ):
        monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.allowed_hosts", [at.removeprefix("http://")])
        job_id = portal.start(portal.source(at))
        consume(queue.get_gather_consumer(), queue.gather_callback)
        consume(queue.get_fetch_consumer(), queue.fetch_callback)
        helpers.call_action("harvest_jobs_run")
    assert portal.job(job_id)["stats"]["errored"] == 21
    assert "Records in Error: 21" in mails[-1]
    assert "Error Summary: 20 errors" in mails[-1]


def test_in_stock_harvest_a_gathering_that_breaks_off_is_a_job_without_errors(
    portal: Portal, monkeypatch: Any
) -> None:
    """GSA/data.gov #5719: nothing was read, and the job has ended well. Here it ends with ``gather-failed``."""

    def breaks_off(_self: stock.Stock, _job: Any) -> list[str]:
        raise KeyError("what a site has not sent")

    monkeypatch.setattr(stock.Stock, "gather_stage", breaks_off)
    with stock.harvesting():
        job_id = portal.start(portal.source())
        with pytest.raises(KeyError):
            consume(queue.get_gather_consumer(), queue.gather_callback)
        model.Session.remove()
        helpers.call_action("harvest_jobs_run")
    job = portal.job(job_id)
    assert job["status"] == "Finished"
    assert not any(job["stats"].values()) and not job["gather_error_summary"]


def test_a_gathering_that_breaks_off_is_an_error_everywhere(
    portal: Portal, mails: list[str], monkeypatch: Any
) -> None:
    def breaks_off(*_: Any, **__: Any) -> None:
        raise KeyError("what a site has not sent")

    monkeypatch.setattr("ckanext.opengovbelize.runs.pipeline.gather", breaks_off)
    report = assert_same_numbers(portal, portal.finish(portal.start(portal.source())), mails[-1])
    assert (report["errors"], [each["code"] for each in report["problems"]]) == (1, ["gather-failed"])


def test_a_source_that_cannot_be_read_is_one_error_everywhere(portal: Portal, mails: list[str]) -> None:
    job_id = portal.finish(portal.start(portal.source("file:/nowhere")))
    report = assert_same_numbers(portal, job_id, mails[-1])
    assert (report["found"], report["errors"]) == (0, 1)
    assert "not below a directory that is open to sources" in mails[-1]


def test_a_failure_is_told_by_the_one_who_carries_on_too(portal: Portal, mails: list[str]) -> None:
    """A consumer killed between its report and the end of its work: the job must not read "0 errors" then."""
    job_id = portal.start(portal.source("file:/nowhere"))
    lease = leases.take(leases.GATHER, job_id)
    assert lease
    consumers.queue.get_harvester("opengovbelize_records").gather_stage(HarvestJob.get(job_id))
    leases.let_go(lease)
    assert model.Session.query(HarvestGatherError).count() == 1
    report = assert_same_numbers(portal, portal.finish(job_id), mails[-1])
    assert (report["errors"], model.Session.query(HarvestGatherError).count()) == (1, 1)


def test_a_gathering_that_kills_every_worker_is_an_error_everywhere(portal: Portal, mails: list[str]) -> None:
    job_id = portal.start(portal.source())
    model.Session.execute(
        sa.text("INSERT INTO opengovbelize_lease VALUES ('gather', :job, 'another/machine/1/1', now(), 99)"),
        {"job": job_id},
    )
    model.Session.commit()
    report = assert_same_numbers(portal, portal.finish(job_id), mails[-1])
    assert [problem["code"] for problem in report["problems"]] == ["gather-gave-up"]


@pytest.mark.parametrize("begun", [True, False])
def test_a_job_that_ended_before_its_source_was_read_says_so(
    portal: Portal, monkeypatch: Any, begun: bool
) -> None:
    portal.write("one.md", record(1))
    job_id = portal.start(portal.source())

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    if begun:
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr("ckanext.opengovbelize.runs.pipeline.gather", killed)
            consumers.work_once(leases.GATHER)
    helpers.call_action("harvest_job_abort", id=job_id)
    if begun:
        assert portal.report(job_id)["errors"] == portal.job(job_id)["stats"]["errored"] == 1
    # Who aborts ends what had begun; of what had not, the sweeper writes the report.
    assert sweeper.sweep().settled_runs == (0 if begun else 1)
    report = portal.report(job_id)
    assert [problem["code"] for problem in report["problems"]] == ["gather-interrupted"]
    assert report["errors"] == portal.job(job_id)["stats"]["errored"] == 1
    assert not any(sweeper.sweep().as_dict().values())
