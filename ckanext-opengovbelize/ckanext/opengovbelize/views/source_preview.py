"""What a source would give, from the button in its form."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from flask import Blueprint

from . import attendance_form, times
from .labels import choice_label, field_label

source_preview = Blueprint("opengovbelize_source_preview", __name__, url_prefix="/opengovbelize/source")

_LONGEST = 200
_NOT_SHOWN = ("sources", "license_id", "publication_state", "timezone", "name", "private")


@source_preview.post("/preview")
def preview() -> str:
    """Show the first records of the address in the form."""
    form = tk.request.form
    asked = {name: form.get(name, "").strip() for name in ("url", "config", "owner_org")}
    errors: list[str] = []
    shown: dict[str, Any] | None = None
    try:
        shown = tk.get_action("opengovbelize_source_preview")({}, asked)
    except tk.NotAuthorized:
        return tk.abort(403, _("Only editors of the organization may look at sources for it."))
    except tk.ValidationError as error:
        errors = attendance_form.messages(error)
    return tk.render("harvest/preview.html", {"preview": shown, "errors": errors})


def fields(record: dict[str, Any]) -> list[dict[str, str]]:
    """Return ``label`` and ``text`` of what would be published of a record, as far as it tells the record."""
    return [
        {"label": field_label(record["type"], name), "text": text(name, value)}
        for name, value in record["fields"].items()
        # What is not said or not so is no news.
        if name not in _NOT_SHOWN and value not in (None, "", [], False)
    ]


def text(name: str, value: Any) -> str:
    """Return the value of a field as a person reads it, cut short."""
    if isinstance(value, list):
        return _cut("; ".join(_row(row) if isinstance(row, dict) else _word(name, row) for row in value))
    return _cut(_word(name, value))


def _word(name: str, value: Any) -> str:
    if name in ("start", "end"):
        return times.stamp(value, tk.h.lang())
    return choice_label(name, str(value))


def _row(row: dict[str, Any]) -> str:
    names = ("name", "question", "title", "text", "url", "code")
    return str(next((row[name] for name in names if row.get(name)), ""))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
