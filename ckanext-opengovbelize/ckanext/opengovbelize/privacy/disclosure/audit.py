"""What an attacker can work out about hidden cells from everything that is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import ceil
from typing import NamedTuple

import numpy as np

from .parts import Part, split
from .solver import INFEASIBLE, OPTIMAL, UNBOUNDED, Clock, OutOfTime, Solver
from .system import Key, System, count, threshold

TOO_NARROW, CONTRADICTORY, TIMED_OUT = "too-narrow", "infeasible", "out-of-time"

# The solver's bounds are good to about a ten-millionth. A bound is rounded inward from this far outside, and only a
# whole table that was checked in exact arithmetic ever proves that an interval is wide enough.
_SLACK = 1e-6


class Interval(NamedTuple):
    """The values that can be derived for a cell; ``high`` is None where there is no greatest one."""

    low: int
    high: int | None


@dataclass(frozen=True)
class Audit:
    """What was found.

    Attributes:
        intervals: of each target. Of an audit that is not exact, the target can take both ends in whole tables, so
            that the true interval is at least as wide; of a target in ``narrow``, they are what was reached.
        refusal: empty if every target is protected; ``too-narrow``, ``infeasible`` (no whole table has the shown
            values) or ``out-of-time``. The last two mean that nothing was proved.
        narrow: the targets that are not protected, in the order of the targets.
    """

    intervals: dict[Key, Interval] = field(default_factory=dict)
    refusal: str = ""
    narrow: tuple[Key, ...] = ()


def audit(
    system: System,
    shown: Mapping[Key, int],
    targets: Mapping[Key, int],
    *,
    impossible: Collection[Key] = (),
    seconds: float = 60,
    exact: bool = False,
    tables: Collection[Mapping[Key, int]] = (),
) -> Audit:
    """Find out which targets an attacker cannot pin down: those that can be 0 and can be T in whole tables.

    The attacker knows the equations and orders, that counts are whole and not negative, and what is shown. That a
    bound of the linear relaxation is wide proves nothing, since in linked tables there may be no whole table near
    it; a target counts as protected only by two whole tables, each checked in exact arithmetic. A linear bound
    that is too narrow proves by itself that the target is not protected.

    Args:
        system: cells, equations, orders.
        shown: the values that are public.
        targets: cells that must be protected, each with its threshold T.
        impossible: cells that cannot occur: everybody knows that they are 0.
        seconds: for the whole audit.
        exact: find the least and greatest value of each target, instead of stopping when 0 and T are reached.
        tables: tables that may be possible, to save time. They are believed only after a check.

    Raises:
        SystemFault: unknown cells, counts that are none, a threshold below 1.
    """
    for keys, what in ((shown, "shown"), (targets, "targets"), (impossible, "impossible")):
        system.require(keys, what)
    known = {key: count(value, key) for key, value in shown.items()}
    goals = {key: threshold(value, key) for key, value in targets.items()}
    for key in impossible:
        if known.setdefault(key, 0):
            return Audit(refusal=CONTRADICTORY)
    parts = split(system, known)
    if parts is None:
        return Audit(refusal=CONTRADICTORY)
    clock = Clock(seconds)
    found = {key: Interval(known[key], known[key]) for key in goals if key in known}
    try:
        for part in parts:
            keys = [system.cells[cell] for cell in part.cells]
            needs = np.array([goals.get(key, 0) for key in keys])
            prover = Prover(part, needs, clock)
            for table in tables:
                prover.note(np.array([table.get(key, -1) for key in keys]))
            if not prover.is_possible():
                return Audit(refusal=CONTRADICTORY)
            if not exact:
                prover.prove()
            ends = prover.exact if exact else prover.reached
            found |= {keys[column]: ends(column) for column in np.flatnonzero(needs).tolist()}
    except OutOfTime:
        return Audit(refusal=TIMED_OUT)
    narrow = tuple(key for key, need in goals.items() if not _is_wide(found[key], need))
    return Audit({key: found[key] for key in goals}, TOO_NARROW if narrow else "", narrow)


def _is_wide(interval: Interval, need: int) -> bool:
    return interval.low <= 0 and (interval.high is None or interval.high >= need)


class Prover:
    """Looks for whole tables of one part in which cells are 0, and in which they reach what they need.

    Args:
        part: the hidden cells.
        needs: for each of them its threshold, or 0 if it is no target.
        clock: when to stop.
    """

    def __init__(self, part: Part, needs: np.ndarray, clock: Clock) -> None:
        self._part, self._needs = part, needs
        size = len(part.cells)
        self._linear = Solver(part.rows, part.low, part.high, clock)
        self._whole = cache(lambda: Solver(part.rows, part.low, part.high, clock, integral=True))
        self._free_low, self._free_high = np.zeros(size), np.full(size, np.inf)
        self._lowest = np.full(size, np.iinfo(np.int64).max)
        self._highest = np.full(size, -1)

    def note(self, point: np.ndarray) -> bool:
        """Remember how far the cells get in this table, if it is a possible one of whole counts; say if it is."""
        counts = self._part.whole(point)
        if counts is None:
            return False
        np.minimum(self._lowest, counts, out=self._lowest)
        np.maximum(self._highest, counts, out=self._highest)
        return True

    def is_possible(self) -> bool:
        """Say whether any whole table has the shown values."""
        if np.all(self._highest >= 0):
            return True
        costs = np.zeros(len(self._needs))
        answer = self._linear.cheapest(costs, self._free_low, self._free_high)
        if answer.status != OPTIMAL:
            return False
        return self.note(answer.point) or self._search(costs, self._free_low, self._free_high)

    def prove(self) -> None:
        """Try to bring every target to 0 and to its threshold: all at once, then one by one."""
        for down in (True, False):
            self._prove_many(down)
            for column in self._unproved(down):
                # Tables found for one cell may have settled the next.
                if self._is_open(down)[column]:
                    self._prove_one(column, down)

    def reached(self, column: int) -> Interval:
        """Return how far the cell got in the whole tables found."""
        return Interval(int(self._lowest[column]), int(self._highest[column]))

    def exact(self, column: int) -> Interval:
        """Return the least and the greatest value of the cell in all whole tables."""
        low = self._extreme(column, 1)
        high = self._extreme(column, -1)
        assert low is not None, "a count is never below 0"
        return Interval(low, high)

    def _is_open(self, down: bool) -> np.ndarray:
        reached = self._lowest <= 0 if down else self._highest >= self._needs
        return (self._needs > 0) & ~reached

    def _unproved(self, down: bool) -> Iterator[int]:
        return iter(np.flatnonzero(self._is_open(down)).tolist())

    def _prove_many(self, down: bool) -> None:
        """Move as many cells as possible in one table, as long as that settles some."""
        while (is_open := self._is_open(down)).sum() > 1:
            high = np.where(is_open, self._needs, self._free_high)
            answer = self._linear.cheapest(
                np.where(is_open, 1.0 if down else -1.0, 0.0), self._free_low, high
            )
            if answer.status != OPTIMAL or not self.note(answer.point):
                return
            if self._is_open(down).sum() == is_open.sum():
                return

    def _prove_one(self, column: int, down: bool) -> None:
        costs = np.zeros(len(self._needs))
        costs[column] = 1.0 if down else -1.0
        low, high = self._free_low.copy(), self._free_high.copy()
        need = 0 if down else int(self._needs[column])
        high[column] = self._needs[column]
        answer = self._linear.cheapest(costs, low, high)
        if answer.status == INFEASIBLE:
            # Even the least value is above the threshold.
            return
        self.note(answer.point)
        falls_short = answer.cost > _SLACK if down else -answer.cost < need - _SLACK
        if falls_short or not self._is_open(down)[column]:
            return
        low[column] = high[column] = need
        self._search(np.zeros(len(costs)), low, high)
        if not down and self._is_open(down)[column]:
            # Exactly T may be out of reach where more than T is not.
            high[column] = np.inf
            self._search(np.zeros(len(costs)), low, high)

    def _search(self, costs: np.ndarray, low: np.ndarray, high: np.ndarray) -> bool:
        answer = self._whole().cheapest(costs, low, high)
        return answer.status == OPTIMAL and self.note(answer.point)

    def _extreme(self, column: int, sign: int) -> int | None:
        costs = np.zeros(len(self._needs))
        costs[column] = sign
        answer = self._linear.cheapest(costs, self._free_low, self._free_high)
        if answer.status == UNBOUNDED:
            # The rows are whole numbers and there is a whole table: then whole tables have no bound either.
            return None
        bound = ceil(answer.cost - _SLACK)
        if self.note(answer.point) and self._best(column, sign) == bound:
            return abs(bound)
        answer = self._whole().cheapest(costs, self._free_low, self._free_high)
        if answer.status == OPTIMAL:
            self.note(answer.point)
        return abs(self._best(column, sign))

    def _best(self, column: int, sign: int) -> int:
        return int(self._lowest[column]) if sign > 0 else -int(self._highest[column])
