"""Participant statistics: downloads of every release, and the settings of a program."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint, make_response

from .. import config
from ..catalogue.statistics import tables
from ..exports import statistics as exports
from ..schemas.types import STATISTICS
from . import listing

statistics = Blueprint("opengovbelize_statistics", __name__)

# By the file's ending: its content type, and what writes it.
DOWNLOADS = {
    "csv": ("text/csv; charset=utf-8", exports.csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", exports.workbook),
    "json": ("application/json", exports.json),
}


@statistics.get("/participant_statistics/<name>/figures.<file_format>", defaults={"number": None})
@statistics.get("/participant_statistics/<name>/release/<int:number>.<file_format>")
def download(name: str, number: int | None, file_format: str) -> Response:
    """Give the figures of the newest release, or as they stood after an earlier one, as one file."""
    if file_format not in DOWNLOADS:
        message = _("There is no such format. Known are: {formats}.")
        return tk.abort(404, message.format(formats=", ".join(DOWNLOADS)))
    dataset = listing.dataset(name)
    if dataset is None or dataset["type"] != STATISTICS:
        return tk.abort(404, _("There are no such statistics, or they are not public."))
    table = tables.table(dataset, number)
    if table is None:
        return tk.abort(404, _("There is no such release."))
    content_type, write = DOWNLOADS[file_format]
    response = make_response(write(table))
    response.content_type = content_type
    filename = f"{dataset['name']}-{table.release}.{file_format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@statistics.route("/organization/<name>/program", methods=["GET", "POST"])
def settings(name: str) -> str | Response:
    """Show the settings of a program to its administrators, and change them."""
    try:
        organization = tk.get_action("organization_show")({}, {"id": name, "include_users": False})
        tk.check_access("opengovbelize_program_settings_update", listing.reader(), {"id": organization["id"]})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(403, _("Only administrators of the program may change its settings."))
    errors: list[str] = []
    wanted = ""
    if tk.request.method == "POST":
        wanted = tk.request.form.get("threshold", "")
        try:
            _update(organization["id"], wanted)
        except tk.ValidationError as refused:
            said: Any = refused.error_dict.get("threshold", [])
            errors = [str(each) for each in said]
        else:
            tk.h.flash_success(_("The settings are saved."))
            return tk.redirect_to("opengovbelize_statistics.settings", name=organization["name"])
    shown = tk.get_action("opengovbelize_program_settings_show")({}, {"id": organization["id"]})
    extra: dict[str, Any] = {
        "group_dict": organization,
        "group_type": "organization",
        "settings": shown,
        "wanted": wanted or shown["threshold"],
        "errors": errors,
        "least": config.LEAST_THRESHOLD,
    }
    return tk.render("opengovbelize/statistics/settings.html", extra)


def _update(organization_id: str, threshold: str) -> None:
    values = {"id": organization_id, "threshold": threshold}
    tk.get_action("opengovbelize_program_settings_update")({}, values)
