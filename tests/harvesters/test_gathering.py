"""What is gathered is imported while the rest is read, in batches, and for so long and no longer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ckan import model
from ckan.tests import helpers
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject
from ckanext.opengovbelize.harvesters import consumers
from ckanext.opengovbelize.model import LedgerEntry, Published
from ckanext.opengovbelize.runs import leases, pipeline

from ..queues import consume
from ..soak.servers import Site
from . import stock
from .conftest import Portal, record, serving
from .other_portal import served

pytestmark = [pytest.mark.server]

RECORDS = 5

PAGES = {f"{number}.md": record(number) for number in range(1, RECORDS + 1)}


@pytest.fixture
def site(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A web site with records, of which each fills a batch."""
    with serving(PAGES, ckan_config, monkeypatch) as made:
        monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.batch_size", 1)
        yield made


def is_added_once(portal: Portal, job_id: str) -> dict[str, Any]:
    portal.finish(job_id)
    job, report = portal.job(job_id), portal.report(job_id)
    assert job["status"] == "Finished" and report["finished_at"]
    assert report["counts"]["added"] == job["stats"]["added"] == len(report["records"]) == RECORDS
    assert model.Session.query(LedgerEntry).count() == RECORDS
    assert helpers.call_action("package_search", fq="dataset_type:webinar")["count"] == RECORDS
    return report


def test_records_are_imported_while_the_rest_is_read(portal: Portal, site: Site) -> None:
    """In ckanext-harvest a huge gathering never reaches the fetch (#549)."""
    seen: list[dict[str, Any]] = []

    def while_asked_for(name: str) -> None:
        if name == "4.md":
            while consumers.work_once(leases.IMPORT):
                pass
            helpers.call_action("harvest_jobs_run")
            seen.append({**portal.report(job_id), "job": portal.job(job_id)["status"]})
            model.Session.remove()

    job_id = portal.start(portal.source(site.url))
    site.meanwhile = while_asked_for
    assert consumers.work_once(leases.GATHER)
    (report,) = seen
    assert {outcome: number for outcome, number in report["counts"].items() if number} == {"added": 3}
    # All that was found so far is published, and yet the run goes on.
    assert (report["finished_at"], report["job"]) == (None, "Running")
    is_added_once(portal, job_id)


def test_the_first_batches_are_small_so_that_no_importer_waits_for_long(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, ckan_config: Any
) -> None:
    monkeypatch.setattr(pipeline, "FIRST_PART", 1)
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.batch_size", 3)
    for number in range(1, 9):
        portal.write(f"{number}.md", record(number))
    portal.start(portal.source())
    assert consumers.work_once(leases.GATHER)
    objects = model.Session.query(HarvestObject).order_by(HarvestObject.guid)
    assert [len(json.loads(each.content)["items"]) for each in objects] == [1, 2, 3, 2]


def test_what_an_importer_is_about_to_index_is_left_to_it(portal: Portal) -> None:
    source_id = portal.source()
    portal.write("1.md", record(1))
    portal.run(source_id)
    pending = model.Session.query(Published.package_id).filter_by(index_pending=True)
    model.Session.query(Published).update({"index_pending": True})
    model.Session.commit()
    somebody = leases.take(leases.IMPORT, "a batch")
    assert somebody
    portal.run(source_id)
    assert pending.count() == 2
    leases.release(somebody)
    portal.run(source_id)
    assert pending.count() == 0


def test_in_stock_harvest_nothing_is_fetched_before_everything_is_gathered(
    portal: Portal, site: Site
) -> None:
    """The same source, read by ckanext-harvest's own consumer: its objects come to the queue at the end only (#549)."""
    waiting: list[int] = []
    redis: Any = queue.get_connection()

    class Stock:
        def gather_stage(self, job: Any) -> list[str]:
            made = []
            for number in range(RECORDS):
                made.append(HarvestObject(guid=str(number), job=job))
                made[-1].save()
                waiting.append(redis.llen(queue.get_fetch_routing_key()))
            return [each.id for each in made]

    portal.start(portal.source(site.url))
    original = queue.get_harvester
    queue.get_harvester = lambda _type: Stock()
    try:
        consume(queue.get_gather_consumer(), queue.gather_callback)
    finally:
        queue.get_harvester = original
    assert waiting == [0] * RECORDS
    assert redis.llen(queue.get_fetch_routing_key()) == RECORDS


class Killed(BaseException):
    """What a test ends a stage with, as kill -9 does: nothing catches it."""


def test_in_stock_harvest_a_huge_gathering_fills_the_table_and_is_lost_when_its_consumer_is_killed(
    portal: Portal, monkeypatch: Any
) -> None:
    """The complaint itself (#549): the table grows and grows, nothing is fetched, and who loses patience loses all.

    Ours goes on where it was: the test after this one.
    """
    packages = stock.by_id([stock.dataset(number) for number in range(2 * stock.PAGE + 10)])
    redis: Any = queue.get_connection()
    save = HarvestObject.save
    made: list[int] = []

    def save_until_somebody_loses_patience(self: HarvestObject) -> None:
        save(self)
        made.append(1)
        if len(made) == len(packages) - 1:
            raise Killed

    with stock.harvesting() as harvester, served(stock.Answering(packages)) as address:
        job_id = portal.start(portal.source(address))
        consumer: Any = queue.get_gather_consumer()
        consumer.basic_get(None)
        with monkeypatch.context() as patch, pytest.raises(Killed):
            patch.setattr(HarvestObject, "save", save_until_somebody_loses_patience)
            harvester.gather_stage(HarvestJob.get(job_id))
        model.Session.remove()
        # Every dataset lies in the table whole, and the fetch has heard of none.
        left = [row.content for row in model.Session.query(HarvestObject)]
        assert len(left) == len(packages) - 1 and all(left)
        assert redis.llen(queue.get_fetch_routing_key()) == 0
        # A new consumer has nothing to do: the message was with the one that died.
        consume(queue.get_gather_consumer(), queue.gather_callback)
    helpers.call_action("harvest_jobs_run")
    job = portal.job(job_id)
    assert (job["status"], job["gather_finished"]) == ("Running", None)
    assert {row.state for row in model.Session.query(HarvestObject)} == {"WAITING"}


def test_a_source_is_read_for_so_long_and_no_longer(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any
) -> None:
    source_id = portal.source(site.url)
    is_added_once(portal, portal.start(source_id))
    site.seconds = 0.4
    site.pages = {**site.pages, "1.md": record(1, objective="To show that what was read is published.")}
    del site.pages["5.md"]
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.gather_seconds", 1)
    job_id = portal.finish(portal.start(source_id))
    job, report = portal.job(job_id), portal.report(job_id)
    assert [problem["code"] for problem in report["problems"]] == ["gather-too-long"]
    assert report["counts"]["updated"] == 1 and report["found"] < 4
    assert (report["counts"]["withdrawn"], job["status"], job["stats"]["errored"]) == (0, "Finished", 1)
