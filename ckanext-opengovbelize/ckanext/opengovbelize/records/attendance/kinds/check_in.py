"""The list of an event's tickets, as Eventbrite gives it: who registered, and who was let in at the door."""

from __future__ import annotations

from collections.abc import Sequence

from ....folding import fold
from ..columns import mapped
from ..grid import Line, filled, place_of_header
from ..model import IN_PERSON, AttendanceFile, Kind
from .context import YES, Context

KIND = Kind("check-in", "List of tickets with who was checked in")
_CAME = frozenset(("checked in", "attended", "registrado", "asistio", "ingreso"))
_CALLED_OFF = frozenset(
    ("not attending", "deleted", "cancelled", "canceled", "refunded", "cancelado", "reembolsado")
)


def knows(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the lines of such a list."""
    return KIND if place_of_header(lines, _is_header) is not None else None


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Read the lines; whose ticket was given back is no registration."""
    at = place_of_header(lines, _is_header) or 0
    places = mapped(lines[at].cells)
    file.has_times = False
    file.lists_registrations = True
    for line, cells in filled(lines[at + 1 :], places):
        status = fold(cells["ticket_status"])
        came = fold(cells["checked_in"]) in YES or status in _CAME
        if status not in _CALLED_OFF or came:
            row = context.row(line.number, cells, mode=IN_PERSON, joined=came, registered=True)
            file.rows.append(row)
    context.collected(places)


def _is_header(line: Line) -> bool:
    places = mapped(line.cells)
    named = not places.keys().isdisjoint(("name", "first_name"))
    return named and not places.keys().isdisjoint(("ticket_status", "checked_in")) and "joined" not in places
