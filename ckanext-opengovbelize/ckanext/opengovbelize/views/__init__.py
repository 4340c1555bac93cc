"""Pages, one blueprint a file."""

from __future__ import annotations

from typing import Any

from . import attendance, certificates, pages, plans, progress, review, runs, statistics, verify


def get_blueprints() -> list[Any]:
    """Return the blueprints of every page."""
    return [
        attendance.attendance,
        certificates.certificates,
        pages.pages,
        plans.plans,
        progress.progress,
        review.review,
        runs.runs,
        statistics.statistics,
        verify.verify,
    ]
