"""The links between the pages of a long list."""

from __future__ import annotations

from typing import Any

from ckan.lib.pagination import Page
from ckan.plugins.toolkit import _
from dominate import tags
from markupsafe import Markup


def pager(page: Page, **asked: Any) -> Markup:
    """Return the links, as CKAN makes them, and say what its arrows mean: whoever hears a page sees none."""
    return page.pager(
        symbol_previous=_arrow("left", _("Previous page")),
        symbol_next=_arrow("right", _("Next page")),
        **asked,
    )


def _arrow(side: str, meaning: str) -> Any:
    # An element, since CKAN's links show markup as text.
    arrow = tags.i(cls=f"fa-solid fa-chevron-{side}", aria_hidden="true")
    return tags.span(arrow, tags.span(meaning, cls="visually-hidden"))
