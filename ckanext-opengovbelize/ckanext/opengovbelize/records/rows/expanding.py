"""Rows of tables as lines, in the way of their kind of table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from ..document import Block
from ..words import fold
from . import agenda, cells, chat, exchanges, labelled, people

# What the columns of a table of labels and values are called.
_LABEL_COLUMN = frozenset(
    ["field", "item", "label", "campo", "concepto", "dato", "rubro", "elemento", "aspecto"]
)
_VALUE_COLUMN = frozenset(
    ["value", "detail", "details", "description", "information", "content", "valor", "detalle", "detalles",
     "descripcion", "informacion", "contenido"]
)  # fmt: skip


def expand(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks with each row of a table replaced by lines.

    A row of two cells is a label with its value; a table whose first row names the columns gives a line for
    each cell, under the column's name; a chat in a table gives a message for each row. Other cells are lines.
    """
    found: list[Block] = []
    for table, group in groupby(blocks, key=lambda block: block.table if block.kind == "row" else 0):
        rows = list(group)
        found += _table(rows, found[-1] if found else None) if table else rows
    return found


def _table(rows: Sequence[Block], before: Block | None) -> list[Block]:
    header = [fold(cells.text(cell)) for cell in rows[0].cells]
    if len(rows) > 1 and (messages := chat.read(header, rows[1:])):
        return messages
    if agenda.is_agenda(header, rows):
        return agenda.lines([cells.text(cell) for cell in rows[0].cells], rows)
    if len(rows) > 1 and (found := people.read(header, rows, before)) is not None:
        return found
    if columns := exchanges.columns_of(header):
        return [line for row in rows[1:] for line in exchanges.lines(row, columns)]
    if (
        len(rows) == 2
        and len(header) > 1
        and labelled.are_labels(rows[0])
        and not labelled.are_labels(rows[1])
    ):
        return labelled.side_by_side(*rows)
    if len(header) == 2 and header[0] in _LABEL_COLUMN and header[1] in _VALUE_COLUMN:
        rows = rows[1:]
    return [line for row in rows for line in labelled.lines(row)]
