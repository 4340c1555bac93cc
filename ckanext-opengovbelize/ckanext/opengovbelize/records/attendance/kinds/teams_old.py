"""Microsoft Teams' attendance list of old, and that of its live events: a line for each coming and going."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from ....folding import fold
from ..columns import mapped
from ..grid import Line, filled, place_of_header
from ..model import ATTENDEE, AttendanceFile, Kind, Row
from ..names import reduced
from .context import Context, role_of

KIND = Kind("teams-old", "Teams attendance list, old form")
_CAME = (
    "joined",
    "beigetreten",
    "zuvor beigetreten",
    "a rejoint",
    "rejoint",
    "ingressou",
    "entrou",
    "se unio",
    "se ha unido",
    "unido",
    "ingreso",
    "entro",
)
_WENT = (
    "left",
    "verlassen",
    "hat verlassen",
    "a quitte",
    "quitte",
    "saiu",
    "salio",
    "abandono",
    "se fue",
    "ha salido",
    "ha abandonado",
)


def knows(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the lines of such a list."""
    return KIND if place_of_header(lines, _is_header) is not None else None


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Pair each coming with the going that follows it, person by person."""
    at = place_of_header(lines, _is_header) or 0
    places = mapped(lines[at].cells)
    if "utc" in fold(lines[at].cells[places["timestamp"]]):
        context.moments.zone = UTC
    # Somebody on two devices comes twice before going: the last that came is the first that goes.
    open_rows: dict[str, list[Row]] = {}
    for line, cells in filled(lines[at + 1 :], places):
        action, who = fold(cells["action"]), reduced(cells["name"])
        role = role_of(cells["role"]) if cells["role"] else ATTENDEE
        moment = context.moment(cells["timestamp"], line.number, "timestamp")
        if action.startswith(_CAME):
            row = context.row(line.number, cells, role=role, start=moment)
            open_rows.setdefault(who, []).append(row)
            file.rows.append(row)
        elif action.startswith(_WENT):
            row = open_rows[who].pop() if open_rows.get(who) else None
            if row is None:
                file.rows.append(context.row(line.number, cells, role=role, end=moment))
            elif row.start and moment and moment < row.start:
                context.problem(
                    "times-reversed", "Somebody leaves before coming. Check the two times.", line.number
                )
            else:
                row.end = moment
        else:
            message = "This is no action that Teams writes: Joined, Joined before or Left."
            context.problem("action-unknown", message, line.number, "action")
    context.covered()


def _is_header(line: Line) -> bool:
    return {"name", "action", "timestamp"} <= mapped(line.cells).keys()
