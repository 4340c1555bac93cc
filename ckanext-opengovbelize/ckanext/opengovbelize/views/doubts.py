"""Where editors say whether a record of a source tells of a session that is there already."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint

from ..schemas.types import WEBINAR
from . import times
from .labels import field_label

doubts = Blueprint("opengovbelize_doubts", __name__, url_prefix="/opengovbelize/doubt")

# What tells sessions apart, in the order in which it is shown.
_SHOWN = ("title", "when", "series", "session_number", "venue_name", "locality")


@doubts.post("/<doubt_id>")
def decide(doubt_id: str) -> Response:
    """Take an editor's decision and go back to where it was made."""
    decision = {"id": doubt_id, "decision": tk.request.form.get("decision", "")}
    try:
        shown = tk.get_action("opengovbelize_doubt_decide")({}, decision)
    except tk.NotAuthorized:
        return tk.abort(403, _("Only editors of the organization may decide about its sessions."))
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.ValidationError as error:
        tk.h.flash_error("; ".join(error.error_summary.values()))
        return tk.redirect_to("opengovbelize_review.overview")
    tk.h.flash_success(_done(decision["decision"], at_once=shown["run"]))
    came_from = tk.request.form.get("came_from", "")
    if came_from and tk.h.url_is_local(came_from):
        return tk.redirect_to(came_from)
    return tk.redirect_to("webinar.read", id=shown["package_name"])


def _done(decision: str, *, at_once: bool) -> str:
    if not at_once:
        return _(
            "Noted. It counts when the records of this source are read again: nothing reads them by itself."
        )
    if decision == "same":
        return _(
            "Noted: one session. The source is read again now; in a minute or two this page says what it adds."
        )
    return _(
        "Noted: another session. The source is read again now; in a minute or two it has a page of its own."
    )


def waiting(package_id: str) -> list[dict[str, Any]]:
    """Return what an editor has to decide about a webinar; nothing for other readers."""
    if not tk.current_user.is_authenticated:
        return []
    try:
        return tk.get_action("opengovbelize_doubt_list")({}, {"package_id": package_id})
    except tk.NotAuthorized:
        return []


def side_by_side(doubt: dict[str, Any]) -> list[dict[str, str]]:
    """Return ``label``, ``here`` and ``there`` for each fact that one of the two states."""
    package = tk.get_action("package_show")({}, {"id": doubt["package_id"]})
    series = tk.h.opengovbelize_series_of(package)
    here = _facts({**package, "series": series["title"] if series else ""})
    # A record without a zone gets that of the form, as every webinar.
    there = _facts({"timezone": package.get("timezone"), **doubt["said"]})
    return [
        {"label": _label(name), "here": here[name], "there": there[name]}
        for name in _SHOWN
        if here[name] or there[name]
    ]


def reason(code: str) -> str:
    """Return in words why it is doubtful."""
    return {
        "same-start": _("Both begin at the same time, and their titles are alike."),
        "same-title": _("Both have the same title; their times differ."),
        "parallel": _("Both have the same title and begin at the same time, but at two places."),
    }.get(code, code)


def _facts(values: dict[str, Any]) -> dict[str, str]:
    when = times.when(values, tk.h.lang())
    return {name: str(values.get(name) or "") for name in _SHOWN} | {"when": when.text if when else ""}


def _label(name: str) -> str:
    return {"series": _("Series"), "when": _("When")}.get(name) or field_label(WEBINAR, name)
