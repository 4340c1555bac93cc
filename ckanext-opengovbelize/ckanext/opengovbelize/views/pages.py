"""Former addresses: a webinar that gained its number keeps its old links."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import Response
from flask import Blueprint

from ..catalogue import identity
from ..schemas.types import TYPES

pages = Blueprint("opengovbelize_pages", __name__)


@pages.after_app_request
def follow_renamed(response: Response) -> Response:
    """Answer a page that is not there any more with its present address, if it has one and may be read."""
    blueprint, view = tk.get_endpoint()
    if response.status_code != 404 or view != "read" or blueprint not in TYPES:
        return response
    name = identity.renamed((tk.request.view_args or {}).get("id", ""))
    if not name:
        return response
    try:
        tk.check_access("package_show", {"user": tk.current_user.name}, {"id": name})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return response
    return tk.redirect_to(f"{blueprint}.read", id=name)
