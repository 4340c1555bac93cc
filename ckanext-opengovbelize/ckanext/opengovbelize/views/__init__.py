"""Pages, one blueprint a file."""

from __future__ import annotations

from typing import Any

from . import (
    attendance,
    calendars,
    certificates,
    locks,
    pages,
    plans,
    progress,
    review,
    runs,
    statistics,
    templates,
    verify,
)


def get_blueprints() -> list[Any]:
    """Return the blueprints of every page."""
    return [
        attendance.attendance,
        calendars.calendars,
        certificates.certificates,
        locks.locks,
        pages.pages,
        plans.plans,
        progress.progress,
        review.review,
        runs.runs,
        statistics.statistics,
        templates.templates,
        verify.verify,
    ]
