"""The reports of runs, for editors; and their counts where ckanext-harvest shows those of its own objects."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan.logic import validate
from ckanext.harvest.model import HarvestGatherError

from ...model import Run
from ...runs import reports
from . import schema

__all__ = [
    "harvest_job_list",
    "harvest_job_show",
    "harvest_source_show_status",
    "opengovbelize_run_list",
    "opengovbelize_run_show",
]

# Outcomes by the names that ckanext-harvest gives them.
STATS = {
    "added": "added",
    "updated": "updated",
    "unchanged": "not modified",
    "withdrawn": "deleted",
    "rejected": "errored",
}


@tk.side_effect_free
@validate(schema.run_show)
def opengovbelize_run_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return the report of one run.

    Args:
        context: CKAN's.
        data_dict: ``id`` of the run, or ``job_id`` of its harvest job.

    Returns:
        ``counts`` by outcome, ``found``, ``records`` (each with ``type``, ``name``, ``label``, ``outcome``,
        ``changes``, ``reasons``, ``problems``) and ``problems`` of the source as a whole.
    """
    query = model.Session.query(Run)
    run = None
    if data_dict.get("id"):
        run = query.filter_by(id=data_dict["id"]).one_or_none()
    elif data_dict.get("job_id"):
        run = query.filter_by(job_id=data_dict["job_id"]).one_or_none()
    tk.check_access(
        "opengovbelize_run_show", context, {"organization_id": run.organization_id if run else None}
    )
    if run is None:
        raise tk.ObjectNotFound(tk._("There is no such run. Name it by id or job_id."))
    return reports.show(run)


@tk.side_effect_free
@validate(schema.run_list)
def opengovbelize_run_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List the runs of a source, the newest first, without their records.

    Args:
        context: CKAN's.
        data_dict: ``source_id``, and optionally ``limit`` and ``offset``.
    """
    package = model.Package.get(data_dict["source_id"])
    source_id = package.id if package else data_dict["source_id"]
    runs = model.Session.query(Run).filter_by(source_id=source_id).order_by(Run.started_at.desc())
    newest = runs.first()
    # A source of the command line is known by its runs only.
    organization_id = package.owner_org if package else newest and newest.organization_id
    tk.check_access("opengovbelize_run_list", context, {"organization_id": organization_id})
    return [reports.summary(run) for run in runs.offset(data_dict["offset"]).limit(data_dict["limit"])]


@tk.side_effect_free
@tk.chained_action
def harvest_job_show(original: Any, context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Count records in a job of ours, where ckanext-harvest counts objects."""
    return _with_counts([original(context, data_dict)])[0]


@tk.side_effect_free
@tk.chained_action
def harvest_job_list(original: Any, context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Count records in jobs of ours."""
    return _with_counts(original(context, data_dict))


@tk.side_effect_free
@tk.chained_action
def harvest_source_show_status(original: Any, context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Count records in a source's last job."""
    status = original(context, data_dict)
    if status.get("last_job"):
        _with_counts([status["last_job"]])
    return status


def _with_counts(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [job["id"] for job in jobs]
    runs = {run.job_id: run for run in model.Session.query(Run).filter(Run.job_id.in_(ids))}
    failures = _failures(ids)
    for job in jobs:
        run = runs.get(job["id"])
        if run and "stats" in job:
            counted = reports.summary(run)["counts"]
            job["stats"] = {stat: counted[outcome] for outcome, stat in STATS.items()}
            job["stats"]["errored"] += failures.get(job["id"], 0)
    return jobs


def _failures(job_ids: list[str]) -> dict[str, int]:
    """Return, by job, how many errors concerned its source as a whole.

    Errors of objects do not count: what became of their records is in the report, and ckanext-harvest calls an
    object errored too whose message came twice, the second time after the end of the job.
    """
    rows = (
        model.Session.query(HarvestGatherError.harvest_job_id, sa.func.count())
        .filter(HarvestGatherError.harvest_job_id.in_(job_ids))
        .group_by(HarvestGatherError.harvest_job_id)
    )
    return dict(rows.tuples())
