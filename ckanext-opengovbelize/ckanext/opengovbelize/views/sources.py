"""The list of harvest sources, and the figures of harvesting for a monitoring server."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.pagination import Page
from ckan.plugins.toolkit import _
from flask import Blueprint, Response

from .. import config
from ..catalogue import ledger
from ..runs import figures
from ..runs.health import STATES
from . import listing, paging

sources = Blueprint("opengovbelize_sources", __name__, url_prefix="/opengovbelize")

PAGE = 50


@sources.before_app_request
def one_list() -> Response | None:
    """Lead from ckanext-harvest's list to ours: it counts no datasets of ours, and sorts by codes."""
    if tk.request.endpoint == "harvest.search":
        return tk.redirect_to("opengovbelize_sources.index", **tk.request.args)
    return None


@sources.get("/sources")
def index() -> str:
    """List harvest sources with their health, those that need somebody first."""
    args = tk.request.args
    asked = {"q": args.get("q", "").strip()[:200], "health": args.get("health", "")}
    if asked["health"] not in STATES:
        asked["health"] = ""
    number = max(1, tk.h.get_page_number(args))
    try:
        found = tk.get_action("opengovbelize_source_list")(
            {}, {**asked, "limit": PAGE, "offset": (number - 1) * PAGE}
        )
    except tk.NotAuthorized:
        return tk.abort(403, _("Log in as an editor of an organization to see its harvest sources."))
    pager = Page(
        collection=found["sources"],
        page=number,
        url=lambda page, **_options: _address(asked, page),
        item_count=found["found"],
        items_per_page=PAGE,
        presliced_list=True,
    )
    return tk.render("harvest/sources.html", {"found": found, "asked": asked, "pager": pager})


@sources.get("/metrics")
def metrics() -> Response:
    """Give the figures to whoever has the token, or to a system administrator."""
    return Response(_figures(), content_type=figures.MEDIA_TYPE, headers={"Cache-Control": "no-store"})


@tk.chained_helper
def package_list_for_source(original: Callable[[str], str], source_id: str) -> str:
    """Return the datasets of a source as a list: ckanext-harvest asks the index, which knows nothing of our sources."""
    count = ledger.datasets(source_id)
    if not count:
        return original(source_id)
    number = max(1, tk.h.get_page_number(tk.request.args))
    packages = listing.datasets(ledger.dataset_ids(source_id, PAGE, (number - 1) * PAGE))
    pager = Page(
        collection=packages,
        page=number,
        url=lambda page, **_options: tk.url_for("harvest.read", id=source_id, page=page),
        item_count=count,
        items_per_page=PAGE,
        presliced_list=True,
    )
    return tk.h.snippet("snippets/package_list.html", packages=packages) + paging.pager(pager)


def _figures() -> bytes:
    token = config.metrics_token()
    kind, _space, given = tk.request.headers.get("Authorization", "").partition(" ")
    if token and kind.lower() == "bearer" and hmac.compare_digest(given.encode(), token.encode()):
        return figures.text()
    try:
        return tk.get_action("opengovbelize_metrics_show")({}, {}).encode()
    except tk.NotAuthorized:
        return tk.abort(
            403, _("Only a system administrator, or a monitoring server with the token, may read this.")
        )


def _address(asked: dict[str, str], page: Any) -> str:
    given = {name: value for name, value in asked.items() if value}
    return tk.url_for("opengovbelize_sources.index", **given, **({"page": page} if int(page) > 1 else {}))


def health_label(health: str) -> str:
    """Return a source's health in the reader's language."""
    return {
        "failing": _("cannot be read"),
        "errors": _("records rejected"),
        "overdue": _("overdue"),
        "running": _("running"),
        "never": _("never run"),
        "well": _("in order"),
        "inactive": _("inactive"),
    }[health]


def frequency_label(frequency: str) -> str:
    """Return how often a source runs, in the reader's language."""
    return {
        "MANUAL": _("by hand"),
        "MONTHLY": _("monthly"),
        "WEEKLY": _("weekly"),
        "BIWEEKLY": _("every two weeks"),
        "DAILY": _("daily"),
        "ALWAYS": _("always"),
    }.get(frequency, frequency)
