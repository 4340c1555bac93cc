"""What an attacker knows from every table ever released, as cells and equations beside those of a new release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..privacy.disclosure.system import Equation, Order
from . import equations as known
from . import median
from . import releases as earlier
from .cells import ALL, MINUTES, MODES, Cell
from .releases import Release
from .states import PRESENT, Figures, Group, States, group_of

# A cell of the new release by itself; one of an earlier state of its table with the number of that state.
Key = Cell | tuple[int, Cell]


@dataclass
class Past:
    """Earlier releases, in the terms of ``privacy.disclosure``.

    Attributes:
        equations: sums that hold in each earlier table.
        orders: what cannot be greater than another.
        supposed: what grew or shrank from one state to another, as whoever compares what is shown may think.
        shown: figures that everybody has read. Those of the new release's cells hold for it too: nothing changed.
        hidden: figures that were withheld and must stay so, with the threshold of their time.
        unknown: sums that no table has and nobody knows.
    """

    equations: list[Equation] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    supposed: list[Order] = field(default_factory=list)
    shown: dict[Key, int] = field(default_factory=dict)
    hidden: dict[Key, int] = field(default_factory=dict)
    unknown: set[Key] = field(default_factory=set)


def past(released: Sequence[Release], values: Mapping[Cell, int]) -> Past:
    """Return what is known from earlier releases.

    Args:
        released: every table ever released of the sessions, and of their series.
        values: the figures of the new release, and those that earlier tables had beside them. A session that stands
            here was computed anew.
    """
    result, states = Past(), States(values)
    for number, release in enumerate(sorted(released, key=lambda one: (one.dataset, one.number)), 1):
        _add(result, states, release, number)
    return result


def _add(result: Past, states: States, release: Release, number: int) -> None:
    said = {session: one for session, (one,) in earlier.statements([release]).items()}
    groups: dict[Group, dict[Cell, int | None]] = {}
    for statement in said.values():
        for one, value in statement.figures.items():
            groups.setdefault(group_of(one), {})[one] = value
    chosen = states.place(groups, number)

    def key_of(one: Cell) -> Key:
        return _key(one, chosen[group_of(one)])

    for session, statement in said.items():
        for one, value in statement.figures.items():
            key = key_of(one)
            if value is not None:
                result.shown[key] = value
                result.hidden.pop(key, None)
            elif key not in result.shown:
                result.hidden[key] = max(statement.threshold, result.hidden.get(key, 0))
        result.supposed += _supposed(states, session, groups, chosen)
        if statement.median and (session, MINUTES) in chosen:
            _add_median(result, statement.median, session, statement.figures, chosen[session, MINUTES])
    states.note(groups, chosen)
    cells = [one for figures in groups.values() for one in figures]
    for equation in known.among(cells):
        result.equations.append(Equation(key_of(equation.whole), tuple(map(key_of, equation.parts))))
    sessions = sorted(session for session in said if session != ALL)
    for order in known.orders(cells, sessions, modes=MODES):
        result.orders.append(Order(key_of(order.lesser), key_of(order.greater)))


def _key(one: Cell, state: int) -> Key:
    return one if state == PRESENT else (state, one)


def _add_median(result: Past, found: median.Median, session: str, figures: Figures, state: int) -> None:
    told = median.knowledge(session, found, figures)
    result.equations += [
        Equation(_key(one.whole, state), tuple(_key(part, state) for part in one.parts))
        for one in told.equations
    ]
    result.orders += [Order(_key(one.lesser, state), _key(one.greater, state)) for one in told.orders]
    result.shown |= {_key(one, state): value for one, value in told.constants.items()}
    result.unknown |= {_key(one, state) for one in told.sums}


def _supposed(
    states: States, session: str, groups: Mapping[Group, Figures], chosen: Mapping[Group, int]
) -> Iterator[Order]:
    """Yield that no figure became less, or none more, where that is so of all that is shown."""
    mine = {
        one: value
        for group, figures in groups.items()
        if group[0] == session
        for one, value in figures.items()
    }
    for state, there in states.others(session, chosen):
        common = [one for one in mine if one in there]
        changes = [
            later - sooner
            for one in common
            if (sooner := mine[one]) is not None and (later := there[one]) is not None
        ]
        if not changes or (min(changes) < 0 < max(changes)):
            continue
        for one in common:
            before, after = _key(one, chosen[group_of(one)]), _key(one, state)
            yield Order(before, after) if min(changes) >= 0 else Order(after, before)
