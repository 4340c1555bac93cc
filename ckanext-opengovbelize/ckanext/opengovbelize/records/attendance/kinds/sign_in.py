"""A sign-in sheet of a room, typed: who was there, and what they wrote of themselves."""

from __future__ import annotations

from collections.abc import Sequence

from ..columns import Cells, mapped, name_in
from ..grid import Line
from ..model import IN_PERSON, AttendanceFile, Kind
from .context import Context

KIND = Kind("sign-in", "Sign-in sheet of a room, typed")
_ASKED = ("institution", "sector", "district", "gender", "phone", "signature", "country", "email", "position")
# What only meeting software's reports hold: such a table is no sheet that people signed.
_MACHINE = (
    "joined",
    "left",
    "minutes",
    "attended",
    "registered",
    "action",
    "timestamp",
    "upn",
    "guest",
    "meeting",
)
_TITLE_LINES = 20


def knows(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the lines of such a sheet."""
    return KIND if _header(lines) is not None else None


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Read the lines; everybody who signed was there in person, also who cannot be read."""
    at = _header(lines) or 0
    places = mapped(lines[at].cells)
    file.has_times = False
    file.empty_rows = sum(not any(line.cells) for line in lines[at + 1 :])
    for line in lines[at + 1 :]:
        cells = Cells(line.cells, places)
        said = [cell for place, cell in enumerate(line.cells) if cell and place != places.get("number")]
        if said and not _is_note(said, cells):
            file.rows.append(context.row(line.number, cells, mode=IN_PERSON))
        elif not said and any(line.cells):
            file.empty_rows += 1
    context.collected(places)


def _is_note(said: Sequence[str], cells: Cells) -> bool:
    """Tell whether a line is a remark or a sum below the table: one long text, or none in the column of names."""
    return len(said) == 1 and (len(said[0].split()) > 6 or not name_in(cells))


def _header(lines: Sequence[Line]) -> int | None:
    for at, line in enumerate(lines[:_TITLE_LINES]):
        places = mapped(line.cells)
        named = "name" in places or {"first_name", "last_name"} & places.keys()
        if named and any(name in places for name in _ASKED) and not any(name in places for name in _MACHINE):
            return at
    return None
