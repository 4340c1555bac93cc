"""The ``opengovbelize_records`` source type."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckanext.harvest.interfaces import IHarvester

from ..sources import SourceConfig, SourceConfigError
from ..sources.types import RECORDS
from . import saving, stages


def N_(text: str) -> str:  # noqa: N802
    """Mark a text for bin/translate; the form of a source translates it."""
    return text


class RecordsHarvester(p.SingletonPlugin):
    """Harvests session records.

    Nothing may escape a stage but that the database is away or another worker has taken over: both are for
    the consumer, which takes the work up again. One instance serves all jobs: no state.
    """

    p.implements(IHarvester)
    p.implements(p.IActions)

    def get_actions(self) -> dict[str, Any]:
        """Return what stands before saving a source."""
        return saving.chained_actions()

    def info(self) -> dict[str, str]:
        """Describe the source type in the form of a source."""
        return {
            "name": RECORDS,
            "title": N_("Session records"),
            "description": N_(
                "What a program keeps of its sessions and plans: pages, documents, tables, calendars, feeds, chats, "
                "another portal"
            ),
            "form_config_interface": "Text",
        }

    def validate_config(self, config: str | None) -> str:
        """Check a source's configuration; the error names each key and what it accepts."""
        # The spaces at its end keep it apart from that of another source (saving.py).
        spaces = len(config or "") - len((config or "").rstrip(" "))
        try:
            return SourceConfig.from_json(config).to_json() + spaces * " "
        except SourceConfigError as error:
            # Like what CKAN says of other fields, in the language of who saves the source.
            raise SourceConfigError(*map(tk.h.opengovbelize_message, error.args)) from None

    def get_original_url(self, harvest_object_id: str) -> str | None:
        """Return no address: an object carries many records, and a source's address is for editors."""
        return None

    def gather_stage(self, harvest_job: Any) -> list[str]:
        """Fetch, read, screen and compare; return the ids of the objects with what has to be published."""
        return stages.gather(harvest_job)

    def fetch_stage(self, harvest_object: Any) -> bool:
        """Do nothing: gather has fetched."""
        return True

    def import_stage(self, harvest_object: Any) -> bool:
        """Publish the records that the object carries."""
        return stages.import_batch(harvest_object)
