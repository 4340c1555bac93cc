"""Puts right what crashes leave behind in the tables of harvesting. Safe at any time, and as often as one likes."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from typing import Any

import ckan.model as model
import sqlalchemy as sa
from ckanext.harvest import queue
from redis.exceptions import RedisError

from .. import config
from ..catalogue import publish
from ..sources.types import RECORDS
from . import leases, reports

log = logging.getLogger(__name__)

# Objects of jobs that were aborted or timed out: ckanext-harvest sends them again and again.
_STRAY_OBJECTS = sa.text("""
    UPDATE harvest_object object SET state = 'ERROR', report_status = 'errored', content = NULL
    FROM harvest_job job
    WHERE job.id = object.harvest_job_id AND job.status = 'Finished'
      AND object.state IN ('WAITING', 'FETCH', 'IMPORT')
""")
# Ended objects of ours need their drafts no more.
_FULL_OBJECTS = sa.text("""
    UPDATE harvest_object object SET content = NULL FROM harvest_source source
    WHERE source.id = object.harvest_source_id AND source.type = :ours
      AND object.state IN ('COMPLETE', 'ERROR') AND object.content IS NOT NULL
""")
# ckanext-harvest's own consumer calls a gathering finished that broke off. The report knows better.
_HALF_GATHERED = sa.text("""
    UPDATE harvest_job job SET gather_finished = NULL FROM harvest_source source
    WHERE source.id = job.source_id AND source.type = :ours
      AND job.status = 'Running' AND job.gather_finished IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM opengovbelize_run run WHERE run.job_id = job.id AND run.gathered_at IS NOT NULL)
""")
_OLD_LEASES = sa.text("""
    DELETE FROM opengovbelize_lease lease
    WHERE lease.until < clock_timestamp() AND NOT EXISTS (
        SELECT 1 FROM harvest_object object
        WHERE lease.kind = 'import' AND object.id = lease.subject AND object.state IN ('WAITING', 'FETCH', 'IMPORT')
    ) AND NOT EXISTS (
        SELECT 1 FROM harvest_job job
        WHERE lease.kind = 'gather' AND job.id = lease.subject AND job.status = 'Running'
          AND job.gather_finished IS NULL
    )
""")
_UNSETTLED_RUNS = sa.text("""
    SELECT run.id FROM opengovbelize_run run LEFT JOIN harvest_job job ON job.id = run.job_id
    WHERE run.finished_at IS NULL AND run.job_id IS NOT NULL AND (job.id IS NULL OR job.status = 'Finished')
""")
# Their maker died, or Redis was away, between the making and the sending: their source could never run again.
_UNSENT_JOBS = sa.text("""
    UPDATE harvest_job job SET status = 'Running' FROM harvest_source source
    WHERE source.id = job.source_id AND source.type = :ours
      AND job.status = 'New' AND job.created < timezone('utc', clock_timestamp()) - :seconds * interval '1 second'
""")
# Aborted before anybody had begun: no report yet says that nothing was imported, and why.
_UNREPORTED_JOBS = sa.text("""
    SELECT job.id AS job_id, job.source_id, package.owner_org AS organization_id
    FROM harvest_job job JOIN harvest_source source ON source.id = job.source_id
    LEFT JOIN package ON package.id = source.id
    WHERE source.type = :ours AND job.status = 'Finished'
      AND NOT EXISTS (SELECT 1 FROM opengovbelize_run run WHERE run.job_id = job.id)
""")
_WAITING_JOBS = sa.text("""
    SELECT job.id FROM harvest_job job JOIN harvest_source source ON source.id = job.source_id
    WHERE source.type = :ours AND job.status = 'Running' AND job.gather_finished IS NULL AND NOT EXISTS (
        SELECT 1 FROM opengovbelize_lease lease
        WHERE lease.kind = 'gather' AND lease.subject = job.id AND lease.until >= clock_timestamp()
    )
""")
_WAITING_OBJECTS = sa.text("""
    SELECT object.id FROM harvest_object object
    JOIN harvest_source source ON source.id = object.harvest_source_id
    JOIN harvest_job job ON job.id = object.harvest_job_id
    WHERE source.type = :ours AND job.status = 'Running' AND object.state IN ('WAITING', 'FETCH', 'IMPORT')
      AND NOT EXISTS (
        SELECT 1 FROM opengovbelize_lease lease
        WHERE lease.kind = 'import' AND lease.subject = object.id AND lease.until >= clock_timestamp()
    )
""")


@dataclass
class Swept:
    """How much of each kind was put right.

    Attributes:
        dead_workers: consumers of this machine that died with work in hand.
        unsent_jobs: jobs that were made and never sent.
        half_gathered: jobs that are gathered again, since their gathering broke off.
        requeued_jobs: jobs that wait and were in no queue.
        requeued_objects: objects that wait, or were left in the middle, and were in no queue.
        stray_objects: objects left open by a job that has ended.
        emptied_objects: ended objects that still held drafts.
        settled_runs: reports of jobs that have ended before their records had all had their turn.
        indexed: datasets that had not reached the search index.
    """

    dead_workers: int = 0
    unsent_jobs: int = 0
    half_gathered: int = 0
    requeued_jobs: int = 0
    requeued_objects: int = 0
    stray_objects: int = 0
    emptied_objects: int = 0
    settled_runs: int = 0
    indexed: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the figures by name."""
        return asdict(self)


def sweep() -> Swept:
    """Put right what can be put right now. A server that is away is left for the next time."""
    swept = Swept(dead_workers=leases.end_the_dead())
    swept.unsent_jobs = _changed(_UNSENT_JOBS, ours=RECORDS, seconds=config.lease_seconds())
    swept.stray_objects = _changed(_STRAY_OBJECTS)
    swept.emptied_objects = _changed(_FULL_OBJECTS, ours=RECORDS)
    swept.half_gathered = _changed(_HALF_GATHERED, ours=RECORDS)
    _changed(_OLD_LEASES)
    for job in model.Session.execute(_UNREPORTED_JOBS, {"ours": RECORDS}).all():
        reports.start(job.source_id, job.organization_id or "", job.job_id)
    model.Session.commit()
    for (run_id,) in model.Session.execute(_UNSETTLED_RUNS).all():
        swept.settled_runs += reports.settle(run_id)
    swept.requeued_jobs = _requeue(queue.get_gather_routing_key(), "harvest_job_id", _WAITING_JOBS)
    swept.requeued_objects = _requeue(queue.get_fetch_routing_key(), "harvest_object_id", _WAITING_OBJECTS)
    swept.indexed = publish.index_pending()
    return swept


def _changed(statement: Any, **values: str | int) -> int:
    result: Any = model.Session.execute(statement, values)
    return result.rowcount


def _requeue(key: str, name: str, statement: Any) -> int:
    """Send what waits and is in no queue; return how many that were."""
    waiting = [id_ for (id_,) in model.Session.execute(statement, {"ours": RECORDS})]
    model.Session.rollback()
    if not waiting:
        return 0
    redis: Any = queue.get_connection()
    try:
        queued = set(redis.lrange(key, 0, -1))
        messages = [json.dumps({name: id_}) for id_ in waiting]
        missing = [message for message in messages if message not in queued]
        if missing:
            redis.rpush(key, *missing)
        return len(missing)
    except RedisError as error:
        log.warning("The queue is away: %s", type(error).__name__)
        return 0
    finally:
        redis.close()
