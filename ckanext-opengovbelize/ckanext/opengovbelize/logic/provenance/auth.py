"""Who may see and change where a dataset's fields come from: those who may edit it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

__all__ = ["opengovbelize_lock_lift", "opengovbelize_provenance_show"]


def _edits(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    try:
        tk.check_access("package_update", context, {"id": data_dict["id"]})
    except tk.NotAuthorized:
        return {"success": False, "msg": tk._("Only editors of the organization may do this.")}
    return {"success": True}


def opengovbelize_provenance_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the dataset."""
    return _edits(context, data_dict)


def opengovbelize_lock_lift(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the dataset."""
    return _edits(context, data_dict)
