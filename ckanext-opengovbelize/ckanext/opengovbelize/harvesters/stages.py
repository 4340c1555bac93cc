"""The three stages in ckanext-harvest's terms. Each may run twice for one message, and does its work once."""

from __future__ import annotations

import json
from typing import Any

import ckan.model as model
from ckanext.harvest.model import HarvestObject
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from ..catalogue import publish
from ..catalogue.pipeline import Incoming
from ..records.drafts import Draft
from ..records.problems import Problem
from ..runs import leases, pipeline, reports, settings
from ..runs.outcomes import RecordOutcome
from ..sources import SourceConfig, SourceConfigError, SourceError, open_source


def gather(job: Any) -> tuple[list[str], list[str]]:
    """Walk through a job's source.

    Returns:
        the ids of the objects to import, and the codes of what was wrong with the source as a whole.
    """
    with leases.holding(leases.GATHER, job.id) as lease:
        return _gather(job, lease)


def _gather(job: Any, lease: leases.Lease) -> tuple[list[str], list[str]]:
    row = job.source
    package = model.Package.get(row.id)
    run = reports.start(row.id, (package and package.owner_org) or "", job.id)
    if reports.was_gathered(run):
        return _waiting_objects(job.id), []
    _empty_abandoned(row.id)
    try:
        config = SourceConfig.from_json(row.config)
        source = settings.harvest_source(row, config)
        opened = open_source(row.url, config, settings.limits())
    except SourceConfigError as error:
        problem = Problem("configuration-invalid", str(error))
    except SourceError as error:
        problem = error.problem
    else:
        gathered = pipeline.gather(source, opened, config, progress=lease.beat)
        lease.hold()
        objects = [
            HarvestObject(guid=f"{run.id}-{number}", job=job, content=_pack(batch))
            for number, batch in enumerate(pipeline.batches(gathered), start=1)
        ]
        model.Session.add_all(objects)
        reports.gathered(run, gathered)
        # Objects and report in one commit: a gather that is repeated finds both, or neither.
        model.Session.commit()
        made = [str(harvest_object.id) for harvest_object in objects]
        # A run without changes publishes nothing, and mends all the same what Solr missed before.
        publish.index_pending()
        return made, [problem.code for problem in gathered.problems if problem.code in pipeline.KEPT]
    reports.failed(run, problem)
    return [], [problem.code]


def import_batch(harvest_object: Any) -> bool:
    """Publish what an object carries, and note it in the report. An empty object was imported already."""
    with leases.holding(leases.IMPORT, harvest_object.id) as lease:
        model.Session.refresh(harvest_object)
        return _import_batch(harvest_object, lease)


def _import_batch(harvest_object: Any, lease: leases.Lease) -> bool:
    object_id, job_id, content = harvest_object.id, harvest_object.harvest_job_id, harvest_object.content
    again = harvest_object.retry_times > 1
    run = reports.for_job(job_id)
    if not content or run is None:
        return True
    row = harvest_object.source
    source = settings.harvest_source(row, SourceConfig.from_json(row.config))
    outcomes = pipeline.publish(
        _unpack(content), source, settings.harvest_user(), again=again, progress=lease.beat
    )
    lease.hold()
    reports.imported(run.id, outcomes)
    empty(object_id)
    return True


def is_for_consumer(error: Exception) -> bool:
    """Tell whether the work goes on later or elsewhere, so that nothing may be noted of it here."""
    return isinstance(error, leases.LeaseLost) or is_outage(error)


def is_outage(error: Exception) -> bool:
    """Tell whether an error is the database's being away, and says nothing of what was done."""
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)


def empty(object_id: str) -> None:
    """Take the content out of an object whose import has ended, well or badly."""
    harvest_object: Any = HarvestObject.get(object_id)
    if harvest_object:
        harvest_object.content = None
        # ckanext-harvest calls an object that is not current "deleted".
        harvest_object.current = True
        harvest_object.save()


def note_failure(job_id: str) -> None:
    """Say in the report that gathering broke off."""
    run = reports.for_job(job_id)
    if run:
        reports.failed(
            run,
            Problem(
                "gather-failed",
                "The run broke off before anything was published. Run the source again; if it breaks off "
                "again, tell the operator of the portal.",
            ),
        )


def _empty_abandoned(source_id: str) -> None:
    """Take the content out of objects whose job was aborted, or that failed too often."""
    model.Session.query(HarvestObject).filter(
        HarvestObject.harvest_source_id == source_id,
        HarvestObject.state.in_(("COMPLETE", "ERROR")),
        HarvestObject.content.isnot(None),
    ).update({"content": None})


def _waiting_objects(job_id: str) -> list[str]:
    rows = model.Session.query(HarvestObject.id).filter_by(harvest_job_id=job_id, state="WAITING")
    return [object_id for (object_id,) in rows]


def _pack(batch: pipeline.Batch) -> str:
    """Return a batch as the content of an object: screened drafts, keys and codes."""
    return json.dumps(
        {
            "items": [
                {"draft": item.draft.as_dict(), "key": item.record_key, "hash": item.content_hash}
                for item in batch.items
            ],
            "gone": batch.gone,
            "expected": [_foretold(batch.expected[key]) for key in batch.keys],
        }
    )


def _unpack(content: str) -> pipeline.Batch:
    values = json.loads(content)
    expected = [RecordOutcome.from_dict(row) for row in values["expected"]]
    return pipeline.Batch(
        items=[Incoming(Draft.from_dict(row["draft"]), row["key"], row["hash"]) for row in values["items"]],
        gone=values["gone"],
        expected={outcome.key: outcome for outcome in expected},
    )


def _foretold(outcome: RecordOutcome) -> dict[str, Any]:
    return {**outcome.as_dict(), "fields": {}}
