"""What every reader of a form needs: the file's times, its rows and its problems, put down in one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from ....folding import fold
from ...problems import Problem
from ..columns import Cells, name_in
from ..grid import Line
from ..model import ATTENDEE, DIMENSIONS, HOST, ONLINE, PANELIST, AttendanceFile, Row
from ..moments import Moments, seconds
from ..names import organisation

_SAMPLE = 400
# How reports answer a question, in the languages in which they come.
YES = frozenset(
    {"yes", "si", "oui", "sim", "ja", "true", "verdadero", "vrai", "verdadeiro", "wahr", "y", "s", "1"}
)
# What stands before a host or somebody who presents, whatever the software and the language.
_HOSTS = (
    "host",
    "organizer",
    "organiser",
    "anfitrion",
    "organizador",
    "owner",
    "co-host",
    "cohost",
    "alternate host",
    "coanfitrion",
)
_PANELISTS = (
    "presenter",
    "presentador",
    "presentateur",
    "prasentator",
    "apresentador",
    "referent",
    "intervenant",
    "producer",
    "vortragend",
    "orador",
    "panelist",
    "speaker",
    "moderador",
    "panelista",
    "ponente",
    "expositor",
    "moderator",
    "facilitator",
)


class Context:
    """The zone of a file, and what turns its cells into rows.

    Args:
        file: what the reader fills.
        lines: all lines, from which the order of day and month is learned.
        zone: of times without an offset.
    """

    def __init__(self, file: AttendanceFile, lines: Sequence[Line], zone: tzinfo) -> None:
        self.file = file
        sample = (cell for line in lines[:_SAMPLE] for cell in line.cells if cell)
        self.moments = Moments(sample, zone)

    def problem(self, code: str, message: str, number: int, field: str = "") -> None:
        """Note what is wrong with a row; the row goes on with what is left of it."""
        self.file.problems.append(
            Problem(code, message, file=self.file.file, place=f"row {number}", field=field)
        )

    def moment(self, text: str, number: int, field: str) -> datetime | None:
        """Return a time; what is none is told."""
        if not text:
            return None
        found = self.moments.read(text)
        if found is None:
            self.problem(
                "time-unreadable", "This time cannot be read. Write it as 2020-04-30 10:28.", number, field
            )
        return found

    def span(self, joined: str, left: str, number: int) -> tuple[datetime | None, datetime | None]:
        """Return when somebody came and left; an end before its beginning is told and left out."""
        start = self.moment(joined, number, "joined") if joined else None
        end = self.moment(left, number, "left") if left else None
        if start and end and end < start:
            self.problem(
                "times-reversed", "Somebody leaves before coming. Check the two times.", number, "left"
            )
            return start, None
        return start, end

    def row(
        self,
        number: int,
        cells: Cells,
        *,
        role: str = ATTENDEE,
        mode: str = ONLINE,
        joined: bool = True,
        registered: bool = False,
        start: datetime | None = None,
        end: datetime | None = None,
        seconds: float | None = None,
    ) -> Row:
        """Return the row of a line, with what it states of the person."""
        get, name = cells.get, name_in(cells)
        stated = {dimension: text for dimension in DIMENSIONS if (text := get(dimension))} or None
        institution = get("institution") or (organisation(name) if "[" in name else "")
        email = get("email", "")
        return Row(
            number, name, email, role, mode, joined, registered, start, end, seconds, stated, institution
        )

    def collected(self, *headers: Mapping[str, int]) -> None:
        """Note the dimensions that any of these headers has a column for."""
        self.file.collected = tuple(name for name in DIMENSIONS if any(name in header for header in headers))

    def covered(self) -> None:
        """Note from when to when anybody was there, unless the file says when the meeting was."""
        starts = [row.start for row in self.file.rows if row.start]
        ends = [row.end for row in self.file.rows if row.end]
        self.file.start = self.file.start or min(starts, default=None)
        self.file.end = self.file.end or max(ends, default=None)

    def duration(self, text: str, number: int, *, unit: str = "m") -> float | None:
        """Return how long somebody was there; what is no duration is told."""
        if not text:
            return None
        found = seconds(text, unit=unit)
        if found is None:
            self.problem(
                "duration-unreadable", "This duration cannot be read. Write minutes.", number, "minutes"
            )
        return found


def role_of(text: str) -> str:
    """Return the role that a word for it means."""
    word = "".join(letter for letter in fold(text) if letter.isalpha() or letter in " -").strip()
    if any(word.startswith(start) for start in _HOSTS) or "organiz" in word or "organis" in word:
        return HOST
    return PANELIST if any(word.startswith(start) for start in _PANELISTS) else ATTENDEE


__all__ = ["ATTENDEE", "HOST", "ONLINE", "PANELIST", "YES", "Context", "role_of"]
