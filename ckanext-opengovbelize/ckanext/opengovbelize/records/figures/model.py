"""What a table of counts says, before disclosure control. Small counts stand in it: it is never stored."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..problems import Problem


@dataclass(frozen=True, repr=False)
class Count:
    """One row.

    Attributes:
        place: where it stands.
        session: address or number of the webinar as written, or ``_T`` for the series as a whole.
        mode: ``in-person``, ``online`` or ``_T``.
        categories: category by dimension, none for a total, two at most.
        measure: what is counted.
        value: the count, or None where the table shows none.
        status: ``A`` shown, ``Q`` withheld, ``M`` cannot occur, ``L`` not collected.
    """

    place: str
    session: str
    mode: str
    categories: tuple[tuple[str, str], ...]
    measure: str
    value: int | None
    status: str


@dataclass(repr=False)
class CountsTable:
    """The table of one series, or of one session.

    Attributes:
        series: the series as the table names it, or empty.
        file: how reports call the file.
        counts: its rows.
        problems: what could not be read; any that rejects stands for the whole table.
    """

    series: str
    file: str
    counts: list[Count] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
