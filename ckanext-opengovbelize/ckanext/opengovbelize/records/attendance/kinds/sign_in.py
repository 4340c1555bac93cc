"""A sign-in sheet of a room, typed: who was there, and what they wrote of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ....folding import fold
from .. import signs, stated
from ..columns import Cells, mapped, name_in, ours
from ..grid import Line
from ..model import IN_PERSON, AttendanceFile, Kind
from . import marks
from .context import Context

KIND = Kind("sign-in", "Sign-in sheet of a room, typed")
_NAMES = {"name", "first_name", "last_name"}
_ASKED = {"institution", "sector", "district", "gender", "phone", "signature", "country", "email", "position"}
# What only meeting software's reports hold: such a table is no sheet that people signed.
_MACHINE = {
    "minutes",
    "attended",
    "registered",
    "approval",
    "action",
    "timestamp",
    "upn",
    "guest",
    "meeting",
    "waiting",
    "ticket_status",
    "checked_in",
}
_MACHINE_WORDS = re.compile(
    r"\b(?:join|joined|leave|left|entered|exited|time|duration|session|registration|registered"
    r"|hora|duracion|minutos|minutes|sesion|inscripcion|registro)\b"
)
# When people came and went, as sheets ask for it. Nobody notes it well enough to count minutes.
TIMES = frozenset(
    {"time in", "time out", "in", "out", "arrival", "arrival time", "hora de llegada", "hora de entrada"}
    | {"hora de salida", "hora", "time", "entrada", "salida"}
)
# Dimensions whose categories may head columns of ticks.
_TICKED = ("sector", "gender", "district")
_NOTE = re.compile(
    r"(?:sub-?)?total(?:es)?\b|suma\b|(?:prepared|submitted|verified|approved|compiled|recorded) by\b"
    r"|(?:elaborado|preparado|revisado|aprobado) por\b|(?:note|notes|nota|notas|remarks|observaciones):"
)
_NOT_MARKED = (
    "This line has no mark under any day, so it does not count as having come. Write x under each day on which "
    "somebody was there."
)
_NO_PERSON = (
    "Only the name of an institution seems to stand in this line, so nobody is counted for it. If it is a person, "
    "write something beside the name, such as the district."
)
# What stands over and below the people of a sheet: "Female: 12", "Page 1 of 2", "Facilitator: ..."
_LABELLED = re.compile(
    r"[^:]{1,40}:\s*(?:\d.*)?|(?:page|pagina|hoja)\s+\d.*"
    r"|(?:facilitators?|speakers?|presenters?|date|time|venue|place|event|facilitador(?:es)?|ponentes?|fecha|hora|lugar"
    r"|evento)\s*:.*"
)
_SUMMARY = re.compile(r"(?:summary|resumen|breakdown|desglose)\b[^.]{0,60}")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s*%?")
# A day and a clock.
_MOMENT = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?[T\s]+\d{1,2}:\d{2}")
_SAMPLE = 40
_TITLE_LINES = 20
_LEAST_WORDS_OF_NOTE = 7


class _Header(NamedTuple):
    """Which line holds the headers, the last line of them, and the headers."""

    at: int
    last: int
    cells: Sequence[str]


def knows(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the lines of such a sheet."""
    header = _header(lines)
    return KIND if header is not None and not _holds_moments(lines[header.last + 1 :]) else None


def _holds_moments(body: Sequence[Line]) -> bool:
    """Tell whether lines hold two columns of full times or more: software wrote them, in whatever language."""
    sample = [line for line in body[:_SAMPLE] if any(line.cells)]
    moments = [sum(bool(_MOMENT.search(cell)) for cell in line.cells) for line in sample]
    return sum(found > 1 for found in moments) * 2 > len(sample)


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Read the lines; everybody who signed was there in person, also who cannot be read."""
    header = _header(lines)
    if header is None:
        return
    places = mapped(header.cells)
    body = lines[header.last + 1 :]
    ticks = _ticks(header.cells, body)
    women = _men_and_women(header.cells, places, ticks)
    file.has_times = False
    number = places.get("number")
    days, above = marks.of_days(header.cells, body), Cells((), {})
    for line in _without_summaries(body, header):
        cells = Cells(line.cells, places)
        said = [cell for place, cell in enumerate(line.cells) if cell and place != number]
        if not said:
            file.empty_rows += 1
        elif _is_note(line, said, cells) or _is_header_again(line, header):
            continue
        elif _is_of_institution(said, places):
            context.problem("line-without-person", _NO_PERSON, line.number, "name")
        else:
            above = marks.copied(cells, above)
            came = marks.came(line, days)
            if not came:
                context.problem("not-marked", _NOT_MARKED, line.number)
            row = context.row(line.number, cells, mode=IN_PERSON, joined=came)
            row.stated = _stated(row.stated or {}, line, header.cells, ticks, women) or None
            file.rows.append(row)
    context.collected({**places, **dict.fromkeys(ticks, 0)})


def _without_summaries(body: Sequence[Line], header: _Header) -> Iterator[Line]:
    """Yield the lines but those of a table of figures below its own title, where figures stand under our headers."""
    inside = False
    for line in body:
        said = [cell for cell in line.cells if cell]
        if len(said) == 1 and _SUMMARY.fullmatch(fold(said[0])):
            inside = True
        inside = inside and not _is_header_again(line, header)
        if not inside:
            yield line


def _stated(
    said: dict[str, str],
    line: Line,
    header: Sequence[str],
    ticks: Mapping[str, Sequence[int]],
    women: bool,
) -> dict[str, str]:
    """Return what a line states, ticks included; two ticks in one dimension state nothing."""
    for dimension, columns in ticks.items():
        ticked = [header[place] for place in columns if place < len(line.cells) and line.cells[place]]
        if len(ticked) == 1:
            said.setdefault(dimension, ticked[0])
    if women and fold(said.get("gender", "")) == "m":
        said["gender"] = "mujer"
    return said


def _ticks(header: Sequence[str], body: Sequence[Line]) -> dict[str, list[int]]:
    """Return by dimension the columns that are headed by a category and hold nothing but ticks."""
    found: dict[str, list[int]] = {}
    for place, text in enumerate(header):
        if not text or ours(text):
            continue
        dimension = next((name for name in _TICKED if stated.code(name, text) != stated.UNKNOWN), "")
        values = {fold(line.cells[place]) for line in body if place < len(line.cells)} - {""}
        # Below them a sum may stand.
        if dimension and all(value in marks.TICKS or value.isdecimal() for value in values):
            found.setdefault(dimension, []).append(place)
    return {dimension: columns for dimension, columns in found.items() if len(columns) > 1}


def _men_and_women(
    header: Sequence[str], places: Mapping[str, int], ticks: Mapping[str, Sequence[int]]
) -> bool:
    """Tell whether M stands for "mujer": the header says H/M, or H heads a column of ticks."""
    if "gender" in places:
        return bool(re.search(r"\bh\s*[/,|-]\s*m\b|\bm\s*[/,|-]\s*h\b", fold(header[places["gender"]])))
    return any(fold(header[place]) == "h" for place in ticks.get("gender", ()))


def _is_note(line: Line, said: Sequence[str], cells: Cells) -> bool:
    """Tell whether a line is a remark or a sum below the table."""
    first, *others = [cell for cell in line.cells if cell]
    if _NOTE.match(fold(first)) or _NOTE.match(fold(said[0])):
        return True
    if others and all(_FIGURE.fullmatch(cell) for cell in others) and _is_category(first):
        return True
    if len(said) > 1:
        return False
    is_long = len(said[0].split()) >= _LEAST_WORDS_OF_NOTE
    return is_long or not name_in(cells) or _is_category(said[0]) or bool(_LABELLED.fullmatch(fold(said[0])))


def _is_of_institution(said: Sequence[str], places: Mapping[str, int]) -> bool:
    """Tell whether a line holds nothing but the name of an institution, over those who came from there."""
    return len(said) == 1 and bool(_ASKED & places.keys()) and bool(signs.sector(fold(said[0])))


def _is_category(text: str) -> bool:
    return any(stated.code(dimension, text.rstrip(":")) != stated.UNKNOWN for dimension in _TICKED)


def _is_header_again(line: Line, header: _Header) -> bool:
    """Tell whether a page of the sheet begins here with the same headers."""
    texts = [fold(cell) for cell in line.cells if cell]
    return len(texts) > 1 and texts == [fold(cell) for cell in header.cells if cell][: len(texts)]


def _header(lines: Sequence[Line]) -> _Header | None:
    for at, line in enumerate(lines[:_TITLE_LINES]):
        places = mapped(line.cells)
        is_called = {name for name, place in places.items() if marks.is_roll_call(line.cells[place])}
        if not _NAMES & places.keys() or _MACHINE & places.keys() - is_called or _is_of_software(line.cells):
            continue
        below = lines[at + 1] if at + 1 < len(lines) else Line(0, ())
        cells = _two_lines(line.cells, below.cells) if _is_second_line(line, below, places) else line.cells
        only_names = all(ours(cell) in _NAMES | {"number"} for cell in line.cells if cell)
        ticked = sum(bool(cell) and not ours(cell) and _is_category(cell) for cell in cells) > 1
        if _ASKED & mapped(cells).keys() or ticked or is_called or (only_names and at == 0):
            return _Header(at, at + (cells is not line.cells), cells)
    return None


def _is_of_software(header: Sequence[str]) -> bool:
    return any(
        _MACHINE_WORDS.search(fold(cell)) and fold(cell).strip(" :") not in TIMES
        for cell in header
        if cell and not marks.is_day(cell)
    )


def _is_second_line(above: Line, line: Line, places: Mapping[str, int]) -> bool:
    """Tell whether a line below the headers tells them apart: M and F below a merged "Sex", say."""
    # A header that is merged over both lines stands in both.
    cells = [
        cell if place >= len(above.cells) or cell != above.cells[place] else ""
        for place, cell in enumerate(line.cells)
    ]
    filled = [cell for cell in cells if cell]
    named = any(place < len(cells) and cells[place] for name, place in places.items() if name in _NAMES)
    return len(filled) > 1 and not named and all(_is_category(cell) or ours(cell) for cell in filled)


def _two_lines(first: Sequence[str], second: Sequence[str]) -> list[str]:
    width = max(len(first), len(second))
    first, second = [*first, *[""] * (width - len(first))], [*second, *[""] * (width - len(second))]
    return [below or above for above, below in zip(first, second, strict=True)]
