"""The links between the pages of a long list."""

from __future__ import annotations

from typing import Any

from ckan.lib.pagination import Page
from ckan.plugins.toolkit import _
from markupsafe import Markup

_ARROW = Markup(
    '<i class="fa-solid fa-chevron-{}" aria-hidden="true"></i><span class="visually-hidden">{}</span>'
)


def pager(page: Page, **asked: Any) -> Markup:
    """Return the links, as CKAN makes them, and say what its arrows mean: whoever hears a page sees none."""
    return page.pager(
        symbol_previous=_ARROW.format("left", _("Previous page")),
        symbol_next=_ARROW.format("right", _("Next page")),
        **asked,
    )
