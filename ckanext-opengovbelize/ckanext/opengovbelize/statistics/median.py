"""The median of the minutes: when it is published, and what everybody can tell of the groups by minutes from it.

Half of those whose time is known stayed as long as the median or longer, and half not longer. That is a statement about
the minutes table, which therefore goes into the same problem as its figures.
"""

from __future__ import annotations

import statistics
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ..privacy.disclosure.system import Equation, Order
from ..records.attendance.people import People
from . import categories
from .cells import MINUTES, Cell, cell
from .figures import LIMITS

# A median is rounded so that it is nobody's own time.
STEP = 5
# Sums of groups by minutes that no table has, and the number of people that a median is never published below.
_GROUPS, _LEAST = "people_by_minutes:", "people_with_times_at_least"


@dataclass(frozen=True)
class Median:
    """A median that is published, or was.

    Attributes:
        minutes: rounded.
        threshold: so many people at least have times.
    """

    minutes: int
    threshold: int


def of_session(people: People, session: str, threshold: int) -> Median | None:
    """Return the median of a session that twice the threshold of people attended, at least T of them with times.

    Whether it is shown tells nothing beyond that: those whose times are not known may still be as many as T, or nobody.
    """
    there = [
        presence
        for person in people.people
        if (presence := person.presence.get(session)) is not None and presence.joined
    ]
    times = [presence.seconds / 60 for presence in there if presence.seconds is not None]
    if len(there) < 2 * threshold or len(times) < threshold:
        return None
    return Median(STEP * round(statistics.median(times) / STEP), threshold)


def given(value: int | None, attended: int | None, threshold: int) -> Median | None:
    """Return a median that somebody published elsewhere, where so many people are known to have attended."""
    if value is None or attended is None or attended < 2 * threshold:
        return None
    return Median(STEP * round(value / STEP), threshold)


@dataclass(frozen=True)
class Knowledge:
    """What a median tells, in the terms of ``privacy.disclosure``; ``constants`` are numbers that everybody knows."""

    equations: tuple[Equation, ...]
    orders: tuple[Order, ...]
    constants: Mapping[Cell, int]

    @property
    def sums(self) -> dict[Cell, tuple[Cell, ...]]:
        """Return the sums of groups that it speaks of, with their groups."""
        return {one.whole: one.parts for one in self.equations}


def knowledge(session: str, median: Median, known: Collection[Cell]) -> Knowledge:
    """Return what everybody can tell of a session's groups by minutes; nothing where they are not among the cells."""
    groups = {
        code: cell(session, {MINUTES: code})
        for code in categories.codes(MINUTES)
        if code != categories.UNKNOWN
    }
    if not all(group in known for group in groups.values()):
        return Knowledge((), (), {})
    least = Cell(session, measure=f"{_LEAST}:{median.threshold}")
    sums: dict[Cell, tuple[Cell, ...]] = {}

    def together(codes: Collection[str]) -> Cell:
        whole = Cell(session, measure=_GROUPS + "+".join(codes))
        sums[whole] = tuple(groups[code] for code in codes)
        return whole

    orders = [Order(least, together(tuple(groups)))]
    for half in _halves(median.minutes):
        rest = tuple(code for code in groups if code not in half)
        if rest:
            orders.append(Order(together(rest), together(half)))
    equations = tuple(Equation(whole, parts) for whole, parts in sums.items())
    return Knowledge(equations, tuple(orders), {least: median.threshold})


def telling(medians: Collection[str], refused: Collection[tuple[str, str]]) -> set[str]:
    """Return the sessions whose groups by minutes are refused while a median speaks of them."""
    return {session for session, breakdown in refused if breakdown == MINUTES and session in medians}


def _halves(minutes: int) -> Iterator[tuple[str, ...]]:
    """Yield the groups in which those are who stayed as long as the median or longer, and those who did not."""
    least, most = minutes - STEP / 2, minutes + STEP / 2
    yield tuple(code for code, (_low, high) in LIMITS.items() if high > least)
    yield tuple(code for code, (low, _high) in LIMITS.items() if low <= most)
