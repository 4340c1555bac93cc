"""Activities about the views of resources, which CKAN shows to everybody, of private datasets too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model


def chained_actions() -> dict[str, Callable[..., Any]]:
    """Return what stands before the actions of the activity plugin, where it is loaded."""
    return {"activity_create": activity_create} if p.plugin_loaded("activity") else {}


@tk.chained_action
def activity_create(original: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Note nothing of the views of a dataset that is not public: neither their titles nor that they are."""
    if str(data_dict.get("activity_type")).endswith("resource view"):
        tk.check_access("activity_create", context, data_dict)
        package = model.Package.get(data_dict.get("object_id"))
        if package and package.private:
            return {}
    return original(context, data_dict)
