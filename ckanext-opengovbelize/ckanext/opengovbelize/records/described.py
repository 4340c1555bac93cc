"""What the description of an event or an entry says under labels: who speaks, where it is, what it links to.

Calendars, feeds and structured data keep in prose what a session record has in parts. Only a label gives somebody a
role there, and only to whom it stands with: what follows may be the signature of whoever wrote the description.
Who is listed as invited or present, and who writes to whom, is left out of the description too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from . import access, chat, facts, labels, layout, links, mail, people, places, presenting, reports, schedule
from .coordinators import says_contact
from .dividing import divide
from .document import Block
from .document import line as line_of
from .names import is_name, is_only_body, named_in, split_line
from .parts import Part
from .positions import says_position
from .readers import html, text
from .session import SessionRecord
from .words import fold, squeeze, trim

_ROLES = frozenset(("speaker", "facilitator", "host"))
_MATERIALS = frozenset(("presentation", "video", "captions", "transcript", "materials"))
# Not behind the point of "Dr." or of an initial, unless a label follows.
_SENTENCE_ENDS = re.compile(
    r"(?:(?<=\w{4}[.;])|(?<=[\d)][.;]))\s+(?=[^\W\d_a-z])|(?<=[.;])\s+(?=[^\W\d_a-z][^.,;:]{1,39}:\s)"
)
_LISTED = re.compile(r"\s*[,;|]\s*|\s+(?:and|y|e|&)\s+")
# A label that nobody knows word by word, over or before those who come.
_OF_PEOPLE = re.compile(
    r"[^:]{0,30}\b(?:regist|confirm|attend|invit|coming|guest|particip|present|join|volunt|inscri|registrad|asist)[^:]{0,30}:"
    r"\s*(?P<who>\S[^\n]*)",
    re.IGNORECASE,
)
# What may stand before a line that a description shares with its blocks: a label, or the sign of an item.
_BEFORE = re.compile(r"(?:.*(?::|\s[–—-]\s)|[\W\d_]*)\s*")
_LABELLED = re.compile(r"([^:]{2,40}):\s+\S")
_SENTENCE = re.compile(r"[.!?]\s*$")


def read(record: SessionRecord, stated: str) -> None:
    """Add to a record what its description, a text or a piece of a page, says under labels, and its links."""
    stated = facts.without_shortcodes(stated[: facts.LONGEST_TEXT * 4])
    blocks = (
        html.parse(stated).blocks if facts.is_markup(stated) else text.blocks(stated[: facts.LONGEST_TEXT])
    )
    readable = [piece for block in blocks if block.kind != "overlong" for piece in _apart(block)]
    every = list(layout.lines(readable))
    own = mail.without(every, is_mail=True)
    lines = list(access.without(own))
    parts, names = divide(lines)
    kept = {id(block) for block in own}
    private = [block for block in every if id(block) not in kept]
    labelled: set[str] = set()
    for part in parts:
        if part.name == "mail":
            for name in (name for block in part.lines for name in named_in(block.text)):
                facts.other(record, name)
        elif part.name == "attendees" or (part.name == "audience" and presenting.are_named(part.lines)):
            listed = [*part.lines[:1], *(block for block in part.lines[1:] if not _is_sentence(block.text))]
            if len(listed) != 1 or _may_name(listed[0].text):
                private += listed
                labelled |= {fold(trim(part.label))} - {""}
                _remember(record, listed)
        elif part.name == "chat":
            private += part.lines
            labelled |= {fold(trim(part.label))} - {""}
            _messages(record, part)
        elif part.name == "staff" or (part.name == "coordinator" and not _coordinates(part)):
            _remember(record, _with_label(part.lines))
    listed = [block for block in lines if _lists_people(block.text) and labels.match(block) is None]
    private += listed
    _remember(record, listed)
    record.introduction = _without(record.introduction, private, labelled)
    for part in parts:
        if part.name in _ROLES or _coordinates(part):
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


def _messages(record: SessionRecord, part: Part) -> None:
    """Take a chat for what it is: as prose it would tell who wrote what."""
    said = chat.read(part.lines)
    record.messages += said.messages(len(record.messages) + 1)
    record.problems += reports.private_messages(said.private)


def _apart(block: Block) -> Iterator[Block]:
    """Yield the sentences of a paragraph in which labels stand behind others: "At noon. Speaker: Ana Sample."."""
    said = [line_of(piece, block.place) for piece in _SENTENCE_ENDS.split(block.text)]
    found = [labels.match(piece) for piece in said[1:]]
    if block.links or not any(one and one.known and one.sign and one.name in _ROLES for one in found):
        yield block
    else:
        yield from said


def _coordinates(part: Part) -> bool:
    """Tell who coordinates from who may be contacted, which is no public role here."""
    return part.name == "coordinator" and not says_contact(part.label)


def _people(record: SessionRecord, part: Part, names: frozenset[str]) -> None:
    lines = _with_label(part.lines)
    if fold(part.label).endswith("s") and len(lines) > 1 and all(is_name(block.text) for block in lines):
        # Below "Speakers" a line that is nothing but a name is another of them, not the office of the one above.
        lines = [replace(block, kind="item", starts=True) for block in lines]
    for one in people.read(part.name, lines, names)[0]:
        if _is_place(record, one.name):
            continue
        said = {"position": one.position, "affiliation": one.affiliation, "country": one.country}
        facts.person(record, one.role, one.name, record.place, biography=one.biography, **said)


def _is_place(record: SessionRecord, name: str) -> bool:
    """Tell a place from a person: "Speaker: Ana Sample, Pueblo Viejo"."""
    folded = fold(name)
    if folded in places.TOWNS or folded in map(fold, f"{record.venue_name},{record.locality}".split(",")):
        return True
    said = f"{record.title}\n{record.introduction}"
    return (
        f" {name}" in said
        and re.search(rf"\b(?:at|in|en)\s+(?:the |la |el )?{re.escape(name)}\b", said) is not None
    )


def _lists_people(text: str) -> bool:
    """Tell a line such as "Registered so far: Ana Sample, Orla Reef"."""
    found = ":" in text and _OF_PEOPLE.fullmatch(text)
    pieces = _LISTED.split(found["who"].strip(" .")) if found else []
    return len(pieces) > 1 and all(is_name(piece) for piece in pieces)


def _remember(record: SessionRecord, lines: Iterable[Block]) -> None:
    """Remember who is named without a public role, so that no text tells it."""
    for block in lines:
        who = block.text.rpartition(":")[2].strip(" .")
        for piece in (who, *_LISTED.split(who)):
            facts.other(record, split_line(piece)[0])


def _may_name(text: str) -> bool:
    """Tell a line that may list people from one that says what kind of people or which bodies come."""
    pieces = filter(None, map(trim, _LISTED.split(text)))
    return any(piece[0].isupper() and not is_only_body(piece) for piece in pieces)


def _without(text: str, private: Iterable[Block], labelled: Collection[str]) -> str:
    """Return a description without the lines that say something private, a label before them included."""
    ends = tuple(filter(None, (squeeze(block.text) for block in private)))
    if not ends or not text:
        return text
    kept: list[str] = []
    for line in text.split("\n"):
        if not _is_one_of(squeeze(line), ends):
            kept.append(line)
        elif fold(trim(above := next((one for one in reversed(kept) if one.strip()), ""))) in labelled:
            del kept[len(kept) - 1 - kept[::-1].index(above) :]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _is_one_of(line: str, ends: tuple[str, ...]) -> bool:
    return line.endswith(ends) and any(
        line.endswith(end) and _BEFORE.fullmatch(line[: -len(end)]) for end in ends
    )


def _with_label(lines: Sequence[Block]) -> list[Block]:
    """Return the paragraph or the list that stands with a label."""
    found = list(lines[:1])
    for block in lines[1:]:
        if block.starts and block.kind != "item" or _is_sentence(block.text):
            break
        found.append(block)
    return found


def _is_sentence(text: str) -> bool:
    """Tell a line that goes on with something else from another name, and from the office of whoever stands above."""
    name, rest = split_line(text)
    if name:
        return presenting.is_long(rest)
    label = _LABELLED.match(text)
    if label and not says_position(label[1]):
        return True
    return presenting.is_long(text) or (_SENTENCE.search(text) is not None and not says_position(text))


def _links(record: SessionRecord, block: Block) -> None:
    for link in links.hidden(block):
        if isinstance(link, links.Material):
            facts.material(record, link.url, link.title, link.kind, record.place)
        elif all(link.url != other.url for other in record.materials):
            facts.link(record, link.url, link.title, record.place)
