"""Who may list harvest sources: whoever edits the datasets of an organization sees those of it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ..access.labels import editable_organizations

__all__ = ["opengovbelize_metrics_show", "opengovbelize_source_list"]


def opengovbelize_source_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for any organization."""
    user = model.User.get(context.get("user"))
    return {
        "success": bool(user and editable_organizations(user.id)),
        "msg": tk._("Only editors of an organization may list harvest sources."),
    }


def opengovbelize_metrics_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Leave it to system administrators, for whom CKAN asks no function at all."""
    return {"success": False, "msg": tk._("Only a system administrator may read the figures of the portal.")}
