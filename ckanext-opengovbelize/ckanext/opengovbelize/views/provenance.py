"""For editors: which sources a dataset was harvested from, and where the last run of each is reported."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk

from ..model import LedgerEntry, Run
from ..sources.types import PACKAGE_TYPE


def harvested_from(package_id: str) -> list[dict[str, Any]]:
    """Return the sources of a dataset; none for a reader who may not edit it.

    Args:
        package_id: id of the dataset.

    Returns:
        For each source its ``title``, ``trust``, ``edit`` (id of the harvest source, or empty), ``changed`` (when
        it last said something new, UTC), ``withdrawn`` and ``run_id`` (of its last run, or None).
    """
    if not tk.h.check_access("package_update", {"id": package_id}):
        return []
    entries = (
        model.Session.query(LedgerEntry)
        .filter_by(package_id=package_id)
        .order_by(LedgerEntry.source_title, LedgerEntry.source_id)
        .all()
    )
    last_runs = (
        model.Session.query(Run.source_id, Run.id)
        .filter(Run.source_id.in_({entry.source_id for entry in entries}))
        .distinct(Run.source_id)
        .order_by(Run.source_id, Run.started_at.desc())
    )
    harvested = {
        id_
        for (id_,) in model.Session.query(model.Package.id).filter(
            model.Package.id.in_({entry.source_id for entry in entries}), model.Package.type == PACKAGE_TYPE
        )
    }
    run_ids = {run.source_id: run.id for run in last_runs}
    return [
        {
            "title": entry.source_title,
            "trust": entry.trust,
            "edit": entry.source_id if entry.source_id in harvested else "",
            "changed": entry.changed_at,
            "withdrawn": entry.withdrawn_at is not None,
            "run_id": run_ids.get(entry.source_id),
        }
        for entry in entries
    ]


def units(package_id: str) -> list[dict[str, Any]]:
    """Return which source gave which field; nothing for a reader who may not edit the dataset."""
    try:
        return tk.get_action("opengovbelize_provenance_show")({}, {"id": package_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return []
