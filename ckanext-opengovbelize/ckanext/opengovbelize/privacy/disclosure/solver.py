"""HiGHS, kept warm: tables near a known one, in which some cells may move and the others stay."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from enum import Enum

import highspy
import numpy as np
import numpy.typing as npt

from .system import Key, System

Vector = npt.NDArray[np.float64]
_WHOLE = 1e-6


class OutOfTime(Exception):
    """The time for a question was over before its answer."""


class Answer(Enum):
    """Whether a table was found."""

    FOUND = "found"
    NONE = "none"


class Deadline:
    """How long the whole of a computation may take."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            OutOfTime: there are none.
        """
        left = self.end - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left


class Tables:
    """The whole tables that a system allows, as one model whose bounds and costs change from question to question.

    Each cell has two columns, by how much it lies above and below the base. Costs on both make the distance from
    the base cheap or dear.

    Args:
        system: what holds.
        base: a table for which it holds.
        most: no cell is looked for above this.
    """

    def __init__(self, system: System, base: Mapping[Key, int], most: int, deadline: Deadline) -> None:
        self.keys = system.keys
        self.index = {key: place for place, key in enumerate(self.keys)}
        self.base = np.array([base[key] for key in self.keys], dtype=np.float64)
        self.most = most
        self.deadline = deadline
        self.size = len(self.keys)
        self._rows = _Rows(system, self.index, self.base)
        self._highs = self._model()
        self._all = np.arange(2 * self.size, dtype=np.int32)
        self._whole = False

    def solve(
        self,
        free: npt.NDArray[np.bool_],
        cost: Vector,
        bounds: Iterable[tuple[int, float, float]] = (),
        *,
        whole: bool = False,
    ) -> Vector | None:
        """Return the cheapest table in which only free cells differ from the base, or None where there is none.

        Args:
            free: which cells may move.
            cost: of moving each cell up (first half) and down (second half) by one.
            bounds: cells that must lie between two values.
            whole: whether every count must be whole. Otherwise they may be fractions.

        Raises:
            OutOfTime: the deadline passed.
        """
        low = np.zeros(2 * self.size)
        high = np.concatenate([np.where(free, self.most - self.base, 0), np.where(free, self.base, 0)])
        high = np.maximum(high, 0)
        for place, least, greatest in bounds:
            self._bound(place, least, greatest, low, high)
        highs = self._highs
        if whole != self._whole:
            kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            highs.changeColsIntegrality(2 * self.size, self._all, np.array([kind] * (2 * self.size)))
            self._whole = whole
        highs.changeColsBounds(2 * self.size, self._all, low, high)
        highs.changeColsCost(2 * self.size, self._all, cost)
        highs.setOptionValue("time_limit", highs.getRunTime() + self.deadline.left)
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            columns = np.array(highs.getSolution().col_value)
            return self.base + columns[: self.size] - columns[self.size :]
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None
        raise OutOfTime

    def is_whole(self, table: Vector) -> bool:
        """Tell whether a table holds whole counts only, and everything holds for them exactly."""
        rounded = np.rint(table)
        return bool(np.all(np.abs(table - rounded) < _WHOLE)) and self._rows.hold(rounded)

    def _bound(self, place: int, least: float, greatest: float, low: Vector, high: Vector) -> None:
        base = self.base[place]
        low[place], high[place] = max(0, least - base), max(0, min(greatest, self.most) - base)
        low[self.size + place] = max(0, base - greatest)
        high[self.size + place] = max(0, base - least)

    def _model(self) -> highspy.Highs:
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        highs.setOptionValue("mip_rel_gap", 0.0)
        lp = highspy.HighsLp()
        lp.num_col_ = 2 * self.size
        lp.num_row_ = self._rows.count
        lp.col_cost_ = np.zeros(2 * self.size)
        lp.col_lower_ = np.zeros(2 * self.size)
        lp.col_upper_ = np.zeros(2 * self.size)
        lp.row_lower_ = self._rows.lower
        lp.row_upper_ = self._rows.upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = self._rows.start
        lp.a_matrix_.index_ = self._rows.columns
        lp.a_matrix_.value_ = self._rows.coefficients
        highs.passModel(lp)
        return highs


class _Rows:
    """The equations and orders as a sparse matrix on the columns of ``Tables``."""

    def __init__(self, system: System, index: Mapping[Key, int], base: Vector) -> None:
        self._of_cells = [
            [(index[equation.whole], 1.0), *((index[part], -1.0) for part in equation.parts)]
            for equation in system.equations
        ]
        self._sums = len(self._of_cells)
        self._of_cells += [
            [(index[order.greater], 1.0), (index[order.lesser], -1.0)] for order in system.orders
        ]
        self.count = len(self._of_cells)
        size = len(index)
        start, columns, coefficients = [0], [], []
        for row in self._of_cells:
            columns += [place for place, _ in row] + [size + place for place, _ in row]
            coefficients += [value for _, value in row] + [-value for _, value in row]
            start.append(len(columns))
        self.start = np.array(start, dtype=np.int32)
        self.columns = np.array(columns, dtype=np.int32)
        self.coefficients = np.array(coefficients)
        at_base = np.array([sum(value * base[place] for place, value in row) for row in self._of_cells])
        # A table is the base and what is added: sums stay right where what is added sums to what is missing.
        self.lower = -at_base
        self.upper = np.where(np.arange(self.count) < self._sums, -at_base, highspy.kHighsInf)

    def hold(self, table: Vector) -> bool:
        """Tell whether everything holds for a table of whole counts."""
        sums = [sum(value * table[place] for place, value in row) for row in self._of_cells]
        return all(total == 0 for total in sums[: self._sums]) and all(
            total >= 0 for total in sums[self._sums :]
        )
