"""What a mail puts round the record that it carries: senders, recipients, greetings, signatures. None is public."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from . import dates
from .document import Block, Run
from .names import split_line
from .titles import heading_of

_FIELD = re.compile(
    r"(?:>\s*)*[*_]*(?P<name>from|to|cc|bcc|sent|date|subject|reply-to"
    r"|de|para|cco|enviado(?: el)?|fecha|asunto)[*_]*\s*:",
    re.IGNORECASE,
)
_PEOPLE = frozenset(("from", "to", "cc", "bcc", "reply-to", "de", "para", "cco"))
_SENDER, _SUBJECT = frozenset(("from", "de")), frozenset(("subject", "asunto"))
_ANSWERED = re.compile(r"(?:(?:re|fwd?|rv|reenv|enc)\s*:\s*)+", re.IGNORECASE)
# What nothing but a program writes; "Re: thinking budgets" may be a title.
_PASSED_ON = re.compile(r"\b(?:fwd?|rv|reenv)\s*:", re.IGNORECASE)
_FORWARDED = re.compile(
    r"[-_>\s]*(?:begin )?(?:original message|forwarded message|mensaje original|mensaje reenviado)[-_:\s]*",
    re.IGNORECASE,
)
_AROUND = re.compile(
    rf"(?:>\s*)*(?:on|el)\s.{{6,160}}\b(?:wrote|escribi[oó])\s*:|{_FORWARDED.pattern}", re.IGNORECASE
)
_GREETING = re.compile(
    r"(dear|hi|hello|good (?:morning|afternoon|day)|estimad[oa]s?|apreciad[oa]s?|querid[oa]s?|hola"
    r"|buen[oa]s (?:d[ií]as|tardes))\b"
    r"[^.?!:;]{0,80}[,:;]",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:with )?(?:best|kind|warm|many)?\s*(?:regards|wishes|thanks)|best|yours (?:sincerely|faithfully|truly)"
    r"|sincerely|cheers"
    r"|(?:un )?(?:cordial(?:es)? )?saludos?(?: cordial(?:es)?)?|atentamente|cordialmente)\s*[,.!]?",
    re.IGNORECASE,
)
# How the archive of a mailing list begins: the sender, and when it was sent to the second.
_ARCHIVED = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,5}\S{1,64} at [\w-]+(?:\.[\w-]+)+")
_ARCHIVED_AT = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \S{1,6} \d{4}")
_LONGEST_COVER = 15
_LONGEST_SIGNED = 60
# As MIME writes out a file: lines of equal length without a blank.
_ENCODED = re.compile(r"[A-Za-z0-9+/]{60,80}={0,2}")
_FEWEST_ENCODED = 3
_SIGNATURE = re.compile(r"(?:>\s*)*--\s*")
_LONGEST_SIGNATURE = 8


def subject(text: str) -> str:
    """Return the subject of a mail without what programs put before it: "FW: Webinar 4"."""
    found = _ANSWERED.match(text)
    if not found:
        return text
    rest = text[found.end() :]
    return rest if _PASSED_ON.search(found[0]) or heading_of(rest) else text


def without(lines: Sequence[Block], *, is_mail: bool = False) -> list[Block]:
    """Return the lines without those of the mail; a block of kind ``mail`` tells where something was.

    Its text is who the mail names as sender and recipients, for the screen alone.

    Args:
        lines: the lines of a record.
        is_mail: whether they are known to be written as a mail is, though its head is missing.
    """
    found: list[Block] = []
    position = 0
    follows = False
    while position < len(lines):
        length, subject = _head(lines, position)
        length = length or (_cover(lines, position) if follows else 0) or _around(lines, position, is_mail)
        follows = length > 0
        if length:
            is_mail = True
            names = [_named(block) for block in lines[position : position + length]]
            found.append(Block("mail", (Run("; ".join(filter(None, names))),), lines[position].place))
            found += [subject] if subject else []
        else:
            found.append(lines[position])
        position += length or 1
    return found


def without_attached(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Return the lines without those of attached files, which a mail saved as text writes out as letters and figures.

    The first line of each file is returned apart: it is told, and not read.
    """
    readable: list[Block] = []
    encoded: list[Block] = []
    for is_encoded, run in groupby(blocks, key=lambda block: _ENCODED.fullmatch(block.text) is not None):
        lines = list(run)
        if is_encoded and len(lines) >= _FEWEST_ENCODED:
            encoded.append(lines[0])
        else:
            readable += lines
    return readable, encoded


def _named(block: Block) -> str:
    """Return the part of a line of a mail's head, greeting or signature that names people."""
    if greeting := _GREETING.fullmatch(block.text):
        return block.text[greeting.end(1) :].strip()
    field = _FIELD.match(block.text)
    names = field is None or field["name"].lower() in _PEOPLE
    return block.text[field.end() if field else 0 :].strip() if names else ""


def _cover(lines: Sequence[Block], first: int) -> int:
    """Return how many lines stand between the head of a mail and the one that it passes on."""
    for length, block in enumerate(lines[first : first + _LONGEST_COVER]):
        if _FORWARDED.fullmatch(block.text):
            return length
        if block.term or heading_of(block.text) or dates.has_full_date(block.text):
            return 0
    return 0


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


def _around(lines: Sequence[Block], first: int, is_mail: bool) -> int:
    """Return how many lines a greeting or a signature takes, or the line that brings in a quoted mail."""
    text = lines[first].text
    if _ARCHIVED.fullmatch(text) and any(
        _ARCHIVED_AT.fullmatch(block.text) for block in lines[first + 1 : first + 2]
    ):
        return 2
    if _AROUND.fullmatch(text) or (is_mail and _GREETING.fullmatch(text)):
        return 1
    if is_mail and _CLOSING.fullmatch(text):
        return 1 + _signed(lines[first + 1 : first + 1 + _LONGEST_SIGNATURE])
    if not _SIGNATURE.fullmatch(text):
        return 0
    length = 1
    while length <= _LONGEST_SIGNATURE and first + length < len(lines) and not lines[first + length].starts:
        length += 1
    return length


def _signed(lines: Sequence[Block]) -> int:
    """Return how many lines below a closing say who wrote: a full name, or the rest of the closing's paragraph."""
    if not lines or len(lines[0].text) > _LONGEST_SIGNED:
        return 0
    if lines[0].starts:
        return int(bool(split_line(lines[0].text)[0]))
    return next(
        (count for count, one in enumerate(lines) if one.starts or len(one.text) > _LONGEST_SIGNED),
        len(lines),
    )
