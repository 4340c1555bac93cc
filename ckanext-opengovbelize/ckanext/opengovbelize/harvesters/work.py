"""Which work waits, as the database has it. A message in the queue only tells that it is worth looking."""

from __future__ import annotations

import json
import logging
import threading
from typing import Any

import ckan.model as model
import sqlalchemy as sa
from ckanext.harvest import queue
from redis.exceptions import RedisError

from .. import config
from ..runs import leases
from ..sources.types import RECORDS

log = logging.getLogger(__name__)

# So many threads of a gather consumer read no source that was slow last time.
KEPT_FREE = 2

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
# What the last run of a source says where its server kept it waiting, or it took all the time that there was. A source
# that keeps this run waiting is put back, and slow from then on.
_SLOW = ("address-timeout", "address-unreachable", "server-away", "gather-too-long")
_GATHERS = sa.text("""
    SELECT job.id, coalesce(
        lease.put_back OR jsonb_path_exists(last.problems, '$[*].code ? (@ == $slow[*])', CAST(:slow AS jsonb)), false
    ) AS is_slow
    FROM harvest_job job
    LEFT JOIN opengovbelize_lease lease ON lease.kind = 'gather' AND lease.subject = job.id
    LEFT JOIN LATERAL (
        SELECT problems FROM opengovbelize_run
        WHERE source_id = job.source_id AND finished_at IS NOT NULL ORDER BY started_at DESC LIMIT 1
    ) last ON true
    WHERE job.status = 'Running' AND job.gather_finished IS NULL
      AND (lease.subject IS NULL OR lease.until < clock_timestamp() OR lease.worker = :me)
    ORDER BY is_slow, job.created LIMIT 20
""")
_WAITING = {leases.IMPORT: _IMPORTS, leases.GATHER: _GATHERS}


# Taking is one step for all threads of this process: the slow sources that they read are counted.
_taking = threading.Lock()
_slow_here: set[str] = set()


def waiting(kind: str) -> list[tuple[str, bool]]:
    """Return the ids of what waits or was left, in the order in which it is to be done, and whether each is slow.

    What this process itself has a lease of was left too: it looks for work when it has none.
    """
    # On a connection of its own: whoever is at work may ask too, in the middle of a transaction.
    engine: Any = model.meta.engine
    values = {"me": leases.worker(), "ours": RECORDS, "slow": json.dumps({"slow": _SLOW})}
    with engine.connect() as connection:
        rows = connection.execute(_WAITING[kind], values).all()
    return [(row[0], len(row) > 1 and bool(row[1])) for row in rows]


def take(kind: str) -> leases.Lease | None:
    """Take the next piece of work, or return None where there is none.

    Of its threads a gather consumer keeps some for sources that did not keep it waiting last time.
    """
    # What an earlier piece of work left open may hold the row of the very lease that is to be taken.
    model.Session.rollback()
    with _taking:
        for id_, is_slow in waiting(kind):
            if is_slow and not _has_room_for_slow():
                continue
            lease = leases.take(kind, id_)
            if lease is None:
                continue
            # Between the look and the lease somebody else may have ended it.
            if not _is_open(kind, id_):
                leases.release(lease)
                continue
            if is_slow:
                _slow_here.add(id_)
            lease.may_give_way = kind == leases.GATHER and not is_slow
            return lease
    return None


def give_way(lease: leases.Lease) -> None:
    """Put back a gathering whose server keeps it waiting, where a source waits that nobody has kept waiting yet.

    Raises:
        leases.PutBack: the consumer is to take that first.
    """
    others = [
        id_
        for id_, is_slow in waiting(leases.GATHER)
        if not is_slow and not leases.is_held(leases.GATHER, id_)
    ]
    if lease.may_give_way and others:
        raise leases.PutBack(lease.subject)


def _has_room_for_slow() -> bool:
    _slow_here.intersection_update(id_ for id_ in list(_slow_here) if leases.is_held(leases.GATHER, id_))
    return len(_slow_here) < max(1, config.gathers_at_once() - KEPT_FREE)


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
