"""Who may publish participant figures: the coordinators, who edit for the program."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ..access.rules import edits_for

__all__ = ["opengovbelize_attendance_preview", "opengovbelize_attendance_publish"]


def opengovbelize_attendance_preview(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for an editor of the program that ran the webinar."""
    return _coordinates(context, data_dict)


def opengovbelize_attendance_publish(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for an editor of the program that ran the webinar."""
    return _coordinates(context, data_dict)


def _coordinates(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    return {
        "success": edits_for(context, data_dict.get("organization_id")),
        "msg": tk._("Only editors of the program may publish participant figures."),
    }
