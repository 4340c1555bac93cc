"""Who may send records: those who may edit the datasets of the organization."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ..access.rules import edits_for

__all__ = ["opengovbelize_record_import", "opengovbelize_record_preview"]


def opengovbelize_record_preview(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the organization whose records they are."""
    return _edits_for(context, data_dict)


def opengovbelize_record_import(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the organization whose records they are."""
    return _edits_for(context, data_dict)


def _edits_for(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    return {
        "success": edits_for(context, data_dict.get("organization_id")),
        "msg": tk._("Only editors of the organization may upload records for it."),
    }
