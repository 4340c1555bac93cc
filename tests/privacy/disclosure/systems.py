"""Small systems of any kind, with sums that overlap and orders, and every count that could stand in them instead."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from ckanext.opengovbelize.privacy.disclosure.system import Equation, Order, System
from hypothesis import strategies as st

EVERYBODY = "everybody"


@dataclass(frozen=True)
class Example:
    """A system, the true value of each cell, and those that cannot occur."""

    system: System
    values: dict[str, int]
    impossible: frozenset[str]

    def that_fit(self, shown: dict[str, int]) -> dict[str, np.ndarray]:
        """Return all whole tables in which the shown cells have their values: per cell its value in each.

        ``everybody`` has to be shown: it bounds every other cell, so that these are all there are.
        """
        base = [key for key in self.system.cells if key.startswith("base")]
        total = shown[EVERYBODY]
        grid = np.indices((total + 1,) * (len(base) - 1)).reshape(len(base) - 1, -1)
        grid = np.vstack([grid, total - grid.sum(axis=0)])
        table = dict(zip(base, grid, strict=True))
        for equation in self.system.equations:
            table[equation.whole] = sum(
                (table[part] for part in equation.parts), np.zeros(grid.shape[1], int)
            )
        fits = grid[-1] >= 0
        for order in self.system.orders:
            fits &= table[order.lesser] <= table[order.greater]
        for key, value in {**shown, **dict.fromkeys(self.impossible, 0)}.items():
            fits &= table[key] == value
        return {key: values[fits] for key, values in table.items()}


@st.composite
def examples(draw: st.DrawFn) -> Example:
    """Draw three or four cells of at most 4, all of them summed up, up to three other sums, and true orders."""
    base = [f"base {at}" for at in range(draw(st.integers(3, 4)))]
    values = {key: draw(st.integers(0, 4)) for key in base}
    choices = [parts for size in range(2, len(base)) for parts in combinations(base, size)]
    chosen = draw(st.lists(st.sampled_from(choices), max_size=3, unique=True))
    sums = {EVERYBODY: tuple(base)} | {f"sum {at}": parts for at, parts in enumerate(chosen)}
    values |= {whole: sum(values[part] for part in parts) for whole, parts in sums.items()}
    pairs = [
        (one, other) for one in values for other in values if one != other and values[one] <= values[other]
    ]
    orders = draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)) if pairs else []
    empty = [key for key in base if not values[key]]
    impossible = draw(st.sets(st.sampled_from(empty), max_size=1)) if empty else set()
    system = System(
        [Equation(whole, parts) for whole, parts in sums.items()], [Order(*pair) for pair in orders], base
    )
    return Example(system, values, frozenset(impossible))
