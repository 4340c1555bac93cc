"""Rows of labels with their values: "Venue | Reef Hall", or labels side by side with the values below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .. import labels, role_marks
from ..document import Block, Run
from ..titles import NUMERAL
from . import cells

_LONGEST_TERM = 70
# Of two cells the first says what the second is, be it no label that anybody knows.
_LONGEST_UNKNOWN_TERM = 90


def are_labels(row: Block) -> bool:
    """Tell whether every cell of a row is a known label."""
    return all(_is_term(cell) for cell in row.cells)


def side_by_side(terms: Block, values: Block) -> list[Block]:
    """Return the lines of labels with the values that stand below them; what has no value is left out."""
    pairs = zip(terms.cells, values.cells, strict=False)
    return [line for term, value in pairs if cells.text(value).strip() for line in _pair(values, term, value)]


def lines(row: Block) -> list[Block]:
    """Return the lines of a row: values under their labels, or each cell by itself."""
    said = [cell for cell in row.cells if cells.text(cell).strip()]
    if len(said) >= 2 and len(said) % 2 == 0 and all(_is_term(cell) for cell in said[::2]):
        # Labels and values in turn.
        return [
            line
            for term, value in zip(said[::2], said[1::2], strict=True)
            for line in _pair(row, term, value)
        ]
    if len(said) == 3 and _is_term(said[0]) and re.fullmatch(NUMERAL, cells.text(said[1]).strip()):
        # "Webinar | 2 | Title": number and title in cells of their own.
        return _pair(
            row,
            said[0],
            [replace(said[2][0], runs=(Run(f"{cells.text(said[1]).strip()}: {cells.text(said[2])}"),))],
        )
    if len(said) == 2 and len(cells.text(said[0])) <= _LONGEST_UNKNOWN_TERM:
        return _pair(row, *said)
    return cells.lines(row, said)


def _is_term(cell: Sequence[Block]) -> bool:
    text = cells.text(cell)
    return len(text) <= _LONGEST_TERM and labels.lookup(text.rstrip(" :.?")) is not None


def _pair(row: Block, term: Sequence[Block], value: Sequence[Block]) -> list[Block]:
    name = cells.text(term).strip(" :")
    if stated := role_marks.split("\n".join(block.text for block in value)):
        return [line for role, listed in stated for line in _people(row, role, listed)]
    return [
        replace(block, place=row.place, term=name if number == 0 else "")
        for number, block in enumerate(value)
    ]


def _people(row: Block, role: str, listed: Sequence[str]) -> list[Block]:
    """Return the lines of those who have a role; who has none is on a list that is nothing to publish."""
    if not role:
        return [Block("list", place=row.place)]
    return [Block("item", (Run(person),), row.place, term=role.capitalize()) for person in listed]
