"""Which cells must be hidden beside the small ones, so that nobody can work those out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy import sparse

from .audit import CONTRADICTORY, TIMED_OUT, TOO_NARROW, Interval, audit
from .solver import OPTIMAL, Answer, Clock, OutOfTime, Solver
from .system import Key, System, SystemFault, count, threshold

# How many other costs are tried before the search for a whole change starts.
_RETRIES = 4
# How many questions are asked to show cells again; so large a table that more were needed hides a few cells more.
_MOST_QUESTIONS = 1500


@dataclass(frozen=True)
class Protection:
    """Which cells to hide.

    Attributes:
        primary: hidden since they are small.
        secondary: hidden so that others stay so, and those that were hidden before.
        intervals: of every cell that is protected, what an attacker can derive: at least as wide as this.
        refusal: empty, or why nothing may be published: ``too-narrow`` (some cells can be worked out whatever is
            hidden), ``infeasible`` (the values contradict each other) or ``out-of-time``.
        narrow: the cells that cannot be protected.
        tables: whole tables that agree with everything shown, in which the protected cells reach their ends: to save
            time in an audit of other cells.
    """

    primary: frozenset[Key] = frozenset()
    secondary: frozenset[Key] = frozenset()
    intervals: dict[Key, Interval] = field(default_factory=dict)
    refusal: str = ""
    narrow: tuple[Key, ...] = ()
    tables: tuple[dict[Key, int], ...] = ()


def protect(
    system: System,
    values: Mapping[Key, int | None],
    *,
    thresholds: Mapping[Key, int],
    suppressed: Collection[Key] = (),
    published: Collection[Key] = (),
    unpublished: Collection[Key] = (),
    impossible: Collection[Key] = (),
    weights: Mapping[Key, float] | None = None,
    seconds: float = 60,
) -> Protection:
    """Hide cells until every small one could be anything from 0 to its threshold T.

    Guaranteed, by an audit of the result: for each cell of a value below its T that is hidden or never shown,
    there is a whole table in which it is 0 and one in which it is T or more, and both agree with everything
    that is shown, the equations and the orders.

    Not guaranteed: that every value in between is possible, or equally likely; anything against an attacker who
    knows some of the hidden values or has figures from elsewhere. The cells hidden beside the small ones depend on
    the values, since what must be hidden does; no other property of the pattern is meant to be a secret, but who
    runs the same method on guessed tables can rule out those that lead to another pattern. Therefore nothing that
    is published may tell which hidden cells are small ones.

    Args:
        system: cells, equations, orders.
        values: of each cell its count; None for what is hidden already and nobody knows any more.
        thresholds: T of the cells whose small values must be hidden. Others are never small.
        suppressed: cells that must stay hidden whatever their value.
        published: cells whose values are public since earlier and cannot be hidden any more.
        unpublished: cells that are never shown, protected where small.
        impossible: cells that cannot occur: 0, as everybody knows; never hidden.
        weights: what hiding a cell costs, 1 where nothing is said.
        seconds: for everything. More time never leads to another pattern.

    Raises:
        SystemFault: unknown cells, missing values, counts that are none, settings that contradict each other.
    """
    task = _Task.of(system, values, thresholds, suppressed, published, unpublished, impossible, weights or {})
    clock = Clock(seconds)
    try:
        counts = task.whole_table(clock)
        if counts is None:
            return Protection(refusal=CONTRADICTORY)
        pattern = _Pattern(task, counts, clock)
        pattern.hide()
        if pattern.narrow:
            narrow = tuple(system.cells[cell] for cell in pattern.narrow)
            return Protection(refusal=TOO_NARROW, narrow=narrow)
        pattern.show_again()
        return pattern.audited()
    except OutOfTime:
        return Protection(refusal=TIMED_OUT)


@dataclass(frozen=True)
class _Task:
    """The arguments of ``protect`` by position of the cell: ``count`` is -1 where nobody knows it."""

    system: System
    count: np.ndarray
    need: np.ndarray
    weight: np.ndarray
    fixed: np.ndarray
    hidden: np.ndarray
    unpublished: np.ndarray
    impossible: np.ndarray

    @classmethod
    def of(
        cls,
        system: System,
        values: Mapping[Key, int | None],
        thresholds: Mapping[Key, int],
        suppressed: Collection[Key],
        published: Collection[Key],
        unpublished: Collection[Key],
        impossible: Collection[Key],
        weights: Mapping[Key, float],
    ) -> _Task:
        named = {
            "values": values,
            "thresholds": thresholds,
            "suppressed": suppressed,
            "published": published,
            "unpublished": unpublished,
            "impossible": impossible,
            "weights": weights,
        }
        for what, keys in named.items():
            system.require(keys, what)

        def marked(keys: Collection[Key]) -> np.ndarray:
            mask = np.zeros(len(system), dtype=bool)
            mask[[system.index[key] for key in keys]] = True
            return mask

        counts = np.array([_count(values, key) for key in system.cells], dtype=np.int64)
        is_public, never, zero = marked(published), marked(unpublished), marked(impossible)
        unknown = (counts < 0) & ~zero
        counts[zero & (counts < 0)] = 0
        for mask, what in (
            (is_public & marked(suppressed), "suppressed and published"),
            (is_public & unknown, "published, but without a value"),
        ):
            if mask.any():
                raise SystemFault(f"{system.cells[int(np.flatnonzero(mask)[0])]!r} is {what}.")
        weight = np.ones(len(system))
        for key, value in weights.items():
            if not 0 <= value < np.inf:
                raise SystemFault(f"The weight of {key!r} is not a number of 0 or more.")
            weight[system.index[key]] = value
        need = np.zeros(len(system), dtype=np.int64)
        for key, value in thresholds.items():
            need[system.index[key]] = threshold(value, key)
        is_public |= zero
        need[is_public | unknown | (counts >= need)] = 0
        hidden = ((need > 0) | unknown | never | marked(suppressed)) & ~is_public
        return cls(system, counts, need, weight, is_public, hidden, never & ~is_public, zero)

    def whole_table(self, clock: Clock) -> np.ndarray | None:
        """Return the counts, with possible ones for those that nobody knows; None where there are none."""
        if np.any(self.count[self.impossible]):
            return None
        low, high = self.system.row_bounds
        unknown = self.count < 0
        counts = self.count
        if unknown.any():
            solver = Solver(self.system.rows, low, high, clock, integral=True)
            least = np.where(unknown, 0, counts)
            answer = solver.cheapest(np.zeros(len(counts)), least, np.where(unknown, np.inf, counts))
            if answer.status != OPTIMAL:
                return None
            counts = np.rint(answer.point).astype(np.int64)
        sums = self.system.rows @ counts
        return counts if np.all((low <= sums) & (sums <= high)) else None


def _count(values: Mapping[Key, int | None], key: Key) -> int:
    if key not in values:
        raise SystemFault(
            f"There is no value for {key!r}; say None if it is hidden already and nobody knows it."
        )
    value = values[key]
    return -1 if value is None else count(value, key)


class _Goal(NamedTuple):
    """A cell that must be able to become ``value`` (or more, if that is not 0)."""

    cell: int
    value: int


class _Pattern:
    """The hidden cells, and for each goal a whole table that reaches it with no other cell changed.

    Tables are kept as changes from the true one.
    """

    def __init__(self, task: _Task, counts: np.ndarray, clock: Clock) -> None:
        self._task, self._counts, self._clock = task, counts, clock
        self._hidden = task.hidden.copy()
        cells = np.flatnonzero(task.need)
        self._goals = [_Goal(int(cell), 0) for cell in cells if counts[cell] > 0]
        self._goals += [_Goal(int(cell), int(task.need[cell])) for cell in cells]
        self._changes: dict[_Goal, np.ndarray] = {}
        self._moves = _Moves(task.system, counts, clock)
        self.narrow: list[int] = []

    def hide(self) -> None:
        """Hide more cells, until every goal has its table or no more can be hidden."""
        free = ~self._task.fixed
        self._reach_many()
        for goal in self._goals:
            if goal in self._changes:
                continue
            costs = np.where(self._hidden, 0.0, self._task.weight + 1e-3)
            change = self._moves.sparse(goal, costs, free)
            if change is None:
                self.narrow.append(goal.cell)
                continue
            self._hidden |= change != 0
            self._note(change)
        self.narrow = list(dict.fromkeys(self.narrow))

    def show_again(self) -> None:
        """Show the cells that turned out not to be needed, the costliest first."""
        task = self._task
        spare = np.flatnonzero(self._hidden & ~task.hidden)
        last = self._moves.questions + _MOST_QUESTIONS
        for cell in sorted(spare, key=lambda cell: (-task.weight[cell], -self._counts[cell], cell)):
            if self._moves.questions > last:
                return
            self._hidden[cell] = False
            if not self._replace(int(cell)):
                self._hidden[cell] = True

    def audited(self) -> Protection:
        """Return the pattern, audited anew."""
        task, system = self._task, self._task.system
        shown = {key: int(self._counts[at]) for at, key in enumerate(system.cells) if not self._hidden[at]}
        targets = {system.cells[cell]: int(task.need[cell]) for cell in np.flatnonzero(task.need)}
        changes = {id(change): change for change in self._changes.values()}.values()
        tables = tuple(
            dict(zip(system.cells, (self._counts + change).tolist(), strict=True)) for change in changes
        )
        report = audit(
            system,
            shown,
            targets,
            impossible=_keys(system, task.impossible),
            seconds=self._clock.left(),
            tables=tables,
        )
        if report.refusal:
            return Protection(refusal=report.refusal, narrow=report.narrow)
        primary = (task.need > 0) & ~task.unpublished
        secondary = self._hidden & ~primary & ~task.unpublished
        return Protection(
            frozenset(_keys(system, primary)),
            frozenset(_keys(system, secondary)),
            report.intervals,
            tables=tables,
        )

    def _reach_many(self) -> None:
        """Move as many cells as possible in one table with what is hidden already."""
        for down in (True, False):
            while True:
                waiting = [
                    goal for goal in self._goals if goal not in self._changes and (goal.value == 0) == down
                ]
                if not waiting:
                    break
                change = self._moves.many(waiting, self._hidden)
                if change is None:
                    break
                self._note(change)
                if not any(goal in self._changes for goal in waiting):
                    break

    def _note(self, change: np.ndarray) -> None:
        for goal in self._goals:
            if goal not in self._changes and _reaches(change, goal, self._counts):
                self._changes[goal] = change

    def _replace(self, cell: int) -> bool:
        """Find another table for every goal whose table changes ``cell``; leave all as it was if there is none."""
        lost = [goal for goal, change in self._changes.items() if change[cell]]
        before = {goal: self._changes.pop(goal) for goal in lost}
        spare = self._hidden & ~self._task.hidden
        costs = np.where(spare, self._task.weight + 1e-3, 0.0)
        for goal in lost:
            if goal in self._changes:
                continue
            # Without the long search: where it would be needed, the cell stays hidden.
            change = self._moves.cheapest(goal, costs, self._hidden, search=False)
            if change is None:
                self._changes |= before
                return False
            self._note(change)
        return True


def _reaches(change: np.ndarray, goal: _Goal, counts: np.ndarray) -> bool:
    there = counts[goal.cell] + change[goal.cell]
    return there >= goal.value if goal.value else there == 0


def _keys(system: System, mask: np.ndarray) -> list[Key]:
    return [system.cells[at] for at in np.flatnonzero(mask)]


class _Moves:
    """Finds the cheapest changes of a table that bring a cell where it must be able to go.

    A change is written as what is added minus what is taken away, so that both can cost something.
    """

    def __init__(self, system: System, counts: np.ndarray, clock: Clock) -> None:
        self._counts, self._clock = counts, clock
        self._rows = system.rows
        low, high = system.row_bounds
        sums = system.rows @ counts
        self._low, self._high = low - sums, high - sums
        both = sparse.csr_array(sparse.hstack([system.rows, -system.rows]))
        self._linear = Solver(both, self._low, self._high, clock)
        self._both = both
        self._whole: Solver | None = None
        self.questions = 0
        # The same in every run, so that the same counts always lead to the same pattern.
        self._chance = np.random.default_rng(0)

    def sparse(self, goal: _Goal, costs: np.ndarray, free: np.ndarray) -> np.ndarray | None:
        """Return a change that touches few costly cells; None if there is none at all."""
        best = self.cheapest(goal, costs, free)
        if best is None:
            return None
        change: np.ndarray | None = best
        for _ in range(3):
            if change is None or not costs[best != 0].any():
                break
            size = np.abs(change)
            change = self._linear_change(goal, costs / np.where(size > 0, size, 0.5), free)
            if change is not None and costs[change != 0].sum() < costs[best != 0].sum():
                best = change
        return best

    def cheapest(
        self, goal: _Goal, costs: np.ndarray, free: np.ndarray, *, search: bool = True
    ) -> np.ndarray | None:
        """Return a change of little cost; None if no whole table reaches the goal, or none is found without a search.

        It has the least cost where the linear relaxation has a whole answer. Where it has none, slightly other costs
        often lead to one, which costs a hundredth of the time that the search for the very cheapest whole one does.
        """
        answer = self._relaxed(goal, costs, free)
        if answer.status != OPTIMAL:
            return None
        change = self._checked(answer.point)
        touched = self._touched(answer.point)
        for _ in range(_RETRIES):
            if change is not None:
                return change
            answer = self._relaxed(goal, self._jittered(costs), free)
            if answer.status == OPTIMAL:
                change = self._checked(answer.point)
                touched |= self._touched(answer.point)
        if change is None:
            change = self._whole_change(goal, costs, touched)
        if change is None and search:
            change = self._whole_change(goal, costs, free)
        return change

    def _touched(self, point: np.ndarray) -> np.ndarray:
        """Return which cells an answer changes."""
        size = len(self._counts)
        return np.abs(point[:size] - point[size:]) > 1e-6

    def _whole_change(self, goal: _Goal, costs: np.ndarray, free: np.ndarray) -> np.ndarray | None:
        """Search for a change of whole numbers; the fewer cells are free, the quicker."""
        if self._whole is None:
            self._whole = Solver(self._both, self._low, self._high, self._clock, integral=True)
        answer = self._whole.cheapest(np.concatenate([costs, costs]), *self._between(goal, free))
        return self._checked(answer.point) if answer.status == OPTIMAL else None

    def _linear_change(self, goal: _Goal, costs: np.ndarray, free: np.ndarray) -> np.ndarray | None:
        """Return the cheapest change of the linear relaxation, if it is one of whole numbers."""
        answer = self._relaxed(goal, costs, free)
        return self._checked(answer.point) if answer.status == OPTIMAL else None

    def _relaxed(self, goal: _Goal, costs: np.ndarray, free: np.ndarray) -> Answer:
        self.questions += 1
        return self._linear.cheapest(np.concatenate([costs, costs]), *self._between(goal, free))

    def _jittered(self, costs: np.ndarray) -> np.ndarray:
        return costs * self._chance.uniform(0.8, 1.2, len(costs)) + self._chance.uniform(0, 0.01, len(costs))

    def _between(self, goal: _Goal, free: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the bounds of a change that brings the cell to its goal."""
        more, less = self._reach(free)
        need = goal.value - self._counts[goal.cell]
        size = len(self._counts)
        low = np.zeros(2 * size)
        if need > 0:
            low[goal.cell] = need
            less[goal.cell] = 0
        else:
            low[size + goal.cell] = -need
            more[goal.cell] = 0
        return low, np.concatenate([more, less])

    def many(self, goals: list[_Goal], free: np.ndarray) -> np.ndarray | None:
        """Return a change that brings the cells as near to their goals, all above or all below, as possible."""
        more, less = self._reach(free)
        size = len(self._counts)
        cells = np.array([goal.cell for goal in goals])
        costs = np.zeros(2 * size)
        if goals[0].value:
            more[cells] = [goal.value - self._counts[goal.cell] for goal in goals]
            less[cells] = 0
            costs[cells] = -1
        else:
            more[cells] = 0
            costs[size + cells] = -1
        answer = self._linear.cheapest(costs, np.zeros(2 * size), np.concatenate([more, less]))
        return self._checked(answer.point) if answer.status == OPTIMAL else None

    def _reach(self, free: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.where(free, np.inf, 0.0), np.where(free, self._counts, 0).astype(float)

    def _checked(self, point: np.ndarray) -> np.ndarray | None:
        """Return the change in whole numbers, if it leads to a possible table."""
        size = len(self._counts)
        exact = point[:size] - point[size:]
        change = np.rint(exact).astype(np.int64)
        if np.any(np.abs(exact - change) > 1e-5) or np.any(self._counts + change < 0):
            return None
        sums = self._rows @ change
        return change if np.all((self._low <= sums) & (sums <= self._high)) else None
