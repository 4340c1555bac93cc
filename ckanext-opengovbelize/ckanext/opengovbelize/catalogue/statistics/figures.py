"""The figures that hold now: of a dataset, of a webinar, of a series."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk

from ...statistics.cells import ALL, MODE, Cell
from ...statistics.releases import cell_of
from ...statistics.rows import Row
from . import covering, releases
from .releases import Stored


@dataclass(frozen=True)
class Figures:
    """Published figures about one webinar or series.

    Attributes:
        rows: the figures that hold now, each with the release that published it.
        datasets: ids of the datasets that they come from, the newest release first.
    """

    rows: tuple[Row, ...] = ()
    datasets: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows)

    def get(self, session: str, measure: str, mode: str = ALL) -> Row | None:
        """Return the figure of a session that is broken down by nothing but mode."""
        wanted = Cell(session, mode, "", "", "", "", measure)
        return next((row for row in self.rows if cell_of(row) == wanted), None)


def current(stored: Sequence[Stored]) -> list[Row]:
    """Return the figures that hold after these releases, the latest of which comes last.

    A breakdown is renewed as a whole; one that a release does not name stays at its earlier release.
    """
    groups: dict[tuple[str, ...], list[Row]] = {}
    for release in stored:
        new: dict[tuple[str, ...], list[Row]] = {}
        for row in releases.rows_of(release):
            new.setdefault(_group(row), []).append(row)
        groups |= new
    return [row for rows in groups.values() for row in rows]


def of_webinar(webinar_id: str, *, user: str | None = None) -> Figures:
    """Return the figures of a webinar that a user may read, whichever dataset they come from.

    Args:
        webinar_id: its id.
        user: name of the reader; None for the current one, empty for the public.
    """
    found = _published(releases.stored_of([webinar_id]), user)
    names = {one["name"] for stored in found for one in stored.covers["webinars"] if one["id"] == webinar_id}
    wanted = names | set(covering.present_names([webinar_id]).values())
    return _figures(found, lambda row: row.session in wanted)


def of_series(series_id: str, *, user: str | None = None) -> Figures:
    """Return the figures of a series and of its sessions that a user may read.

    Only figures that were published as those of the series stand for it as a whole (session ``_T``): nothing is added
    up here, since a sum would tell what a session withheld.
    """
    return _figures(_published(releases.stored_of([], series_id), user), lambda _row: True)


def _figures(stored: Sequence[Stored], wanted: Callable[[Row], bool]) -> Figures:
    rows = tuple(row for row in current(stored) if wanted(row))
    datasets = dict.fromkeys(release.package_id for release in reversed(stored))
    return Figures(rows, tuple(datasets))


def _published(stored: Iterable[Stored], user: str | None) -> list[Stored]:
    """Return the releases that are in the catalogue and that the user may read."""
    known: dict[str, bool] = {}
    return [
        release
        for release in stored
        if release.published_at is not None
        and known.setdefault(release.package_id, _readable(release.package_id, user))
    ]


def _readable(package_id: str, user: str | None) -> bool:
    context: Any = {"user": tk.current_user.name if user is None else user}
    try:
        tk.check_access("package_show", context, {"id": package_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return False
    return True


def _group(row: Row) -> tuple[str, ...]:
    """Return the table that a figure belongs to: it is published and renewed as one."""
    mode = MODE if row.mode != ALL else ""
    return (row.session, row.measure, mode, row.dimension_1, row.dimension_2)
