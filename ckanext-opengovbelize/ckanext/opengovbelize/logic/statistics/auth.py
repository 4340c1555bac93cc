"""Who may read figures, set a program's threshold, and write to the table of figures: nobody does the last."""

from __future__ import annotations

from typing import Any

import ckan.authz as authz
import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.types import AuthResult

from ...schemas.types import STATISTICS
from ..access.rules import edits_for

__all__ = [
    "datastore_create",
    "datastore_delete",
    "datastore_records_delete",
    "datastore_upsert",
    "opengovbelize_program_settings_show",
    "opengovbelize_program_settings_update",
    "opengovbelize_statistics_release_list",
    "opengovbelize_statistics_release_show",
]


@tk.auth_allow_anonymous_access
def opengovbelize_statistics_release_show(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    """Ask as for the dataset."""
    return _reads(context, data_dict)


@tk.auth_allow_anonymous_access
def opengovbelize_statistics_release_list(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    """Ask as for the dataset."""
    return _reads(context, data_dict)


def opengovbelize_program_settings_show(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    """Ask whether the user edits for the program."""
    return {
        "success": edits_for(context, data_dict.get("id")),
        "msg": tk._("Only editors of the program may see its settings."),
    }


def opengovbelize_program_settings_update(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    """Ask whether the user administers the program."""
    return {
        "success": authz.has_user_permission_for_group_or_org(
            data_dict.get("id"), context.get("user"), "update"
        ),
        "msg": tk._("Only administrators of the program may change its settings."),
    }


@tk.chained_auth_function
def datastore_create(next_auth: Any, context: Any, data_dict: Any) -> AuthResult:
    """Refuse a table of figures."""
    return _unless_figures(next_auth, context, data_dict)


@tk.chained_auth_function
def datastore_upsert(next_auth: Any, context: Any, data_dict: Any) -> AuthResult:
    """Refuse a table of figures."""
    return _unless_figures(next_auth, context, data_dict)


@tk.chained_auth_function
def datastore_delete(next_auth: Any, context: Any, data_dict: Any) -> AuthResult:
    """Refuse a table of figures."""
    return _unless_figures(next_auth, context, data_dict)


@tk.chained_auth_function
def datastore_records_delete(next_auth: Any, context: Any, data_dict: Any) -> AuthResult:
    """Refuse a table of figures."""
    return _unless_figures(next_auth, context, data_dict)


def _reads(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    try:
        tk.check_access("package_show", context, {"id": data_dict["id"]})
    except tk.NotAuthorized as refused:
        return {"success": False, "msg": refused.message}
    return {"success": True}


def _unless_figures(next_auth: Any, context: Any, data_dict: Any) -> AuthResult:
    """Editors may change a dataset, but its published figures change only by publishing."""
    if _is_figures(data_dict):
        message = tk._("Published figures change only by publishing new ones.")
        return {"success": False, "msg": message}
    return next_auth(context, data_dict)


def _is_figures(data_dict: dict[str, Any]) -> bool:
    resource = model.Resource.get(str(data_dict.get("resource_id") or data_dict.get("id") or ""))
    new = data_dict.get("resource")
    reference = new.get("package_id") if isinstance(new, dict) else None
    package = resource.package if resource else model.Package.get(str(reference or ""))
    return package is not None and package.type == STATISTICS
