"""Zoom's participants report of a meeting, with or without the block about the meeting above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....privacy.folding import fold
from ..columns import Cells, mapped, name_in
from ..grid import Line, filled, place_of_header
from ..model import ATTENDEE, HOST, AttendanceFile, Kind
from ..names import address, reduced
from .context import Context, role_of

KIND = Kind("zoom-meeting", "Zoom meeting participants report")
_HOST_MARK = ("(host)", "(anfitrion)", "(host, me)", "(co-host)")
_ADDRESS = re.compile(r"[^\s()<>,;]+@[^\s()<>,;]+")
# Above the table there may be a block about the meeting, with its questions.
_TITLE_LINES = 40
_YES = frozenset({"yes", "si", "true", "y", "s"})
_OURS = (
    "guest",
    "recording consent",
    "in waiting room",
    "recording disclaimer",
    "invitado",
    "consentimiento",
)


def knows(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the lines of such a report."""
    return KIND if place_of_header(lines, _is_header, _TITLE_LINES) is not None else None


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Read the participants; the host is known by the address, or the name, in the block above."""
    at = place_of_header(lines, _is_header, _TITLE_LINES) or 0
    host = _read_head(lines[:at], context, file)
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
                joined=not ((waiting := cells.get("waiting")) and fold(waiting) in _YES),
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
    minutes = any("minut" in word and ("durati" in word or "duracion" in word) for word in words)
    original = any("original" in word for word in words)
    named = "name" in places and ("email" in places or original)
    zoom = original or any(word.startswith(_OURS) for word in words)
    # Some exports repeat the meeting in every line, as Webex's do.
    return named and minutes and zoom and (original or "meeting" not in places)


def _read_head(lines: Sequence[Line], context: Context, file: AttendanceFile) -> frozenset[str]:
    """Read the block above the table; return the address and the name of the host, as they are compared."""
    for header, line in zip(lines, lines[1:], strict=False):
        places = mapped(header.cells)
        if "meeting" in places or "meeting_start" in places:
            cells = Cells(line.cells, places)
            file.topic = cells["meeting"]
            file.start = context.moment(cells["meeting_start"], line.number, "start")
            file.end = context.moment(cells["meeting_end"], line.number, "end")
            named = [
                cell
                for title, cell in zip(header.cells, line.cells, strict=False)
                if any(word in fold(title) for word in ("host", "anfitrion"))
            ]
            addresses = _ADDRESS.findall(" ".join((cells["email"], *named)))
            return frozenset(filter(None, (*map(address, addresses), *map(reduced, named))))
    return frozenset()


def _role(cells: Cells, host: frozenset[str]) -> str:
    name = name_in(cells)
    if host and (address(email) in host if (email := cells["email"]) else reduced(name) in host):
        return HOST
    if "(" in name and any(mark in fold(name) for mark in _HOST_MARK):
        return HOST
    return role_of(role) if (role := cells.get("role")) else ATTENDEE
