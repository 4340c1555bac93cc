"""What is gathered is imported while the rest is read; a gathering that breaks off or takes too long loses nothing."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories, helpers
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject
from ckanext.opengovbelize.catalogue.ledger import RETIRED
from ckanext.opengovbelize.harvesters import consumers, work
from ckanext.opengovbelize.model import LedgerEntry, Published, Run, RunRecord
from ckanext.opengovbelize.runs import leases, pipeline, sweeper

from ..queues import consume
from ..soak.servers import Site, until
from . import stock
from .conftest import Portal, record
from .other_portal import served

pytestmark = [pytest.mark.server]

RECORDS = 5


@pytest.fixture
def site(portal: Portal, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A web site with records, of which each fills a batch."""
    made = Site({f"{number}.md": record(number) for number in range(1, RECORDS + 1)})
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.allowed_hosts", [f"127.0.0.1:{made.port}"])
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.batch_size", 1)
    yield made
    made.end()


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


@pytest.mark.parametrize("meanwhile", ["nothing", "imported", "objects lost"])
def test_a_gathering_that_is_killed_in_the_middle_goes_on_where_it_was(
    portal: Portal, site: Site, monkeypatch: Any, meanwhile: str
) -> None:
    job_id = portal.start(portal.source(site.url))
    beats: list[int] = []

    def dies(*_: Any) -> None:
        beats.append(1)
        if len(beats) == 4:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(leases.Lease, "beat", dies)
        consumers.work_once(leases.GATHER)
    model.Session.remove()
    assert portal.report(job_id)["counts"]["waiting"] == 3
    if meanwhile == "imported":
        assert consumers.work_once(leases.IMPORT) and consumers.work_once(leases.IMPORT)
    elif meanwhile == "objects lost":
        # ckanext-harvest's own consumer deletes what a gathering had made that breaks off.
        model.Session.execute(sa.text("DELETE FROM harvest_object"))
        model.Session.commit()
    assert is_added_once(portal, job_id)["errors"] == 0
    objects = [state for (state,) in model.Session.query(HarvestObject.state)]
    assert objects == ["COMPLETE"] * RECORDS


@pytest.mark.parametrize(
    ("action", "stays"),
    [
        ("harvest_job_abort", 3),
        ("harvest_source_clear", 0),
        ("harvest_source_delete", 3),
        ("package_delete", 3),
        ("dataset_purge", 3),
        ("harvest_source_patch", 3),
        ("bulk_update_delete", 3),
    ],
)
def test_what_is_ended_in_the_middle_publishes_nothing_more(
    portal: Portal, site: Site, action: str, stays: int
) -> None:
    source_id = portal.source(site.url)
    job_id = portal.start(source_id)

    def while_asked_for(name: str) -> None:
        if name == "4.md":
            while consumers.work_once(leases.IMPORT):
                pass
            values = {
                "harvest_job_abort": {"id": job_id},
                "harvest_source_patch": {"id": source_id, "state": "deleted"},
                "bulk_update_delete": {"datasets": [source_id], "org_id": portal.organization["id"]},
            }.get(action, {"id": source_id})
            helpers.call_action(action, {"user": factories.Sysadmin()["name"]}, **values)
            model.Session.remove()

    site.meanwhile = while_asked_for
    consumers.work_all()
    sweeper.sweep()

    # No work is left, and the consumer works on.
    assert not any(sweeper.sweep().as_dict().values())
    assert helpers.call_action("package_search", fq="dataset_type:webinar")["count"] == stays
    told = {outcome for (outcome,) in model.Session.query(RunRecord.outcome)}
    assert told == {"added"}
    assert model.Session.query(Run).one().finished_at
    if action not in ("harvest_job_abort", "harvest_source_clear"):
        assert {entry.trust for entry in model.Session.query(LedgerEntry)} == {RETIRED}
        return
    site.meanwhile = lambda _name: None
    report = portal.run(source_id)
    assert report["errors"] == 0
    assert helpers.call_action("package_search", fq="dataset_type:webinar")["count"] == RECORDS


def test_an_aborted_gathering_asks_for_no_further_page(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing is handed over at which it would find out: ten records are handed over together first."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.batch_size", 50)
    monkeypatch.setattr(leases, "LOOK_SECONDS", 0)
    job_id = portal.start(portal.source(site.url))
    asked: list[str] = []

    def while_asked_for(name: str) -> None:
        asked.append(name)
        if name == "2.md":
            helpers.call_action("harvest_job_abort", id=job_id)
            model.Session.remove()

    site.meanwhile = while_asked_for
    consumers.work_all()
    assert asked == ["", "1.md", "2.md"]
    assert portal.report(job_id)["finished_at"]


@pytest.mark.parametrize("action", ["organization_delete", "organization_purge"])
def test_an_organization_that_goes_ends_what_its_sources_do(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any, action: str
) -> None:
    monkeypatch.setitem(ckan_config, "ckan.auth.create_unowned_dataset", True)
    job_id = portal.start(portal.source(site.url))

    def while_asked_for(name: str) -> None:
        if name == "4.md":
            admin = {"user": factories.Sysadmin()["name"]}
            helpers.call_action(action, admin, id=portal.organization["id"])
            model.Session.remove()

    site.meanwhile = while_asked_for
    portal.finish(job_id)
    assert not any(sweeper.sweep().as_dict().values())
    assert helpers.call_action("package_search", fq="dataset_type:webinar")["count"] == 0
    assert portal.job(job_id)["status"] == "Finished"


def test_a_source_that_is_read_or_deleted_starts_no_run_and_says_so(portal: Portal, app: Any) -> None:
    source_id = portal.source()
    job_id = portal.start(source_id)
    headers = {"Authorization": factories.SysadminWithToken()["token"]}

    def said() -> str:
        asked = {"headers": headers, "json": {"source_id": source_id}, "status": 409}
        return app.post("/api/3/action/harvest_job_create", **asked).json["error"]["source_id"][0]

    assert "is being read" in said()
    portal.finish(job_id)
    helpers.call_action("harvest_source_delete", {"user": portal.editor["name"]}, id=source_id)
    assert "was deleted" in said()


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


def test_in_stock_harvest_a_large_source_goes_before_the_small_ones(
    portal: Portal, ckan_config: Any, monkeypatch: Any
) -> None:
    """All its objects are in the queue before those of the next (#429, #568); ours take turns."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.batch_size", 1)
    for number in range(1, 4):
        portal.write(f"large/{number}.md", record(number))
    portal.write("small/4.md", record(4))
    for name in ("large", "small"):
        portal.start(portal.source((portal.folder / name).as_uri(), f"{name}-source"))
    consume(queue.get_gather_consumer(), queue.gather_callback)
    order = [
        harvest_object.source.title.split()[0]
        for harvest_object in model.Session.query(HarvestObject).order_by(HarvestObject.gathered)
    ]
    assert order == ["Large", "Large", "Large", "Small"]
    turns = []
    while lease := work.take(leases.IMPORT):
        turns.append(HarvestObject.get(lease.subject).source.title.split()[0])
        consumers._import(lease)
        model.Session.remove()
        leases.release(lease)
    assert turns.index("Small") <= 1


def test_a_source_that_never_answers_holds_up_no_other(portal: Portal, site: Site) -> None:
    """One consumer reads several at once, each in a thread (#429, #568)."""
    hung = portal.start(portal.source(site.url, "hung-source"))
    slow = threading.Thread(target=consumers.work_once, args=(leases.GATHER,))
    with site.halted():
        slow.start()
        until(lambda: site.asked, 20, lambda: "The site is not asked.")
        portal.write("6.md", record(6))
        quick = portal.start(portal.source(name="quick-source"))
        assert consumers.work_once(leases.GATHER)
        assert consumers.work_once(leases.IMPORT)
        assert portal.report(quick)["counts"]["added"] == 1
        assert slow.is_alive() and portal.job(hung)["gather_finished"] is None
        model.Session.remove()
    slow.join()
    assert portal.report(portal.finish(hung))["counts"]["added"] == RECORDS


def test_sources_that_never_answered_last_time_leave_threads_to_the_others(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any
) -> None:
    """However many there are: a consumer of three threads reads one of them at a time, and the others first."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.gathers_at_once", work.KEPT_FREE + 1)
    sick = [portal.source(f"{site.url}{number}.md", f"sick-source-{number}") for number in (1, 2, 3)]
    with site.halted(), monkeypatch.context() as patch:
        patch.setitem(ckan_config, "ckanext.opengovbelize.fetch_timeout", 1)
        patch.setitem(ckan_config, "ckanext.opengovbelize.fetch_retries", 0)
        for source_id in sick:
            assert [each["code"] for each in portal.run(source_id)["problems"]] == ["address-timeout"]
    asked = site.asked
    jobs = [portal.start(source_id) for source_id in sick]
    slow = threading.Thread(target=consumers.work_once, args=(leases.GATHER,))
    with site.halted():
        slow.start()
        until(lambda: site.asked > asked, 20, lambda: "The site is not asked.")
        portal.write("6.md", record(6))
        quick = portal.start(portal.source(name="quick-source"))
        assert consumers.work_once(leases.GATHER)
        assert portal.job(quick)["gather_finished"]
        model.Session.remove()
        # The other two wait for the first, and every thread but one for sources that answer.
        assert not consumers.work_once(leases.GATHER)
    slow.join()
    for job_id in jobs:
        assert portal.report(portal.finish(job_id))["problems"] == []


@pytest.mark.parametrize("how", ["halted", "dripping"])
def test_sources_that_keep_waiting_for_the_first_time_cost_the_others_one_time_limit(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any, how: str
) -> None:
    """Though one thread reads them all: each is asked once, and asked again when the others have had their turn."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.fetch_timeout", 1)
    sick = [
        portal.start(portal.source(f"{site.url}{number}.md", f"sick-source-{number}")) for number in (1, 2)
    ]
    portal.write("6.md", record(6))
    quick = portal.start(portal.source(name="quick-source"))
    with getattr(site, how)():
        for _ in sick:
            assert consumers.work_once(leases.GATHER)
        assert (site.asked, portal.job(quick)["gather_finished"]) == (len(sick), None)
        assert consumers.work_once(leases.GATHER)
        assert portal.job(quick)["gather_finished"]
        assert [portal.job(job_id)["gather_finished"] for job_id in sick] == [None, None]
        # They are slow from now on, whoever takes them.
        assert [is_slow for _id, is_slow in work.waiting(leases.GATHER)] == [True, True]
    for job_id in sick:
        report = portal.report(portal.finish(job_id))
        assert (report["problems"], report["errors"], report["counts"]["added"]) == ([], 0, 1)


def test_a_source_that_falls_silent_in_the_middle_lets_the_others_go_first(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.fetch_timeout", 1)
    slow = portal.start(portal.source(site.url, "slow-source"))
    portal.write("6.md", record(6))
    quick: list[str] = []

    def falls_silent(name: str) -> None:
        if name == "3.md" and not quick:
            quick.append(portal.start(portal.source(name="quick-source")))
            model.Session.remove()
            site.answers.clear()
            site.answers.wait()

    site.meanwhile = falls_silent
    assert consumers.work_once(leases.GATHER)
    assert portal.report(slow)["counts"]["waiting"] == 2
    assert consumers.work_once(leases.GATHER)
    assert portal.job(quick[0])["gather_finished"] and not portal.job(slow)["gather_finished"]
    site.answers.set()
    report = portal.report(portal.finish(slow))
    assert (report["problems"], report["errors"], report["counts"]["added"]) == ([], 0, RECORDS)


def test_a_server_that_stops_answering_is_left_alone(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any
) -> None:
    """Each of its pages would cost the whole time limit, up to gather_seconds."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.fetch_timeout", 1)
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.fetch_retries", 0)
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.fetch_patience", 2)
    site.pages = {f"{number}.md": record(number) for number in range(1, 10)}
    source_id = portal.source(site.url)
    assert portal.run(source_id)["counts"]["added"] == 9
    asked = site.asked

    def stops(name: str) -> None:
        if name and name != "1.md":
            site.answers.clear()
            site.answers.wait()

    site.meanwhile = stops
    report = portal.run(source_id)
    site.answers.set()
    # The list, a record, and three times in vain.
    assert site.asked - asked == 5
    codes = Counter(code for row in report["records"] for code in row["reasons"])
    assert codes == {"address-timeout": 3, "server-away": 5}
    assert (report["counts"]["unchanged"], report["counts"]["withdrawn"]) == (1, 0)
    assert [(each["code"], each["failure"]) for each in report["problems"]] == [("server-away", True)]
    site.meanwhile = lambda _name: None
    assert portal.run(source_id)["counts"]["unchanged"] == 9


def test_a_consumer_has_a_thread_for_each_source_that_it_reads_at_once(
    with_plugins: None, ckan_config: Any, monkeypatch: Any
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.gathers_at_once", 3)
    monkeypatch.setattr(leases, "end_when_hung", lambda: None)
    together = threading.Barrier(3, timeout=20)
    monkeypatch.setattr(consumers, "_run_or_end", lambda _kind: together.wait())
    monkeypatch.setattr(consumers, "_run", lambda _kind: together.wait())
    consumers.run(leases.GATHER)
    assert not together.broken
