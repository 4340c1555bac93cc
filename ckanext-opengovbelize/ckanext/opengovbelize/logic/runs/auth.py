"""Who may read the reports of runs: those who may edit the datasets of the source's organization."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ..access.rules import edits_for

__all__ = ["opengovbelize_run_list", "opengovbelize_run_show"]


def _edits_for(context: Any, organization_id: str | None) -> dict[str, Any]:
    return {
        "success": edits_for(context, organization_id),
        "msg": tk._("Only editors of the organization may read its harvest reports."),
    }


def opengovbelize_run_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the organization of the run."""
    return _edits_for(context, data_dict.get("organization_id"))


def opengovbelize_run_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the organization of the source."""
    return _edits_for(context, data_dict.get("organization_id"))
