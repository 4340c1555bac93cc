"""What the form snippets need to know."""

from __future__ import annotations

import re
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


# What a form calls the rows of its repeating fields: links-0-url.
_ROW_KEY = re.compile(r"(?P<field>\w+)-(?P<row>\d+)-(?P<subfield>\w+)")


def with_rows(data: dict[str, Any]) -> dict[str, Any]:
    """Return what a form sent with the rows of its repeating fields as lists, in the form's order.

    ckanext-scheming does so too, with one numbering for all fields and in the order of letters: it loses values where
    the first row of a field was removed, and mixes up more than ten rows.
    """
    schema = reading.program_schemas().get(str(data.get("type") or ""))
    if schema is None:
        return data
    repeating = {field["field_name"] for field in reading.repeating(schema)} - data.keys()
    rows: dict[str, dict[int, dict[str, Any]]] = {}
    others: dict[str, Any] = {}
    for key, value in data.items():
        found = _ROW_KEY.fullmatch(key) if isinstance(key, str) else None
        if found and found["field"] in repeating:
            rows.setdefault(found["field"], {}).setdefault(int(found["row"]), {})[found["subfield"]] = value
        else:
            others[key] = value
    return {**others, **{name: [found[number] for number in sorted(found)] for name, found in rows.items()}}


def types() -> list[str]:
    """Return the types of which records are made in a form; figures are published from attendance files."""
    return [
        name for name, schema in reading.program_schemas().items() if not schema.get("made_by_publishing")
    ]


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
            "sort": "title_string asc, name asc",
        },
    )
    return [{"value": package["id"], "text": _text(package)} for package in found["results"]]


def _text(package: dict[str, Any]) -> str:
    """Return the title; of a series with its year, of a commitment with its address, by which drafts differ."""
    if package["type"] == "webinar_series":
        return tk.h.opengovbelize_series_title(package)
    if package["type"] == "commitment":
        return f"{package['title']} ({package['name']})"
    return package["title"]
