"""The workbook into which people type their sessions."""

from __future__ import annotations

from flask import Blueprint, Response

from ..exports import sessions

templates = Blueprint("opengovbelize_templates", __name__)


@templates.get("/webinar/template.xlsx")
def workbook() -> Response:
    """Send the empty workbook."""
    response = Response(
        sessions.template(), mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="sessions.xlsx"'
    return response
