"""Google Meet's attendance report: given and family name apart, times of the day without a date."""

from __future__ import annotations

from collections.abc import Sequence

from ....folding import fold
from ..columns import mapped
from ..grid import Line, filled, place_of_header
from ..model import AttendanceFile, Kind
from .context import Context

KIND = Kind("google-meet", "Google Meet attendance report")
_COLUMNS = frozenset(("first_name", "last_name", "minutes", "joined", "left"))
# Other software has the same columns under other words.
_ITS_OWN = frozenset(("time joined", "time exited"))


def knows(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the lines of such a report."""
    return KIND if place_of_header(lines, _is_header) is not None else None


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Read the lines; a time without a day tells less than how long somebody was there."""
    at = place_of_header(lines, _is_header) or 0
    places = mapped(lines[at].cells)
    for line, cells in filled(lines[at + 1 :], places):
        dated = context.moments.read(cells["joined"]) is not None
        start, end = context.span(cells["joined"], cells["left"], line.number) if dated else (None, None)
        length = None if start and end else context.duration(cells["minutes"], line.number)
        file.rows.append(context.row(line.number, cells, start=start, end=end, seconds=length))
    context.collected(places)
    context.covered()


def _is_header(line: Line) -> bool:
    headers = {fold(cell) for cell in line.cells}
    found = mapped(line.cells)
    # In other languages its columns are known by there being these and no others.
    alone = found.keys() - {"email"} == _COLUMNS and len(found) == sum(map(bool, line.cells))
    return found.keys() >= _COLUMNS and (headers >= _ITS_OWN or alone)
