"""What an attendance file says, before anybody is counted. It holds persons: never stored, logged or shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ..problems import Problem

ATTENDEE, HOST, PANELIST = "attendee", "host", "panelist"
IN_PERSON, ONLINE = "in-person", "online"
DIMENSIONS: tuple[str, ...] = ("sector", "district", "gender", "country")


@dataclass(frozen=True)
class Kind:
    """A form in which attendance is recorded; ``code`` is stable, ``label`` is for people."""

    code: str
    label: str


UNKNOWN = Kind("unknown", "Unknown table")


@dataclass(slots=True, repr=False)
class Row:
    """One line of an attendance file.

    Attributes:
        number: the row in the file, as spreadsheet programs count.
        name: as written.
        email: as written, or empty.
        role: ``attendee``, ``host`` or ``panelist``.
        mode: ``online`` or ``in-person``.
        joined: whether the person came.
        registered: whether the row shows that the person had registered.
        start: when the person came, with the zone; None where the file does not say.
        end: when the person left.
        seconds: how long the person was there, where the file says that instead of times.
        stated: what the person said of themselves by dimension, as written.
        institution: as written, or empty.
    """

    number: int
    name: str = ""
    email: str = ""
    role: str = ATTENDEE
    mode: str = ONLINE
    joined: bool = True
    registered: bool = False
    start: datetime | None = None
    end: datetime | None = None
    seconds: float | None = None
    stated: dict[str, str] | None = None
    institution: str = ""


@dataclass(repr=False)
class AttendanceFile:
    """One file, read.

    Attributes:
        file: its name.
        kind: its form.
        topic: what the meeting was called, or empty.
        start: when it began, or None.
        end: when it ended, or None.
        rows: its lines about people, hosts and panelists included.
        empty_rows: lines between them in which nothing stands.
        collected: the dimensions that it has a column for.
        columns: the headers of a table that no reader knows, to choose from.
        lists_registrations: whether it lists who registered.
        has_times: whether it is of a kind that says when people came and went, or how long they stayed.
        problems: what could not be read, each with its place.
    """

    file: str
    kind: Kind = UNKNOWN
    topic: str = ""
    start: datetime | None = None
    end: datetime | None = None
    rows: list[Row] = field(default_factory=list)
    empty_rows: int = 0
    collected: tuple[str, ...] = ()
    columns: Sequence[str] = ()
    lists_registrations: bool = False
    has_times: bool = True
    problems: list[Problem] = field(default_factory=list)
