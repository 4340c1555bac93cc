"""Webex's attendance report: every line repeats the meeting."""

from __future__ import annotations

from collections.abc import Sequence

from ..columns import mapped
from ..grid import Line, filled, place_of_header
from ..model import ATTENDEE, AttendanceFile, Kind
from .context import Context, role_of

KIND = Kind("webex", "Webex attendance report")


def knows(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the lines of such a report."""
    return KIND if place_of_header(lines, _is_header) is not None else None


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Read the lines; the report tells no roles unless it has a column for them."""
    at = place_of_header(lines, _is_header) or 0
    places = mapped(lines[at].cells)
    for line, cells in filled(lines[at + 1 :], places):
        if not file.topic:
            file.topic = cells["meeting"]
            file.start = context.moments.read(cells["meeting_start"])
            file.end = context.moments.read(cells["meeting_end"])
        start, end = context.span(cells["joined"], cells["left"], line.number)
        timed = start is not None or end is not None
        file.rows.append(
            context.row(
                line.number,
                cells,
                role=role_of(cells["role"]) if cells["role"] else ATTENDEE,
                start=start,
                end=end,
                seconds=None if timed else context.duration(cells["minutes"], line.number),
            )
        )
    context.collected(places)
    context.covered()


def _is_header(line: Line) -> bool:
    places = mapped(line.cells)
    named = not places.keys().isdisjoint(("name", "first_name"))
    of_meeting = "connection" in places or {"meeting", "meeting_start"} <= places.keys()
    return named and of_meeting and {"joined", "left"} <= places.keys()
