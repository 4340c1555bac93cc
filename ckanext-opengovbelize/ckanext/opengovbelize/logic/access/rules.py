"""The rules that several areas ask."""

from __future__ import annotations

from typing import Any

import ckan.authz as authz


def edits_for(context: Any, organization_id: str | None) -> bool:
    """Return whether the user may edit the datasets of an organization."""
    return bool(organization_id) and authz.has_user_permission_for_group_or_org(
        organization_id, context.get("user"), "update_dataset"
    )
