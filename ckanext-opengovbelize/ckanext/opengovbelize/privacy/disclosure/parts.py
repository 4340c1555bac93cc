"""The hidden cells of a system, split into parts that tell nothing of one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from .system import Key, System


@dataclass(frozen=True)
class Part:
    """Hidden cells that hang together, and what ties them once the shown counts are filled in.

    Attributes:
        cells: positions of the cells in the system.
        rows: whole coefficients of the ties, one column per cell.
        low: least value of each row.
        high: greatest value of each row.
    """

    cells: np.ndarray
    rows: sparse.csr_array
    low: np.ndarray
    high: np.ndarray

    def whole(self, point: np.ndarray) -> np.ndarray | None:
        """Return the point as whole counts, if it is a possible table: exact, whatever the solver's tolerances."""
        counts = np.rint(point).astype(np.int64)
        if np.any(np.abs(point - counts) > 1e-5) or np.any(counts < 0):
            return None
        sums = self.rows @ counts
        return counts if np.all((self.low <= sums) & (sums <= self.high)) else None


def split(system: System, shown: Mapping[Key, int]) -> list[Part] | None:
    """Return the parts, or None where the shown counts contradict each other by themselves."""
    values = np.zeros(len(system), dtype=np.int64)
    hidden = np.ones(len(system), dtype=bool)
    for key, value in shown.items():
        values[system.index[key]] = value
        hidden[system.index[key]] = False
    known = system.rows @ values
    low, high = (bound - known for bound in system.row_bounds)
    rows = sparse.csr_array(system.rows[:, hidden])
    tied = np.diff(rows.indptr) > 0
    if np.any((low > 0)[~tied]) or np.any((high < 0)[~tied]):
        return None
    return _connected(np.flatnonzero(hidden), sparse.csr_array(rows[tied]), low[tied], high[tied])


def _connected(cells: np.ndarray, rows: sparse.csr_array, low: np.ndarray, high: np.ndarray) -> list[Part]:
    size = len(cells)
    coordinates = rows.tocoo()
    ties = sparse.coo_array(
        (np.ones(coordinates.nnz), (coordinates.col, coordinates.row + size)), shape=(size + len(low),) * 2
    )
    count, labels = connected_components(ties, directed=False)
    by_column, by_row = rows.tocsc(), labels[size:]
    order = np.argsort(labels[:size], kind="stable")
    groups = np.split(order, np.searchsorted(labels[:size][order], np.arange(1, count)))
    parts = []
    for label, columns in enumerate(groups):
        mine = np.flatnonzero(by_row == label)
        part = sparse.csr_array(sparse.csr_array(by_column[:, columns])[mine])
        parts.append(Part(cells[columns], part, low[mine], high[mine]))
    return parts
