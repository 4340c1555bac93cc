"""The reports of runs, for editors; and their counts where ckanext-harvest shows those of its own objects."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.lib import search
from ckan.logic import auth_audit_exempt, validate

from ...catalogue import ledger
from ...exports import runs as exports
from ...model import Run
from ...runs import reports
from . import schema

__all__ = [
    "harvest_job_list",
    "harvest_job_report",
    "harvest_job_show",
    "harvest_jobs_run",
    "harvest_source_show_status",
    "opengovbelize_run_csv",
    "opengovbelize_run_list",
    "opengovbelize_run_show",
    "opengovbelize_run_status",
]

# Outcomes by the names that ckanext-harvest gives them.
STATS = {
    "added": "added",
    "updated": "updated",
    "unchanged": "not modified",
    "withdrawn": "deleted",
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
        ``changes``, ``reasons``, ``problems``), ``problems`` of the source as a whole, and ``errors``: how many
        records were rejected, and how many of these problems have ``failure``, which kept the source from being
        read or records from being withdrawn; ``seconds`` by stage, of all processes together.
    """
    return reports.show(_readable(context, data_dict))


@tk.side_effect_free
@validate(schema.run_show)
def opengovbelize_run_status(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers of one run without its records, also while it goes on.

    Args:
        context: CKAN's.
        data_dict: ``id`` of the run, or ``job_id`` of its harvest job.

    Returns:
        what ``opengovbelize_run_list`` returns of each run. ``waiting`` among ``counts`` is how many records
        are still to be published; ``gathered_at`` is when the source had been read to its end.
    """
    return reports.summary(_readable(context, data_dict))


@tk.side_effect_free
@validate(schema.run_show)
def opengovbelize_run_csv(context: Any, data_dict: dict[str, Any]) -> str:
    """Return the report of one run as CSV: one row a record, and one for each problem of the source as a whole.

    Args:
        context: CKAN's.
        data_dict: ``id`` of the run, or ``job_id`` of its harvest job.
    """
    return exports.csv(reports.show(_readable(context, data_dict))).decode("utf-8-sig")


def _readable(context: Any, data_dict: dict[str, Any]) -> Run:
    """Return a run that the user may read."""
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
    return run


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
    runs = (
        model.Session.query(Run)
        .options(reports.without_records())
        .filter_by(source_id=source_id)
        .order_by(Run.started_at.desc())
    )
    newest = runs.first()
    # A source of the command line is known by its runs only.
    organization_id = package.owner_org if package else newest and newest.organization_id
    tk.check_access("opengovbelize_run_list", context, {"organization_id": organization_id})
    return reports.summaries(runs.offset(data_dict["offset"]).limit(data_dict["limit"]).all())


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
    """Count the records of a source's last job, and its datasets, to which no object of ours points."""
    status = original(context, data_dict)
    job = status.get("last_job")
    if job and "stats" not in job and job["status"] == "Finished" and reports.for_job(job["id"]) is None:
        # Whoever does without the figures of jobs that go on needs those of one that has ended.
        status = original({**context, "return_stats": True}, data_dict)
        job = status["last_job"]
    if job:
        job.setdefault("stats", dict.fromkeys([*STATS.values(), "errored"], 0))
        _with_counts([job])
    if count := ledger.datasets(data_dict["id"]):
        status["total_datasets"] = count
    return status


@tk.chained_action
def harvest_jobs_run(original: Any, context: Any, data_dict: dict[str, Any]) -> list[Any]:
    """Bring the sources of all jobs that ended into the index at once; ckanext-harvest waits for Solr for each.

    Nor does it count the objects of each job several times before any has been made.
    """
    try:
        return original({**context, "defer_commit": True, "return_stats": False}, data_dict)
    finally:
        search.commit()


# ckanext-harvest's own asks for harvest_job_show, which CKAN's audit does not take for its auth function.
@auth_audit_exempt
@tk.side_effect_free
@tk.chained_action
def harvest_job_report(original: Any, context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell the errors of a job of ours as its report does: one for each record rejected, and for each failure."""
    job_report = original(context, data_dict)
    run = reports.for_job(data_dict["id"])
    if run is None:
        return job_report
    report = reports.show(run)
    return {
        "gather_errors": [{"message": problem["message"]} for problem in reports.failures(report)],
        "object_errors": {row["key"]: _rejection(row) for row in reports.rejections(report)},
    }


def _rejection(row: dict[str, Any]) -> dict[str, Any]:
    words = " ".join(problem["message"] for problem in row["problems"] if problem["code"] in row["reasons"])
    message = f"{row['label'] or row['name']}: {words}"
    return {"guid": row["key"], "errors": [{"message": message, "line": None, "type": "Import"}]}


def _with_counts(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [job["id"] for job in jobs if "stats" in job]
    if not ids:
        return jobs
    runs = model.Session.query(Run).options(reports.without_records()).filter(Run.job_id.in_(ids)).all()
    by_job = {report["job_id"]: report for report in reports.summaries(runs)}
    for job in jobs:
        if report := by_job.get(job["id"]):
            job["stats"] = {stat: report["counts"][outcome] for outcome, stat in STATS.items()}
            job["stats"]["errored"] = report["errors"]
    return jobs
