"""A sign-in sheet that people filled in as a form, on paper's behalf: Google Forms, Microsoft Forms, KoboToolbox.

A form by which people register looks alike; that it was filled in on one day tells a sheet of those who came.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....folding import fold
from ..grid import Line, place_of_header
from ..model import AttendanceFile, Kind
from . import sign_in
from .context import Context

_WHEN = frozenset(
    ("timestamp", "marca temporal", "completion time", "hora de finalizacion", "_submission_time")
)
# What such programs add by themselves.
_ADDED = _WHEN | frozenset(("start", "end", "today", "start time", "hora de inicio", "username", "deviceid"))
_DAY = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}")
_ANONYMOUS = frozenset(("anonymous", "anonimo"))
_FEWEST = 2


def knows(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the answers of such a form."""
    at = place_of_header(lines, _is_header)
    if at is None:
        return None
    place = next(place for place, cell in enumerate(lines[at].cells) if fold(cell) in _WHEN)
    stated = [line.cells[place] for line in lines[at + 1 :] if any(line.cells) and place < len(line.cells)]
    days = {day[0] if (day := _DAY.match(text)) else "" for text in stated}
    on_one_day = len(stated) >= _FEWEST and len(days) == 1 and "" not in days
    return sign_in.knows(_of_people(lines, at)) if on_one_day else None


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Read what people wrote."""
    at = place_of_header(lines, _is_header) or 0
    sign_in.read(_of_people(lines, at), context, file)


def _is_header(line: Line) -> bool:
    return any(fold(cell) in _WHEN for cell in line.cells)


def _of_people(lines: Sequence[Line], at: int) -> list[Line]:
    """Return the lines without what the program wrote into them."""
    added = {
        place
        for place, cell in enumerate(lines[at].cells)
        if fold(cell) in _ADDED or cell.strip().startswith("_")
    }
    return [
        Line(
            line.number,
            [
                "" if place in added or fold(cell) in _ANONYMOUS else cell
                for place, cell in enumerate(line.cells)
            ],
        )
        for line in lines[at:]
    ]
