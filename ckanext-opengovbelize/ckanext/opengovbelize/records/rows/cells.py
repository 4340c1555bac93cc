"""What stands in the cells of a row, as text and as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..document import Block, Run


def text(cell: Sequence[Block]) -> str:
    """Return the text of a cell."""
    return " ".join(block.text for block in cell)


def as_line(cell: Sequence[Block]) -> tuple[Run, ...]:
    """Return what stands in a cell as one line."""
    return tuple(
        run for number, block in enumerate(cell) for run in ((Run(" "),) if number else ()) + block.runs
    )


def lines(row: Block, of: Sequence[Sequence[Block]]) -> list[Block]:
    """Return the lines in some cells of a row, each of which stands where the row does."""
    return [replace(block, place=row.place) for cell in of for block in cell]
