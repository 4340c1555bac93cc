"""The ``opengovbelize_records`` source type."""

from __future__ import annotations

import logging
from typing import Any

import ckan.model as model
import ckan.plugins as p
from ckanext.harvest.interfaces import IHarvester
from ckanext.harvest.model import HarvestGatherError, HarvestJob, HarvestObject, HarvestObjectError

from ..sources import SourceConfig
from . import stages

log = logging.getLogger(__name__)


class RecordsHarvester(p.SingletonPlugin):
    """Harvests session records.

    Nothing may escape a stage but that the database is away or another worker has taken over: both are for
    the consumer, which takes the work up again. One instance serves all jobs: no state.
    """

    p.implements(IHarvester)

    def info(self) -> dict[str, str]:
        """Describe the source type in the form of a source."""
        return {
            "name": "opengovbelize_records",
            "title": "Session records",
            "description": (
                "Webinar records as organisers keep them: a page, a document, a list of them, a folder, a zip"
            ),
            "form_config_interface": "Text",
        }

    def validate_config(self, config: str | None) -> str:
        """Check a source's configuration; the error names each key and what it accepts."""
        return SourceConfig.from_json(config).to_json()

    def get_original_url(self, harvest_object_id: str) -> str | None:
        """Return no address: an object carries many records, and a source's address is for editors."""
        return None

    def gather_stage(self, harvest_job: Any) -> list[str]:
        """Fetch, read, screen and compare; return the ids of the objects with what has to be published."""
        job_id = harvest_job.id
        try:
            object_ids, problems = stages.gather(harvest_job)
        except Exception as error:
            if stages.is_for_consumer(error):
                raise
            object_ids, problems = [], [_failed("gather", error)]
            stages.note_failure(job_id)
        for code in problems:
            HarvestGatherError.create(code, HarvestJob.get(job_id))
        return object_ids

    def fetch_stage(self, harvest_object: Any) -> bool:
        """Do nothing: gather has fetched."""
        return True

    def import_stage(self, harvest_object: Any) -> bool:
        """Publish the records that the object carries."""
        object_id = harvest_object.id
        try:
            return stages.import_batch(harvest_object)
        except Exception as error:
            if stages.is_for_consumer(error):
                raise
            code = _failed("import", error)
        stages.empty(object_id)
        HarvestObjectError.create(code, HarvestObject.get(object_id), "Import")
        return False


def _failed(stage: str, error: Exception) -> str:
    """Put the session in order and return the error's code. Its text may be private, and goes nowhere."""
    model.Session.rollback()
    log.error("The %s stage failed: %s", stage, type(error).__name__)
    return f"{stage}-failed"
