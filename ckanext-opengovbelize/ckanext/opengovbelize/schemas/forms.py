"""Forms: which types and fields they have, and what they send, in the words of the schemas."""

from __future__ import annotations

import re
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
