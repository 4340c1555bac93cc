"""Dividing a document's lines into parts: what a label opens, and what a line shows by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from . import chat, dates, labels, links, people, prose
from .document import Block
from .titles import Heading, clean_title, heading_of
from .words import fold, trim

_ENDS_SENTENCE = re.compile(r"[.!?:]\W*$")
# Values that may run over several lines or be lists.
_LISTS = frozenset(["topics", "organisers", "funders", "language", "audience", "project", "venue", "date", "time"])
# Over or in front of one person, these are what is said of that person; elsewhere they open a part.
_OF_ONE_PERSON = frozenset(
    ["bio", "biography", "profile", "about", "biografia", "semblanza", "perfil", "resena", "trayectoria"]
)


@dataclass
class Part:
    """Lines of one kind: under a label, or of a kind that shows by itself. ``body`` is what no label covers."""

    name: str
    lines: list[Block] = field(default_factory=list)
    language: str = ""
    heading: Heading | None = None
    level: int = 0
    place: str = ""


def divide(lines: Sequence[Block], names: frozenset[str] = frozenset()) -> list[Part]:
    """Divide lines into parts.

    Args:
        lines: the lines of a document, tables expanded.
        names: names of people known to be in it, as ``people.key`` gives them.
    """
    return _Divider(lines, names).parts()


class _Divider:
    def __init__(self, lines: Sequence[Block], names: frozenset[str]) -> None:
        self.lines = lines
        self.names = names
        self.divided: list[Part] = [Part("body")]
        self.chat_start = _unlabelled_chat(lines)
        self.has_title = False

    def parts(self) -> list[Part]:
        """Go over the lines once."""
        for position, block in enumerate(self.lines):
            self._take(position, block)
        return [part for part in self.divided if part.lines or part.heading or part.name != "body"]

    @property
    def part(self) -> Part:
        return self.divided[-1]

    def _open(self, name: str, block: Block, language: str = "", heading: Heading | None = None) -> None:
        level = block.level if block.kind == "heading" else 0
        self.divided.append(Part(name, [], language, heading, level, block.place))

    def _take(self, position: int, block: Block) -> None:
        found = labels.match(block)
        if self.part.name == "chat":
            if not self._ends_chat(block, found):
                self.part.lines.append(block)
                return
        elif self._begins_chat(position, block, found):
            self._open("chat", block)
            self.part.lines.append(block)
            return
        if found and self._is_label(position, block, found):
            self._label(block, found)
        elif heading := self._heading(block):
            self.has_title = True
            self._open("heading", block, heading=heading)
        else:
            if block.kind == "heading" and self._ends_part(block):
                # The first headings of a page name program, series and session; later ones open parts of their own.
                self._open("unknown" if self.has_title else "body", block)
            else:
                self._leave_if_full(position, block)
            self.part.lines.append(block)

    # Chats

    def _begins_chat(self, position: int, block: Block, found: labels.Match | None) -> bool:
        """Tell whether a chat begins here without a label: a stamped entry, or many lines "Name: text"."""
        if found and found.name == "chat" and block.kind != "message":
            return False
        return block.kind == "message" or position == self.chat_start or chat.is_header(block.text)

    def _ends_chat(self, block: Block, found: labels.Match | None) -> bool:
        """A chat ends at a heading, or at a line that is the label of another part and nothing else."""
        if block.kind == "message" or block.term:
            return False
        if block.kind == "heading":
            higher = 0 < block.level <= self.part.level
            return higher or bool(found and found.name != "chat") or self._heading(block) is not None
        if not found or not found.known or not found.sign or found.rest.text or not block.starts:
            return False
        if found.name in ("chat", "transcript") or found.name in labels.PERSON_FIELDS:
            return False
        # A display name with nothing behind the colon might be one of the single words among the labels.
        return block.bold or " " in fold(block.text) or found.name in ("biographies", "speaker", "links")

    # Labels

    def _is_label(self, position: int, block: Block, found: labels.Match) -> bool:
        """Tell whether what looks like a label is one where it stands."""
        part, name = self.part.name, found.name
        if name in labels.PERSON_FIELDS or name == "country":
            return False
        prefix = fold(block.term or block.text[: len(block.text) - len(found.rest.text)])
        if (part in labels.PEOPLE or part == "biographies") and found.rest.text:
            if prefix in ("name", "nombre", "title", "titulo", "institution", "institucion", "institucion organizacion"):
                return False
            if name == "biographies" and (prefix in _OF_ONE_PERSON or block.term):
                return False
        if block.term or block.kind == "heading" or block.bold:
            return True
        if prefix == "with" and not found.sign:
            return False
        if part not in labels.PROSE and part != "biographies":
            return True
        # Within a paragraph a word and a colon are no label, unless the lines are short like those of a header.
        previous = self.lines[position - 1].text if position else ""
        if block.starts or not previous:
            return True
        return not (block.text[:1].islower() or (len(previous) > 60 and not _ENDS_SENTENCE.search(previous)))

    def _label(self, block: Block, found: labels.Match) -> None:
        name, rest = found.name, found.rest
        if name in ("presentation", "video", "captions", "transcript"):
            # The label is the title of what stands behind it.
            prefix = block.text[: len(block.text) - len(rest.text)] if not block.term else block.term
            rest = replace(rest, term=trim(prefix) if rest.text else "")
        else:
            rest = replace(rest, term="")
        if name == "transcript" and not links.addresses(rest) and "#" not in rest.text:
            name = "chat"
        if name in ("title", "number") and (heading := _labelled_heading(name, block, rest)):
            self.has_title = self.has_title or heading.title != ""
            self._open("heading", block, found.language, heading)
            return
        if name == "host" and rest.text and not people.split_line(rest.text)[0]:
            name = "organisers"
        self._open(name, block, found.language)
        if rest.text or rest.links:
            self.part.lines.append(rest)

    # Lines without a label

    def _heading(self, block: Block) -> Heading | None:
        """Return number and title where a line is the numbered title of a session."""
        part = self.part.name
        if block.term or part in ("links", "social_media") or block.kind == "item":
            return None
        if part in labels.PROSE and not block.starts:
            return None
        if part == "biographies" and block.kind != "heading":
            return None
        return heading_of(block.text)

    def _ends_part(self, block: Block) -> bool:
        """Tell whether a heading without a known label ends the part; in lists of people it may be a name."""
        part = self.part
        below = part.level and block.level > part.level
        if part.name in labels.PEOPLE or part.name == "biographies":
            name = people.split_line(block.text)[0]
            return not (name or people.is_name(block.text, fewest=1) or people.key(block.text) in self.names)
        if part.name in ("links", "materials", "presentation", "video") or part.name in labels.PROSE:
            return not below
        return part.name != "body" or self.has_title

    def _leave_if_full(self, position: int, block: Block) -> None:
        """Go back to the body where the part cannot go on with this line."""
        part = self.part
        if part.name in ("body", "unknown"):
            return
        if part.name == "heading":
            waits = part.heading and part.heading.number is not None and not part.heading.title and not part.lines
            full = not waits or dates.has_date(block.text)
        elif part.name in labels.SINGLE:
            full = bool(part.lines) and not _continues(part, block)
        elif not part.lines:
            full = False
        elif part.name in labels.PROSE:
            full = block.starts and (self._says_itself(block) or self._person_block(position))
        elif part.name in ("links", "social_media"):
            full = not links.addresses(block) and len(block.text) > 90
        elif part.name in ("presentation", "video", "captions", "materials"):
            full = not links.addresses(block) and not links.names_material(block) and block.starts
        elif part.name in ("facilitator", "host"):
            full = block.starts and (self._says_itself(block) or self._person_block(position))
        elif part.name in ("speaker", "coordinator"):
            full = block.starts and (self._says_itself(block) or (part.name == "coordinator" and self._leaves(position)))
        else:
            full = False
        if full:
            self._open("body", block)

    def _says_itself(self, block: Block) -> bool:
        """Tell whether a line is of a kind of its own, wherever it stands."""
        if block.term:
            return False
        if links.names_material(block):
            return True
        return len(block.text) < 160 and dates.has_full_date(block.text) and dates.read(block.text).start is not None

    def _person_block(self, position: int) -> bool:
        block = self.lines[position]
        return people.key(block.text) in self.names or people.is_block(_paragraph(self.lines, position))

    def _leaves(self, position: int) -> bool:
        text = self.lines[position].text
        return prose.is_prose(text) and "@" not in text


def _labelled_heading(name: str, block: Block, rest: Block) -> Heading | None:
    """Read the value of "Title:" or "Number:"."""
    text = trim(rest.text)
    if not text:
        return None
    if number := re.fullmatch(r"(?:no\.?\s*|n[º°.]\s*|#\s*)?(\d{1,3})(?:\s*(?:of|de|/)\s*\d{1,3})?", text, re.IGNORECASE):
        return Heading(int(number[1]), "", "")
    if name == "number":
        return heading_of(f"webinar {text}")
    return heading_of(text) or Heading(None, clean_title(text), "")


def _continues(part: Part, block: Block) -> bool:
    """Tell whether a value of one line goes on: it is wrapped, or a list."""
    if part.name in _LISTS and block.kind == "item":
        return True
    if block.starts:
        return False
    return part.name in _LISTS or (len(part.lines[-1].text) > 60 and not _ENDS_SENTENCE.search(part.lines[-1].text))


def _paragraph(lines: Sequence[Block], position: int) -> list[Block]:
    found = [lines[position]]
    for block in lines[position + 1 : position + 8]:
        if block.starts:
            break
        found.append(block)
    return found


def _unlabelled_chat(lines: Sequence[Block]) -> int | None:
    """Return where a chat begins that no label announces: from there on nearly every line is "Name: text"."""
    authors = [
        "" if block.term or block.kind in ("heading", "row") or _known_label(block) else chat.looks_like_entry(block.text)
        for block in lines
    ]
    counts: dict[str, int] = {}
    for author in filter(None, authors):
        counts[fold(author)] = counts.get(fold(author), 0) + 1
    for position, author in enumerate(authors):
        window = authors[position : position + 6]
        if author and len(window) >= 4 and sum(map(bool, window)) >= len(window) - 1:
            again = sum(counts[fold(name)] > 1 for name in window if name)
            if again >= 2 and len({fold(name) for name in window if name}) >= 2:
                return position
    return None


def _known_label(block: Block) -> bool:
    found = labels.match(block)
    return found is not None and found.known
