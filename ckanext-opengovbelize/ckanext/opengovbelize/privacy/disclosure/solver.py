"""HiGHS, the linear and integer solver, for many questions about one set of rows.

Its own binding is used, not scipy's: the next question starts from the last answer, which is many times faster.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

OPTIMAL, INFEASIBLE, UNBOUNDED, OUT_OF_TIME = "optimal", "infeasible", "unbounded", "out-of-time"

_STATUS = {
    highspy.HighsModelStatus.kOptimal: OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: UNBOUNDED,
}


class OutOfTime(Exception):
    """The time that was given has run out."""


class Clock:
    """How much of the time that was given is left."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            OutOfTime: none are left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left


class _SilentHighs(highspy.Highs):
    def enableCallbacks(self) -> None:
        # The constructor calls this, which would print a banner into the output of a command.
        self.silent()
        super().enableCallbacks()


@dataclass(frozen=True)
class Answer:
    """The point with the least cost; without one (``status`` says why) it is empty."""

    status: str
    point: np.ndarray
    cost: float


class Solver:
    """Finds the cheapest point with ``row_low <= rows @ point <= row_high``.

    Args:
        rows: coefficients.
        row_low: least value of each row.
        row_high: greatest value of each row.
        clock: when to stop.
        integral: only points of whole numbers.
    """

    def __init__(
        self,
        rows: sparse.csr_array,
        row_low: np.ndarray,
        row_high: np.ndarray,
        clock: Clock,
        *,
        integral: bool = False,
    ) -> None:
        self._clock = clock
        shape: tuple[int, int] = rows.shape  # pyright: ignore[reportAssignmentType]
        self._size = shape[1]
        self._columns = np.arange(self._size, dtype=np.int32)
        self._highs = highs = _SilentHighs()
        for option, value in (
            ("threads", 1),
            ("random_seed", 0),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.5),
        ):
            highs.setOptionValue(option, value)
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = shape
        model.col_cost_ = np.zeros(self._size)
        model.col_lower_ = np.zeros(self._size)
        model.col_upper_ = np.full(self._size, highspy.kHighsInf)
        model.row_lower_, model.row_upper_ = row_low.astype(float), row_high.astype(float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = rows.indptr.astype(np.int32)
        model.a_matrix_.index_ = rows.indices.astype(np.int32)
        model.a_matrix_.value_ = rows.data.astype(float)
        if integral:
            model.integrality_ = [highspy.HighsVarType.kInteger] * self._size
        highs.passModel(model)

    def cheapest(self, costs: np.ndarray, low: np.ndarray, high: np.ndarray) -> Answer:
        """Return the cheapest point between ``low`` and ``high``.

        Raises:
            OutOfTime: before an answer was found.
        """
        highs = self._highs
        highs.setOptionValue("time_limit", highs.getRunTime() + self._clock.left())
        highs.changeColsCost(self._size, self._columns, costs.astype(float))
        highs.changeColsBounds(self._size, self._columns, low.astype(float), high.astype(float))
        highs.run()
        status = _STATUS.get(highs.getModelStatus())
        if status is None:
            # Numerical trouble or the time limit: a fresh start decides, and the clock ends what does not end.
            self._clock.left()
            highs.clearSolver()
            highs.setOptionValue("time_limit", highs.getRunTime() + self._clock.left())
            highs.run()
            status = _STATUS.get(highs.getModelStatus(), OUT_OF_TIME)
        if status == OUT_OF_TIME:
            raise OutOfTime
        if status != OPTIMAL:
            return Answer(status, np.empty(0), 0.0)
        return Answer(
            OPTIMAL, np.array(highs.getSolution().col_value), highs.getInfo().objective_function_value
        )
