"""Who may read a plan as a whole: whoever may read the plan. Of its commitments only those come that they may read."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

__all__ = ["opengovbelize_plan_show"]


@tk.auth_allow_anonymous_access
def opengovbelize_plan_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask as for the plan's dataset."""
    try:
        tk.check_access("package_show", context, data_dict)
    except tk.NotAuthorized as refused:
        return {"success": False, "msg": refused.message}
    return {"success": True}
