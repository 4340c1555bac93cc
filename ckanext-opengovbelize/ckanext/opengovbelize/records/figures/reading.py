"""Tables of counts: our own download, or a plain one with a column for the session, categories and a count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...folding import fold
from ..attendance import stated
from ..attendance.model import DIMENSIONS, IN_PERSON, ONLINE
from ..problems import Problem
from ..tables import reading as tables
from ..tables.sheet import Row, Sheet
from .model import Count, CountsTable

ALL = "_T"
STATUSES = ("A", "Q", "M", "L")
MINUTES = "minutes"
# What a plain table calls its columns, folded.
_PLAIN = {
    "session": "session",
    "webinar": "session",
    "sesion": "session",
    "seminario": "session",
    "seminario web": "session",
    "series": "series",
    "serie": "series",
    "mode": "mode",
    "modalidad": "mode",
    "modo": "mode",
    "in person or online": "mode",
    "sector": "sector",
    "district": "district",
    "distrito": "district",
    "gender": "gender",
    "genero": "gender",
    "sexo": "gender",
    "country": "country",
    "pais": "country",
    "participants": "value",
    "participantes": "value",
    "attended": "value",
    "attendance": "value",
    "asistentes": "value",
    "people": "value",
    "personas": "value",
    "count": "value",
    "number": "value",
    "numero": "value",
    "cantidad": "value",
}
_OURS = {"session", "mode", "dimension_1", "category_1", "measure", "value", "status"}
_TOTALS = frozenset({"", "_t", "total", "all", "todos", "todas", "both", "ambos"})
_MODES = {
    "in-person": IN_PERSON,
    "in person": IN_PERSON,
    "presencial": IN_PERSON,
    "room": IN_PERSON,
    "online": ONLINE,
    "en linea": ONLINE,
    "virtual": ONLINE,
    "remote": ONLINE,
}
_WITHHELD = frozenset({"withheld", "suppressed", "c", "reservado", "suprimido", "*", "..", "x", "<10", "<5"})
_MEASURES = frozenset(
    (
        *("attended", "registered", "no_shows", "median_minutes", "messages", "questions"),
        *("answered_in_writing", "chatters", "attendances", "participants", "certificates"),
    )
)
_LONGEST_CODE = 100


def read(data: bytes, *, file: str, content_type: str = "") -> list[CountsTable] | None:
    """Read a table of counts. It never raises for bad input.

    Returns:
        One table for each series (or session without one), or None where the file holds no such table.
    """
    found = tables.sheets(data, file=file, content_type=content_type)
    if found is None:
        return None
    sheets, problems = found
    sheet = next((sheet for sheet in sheets if _is_ours(sheet) or _is_plain(sheet)), None)
    if sheet is None:
        return None
    return _split(sheet, file, [problem.in_file(file) for problem in problems])


def _is_ours(sheet: Sheet) -> bool:
    return {fold(cell) for cell in sheet.header} >= _OURS


def _not_listed(dimension: str) -> str:
    if dimension not in DIMENSIONS:
        return "This category is on no list."
    return (
        f"This category is on no list. Write one of these, its code, or unknown: {stated.known(dimension)}."
    )


def _is_plain(sheet: Sheet) -> bool:
    """Tell whether a table has sessions, one column of counts, and nothing else than categories."""
    named = [_PLAIN.get(fold(cell), "") for cell in sheet.header if cell]
    return "session" in named and named.count("value") == 1 and "" not in named


def _split(sheet: Sheet, file: str, problems: list[Problem]) -> list[CountsTable]:
    found: dict[str, CountsTable] = {}
    for series, count, problem in _rows(sheet, file):
        table = found.setdefault(series, CountsTable(series, file, problems=list(problems)))
        if count is not None:
            table.counts.append(count)
        if problem is not None:
            table.problems.append(problem)
    return list(found.values()) or [CountsTable("", file, problems=[*problems, _empty(file)])]


def _empty(file: str) -> Problem:
    return Problem("table-empty", "The table has no row below its header.", file=file, rejects=True)


def _rows(sheet: Sheet, file: str) -> Iterator[tuple[str, Count | None, Problem | None]]:
    ours = _is_ours(sheet)
    for row in sheet.rows:
        cells = {fold(name): text for name, text in row.cells.items()}
        if not ours:
            cells = {_PLAIN[name]: text for name, text in cells.items() if name in _PLAIN}
        count, fault = _count(row, cells, _pairs(cells, ours), ours)
        problem = (
            Problem(fault[0], fault[2], file=file, place=row.place, field=fault[1], rejects=True)
            if fault
            else None
        )
        yield cells.get("series", ""), count, problem


def _problem(file: str, row: Row, code: str, field: str, message: str) -> Problem:
    return Problem(code, message, file=file, place=row.place, field=field, rejects=True)


def _pairs(cells: Mapping[str, str], ours: bool) -> list[tuple[str, str]]:
    if ours:
        pairs = [(cells.get(f"dimension_{n}", ""), cells.get(f"category_{n}", "")) for n in (1, 2)]
        return [(fold(name), text) for name, text in pairs if name]
    return [(name, cells[name]) for name in DIMENSIONS if fold(cells.get(name, "")) not in _TOTALS]


def _count(
    row: Row, cells: Mapping[str, str], pairs: Sequence[tuple[str, str]], ours: bool
) -> tuple[Count | None, tuple[str, str, str] | None]:
    mode = _mode(cells.get("mode", ""))
    if mode is None:
        return None, ("mode-unknown", "mode", "Write in-person, online, or leave it empty for both.")
    categories: list[tuple[str, str]] = []
    for name, text in pairs:
        code = text if ours else stated.code(name, text)
        if name not in (*DIMENSIONS, MINUTES) or (
            code == stated.UNKNOWN and not ours and not stated.says_nothing(text)
        ):
            return None, (
                "category-unknown",
                name,
                _not_listed(name),
            )
        categories.append((name, code[:_LONGEST_CODE]))
    if len(categories) > 2:
        return None, (
            "too-many-dimensions",
            "",
            "At most two of the categories may cross. Send a table for each pair.",
        )
    measure = cells.get("measure", "attended")
    if measure not in _MEASURES:
        return None, (
            "measure-unknown",
            "measure",
            "It is not known what is counted here. Write attended.",
        )
    value, status = _value(cells)
    if status is None:
        return None, ("count-unreadable", "value", "This is no count. Write a whole number, or withheld.")
    session = cells.get("session", "")
    session = ALL if fold(session) in _TOTALS else session
    if session == ALL and not ours:
        measure = "attendances"
    return Count(row.place, session, mode, tuple(categories), measure, value, status), None


def _mode(text: str) -> str | None:
    word = fold(text)
    return ALL if word in _TOTALS else _MODES.get(word)


def _value(cells: Mapping[str, str]) -> tuple[int | None, str | None]:
    status, text = cells.get("status", ""), cells.get("value", "").replace(" ", "")
    if status in STATUSES[1:]:
        return (None, status) if not text else (None, None)
    if text.isascii() and text.isdecimal() and len(text) <= 9:
        return int(text), "A"
    if fold(text) in _WITHHELD or (not text and not status):
        return None, "Q"
    return None, None
