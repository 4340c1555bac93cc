"""What an attacker knows from every table ever released, as cells and equations beside those of a new release."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ..privacy.disclosure.system import Equation, Order
from . import equations as known
from . import median
from . import releases as earlier
from .cells import ALL, MODES, Cell
from .releases import Release, Statement

# A cell of the new release by itself; one of an earlier version of the same session with the version's number.
Key = Cell | tuple[int, Cell]


@dataclass
class Past:
    """Earlier releases, in the terms of ``privacy.disclosure``.

    Attributes:
        equations: sums that hold in each earlier table.
        orders: what grew or shrank from one version to another, and what cannot be greater than another.
        shown: figures that everybody has read. Those of the new release's cells hold for it too: nothing changed.
        hidden: figures that were withheld and must stay so, with the threshold of their time.
        unknown: sums that no table has and nobody knows.
    """

    equations: list[Equation] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    shown: dict[Key, int] = field(default_factory=dict)
    hidden: dict[Key, int] = field(default_factory=dict)
    unknown: set[Key] = field(default_factory=set)


@dataclass
class _Version:
    """One state of a session's table: all releases that agree with one another tell of the same."""

    number: int
    figures: dict[Cell, int | None]

    def key(self, one: Cell) -> Key:
        return (self.number, one) if self.number else one

    def agrees(self, statement: Statement) -> bool:
        common = [one for one in statement.shown if self.figures.get(one) is not None]
        return bool(common) and all(self.figures[one] == statement.shown[one] for one in common)


def past(released: Sequence[Release], values: Mapping[Cell, int]) -> Past:
    """Return what is known from earlier releases.

    Args:
        released: every table ever released of the sessions, and of their series.
        values: the figures of the new release, and those that earlier tables had beside them. A session that stands
            here was computed anew.
    """
    result = Past()
    versions: dict[str, list[_Version]] = {}
    for one, value in values.items():
        versions.setdefault(one.session, [_Version(0, {})])[0].figures[one] = value
    for release in sorted(released, key=lambda release: (release.dataset, release.number)):
        _add(result, versions, release)
    return result


def _add(result: Past, versions: dict[str, list[_Version]], release: Release) -> None:
    said = {session: one for session, (one,) in earlier.statements([release]).items()}
    chosen = {
        session: _version(result, versions.setdefault(session, []), statement)
        for session, statement in said.items()
    }
    cells: list[Cell] = []
    for session, statement in said.items():
        for one, value in statement.figures.items():
            cells.append(one)
            key = chosen[session].key(one)
            if value is not None:
                result.shown[key] = value
                result.hidden.pop(key, None)
            elif key not in result.shown:
                result.hidden[key] = max(statement.threshold, result.hidden.get(key, 0))

    def key_of(one: Cell) -> Key:
        return chosen[one.session].key(one)

    for session, statement in said.items():
        if statement.median:
            _add_median(result, session, statement, key_of)
    for equation in known.among(cells):
        result.equations.append(Equation(key_of(equation.whole), tuple(map(key_of, equation.parts))))
    sessions = sorted(session for session in said if session != ALL)
    for order in known.orders(cells, sessions, modes=MODES):
        result.orders.append(Order(key_of(order.lesser), key_of(order.greater)))


def _add_median(result: Past, session: str, statement: Statement, key_of: Callable[[Cell], Key]) -> None:
    assert statement.median is not None
    told = median.knowledge(session, statement.median, statement.figures)
    result.equations += [Equation(key_of(one.whole), tuple(map(key_of, one.parts))) for one in told.equations]
    result.orders += [Order(key_of(one.lesser), key_of(one.greater)) for one in told.orders]
    result.shown |= {key_of(one): value for one, value in told.constants.items()}
    result.unknown |= {key_of(one) for one in told.sums}


def _version(result: Past, there: list[_Version], statement: Statement) -> _Version:
    for version in there:
        if version.agrees(statement):
            if version.number:
                version.figures.update(statement.shown)
            return version
    made = _Version(max((version.number for version in there), default=0) + 1, dict(statement.figures))
    for version in there:
        _link(result, made, version)
    there.append(made)
    return made


def _link(result: Past, before: _Version, after: _Version) -> None:
    """Note that nothing shown became less, or nothing became more: then no hidden figure did either, one may think."""
    common = [one for one in before.figures if one in after.figures]
    changes = [
        later - sooner
        for one in common
        if (sooner := before.figures[one]) is not None and (later := after.figures[one]) is not None
    ]
    if not changes:
        return
    if all(change >= 0 for change in changes):
        result.orders += [Order(before.key(one), after.key(one)) for one in common]
    elif all(change <= 0 for change in changes):
        result.orders += [Order(after.key(one), before.key(one)) for one in common]
