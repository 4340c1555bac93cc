"""What is kept of past runs: so many of each source, and none older than so many days, but always the last."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import ckan.model as model
import sqlalchemy as sa

from .. import config
from ..catalogue.ledger import now

# How many jobs are cleared in one transaction.
PORTION = 200

_OLD_JOBS = sa.text("""
    SELECT id FROM (
        SELECT id, status, created, row_number() OVER (PARTITION BY source_id ORDER BY created DESC) AS place
        FROM harvest_job
    ) ranked
    WHERE status = 'Finished' AND place > 1 AND (place > :runs OR created < :before)
      -- Harvesters of other kinds need the current object of each of their datasets.
      AND NOT EXISTS (
          SELECT 1 FROM harvest_object object
          WHERE object.harvest_job_id = ranked.id AND object.current AND object.package_id IS NOT NULL
      )
    LIMIT :portion
""")
_HAS_RECORDS = """(
    jsonb_array_length({run}.records) > 0
    OR EXISTS (SELECT 1 FROM opengovbelize_run_record record WHERE record.run_id = {run}.id)
)"""
# The last report with records tells how its source names them. The reports themselves, which are large, are looked into
# only where one is old.
_OLD_RUNS = sa.text(f"""
    DELETE FROM opengovbelize_run WHERE id IN (
        SELECT run.id FROM (
            SELECT id, row_number() OVER (PARTITION BY source_id ORDER BY started_at DESC, id DESC) AS place
            FROM opengovbelize_run
        ) ranked
        JOIN opengovbelize_run run ON run.id = ranked.id
        WHERE place > 1 AND run.finished_at IS NOT NULL AND (place > :runs OR run.started_at < :before)
          AND NOT EXISTS (SELECT 1 FROM harvest_job job WHERE job.id = run.job_id)
          AND EXISTS (
              SELECT 1 FROM opengovbelize_run newer
              WHERE newer.source_id = run.source_id AND (newer.started_at, newer.id) > (run.started_at, run.id)
                AND {_HAS_RECORDS.format(run="newer")} = {_HAS_RECORDS.format(run="run")}
          )
    )
""")
_OLD_PAGES = sa.text("""
    DELETE FROM opengovbelize_page page
    WHERE NOT EXISTS (SELECT 1 FROM harvest_source source WHERE source.id = page.source_id AND source.active)
""")
_CLEAR = (
    "DELETE FROM harvest_object_error WHERE harvest_object_id IN "
    "(SELECT id FROM harvest_object WHERE harvest_job_id = ANY(:jobs))",
    "DELETE FROM harvest_object_extra WHERE harvest_object_id IN "
    "(SELECT id FROM harvest_object WHERE harvest_job_id = ANY(:jobs))",
    "DELETE FROM harvest_object WHERE harvest_job_id = ANY(:jobs)",
    "DELETE FROM harvest_gather_error WHERE harvest_job_id = ANY(:jobs)",
    "DELETE FROM harvest_job WHERE id = ANY(:jobs)",
)


@dataclass
class Cleared:
    """How many jobs, with their objects and errors, and how many reports were cleared."""

    jobs: int = 0
    runs: int = 0
    log_lines: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the figures by name."""
        return asdict(self)


def clear() -> Cleared:
    """Clear what is older than the operator wants it kept."""
    before = now() - timedelta(days=config.keep_days())
    limits: dict[str, Any] = {"runs": config.keep_runs(), "before": before}
    cleared = Cleared()
    while jobs := [id_ for (id_,) in model.Session.execute(_OLD_JOBS, {**limits, "portion": PORTION})]:
        for statement in _CLEAR:
            model.Session.execute(sa.text(statement), {"jobs": jobs})
        model.Session.commit()
        cleared.jobs += len(jobs)
    cleared.runs = _deleted(_OLD_RUNS, **limits)
    _deleted(_OLD_PAGES)
    cleared.log_lines = _deleted(sa.text("DELETE FROM harvest_log WHERE created < :before"), before=before)
    model.Session.commit()
    return cleared


def _deleted(statement: Any, **values: Any) -> int:
    result: Any = model.Session.execute(statement, values)
    return result.rowcount
