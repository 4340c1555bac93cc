"""What the form snippets need to know."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import ckan.plugins.toolkit as tk

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
    organizations = tk.h.organizations_available("create_dataset")
    if not organizations:
        return []
    owners = " OR ".join(organization["id"] for organization in organizations)
    found = tk.get_action("package_search")(
        {},
        {
            "fq": f"dataset_type:webinar_series AND owner_org:({owners})",
            "include_private": True,
            "rows": 1000,
            "sort": "title_string asc",
        },
    )
    return [{"value": series["id"], "text": series["title"]} for series in found["results"]]
