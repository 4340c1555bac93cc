"""Who may see a dataset: the only place that decides CKAN's ``private``."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.lib.plugins import get_permission_labels
from sqlalchemy import text

RELEASED = "released"
WITHDRAWN = "withdrawn"

# Activities keep the labels of their time. A hidden dataset takes all of them along; a released one gives
# back those that showed it while it was public, but not those of its drafts.
_HIDE = text(
    """
    UPDATE activity SET permission_labels = :labels
    WHERE object_id = :id AND activity_type LIKE '%package'
      AND (permission_labels IS NULL OR 'public' = ANY (permission_labels))
    """
)
_GIVE_BACK = text(
    """
    UPDATE activity SET permission_labels = :labels
    WHERE object_id = :id AND activity_type LIKE '%package'
      AND NOT 'public' = ANY (coalesce(permission_labels, '{}'))
      AND data::json -> 'package' ->> 'private' = 'false'
    """
)


def private_for(state: str) -> bool:
    """Tell whether a dataset in this publication state is private: anything but released is."""
    return state != RELEASED


def set_state(package_id: str, state: str, context: Any) -> dict[str, Any]:
    """Put a dataset into a publication state, as the context's user."""
    values = {"id": package_id, "publication_state": state, "private": private_for(state)}
    return tk.get_action("package_patch")(context, values)


def follow(pkg_dict: dict[str, Any]) -> None:
    """Let the earlier activities of a dataset be seen by those who may see the dataset now."""
    package = model.Session.get(model.Package, pkg_dict["id"])
    if package is None or not p.plugin_loaded("activity"):
        return
    labels = get_permission_labels().get_dataset_labels(package)
    statement = _GIVE_BACK if "public" in labels else _HIDE
    model.Session.execute(statement, {"id": package.id, "labels": labels})
