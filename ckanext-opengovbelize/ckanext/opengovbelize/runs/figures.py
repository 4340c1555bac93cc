"""What a monitoring server asks of harvesting: runs and their outcomes, what waits and for how long, who works.

Read from the database when asked, so that every process of the portal gives the same answer.
"""

from __future__ import annotations

from typing import Any

import ckan.model as model
import sqlalchemy as sa
from ckanext.harvest import queue
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from ..catalogue.outcomes import OUTCOMES
from ..model import Published
from . import health, reports

# prometheus_client's own type of answer, which Prometheus 2 and 3 read.
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_RECENT = sa.text("""
    SELECT id FROM opengovbelize_run
    WHERE started_at > timezone('utc', now()) - interval '24 hours' OR finished_at IS NULL
""")
_WAITING = sa.text("""
    SELECT 'gather' AS kind, count(*) AS number, coalesce(extract(epoch FROM
        timezone('utc', now()) - min(job.created)), 0) AS seconds
    FROM harvest_job job WHERE job.status IN ('New', 'Running') AND job.gather_finished IS NULL
    UNION ALL
    SELECT 'import', count(*), coalesce(extract(epoch FROM timezone('utc', now()) - min(object.gathered)), 0)
    FROM harvest_object object JOIN harvest_job job ON job.id = object.harvest_job_id
    WHERE object.state IN ('WAITING', 'FETCH', 'IMPORT') AND job.status = 'Running'
""")
_LEASES = sa.text("""
    SELECT kind, until >= clock_timestamp() AS live, count(*) FROM opengovbelize_lease
    WHERE until >= clock_timestamp() OR NOT put_back GROUP BY kind, live
""")


def text() -> bytes:
    """Return all figures in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Harvesting())
    return generate_latest(registry)


class _Harvesting(Collector):
    """Asks database and queue, once a scrape."""

    def collect(self) -> list[GaugeMetricFamily]:
        found = [*_runs(), *_waiting(), _leases(), _sources(), _index(), *_messages()]
        model.Session.rollback()
        return found


def _gauge(
    name: str, words: str, labels: tuple[str, ...], values: dict[tuple[str, ...], Any]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"opengovbelize_{name}", words, labels=labels)
    for labelled, value in values.items():
        family.add_metric(labelled, float(value))
    return family


def _runs() -> list[GaugeMetricFamily]:
    ids = [id_ for (id_,) in model.Session.execute(_RECENT)]
    runs = dict.fromkeys([("running",), ("in_order",), ("with_errors",)], 0)
    records = dict.fromkeys([(outcome,) for outcome in OUTCOMES], 0)
    for report in reports.summaries_of(ids):
        state = "with_errors" if report["errors"] else "in_order" if report["finished_at"] else "running"
        runs[state,] += 1
        for outcome in OUTCOMES:
            records[outcome,] += report["counts"][outcome]
    return [
        _gauge(
            "runs", "Runs of the last 24 hours, and those that go on, by how they went.", ("state",), runs
        ),
        _gauge("run_records", "Records of these runs, by outcome.", ("outcome",), records),
    ]


def _waiting() -> list[GaugeMetricFamily]:
    rows = model.Session.execute(_WAITING).all()
    return [
        _gauge(
            "waiting",
            "Jobs that wait to be gathered, and objects (batches of records) that wait to be imported.",
            ("kind",),
            {(row.kind,): row.number for row in rows},
        ),
        _gauge(
            "oldest_waiting_seconds",
            "How long the oldest of them has been waiting.",
            ("kind",),
            {(row.kind,): max(0, row.seconds) for row in rows},
        ),
    ]


def _leases() -> GaugeMetricFamily:
    values = {(kind, state): 0 for kind in ("gather", "import") for state in ("live", "expired")}
    for kind, live, number in model.Session.execute(_LEASES):
        values[kind, "live" if live else "expired"] = number
    return _gauge(
        "leases",
        "Work that a process has taken; expired where it is not heard of any more.",
        ("kind", "state"),
        values,
    )


def _sources() -> GaugeMetricFamily:
    return _gauge(
        "sources",
        "Harvest sources by health.",
        ("health",),
        {(state,): number for state, number in health.numbers().items()},
    )


def _index() -> GaugeMetricFamily:
    pending = model.Session.query(Published).filter_by(index_pending=True).count()
    return _gauge("index_pending", "Datasets that have not reached the search index.", (), {(): pending})


def _messages() -> list[GaugeMetricFamily]:
    keys = {"gather": queue.get_gather_routing_key(), "fetch": queue.get_fetch_routing_key()}
    try:
        redis: Any = queue.get_connection()
        try:
            values = {(name,): redis.llen(key) for name, key in keys.items()}
        finally:
            redis.close()
    except RedisError:
        return [_gauge("queue_up", "Whether Redis answers.", (), {(): 0})]
    return [
        _gauge("queue_up", "Whether Redis answers.", (), {(): 1}),
        _gauge("queue_messages", "Messages in the queues of Redis.", ("queue",), values),
    ]
