"""What stands above a list of participants: what the meeting was called, when it was, and who hosted it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....folding import fold
from ..columns import Cells, mapped, name_in
from ..grid import Line
from ..model import AttendanceFile
from ..names import address, reduced
from .context import Context

_ADDRESS = re.compile(r"[^\s()<>,;]+@[^\s()<>,;]+")
_HOSTS = ("host", "anfitrion", "hote", "organizer", "organiser", "organizador", "organisateur")
_TITLES = ("meeting subject", "meeting name", "meeting title", "asunto de la reunion", "nombre de la reunion")


def read(lines: Sequence[Line], context: Context, file: AttendanceFile) -> frozenset[str]:
    """Read the lines above a table; return the address and the name of the host, as they are compared.

    The meeting stands in a line below headers, or in lines of a label and what it says.
    """
    for header, line in zip(lines, lines[1:], strict=False):
        places = mapped(header.cells)
        if len(places) > 1 and ("meeting" in places or "meeting_start" in places):
            cells = Cells(line.cells, places)
            file.topic = cells["meeting"]
            file.start = context.moment(cells["meeting_start"], line.number, "start")
            file.end = context.moment(cells["meeting_end"], line.number, "end")
            named = [
                cell
                for title, cell in zip(header.cells, line.cells, strict=False)
                if any(word in fold(title) for word in _HOSTS)
            ]
            return _as_compared((cells["email"], *named), named)
    return _of_labels(lines, file)


def _of_labels(lines: Sequence[Line], file: AttendanceFile) -> frozenset[str]:
    named: list[str] = []
    for line in lines:
        label, *values = (fold(line.cells[0]).rstrip(": "), *filter(None, line.cells[1:]))
        if values and label in _TITLES:
            file.topic = file.topic or values[0]
        elif label.startswith(_HOSTS) or label.endswith(_HOSTS):
            named += values
    return _as_compared(named, named)


def _as_compared(texts: Sequence[str], named: Sequence[str]) -> frozenset[str]:
    addresses = _ADDRESS.findall(" ".join(texts))
    return frozenset(filter(None, (*map(address, addresses), *map(reduced, named))))


def is_host(cells: Cells, host: frozenset[str]) -> bool:
    """Tell whether a line is about the host whom the lines above name."""
    email = cells["email"]
    return bool(host) and ((bool(email) and address(email) in host) or reduced(name_in(cells)) in host)
