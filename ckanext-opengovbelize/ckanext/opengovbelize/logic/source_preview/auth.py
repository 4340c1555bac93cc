"""Who may look at a source: those who may make one, since the portal fetches what they name."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ..access.rules import edits_for

__all__ = ["opengovbelize_source_preview"]


def opengovbelize_source_preview(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the organization whose source it would be."""
    return {
        "success": edits_for(context, data_dict.get("organization_id")),
        "msg": tk._("Only editors of the organization may look at sources for it."),
    }
