"""Any table of attendance, by the columns that somebody chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....folding import fold
from ..columns import Cells, by_choice
from ..grid import Line
from ..model import ATTENDEE, IN_PERSON, ONLINE, AttendanceFile, Kind
from .context import Context, role_of

KIND = Kind("chosen-columns", "Table read by chosen columns")
# What can be chosen a column for.
COLUMNS = (
    "name",
    "first_name",
    "last_name",
    "email",
    "joined",
    "left",
    "minutes",
    "attended",
    "role",
    "mode",
    "institution",
    "sector",
    "district",
    "gender",
    "country",
)
_NO = frozenset({"no", "n", "false", "0", "absent", "ausente", "did not attend", "no asistio"})
_IN_PERSON = ("in person", "in-person", "presencial", "room", "onsite", "on-site", "sala")
_TITLE_LINES = 40


def header(lines: Sequence[Line], chosen: Mapping[str, str]) -> int | None:
    """Return which line holds the chosen headers, or None."""
    wanted = {fold(text) for text in chosen.values() if text}
    best = max(
        range(min(len(lines), _TITLE_LINES)),
        key=lambda at: len(wanted & {fold(cell) for cell in lines[at].cells}),
        default=None,
    )
    if best is None or not wanted & {fold(cell) for cell in lines[best].cells}:
        return None
    return best


def read(
    lines: Sequence[Line], at: int, chosen: Mapping[str, str], context: Context, file: AttendanceFile
) -> None:
    """Read the lines below a header."""
    places = by_choice(lines[at].cells, {name: text for name, text in chosen.items() if name in COLUMNS})
    timed = any(name in places for name in ("joined", "left", "minutes"))
    file.has_times = timed
    for line in lines[at + 1 :]:
        if not any(line.cells):
            file.empty_rows += 1
            continue
        cells = Cells(line.cells, places)
        start, end = context.span(cells["joined"], cells["left"], line.number)
        length = context.duration(cells["minutes"], line.number) if start is None or end is None else None
        file.rows.append(
            context.row(
                line.number,
                cells,
                role=role_of(cells["role"]) if cells["role"] else ATTENDEE,
                mode=_mode(cells["mode"], timed),
                joined=_joined(cells, places),
                registered="attended" in places,
                start=start,
                end=end,
                seconds=length,
            )
        )
    file.lists_registrations = "attended" in places
    context.collected(places)
    context.covered()


def _joined(cells: Cells, places: Mapping[str, int]) -> bool:
    if "attended" in places:
        return bool(cells["attended"]) and fold(cells["attended"]) not in _NO
    return True


def _mode(text: str, timed: bool) -> str:
    if text:
        return IN_PERSON if fold(text).startswith(_IN_PERSON) else ONLINE
    return ONLINE if timed else IN_PERSON
