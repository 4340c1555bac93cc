"""Pages, one blueprint a file."""

from __future__ import annotations

from typing import Any

from . import pages, review


def get_blueprints() -> list[Any]:
    """Return the blueprints of every page."""
    return [pages.pages, review.review]
