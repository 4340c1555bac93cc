"""Where administrators order the sources of their program by trust."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.pagination import Page
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint

from . import listing

trust = Blueprint("opengovbelize_trust", __name__)

PAGE = 50


@trust.route("/organization/<name>/trust", methods=["GET", "POST"])
def order(name: str) -> str | Response:
    """Show the sources in order; tell what another order would change, or set it."""
    try:
        organization = tk.get_action("organization_show")({}, {"id": name, "include_users": False})
        ranked, errors = _ranked(organization["id"])
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(403, _("Only administrators of the program may order its sources."))
    sources = [{**source, "place": place} for place, source in enumerate(ranked, start=1)]
    words = tk.request.args.get("q", "").strip()[:200]
    found = [source for source in sources if words.casefold() in source["title"].casefold()]
    number = max(1, tk.h.get_page_number(tk.request.args))
    effect: dict[str, Any] = {}
    if tk.request.method == "POST":
        wanted = _reordered(sources)
        asked = {"organization_id": organization["id"], "sources": [source["id"] for source in wanted]}
        is_preview = tk.request.form.get("do") != "save"
        try:
            effect = tk.get_action("opengovbelize_trust_order")({}, {**asked, "dry_run": is_preview})
        except tk.ValidationError as error:
            errors = list(error.error_summary.values())
        else:
            effect["moved"] = [
                {**source, "to": to}
                for to, source in enumerate(wanted, start=1)
                # Whoever asks for a place behind the last one may have it already.
                if "wanted" in source and to != source["place"]
            ]
            if not is_preview:
                tk.h.flash_success(
                    _("The order is set. Pages of which several sources tell follow within minutes.")
                )
                return tk.redirect_to(_address(organization, words, number))
    values = {
        "group_dict": organization,
        "group_type": "organization",
        "number": len(sources),
        "words": words,
        "page_size": PAGE,
        "pager": Page(
            collection=found,
            page=number,
            url=lambda page, **_options: _address(organization, words, page),
            items_per_page=PAGE,
        ),
        "effect": effect,
        "errors": errors,
    }
    return tk.render("opengovbelize/trust.html", values)


def _ranked(organization_id: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the sources in order, and what keeps them from having one."""
    try:
        asked = {"organization_id": organization_id}
        return tk.get_action("opengovbelize_trust_show")(listing.reader(), asked), []
    except tk.ValidationError as error:
        return [], list(error.error_summary.values())


def _reordered(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sources as the form orders them; ``wanted`` is added to those that it gives another place.

    The form shows some of the sources. Whichever has another place than it was shown with goes there, and the others
    keep their order, so that a source that was made meanwhile does no harm.
    """
    form = tk.request.form
    for source in sources:
        stated = form.get(f"place-{source['id']}", "").strip()
        shown = form.get(f"shown-{source['id']}", "").strip()
        if stated.isascii() and stated.isdecimal() and stated != shown:
            source["wanted"] = int(stated[:6])
    reordered = [source for source in sources if "wanted" not in source]
    moved = [source for source in sources if "wanted" in source]
    for source in sorted(moved, key=lambda source: source["wanted"]):
        reordered.insert(max(0, source["wanted"] - 1), source)
    return reordered


def _address(organization: dict[str, Any], words: str, page: Any) -> str:
    asked = {**({"q": words} if words else {}), **({"page": page} if int(page) > 1 else {})}
    return tk.url_for("opengovbelize_trust.order", name=organization["name"], **asked)
