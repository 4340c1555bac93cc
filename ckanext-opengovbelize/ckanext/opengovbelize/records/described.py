"""What the description of an event or an entry says under labels: who speaks, where it is, what it links to.

Calendars, feeds and structured data keep in prose what a session record has in parts. Only a label gives somebody a
role there, and only to whom it stands with: what follows may be the signature of whoever wrote the description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import access, facts, labels, layout, links, people, schedule
from .document import Block
from .document import line as line_of
from .parts import Part, divide
from .readers import html, text
from .session import SessionRecord

# Whoever may be contacted has no public role here.
_ROLES = frozenset(("speaker", "facilitator", "host"))
_MATERIALS = frozenset(("presentation", "video", "captions", "transcript", "materials"))
# Not behind the point of "Dr." or of an initial.
_SENTENCE_ENDS = re.compile(r"(?:(?<=\w{4}[.;])|(?<=[\d)][.;]))\s+(?=[^\W\d_a-z])")
_LABELLED = re.compile(r"([^:]{2,40}):\s+\S")
_SENTENCE = re.compile(r"[.!?]\s*$")


def read(record: SessionRecord, stated: str) -> None:
    """Add to a record what its description, a text or a piece of a page, says under labels, and its links."""
    stated = stated[: facts.LONGEST_TEXT * 4]
    blocks = (
        html.parse(stated).blocks if facts.is_markup(stated) else text.blocks(stated[: facts.LONGEST_TEXT])
    )
    readable = [piece for block in blocks if block.kind != "overlong" for piece in _apart(block)]
    lines = list(access.without(layout.lines(readable)))
    parts, names = divide(lines)
    for part in parts:
        if part.name in _ROLES:
            _people(record, part, names)
        elif part.name in schedule.WHERE and not (record.venue_name or record.locality) and part.lines:
            facts.where(record, part.lines[0].text)
        elif part.name in _MATERIALS:
            default = "" if part.name == "materials" else part.name
            for material in links.read_materials(part.lines, default)[0]:
                facts.material(record, material.url, material.title, material.kind, record.place)
        elif part.name == "links":
            for link in links.read_links("shared", part.lines)[0]:
                facts.link(record, link.url, link.title, record.place)
    for block in lines:
        _links(record, block)


def _apart(block: Block) -> Iterator[Block]:
    """Yield the sentences of a paragraph in which labels stand behind others: "At noon. Speaker: Ana Sample."."""
    said = [line_of(piece, block.place) for piece in _SENTENCE_ENDS.split(block.text)]
    found = [labels.match(piece) for piece in said[1:]]
    if block.links or not any(one and one.known and one.sign and one.name in _ROLES for one in found):
        yield block
    else:
        yield from said


def _people(record: SessionRecord, part: Part, names: frozenset[str]) -> None:
    for one in people.read(part.name, _with_label(part.lines), names)[0]:
        said = {"position": one.position, "affiliation": one.affiliation, "country": one.country}
        facts.person(record, one.role, one.name, record.place, biography=one.biography, **said)


def _with_label(lines: Sequence[Block]) -> list[Block]:
    """Return the paragraph or the list that stands with a label."""
    found = list(lines[:1])
    for block in lines[1:]:
        if block.starts and block.kind != "item" or _is_sentence(block.text):
            break
        found.append(block)
    return found


def _is_sentence(text: str) -> bool:
    """Tell a line that goes on with something else from the office of whoever stands above."""
    label = _LABELLED.match(text)
    if label and not people.says_position(label[1]):
        return True
    return people.is_long(text) or (_SENTENCE.search(text) is not None and not people.says_position(text))


def _links(record: SessionRecord, block: Block) -> None:
    for link in links.hidden(block):
        if isinstance(link, links.Material):
            facts.material(record, link.url, link.title, link.kind, record.place)
        elif all(link.url != other.url for other in record.materials):
            facts.link(record, link.url, link.title, record.place)
