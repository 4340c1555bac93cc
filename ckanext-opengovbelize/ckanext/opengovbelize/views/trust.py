"""Where administrators order the sources of their program by trust."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint

from . import listing

trust = Blueprint("opengovbelize_trust", __name__)


@trust.route("/organization/<name>/trust", methods=["GET", "POST"])
def order(name: str) -> str | Response:
    """Show the sources in order; tell what another order would change, or set it."""
    try:
        organization = tk.get_action("organization_show")({}, {"id": name, "include_users": False})
        sources = tk.get_action("opengovbelize_trust_show")(
            listing.reader(), {"organization_id": organization["id"]}
        )
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(403, _("Only administrators of the program may order its sources."))
    effect: dict[str, Any] | None = None
    errors: list[str] = []
    if tk.request.method == "POST":
        sources = sorted(sources, key=lambda source: _place(source["id"]))
        asked = {"organization_id": organization["id"], "sources": [source["id"] for source in sources]}
        is_preview = tk.request.form.get("do") != "save"
        try:
            effect = tk.get_action("opengovbelize_trust_order")({}, {**asked, "dry_run": is_preview})
        except tk.ValidationError as error:
            errors = list(error.error_summary.values())
        else:
            if not is_preview:
                tk.h.flash_success(
                    _("The order is set. Pages of which several sources tell follow within minutes.")
                )
                return tk.redirect_to("opengovbelize_trust.order", name=organization["name"])
    values = {
        "group_dict": organization,
        "group_type": "organization",
        "sources": sources,
        "effect": effect,
        "errors": errors,
    }
    return tk.render("opengovbelize/trust.html", values)


def _place(source_id: str) -> tuple[float, str]:
    """Return the place that the form gives a source; what is no number comes last."""
    stated = tk.request.form.get(f"place-{source_id}", "").strip()
    return (float(stated) if stated.isascii() and stated.isdigit() else float("inf"), source_id)
