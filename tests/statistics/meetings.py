"""Invented sessions, as people and as the table that was released of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ckanext.opengovbelize.records.attendance.model import IN_PERSON, ONLINE, AttendanceFile, Row
from ckanext.opengovbelize.records.attendance.people import People, merge
from ckanext.opengovbelize.statistics.model import Proposal, Request, Session
from ckanext.opengovbelize.statistics.proposal import propose
from ckanext.opengovbelize.statistics.releases import Release

START = datetime(2021, 3, 4, 10, 30, tzinfo=ZoneInfo("America/Belize"))
ASKED = ("sector", "district", "gender", "country")


def person(number: int, *, mode: str = ONLINE, minutes: float = 90, **stated: str) -> Row:
    """Somebody who came; the number is who it is."""
    return Row(
        number=number,
        name=f"Person {number}",
        email=f"person{number}@example.org",
        mode=mode,
        start=START,
        end=START + timedelta(minutes=minutes),
        stated=dict(stated) or None,
    )


def people(sessions: Mapping[str, Sequence[Row]], collected: Sequence[str] = ASKED) -> People:
    files = {
        name: [AttendanceFile(f"{name}.csv", rows=list(rows), collected=tuple(collected))]
        for name, rows in sessions.items()
    }
    return merge(files)


def groups(**sizes: int) -> list[Row]:
    """So many people of each sector, in person; other statements alternate."""
    rows: list[Row] = []
    for sector, size in sizes.items():
        for _ in range(size):
            number = len(rows) + 1
            rows.append(
                person(number, mode=IN_PERSON, sector=sector.replace("_", " "), gender="FM"[number % 2])
            )
    return rows


def proposed(sessions: Mapping[str, Sequence[Row]], **wanted: Any) -> Proposal:
    """What would be published of sessions in one room, unless something else is wanted."""
    modes = wanted.pop("modes", (IN_PERSON,))
    collected = wanted.pop("collected", ("sector", "gender"))
    threshold = wanted.pop("threshold", 10)
    named = tuple(Session(name, modes, threshold, times=True) for name in sessions)
    return propose(Request(people(sessions, collected), named, series="series", **wanted))


def released(proposal: Proposal, number: int = 1, threshold: int = 10) -> Release:
    rows = tuple(replace(row, release=number) for row in proposal.rows)
    return Release("dataset", number, threshold, rows)


def shown(proposal: Proposal, **wanted: str) -> dict[tuple[str, ...], int | None]:
    """The published values by mode and categories, of the rows that have these columns."""
    return {
        (row.session, row.mode, row.category_1, row.category_2, row.measure): row.value
        for row in proposal.rows
        if all(getattr(row, name) == value for name, value in wanted.items())
    }
