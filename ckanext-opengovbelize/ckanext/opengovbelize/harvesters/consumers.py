"""The two kinds of harvest consumer. Any number of each may run, and any of them may be killed at any moment.

They take the place of ``ckan harvester gather-consumer`` and ``fetch-consumer``, for sources of every type.
What those have in hand when they die is in no queue; a stage that raises ends them; a message is taken as the
truth. Here the database says what there is to do, a lease who does it, and a message is no more than a bell.
"""

from __future__ import annotations

import gc
import logging
import os
import threading
import time
from typing import Any

import ckan.model as model
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestObjectError
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from .. import config
from ..catalogue.ledger import now
from ..catalogue.outages import is_outage
from ..runs import leases
from ..sources.types import RECORDS
from . import stages, turns, work

log = logging.getLogger(__name__)

KINDS = (leases.GATHER, leases.IMPORT)

# The pauses between tries while a server is away, in seconds.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 15.0


def run(kind: str) -> None:
    """Work until stopped. A server that is away is waited for.

    Gathering is mostly waiting for other people's servers, so several sources are read at once: one that is slow
    holds up none of the others.
    """
    leases.end_when_hung()
    # CKAN's modules and what they hold stay for good: the collector need not walk through them time and again.
    gc.collect()
    gc.freeze()
    for number in range(2, config.gathers_at_once() + 1 if kind == leases.GATHER else 0):
        threading.Thread(target=_run_or_end, args=(kind,), name=f"{kind} {number}", daemon=True).start()
    _run(kind)


def _run_or_end(kind: str) -> None:
    """Work in a thread; what would end the process ends it from here too."""
    try:
        _run(kind)
    finally:
        os._exit(1)


def _run(kind: str) -> None:
    pause = SHORTEST_PAUSE
    turn = turns.Turn() if kind == leases.IMPORT else None
    while True:
        try:
            leases.end_the_dead()
            while _work_in_turn(kind, turn):
                pause = SHORTEST_PAUSE
            _wait_for_bell(kind)
            pause = SHORTEST_PAUSE
        except (SQLAlchemyError, RedisError) as error:
            log.warning("A server is away (%s); the %s consumer waits for it.", type(error).__name__, kind)
            _forget_session()
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def _work_in_turn(kind: str, turn: turns.Turn | None) -> bool:
    if turn:
        turn.take()
    return work_once(kind, turn)


def work_once(kind: str, turn: turns.Turn | None = None) -> bool:
    """Do the next piece of work; return whether there was any.

    Args:
        kind: what to look for.
        turn: ended early where the work is to wait for somebody else's server.

    Raises:
        SQLAlchemyError: the database went away; the work is taken up again when it is back.
    """
    lease = work.take(kind)
    if lease is None:
        return False
    try:
        if kind == leases.GATHER:
            _gather(lease)
        else:
            _import(lease, turn)
    except leases.PutBack:
        log.info("Job %s waits for its server, and lets others go first.", lease.subject)
        leases.put_back(lease)
        _forget_session()
        return True
    except leases.LeaseLost:
        # It took longer than its lease, and whoever has it now ends it; or somebody has ended it already.
        log.warning("%s %s was ended, or another consumer has taken it over.", kind, lease.subject)
        leases.let_go(lease)
        _forget_session()
        return True
    except BaseException:
        leases.let_go(lease)
        raise
    model.Session.remove()
    leases.release(lease)
    return True


def work_all() -> None:
    """Do everything that waits, as the consumers do; for commands and tests."""
    for kind in KINDS:
        while work_once(kind):
            pass


def _gather(lease: leases.Lease) -> None:
    job: Any = HarvestJob.get(lease.subject)
    harvester: Any = queue.get_harvester(job.source.type)
    if harvester is None:
        _end_job(lease, "no-harvester")
        return
    if lease.given_up:
        _end_job(lease, "gather-gave-up")
        return
    job.gather_started = now()
    job.save()
    try:
        made = harvester.gather_stage(job)
    except Exception as error:
        if is_outage(error):
            raise
        log.error("Job %s: gathering failed: %s", lease.subject, type(error).__name__)
        _end_job(lease, "gather-failed")
        return
    lease.hold()
    job = HarvestJob.get(lease.subject)
    job.gather_finished = now()
    job.save()
    work.ring(made or [])
    # What importers have written and not yet indexed is not missed: they are about to.
    if not leases.at_work(leases.IMPORT):
        stages.index_missed()


def _end_job(lease: leases.Lease, code: str) -> None:
    """End the gathering of a job with an error, and with it the job."""
    model.Session.rollback()
    lease.hold()
    job: Any = HarvestJob.get(lease.subject)
    if job.source.type != RECORDS:
        # Ours hand over what is complete, and it is imported whatever becomes of the rest.
        model.Session.query(HarvestObject).filter_by(harvest_job_id=lease.subject).delete()
    job.gather_finished = now()
    stages.note_failure(lease.subject, code)
    model.Session.commit()


def _import(lease: leases.Lease, turn: turns.Turn | None = None) -> None:
    harvest_object: Any = HarvestObject.get(lease.subject)
    harvester: Any = queue.get_harvester(harvest_object.source.type)
    if harvester is None or lease.given_up:
        _end_object(lease, "no-harvester" if harvester is None else "import-gave-up")
        return
    if turn and harvest_object.source.type != RECORDS:
        turn.end()
    harvest_object.retry_times += 1
    harvest_object.save()
    try:
        queue.fetch_and_import_stages(harvester, harvest_object)
    except Exception as error:
        if is_outage(error):
            raise
        log.error("Object %s: the import failed: %s", lease.subject, type(error).__name__)
        _end_object(lease, "import-failed")


def _end_object(lease: leases.Lease, code: str) -> None:
    """End an object with an error, so that its job can end."""
    model.Session.rollback()
    lease.hold()
    harvest_object: Any = HarvestObject.get(lease.subject)
    harvest_object.state, harvest_object.report_status = "ERROR", "errored"
    harvest_object.content = None
    model.Session.add(HarvestObjectError(message=code, object=harvest_object, stage="Import"))
    model.Session.commit()


def _wait_for_bell(kind: str) -> None:
    """Wait for a message, but no longer than an idle consumer may go without a look; take all there are."""
    key = queue.get_gather_routing_key() if kind == leases.GATHER else queue.get_fetch_routing_key()
    redis: Any = queue.get_connection()
    # Never waits for ever: an idle connection may be cut by whoever stands between (ckanext-harvest #581).
    try:
        if redis.blpop(key, timeout=config.poll_seconds()):
            redis.delete(key)
    finally:
        redis.close()


def _forget_session() -> None:
    try:
        model.Session.rollback()
    except SQLAlchemyError:
        model.Session().invalidate()
    model.Session.remove()
