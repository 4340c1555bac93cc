"""The report of each run: one row, whose counts are counted from its records, so that they always add up.

Job, e-mail and page say what the report says: what goes wrong with a source as a whole is written into the report and
into ckanext-harvest's table in one transaction, and only the report is ever counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

import ckan.model as model
import sqlalchemy as sa
from ckanext.harvest.model import HarvestGatherError, HarvestJob

from ..catalogue.ledger import now
from ..model import Run
from ..records.problems import Problem
from .outcomes import WAITING, RecordOutcome, counts

if TYPE_CHECKING:
    from .pipeline import Gathered

# Codes of the problems for which a run withdraws nothing.
KEPT = ("listing-empty", "listing-shrunk", "gather-too-long")
UNGATHERED = Problem(
    "gather-interrupted",
    "The job ended before its source had been read to its end: it was stopped, or took longer than the portal allows. "
    "Run the source again.",
)


def start(source_id: str, organization_id: str, job_id: str | None = None) -> Run:
    """Return the report of a run that starts, or that starts again after a crash. The caller commits."""
    run = for_job(job_id) if job_id else None
    if run is None:
        run = Run(
            source_id=source_id,
            organization_id=organization_id,
            job_id=job_id,
            started_at=now(),
            dry_run=False,
            records=[],
            problems=[],
        )
        model.Session.add(run)
        model.Session.flush()
    return run


def for_job(job_id: str) -> Run | None:
    """Return the report of a harvest job."""
    return model.Session.query(Run).filter_by(job_id=job_id).one_or_none()


def labels(source_id: str) -> dict[str, str]:
    """Return, by key, how the last run of a source named its records."""
    last = (
        model.Session.query(Run.records)
        .filter(
            Run.source_id == source_id,
            Run.finished_at.isnot(None),
            sa.func.jsonb_array_length(Run.records) > 0,
        )
        .order_by(Run.finished_at.desc())
        .first()
    )
    return {row["key"]: row["label"] for row in last.records} if last else {}


def was_gathered(run: Run) -> bool:
    """Return whether the run's source has been read to its end."""
    return run.gathered_at is not None


def resume(run_id: str, carried: Collection[str]) -> set[str]:
    """Return the keys of the records that an interrupted gathering has dealt with. The caller commits.

    What waits and is in no object that ``carried`` was taken out of is gathered anew.
    """
    run = _held(run_id)
    if run is None:
        return set()
    run.records = [row for row in run.records if row["outcome"] != WAITING or row["key"] in carried]
    return {row["key"] for row in run.records}


def gathering(run_id: str, part: Gathered) -> None:
    """Note part of what is gathered; what has still to be published waits. The caller commits."""
    run = _held(run_id)
    if run:
        _extend(run, part)


def gathered(run_id: str, rest: Gathered) -> None:
    """Note the last of what was gathered, and that there is no more. The caller commits."""
    run = _held(run_id)
    if run is None:
        return
    _extend(run, rest)
    for problem in rest.problems:
        _note(run, problem, failure=problem.code in KEPT)
    _end_gathering(run)


def _extend(run: Run, part: Gathered) -> None:
    waiting = {item.record_key for item in part.incoming} | set(part.gone)
    rows = [
        {**_row(outcome), "outcome": WAITING if outcome.key in waiting else outcome.outcome}
        for outcome in part.outcomes
    ]
    run.records = [*run.records, *rows]


def _end_gathering(run: Run) -> None:
    run.gathered_at = now()
    _finish(run)


def _finish(run: Run) -> None:
    """End a run of which nothing is gathered or waits any more."""
    if run.gathered_at and not any(row["outcome"] == WAITING for row in run.records):
        run.finished_at = now()


def _held(run_id: str) -> Run | None:
    """Return a report as it is now, for one writer at a time, until the transaction ends."""
    query = model.Session.query(Run).filter_by(id=run_id)
    return query.populate_existing().with_for_update().one_or_none()


def imported(run_id: str, outcomes: Iterable[RecordOutcome]) -> None:
    """Note what became of records that waited. Several consumers may do so at once."""
    run = _held(run_id)
    if run is None:
        return
    done = {outcome.key: _row(outcome) for outcome in outcomes}
    run.records = [done.get(row["key"], row) for row in run.records]
    _finish(run)
    model.Session.commit()


def failed(run_id: str, problem: Problem) -> None:
    """Note that the source could not be read, or not to its end. The caller commits."""
    run = _held(run_id)
    if run:
        _note(run, problem, failure=True)
        _end_gathering(run)


def _note(run: Run, problem: Problem, *, failure: bool) -> None:
    """Note what concerns the source as a whole; a failure counts as an error of the job too."""
    run.problems = [*run.problems, {**problem.as_dict(), "failure": failure}]
    if failure and run.job_id:
        model.Session.add(HarvestGatherError(message=problem.code, job=HarvestJob.get(run.job_id)))


def settle(run_id: str) -> bool:
    """Write down what ``show`` says of a run whose job has ended; return whether there was anything to write."""
    run = _held(run_id)
    if run is None or run.finished_at:
        model.Session.rollback()
        return False
    if not run.gathered_at:
        _note(run, UNGATHERED, failure=True)
        run.gathered_at = now()
    run.records = _settled(run)
    run.finished_at = now()
    model.Session.commit()
    return True


def failures(summary: dict[str, Any]) -> list[dict[str, Any]]:
    """Return, of a report or its summary, what kept the source as a whole from being read or records from going."""
    return [problem for problem in summary["problems"] if problem.get("failure")]


def rejections(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Return, of a report, the records that were rejected."""
    return [row for row in report["records"] if row["outcome"] == "rejected"]


def show(run: Run) -> dict[str, Any]:
    """Return a report as readers see it."""
    return {**summary(run), "records": _settled(run)}


def summary(run: Run) -> dict[str, Any]:
    """Return a report without its records."""
    counted = counts(row["outcome"] for row in _settled(run))
    problems = run.problems
    if _is_over(run) and not run.gathered_at:
        problems = [*problems, {**UNGATHERED.as_dict(), "failure": True}]
    return {
        "id": run.id,
        "source_id": run.source_id,
        "job_id": run.job_id,
        "organization_id": run.organization_id,
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "counts": counted,
        "found": sum(counted.values()) - counted["withdrawn"],
        "errors": counted["rejected"] + sum(1 for problem in problems if problem.get("failure")),
        "problems": problems,
    }


def _settled(run: Run) -> list[dict[str, Any]]:
    """Return the records; none waits any more once its harvest job has ended, be it by an abort."""
    if not _is_over(run):
        return run.records
    problem = Problem(
        "import-interrupted",
        "The job ended before this record's turn came. Run the source again.",
        rejects=True,
    ).as_dict()
    return [
        {**row, "outcome": "rejected", "reasons": [problem["code"]], "problems": [*row["problems"], problem]}
        if row["outcome"] == WAITING
        else row
        for row in run.records
    ]


def _is_over(run: Run) -> bool:
    """Tell whether a run was never finished and its harvest job has ended."""
    if run.finished_at or not run.job_id:
        return False
    job: Any = HarvestJob.get(run.job_id)
    return job is None or job.status == "Finished"


def _row(outcome: RecordOutcome) -> dict[str, Any]:
    """Return one record of a report, without values: those are on the record's page, and may be erased."""
    # Repeating fields change row by row; a report names the field once.
    changed = dict.fromkeys((change["field"], change["state"]) for change in outcome.changes)
    return {
        **{key: value for key, value in outcome.as_dict().items() if key not in ("fields", "proposed")},
        "changes": [{"field": field, "state": state} for field, state in changed],
    }
