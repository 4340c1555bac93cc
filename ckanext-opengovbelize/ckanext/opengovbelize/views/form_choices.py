"""What a form offers to choose from: series, plans, commitments, institutions."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ..catalogue import institutions
from ..schemas.types import COMMITMENT, PLAN, SERIES


def series_choices() -> list[dict[str, Any]]:
    """Return the series of the programs that the reader may edit, as ``value`` and ``text``."""
    return _own(SERIES)


def plan_choices() -> list[dict[str, Any]]:
    """Return the action plans of the programs that the reader may edit, as ``value`` and ``text``."""
    return _own(PLAN)


def commitment_choices() -> list[dict[str, Any]]:
    """Return the commitments of the programs that the reader may edit, as ``value`` and ``text``."""
    return _own(COMMITMENT)


def institution_choices() -> list[dict[str, Any]]:
    """Return all organizations, as ``value`` and ``text``."""
    found = sorted(institutions.titles().items(), key=lambda item: item[1].lower())
    return [{"value": id_, "text": title} for id_, title in found]


def _own(dataset_type: str) -> list[dict[str, Any]]:
    """Return the datasets of a type that belong to organizations that the reader may edit."""
    organizations = tk.h.organizations_available("create_dataset")
    if not organizations:
        return []
    owners = " OR ".join(organization["id"] for organization in organizations)
    found = tk.get_action("package_search")(
        {},
        {
            "fq": f"dataset_type:{dataset_type} AND owner_org:({owners})",
            "include_private": True,
            "rows": 1000,
            "sort": "title_string asc, name asc",
        },
    )
    return [{"value": package["id"], "text": _text(package)} for package in found["results"]]


def _text(package: dict[str, Any]) -> str:
    """Return the title; of a series with its year, of a commitment with its address, by which drafts differ."""
    if package["type"] == SERIES:
        return tk.h.opengovbelize_series_title(package)
    if package["type"] == COMMITMENT:
        return f"{package['title']} ({package['name']})"
    return package["title"]
