"""Who may read what, as permission labels.

A harvest source is a package, and CKAN shows a package to everybody: its address, its configuration, its
jobs. The labels here give it to those who may edit it. ``package_show``, search, activity lists, feeds and
linked data all ask for labels, and the search index keeps them with each document: one rule for every page.
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ...sources.types import PACKAGE_TYPE


def dataset_labels(dataset: Any, labels: list[str]) -> list[str]:
    """Return the labels of a dataset: CKAN's own, except for a harvest source."""
    if dataset.type != PACKAGE_TYPE:
        return labels
    if dataset.owner_org:
        return [f"editor-{dataset.owner_org}"]
    return [f"creator-{dataset.creator_user_id}"]


def user_labels(user: Any, labels: list[str]) -> list[str]:
    """Return the labels that a user holds: CKAN's own, and one for each organization they may edit for."""
    if not user or user.is_anonymous:
        return labels
    return [*labels, *(f"editor-{id_}" for id_ in editable_organizations(user.id))]


def editable_organizations(user_id: str) -> list[str]:
    """Return the ids of the organizations whose datasets a user may change."""
    organizations = tk.get_action("organization_list_for_user")(
        {"user": user_id}, {"permission": "update_dataset"}
    )
    return [organization["id"] for organization in organizations]
