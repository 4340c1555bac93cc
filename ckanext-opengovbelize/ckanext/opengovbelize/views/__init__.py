"""Pages, one blueprint a file."""

from __future__ import annotations

from typing import Any

from . import pages, plans, progress, review, runs


def get_blueprints() -> list[Any]:
    """Return the blueprints of every page."""
    return [pages.pages, plans.plans, progress.progress, review.review, runs.runs]
