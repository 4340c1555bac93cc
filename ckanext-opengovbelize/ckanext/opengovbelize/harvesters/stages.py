"""The three stages in ckanext-harvest's terms. Each may run twice for one message, and does its work once."""

from __future__ import annotations

import json
import logging
from functools import partial
from typing import Any

import ckan.model as model
from ckanext.harvest.model import HarvestGatherError, HarvestJob, HarvestObject, HarvestObjectError

from ..catalogue import publish
from ..catalogue.outages import is_outage
from ..catalogue.outcomes import RecordOutcome
from ..catalogue.watch import Watch
from ..model import Run
from ..records.problems import Problem
from ..runs import batches, leases, pipeline, reports, settings
from ..runs.pages import Pages
from ..sources import SourceConfig, SourceConfigError, SourceError, open_source
from ..sources.types import RECORDS
from . import work

log = logging.getLogger(__name__)


def gather(job: Any) -> list[str]:
    """Walk through a job's source; return the ids of the objects to import."""
    job_id = job.id
    with leases.holding(leases.GATHER, job_id) as lease:
        try:
            return _gather(job, lease)
        except Exception as error:
            if is_outage(error):
                raise
            code = _failed("gather", error)
            lease.hold()
            note_failure(job_id, code)
            model.Session.commit()
            return []


def _gather(job: Any, lease: leases.Lease) -> list[str]:
    row = job.source
    job_id, run_id = str(job.id), _report(job).id
    model.Session.commit()
    if reports.was_gathered(run_id):
        return _waiting_objects(job_id)
    _empty_abandoned(row.id)
    try:
        config = SourceConfig.from_json(row.config)
        source = settings.harvest_source(row, config)
        credentials = settings.credentials(config, source.organization_id)
        pages = Pages(source, config)
        limits = settings.limits(
            credentials=credentials,
            memory=pages,
            kept_waiting=partial(work.give_way, lease),
            before_request=lease.look,
        )
        opened = open_source(row.url, config, limits)
    except SourceConfigError as error:
        problem = Problem("configuration-invalid", str(error))
    except SourceError as error:
        problem = error.problem
    else:
        handing_over = _HandingOver(job_id, run_id, lease)
        done = reports.resume(run_id, handing_over.carried())
        model.Session.commit()
        rest = pipeline.gather(
            source,
            opened,
            config,
            progress=lease.step,
            hand_over=handing_over.part,
            done=done,
            watch=handing_over.watch,
            pages=pages,
        )
        return handing_over.rest(rest, pages)
    lease.hold()
    reports.failed(run_id, problem)
    model.Session.commit()
    return []


class _HandingOver:
    """Makes objects of what is gathered, part by part, each with its lines of the report in one commit.

    A gathering that is repeated finds both, or neither.
    """

    def __init__(self, job_id: str, run_id: str, lease: leases.Lease) -> None:
        self.job_id, self.run_id, self.lease = job_id, run_id, lease
        self.watch = Watch()

    def carried(self) -> set[str]:
        """Return the keys of the records in objects that wait."""
        contents = model.Session.query(HarvestObject.content).filter(
            HarvestObject.harvest_job_id == self.job_id, HarvestObject.content.isnot(None)
        )
        return {key for (content,) in contents for key in batches.Batch.from_dict(json.loads(content)).keys}

    def part(self, part: pipeline.Gathered) -> None:
        """Hand over what fills a batch, so that its import begins while the gathering goes on."""
        self.lease.hold()
        made = self._objects(part)
        reports.portion(self.run_id, part.outcomes, self.watch.take())
        model.Session.commit()
        work.ring(self._ids(made))

    def rest(self, rest: pipeline.Gathered, pages: Pages) -> list[str]:
        """Hand over the last of it; return the ids of its objects, for whom the consumer rings."""
        self.lease.hold()
        made = self._objects(rest)
        reports.gathered(self.run_id, rest, self.watch.take())
        pages.remember(rest.pages, whole=rest.whole)
        model.Session.commit()
        return self._ids(made)

    def _objects(self, part: pipeline.Gathered) -> list[HarvestObject]:
        job: Any = HarvestJob.get(self.job_id)
        before = model.Session.query(HarvestObject).filter_by(harvest_job_id=self.job_id).count()
        made = [
            HarvestObject(guid=f"{self.run_id}-{number}", job=job, content=json.dumps(batch.as_dict()))
            for number, batch in enumerate(batches.split(part), start=before + 1)
        ]
        model.Session.add_all(made)
        return made

    def _ids(self, made: list[HarvestObject]) -> list[str]:
        return [str(harvest_object.id) for harvest_object in made]


def import_batch(harvest_object: Any) -> bool:
    """Publish what an object carries, and note it in the report. An empty object was imported already."""
    object_id = harvest_object.id
    with leases.holding(leases.IMPORT, object_id) as lease:
        model.Session.refresh(harvest_object)
        try:
            return _import_batch(harvest_object, lease)
        except Exception as error:
            if is_outage(error):
                raise
            code = _failed("import", error)
            empty(object_id)
            HarvestObjectError.create(code, HarvestObject.get(object_id), "Import")
            return False


def _import_batch(harvest_object: Any, lease: leases.Lease) -> bool:
    object_id, job_id, content = harvest_object.id, harvest_object.harvest_job_id, harvest_object.content
    run = reports.for_job(job_id)
    if not content or run is None:
        return True
    run_id = run.id
    row = harvest_object.source
    source = settings.harvest_source(row, SourceConfig.from_json(row.config))
    whole = batches.Batch.from_dict(json.loads(content))
    # What an earlier attempt has published is in the report already.
    batch = whole.only(reports.waiting(run_id, whole.keys))
    watch = Watch()

    def note(outcome: RecordOutcome) -> None:
        lease.hold()
        reports.note(run_id, outcome)

    outcomes = batches.publish(
        batch,
        source,
        settings.harvest_user(),
        note=note,
        progress=lease.beat,
        watch=watch,
    )
    if len(batch.keys) < len(whole.keys):
        # The earlier attempt was ended before it had brought that into the index.
        index_missed()
    lease.hold()
    reports.imported(run_id, outcomes, watch.take())
    empty(object_id)
    return True


def empty(object_id: str) -> None:
    """Take the content out of an object whose import has ended, well or badly."""
    harvest_object: Any = HarvestObject.get(object_id)
    if harvest_object:
        harvest_object.content = None
        # ckanext-harvest calls an object that is not current "deleted".
        harvest_object.current = True
        harvest_object.save()


def note_failure(job_id: str, code: str) -> None:
    """Say in the job, and where it is one of ours in its report, that gathering broke off. The caller commits."""
    job: Any = HarvestJob.get(job_id)
    if job.source.type != RECORDS:
        model.Session.add(HarvestGatherError(message=code, job=job))
        return
    message = (
        "The run broke off before the source had been read to its end. What was read is published, and nothing was "
        "withdrawn. Run the source again; if it breaks off again, tell the operator of the portal."
    )
    reports.failed(_report(job).id, Problem(code, message))


def index_missed() -> None:
    """Mend what Solr missed before: a run without changes publishes nothing, and does this all the same."""
    try:
        publish.index_pending()
    except Exception as error:
        if is_outage(error):
            raise
        _failed("index", error)


def _report(job: Any) -> Run:
    package = model.Package.get(job.source_id)
    return reports.start(job.source_id, (package and package.owner_org) or "", job.id)


def _failed(stage: str, error: Exception) -> str:
    """Put the session in order and return the error's code. Its text may be private, and goes nowhere."""
    model.Session.rollback()
    log.error("The %s stage failed: %s", stage, type(error).__name__)
    return f"{stage}-failed"


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
