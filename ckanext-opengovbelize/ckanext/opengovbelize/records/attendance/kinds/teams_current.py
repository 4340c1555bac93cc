"""Microsoft Teams' attendance report of today: a summary, the participants, and what each did in the meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ....folding import fold
from ..columns import Cells, mapped
from ..grid import Line
from ..model import AttendanceFile, Kind
from ..names import address, reduced
from .context import Context, role_of

KIND = Kind("teams-current", "Teams attendance report, current")
_SECTION = re.compile(r"[1-9]\.\s+\S.*", re.DOTALL)
_TITLE_LINES = 40
_TITLES = frozenset(
    (
        "meeting title",
        "event title",
        "webinar title",
        "titulo de la reunion",
        "titulo del evento",
        "titre de la reunion",
    )
    + ("titulo da reuniao", "besprechungstitel", "titel der besprechung")
)
_FIRST = ("first join", "primer", "erster", "premiere", "primeira")
_STARTS = ("start time", "hora de inicio", "heure de debut", "startzeit")
_ENDS = ("end time", "hora de finalizacion", "hora de fin", "hora de termino", "heure de fin", "endzeit")


@dataclass
class _Table:
    """A table of the report; ``summed`` where a line is a person: first coming, last going."""

    places: dict[str, int]
    summed: bool
    lines: list[Line] = field(default_factory=list)


def knows(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the lines of such a report."""
    return KIND if _tables(lines) else None


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Read each joining from the activities where they are listed, else each person from the participants."""
    _read_summary(lines, context, file)
    tables = _tables(lines)
    activities = next((table for table in tables if not table.summed and table.lines), None)
    for table, line in _chosen(tables, activities):
        cells = Cells(line.cells, table.places)
        start, end = context.span(cells["joined"], cells["left"], line.number)
        length = context.duration(cells["minutes"], line.number)
        if table.summed and length is not None:
            # Between the first coming and the last going the person may have been away.
            start = end = None
        timed = start is not None or end is not None
        file.rows.append(
            context.row(
                line.number,
                cells,
                role=role_of(cells["role"]),
                # A webinar's report also lists who registered and never came.
                joined=bool(cells["joined"] or cells["left"] or cells["minutes"]),
                registered=bool(cells["registered"]),
                start=start,
                end=end,
                seconds=None if timed else length,
            )
        )
    file.lists_registrations = any("registered" in table.places for table in tables)
    context.collected(*(table.places for table in tables))
    context.covered()


def _chosen(tables: Sequence[_Table], activities: _Table | None) -> Iterator[tuple[_Table, Line]]:
    """Yield the activities, and the participants of whom none is listed; nobody is read from both."""
    if activities is None:
        yield from ((table, line) for table in tables for line in table.lines)
        return
    yield from ((activities, line) for line in activities.lines)
    listed = {who for line in activities.lines for who in _who(Cells(line.cells, activities.places))}
    for table in tables:
        if table.summed:
            yield from (
                (table, line)
                for line in table.lines
                if listed.isdisjoint(_who(Cells(line.cells, table.places)))
            )


def _who(cells: Cells) -> list[str]:
    """Return by what somebody is known: address and name, as they are compared."""
    return [word for word in (address(cells["email"]), reduced(cells["name"])) if word]


def _tables(lines: Sequence[Line]) -> list[_Table]:
    found: list[_Table] = []
    inside, begins = False, True
    for at, line in enumerate(lines):
        # Asking for the point first spares a long list the search.
        if line.cells[0][1:2] == "." and _SECTION.fullmatch(line.cells[0]) and not any(line.cells[1:]):
            inside, begins = False, True
            continue
        # Headers stand near the top or below a section's title: a long list is not searched for them.
        places = mapped(line.cells) if begins or at < _TITLE_LINES else {}
        begins = begins and not any(line.cells)
        if {"name", "joined", "left", "role"} <= places.keys() and "meeting" not in places:
            words = " ".join(fold(cell) for cell in line.cells)
            found.append(_Table(places, any(word in words for word in _FIRST)))
            inside = True
        elif inside and any(line.cells):
            found[-1].lines.append(line)
    return found


def _read_summary(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    for line in lines[:30]:
        name, *values = (*line.cells, "")
        word, value = fold(name), next(filter(None, values), "")
        if word in _TITLES:
            file.topic = " ".join(value.split())
        elif word in _STARTS and not file.start:
            file.start = context.moments.read(value)
        elif word in _ENDS and not file.end:
            file.end = context.moments.read(value)
