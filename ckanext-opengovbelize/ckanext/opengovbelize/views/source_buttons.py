"""Running, stopping, clearing and deleting a source, from the buttons of its pages.

ckanext-harvest's own addresses do so for whoever only follows a link, and are closed. They also wrap what is to be
told in "An error occurred", end as an error of the server, and delete a source before they clear it.
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from ckanext.harvest.model import HarvestSource
from flask import Blueprint

from ..sources.types import RECORDS

source_buttons = Blueprint(
    "opengovbelize_source_buttons", __name__, url_prefix="/opengovbelize/source/<source_id>"
)

_CLOSED = frozenset(("harvester.clear", "harvester.delete", "harvester.job_abort", "harvester.refresh"))


@source_buttons.before_app_request
def close() -> None:
    """Answer none of the addresses whose place the buttons below have taken."""
    if tk.request.endpoint in _CLOSED:
        tk.abort(
            404,
            _(
                "The address is no page. Run, stop, clear or delete a source with the buttons of its own pages."
            ),
        )


@source_buttons.post("/run")
def run(source_id: str) -> Response:
    """Start a run; with ``anew``, one that reads all of the source, changed or not."""
    asked = {"source_id": source_id, "run": True, "anew": "anew" in tk.request.args}
    if _done("harvest_job_create", asked):
        tk.h.flash_success(_("The run begins in a moment. Load this page again to see how far it is."))
    return tk.redirect_to("harvester.admin", id=source_id)


@source_buttons.post("/stop")
def stop(source_id: str) -> Response:
    """Stop the run that goes on."""
    if _done("harvest_job_abort", {"source_id": source_id}):
        tk.h.flash_success(
            _("The run is stopped. What it had published stays; the next run reads what is left.")
        )
    return tk.redirect_to("harvester.admin", id=source_id)


@source_buttons.post("/clear")
def clear(source_id: str) -> Response:
    """Withdraw what only this source has."""
    if _done("harvest_source_clear", {"id": source_id}):
        tk.h.flash_success(_cleared(source_id))
    return tk.redirect_to("harvester.admin", id=source_id)


@source_buttons.post("/delete")
def delete(source_id: str) -> Response:
    """Delete a source; with ``clear``, withdraw first what only it has."""
    is_clear = "clear" not in tk.request.args or _done("harvest_source_clear", {"id": source_id})
    if is_clear and _done("harvest_source_delete", {"id": source_id}):
        tk.h.flash_success(_("The source is deleted."))
        return tk.redirect_to("opengovbelize_sources.index")
    return tk.redirect_to("harvester.admin", id=source_id)


def _cleared(source_id: str) -> str:
    source: Any = HarvestSource.get(source_id)
    if source is None or source.type != RECORDS:
        return _("The source is cleared: the datasets that it brought are deleted, and its reports.")
    if not source.active:
        return _(
            "The source is cleared: what only it had is withdrawn. A deleted source brings nothing back."
        )
    return _("The source is cleared: what only it had is withdrawn. Its next run brings it back.")


def _done(action: str, asked: dict[str, Any]) -> bool:
    """Do it, or say in a notice why it is not done, or not yet."""
    try:
        tk.get_action(action)({}, asked)
    except tk.NotAuthorized:
        tk.abort(403, _("Only editors of the organization may do this."))
    except tk.ObjectNotFound:
        tk.abort(404, _("There is no such source."))
    except tk.ValidationError as error:
        tk.h.flash_notice(" ".join(error.error_summary.values()))
        return False
    return True
