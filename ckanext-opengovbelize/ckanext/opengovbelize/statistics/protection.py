"""Which cells of an attempt must be hidden, beside everything that was released before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from math import log1p

from ..privacy.disclosure.audit import CONTRADICTORY, TIMED_OUT, audit
from ..privacy.disclosure.control import protect
from ..privacy.disclosure.solver import Clock, OutOfTime
from ..privacy.disclosure.system import System
from . import equations, history, median
from .case import Case, modes, thresholds
from .cells import ALL, ATTENDANCES, ATTENDED, MODE, NEVER_PUBLISHED, NO_SHOWS, PARTICIPANTS, Cell
from .history import Key
from .model import PRIMARY, SECONDARY

# What hiding a figure costs, beside a little for its size: totals last, single cells of a crossing first.
_COST_OF_TOTAL = {ATTENDED: 2000.0, PARTICIPANTS: 4000.0, ATTENDANCES: 4000.0, NO_SHOWS: 40.0}
_COST_OF_MEASURE, _COST_OF_MODE, _COST_OF_ONE, _COST_OF_TWO = 200.0, 60.0, 8.0, 1.0


def protected(case: Case, seconds: float) -> tuple[dict[Cell, str], dict[tuple[str, str], str]]:
    """Hide what must be hidden.

    Returns:
        Why each hidden cell is, and, where that is not enough, the sessions and breakdowns to give up with a code.
    """
    clock = Clock(seconds)
    past = history.past(case.request.released, case.values)
    try:
        why, refused = _protected(case, past, clock)
        if past.supposed and CONTRADICTORY in refused.values():
            # People were moved, not only added or taken away: who supposes that finds nothing out.
            why, refused = _protected(case, replace(past, supposed=[]), clock)
    except OutOfTime:
        return {}, _breakdowns(case, TIMED_OUT, [])
    return why, refused


def _protected(
    case: Case, past: history.Past, clock: Clock
) -> tuple[dict[Cell, str], dict[tuple[str, str], str]]:
    request = case.request
    limits = thresholds(request)
    wanted = frozenset(case.wanted)
    never = {
        one for one in case.values if one.measure in NEVER_PUBLISHED or one not in wanted
    } - past.shown.keys()
    told = [median.knowledge(session, one, case.cells) for session, one in case.medians.items()]
    sums = {whole: _sum(case, parts) for one in told for whole, parts in one.sums.items()}
    constants = {one: value for said in told for one, value in said.constants.items()}
    system = _system(case, past, told)
    values: dict[Key, int | None] = {
        **dict.fromkeys([*past.hidden, *past.unknown, *case.withheld]),
        **past.shown,
        **case.values,
        **sums,
        **constants,
    }
    protection = protect(
        system,
        values,
        thresholds={one: limits[one.session] for one in case.values},
        published=[*past.shown, *constants],
        suppressed=[*past.hidden, *case.withheld],
        unpublished=[*never, *past.unknown, *sums],
        impossible=case.impossible,
        weights={one: _cost(one, value) for one, value in case.values.items()},
        seconds=clock.left(),
    )
    if protection.refusal:
        return {}, _breakdowns(case, protection.refusal, protection.narrow)
    why = dict.fromkeys([*past.hidden, *case.withheld], SECONDARY)
    why |= dict.fromkeys(protection.secondary, SECONDARY) | dict.fromkeys(protection.primary, PRIMARY)
    if past.hidden:
        refused = _gives_away_earlier(
            case,
            past,
            system,
            {
                key: value
                for key, value in values.items()
                if key not in why and key not in never and key not in sums
            },
            protection.tables,
            clock,
        )
        if refused:
            return {}, refused
    return {one: word for one, word in why.items() if isinstance(one, Cell)}, {}


def _system(case: Case, past: history.Past, told: Sequence[median.Knowledge]) -> System:
    request = case.request
    names = [session.name for session in request.sessions]
    sums = [*equations.among(case.cells), *past.equations]
    greater = [*equations.orders(case.cells, names, modes=modes(request, ALL)), *past.orders]
    greater += past.supposed
    for one in told:
        sums += one.equations
        greater += one.orders
    cells = [*case.cells, *past.shown, *past.hidden, *past.unknown]
    return System(tuple(dict.fromkeys(sums)), tuple(dict.fromkeys(greater)), tuple(dict.fromkeys(cells)))


def _sum(case: Case, parts: Collection[Cell]) -> int | None:
    known = [case.values.get(part) for part in parts]
    return None if None in known else sum(filter(None, known))


def _gives_away_earlier(
    case: Case,
    past: history.Past,
    system: System,
    shown: Mapping[Key, int | None],
    tables: Collection[Mapping[Key, int]],
    clock: Clock,
) -> dict[tuple[str, str], str]:
    """Return the breakdowns whose release would let earlier secrets be worked out.

    Which of the figures withheld then were small is stored nowhere; those that could have been anything from 0 to
    T as long as the earlier releases stood alone must still be so.
    """
    cells = tuple(dict.fromkeys([*past.shown, *past.hidden, *past.unknown]))
    alone = System(tuple(past.equations), (*past.orders, *past.supposed), cells)
    before = audit(alone, past.shown, past.hidden, seconds=clock.left(), tables=tables)
    if before.refusal in (CONTRADICTORY, TIMED_OUT):
        return _breakdowns(case, before.refusal, [])
    open_then = {key: limit for key, limit in past.hidden.items() if key not in before.narrow}
    values = {key: value for key, value in shown.items() if value is not None}
    after = audit(system, values, open_then, impossible=case.impossible, seconds=clock.left(), tables=tables)
    return _breakdowns(case, after.refusal, after.narrow) if after.refusal else {}


def _breakdowns(case: Case, refusal: str, narrow: Collection[Key]) -> dict[tuple[str, str], str]:
    """Return which breakdowns to give up: those of the cells, else every one that is left, else the totals."""
    cells = [key if isinstance(key, Cell) else key[1] for key in narrow]
    here = {(one.session, one.breakdown) for one in case.wanted if one.breakdown}
    found = {(one.session, one.breakdown) for one in cells if (one.session, one.breakdown) in here} or here
    return dict.fromkeys(found, refusal) or {(ALL, ""): refusal}


def _cost(one: Cell, value: int) -> float:
    size = 1 + log1p(value) / 100
    names = [name for name in one.table if name != MODE]
    if not one.table:
        return size * _COST_OF_TOTAL.get(one.measure, _COST_OF_MEASURE)
    if not names:
        return size * _COST_OF_MODE
    return size * (_COST_OF_ONE if len(one.table) == 1 else _COST_OF_TWO)
