"""Who may see and change the order of trust: the administrators of the program."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

__all__ = ["opengovbelize_trust_order", "opengovbelize_trust_show"]


def _administers(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    try:
        tk.check_access("organization_update", context, {"id": data_dict["organization_id"]})
    except tk.NotAuthorized:
        return {"success": False, "msg": tk._("Only administrators of the program may order its sources.")}
    return {"success": True}


def opengovbelize_trust_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the organization."""
    return _administers(context, data_dict)


def opengovbelize_trust_order(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the organization."""
    return _administers(context, data_dict)
