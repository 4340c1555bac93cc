"""Who may erase."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult

__all__ = ["opengovbelize_erase"]


def opengovbelize_erase(context: Any, data_dict: Any) -> AuthResult:
    """Allow system administrators, for whom CKAN asks no function at all."""
    return {"success": False, "msg": tk._("Only a system administrator may erase a text everywhere.")}
