"""The coordination team: names with the e-mail addresses that stand next to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import people
from .document import Block
from .names import is_name, split_line, strip_courtesy
from .session import Person
from .words import EMAIL, squeeze, trim

_BEFORE_NAME = re.compile(r"^[\s,;.)\]>|/–—-]*(?:(?:and|y|e|or|o|&)\s+)?")
_BEFORE_ADDRESS = re.compile(
    r"\s*(?:\b(?:e-?mail|correo(?: electr[oó]nico)?|at|en))?\s*[:(\[<|–—-]*\s*$", re.IGNORECASE
)
_WITHIN = re.compile(r"[,;:]|\s+(?:contact|contacte a?|to)\s+")


def read(lines: Sequence[Block]) -> tuple[list[Person], list[Block]]:
    """Read coordinators, whether their addresses stand on the same line or below; return also other lines."""
    found: list[Person] = []
    stray: list[Block] = []
    pending: list[Block] = []

    def flush() -> None:
        read_people, rest = people.read("coordinator", pending)
        found.extend(read_people)
        stray.extend(rest)
        pending.clear()

    for block in lines:
        with_addresses = [] if people.detail_of(block) else _with_addresses(block)
        if with_addresses:
            flush()
            found += with_addresses
        else:
            pending.append(block)
    flush()
    return found, stray


def _with_addresses(block: Block) -> list[Person]:
    """Read "Ms. A B a@example.org and Mr. C D (c@example.org)"."""
    text = squeeze(block.text)
    found: list[Person] = []
    begin = 0
    for match in EMAIL.finditer(text):
        before = _BEFORE_ADDRESS.sub("", _BEFORE_NAME.sub("", text[begin : match.start()]))
        begin = match.end()
        name, detail = split_line(before)
        if not name:
            name, detail = (
                next((trim(part) for part in _WITHIN.split(before)[::-1] if is_name(trim(part))), ""),
                "",
            )
        if name:
            person = Person("coordinator", strip_courtesy(name), email=match[0], place=block.place)
            people.read_rest(person, detail)
            found.append(person)
    return found
