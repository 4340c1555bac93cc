"""Ending what goes on of a source's runs, because somebody aborts, clears or deletes."""

from __future__ import annotations

import ckan.model as model
import sqlalchemy as sa

from . import leases, reports

_JOBS = sa.text("""
    UPDATE harvest_job job SET status = 'Finished'
    WHERE job.source_id = :source AND job.id = coalesce(:job, job.id) AND (
        job.status IN ('New', 'Running')
        -- Whoever aborted it has called it finished already.
        OR EXISTS (SELECT 1 FROM opengovbelize_run run WHERE run.job_id = job.id AND run.finished_at IS NULL)
    )
    RETURNING job.id
""")
_OBJECTS = sa.text("""
    UPDATE harvest_object SET content = NULL, state = 'ERROR', report_status = 'errored'
    WHERE harvest_job_id = ANY(:jobs) AND state IN ('WAITING', 'FETCH', 'IMPORT')
""")
_ALL_OBJECTS = sa.text("SELECT id FROM harvest_object WHERE harvest_job_id = ANY(:jobs)")
_RUNS = sa.text("SELECT id FROM opengovbelize_run WHERE job_id = ANY(:jobs)")


def end_jobs(source_id: str, job_id: str | None = None) -> None:
    """End the jobs of a source of session records, or one of them.

    Commits; when it returns, nothing more of them is published.
    """
    jobs = [id_ for (id_,) in model.Session.execute(_JOBS, {"source": source_id, "job": job_id})]
    model.Session.execute(_OBJECTS, {"jobs": jobs})
    # From here on nobody takes them up; whoever is at them loses the lease, and what is written under it.
    model.Session.commit()
    objects = [id_ for (id_,) in model.Session.execute(_ALL_OBJECTS, {"jobs": jobs})]
    runs = [id_ for (id_,) in model.Session.execute(_RUNS, {"jobs": jobs})]
    # The lease is held while a record is written: nothing of ours may be locked while we wait for that.
    model.Session.rollback()
    leases.revoke([*jobs, *objects])
    for run_id in runs:
        reports.settle(run_id)
