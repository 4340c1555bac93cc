"""The raw counts of one file, by the rules of docs/attendance.md. For the coordinator's eyes only."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable
from typing import Any

from . import stated
from .kinds import sign_in
from .model import ATTENDEE, DIMENSIONS, AttendanceFile
from .names import address, reduced
from .people import Correction, Person, merge

# Seconds below which a bucket ends, with its name.
BUCKETS = ((15 * 60, "under_15"), (45 * 60, "15_to_44"), (75 * 60, "45_to_74"))
LAST_BUCKET = "75_and_more"
_SESSION = "file"
_SMALL = 10


def counts(file: AttendanceFile, corrections: Iterable[Correction] = ()) -> dict[str, Any]:
    """Count one file by itself.

    Args:
        file: as read.
        corrections: what somebody who knows the group says. With them ``people_after_review`` is the number of
            people, else None; the other counts stay as the rules give them.

    Returns:
        ``rows``, ``unique_attendees``, ``hosts_and_panelists_excluded``, and what the kind of file tells of
        ``registered``, ``no_shows``, ``connections``, ``minutes``, ``dimensions`` and the rest.
    """
    people = merge({_SESSION: [file]})
    attended = [person for person in people.people if person.presence[_SESSION].joined]
    rows = [row for row in file.rows if row.role == ATTENDEE]
    found: dict[str, Any] = {"rows": len(rows)}
    if file.kind == sign_in.KIND:
        found |= {"rows": len(rows) + file.empty_rows, "empty_rows": file.empty_rows, "signed": len(rows)}
    else:
        found |= _registrations(file)
        found["connections"] = sum(row.joined for row in rows)
    found["unique_attendees"] = len(attended)
    found["hosts_and_panelists_excluded"] = people.excluded.get(_SESSION, 0)
    found["people_after_review"] = None
    if given := [one for one in corrections if any(name == file.file for name, _row in one.rows)]:
        reviewed = merge({_SESSION: [file]}, corrections=given)
        found["people_after_review"] = sum(person.presence[_SESSION].joined for person in reviewed.people)
    if file.has_times:
        found["minutes"] = _minutes(attended)
        found["people_with_overlapping_rows"] = sum(person.presence[_SESSION].overlaps for person in attended)
    if file.collected:
        found["dimensions"] = dimensions = _dimensions(file, attended)
        found["cells_under_10"] = [
            f"{dimension}={name}"
            for dimension, cells in dimensions.items()
            for name, count in cells.items()
            if count < _SMALL
        ]
    return found


def _registrations(file: AttendanceFile) -> dict[str, int | None]:
    if not file.lists_registrations:
        return {"registered": None, "no_shows": None}
    joined: dict[str, bool] = {}
    for row in file.rows:
        if row.registered:
            who = address(row.email) or reduced(row.name) or str(row.number)
            joined[who] = joined.get(who, False) or row.joined
    return {"registered": len(joined), "no_shows": sum(not came for came in joined.values())}


def _minutes(attended: Iterable[Person]) -> dict[str, Any]:
    buckets = Counter({name: 0 for _limit, name in BUCKETS} | {LAST_BUCKET: 0, "unknown": 0})
    known: list[float] = []
    for person in attended:
        seconds = person.presence[_SESSION].seconds
        if seconds is None:
            buckets["unknown"] += 1
            continue
        known.append(seconds / 60)
        buckets[next((name for limit, name in BUCKETS if seconds < limit), LAST_BUCKET)] += 1
    return {
        **buckets,
        "median": round(statistics.median(known), 1) if known else None,
        "max": round(max(known), 1) if known else None,
    }


def _dimensions(file: AttendanceFile, attended: Iterable[Person]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {name: Counter() for name in DIMENSIONS if name in file.collected}
    for person in attended:
        for dimension, cells in found.items():
            cells[_name(person, dimension)] += 1
    return {dimension: dict(sorted(cells.items())) for dimension, cells in found.items()}


def _name(person: Person, dimension: str) -> str:
    if dimension == "country":
        return stated.country_names().get(person.country, stated.NOT_STATED)
    return stated.count_names(dimension)[person.known[dimension]]
