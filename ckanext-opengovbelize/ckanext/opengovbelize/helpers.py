"""Template helpers, each prefixed ``opengovbelize_``. What they do stands in the rooms that they call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import ckan.plugins.toolkit as tk

from .catalogue import ledger
from .schemas import choices, forms
from .schemas.types import TYPES
from .sources.config import FORMATS, PROTOCOLS
from .sources.types import RECORDS
from .views import (
    commitments,
    doubts,
    drawings,
    figure_labels,
    form_choices,
    labels,
    listing,
    packages,
    paging,
    plans,
    preview,
    provenance,
    record_upload,
    runs,
    source_preview,
    sources,
    statistics_page,
    times,
)


@tk.chained_helper
def package_count_for_source(original: Callable[[str], int], source_id: str) -> int:
    """Return how many datasets a source has: ckanext-harvest asks the index, which knows nothing of our sources."""
    return ledger.datasets(source_id) or original(source_id)


def get_helpers() -> dict[str, Callable[..., Any]]:
    """Return the helpers by the name that templates use, and what stands before those of ckanext-harvest."""
    return {
        "package_count_for_source": package_count_for_source,
        "package_list_for_source": sources.package_list_for_source,
        "opengovbelize_categories": figure_labels.category_list,
        "opengovbelize_change_label": runs.change_label,
        "opengovbelize_choice_label": labels.choice_label,
        "opengovbelize_choice_list": labels.choice_list,
        "opengovbelize_choices": choices.choices,
        "opengovbelize_commitment_page": commitments.commitment_page,
        "opengovbelize_columns": preview.columns,
        "opengovbelize_correction": preview.correction,
        "opengovbelize_crossings": preview.crossings,
        "opengovbelize_count_text": labels.count_text,
        "opengovbelize_dataset": listing.dataset,
        "opengovbelize_day": lambda day: times.day(day, tk.h.lang()),
        "opengovbelize_dimension_label": figure_labels.dimension_label,
        "opengovbelize_dimensions": preview.dimensions,
        "opengovbelize_doubt_reason": doubts.reason,
        "opengovbelize_doubt_side_by_side": doubts.side_by_side,
        "opengovbelize_doubts": doubts.waiting,
        "opengovbelize_edits_something": lambda: bool(tk.h.organizations_available("update_dataset")),
        "opengovbelize_field_label": labels.field_label,
        "opengovbelize_frequency_label": sources.frequency_label,
        "opengovbelize_harvested_from": provenance.harvested_from,
        "opengovbelize_provenance": provenance.units,
        "opengovbelize_source_formats": lambda: [*FORMATS, *PROTOCOLS],
        "opengovbelize_follow_seconds": runs.follow_seconds,
        "opengovbelize_health_label": sources.health_label,
        "opengovbelize_brief": lambda time: times.brief(time, tk.h.lang()),
        "opengovbelize_outcome_count": runs.outcome_count,
        "opengovbelize_is_records_source": lambda source: source.get("source_type") == RECORDS,
        "opengovbelize_home": listing.home,
        "opengovbelize_host": lambda url: urlsplit(url).hostname or "",
        "opengovbelize_in_language": lambda package: packages.in_language(package, tk.h.lang()),
        "opengovbelize_institution_title": listing.institution_title,
        "opengovbelize_is_invented": packages.is_invented,
        "opengovbelize_is_upload": record_upload.is_upload,
        "opengovbelize_is_ours": lambda dataset_type: dataset_type in TYPES,
        "opengovbelize_form_snippet": forms.snippet,
        "opengovbelize_form_time": forms.time,
        "opengovbelize_form_commitments": form_choices.commitment_choices,
        "opengovbelize_form_institutions": form_choices.institution_choices,
        "opengovbelize_form_plans": form_choices.plan_choices,
        "opengovbelize_form_series": form_choices.series_choices,
        "opengovbelize_form_types": forms.types,
        "opengovbelize_license_title": labels.license_title,
        "opengovbelize_message": labels.message,
        "opengovbelize_neighbours": listing.neighbours,
        "opengovbelize_outcome_label": runs.outcome_label,
        "opengovbelize_offers": preview.offers,
        "opengovbelize_other_fields": labels.other_fields,
        "opengovbelize_other_people": packages.other_people,
        "opengovbelize_pager": paging.pager,
        "opengovbelize_place": labels.place,
        "opengovbelize_plan_of": listing.plan_of,
        "opengovbelize_plans": listing.plans_by_start,
        "opengovbelize_preview": preview.shown,
        "opengovbelize_preview_changes": record_upload.changes,
        "opengovbelize_preview_fields": source_preview.fields,
        "opengovbelize_proposals": _proposals,
        "opengovbelize_raw_counts": preview.raw_counts,
        "opengovbelize_refusals": preview.refusals,
        "opengovbelize_reason": labels.review_reason,
        "opengovbelize_run_of_job": runs.run_of_job,
        "opengovbelize_run_rows": runs.rows,
        "opengovbelize_run_stages": runs.stages,
        "opengovbelize_search_url": labels.search_url,
        "opengovbelize_series_figures": statistics_page.series_block,
        "opengovbelize_series_of": listing.series_of,
        "opengovbelize_series_title": listing.series_title,
        "opengovbelize_sessions_of": listing.sessions_of,
        "opengovbelize_settled": preview.settled,
        "opengovbelize_shaped_at": commitments.shaped_at,
        "opengovbelize_source_title": labels.source_title,
        "opengovbelize_stamp": lambda time: times.stamp(time, tk.h.lang()),
        "opengovbelize_span": lambda start, end: times.span(start, end, tk.h.lang()),
        "opengovbelize_speakers": packages.speakers,
        "opengovbelize_stage_and_number": drawings.stage_and_number,
        "opengovbelize_statistics_page": statistics_page.page,
        "opengovbelize_status_labels": drawings.status_labels,
        "opengovbelize_title": drawings.title,
        "opengovbelize_tracker": plans.tracker,
        "opengovbelize_type_label": labels.type_label,
        "opengovbelize_webinar_figures": statistics_page.webinar_block,
        "opengovbelize_when": lambda package: times.when(package, tk.h.lang()),
        "opengovbelize_where": packages.where,
    }


def _proposals(package_id: str) -> list[dict[str, Any]]:
    """Return the questions of a webinar that wait for the reader, who must be one of its editors."""
    if not tk.current_user.is_authenticated:
        return []
    try:
        return tk.get_action("opengovbelize_review_list")({}, {"package_id": package_id})
    except tk.NotAuthorized:
        return []
