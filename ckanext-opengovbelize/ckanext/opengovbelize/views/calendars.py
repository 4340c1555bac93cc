"""Sessions as iCalendar: one, those of a series, those of a program, all of them. Public ones only."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint, make_response

from ..exports import calendar
from ..schemas.types import SERIES, WEBINAR
from . import listing
from .labels import field_label

calendars = Blueprint("opengovbelize_calendars", __name__)


@calendars.get("/webinar/sessions.ics")
def every_session() -> Response:
    """Give the sessions of the whole portal."""
    return _calendar(listing.public_sessions(), tk.config["ckan.site_title"], "sessions")


@calendars.get("/organization/<name>/sessions.ics")
def of_program(name: str) -> Response:
    """Give the sessions of one program."""
    for id_, (known, title) in listing.organizations().items():
        if name in (id_, known):
            return _calendar(listing.public_sessions(f'owner_org:"{id_}"'), title, known)
    return tk.abort(404, _("There is no such program."))


@calendars.get("/webinar_series/<name>/sessions.ics")
def of_series(name: str) -> Response:
    """Give the sessions of one series."""
    series = listing.dataset(name)
    if series is None or series["type"] != SERIES:
        return tk.abort(404, _("There is no such series, or it is not public."))
    sessions = listing.public_sessions(f'in_series:"{series["id"]}"')
    return _calendar(sessions, listing.series_title(series), series["name"])


@calendars.get("/webinar/<name>/session.ics")
def of_session(name: str) -> Response:
    """Give one session."""
    session = listing.dataset(name)
    if session is None or session["type"] != WEBINAR:
        return tk.abort(404, _("There is no such session, or it is not public."))
    return _calendar([session], session["title"], session["name"])


def _calendar(sessions: list[dict[str, Any]], title: str, file_name: str) -> Response:
    pages = {row["id"]: tk.url_for("webinar.read", id=row["name"], _external=True) for row in sessions}
    content = calendar.calendar(sessions, title=title, pages=pages, invented=field_label(WEBINAR, "invented"))
    response = make_response(content)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
    return response
