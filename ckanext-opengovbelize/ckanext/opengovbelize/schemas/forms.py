"""What the form snippets need to know."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import ckan.plugins.toolkit as tk

from ..catalogue import institutions
from . import reading


def snippet(field: reading.Field) -> str:
    """Return the form snippet of a field that starts a section: its preset's own."""
    preset = tk.h.scheming_get_preset(field.get("preset", "")) or {}
    if "form_snippet" in preset:
        return preset["form_snippet"]
    if "repeating_subfields" in field:
        return "repeating_subfields.html"
    return "text.html"


def time(value: str, zone: str) -> str:
    """Return a stored time as a ``datetime-local`` input has it: local, without offset.

    Empty where that would lose something: the time has another offset than the zone, or cannot be read.
    """
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            return value
        if moment.astimezone(ZoneInfo(zone)).utcoffset() != moment.utcoffset():
            return ""
    except (KeyError, TypeError, ValueError, OSError):
        return ""
    return moment.replace(tzinfo=None).isoformat(timespec="minutes" if not moment.second else "seconds")


def series_choices() -> list[dict[str, Any]]:
    """Return the series of the programs that the reader may edit, as ``value`` and ``text``."""
    return _own("webinar_series")


def plan_choices() -> list[dict[str, Any]]:
    """Return the action plans of the programs that the reader may edit, as ``value`` and ``text``."""
    return _own("action_plan")


def commitment_choices() -> list[dict[str, Any]]:
    """Return the commitments of the programs that the reader may edit, as ``value`` and ``text``."""
    return _own("commitment")


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
            "sort": "title_string asc",
        },
    )
    return [{"value": package["id"], "text": _text(package)} for package in found["results"]]


def _text(package: dict[str, Any]) -> str:
    """Return the title; of a commitment with its address, which tells drafts from final ones."""
    if package["type"] == "commitment":
        return f"{package['title']} ({package['name']})"
    return package["title"]
