"""What an attacker can work out: for each withheld count, which values it may have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from .solver import Deadline, OutOfTime, Tables, Vector
from .system import Key, System

TOO_NARROW, INFEASIBLE, OUT_OF_TIME = "too-narrow", "infeasible", "out-of-time"
# Counts of people are looked for up to this, or up to four times what is known: nothing larger hides anybody better.
_LEAST_MOST = 1000


@dataclass(frozen=True)
class Interval:
    """The whole values that a count may have, both ends included; ``high`` is None where nothing bounds it."""

    low: int
    high: int | None


@dataclass
class Audit:
    """The answer of the auditor.

    Attributes:
        refusal: empty where every target is safe; else ``too-narrow``, ``infeasible`` or ``out-of-time``.
        narrow: the targets that are not safe.
        intervals: what can be worked out of each target; only where asked for.
    """

    refusal: str = ""
    narrow: frozenset[Key] = frozenset()
    intervals: dict[Key, Interval] = field(default_factory=dict)


def audit(
    system: System,
    shown: Mapping[Key, int],
    targets: Mapping[Key, int],
    *,
    impossible: Collection[Key] = (),
    seconds: float = 60,
    exact: bool = False,
) -> Audit:
    """Check that nobody can work out a withheld count too closely.

    An attacker knows the system, every shown value, and that counts are whole and not negative. A target is safe
    where one whole table that agrees with all this has 0 in it, and another at least T. Both tables are found, not
    guessed: a bound of the linear relaxation proves that a target is not safe, never that it is.

    Args:
        system: what holds between the cells.
        shown: the values that everybody reads.
        targets: the withheld cells to be safe, each with its T.
        impossible: cells that everybody knows to be 0.
        seconds: for all of it.
        exact: whether to compute the intervals, too.
    """
    deadline = Deadline(seconds)
    fixed = {**dict.fromkeys(impossible, 0), **shown}
    try:
        base = completed(system, fixed, deadline)
        if base is None:
            return Audit(INFEASIBLE, frozenset(targets))
        tables = Tables(system, base, most_of(base, targets), deadline)
        free = np.array([key not in fixed for key in tables.keys])
        witnesses = Witnesses(tables, targets)
        witnesses.seek(free)
        narrow = witnesses.unsettled_keys()
        intervals = {key: _interval(tables, free, key) for key in targets} if exact else {}
    except OutOfTime:
        return Audit(OUT_OF_TIME, frozenset(targets))
    return Audit(TOO_NARROW if narrow else "", narrow, intervals)


def completed(system: System, known: Mapping[Key, int], deadline: Deadline) -> dict[Key, int] | None:
    """Return a whole table that has the known values, or None where there is none."""
    keys = system.keys
    if all(key in known for key in keys):
        return dict(known) if not any(system.broken(known)) else None
    most = most_of(known, {})
    tables = Tables(system, dict.fromkeys(keys, 0), most, deadline)
    free = np.ones(len(keys), dtype=bool)
    bounds = [(tables.index[key], value, value) for key, value in known.items() if key in tables.index]
    cost = np.concatenate([np.ones(len(keys)), np.zeros(len(keys))])
    for whole in (False, True):
        table = tables.solve(free, cost, bounds, whole=whole)
        if table is None:
            return None
        if tables.is_whole(table):
            return {key: int(value) for key, value in zip(keys, np.rint(table), strict=True)}
    return None


def most_of(known: Mapping[Key, int], targets: Mapping[Key, int]) -> int:
    """Return up to which count is looked for."""
    return max(
        [_LEAST_MOST, *(4 * value for value in known.values()), *(4 * limit for limit in targets.values())]
    )


class Witnesses:
    """Whole tables that show for each target that it may be 0, and that it may be T or more.

    Args:
        tables: the model.
        targets: T by cell.
    """

    def __init__(self, tables: Tables, targets: Mapping[Key, int]) -> None:
        self.tables = tables
        self.places = np.array([tables.index[key] for key in targets], dtype=np.int64)
        self.limits = np.array(list(targets.values()), dtype=np.float64)
        # By direction: for each target the number of the table that shows it, -1 for none.
        self.low = np.full(len(self.places), -1)
        self.high = np.full(len(self.places), -1)
        self.found: list[Vector] = []
        self.add(tables.base)

    def add(self, table: Vector) -> bool:
        """Take a whole table as a witness; tell whether it shows anything new."""
        values = np.rint(table)[self.places]
        low = (self.low < 0) & (values <= 0)
        high = (self.high < 0) & (values >= self.limits)
        if not (low.any() or high.any()):
            return False
        self.low[low] = self.high[high] = len(self.found)
        self.found.append(np.rint(table))
        return True

    def unsettled(self) -> list[tuple[int, bool]]:
        """Return the targets that are not shown to be safe, and in which direction (True: upwards)."""
        return [(at, False) for at in np.flatnonzero(self.low < 0)] + [
            (at, True) for at in np.flatnonzero(self.high < 0)
        ]

    def unsettled_keys(self) -> frozenset[Key]:
        """Return the targets that are not shown to be safe."""
        return frozenset(self.tables.keys[self.places[at]] for at, _ in self.unsettled())

    def keep(self, free: np.ndarray) -> None:
        """Drop the tables in which cells move that are not free."""
        self.found = [table for table in self.found if not np.any((table != self.tables.base) & ~free)]
        self.low[:] = self.high[:] = -1
        for number, table in enumerate(self.found):
            values = table[self.places]
            self.low[(self.low < 0) & (values <= 0)] = number
            self.high[(self.high < 0) & (values >= self.limits)] = number

    def seek(self, free: np.ndarray, *, give_up: bool = False) -> bool:
        """Look for witnesses in which only free cells move.

        Args:
            free: which cells may move.
            give_up: whether to stop at the first target that is not safe.

        Returns:
            Whether every target is settled.
        """
        while self.unsettled() and self._together(free):
            pass
        for at, upwards in self.unsettled():
            settled = self.high[at] if upwards else self.low[at]
            if settled < 0 and not self._alone(free, at, upwards) and give_up:
                return False
        return not self.unsettled()

    def _together(self, free: np.ndarray) -> bool:
        """Push all unsettled targets at once, first down, then up; tell whether one is settled by it."""
        size = self.tables.size
        progress = False
        for upwards in (False, True):
            at = np.flatnonzero((self.high if upwards else self.low) < 0)
            if not len(at):
                continue
            cost = np.zeros(2 * size)
            places = self.places[at]
            cost[places] = -1.0 if upwards else 1.0
            cost[size + places] = 1.0 if upwards else -1.0
            # Nobody needs more than T: what is left makes others reach it.
            bounds = [
                (place, 0, max(limit, self.tables.base[place]))
                for place, limit in zip(places, self.limits[at], strict=True)
            ]
            table = self.tables.solve(free, cost, bounds if upwards else ())
            if table is not None and self.tables.is_whole(table):
                progress |= self.add(table)
        return progress

    def _alone(self, free: np.ndarray, at: int, upwards: bool) -> bool:
        place = int(self.places[at])
        bounds = [(place, self.limits[at], self.tables.most)] if upwards else [(place, 0, 0)]
        for whole in (False, True):
            table = self.tables.solve(free, np.zeros(2 * self.tables.size), bounds, whole=whole)
            if table is None:
                return False
            if self.tables.is_whole(table):
                return self.add(table)
        return False


def _interval(tables: Tables, free: np.ndarray, key: Key) -> Interval:
    place = tables.index[key]
    ends: list[int] = []
    for sign in (1.0, -1.0):
        cost = np.zeros(2 * tables.size)
        cost[place], cost[tables.size + place] = sign, -sign
        table = tables.solve(free, cost, whole=True)
        ends.append(round(float(table[place])) if table is not None else 0)
    return Interval(ends[0], None if ends[1] >= tables.most else ends[1])
