"""Cells that hold counts, the sums that tie them together, and which of them cannot be greater than others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Integral
from typing import Any

import numpy as np
from scipy import sparse

# Any hashable name. Mappings are invariant in their keys, so that a narrower type would ask callers for casts.
Key = Any

# Sums of greater counts are no longer exact in the floating-point numbers that the solver uses.
LARGEST_COUNT = 10**9


class SystemFault(ValueError):
    """Cells, sums or settings that make no sense; the message says which and why."""


@dataclass(frozen=True)
class Equation:
    """``whole`` is the sum of ``parts``."""

    whole: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Order:
    """``lesser`` is never greater than ``greater``."""

    lesser: Key
    greater: Key


class System:
    """Cells and everything that everybody knows about how their counts hang together.

    Args:
        equations: sums among cells.
        orders: which cell cannot be greater than which.
        cells: cells beside those of the equations and orders, and the order in which cells are taken.

    Raises:
        SystemFault: an equation without parts, a cell that is a part of itself or stands twice in one sum, an order
            of a cell and itself.

    Example:
        ``System([Equation("all", ("online", "in-person"))], [Order("all", "series")])``
    """

    def __init__(
        self, equations: Iterable[Equation], orders: Iterable[Order] = (), cells: Iterable[Key] = ()
    ) -> None:
        self.equations = tuple(equations)
        self.orders = tuple(orders)
        for equation in self.equations:
            _check_equation(equation)
        for order in self.orders:
            if order.lesser == order.greater:
                raise SystemFault(f"An order needs two cells, but both are {order.lesser!r}.")
        named = dict.fromkeys(cells)
        for equation in self.equations:
            named |= dict.fromkeys((equation.whole, *equation.parts))
        for order in self.orders:
            named |= dict.fromkeys((order.lesser, order.greater))
        self.cells: tuple[Key, ...] = tuple(named)
        self.index: dict[Key, int] = {key: at for at, key in enumerate(self.cells)}

    def __len__(self) -> int:
        return len(self.cells)

    @cached_property
    def rows(self) -> sparse.csr_array:
        """One row per equation, then one per order; the counts times a row lie within ``row_bounds``."""
        entries = [
            *([*((part, 1) for part in equation.parts), (equation.whole, -1)] for equation in self.equations),
            *([(order.lesser, 1), (order.greater, -1)] for order in self.orders),
        ]
        starts = np.cumsum([0, *map(len, entries)])
        columns = [self.index[key] for row in entries for key, _ in row]
        signs = [sign for row in entries for _, sign in row]
        shape = (len(entries), len(self.cells))
        return sparse.csr_array((np.array(signs, dtype=np.int64), columns, starts), shape=shape)

    @cached_property
    def row_bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the least and the greatest value of each row: zero for sums, no least one for orders."""
        low = np.zeros(len(self.equations) + len(self.orders))
        low[len(self.equations) :] = -np.inf
        return low, np.zeros_like(low)

    def require(self, keys: Collection[Key] | Mapping[Key, object], what: str) -> None:
        """Raise SystemFault where one of ``keys`` is no cell of the system; ``what`` says what they are."""
        unknown = [key for key in keys if key not in self.index]
        if unknown:
            more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
            raise SystemFault(f"Unknown cell in {what}: {unknown[0]!r}{more}. Name it in the system first.")


def count(value: object, key: Key) -> int:
    """Return a count as an int.

    Raises:
        SystemFault: it is not a whole number from 0 to ``LARGEST_COUNT``.
    """
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise SystemFault(f"The value of {key!r} is not a whole number.")
    whole = int(value)
    if not 0 <= whole <= LARGEST_COUNT:
        raise SystemFault(f"The value of {key!r} is not between 0 and {LARGEST_COUNT}.")
    return whole


def threshold(value: object, key: Key) -> int:
    """Return a threshold as an int.

    Raises:
        SystemFault: it is not a whole number of 1 or more.
    """
    if count(value, key) < 1:
        raise SystemFault(f"The threshold of {key!r} is not 1 or more.")
    return int(value)  # pyright: ignore[reportArgumentType]


def _check_equation(equation: Equation) -> None:
    parts: Sequence[Key] = equation.parts
    if not parts:
        raise SystemFault(f"{equation.whole!r} is a sum without parts.")
    if equation.whole in parts:
        raise SystemFault(f"{equation.whole!r} is a part of itself.")
    if len(set(parts)) < len(parts):
        raise SystemFault(f"A part stands twice in the sum for {equation.whole!r}.")
