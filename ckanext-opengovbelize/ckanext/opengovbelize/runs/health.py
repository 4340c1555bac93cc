"""How harvest sources are doing: one question to the database for a page of them, however many there are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import ckan.model as model
import sqlalchemy as sa

from ..catalogue.ledger import now
from . import reports

# From what needs a person to what does not.
STATES = ("failing", "errors", "overdue", "running", "never", "well", "inactive")

_SOURCES = """
    -- ckanext-harvest's jobs have no index by source: a look for each of them would cost sources times runs.
    WITH newest_job AS (
        SELECT DISTINCT ON (source_id) source_id, id, status, created FROM harvest_job ORDER BY source_id, created DESC
    ), sources AS (
        SELECT source.id, package.name, source.title, source.type, source.frequency, source.next_run, source.active,
            package.owner_org, organization.name AS organization, organization.title AS organization_title,
            newest.id AS run_id, job.status AS job_status, job.created AS job_created,
            success.finished_at AS last_success,
            CASE
                WHEN NOT source.active THEN 'inactive'
                WHEN job.status IN ('New', 'Running') THEN 'running'
                WHEN source.next_run < :late THEN 'overdue'
                WHEN job.id IS NULL THEN 'never'
                WHEN newest.id IS NULL THEN CASE WHEN failure.id IS NULL THEN 'well' ELSE 'failing' END
                WHEN jsonb_path_exists(newest.problems, '$[*] ? (@.failure == true)') THEN 'failing'
                WHEN EXISTS (
                    SELECT 1 FROM opengovbelize_run_record record
                    WHERE record.run_id = newest.id AND record.outcome = 'rejected'
                ) THEN 'errors'
                ELSE 'well'
            END AS health
        FROM harvest_source source
        JOIN package ON package.id = source.id AND package.state = 'active'
        LEFT JOIN "group" organization ON organization.id = package.owner_org
        LEFT JOIN newest_job job ON job.source_id = source.id
        LEFT JOIN LATERAL (
            SELECT id, problems FROM opengovbelize_run
            WHERE source_id = source.id AND finished_at IS NOT NULL ORDER BY started_at DESC LIMIT 1
        ) newest ON true
        LEFT JOIN LATERAL (
            SELECT finished_at FROM opengovbelize_run
            WHERE source_id = source.id AND finished_at IS NOT NULL
              AND NOT jsonb_path_exists(problems, '$[*] ? (@.failure == true)')
            ORDER BY started_at DESC LIMIT 1
        ) success ON true
        LEFT JOIN LATERAL (
            SELECT id FROM harvest_gather_error WHERE harvest_job_id = job.id LIMIT 1
        ) failure ON true
        WHERE (CAST(:organizations AS text[]) IS NULL OR package.owner_org = ANY(:organizations))
          AND (:words = '' OR source.title ILIKE :words OR package.name ILIKE :words OR organization.title ILIKE :words)
    )
"""
_PAGE = sa.text(
    _SOURCES
    + """
    SELECT * FROM sources WHERE :health = '' OR health = :health
    ORDER BY array_position(CAST(:states AS text[]), health), lower(title), id LIMIT :limit OFFSET :offset
    """
)
_NUMBERS = sa.text(_SOURCES + "SELECT health, count(*) AS number FROM sources GROUP BY health")
# How long a source may be due before somebody has to look at the scheduler, which looks every minute.
_LATE = timedelta(hours=1)


def page(
    *,
    organizations: Collection[str] | None,
    words: str = "",
    health: str = "",
    limit: int = 50,
    offset: int = 0,
) -> dict[str, Any]:
    """Return a page of sources, those that need a person first.

    Args:
        organizations: ids of those whose sources to list; None for all.
        words: part of a title, name or organization.
        health: one of ``STATES``, or empty for all.
        limit: how many.
        offset: how many to skip.

    Returns:
        ``found``, ``numbers`` by health whatever ``health`` asks for, and ``sources``: each with ``health``,
        ``last_run`` (as ``opengovbelize_run_list`` tells it, or None), ``last_success``, ``next_run``, ``frequency``.
    """
    about = _about(organizations, words)
    rows = model.Session.execute(
        _PAGE, {**about, "health": health, "states": list(STATES), "limit": limit, "offset": offset}
    ).all()
    last = {
        report["id"]: report for report in reports.summaries_of([row.run_id for row in rows if row.run_id])
    }
    counted = numbers(organizations=organizations, words=words)
    return {
        "found": counted[health] if health else sum(counted.values()),
        "numbers": counted,
        "sources": [_source(row, last.get(row.run_id)) for row in rows],
    }


def numbers(*, organizations: Collection[str] | None = None, words: str = "") -> dict[str, int]:
    """Return how many sources there are, by health."""
    rows = model.Session.execute(_NUMBERS, _about(organizations, words))
    counted = {row.health: row.number for row in rows}
    return {state: counted.get(state, 0) for state in STATES}


def _about(organizations: Collection[str] | None, words: str) -> dict[str, Any]:
    escaped = words.strip().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return {
        "organizations": None if organizations is None else list(organizations),
        "words": f"%{escaped}%" if escaped else "",
        "late": now().replace(microsecond=0) - _LATE,
    }


def _source(row: Any, last_run: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "title": row.title,
        "type": row.type,
        "organization": row.organization,
        "organization_title": row.organization_title,
        "health": row.health,
        "frequency": row.frequency,
        "next_run": _text(row.next_run),
        "last_success": _text(row.last_success),
        "last_run": last_run,
    }


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
