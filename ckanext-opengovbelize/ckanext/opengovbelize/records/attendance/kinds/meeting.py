"""The list of participants of any other software: a line for each coming, with when somebody left or how long it was.

So do GoToMeeting, BigBlueButton and Jitsi Meet.
"""

from __future__ import annotations

from collections.abc import Sequence

from ....folding import fold
from ..columns import mapped
from ..grid import Line, filled, place_of_header
from ..model import ATTENDEE, HOST, AttendanceFile, Kind
from . import meeting_head
from .context import YES, Context, role_of
from .sign_in import TIMES

KIND = Kind("meeting", "List of participants of an online meeting")
_WHO = frozenset(("name", "first_name"))
# Of those who registered not all came.
_REGISTRATION = frozenset(("attended", "registered", "approval"))
_TITLE_LINES = 40


def knows(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the lines of such a list."""
    return KIND if place_of_header(lines, _is_header, _TITLE_LINES) is not None else None


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Read the lines; a time without a day tells less than how long somebody was there."""
    at = place_of_header(lines, _is_header, _TITLE_LINES) or 0
    host = meeting_head.read(lines[:at], context, file)
    places = mapped(lines[at].cells)
    for line, cells in filled(lines[at + 1 :], places):
        if not (cells["joined"] or cells["left"] or cells["minutes"]):
            file.empty_rows += 1
            continue
        dated = context.moments.read(cells["joined"]) is not None
        start, end = context.span(cells["joined"], cells["left"], line.number) if dated else (None, None)
        role = role_of(cells["role"]) if cells["role"] else ATTENDEE
        if meeting_head.is_host(cells, host) or fold(cells["moderator"]) in YES:
            role = HOST
        length = None if start and end else context.duration(cells["minutes"], line.number)
        file.rows.append(context.row(line.number, cells, role=role, start=start, end=end, seconds=length))
    context.collected(places)
    context.covered()


def _is_header(line: Line) -> bool:
    places = mapped(line.cells)
    if _WHO.isdisjoint(places) or not {"joined", "left"} <= places.keys() or _REGISTRATION & places.keys():
        return False
    # On the sheet of a room people write when they come and go; nobody moderates or measures there.
    return not places.keys().isdisjoint(("minutes", "moderator")) or any(
        fold(line.cells[places[name]]).rstrip(" :") not in TIMES for name in ("joined", "left")
    )
