"""Who may ask for what of a harvest source. Two rules; every function below only points at one of them.

What ckanext-harvest asks of ``package_show`` (the source itself, its status) or of ``harvest_source_update``
(a job, but not its end) needs nothing here: the permission labels and CKAN's own rule answer it.
"""

from __future__ import annotations

from typing import Any

import ckan.authz as authz
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AuthResult
from ckanext.harvest.model import HarvestJob, HarvestObject

__all__ = ["harvest_job_abort", "harvest_job_list", "harvest_object_list", "harvest_object_show"]


def _edits_sources(context: Any, source_ids: list[Any]) -> AuthResult:
    """Allow those who may edit every one of the sources, and nobody where there is none."""
    allowed = bool(source_ids) and all(_may_edit(context, source_id) for source_id in source_ids)
    message = tk._("Only editors of its organization may see a harvest source, or stop its runs.")
    return {"success": allowed, "msg": message}


def _administers_portal() -> AuthResult:
    """Allow system administrators, for whom CKAN asks no function at all."""
    return {
        "success": False,
        "msg": tk._("Only a system administrator may see the jobs of all harvest sources."),
    }


@tk.chained_auth_function
def harvest_job_list(next_auth: Any, context: Any, data_dict: Any) -> AuthResult:
    """Without a source it lists the jobs of all sources; stock harvest fails there."""
    if not data_dict.get("source_id"):
        return _administers_portal()
    return next_auth(context, data_dict)


@tk.chained_auth_function
def harvest_job_abort(next_auth: Any, context: Any, data_dict: Any) -> AuthResult:
    """Stock harvest lets an editor start a run, but only a system administrator stop it.

    As the action does, it takes a source for whatever can be one, and a job for anything else.
    """
    asked = data_dict.get("source_id") or data_dict.get("id")
    if package := model.Package.get(asked):
        return _edits_sources(context, [package.id])
    job: Any = HarvestJob.get(asked) if asked else None
    return _edits_sources(context, [job.source_id] if job else [])


@tk.chained_auth_function
def harvest_object_list(next_auth: Any, context: Any, data_dict: Any) -> AuthResult:
    """Stock harvest lists the objects of every source to every user."""
    if not data_dict.get("source_id"):
        return _administers_portal()
    return _edits_sources(context, [data_dict["source_id"]])


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def harvest_object_show(next_auth: Any, context: Any, data_dict: Any) -> AuthResult:
    """Stock harvest shows every object to everybody.

    The object is looked up as the action does. A look-up by another attribute may find another object here
    than there, so it is left to system administrators.
    """
    if data_dict.get("attr"):
        return _administers_portal()
    if data_dict.get("id"):
        return _edits_sources(context, _sources_of(id=data_dict["id"]))
    package = model.Package.get(data_dict.get("dataset_id"))
    return _edits_sources(context, _sources_of(package_id=package.id, current=True) if package else [])


def _sources_of(**condition: Any) -> list[str]:
    rows = model.Session.query(HarvestObject.harvest_source_id).filter_by(**condition).distinct()
    return [source_id for (source_id,) in rows]


def _may_edit(context: Any, source_id: Any) -> bool:
    # A fresh context: CKAN's checks leave the package they looked at in it, and take it for the next one.
    own = tk.fresh_context(context, model=model)
    try:
        return authz.is_authorized_boolean("harvest_source_update", own, {"id": source_id})
    except tk.ObjectNotFound:
        return False
