"""Who may see the schemas: everybody."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import AuthResult, Context, DataDict

__all__ = ["opengovbelize_schema_show"]


@tk.auth_allow_anonymous_access
def opengovbelize_schema_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Let everybody read the rules of the fields."""
    return {"success": True}
