"""The figures of a dataset after each of its releases, ready to be shown or downloaded."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ... import config
from ...exports.statistics import Table
from ...statistics.rows import SHOWN, WITHHELD
from .. import stored
from . import figures, releases
from .covering import present_names
from .releases import Stored


def releases_of(package_id: str) -> list[dict[str, Any]]:
    """Return the releases of a dataset, the newest first: ``release``, ``released``, ``threshold`` and more."""
    return [_release(stored) for stored in reversed(releases.of_dataset(package_id))]


def table(dataset: dict[str, Any], number: int | None = None) -> Table | None:
    """Return the figures as they stood after a release, or None where there is no such release.

    Args:
        dataset: the dataset, as ``package_show`` gives it.
        number: of the release; None for the newest.
    """
    stored = releases.of_dataset(dataset["id"])
    upto = [release for release in stored if number is None or release.number <= number]
    if not upto or (number is not None and upto[-1].number != number):
        return None
    return _table(dataset, upto)


def _table(dataset: dict[str, Any], upto: list[Stored]) -> Table:
    latest = upto[-1]
    about = latest.covers
    told = [*([about["series"]] if about.get("whole") else []), *about["webinars"]]
    present = present_names(one["id"] for one in told)
    return Table(
        title=dataset["title"],
        name=dataset["name"],
        url=tk.url_for("participant_statistics.read", id=dataset["name"], qualified=True),
        covers=tuple(present.get(one["id"], one["name"]) for one in told),
        release=latest.number,
        released=config.day_of(latest.created_at).isoformat(),
        threshold=latest.threshold,
        note=latest.note,
        license_id=dataset.get("license_id") or "",
        invented=stored.is_true(dataset.get("invented")),
        rows=tuple(figures.current(upto)),
    )


def _release(stored: Stored) -> dict[str, Any]:
    statuses = [row.status for row in releases.rows_of(stored)]
    return {
        "release": stored.number,
        "released": config.day_of(stored.created_at).isoformat(),
        "threshold": stored.threshold,
        "note": stored.note,
        "figures": statuses.count(SHOWN) + statuses.count(WITHHELD),
        "withheld": statuses.count(WITHHELD),
    }
