"""What a mail puts round the record that it carries: senders, recipients, signatures. None of it is for the public."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .document import Block

_FIELD = re.compile(
    r"(?:>\s*)*[*_]*(?P<name>from|to|cc|bcc|sent|date|subject|reply-to"
    r"|de|para|cco|enviado(?: el)?|fecha|asunto)[*_]*\s*:",
    re.IGNORECASE,
)
_SENDER, _SUBJECT = frozenset(("from", "de")), frozenset(("subject", "asunto"))
_ANSWERED = re.compile(r"(?:(?:re|fwd?|rv|reenv|enc)\s*:\s*)+", re.IGNORECASE)
_AROUND = re.compile(
    r"(?:>\s*)*(?:on|el)\s.{6,160}\b(?:wrote|escribi[oó])\s*:"
    r"|[-_>\s]*(?:begin )?(?:original message|forwarded message|mensaje original|mensaje reenviado)[-_:\s]*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"(?:>\s*)*--\s*")
_LONGEST_SIGNATURE = 8


def without(lines: Sequence[Block]) -> list[Block]:
    """Return the lines without those of the mail; a block of kind ``mail`` tells where something was."""
    found: list[Block] = []
    position = 0
    while position < len(lines):
        length, subject = _head(lines, position)
        length = length or _around(lines, position)
        if length:
            found.append(Block("mail", place=lines[position].place))
            found += [subject] if subject else []
        else:
            found.append(lines[position])
        position += length or 1
    return found


def _head(lines: Sequence[Block], first: int) -> tuple[int, Block | None]:
    """Return how many lines the head of a mail takes, and its subject, which may be the title of the record."""
    names: list[str] = []
    subject = None
    for block in lines[first:]:
        field = _FIELD.match(block.text)
        if field is None or block.term or (names and block.starts):
            break
        names.append(field["name"].lower())
        if names[-1] in _SUBJECT:
            rest = block.after(field.end())
            prefix = _ANSWERED.match(rest.text)
            subject = replace(rest.after(prefix.end()) if prefix else rest, starts=True)
    is_head = bool(_SENDER & set(names)) and bool(_SUBJECT & set(names))
    return (len(names), subject if subject and subject.text else None) if is_head else (0, None)


def _around(lines: Sequence[Block], first: int) -> int:
    """Return how many lines a signature takes, or the line that brings in a quoted mail."""
    text = lines[first].text
    if _AROUND.fullmatch(text):
        return 1
    if not _SIGNATURE.fullmatch(text):
        return 0
    length = 1
    while length <= _LONGEST_SIGNATURE and first + length < len(lines) and not lines[first + length].starts:
        length += 1
    return length
