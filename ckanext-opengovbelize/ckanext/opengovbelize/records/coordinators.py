"""The coordination team: names with the e-mail addresses that stand next to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import people, presenting
from .document import Block
from .names import is_name, split_line, strip_courtesy
from .session import Person
from .words import EMAIL, fold, squeeze, trim

_BEFORE_NAME = re.compile(r"^[\s,;.)\]>|/–—-]*(?:(?:and|y|e|or|o|&)\s+)?")
_BEFORE_ADDRESS = re.compile(
    r"\s*(?:\b(?:e-?mail|correo(?: electr[oó]nico)?|at|en))?\s*[:(\[<|–—-]*\s*$", re.IGNORECASE
)
# The telephone of whoever stands before.
_NUMBER = re.compile(
    r"[\s,;/|]*(?:\b(?:tel|tel[eé]fono|telephone|phone|cel|cell|celular|m[oó]vil|mobile|whatsapp)\b[\s.:]*)?[+(]?\d[\d\s().-]{5,}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,;/|&()<>\[\]]*(?:\b(?:and|y|e|or|o)\b)?[\s,;/|&()<>\[\]]*")
_AND = re.compile(r"\s*[,;/&]\s*(?:(?:and|y|e)\s+)?|\s+(?:and|y|e)\s+")
_WITHIN = re.compile(r"[,;:]|\s+(?:contact|contacte a?|to)\s+")


_CONTACT = re.compile(r"\b(?:contact\w*|informa\w+|informes)\b", re.IGNORECASE)
_COORDINATION = re.compile(r"\b(?:coord\w*|team|equipo)\b", re.IGNORECASE)


def says_contact(label: str) -> bool:
    """Tell whether a label speaks of contacts only, and of no coordination."""
    return bool(_CONTACT.search(label)) and not _COORDINATION.search(label)


def read(lines: Sequence[Block]) -> tuple[list[Person], list[Block], list[Block]]:
    """Read coordinators, whether their addresses stand on the same line or below, as ``people.read`` does."""
    found: list[Person] = []
    stray: list[Block] = []
    left_out: list[Block] = []
    pending: list[Block] = []

    def flush() -> None:
        read_people, rest, over = people.read("coordinator", pending)
        found.extend(read_people)
        stray.extend(rest)
        left_out.extend(over)
        pending.clear()

    for block in lines:
        with_addresses = [] if people.detail_of(block) else _with_addresses(block)
        if with_addresses:
            flush()
            found += with_addresses
        else:
            pending.append(block)
    flush()
    return found, stray, left_out


def _with_addresses(block: Block) -> list[Person]:
    """Read "Ms. A B a@example.org and Mr. C D (c@example.org)"."""
    text = squeeze(block.text)
    if found := _names_then_addresses(text, block.place):
        return found
    found: list[Person] = []
    begin = 0
    for match in EMAIL.finditer(text):
        before = _BEFORE_ADDRESS.sub("", _BEFORE_NAME.sub("", _NUMBER.sub("", text[begin : match.start()])))
        begin = match.end()
        name, detail = split_line(before)
        if not name:
            name, detail = (
                next((trim(part) for part in _WITHIN.split(before)[::-1] if is_name(trim(part))), ""),
                "",
            )
        if name:
            person = Person("coordinator", strip_courtesy(name), email=match[0], place=block.place)
            presenting.read_rest(person, detail)
            found.append(person)
    return found + _without_address(text[begin:], block.place) if found else found


def _without_address(text: str, place: str) -> list[Person]:
    """Read who stands behind the last address, as "; Ana Sample, 615-2345" does."""
    found = []
    for piece in re.split(r"\s*;\s*|\s+(?:and|y|e|&)\s+", _NUMBER.sub("", text)):
        name, detail = split_line(trim(_BEFORE_NAME.sub("", piece)))
        if name:
            person = Person("coordinator", strip_courtesy(name), place=place)
            presenting.read_rest(person, detail)
            found.append(person)
    return found


def _names_then_addresses(text: str, place: str) -> list[Person]:
    """Read "A B and C D (ab@example.org, cd@example.org)": names together, then their addresses."""
    matches = list(EMAIL.finditer(text))
    gaps = [text[one.end() : other.start()] for one, other in zip(matches, matches[1:], strict=False)]
    if not matches or not all(_BETWEEN.fullmatch(gap) for gap in gaps):
        return []
    before = _BEFORE_ADDRESS.sub("", text[: matches[0].start()])
    names = [trim(piece) for piece in _AND.split(before) if trim(piece)]
    if len(names) < 2 or not all(is_name(name) for name in names):
        return []
    addresses = [match[0] for match in matches]
    people = [Person("coordinator", strip_courtesy(name), place=place) for name in names]
    for position, person in enumerate(people):
        own = [one for one in addresses if _bears(one, person.name)]
        if len(own) == 1:
            person.email = own[0]
        elif not any(_bears(one, other.name) for one in addresses for other in people):
            # No address tells whose it is: they stand in the order of the names, a single one by the last.
            last = len(addresses) == 1 and position == len(people) - 1
            if last or len(addresses) == len(people):
                person.email = addresses[0 if last else position]
    return people


def _bears(address: str, name: str) -> bool:
    """Tell whether an address has the family name, or another long word of the name, in it."""
    local = fold(address.partition("@")[0]).replace(" ", "")
    return any(len(word) > 2 and word in local for word in fold(name).split())
