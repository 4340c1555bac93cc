"""Who may review questions: those who may edit the datasets of the webinar's organization."""

from __future__ import annotations

from typing import Any

import ckan.authz as authz
import ckan.plugins.toolkit as tk

from ..access.rules import edits_for

__all__ = ["opengovbelize_review_decide", "opengovbelize_review_list"]


def _edits_for(context: Any, organization_id: str | None) -> dict[str, Any]:
    return {
        "success": edits_for(context, organization_id),
        "msg": tk._("Only editors of the organization may review its questions."),
    }


def opengovbelize_review_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the organization of the webinar; without a webinar, for any that the user edits."""
    if "organization_id" in data_dict:
        return _edits_for(context, data_dict["organization_id"])
    return {
        "success": authz.has_user_permission_for_some_org(context.get("user", ""), "update_dataset"),
        "msg": tk._("Only editors of an organization may review questions."),
    }


def opengovbelize_review_decide(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the organization of the webinar."""
    return _edits_for(context, data_dict.get("organization_id"))
