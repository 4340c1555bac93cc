"""Which work waits, as the database has it. A message in the queue only tells that it is worth looking."""

from __future__ import annotations

import logging
from typing import Any

import ckan.model as model
import sqlalchemy as sa
from ckanext.harvest import queue
from redis.exceptions import RedisError

from ..runs import leases
from ..runs.sweeper import OURS

log = logging.getLogger(__name__)

# The states of an object between its making and its end.
OPEN = ("WAITING", "FETCH", "IMPORT")

# The job that was served least recently comes first: a large source does not hold up the small ones.
_IMPORTS = sa.text("""
    WITH turns AS (
        SELECT job.id, max(begun.import_started) AS served, job.created
        FROM harvest_job job JOIN harvest_source source ON source.id = job.source_id
        LEFT JOIN harvest_object begun ON begun.harvest_job_id = job.id
        -- Ours hand over what is complete while they go on gathering.
        WHERE job.status = 'Running' AND (job.gather_finished IS NOT NULL OR source.type = :ours)
        GROUP BY job.id, job.created
    )
    SELECT object.id FROM turns
    JOIN harvest_object object ON object.harvest_job_id = turns.id
    WHERE object.state IN ('WAITING', 'FETCH', 'IMPORT') AND NOT EXISTS (
        SELECT 1 FROM opengovbelize_lease lease
        WHERE lease.kind = 'import' AND lease.subject = object.id AND lease.until >= clock_timestamp()
          AND lease.worker <> :me
    )
    ORDER BY turns.served NULLS FIRST, turns.created, object.gathered, object.id
    LIMIT 20
""")
_GATHERS = sa.text("""
    SELECT job.id FROM harvest_job job
    WHERE job.status = 'Running' AND job.gather_finished IS NULL AND NOT EXISTS (
        SELECT 1 FROM opengovbelize_lease lease
        WHERE lease.kind = 'gather' AND lease.subject = job.id AND lease.until >= clock_timestamp()
          AND lease.worker <> :me
    )
    ORDER BY job.created LIMIT 20
""")
_WAITING = {leases.IMPORT: _IMPORTS, leases.GATHER: _GATHERS}


def waiting(kind: str) -> list[str]:
    """Return the ids of what waits or was left, in the order in which it is to be done.

    What this process itself has a lease of was left too: it looks for work when it has none.
    """
    ids = [id_ for (id_,) in model.Session.execute(_WAITING[kind], {"me": leases.worker(), "ours": OURS})]
    model.Session.rollback()
    return ids


def take(kind: str) -> leases.Lease | None:
    """Take the next piece of work, or return None where there is none."""
    for id_ in waiting(kind):
        if lease := leases.take(kind, id_):
            # Between the look and the lease somebody else may have ended it.
            if _is_open(kind, id_):
                return lease
            leases.release(lease)
    return None


def ring(object_ids: list[str]) -> None:
    """Tell the fetch consumers that there is work. Where Redis is away they find it themselves."""
    try:
        publisher: Any = queue.get_fetch_publisher()
        for id_ in object_ids:
            publisher.send({"harvest_object_id": id_})
    except RedisError as error:
        log.warning("The queue is away: %s", type(error).__name__)


def _is_open(kind: str, id_: str) -> bool:
    query = {
        leases.IMPORT: "SELECT 1 FROM harvest_object WHERE id = :id AND state IN ('WAITING', 'FETCH', 'IMPORT')",
        leases.GATHER: "SELECT 1 FROM harvest_job WHERE id = :id AND status = 'Running' AND gather_finished IS NULL",
    }[kind]
    found: Any = model.Session.execute(sa.text(query), {"id": id_}).first()
    model.Session.rollback()
    return found is not None
