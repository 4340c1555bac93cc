"""Pages, one blueprint a file."""

from __future__ import annotations

from typing import Any

from . import (
    attendance,
    calendars,
    certificates,
    doubts,
    locks,
    pages,
    plans,
    progress,
    record_upload,
    review,
    runs,
    source_buttons,
    source_preview,
    sources,
    statistics,
    templates,
    trust,
    verify,
)


def get_blueprints() -> list[Any]:
    """Return the blueprints of every page."""
    return [
        attendance.attendance,
        calendars.calendars,
        certificates.certificates,
        doubts.doubts,
        locks.locks,
        pages.pages,
        plans.plans,
        progress.progress,
        record_upload.record_upload,
        review.review,
        runs.runs,
        source_buttons.source_buttons,
        source_preview.source_preview,
        sources.sources,
        statistics.statistics,
        templates.templates,
        trust.trust,
        verify.verify,
    ]
