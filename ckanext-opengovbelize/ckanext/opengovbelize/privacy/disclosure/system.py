"""What everybody knows of a set of counts: which are sums of others, and which cannot be greater than others."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

Key = Hashable


@dataclass(frozen=True)
class Equation:
    """A whole that is the sum of its parts."""

    whole: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Order:
    """A count that is never greater than another."""

    lesser: Key
    greater: Key


@dataclass(frozen=True)
class System:
    """Cells, by any hashable key, and what holds between them.

    Attributes:
        equations: sums.
        orders: inequalities.
        cells: cells that may stand in none of them.

    Raises:
        ValueError: a cell is a part of itself, or stands twice in a sum.
    """

    equations: tuple[Equation, ...]
    orders: tuple[Order, ...] = ()
    cells: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        for equation in self.equations:
            cells = (equation.whole, *equation.parts)
            if len(set(cells)) != len(cells):
                raise ValueError("A sum names one cell twice.")
        if any(order.lesser == order.greater for order in self.orders):
            raise ValueError("A cell cannot be smaller than itself.")

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Return every cell once, in a stable order."""
        found: dict[Key, None] = dict.fromkeys(self.cells)
        for equation in self.equations:
            found |= dict.fromkeys((equation.whole, *equation.parts))
        for order in self.orders:
            found |= dict.fromkeys((order.lesser, order.greater))
        return tuple(found)

    def broken(self, values: Mapping[Key, int]) -> Iterable[Equation | Order]:
        """Yield what does not hold for these values, which name every cell."""
        for equation in self.equations:
            if values[equation.whole] != sum(values[part] for part in equation.parts):
                yield equation
        for order in self.orders:
            if values[order.lesser] > values[order.greater]:
                yield order
