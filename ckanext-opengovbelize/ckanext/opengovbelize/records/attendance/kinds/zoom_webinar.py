"""Zoom's attendee report of a webinar: sections of hosts, panelists, attendees and others, in any order.

GoToWebinar has a section of the same name, and no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....folding import fold
from ...problems import Problem
from ..columns import Cells, mapped
from ..grid import Line
from ..model import ATTENDEE, HOST, PANELIST, AttendanceFile, Kind
from .context import YES, Context

OF_2020 = Kind("zoom-webinar-2020", "Zoom webinar attendee report, 2020")
GOTO = Kind("gotowebinar", "GoToWebinar attendee report")
CURRENT = Kind("zoom-webinar", "Zoom webinar attendee report, current")

_OTHER = "other"
_NAMES = {"name", "first_name", "last_name"}
_SECTIONS = {
    "host details": HOST,
    "panelist details": PANELIST,
    "attendee details": ATTENDEE,
    "other attended": _OTHER,
    "detalles del anfitrion": HOST,
    "informacion del anfitrion": HOST,
    "detalles del panelista": PANELIST,
    "detalles de los panelistas": PANELIST,
    "detalles del asistente": ATTENDEE,
    "detalles de los asistentes": ATTENDEE,
    "detalles de asistentes": ATTENDEE,
    "details de l'hote": HOST,
    "details sur l'hote": HOST,
    "details du panelist": PANELIST,
    "details du paneliste": PANELIST,
    "details sur les panelistes": PANELIST,
    "details des panelistes": PANELIST,
    "details sur les participants": ATTENDEE,
    "details des participants": ATTENDEE,
    "details du participant": ATTENDEE,
    "autres participants": _OTHER,
    "autres personnes presentes": _OTHER,
    "otros asistentes": _OTHER,
    "otros que asistieron": _OTHER,
    "registrant details": ATTENDEE,
    "registrants details": ATTENDEE,
    "detalles de los inscritos": ATTENDEE,
    "detalhes do anfitriao": HOST,
    "detalhes do painelista": PANELIST,
    "detalhes dos painelistas": PANELIST,
    "detalhes do palestrante": PANELIST,
    "detalhes do participante": ATTENDEE,
    "detalhes dos participantes": ATTENDEE,
    "outros participantes": _OTHER,
}
_REGISTRATION = {"registered", "approval"}
# What a table says of who came; without any it lists registrations only.
_CAME = {"attended", "joined", "left", "minutes"}
_OF_GOTO = ("registration date/time", "interest rating")
_ONLY_REGISTERED = (
    "This report lists who registered. It does not say who came, so nobody is counted as having come. Add the attendee "
    "report of the same session."
)


def knows(lines: Sequence[Line]) -> Kind | None:
    """Tell whether these are the lines of such a report, and of which form."""
    tables = [header for _section, header, _body in _sections(lines)]
    headers = [fold(cell) for line in tables for cell in line.cells]
    if not tables:
        return None
    if any(header.startswith(_OF_GOTO) for header in headers):
        return GOTO
    return (
        CURRENT
        if any(
            "original" in header or "guest" in header or "invite" in header or "invitado" in header
            for header in headers
        )
        else OF_2020
    )


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    """Read the sections; who is listed as host or panelist is no attendee."""
    _read_head(lines, context, file)
    headers: list[dict[str, int]] = []
    for section, header, body in _sections(lines):
        places = mapped(header.cells)
        if section in (ATTENDEE, _OTHER):
            headers.append(places)
        came = not places.keys().isdisjoint(_CAME) or not _REGISTRATION & places.keys()
        for line in body:
            cells = Cells(line.cells, places)
            attended = fold(cells["attended"]) in YES if "attended" in places else came
            start, end = context.span(cells["joined"], cells["left"], line.number)
            stated = (
                context.duration(cells["minutes"], line.number)
                if start is None and end is None and attended
                else None
            )
            file.rows.append(
                context.row(
                    line.number,
                    cells,
                    role=section if section in (HOST, PANELIST) else ATTENDEE,
                    joined=attended,
                    registered=section == ATTENDEE and bool(_REGISTRATION & places.keys()),
                    start=start,
                    end=end,
                    seconds=stated,
                )
            )
    file.lists_registrations = any(_REGISTRATION & header.keys() for header in headers)
    if file.rows and file.lists_registrations and not any(_CAME & header.keys() for header in headers):
        file.problems.append(Problem("registrations-only", _ONLY_REGISTERED))
    context.collected(*headers)


def _section(line: Line) -> str:
    first, *others = line.cells
    return _SECTIONS.get(fold(first).rstrip(": "), "") if not any(others) else ""


def _sections(lines: Sequence[Line]) -> Iterator[tuple[str, Line, list[Line]]]:
    section, header, body = "", None, []
    for line in lines:
        if found := _section(line):
            if section and header:
                yield section, header, body
            section, header, body = found, None, []
        elif section and any(line.cells):
            if header is not None:
                body.append(line)
            elif _NAMES & mapped(line.cells).keys():
                # A remark may stand between the title and the headers.
                header = line
    if section and header:
        yield section, header, body


def _read_head(lines: Sequence[Line], context: Context, file: AttendanceFile) -> None:
    for header, line in zip(lines, lines[1:], strict=False):
        places = mapped(header.cells)
        if {"meeting", "meeting_start"} <= places.keys():
            cells = Cells(line.cells, places)
            file.topic = cells["meeting"]
            file.start = context.moment(cells["meeting_start"], line.number, "start")
            return
