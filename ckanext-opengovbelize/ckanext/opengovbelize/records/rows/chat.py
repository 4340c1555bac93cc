"""Chats in a table: a message for each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ..document import Block
from . import cells

# What the columns of a chat are called.
_AUTHOR = frozenset(
    ["name", "author", "from", "participant", "user", "sender", "who", "user name", "author name", "sender name",
     "display name", "nombre", "autor", "participante", "usuario", "remitente", "de", "quien", "nombre de usuario"]
)  # fmt: skip
_MESSAGE = frozenset(
    ["message", "messages", "text", "comment", "comments", "chat",
     "mensaje", "mensajes", "texto", "comentario", "comentarios"]
)  # fmt: skip
TIME = frozenset(["time", "hour", "at", "timestamp", "hora", "date", "fecha", "tiempo"])


class Columns(NamedTuple):
    """Which columns are those of a chat; ``at`` is None where there is none for the time."""

    author: int
    message: int
    at: int | None


def columns_of(header: Sequence[str]) -> Columns | None:
    """Return which column is which, by their folded headers; None where they are not those of a chat."""
    author = next((column for column, name in enumerate(header) if name in _AUTHOR), None)
    message = next((column for column, name in enumerate(header) if name in _MESSAGE), None)
    at = next((column for column, name in enumerate(header) if name in TIME), None)
    return Columns(author, message, at) if author is not None and message is not None else None


def read(header: Sequence[str], rows: Sequence[Block]) -> list[Block]:
    """Return the messages of a chat; nothing where the columns are not those of one."""
    columns = columns_of(header)
    if columns is None:
        return []
    author, message, at = columns
    found = []
    for row in rows:
        name = cells.text(row.cells[author]) if author < len(row.cells) else ""
        texts = row.cells[message] if message < len(row.cells) else ()
        stamp = cells.text(row.cells[at]) if at is not None and at < len(row.cells) else ""
        for number, block in enumerate(texts):
            first = number == 0 and bool(name)
            found.append(
                replace(
                    block,
                    kind="message" if first else "line",
                    term=name if first else "",
                    at=stamp,
                    place=row.place,
                )
            )
    return found
