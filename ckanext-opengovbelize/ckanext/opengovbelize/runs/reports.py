"""The report of each run, whose counts are counted from its records, so that they always add up.

Job, e-mail, figures and page say what the report says: what goes wrong with a source as a whole is written into the
report and into ckanext-harvest's table in one transaction, and only the report is ever counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ckan.model as model
import sqlalchemy as sa
from ckanext.harvest.model import HarvestGatherError, HarvestJob
from sqlalchemy.orm import defer

from ..catalogue.ledger import now
from ..catalogue.outcomes import WAITING, RecordOutcome, counts
from ..catalogue.watch import added
from ..model import Run, RunRecord
from ..records.problems import Problem

if TYPE_CHECKING:
    from .pipeline import Gathered

# Codes of the problems for which a run leaves records as they are, which count as errors of the job.
KEPT = ("listing-empty", "listing-shrunk", "listing-partial", "gather-too-long", "server-away")
UNGATHERED = Problem(
    "gather-interrupted",
    "The job ended before its source had been read to its end: it was stopped, or took longer than the portal allows. "
    "Run the source again.",
)
_INTERRUPTED = Problem(
    "import-interrupted",
    "The job ended before this record's turn came. Run the source again.",
    rejects=True,
)
_NUMBERS = re.compile(r"(\d{1,18})")
# Unchanged records lie together in the run; the others have a row each.
_COUNTS = sa.text("""
    SELECT run.id AS run_id, record->>'outcome' AS outcome, count(*) AS number
    FROM opengovbelize_run run, jsonb_array_elements(run.records) record WHERE run.id = ANY(:ids) GROUP BY 1, 2
    UNION ALL
    SELECT run_id, outcome, count(*) FROM opengovbelize_run_record WHERE run_id = ANY(:ids) GROUP BY 1, 2
""")
_RECORDS: Any = RunRecord.__table__
_NOTE = sa.update(_RECORDS).where(
    _RECORDS.c.run_id == sa.bindparam("of_run"),
    _RECORDS.c.key == sa.bindparam("of_key"),
    _RECORDS.c.outcome == WAITING,
)
# What a report tells of a record.
COLUMNS = ("key", "type", "name", "label", "outcome", "changes", "reasons", "problems")


def start(source_id: str, organization_id: str, job_id: str | None = None) -> Run:
    """Return the report of a run that starts, or that starts again after a crash. The caller commits."""
    run = for_job(job_id) if job_id else None
    if run is None:
        run = Run(
            source_id=source_id,
            organization_id=organization_id,
            job_id=job_id,
            started_at=now(),
            records=[],
            problems=[],
            seconds={},
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
        model.Session.query(Run.id, Run.records)
        .filter(
            Run.source_id == source_id,
            Run.finished_at.isnot(None),
            (sa.func.jsonb_array_length(Run.records) > 0) | sa.exists().where(RunRecord.run_id == Run.id),
        )
        .order_by(Run.finished_at.desc())
        .first()
    )
    if last is None:
        return {}
    published = model.Session.query(RunRecord.key, RunRecord.label).filter_by(run_id=last.id)
    return {row["key"]: row["label"] for row in last.records} | dict(published.tuples())


def was_gathered(run_id: str) -> bool:
    """Tell whether the source of a run was gathered to its end."""
    return model.Session.query(Run).filter(Run.id == run_id, Run.gathered_at.isnot(None)).first() is not None


def resume(run_id: str, carried: Collection[str]) -> set[str]:
    """Return the keys of the records that an interrupted gathering has dealt with. The caller commits.

    What waits and is in no object that ``carried`` was taken out of is gathered anew.
    """
    waiting = model.Session.query(RunRecord).filter_by(run_id=run_id, outcome=WAITING)
    waiting.filter(RunRecord.key.notin_(carried)).delete(synchronize_session=False)
    return {key for (key,) in model.Session.query(RunRecord.key).filter_by(run_id=run_id)}


def waiting(run_id: str, keys: Collection[str]) -> set[str]:
    """Return which of these records still wait to be published."""
    query = model.Session.query(RunRecord.key).filter_by(run_id=run_id, outcome=WAITING)
    return {key for (key,) in query.filter(RunRecord.key.in_(keys))}


def portion(run_id: str, outcomes: Iterable[RecordOutcome], seconds: dict[str, float]) -> None:
    """Note records that wait to be published, and what it took to gather them. The caller commits."""
    _add(run_id, (replace(outcome, outcome=WAITING) for outcome in outcomes))
    _spend(run_id, seconds)


def gathered(run_id: str, result: Gathered, seconds: dict[str, float]) -> None:
    """Note what is left of a source that was gathered to its end. The caller commits."""
    publishable = {item.record_key for item in result.incoming} | set(result.gone)
    portion(run_id, [outcome for outcome in result.outcomes if outcome.key in publishable], seconds)
    settled = [outcome for outcome in result.outcomes if outcome.key not in publishable]
    _add(run_id, [outcome for outcome in settled if outcome.outcome != "unchanged"])
    run = _held(run_id)
    if run is None:
        return
    run.records = [_row(outcome) for outcome in settled if outcome.outcome == "unchanged"]
    for problem in result.problems:
        _note_problem(run, problem, failure=problem.code in KEPT)
    run.gathered_at = now()
    _end_if_done(run)


def note(run_id: str, outcome: RecordOutcome) -> None:
    """Note what becomes of a record, in the transaction that publishes it."""
    row = {name: value for name, value in _row(outcome).items() if name not in ("key", "label")}
    model.Session.execute(_NOTE, {**row, "of_run": run_id, "of_key": outcome.key})


def imported(run_id: str, outcomes: Iterable[RecordOutcome], seconds: dict[str, float]) -> None:
    """Note what became of records that still wait. Several consumers may do so at once."""
    outcomes = list(outcomes)
    left = waiting(run_id, [outcome.key for outcome in outcomes])
    for outcome in outcomes:
        if outcome.key in left:
            note(run_id, outcome)
    _spend(run_id, seconds)
    run = _held(run_id)
    if run:
        _end_if_done(run)
    model.Session.commit()


def failed(run_id: str, problem: Problem) -> None:
    """Note that the source could not be read, or not to its end. What was gathered of it is published.

    The caller commits.
    """
    run = _held(run_id)
    if run:
        _note_problem(run, problem, failure=True)
        run.gathered_at = run.gathered_at or now()
        _end_if_done(run)


def _note_problem(run: Run, problem: Problem, *, failure: bool) -> None:
    """Note what concerns the source as a whole; a failure counts as an error of the job too."""
    run.problems = [*run.problems, {**problem.as_dict(), "failure": failure}]
    # Its job may have been cleared away.
    if failure and run.job_id and (job := HarvestJob.get(run.job_id)):
        model.Session.add(HarvestGatherError(message=problem.code, job=job))


def settle(run_id: str) -> bool:
    """Write down what ``show`` says of a run whose job has ended; return whether there was anything to write."""
    run = _held(run_id)
    if run is None or run.finished_at:
        model.Session.rollback()
        return False
    if not run.gathered_at:
        _note_problem(run, UNGATHERED, failure=True)
    problem = _INTERRUPTED.as_dict()
    model.Session.query(RunRecord).filter_by(run_id=run_id, outcome=WAITING).update(
        {
            RunRecord.outcome: "rejected",
            RunRecord.reasons: [problem["code"]],
            RunRecord.problems: RunRecord.problems.op("||")(sa.cast([problem], RunRecord.problems.type)),
        },
        synchronize_session=False,
    )
    run.gathered_at = run.gathered_at or now()
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
    return {**summary(run), "records": records(run)}


def summary(run: Run) -> dict[str, Any]:
    """Return a report without its records."""
    return summaries([run])[0]


def summaries(runs: Collection[Run]) -> list[dict[str, Any]]:
    """Return reports without their records: the one place where numbers of runs come from."""
    model.Session.flush()
    counted = _counted(run.id for run in runs)
    ended = _ended(run.job_id for run in runs if run.job_id and not run.finished_at)
    return [_summary(run, counts(counted.get(run.id, {})), run.job_id in ended) for run in runs]


def summaries_of(run_ids: Collection[str]) -> list[dict[str, Any]]:
    """Return reports without their records by the ids of their runs."""
    query = model.Session.query(Run).options(without_records())
    return summaries(query.filter(Run.id.in_(run_ids)).all()) if run_ids else []


def without_records() -> Any:
    """Return the option of a query for runs of which only the numbers are wanted."""
    return defer(Run.records)  # pyright: ignore[reportArgumentType]


def _summary(run: Run, counted: dict[str, int], interrupted: bool) -> dict[str, Any]:
    problems = run.problems
    if interrupted:
        counted["rejected"] += counted.pop(WAITING, 0)
        if not run.gathered_at:
            problems = [*problems, {**UNGATHERED.as_dict(), "failure": True}]
    return {
        "id": run.id,
        "source_id": run.source_id,
        "job_id": run.job_id,
        "organization_id": run.organization_id,
        "started_at": run.started_at.isoformat(),
        "gathered_at": run.gathered_at.isoformat() if run.gathered_at else None,
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "seconds": added(run.seconds, {}),
        "counts": counted,
        "found": sum(counted.values()) - counted["withdrawn"],
        "errors": counted["rejected"] + sum(1 for problem in problems if problem.get("failure")),
        "problems": problems,
    }


def records(run: Run) -> list[dict[str, Any]]:
    """Return what became of each record; none waits any more once its harvest job has ended, be it by an abort."""
    columns = [getattr(RunRecord, name) for name in COLUMNS]
    rows = model.Session.query(*columns).filter_by(run_id=run.id).order_by(RunRecord.id)
    published: list[dict[str, Any]] = [row._asdict() for row in rows]
    if not run.finished_at and run.job_id and _ended([run.job_id]):
        problem = _INTERRUPTED.as_dict()
        for row in published:
            if row["outcome"] == WAITING:
                row |= {
                    "outcome": "rejected",
                    "reasons": [problem["code"]],
                    "problems": [*row["problems"], problem],
                }
    return sorted([*published, *run.records], key=_in_order)


def _in_order(row: dict[str, Any]) -> list[tuple[int, str]]:
    """Return what sorts records as people do: row 9 before row 10."""
    parts = _NUMBERS.split(row["label"] or row["name"])
    return [(int(part) if part.isdigit() else 0, part) for part in parts]


def _counted(run_ids: Iterable[str]) -> dict[str, Counter[str]]:
    """Return how many records had each outcome, by run."""
    counted: dict[str, Counter[str]] = {}
    for row in model.Session.execute(_COUNTS, {"ids": list(run_ids)}):
        counted.setdefault(row.run_id, Counter())[row.outcome] += row.number
    return counted


def _ended(job_ids: Iterable[str | None]) -> set[str]:
    """Return which harvest jobs have ended, or are no more."""
    wanted = {id_ for id_ in job_ids if id_}
    if not wanted:
        return set()
    going_on = model.Session.query(HarvestJob.id).filter(
        HarvestJob.id.in_(wanted), HarvestJob.status != "Finished"
    )
    return wanted - {id_ for (id_,) in going_on}


def _end_if_done(run: Run) -> None:
    model.Session.flush()
    if (
        run.gathered_at
        and not model.Session.query(RunRecord).filter_by(run_id=run.id, outcome=WAITING).first()
    ):
        run.finished_at = now()


def _add(run_id: str, outcomes: Iterable[RecordOutcome]) -> None:
    rows = [{**_row(outcome), "run_id": run_id} for outcome in outcomes]
    if rows:
        model.Session.execute(sa.insert(RunRecord), rows)


def _spend(run_id: str, seconds: dict[str, float]) -> None:
    run = _held(run_id) if seconds else None
    if run:
        run.seconds = added(run.seconds, seconds)


def _held(run_id: str) -> Run | None:
    """Return a report that nobody else changes before the commit."""
    # CKAN's sessions do not do so by themselves, and what was not sent yet would be read over.
    model.Session.flush()
    return model.Session.query(Run).filter_by(id=run_id).populate_existing().with_for_update().one_or_none()


def _row(outcome: RecordOutcome) -> dict[str, Any]:
    """Return one record of a report, without values: those are on the record's page, and may be erased."""
    # Repeating fields change row by row; a report names the field once.
    changed = dict.fromkeys((change["field"], change["state"]) for change in outcome.changes)
    return {
        **{key: value for key, value in outcome.as_dict().items() if key in COLUMNS},
        "changes": [{"field": field, "state": state} for field, state in changed],
    }
