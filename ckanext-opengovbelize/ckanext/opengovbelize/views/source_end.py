"""Clearing and deleting a source, from the buttons of its pages.

ckanext-harvest's own addresses wrap what is to be told in "An error occurred", or end as an error of the server, and
delete a source before they clear it. They do so for whoever only follows a link, too, and are closed.
"""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint

source_end = Blueprint("opengovbelize_source_end", __name__, url_prefix="/opengovbelize/source")

_CLOSED = frozenset(("harvester.clear", "harvester.delete"))


@source_end.before_app_request
def close() -> None:
    """Answer none of the addresses whose place the buttons below have taken."""
    if tk.request.endpoint in _CLOSED:
        tk.abort(
            404, _("The address is no page. Clear or delete a source with the buttons of its own pages.")
        )


@source_end.post("/<source_id>/clear")
def clear(source_id: str) -> Response:
    """Withdraw what only this source has."""
    if _done("harvest_source_clear", source_id):
        tk.h.flash_success(
            _("The source is cleared: what only it had is withdrawn. Its next run brings it back.")
        )
    return tk.redirect_to("harvester.admin", id=source_id)


@source_end.post("/<source_id>/delete")
def delete(source_id: str) -> Response:
    """Delete a source; with ``clear``, withdraw first what only it has."""
    is_clear = "clear" not in tk.request.args or _done("harvest_source_clear", source_id)
    if is_clear and _done("harvest_source_delete", source_id):
        tk.h.flash_success(_("The source is deleted."))
        return tk.redirect_to("opengovbelize_sources.index")
    return tk.redirect_to("harvester.admin", id=source_id)


def _done(action: str, source_id: str) -> bool:
    """Do it, or say in a notice why it is not done, or not yet."""
    try:
        tk.get_action(action)({}, {"id": source_id})
    except tk.NotAuthorized:
        tk.abort(403, _("Only editors of the organization may do this."))
    except tk.ObjectNotFound:
        tk.abort(404, _("There is no such source."))
    except tk.ValidationError as error:
        tk.h.flash_notice(" ".join(error.error_summary.values()))
        return False
    return True
