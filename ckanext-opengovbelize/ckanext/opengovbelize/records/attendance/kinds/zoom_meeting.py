"""Zoom's participants report of a meeting, with or without the block about the meeting above it."""

from __future__ import annotations

from collections.abc import Sequence

from ....folding import fold
from ..columns import Cells, mapped, name_in
from ..grid import Line, filled, place_of_header
from ..model import ATTENDEE, HOST, AttendanceFile, Kind
from . import meeting_head
from .context import YES, Context, role_of

KIND = Kind("zoom-meeting", "Zoom meeting participants report")
_HOST_MARK = ("(host)", "(anfitrion)", "(host, me)", "(co-host)")
# Above the table there may be a block about the meeting, with its questions.
_TITLE_LINES = 40
_OURS = (
    "guest",
    "convidado",
    "gast",
    "recording consent",
    "in waiting room",
    "recording disclaimer",
    "invitado",
    "invite",
    "consentimiento",
)

_LENGTHS = ("durati", "duracion", "duree", "duracao", "dauer")


def knows(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the lines of such a report."""
    return KIND if place_of_header(lines, _is_header, _TITLE_LINES) is not None else None


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Read the participants; the host is known by the address, or the name, in the block above."""
    at = place_of_header(lines, _is_header, _TITLE_LINES) or 0
    host = meeting_head.read(lines[:at], context, file)
    places = mapped(lines[at].cells)
    repeats = "meeting" in places
    for line, cells in filled(lines[at + 1 :], places):
        if repeats and not file.topic:
            file.topic = cells["meeting"]
        start, end = context.span(cells["joined"], cells["left"], line.number)
        timed = start is not None or end is not None
        file.rows.append(
            context.row(
                line.number,
                cells,
                role=_role(cells, host),
                # Who only waited was never let in.
                joined=not ((waiting := cells.get("waiting")) and fold(waiting) in YES),
                start=start,
                end=end,
                seconds=None if timed else context.duration(cells["minutes"], line.number),
            )
        )
    context.collected(places)
    context.covered()


def _is_header(line: Line) -> bool:
    places = mapped(line.cells)
    words = [fold(cell) for cell in line.cells]
    minutes = any("minut" in word and any(length in word for length in _LENGTHS) for word in words)
    original = any("original" in word for word in words)
    named = "name" in places and ("email" in places or original)
    zoom = original or any(word.startswith(_OURS) for word in words)
    # Some exports repeat the meeting in every line, as Webex's do.
    return named and minutes and zoom and (original or "meeting" not in places)


def _role(cells: Cells, host: frozenset[str]) -> str:
    name = name_in(cells)
    if meeting_head.is_host(cells, host):
        return HOST
    if "(" in name and any(mark in fold(name) for mark in _HOST_MARK):
        return HOST
    return role_of(role) if (role := cells.get("role")) else ATTENDEE
