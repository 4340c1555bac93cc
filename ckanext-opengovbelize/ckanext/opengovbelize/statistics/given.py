"""Disclosure control of a table of counts that somebody published elsewhere: the same as of people's own counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from . import equations, median, releases
from .case import Case
from .cells import ALL, ATTENDED, MEDIAN, MINUTES, Cell
from .model import People, Refusal, Request, Session
from .releases import Release
from .rows import CANNOT_OCCUR, NOT_COLLECTED, SHOWN, WITHHELD, Row
from .settling import settle


@dataclass(frozen=True)
class Given:
    """A table of counts.

    Attributes:
        series: address of the series, or empty.
        counts: by cell the count, or None where the source withholds it.
        impossible: cells that cannot occur.
        not_collected: cells of what was not asked.
    """

    series: str
    counts: Mapping[Cell, int | None]
    impossible: Collection[Cell] = ()
    not_collected: Collection[Cell] = ()


@dataclass
class Answer:
    """What may be published of it.

    Attributes:
        rows: the table as it would be published; empty where nothing may.
        refusals: what is left out, and why.
        broken: whether sums of the table do not add up.
    """

    rows: list[Row] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    broken: bool = False


def protect(
    given: Given, *, thresholds: Mapping[str, int], released: Sequence[Release] = (), seconds: float = 60
) -> Answer:
    """Hide what must be hidden of a table of counts, beside everything that was released before.

    Args:
        given: the table.
        thresholds: T by session; that of the series under ``_T``.
        released: every table ever released of these sessions and of their series.
        seconds: how long the check may take, with all its attempts.
    """
    known = {one: count for one, count in given.counts.items() if count is not None}
    sums = equations.among([*given.counts, *given.impossible])
    if _breaks(known, sums, given.impossible):
        return Answer(broken=True)
    settled = settle(
        lambda refused, without_median: _case(given, known, thresholds, released, refused, without_median),
        dict.fromkeys(_too_close(given, known, thresholds, released), "too-close"),
        seconds,
    )
    if settled.case is None:
        return Answer(refusals=[Refusal(ALL, "", settled.refusal)])
    return Answer(
        _rows(given, settled.case, settled.why),
        [Refusal(*key, code) for key, code in sorted(settled.left_out.items())],
    )


def _breaks(
    known: Mapping[Cell, int], sums: Sequence[equations.Equation], impossible: Collection[Cell]
) -> bool:
    counts = {**known, **dict.fromkeys(impossible, 0)}
    return any(
        counts[one.whole] != sum(counts[part] for part in one.parts)
        for one in sums
        if all(cell in counts for cell in (one.whole, *one.parts))
    )


def _too_close(
    given: Given, known: Mapping[Cell, int], thresholds: Mapping[str, int], released: Sequence[Release]
) -> set[tuple[str, str]]:
    sums = equations.among(list(given.counts))
    return {
        (session, breakdown)
        for session, statements in releases.statements(released).items()
        if session in thresholds
        for statement in statements
        for breakdown in releases.too_close(statement, known, sums, thresholds[session])
        if breakdown
    }


def _case(
    given: Given,
    known: Mapping[Cell, int],
    thresholds: Mapping[str, int],
    released: Sequence[Release],
    left_out: frozenset[tuple[str, str]],
    without_median: Collection[str],
) -> Case:
    sessions = tuple(Session(name, threshold=limit) for name, limit in thresholds.items() if name != ALL)
    request = Request(
        People(),
        sessions,
        series=given.series,
        whole=ALL in thresholds,
        released=tuple(released),
    )
    kept = [
        one for one in given.counts if (one.session, one.breakdown) not in left_out and one.measure != MEDIAN
    ]
    return Case(
        request,
        [],
        left_out,
        wanted=[*kept, *given.impossible],
        values={**{one: known[one] for one in kept if one in known}, **dict.fromkeys(given.impossible, 0)},
        impossible=set(given.impossible),
        withheld={one for one in kept if one not in known},
        medians={
            name: found
            for name, limit in thresholds.items()
            if name not in without_median and (name, MINUTES) not in left_out
            if (found := _median(known, name, limit))
        },
    )


def _median(known: Mapping[Cell, int], session: str, threshold: int) -> median.Median | None:
    attended = known.get(Cell(session, measure=ATTENDED))
    return median.given(known.get(Cell(session, measure=MEDIAN)), attended, threshold)


def _rows(given: Given, case: Case, why: Mapping[Cell, str]) -> list[Row]:
    rows = []
    for one in case.wanted:
        if one in case.impossible:
            rows.append(_row(given, one, None, CANNOT_OCCUR))
        elif one in why:
            rows.append(_row(given, one, None, WITHHELD))
        else:
            rows.append(_row(given, one, case.values[one], SHOWN))
    for one in given.counts:
        if one.measure == MEDIAN and (one.session, one.breakdown) not in case.dropped:
            found = case.medians.get(one.session) if Cell(one.session) not in why else None
            rows.append(_row(given, one, found.minutes, SHOWN) if found else _row(given, one, None, WITHHELD))
    return rows + [_row(given, one, None, NOT_COLLECTED) for one in given.not_collected]


def _row(given: Given, one: Cell, value: int | None, status: str) -> Row:
    return Row(
        given.series,
        one.session,
        one.mode,
        one.dimension_1,
        one.category_1,
        one.dimension_2,
        one.category_2,
        one.measure,
        value,
        status,
        0,
    )
