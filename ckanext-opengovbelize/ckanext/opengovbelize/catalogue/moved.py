"""A dataset that is asked for over the API by an address that it once had, as its page's old address leads to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

from . import identity


def show(original: Callable[..., Any], context: Any, data_dict: dict[str, Any]) -> Any:
    """Show a dataset by its present address; where nobody may read one of that, by its former.

    Only to who asks for nothing else over the API. A page leads on by itself, and whoever is about to write, or asks
    whether a name is there, means that very name.
    """
    try:
        return original(context, data_dict)
    except (tk.ObjectNotFound, tk.NotAuthorized):
        # Actions that write what they were shown hand the context of the API on.
        is_reader = "api_version" in context and not context.get("for_update")
        name = identity.renamed(str(data_dict.get("id") or "")) if is_reader else None
        if name is None or not _may_read(context, name):
            raise
    return original(context, {**data_dict, "id": name})


def _may_read(context: Any, name: str) -> bool:
    try:
        tk.check_access("package_show", tk.fresh_context(context), {"id": name})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return False
    return True
