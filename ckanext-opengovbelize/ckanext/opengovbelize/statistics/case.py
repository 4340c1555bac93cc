"""One attempt at a publication: which cells are wanted, and what is counted in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from . import categories, figures, median, releases
from .cells import (
    ALL,
    ANSWERED,
    ASKED,
    ATTENDANCES,
    ATTENDED,
    CERTIFICATES,
    CHATTERS,
    MESSAGES,
    MINUTES,
    MODE,
    NO_CERTIFICATE,
    NO_SHOWS,
    NOT_ANSWERED,
    OTHER_MESSAGES,
    PARTICIPANTS,
    QUESTIONS,
    REGISTERED,
    REGISTERED_ATTENDED,
    WALK_INS,
    Cell,
    Table,
    cells_of,
    circle,
    closed,
    ordered,
)
from .median import Median
from .model import Request

REGISTRATION = (REGISTERED, NO_SHOWS, REGISTERED_ATTENDED, WALK_INS)
CHAT = (MESSAGES, QUESTIONS, ANSWERED, CHATTERS, OTHER_MESSAGES, NOT_ANSWERED)


@dataclass
class Case:
    """One attempt.

    Attributes:
        request: what is wanted.
        tables: the tables that figures can be made of, with their margins.
        dropped: sessions and breakdowns that are left out.
        wanted: the cells that would be published, and those that follow from them.
        values: what is counted in them, and in cells that were released before.
        impossible: cells that cannot occur.
        withheld: cells of which nobody knows the count: a source withheld it.
        medians: the medians that would be published, by session.
    """

    request: Request
    tables: list[Table]
    dropped: frozenset[tuple[str, str]]
    wanted: list[Cell] = field(default_factory=list)
    values: dict[Cell, int] = field(default_factory=dict)
    impossible: set[Cell] = field(default_factory=set)
    withheld: set[Cell] = field(default_factory=set)
    medians: dict[str, Median] = field(default_factory=dict)

    @property
    def cells(self) -> list[Cell]:
        """Return every cell, known or not."""
        return [*self.values, *self.withheld]


def tables_of(request: Request) -> list[Table]:
    """Return the tables that were asked for, of which figures can be made."""
    both = len({mode for session in request.sessions for mode in session.modes}) > 1
    collected = [name for name in ASKED if name in request.dimensions and name in request.people.collected]
    asked: list[Table] = [(MODE,)] if MODE in request.dimensions else []
    asked += [ordered(pair) for pair in request.crossings if set(pair) <= {*collected, MODE}]
    for name in collected:
        # What is crossed with another dimension already is crossed with mode only where that closes no circle.
        by_mode = both and MODE in request.dimensions and not circle([*asked, (MODE, name)])
        asked.append((MODE, name) if by_mode else (name,))
    if MINUTES in request.dimensions and any(session.times for session in request.sessions):
        asked.append((MINUTES,))
    return closed(asked)


def thresholds(request: Request) -> dict[str, int]:
    """Return T by session; the series as a whole has the highest of them."""
    limits = {session.name: session.threshold for session in request.sessions}
    if request.whole:
        limits[ALL] = max(limits.values())
    return limits


def attempt(
    request: Request,
    tables: Sequence[Table],
    refused: frozenset[tuple[str, str]],
    without_median: Collection[str] = (),
) -> Case:
    """Count the cells that are wanted, and those beside them that were released before."""
    case = Case(request, list(tables), _with_dependants(request, refused))
    before = [
        one
        for found in releases.statements(request.released).values()
        for said in found
        for one in said.figures
    ]
    counted = _counted(request, closed([*tables, *(one.table for one in before)]), coarse=frozenset())
    counted |= _counted(request, closed([*tables, *(one.table for one in before)]), coarse=frozenset(ASKED))
    if request.coarse and not request.coarse >= frozenset(ASKED):
        counted |= _counted(request, tables, coarse=request.coarse)
    case.wanted = [one for one in _cells(request, tables) if not _is_dropped(case, one)]
    anew = thresholds(request)
    beside = [one for one in before if one.session in anew and not _is_dropped(case, one)]
    case.values = {one: counted.get(one, 0) for one in chain(case.wanted, beside)}
    case.impossible = {
        one for one in case.values if one.mode != ALL and one.mode not in modes(request, one.session)
    }
    case.medians = {
        session.name: found
        for session in request.sessions
        if session.times and MINUTES in request.dimensions and session.name not in without_median
        if (session.name, MINUTES) not in case.dropped
        if (found := median.of_session(request.people, session.name, session.threshold))
    }
    return case


def modes(request: Request, session: str) -> set[str]:
    """Return in which modes a session, or any of the series, could be attended."""
    return {mode for one in request.sessions if session in (one.name, ALL) for mode in one.modes}


def _with_dependants(request: Request, refused: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return the refused breakdowns with those that cannot stand without them."""
    found = set(refused)
    if request.whole:
        # A sum over sessions would tell what one of them may not.
        found |= {(ALL, breakdown) for _, breakdown in refused if breakdown}
    return frozenset(found)


def _is_dropped(case: Case, one: Cell) -> bool:
    names = {one.breakdown, *one.breakdown.split("-"), *(name for name in one.table if name == MODE)}
    return any((one.session, name) in case.dropped for name in names if name)


def _cells(request: Request, tables: Sequence[Table]) -> Iterator[Cell]:
    """Yield every cell of the publication, and those that anybody could work out."""
    lists = {name: categories.codes(name, coarse=name in request.coarse) for name in (MODE, *ASKED, MINUTES)}
    for session in request.sessions:
        for table in tables:
            if MINUTES not in table or session.times:
                yield from cells_of(table, session.name, ATTENDED, lists)
        measures = (*(REGISTRATION if session.registrations else ()), *(CHAT if session.chat else ()))
        yield from (Cell(session.name, measure=measure) for measure in measures)
    if request.whole:
        for table in tables:
            if MINUTES not in table:
                yield from cells_of(table, ALL, PARTICIPANTS, lists)
                yield from cells_of(table, ALL, ATTENDANCES, lists)
        if request.certificates is not None:
            yield from (Cell(ALL, measure=measure) for measure in (CERTIFICATES, NO_CERTIFICATE))


def _counted(request: Request, tables: Sequence[Table], *, coarse: frozenset[str]) -> dict[Cell, int]:
    people = request.people
    counted: dict[Cell, int] = {}
    for session in request.sessions:
        counted |= figures.of_session(people, session.name, tables, coarse)
        counted |= figures.registrations(people, session.name)
        counted |= figures.engagement(session.name, session.chat) if session.chat else {}
    counted |= figures.summed(counted, [session.name for session in request.sessions])
    counted |= figures.of_series(people, [table for table in tables if MINUTES not in table], coarse)
    if request.certificates is not None:
        counted |= figures.certificates(request.certificates, counted.get(Cell(ALL, measure=PARTICIPANTS), 0))
    return counted
