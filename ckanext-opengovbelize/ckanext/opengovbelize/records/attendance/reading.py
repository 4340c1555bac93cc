"""The one way in: bytes of an attendance report, whatever its form, to rows. Known by content, never by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo

from ...folding import fold
from .. import zones
from ..problems import Problem
from ..tables import workbook
from . import grid, stated
from .collector import paused
from .columns import mapped
from .grid import Line
from .kinds import READERS, SOFTWARE, adobe_connect, chosen
from .kinds.context import Context
from .model import AttendanceFile, Row

_TITLE_LINES = 40
_MOST_TOLD = 20
_FEWEST_CELLS, _LONGEST_HEADER = 3, 60
_WHO = frozenset(("name", "first_name", "email", "upn"))
_WHEN = frozenset(
    ("joined", "left", "minutes", "attended", "action", "timestamp", "registered", "approval")
    + ("ticket_status", "checked_in")
)
_NOBODY = (
    "There is nobody in this file: no row below its header holds a person. Export it again, or leave it out."
)
_SEVERAL_LINES = (
    "This name has several lines: a quotation mark may be missing, and people with it. Export the file again."
)


@paused()
def read(
    data: bytes, *, file: str, mapping: Mapping[str, str] | None = None, zone: str = zones.BELIZE
) -> AttendanceFile:
    """Read an attendance report or a sign-in sheet. It never raises for bad input.

    Args:
        data: the file as it came.
        file: how reports call it.
        mapping: our columns (see ``kinds.chosen.COLUMNS``) and the headers that stand for them, for a table that
            no reader knows.
        zone: of times without an offset.

    Returns:
        The rows and the problems. Of a table that nobody knows, the headers to choose from.
    """
    found = AttendanceFile(file)
    _read(data, found, mapping or {}, zones.zone_or_belize(zone))
    _tell_women(found.rows)
    if not found.rows and not found.problems:
        found.problems.append(Problem("attendance-nobody", _NOBODY))
    found.problems += _not_understood(found)
    found.problems += [
        Problem("name-several-lines", _SEVERAL_LINES, place=f"row {row.number}", field="name")
        for row in found.rows
        if "\n" in row.name
    ]
    found.problems = [problem.in_file(file) for problem in _shortened(found.problems)]
    return found


def is_report(data: bytes, *, file: str, sample: str) -> bool:
    """Tell whether a file is a report of meeting software on who took part, whatever it is called.

    Sign-in sheets are none here: other tables that name people look like them.

    Args:
        data: the file as it came.
        file: how reports call it.
        sample: its beginning as text; empty for a workbook.
    """
    if len(data) > grid.MOST_BYTES:
        return False
    if adobe_connect.knows(data):
        return True
    if not (_is_workbook(data) or any(map(_may_be_header, sample.splitlines()[:_TITLE_LINES]))):
        return False
    sheets = grid.read(data, file).sheets
    return any(reader.knows(lines) is not None for reader in SOFTWARE for lines in sheets)


def _is_workbook(data: bytes) -> bool:
    return data.startswith(b"PK") and (b"xl/workbook" in data or workbook.says_calc(data))


def _may_be_header(line: str) -> bool:
    """Tell a line of a text that may head a report, so that other texts need not be taken apart."""
    cells = max((line.split(sign) for sign in ",;\t|"), key=len)
    if len(cells) < _FEWEST_CELLS or max(map(len, cells)) > _LONGEST_HEADER:
        return False
    found = mapped([cell.strip('" ') for cell in cells])
    return not found.keys().isdisjoint(_WHO) and not found.keys().isdisjoint(_WHEN)


def _tell_women(rows: Sequence[Row]) -> None:
    """Take M for "mujer" in a file that writes H for "hombre" and no F."""
    letters = {fold(row.stated["gender"]) for row in rows if row.stated and "gender" in row.stated}
    if "h" in letters and "f" not in letters:
        for row in rows:
            if row.stated and fold(row.stated.get("gender", "")) == "m":
                row.stated["gender"] = "mujer"


def _shortened(problems: Sequence[Problem]) -> list[Problem]:
    """Return no more problems of one kind than somebody reads."""
    told: dict[tuple[str, str], int] = {}
    kept = []
    for problem in problems:
        key = problem.code, problem.field
        told[key] = told.get(key, 0) + 1
        if told[key] <= _MOST_TOLD:
            kept.append(problem)
        elif told[key] == _MOST_TOLD + 1:
            kept.append(replace(problem, place="", message="There are more rows like these."))
    return kept


def _read(data: bytes, found: AttendanceFile, mapping: Mapping[str, str], zone: tzinfo) -> None:
    if len(data) <= grid.MOST_BYTES and adobe_connect.knows(data):
        found.kind = adobe_connect.KIND
        adobe_connect.read(data, Context(found, [], zone), found)
        return
    table = grid.read(data, found.file)
    found.problems += table.problems
    if any(problem.rejects for problem in table.problems):
        return
    for lines in table.sheets:
        for reader in READERS:
            kind = reader.knows(lines)
            if kind is not None:
                found.kind = kind
                reader.read(lines, Context(found, lines, zone), found)
                return
    for lines in table.sheets:
        at = chosen.header(lines, mapping) if mapping else None
        if at is not None:
            found.kind = chosen.KIND
            chosen.read(lines, at, mapping, Context(found, lines, zone), found)
            return
    _unknown(table.sheets[0] if table.sheets else [], found)


def _not_understood(found: AttendanceFile) -> list[Problem]:
    """Return where somebody stated a category in words that are on no list; they count as unknown."""
    places: dict[str, list[int]] = {}
    for row in found.rows:
        for dimension, text in (row.stated or {}).items():
            if stated.code(dimension, text) == stated.UNKNOWN and not stated.says_nothing(text):
                places.setdefault(dimension, []).append(row.number)
    problems = []
    for dimension, numbers in places.items():
        message = (
            "This word is on no list, so it counts as unknown. Write one of these, in English or Spanish: "
            f"{stated.known(dimension)}."
        )
        problems += [
            Problem("category-unknown", message, place=f"row {number}", field=dimension) for number in numbers
        ]
    return problems


def _unknown(lines: Sequence[Line], found: AttendanceFile) -> None:
    header = max(
        lines[:_TITLE_LINES], key=lambda line: len({cell for cell in line.cells if cell}), default=None
    )
    found.columns = _headers(lines, header) if header else ()
    message = (
        "This is no report that is known here. If it is a list of who took part, say which of its columns holds the"
        " name, and which the others; else choose another file."
        if found.columns
        else "This is no table of attendance. Export the attendance report as .csv or .xlsx."
    )
    found.problems.append(Problem("attendance-unknown", message, rejects=True))


def _headers(lines: Sequence[Line], widest: Line) -> list[str]:
    """Return the headers: of the widest lines the first, since data begin below. Cells with figures are no headers."""
    width = len({cell for cell in widest.cells if cell})
    for line in lines[:_TITLE_LINES]:
        cells = list(dict.fromkeys(cell for cell in line.cells if cell))
        if len(cells) >= 0.8 * width and not any("@" in cell for cell in cells):
            return cells if len(cells) > 1 else []
    return []
