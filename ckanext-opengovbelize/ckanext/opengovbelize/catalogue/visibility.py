"""Who may see a dataset: the only place that decides CKAN's ``private``."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.lib.plugins import get_permission_labels
from ckan.logic.validators import boolean_validator
from sqlalchemy import text

DRAFT = "draft"
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
# CKAN asks for no labels of activities about the views of resources, and shows them to everybody.
_FORGET_VIEWS = text("DELETE FROM activity WHERE object_id = :id AND activity_type LIKE '%resource view'")


def private_for(state: str) -> bool:
    """Tell whether a dataset in this publication state is private: anything but released is."""
    return state != RELEASED


def state_for(private: bool, state: str) -> str:
    """Return the state that does what CKAN's own switch asks: this one, where it does so already.

    Hiding gives a draft: an editor's, which imports leave alone even if the sources go and come back.
    """
    if private_for(state) == private:
        return state
    return DRAFT if private else RELEASED


def translated(patch: dict[str, Any]) -> dict[str, Any]:
    """Return a patch that flips CKAN's own switch alone as one of the state, for types that have one."""
    if "private" not in patch or "publication_state" in patch:
        return patch
    package = model.Package.get(patch.get("id"))
    if package is None or not has_state(package.type):
        return patch
    private: bool = boolean_validator(patch["private"], {})
    state = (package.extras or {}).get("publication_state", DRAFT)
    return {**patch, "publication_state": state_for(private, state)}


def contradicts(asked: Any, state: str, package: model.Package | None) -> bool:
    """Tell whether somebody flips CKAN's own switch against the state.

    Who changes the state need not think of the switch, which then still stands as it did.
    """
    stands = bool(package and package.private)
    return isinstance(asked, bool) and asked != stands and asked != private_for(state)


def has_state(package_type: str) -> bool:
    """Tell whether datasets of a type have a publication state; an ordinary dataset has CKAN's switch alone."""
    schema = tk.h.scheming_get_dataset_schema(package_type) or {}
    return any(field["field_name"] == "publication_state" for field in schema.get("dataset_fields", []))


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
    if "public" in labels:
        model.Session.execute(_GIVE_BACK, {"id": package.id, "labels": labels})
    else:
        model.Session.execute(_HIDE, {"id": package.id, "labels": labels})
        model.Session.execute(_FORGET_VIEWS, {"id": package.id})
