"""Who may report progress: the institution in charge of the indicator. Who may read it: whoever may read the plan."""

from __future__ import annotations

from typing import Any

import ckan.authz as authz
import ckan.plugins.toolkit as tk

from ..access.rules import edits_for

__all__ = [
    "opengovbelize_progress_period_reopen",
    "opengovbelize_progress_period_reopened_list",
    "opengovbelize_progress_report_history",
    "opengovbelize_progress_report_import",
    "opengovbelize_progress_report_list",
    "opengovbelize_progress_report_save",
]


def opengovbelize_progress_report_save(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the organization that reports on the indicator; without one, for any that the user edits."""
    organization_id = data_dict.get("organization_id")
    return {
        "success": edits_for(context, organization_id) if organization_id else _edits_something(context),
        "msg": tk._("Only editors of the institution in charge of the indicator may report on it."),
    }


def opengovbelize_progress_report_import(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for any organization that the user edits; every row asks for its own."""
    return {
        "success": _edits_something(context),
        "msg": tk._("Only editors of an institution may import progress reports."),
    }


def opengovbelize_progress_period_reopen(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask for the administration of the plan's organization."""
    organization_id = data_dict.get("organization_id")
    return {
        "success": bool(organization_id)
        and authz.has_user_permission_for_group_or_org(organization_id, context.get("user"), "update"),
        "msg": tk._("Only administrators of the program may reopen a period."),
    }


@tk.auth_allow_anonymous_access
def opengovbelize_progress_report_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask as for the dataset."""
    return _reads(context, data_dict)


@tk.auth_allow_anonymous_access
def opengovbelize_progress_report_history(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask as for the dataset."""
    return _reads(context, data_dict)


@tk.auth_allow_anonymous_access
def opengovbelize_progress_period_reopened_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask as for the plan."""
    return _reads(context, data_dict)


def _reads(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    try:
        tk.check_access("package_show", context, {"id": data_dict["id"]})
    except tk.NotAuthorized as refused:
        return {"success": False, "msg": refused.message}
    return {"success": True}


def _edits_something(context: Any) -> bool:
    return authz.has_user_permission_for_some_org(context.get("user", ""), "update_dataset")
