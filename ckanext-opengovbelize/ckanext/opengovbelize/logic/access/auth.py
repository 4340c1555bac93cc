"""Who may ask for what of a harvest source. Two rules; every function below only points at one of them.

What ckanext-harvest asks of ``package_show`` (the source itself, its status) or of ``harvest_source_update`` (a job)
needs nothing here: the permission labels and CKAN's own rule answer it.
"""

from __future__ import annotations

from typing import Any

import ckan.authz as authz
import ckan.plugins.toolkit as tk
from ckanext.harvest.model import HarvestObject

__all__ = ["harvest_job_list", "harvest_object_list", "harvest_object_show"]


def _edits_source(context: Any, source_id: Any) -> dict[str, Any]:
    """Allow those who may edit the source."""
    # A fresh context: CKAN's checks leave the package they looked at in it, and would take it for the next one.
    own = {key: context[key] for key in ("model", "session", "user", "auth_user_obj") if key in context}
    try:
        allowed = isinstance(source_id, str) and authz.is_authorized_boolean(
            "harvest_source_update", own, {"id": source_id}
        )
    except tk.ObjectNotFound:
        allowed = False
    return {"success": allowed, "msg": tk._("Only editors of its organization may see a harvest source.")}


def _administers_portal() -> dict[str, Any]:
    """Allow system administrators, for whom CKAN asks no function at all."""
    return {
        "success": False,
        "msg": tk._("Only a system administrator may see the jobs of all harvest sources."),
    }


@tk.chained_auth_function
def harvest_job_list(next_auth: Any, context: Any, data_dict: Any) -> dict[str, Any]:
    """Without a source it lists the jobs of all sources; stock harvest fails there."""
    if not data_dict.get("source_id"):
        return _administers_portal()
    return next_auth(context, data_dict)


@tk.chained_auth_function
def harvest_object_list(next_auth: Any, context: Any, data_dict: Any) -> dict[str, Any]:
    """Stock harvest lists the objects of every source to every user."""
    if not data_dict.get("source_id"):
        return _administers_portal()
    return _edits_source(context, data_dict["source_id"])


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def harvest_object_show(next_auth: Any, context: Any, data_dict: Any) -> dict[str, Any]:
    """Stock harvest shows every object to everybody.

    The object is looked up as the action does. A look-up by another attribute may find another object here than there,
    so it is left to system administrators.
    """
    if data_dict.get("attr"):
        return _administers_portal()
    if data_dict.get("id"):
        harvest_object = HarvestObject.get(data_dict["id"])
        return _edits_source(context, harvest_object and harvest_object.harvest_source_id)
    return _edits_all_sources_of(context, data_dict.get("dataset_id"))


def _edits_all_sources_of(context: Any, dataset_id: Any) -> dict[str, Any]:
    """Allow those who may edit every source that a dataset came from."""
    package = context["model"].Package.get(dataset_id) if isinstance(dataset_id, str) else None
    objects = HarvestObject.filter(package_id=package.id, current=True).all() if package else []
    for source_id in {harvest_object.harvest_source_id for harvest_object in objects} or {None}:
        answer = _edits_source(context, source_id)
        if not answer["success"]:
            return answer
    return {"success": True}
