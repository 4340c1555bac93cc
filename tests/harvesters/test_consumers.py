"""Consumers are killed, hang and come twice; messages are lost: every run ends right, and nobody has to help."""

from __future__ import annotations

import datetime
import os
import subprocess
import time
from typing import Any

import pytest
import redis
import sqlalchemy as sa
from ckan import model
from ckan.tests import helpers
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject
from ckanext.opengovbelize import config
from ckanext.opengovbelize.harvesters import consumers, work
from ckanext.opengovbelize.model import LedgerEntry, Run, RunRecord
from ckanext.opengovbelize.runs import leases, sweeper
from sqlalchemy.exc import OperationalError

from ..queues import consume
from .conftest import Portal, record

pytestmark = [pytest.mark.server]


def is_added_once(portal: Portal, job_id: str, records: int = 1) -> None:
    helpers.call_action("harvest_jobs_run")
    assert portal.job(job_id)["status"] == "Finished"
    assert portal.report(job_id)["counts"]["added"] == records
    assert portal.report(job_id)["finished_at"]
    assert model.Session.query(LedgerEntry).count() == records
    assert helpers.call_action("package_search", fq="dataset_type:webinar")["count"] == records


def gather(portal: Portal) -> str:
    portal.write("one.md", record(1))
    job_id = portal.start(portal.source())
    assert consumers.work_once(leases.GATHER)
    return job_id


def somebody_else_takes(
    kind: str, subject: str, seconds: float = 60, worker: str = "another/machine/1/1"
) -> None:
    model.Session.execute(
        sa.text(
            "INSERT INTO opengovbelize_lease VALUES (:kind, :subject, :worker, clock_timestamp() + :s * interval '1 s', 1)"
        ),
        {"kind": kind, "subject": subject, "worker": worker, "s": seconds},
    )
    model.Session.commit()


def object_id() -> str:
    return model.Session.query(HarvestObject.id).scalar()


@pytest.mark.parametrize("kind", consumers.KINDS)
def test_a_lost_message_loses_nothing(portal: Portal, kind: str) -> None:
    portal.write("one.md", record(1))
    job_id = portal.start(portal.source())
    if kind == leases.IMPORT:
        consumers.work_once(leases.GATHER)
    queue.purge_queues()
    consumers.work_all()
    is_added_once(portal, job_id)


def test_work_that_somebody_has_is_left_alone_and_done_when_nobody_hears_of_them(portal: Portal) -> None:
    job_id = gather(portal)
    somebody_else_takes(leases.IMPORT, object_id(), seconds=0.5)
    assert not consumers.work_once(leases.IMPORT)
    end = time.monotonic() + 5
    while not consumers.work_once(leases.IMPORT):
        assert time.monotonic() < end
    is_added_once(portal, job_id)


def test_a_lease_is_renewed_while_steps_are_made_and_no_longer(portal: Portal) -> None:
    """An import may take many times as long as its lease; one that hangs may not."""
    job_id = gather(portal)
    lease = work.take(leases.IMPORT)
    assert lease

    def seconds_left() -> float:
        left = "SELECT extract(epoch FROM until - clock_timestamp()) FROM opengovbelize_lease"
        model.Session.commit()
        return float(model.Session.execute(sa.text(left)).scalar() or 0)

    def near_its_end() -> None:
        model.Session.execute(
            sa.text("UPDATE opengovbelize_lease SET until = clock_timestamp() + interval '1 s'")
        )
        model.Session.commit()

    for _ in range(3):
        near_its_end()
        lease.beat()
        leases._renew_once()
        assert seconds_left() > config.lease_seconds() / 2
    near_its_end()
    lease.beaten -= config.stall_seconds() + 1
    leases._renew_once()
    assert seconds_left() <= 1

    model.Session.execute(sa.text("UPDATE opengovbelize_lease SET until = '-infinity'"))
    model.Session.commit()
    consumers.work_all()
    is_added_once(portal, job_id)


def test_what_a_consumer_published_when_it_was_killed_is_in_the_index_when_the_job_ends(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = gather(portal)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("ckanext.opengovbelize.catalogue.pipeline.Touched.index", killed)
        with pytest.raises(KeyboardInterrupt):
            consumers.work_once(leases.IMPORT)
    assert portal.report(job_id)["counts"]["added"] == 1

    assert consumers.work_once(leases.IMPORT)
    is_added_once(portal, job_id)


def test_a_killed_process_of_this_machine_is_noticed_at_once(portal: Portal) -> None:
    portal.write("one.md", record(1))
    job_id = portal.start(portal.source())
    with subprocess.Popen(["sleep", "60"]) as process:
        name = f"{leases._machine()}{process.pid}/{leases._started(process.pid)}"
        somebody_else_takes(leases.GATHER, job_id, seconds=3600, worker=name)
        assert (leases.end_the_dead(), work.waiting(leases.GATHER)) == (0, [])
        process.kill()
    assert sweeper.sweep().dead_workers == 1
    consumers.work_all()
    is_added_once(portal, job_id)


@pytest.mark.parametrize("state", ["WAITING", "FETCH", "IMPORT"])
def test_an_object_left_in_any_state_is_taken_up(portal: Portal, state: str) -> None:
    job_id = gather(portal)
    model.Session.query(HarvestObject).update({"state": state})
    model.Session.commit()
    queue.purge_queues()
    # For those who run ckanext-harvest's own consumers it is in the queue again as well.
    assert sweeper.sweep().requeued_objects == 1
    assert sweeper.sweep().requeued_objects == 0
    consumers.work_all()
    is_added_once(portal, job_id)


def test_a_worker_that_was_taken_for_dead_writes_nothing_more(portal: Portal) -> None:
    job_id = gather(portal)
    lease = work.take(leases.IMPORT)
    assert lease
    model.Session.execute(sa.text("UPDATE opengovbelize_lease SET worker = 'another/machine/1/1'"))
    model.Session.commit()
    with pytest.raises(leases.LeaseLost):
        consumers._import(lease)
    model.Session.rollback()
    leases.let_go(lease)
    assert portal.report(job_id)["counts"]["waiting"] == 1
    model.Session.execute(sa.text("DELETE FROM opengovbelize_lease"))
    model.Session.commit()
    consumers.work_all()
    is_added_once(portal, job_id)


@pytest.mark.parametrize("stage", ["pipeline.gather", "batches.publish"])
def test_a_database_that_goes_away_is_no_answer(portal: Portal, monkeypatch: Any, stage: str) -> None:
    portal.write("one.md", record(1))
    job_id = portal.start(portal.source())

    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("", {}, Exception("the connection is closed"))

    with monkeypatch.context() as patch:
        patch.setattr(f"ckanext.opengovbelize.runs.{stage}", gone)
        with pytest.raises(OperationalError):
            consumers.work_all()
    helpers.call_action("harvest_jobs_run")
    assert portal.job(job_id)["status"] == "Running"
    consumers.work_all()
    is_added_once(portal, job_id)


def test_a_database_that_is_away_tells_no_gathering_to_stop(portal: Portal, monkeypatch: Any) -> None:
    """Only that the work is somebody else's, or nobody's any more, does."""
    portal.start(portal.source(portal.folder.as_uri()))
    lease = work.take(leases.GATHER)
    assert lease
    monkeypatch.setattr(leases, "LOOK_SECONDS", 0)
    with monkeypatch.context() as outage:
        outage.setattr(leases, "_engine", lambda: sa.create_engine("postgresql://127.0.0.1:1/none"))
        lease.look()
    lease.step()
    leases.revoke([lease.subject])
    with pytest.raises(leases.LeaseLost):
        lease.step()
    leases.let_go(lease)


def test_a_batch_that_kills_every_worker_is_given_up_and_reported(
    portal: Portal, monkeypatch: Any, ckan_config: Any
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.max_tries", 2)
    job_id = gather(portal)

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(queue, "fetch_and_import_stages", die)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                consumers.work_once(leases.IMPORT)
    consumers.work_all()
    helpers.call_action("harvest_jobs_run")
    assert portal.job(job_id)["status"] == "Finished"
    assert [row["reasons"] for row in portal.report(job_id)["records"]] == [["import-interrupted"]]
    assert portal.job(job_id)["object_error_summary"] == [{"message": "import-gave-up", "error_count": 1}]


def test_the_report_of_an_aborted_job_is_settled(portal: Portal) -> None:
    job_id = gather(portal)
    model.Session.query(HarvestJob).update({"status": "Finished"})
    model.Session.commit()
    swept = sweeper.sweep()
    assert (swept.stray_objects, swept.settled_runs) == (1, 1)
    run = model.Session.query(Run).one()
    assert run.finished_at and [row.outcome for row in model.Session.query(RunRecord)] == ["rejected"]
    assert not any(sweeper.sweep().as_dict().values())
    assert portal.report(job_id)["counts"]["rejected"] == 1


def test_a_gathering_that_stock_harvest_calls_finished_is_done_again(
    portal: Portal, monkeypatch: Any
) -> None:
    portal.write("one.md", record(1))
    job_id = portal.start(portal.source())

    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("", {}, Exception("the connection is closed"))

    with monkeypatch.context() as patch:
        patch.setattr("ckanext.opengovbelize.runs.pipeline.gather", gone)
        with pytest.raises(OperationalError):
            consume(queue.get_gather_consumer(), queue.gather_callback)
    model.Session.rollback()
    assert portal.job(job_id)["gather_finished"]
    assert sweeper.sweep().half_gathered == 1
    consumers.work_all()
    is_added_once(portal, job_id)


def test_a_small_source_does_not_wait_for_a_large_one(
    portal: Portal, monkeypatch: Any, ckan_config: Any
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.batch_size", 1)
    for number in range(1, 6):
        portal.write(f"large/{number}.md", record(number))
    portal.write("small/6.md", record(6))
    large = portal.start(portal.source((portal.folder / "large").as_uri(), "large-source"))
    small = portal.start(portal.source((portal.folder / "small").as_uri(), "small-source"))
    while consumers.work_once(leases.GATHER):
        pass
    for _ in range(2):
        consumers.work_once(leases.IMPORT)
    assert portal.report(small)["counts"]["added"] == 1
    assert portal.report(large)["counts"]["waiting"] == 4
    while consumers.work_once(leases.IMPORT):
        pass


def test_in_stock_harvest_a_message_of_a_killed_gather_consumer_is_gone_for_good(portal: Portal) -> None:
    """What ckanext-harvest's users complain of (#112, #380), and what ``lost_message`` above shows to be mended here."""
    portal.write("one.md", record(1))
    job_id = portal.start(portal.source())
    queue.get_gather_consumer().basic_get(None)  # and killed before it is noted
    for _ in range(3):
        helpers.call_action("harvest_jobs_run")
        consume(queue.get_gather_consumer(), queue.gather_callback)
    assert portal.job(job_id)["status"] == "Running"
    assert portal.job(job_id)["gather_started"] is None


def test_in_stock_harvest_an_import_of_three_minutes_is_sent_a_second_time(portal: Portal) -> None:
    """What is done once here, since a lease is renewed while the work goes on."""
    gather(portal)
    server: Any = queue.get_connection()
    note = f"{queue.get_fetch_routing_key()}:{object_id()}"
    server.delete(queue.get_fetch_routing_key())
    server.set(note, str(datetime.datetime.now() - datetime.timedelta(seconds=200)))
    model.Session.query(HarvestObject).update({"state": "IMPORT"})
    model.Session.commit()
    helpers.call_action("harvest_jobs_run")
    assert server.llen(queue.get_fetch_routing_key()) == 1
    somebody_else_takes(leases.IMPORT, object_id())
    assert not consumers.work_once(leases.IMPORT)


@pytest.fixture
def impatient_redis(portal: Portal, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Redis by an address without our ``socket_timeout``, where a client gives up an idle connection soon."""
    address = ckan_config["ckan.redis.url"].partition("?")[0]
    monkeypatch.setitem(ckan_config, "ckan.redis.url", f"{address}?socket_timeout=0.2")


def test_in_stock_harvest_an_idle_connection_ends_the_consumer(impatient_redis: None) -> None:
    """ckanext-harvest #581."""
    with pytest.raises(redis.exceptions.TimeoutError):
        next(queue.get_gather_consumer().consume(None))


def test_an_idle_connection_ends_no_consumer(impatient_redis: None, portal: Portal, monkeypatch: Any) -> None:
    """It waits longer than its connection may be idle, and does what comes then."""
    portal.write("one.md", record(1))
    source_id = portal.source()
    cut: list[BaseException] = []
    jobs: list[str] = []
    wait_for_bell = consumers._wait_for_bell

    def wait(kind: str) -> None:
        if jobs and portal.job(jobs[0])["gather_finished"]:
            raise KeyboardInterrupt
        try:
            wait_for_bell(kind)
        except redis.exceptions.TimeoutError as error:
            cut.append(error)
            if len(cut) == 2:
                jobs.append(portal.start(source_id))
            raise

    monkeypatch.setattr(consumers, "_wait_for_bell", wait)
    monkeypatch.setattr(consumers, "SHORTEST_PAUSE", 0.01)
    with pytest.raises(KeyboardInterrupt):
        consumers._run(leases.GATHER)
    assert len(cut) == 2
    portal.finish(jobs[0])
    is_added_once(portal, jobs[0])


def test_a_consumer_that_makes_no_step_is_ended(portal: Portal, ckan_config: Any, monkeypatch: Any) -> None:
    for name in ("lease_seconds", "stall_seconds"):
        monkeypatch.setitem(ckan_config, f"ckanext.opengovbelize.{name}", 1)
    model.Session.remove()
    # A connection must not be shared.
    model.meta.engine.dispose()  # pyright: ignore[reportOptionalMemberAccess]
    pid = os.fork()
    if not pid:
        try:
            leases.end_when_hung()
            assert leases.take("import", "hanging")
            time.sleep(60)
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == leases.HUNG
