"""The parts of a document, and where one ends: which line cannot belong to what its label opened."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from . import dates, exchanges, labels, links, people, prose
from .document import Block
from .names import is_name, key, split_line
from .positions import says_position
from .titles import Heading

ENDS_SENTENCE = re.compile(r"[.!?:]\W*$")
_UNKNOWN_LABEL = re.compile(r"[^\W\d][^:?\d]{1,30}[:?]\s")
# Values that may run over several lines or be lists.
_LISTS = frozenset(
    ["topics", "organisers", "funders", "language", "audience", "project", "venue", "date", "time"]
)
# Where what stands before a value in a table says what it is, not which part of the record it belongs to.
_TERMS_SAY_WHAT = frozenset(
    [
        "chat",
        "links",
        "social_media",
        "materials",
        "presentation",
        "video",
        "captions",
        "body",
        "unknown",
        "heading",
        "questions",
    ]
)
MATERIALS = frozenset(("presentation", "video", "captions"))


@dataclass
class Part:
    """Lines under a label, or of a kind that shows by itself; ``body`` is what no label covers.

    ``within`` is the prose that a statement interrupts: "The minutes were taken by ...". ``opener`` is the line that
    a numbered title or a label of one is. ``of_one`` tells that a label in the singular opened it, with a value behind.
    """

    name: str
    lines: list[Block] = field(default_factory=list)
    language: str = ""
    heading: Heading | None = None
    level: int = 0
    place: str = ""
    label: str = ""
    within: Part | None = None
    opener: Block | None = None
    of_one: bool = False


def ends_at_heading(part: Part, block: Block, names: Collection[str], *, has_title: bool) -> bool:
    """Tell whether a heading without a known label ends the part; in lists of people it may be a name.

    Args:
        part: the part that is open.
        block: the heading.
        names: names of people that the document gives, as ``names.key`` gives them.
        has_title: whether the document has given the title of its session.
    """
    below = part.level and block.level > part.level
    if part.name == "questions":
        return not (below or exchanges.asks(block))
    if part.name in labels.PEOPLE or part.name == "biographies":
        name = split_line(block.text)[0]
        return not (name or (below and is_name(block.text, fewest=1)) or key(block.text) in names)
    if part.name in ("links", "materials", "presentation", "video") or part.name in labels.PROSE:
        return not below
    return part.name != "body" or has_title


def leaves_table(part: Part, block: Block, *, is_label: bool) -> bool:
    """Tell whether a line has nothing to do with the row of a table that opened the part."""
    if part.name in _TERMS_SAY_WHAT:
        return False
    if block.term:
        # A row with a label of its own, though nobody knows it; in lists of people it may be a name.
        may_name = part.name in labels.PEOPLE or part.name == "biographies"
        return not is_label and not (may_name and _names_one(block))
    return part.place.startswith("table") and not block.place.startswith("table") and block.starts


def is_full(part: Part, lines: Sequence[Block], position: int, names: Collection[str]) -> bool:
    """Tell whether the part cannot go on with the line at this position."""
    block = lines[position]
    if part.name in ("body", "unknown"):
        return False
    if part.name == "heading":
        waits = part.heading and part.heading.number is not None and not part.heading.title and not part.lines
        return not waits or dates.has_date(block.text)
    if part.within:
        return bool(part.lines) and (block.starts or bool(ENDS_SENTENCE.search(part.lines[-1].text)))
    if part.name in labels.SINGLE or part.name == "staff":
        return bool(part.lines) and not _continues(part, block)
    if part.name in (*MATERIALS, "materials"):
        return block.starts and not _may_be_material(part, block)
    if not part.lines:
        return False
    if part.name in labels.PROSE:
        return leaves_prose(lines, position, names)
    if part.name in ("links", "social_media"):
        is_long = not links.addresses(block) and len(block.text) > 90
        return is_long or (part.name == "social_media" and block.starts and links.names_material(block))
    if part.name in ("facilitator", "host"):
        return leaves_prose(lines, position, names)
    if part.name in ("speaker", "coordinator"):
        tells = part.name == "coordinator" and prose.is_prose(block.text) and "@" not in block.text
        return block.starts and (_says_itself(block) or tells)
    return False


def leaves_prose(lines: Sequence[Block], position: int, names: Collection[str]) -> bool:
    """Tell whether a paragraph begins here that is of a kind of its own, or presents somebody."""
    block = lines[position]
    return block.starts and (_says_itself(block) or _presents_somebody(lines, position, names))


def is_other_link(part: Part, block: Block) -> bool:
    """Tell a line below a recording that gives an address under a name of its own: "Portal: https://..."."""
    if part.name not in MATERIALS or not part.lines:
        return False
    name, colon, behind = block.text.partition(":")
    said = links.kind_of(name, next((url for _, url in links.addresses(block)), ""))
    return bool(colon and name and not behind.startswith("//") and links.addresses(block)) and not said


def is_of_somebody_else(part: Part, lines: Sequence[Block], position: int, names: Collection[str]) -> bool:
    """Tell a line below people that gives nobody their role: a quotation, or a bare name below the one speaker."""
    block = lines[position]
    if part.lines and block.quoted and not part.lines[-1].quoted:
        return True
    below = lines[position + 1 : position + 2]
    alone = block.starts and not (below and says_position(below[0].text))
    return part.of_one and alone and is_name(block.text) and key(block.text) not in names


def _says_itself(block: Block) -> bool:
    """Tell whether a line is of a kind of its own, wherever it stands."""
    if block.term:
        return False
    if links.names_material(block):
        return True
    return (
        len(block.text) < 160 and dates.has_full_date(block.text) and dates.read(block.text).start is not None
    )


def _may_be_material(part: Part, block: Block) -> bool:
    if links.addresses(block) or links.names_material(block) or block.kind == "item":
        return True
    return part.name == "materials" and links.kind_of(block.text) != "" and len(block.text.split()) <= 12


def _presents_somebody(lines: Sequence[Block], position: int, names: Collection[str]) -> bool:
    return key(lines[position].text) in names or people.is_block(_paragraph(lines, position))


def _names_one(block: Block) -> bool:
    """Tell a row with somebody's name from one with a label that nobody knows: "Support | Ana Sample"."""
    return is_name(block.term) or (is_name(block.term, fewest=1) and not split_line(block.text)[0])


def _continues(part: Part, block: Block) -> bool:
    """Tell whether a value of one line goes on: it is wrapped, or a list."""
    if part.name in _LISTS and block.kind == "item" and not _UNKNOWN_LABEL.match(block.text):
        return True
    if block.starts or _UNKNOWN_LABEL.match(block.text):
        return False
    return part.name in _LISTS or (
        len(part.lines[-1].text) > 60 and not ENDS_SENTENCE.search(part.lines[-1].text)
    )


def _paragraph(lines: Sequence[Block], position: int) -> list[Block]:
    found = [lines[position]]
    for block in lines[position + 1 : position + 8]:
        if block.starts:
            break
        found.append(block)
    return found
