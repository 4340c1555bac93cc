"""What the coordinator is told: every row as it would be published, why, what remains, and what may help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from . import categories, releases
from .case import Case
from .cells import (
    ALL,
    ANSWERED,
    ASKED,
    ATTENDANCES,
    ATTENDED,
    CHATTERS,
    MEDIAN,
    MESSAGES,
    MINUTES,
    MODES,
    NEVER_PUBLISHED,
    NO_SHOWS,
    PARTICIPANTS,
    QUESTIONS,
    REGISTERED,
    Cell,
    cells_of,
)
from .model import PRIMARY, Figure, Proposal, Refusal, Remains, Request
from .rows import CANNOT_OCCUR, NOT_COLLECTED, SHOWN, WITHHELD, Row


def told(case: Case, why: Mapping[Cell, str], refused: Mapping[tuple[str, str], str]) -> Proposal:
    """Return what an attempt comes to, with every row in its place."""
    request = case.request
    found = [*_figures(case, why), *_medians(case, why), *_not_collected(request)]
    remains = tuple(_remains(found))
    return Proposal(
        tuple(sorted(found, key=lambda figure: _place(request, figure.row))),
        tuple(refusals(request, refused)),
        remains,
        tuple(_offers(request, remains)),
    )


def _figures(case: Case, why: Mapping[Cell, str]) -> Iterator[Figure]:
    for one in case.wanted:
        if one.measure in NEVER_PUBLISHED:
            continue
        count = case.values[one]
        if one in case.impossible:
            yield Figure(_row(case.request, one, None, CANNOT_OCCUR), None)
        elif one in why:
            yield Figure(_row(case.request, one, None, WITHHELD), count, why[one])
        else:
            yield Figure(_row(case.request, one, count, SHOWN), count)


def _medians(case: Case, why: Mapping[Cell, str]) -> Iterator[Figure]:
    """Yield the median of each session's minutes; it is shown only where the total is."""
    for session in case.request.sessions:
        one = Cell(session.name, measure=MEDIAN)
        if (
            not session.times
            or (session.name, MINUTES) in case.dropped
            or MINUTES not in case.request.dimensions
        ):
            continue
        median = case.medians.get(session.name)
        if median is None or Cell(session.name) in why:
            yield Figure(_row(case.request, one, None, WITHHELD), None, PRIMARY)
        else:
            yield Figure(_row(case.request, one, median.minutes, SHOWN), median.minutes)


def _not_collected(request: Request) -> Iterator[Figure]:
    lists = {name: categories.codes(name, coarse=name in request.coarse) for name in (*ASKED, MINUTES)}
    for session in request.sessions:
        missing = [name for name in ASKED if name not in request.people.collected]
        missing += [MINUTES] if not session.times else []
        for name in missing:
            if name in request.dimensions:
                for one in cells_of((name,), session.name, ATTENDED, lists):
                    yield Figure(_row(request, one, None, NOT_COLLECTED), None)
        absent = [MEDIAN] if not session.times else []
        absent += [] if session.registrations else [REGISTERED, NO_SHOWS]
        absent += [] if session.chat else [MESSAGES, QUESTIONS, ANSWERED, CHATTERS]
        for measure in absent:
            yield Figure(_row(request, Cell(session.name, measure=measure), None, NOT_COLLECTED), None)


def _row(request: Request, one: Cell, value: int | None, status: str) -> Row:
    return Row(
        series=request.series,
        session=one.session,
        mode=one.mode,
        dimension_1=one.dimension_1,
        category_1=one.category_1,
        dimension_2=one.dimension_2,
        category_2=one.category_2,
        measure=one.measure,
        value=value,
        status=status,
        release=0,
    )


def _place(request: Request, row: Row) -> tuple:
    """Return where a row stands: sessions in their order, then the series; small tables before large ones."""
    order = [session.name for session in request.sessions]
    one = releases.cell_of(row)
    place = order.index(row.session) if row.session in order else len(order)
    codes = [
        categories.codes(name, coarse=name in request.coarse).index(code)
        for name, code in ((row.dimension_1, row.category_1), (row.dimension_2, row.category_2))
        if name
    ]
    tables = [("mode", *ASKED, MINUTES).index(name) for name in one.table]
    measures = [ATTENDED, ATTENDANCES, PARTICIPANTS, REGISTERED, NO_SHOWS, MEDIAN]
    measure = measures.index(row.measure) if row.measure in measures else len(measures)
    return place, len(tables), tables, measure, row.measure, [ALL, *MODES].index(row.mode), codes


def refusals(request: Request, refused: Mapping[tuple[str, str], str]) -> list[Refusal]:
    """Return the breakdowns that are not released, each with the release at which it stays."""
    latest: dict[tuple[str, str], int] = {}
    for session, found in releases.statements(request.released).items():
        for statement in found:
            for one in statement.figures:
                latest[session, one.breakdown] = statement.key[1]
    return [
        Refusal(session, breakdown, code, latest.get((session, breakdown), 0))
        for (session, breakdown), code in sorted(refused.items())
    ]


def _remains(found: Iterable[Figure]) -> Iterator[Remains]:
    counts: dict[tuple[str, str], list[int]] = {}
    for figure in found:
        if figure.row.status in (SHOWN, WITHHELD):
            one = releases.cell_of(figure.row)
            count = counts.setdefault((one.session, one.breakdown), [0, 0])
            count[0] += figure.row.status == SHOWN
            count[1] += 1
    return (Remains(*key, *count) for key, count in sorted(counts.items()))


def _offers(request: Request, remains: Iterable[Remains]) -> Iterator[str]:
    """Yield what may show more: coarser categories, totals only, or waiting for the series."""
    poor = {one.breakdown for one in remains if one.shown < one.of}
    names = [name for name in ASKED if any(name in breakdown.split("-") for breakdown in poor)]
    yield from (
        f"coarser:{name}" for name in names if name not in request.coarse and categories.can_be_coarser(name)
    )
    if names:
        yield "totals"
    if poor and request.series and not request.whole:
        yield "hold"
