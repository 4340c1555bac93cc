"""Participant figures in words: what a dimension, a category, a measure or a status is called."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _

from ..statistics import categories
from ..statistics.cells import ALL, IN_PERSON, MINUTES, MODE, ONLINE


def dimension_label(name: str) -> str:
    """Return what people call a dimension."""
    return {
        MODE: _("In person or online"),
        "sector": _("Sector"),
        "district": _("District"),
        "gender": _("Gender"),
        "country": _("Country"),
        MINUTES: _("Minutes attended"),
    }.get(name, name)


def breakdown_label(breakdown: str) -> str:
    """Return what a group of figures is called that is released together."""
    groups = {
        "": _("People"),
        "registration": _("Registered and did not come"),
        "chat": _("In the chat"),
        "certificates": _("Certificates"),
    }
    if breakdown in groups:
        return groups[breakdown]
    return " × ".join(dimension_label(name) for name in breakdown.split("-"))


def category_label(dimension: str, code: str) -> str:
    """Return what a category is called, be it a finer or a coarser one."""
    found = categories.labels(dimension).get(code, code)
    return str(tk.h.scheming_language_text(found)) if isinstance(found, dict) else str(found)


def category_list(dimension: str) -> list[tuple[str, str]]:
    """Return the categories of a dimension that somebody can be given, with their labels."""
    return [
        (code, category_label(dimension, code))
        for code in categories.codes(dimension)
        if code != categories.UNKNOWN
    ]


def mode_label(mode: str) -> str:
    """Return what a mode is called."""
    return {ALL: _("All"), IN_PERSON: _("In person"), ONLINE: _("Online")}.get(mode, mode)


def measure_label(measure: str) -> str:
    """Return what a measure is called."""
    return {
        "attended": _("Attended"),
        "registered": _("Registered"),
        "no_shows": _("Registered and did not come"),
        "median_minutes": _("Median of the minutes attended"),
        "messages": _("Messages in the chat"),
        "questions": _("Questions in the chat"),
        "answered_in_writing": _("Questions answered in writing"),
        "chatters": _("People who wrote in the chat"),
        "attendances": _("Attendances, all sessions added"),
        "participants": _("Different people"),
        "certificates": _("Certificates issued"),
    }.get(measure, measure)


def status_label(status: str) -> str:
    """Return what a status means."""
    return {
        "A": _("published"),
        "Q": _("withheld"),
        "M": _("cannot occur"),
        "L": _("not collected"),
    }.get(status, status)


def value_text(row: dict[str, Any]) -> str:
    """Return a published figure as text: its value, or why there is none."""
    return str(row["value"]) if row["value"] is not None else status_label(row["status"])
