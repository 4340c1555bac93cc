"""The page on which records are sent from a computer: files in, what would change out, published as shown."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint, make_response

from .. import config
from ..runs import settings
from ..sources import SourceConfig
from ..sources.uploads import Upload
from . import attendance_form, source_preview
from .labels import field_label

record_upload = Blueprint("opengovbelize_record_upload", __name__, url_prefix="/opengovbelize/records")

_OPTIONS = ("owner_org", "series", "session", "plan")
# So many earlier uploads are listed.
_RUNS = 10
_KEPT = ("locked", "less-trusted")
# What follows from other changes, or from the upload itself.
_NO_NEWS = ("sources", "name", "private")


@record_upload.route("/upload", methods=["GET", "POST"])
def upload() -> Response:
    """Show the form; show what would change; publish what was shown."""
    organizations = _organizations()
    if not organizations:
        return tk.abort(403, _("Log in as an editor of an organization to upload records."))
    form = tk.request.form
    if tk.request.method == "POST" and form.get("token"):
        return _publish(organizations)
    answer: dict[str, Any] | None = None
    errors: list[str] = []
    if tk.request.method == "POST":
        try:
            answer = tk.get_action("opengovbelize_record_preview")({}, _values(organizations))
        except tk.ValidationError as error:
            errors = attendance_form.messages(error)
        except tk.NotAuthorized:
            return tk.abort(403, _("Only editors of the organization may upload records for it."))
    return _page(organizations, answer, errors, status=400 if errors else 200)


@record_upload.errorhandler(413)
def too_large(error: Exception) -> tuple[str, int]:
    """Say how large the files may be."""
    return attendance_form.too_large()


def _organizations() -> list[dict[str, Any]]:
    """Return the organizations for which the reader may publish."""
    if not tk.current_user.is_authenticated:
        return []
    return tk.h.organizations_available("update_dataset")


def _values(organizations: list[dict[str, Any]]) -> dict[str, Any]:
    sent = {name: tk.request.form.get(name, "").strip() for name in _OPTIONS}
    files = [Upload(file.filename or "", file.read()) for file in tk.request.files.getlist("file")]
    sent["owner_org"] = sent["owner_org"] or organizations[0]["name"]
    return {**sent, "uploads": [file for file in files if file.name]}


def _publish(organizations: list[dict[str, Any]]) -> Response:
    sent = {name: tk.request.form.get(name, "") for name in ("owner_org", "token")}
    try:
        run = tk.get_action("opengovbelize_record_import")({}, sent)
    except tk.ValidationError as error:
        return _page(organizations, None, attendance_form.messages(error), status=409)
    except tk.NotAuthorized:
        return tk.abort(403, _("Only editors of the organization may upload records for it."))
    tk.h.flash_success(_("This is what became of your records. The files that you sent are forgotten."))
    return tk.redirect_to("opengovbelize_runs.read", run_id=run["id"])


def _page(
    organizations: list[dict[str, Any]], answer: dict[str, Any] | None, errors: list[str], status: int
) -> Response:
    chosen = tk.request.form.get("owner_org") or tk.request.args.get("organization", "")
    chosen = next((one["name"] for one in organizations if chosen in (one["name"], one["id"])), "")
    chosen = chosen or organizations[0]["name"]
    values = {
        "organizations": organizations,
        "chosen": chosen,
        "answer": answer,
        "errors": errors,
        "sent": tk.request.form,
        "earlier": _earlier(chosen),
        "most": {"records": config.max_upload_records(), "megabytes": config.max_upload_bytes() // 1_000_000},
    }
    return attendance_form.private(make_response(tk.render("opengovbelize/upload.html", values), status))


def _earlier(organization_name: str) -> list[dict[str, Any]]:
    """Return the last uploads to an organization, the newest first."""
    source_id = _source_id(model.Group.get(organization_name))
    try:
        return tk.get_action("opengovbelize_run_list")({}, {"source_id": source_id, "limit": _RUNS})
    except tk.NotAuthorized:
        # Nothing was sent yet, so that nobody knows whose source it is.
        return []


def _source_id(organization: model.Group | None) -> str:
    return settings.uploads_source(organization, SourceConfig()).id if organization else ""


def is_upload(run: dict[str, Any]) -> bool:
    """Tell whether a run is an upload of records."""
    return run["source_id"] == _source_id(model.Group.get(run["organization_id"]))


def changes(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return ``label``, ``old``, ``new`` and ``kept`` of what would change of a record."""
    return [
        {
            "label": field_label(record["type"], change["field"]),
            "old": source_preview.text(change["field"], change["old"]),
            "new": source_preview.text(change["field"], change["new"]),
            "kept": change["state"] if change["state"] in _KEPT else "",
        }
        for change in record["changes"]
        if change["field"] not in _NO_NEWS
    ]
