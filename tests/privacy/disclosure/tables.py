"""Small tables with all their margins, and every table that there could be instead: what an attacker has in mind."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

import numpy as np
from ckanext.opengovbelize.privacy.disclosure.system import Equation, System

# A cell is named by its categories; None stands for all of a dimension.
Cell = tuple[int | None, ...]


@cache
def cells(shape: tuple[int, ...]) -> tuple[Cell, ...]:
    """Return the inner cells and all margins."""
    return tuple(product(*((*range(size), None) for size in shape)))


def inner(shape: tuple[int, ...]) -> list[Cell]:
    """Return the cells that are no margin."""
    return [cell for cell in cells(shape) if None not in cell]


@cache
def system(shape: tuple[int, ...]) -> System:
    """Return the sums of a table: each margin is the sum over one of its dimensions."""
    return System(
        Equation(cell, tuple((*cell[:at], category, *cell[at + 1 :]) for category in range(shape[at])))
        for cell in cells(shape)
        for at, chosen in enumerate(cell)
        if chosen is None
    )


def counted(shape: tuple[int, ...], counts: list[int]) -> dict[Any, int]:
    """Return the value of every cell, given those of the inner ones."""
    known = dict(zip(inner(shape), counts, strict=True))
    return {
        cell: sum(
            count
            for other, count in known.items()
            if all(category in (None, mine) for category, mine in zip(cell, other, strict=True))
        )
        for cell in cells(shape)
    }


@cache
def possible(shape: tuple[int, ...], most: int) -> dict[Cell, np.ndarray]:
    """Return every table of at most so many people: per cell a vector with its value in each."""
    columns = np.zeros((1, 0), dtype=np.int64)
    for _ in inner(shape):
        room = most - columns.sum(axis=1)
        columns = np.vstack(
            [
                np.hstack([columns[room >= value], np.full((int((room >= value).sum()), 1), value)])
                for value in range(most + 1)
            ]
        )
    values = dict(zip(inner(shape), columns.T, strict=True))
    return {
        cell: sum(
            (
                values[other]
                for other in values
                if all(category in (None, mine) for category, mine in zip(cell, other, strict=True))
            ),
            np.zeros(len(columns), dtype=np.int64),
        )
        for cell in cells(shape)
    }


def that_fit(shape: tuple[int, ...], most: int, shown: dict[Any, int]) -> dict[Cell, np.ndarray]:
    """Return the tables of at most so many people in which the shown cells have their values."""
    tables = possible(shape, most)
    fits = np.ones(len(next(iter(tables.values()))), dtype=bool)
    for cell, value in shown.items():
        fits &= tables[cell] == value
    return {cell: values[fits] for cell, values in tables.items()}
