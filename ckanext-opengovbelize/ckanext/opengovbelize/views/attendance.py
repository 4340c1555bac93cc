"""The coordinator's page: attendance files in, a preview out, figures published. Nothing is kept between."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint, make_response

from ..schemas.types import SERIES, WEBINAR
from . import attendance_form

attendance = Blueprint("opengovbelize_attendance", __name__)

TYPES = (WEBINAR, SERIES)


@attendance.route("/webinar/<dataset_id>/participants", methods=["GET", "POST"], defaults={"type_": WEBINAR})
@attendance.route(
    "/webinar_series/<dataset_id>/participants", methods=["GET", "POST"], defaults={"type_": SERIES}
)
def participants(type_: str, dataset_id: str) -> Response:
    """Show the form; preview what is sent; publish what was previewed."""
    dataset = attendance_form.coordinated(dataset_id, type_, "opengovbelize_attendance_preview")
    if tk.request.method == "POST" and tk.request.form.get("token"):
        return _publish(dataset)
    answer: dict[str, Any] | None = None
    errors: list[str] = []
    if tk.request.method == "POST":
        try:
            answer = tk.get_action("opengovbelize_attendance_preview")({}, attendance_form.values(dataset))
        except tk.ValidationError as error:
            errors = attendance_form.messages(error)
    return _page(dataset, answer, errors, status=400 if errors else 200)


@attendance.errorhandler(413)
def too_large(error: Exception) -> tuple[str, int]:
    """Say how large the files may be."""
    return attendance_form.too_large()


def _publish(dataset: dict[str, Any]) -> Response:
    values = {
        "id": dataset["id"],
        "token": tk.request.form["token"],
        "publication_state": tk.request.form.get("publication_state", ""),
    }
    try:
        published = tk.get_action("opengovbelize_attendance_publish")({}, values)
    except tk.ValidationError as error:
        return _page(dataset, None, attendance_form.messages(error), status=409)
    tk.h.flash_success(_("The figures are published. The files that you sent are forgotten."))
    return tk.redirect_to("participant_statistics.read", id=published["name"])


def _page(dataset: dict[str, Any], answer: dict[str, Any] | None, errors: list[str], status: int) -> Response:
    return attendance_form.private(
        make_response(
            tk.render(
                "opengovbelize/attendance/participants.html",
                {
                    "dataset": dataset,
                    "webinars": attendance_form.webinars(dataset),
                    "answer": answer,
                    "errors": errors,
                    "sent": tk.request.form,
                },
            ),
            status,
        )
    )
