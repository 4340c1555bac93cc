"""Who may issue certificates: the coordinators. Who may check one: everybody. Who rules keys: administrators."""

from __future__ import annotations

from typing import Any

import ckan.authz as authz
import ckan.plugins.toolkit as tk
from ckan.types import AuthResult

from ..access.rules import edits_for

__all__ = [
    "opengovbelize_certificate_issue",
    "opengovbelize_certificate_preview",
    "opengovbelize_certificate_revoke",
    "opengovbelize_certificate_verify",
    "opengovbelize_program_key_compromise",
    "opengovbelize_program_key_list",
    "opengovbelize_program_key_rotate",
]


def opengovbelize_certificate_preview(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    """Ask for an editor of the program that runs the series."""
    return _coordinates(context, data_dict)


def opengovbelize_certificate_issue(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    """Ask for an editor of the program that runs the series."""
    return _coordinates(context, data_dict)


def opengovbelize_certificate_revoke(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    """Ask for an editor of the program that issued it."""
    return _coordinates(context, data_dict)


@tk.auth_allow_anonymous_access
def opengovbelize_certificate_verify(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    """Let everybody check a certificate."""
    return {"success": True}


def opengovbelize_program_key_list(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    """Ask for an editor of the program."""
    return _coordinates(context, data_dict)


def opengovbelize_program_key_rotate(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    """Ask for an administrator of the program."""
    return _administers(context, data_dict)


def opengovbelize_program_key_compromise(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    """Ask for an administrator of the program."""
    return _administers(context, data_dict)


def _coordinates(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    return {
        "success": edits_for(context, data_dict.get("organization_id")),
        "msg": tk._("Only editors of the program may do this with certificates."),
    }


def _administers(context: Any, data_dict: dict[str, Any]) -> AuthResult:
    organization_id = data_dict.get("organization_id")
    return {
        "success": bool(organization_id)
        and authz.has_user_permission_for_group_or_org(organization_id, context.get("user"), "update"),
        "msg": tk._("Only administrators of the program may change its keys."),
    }
