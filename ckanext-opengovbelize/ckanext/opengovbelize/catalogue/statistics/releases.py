"""Every table of figures that was ever released: kept whatever becomes of its dataset."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from typing import Any

import ckan.model as model
from sqlalchemy import or_
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Query

from ...model import StatisticsRelease
from ...statistics.cells import ALL, Cell
from ...statistics.releases import Release, cell_of
from ...statistics.rows import CANNOT_OCCUR, NOT_COLLECTED, SHOWN, WITHHELD, Row
from .. import program
from .covering import present_names

Stored = StatisticsRelease


def of(webinars: Iterable[str], series: str = "") -> list[Release]:
    """Return every release that concerns any of these webinars or the series, whatever dataset it belongs to.

    Also those of datasets that were withdrawn or purged, and those that did not reach the DataStore: whoever
    computes what can be derived from published figures needs them all.

    Args:
        webinars: ids of webinars.
        series: id of the series, or empty.
    """
    return [as_release(stored) for stored in stored_of(webinars, series)]


def stored_of(webinars: Iterable[str], series: str = "") -> list[Stored]:
    """Return the same as the table has them, in the order of their release."""
    wanted = list(dict.fromkeys(webinars))
    concerned = []
    if wanted:
        concerned.append(StatisticsRelease.covers["ids"].has_any(array(wanted)))
    if series:
        concerned.append(StatisticsRelease.series_id == series)
    if not concerned:
        return []
    return list(_ordered(model.Session.query(StatisticsRelease).filter(or_(*concerned))))


def of_dataset(package_id: str, *, published_only: bool = True) -> list[Stored]:
    """Return the releases of one dataset by number; without those that never reached the public."""
    query = model.Session.query(StatisticsRelease).filter_by(package_id=package_id)
    if published_only:
        query = query.filter(StatisticsRelease.published_at.is_not(None))
    return list(_ordered(query))


def fingerprint(releases: Iterable[Release]) -> str:
    """Return what tells whether another release came since these were read."""
    known = sorted((release.dataset, release.number) for release in releases)
    return hashlib.sha256(repr(known).encode()).hexdigest()


def threshold(webinars: Iterable[str], series: str, organization_id: str) -> int:
    """Return the threshold for figures of these sessions: the program's, or a higher one of an earlier release.

    Args:
        webinars: ids of the sessions.
        series: id of their series where the figures of the series as a whole are meant, else empty.
        organization_id: the program.
    """
    wanted = set(webinars)
    earlier = [
        stored.threshold
        for stored in stored_of(wanted, series)
        if _tells_of(stored, wanted) or (series and any(row.session == ALL for row in rows_of(stored)))
    ]
    return max([program.threshold(organization_id), *earlier])


def as_release(stored: Stored, names: Mapping[str, str] | None = None) -> Release:
    """Return a release as the plain rooms know it."""
    return Release(stored.package_id, stored.number, stored.threshold, tuple(rows_of(stored, names)))


def rows_of(stored: Stored, names: Mapping[str, str] | None = None) -> list[Row]:
    """Return the rows that were new with a release, under the present addresses of webinars and series."""
    renamed = _renamed(stored, names)
    rows = (Row(*values) for values in stored.rows)
    return [
        replace(
            row, series=renamed.get(row.series, row.series), session=renamed.get(row.session, row.session)
        )
        for row in rows
    ]


def as_stored(rows: Iterable[Row], number: int) -> list[list[Any]]:
    """Return rows as a release keeps them."""
    return [list(astuple(replace(row, release=number))) for row in rows]


def check(rows: Sequence[Row], sessions: Iterable[str], least: int) -> None:
    """Make sure that nothing is on its way to the public that must not be: the one place that does.

    Args:
        rows: the rows.
        sessions: addresses of the sessions that they may be about.
        least: a published count of people is never lower.

    Raises:
        ValueError: a row holds what it must not. The message tells its number, never its value.
    """
    known = {ALL, *sessions}
    seen: set[Cell] = set()
    for number, row in enumerate(rows, 1):
        if row.session not in known:
            raise ValueError(f"Row {number} is about a session that this dataset does not cover.")
        if row.status not in (SHOWN, WITHHELD, CANNOT_OCCUR, NOT_COLLECTED):
            raise ValueError(f"Row {number} has a status that is not known.")
        if row.status != SHOWN and row.value is not None:
            raise ValueError(f"Row {number} is not published and has a value.")
        if row.status == SHOWN and not _may_be_shown(row, least):
            raise ValueError(f"Row {number} would publish a count that is too small, or none.")
        if cell_of(row) in seen:
            raise ValueError(f"Row {number} stands there twice.")
        seen.add(cell_of(row))


def _may_be_shown(row: Row, least: int) -> bool:
    if not isinstance(row.value, int) or isinstance(row.value, bool):
        return False
    # A median counts nobody.
    return row.value >= 0 if row.measure == "median_minutes" else row.value >= least


def _ordered(query: Query[Stored]) -> Query[Stored]:
    return query.order_by(StatisticsRelease.created_at, StatisticsRelease.id)


def _tells_of(stored: Stored, webinars: set[str]) -> bool:
    names = {one["name"] for one in stored.covers["webinars"] if one["id"] in webinars}
    return any(Row(*values).session in names for values in stored.rows)


def _renamed(stored: Stored, names: Mapping[str, str] | None) -> dict[str, str]:
    """Return the present address by that of the time of release."""
    told = [*stored.covers["webinars"], *filter(None, [stored.covers.get("series")])]
    present = present_names(one["id"] for one in told) if names is None else names
    return {one["name"]: present.get(one["id"], one["name"]) for one in told}
