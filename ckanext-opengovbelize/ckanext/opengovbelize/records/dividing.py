"""Dividing a document's lines into parts: what a label opens, and what a line shows by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import (
    biographies,
    chat_lines,
    chat_starts,
    exchanges,
    labels,
    links,
    parts,
    people,
    presenting,
    schedule,
    values,
)
from .coordinators import says_contact
from .document import Block
from .names import is_name, key, split_line
from .parts import ENDS_SENTENCE, MATERIALS, Part
from .positions import says_position
from .titles import Heading, heading_in_pieces, heading_of, is_series, labelled_heading, says_nothing
from .words import URL, fold, trim

# Over or in front of one person, these are what is said of that person; elsewhere they open a part.
_OF_ONE_PERSON = frozenset(
    ["bio", "biography", "profile", "about", "biografia", "semblanza", "perfil", "resena", "trayectoria"]
)


def divide(lines: Sequence[Block]) -> tuple[list[Part], frozenset[str]]:
    """Divide the lines of a document into parts; return also the names of people that stand over biographies.

    Those names tell which lines elsewhere are names: where there are any, the lines are gone over again.
    """
    divider = _Divider(lines)
    found = divider.parts()
    if names := _names(found):
        found = divider.parts(names)
    return found, names


def _names(found: Sequence[Part]) -> frozenset[str]:
    lines = [part.lines for part in found if part.name == "biographies"]
    names = [key(biography.name) for part in lines for biography in biographies.read(part, [])[0]]
    return frozenset(name for name in names if " " in name)


class _Divider:
    def __init__(self, lines: Sequence[Block]) -> None:
        self.lines = lines
        self.labels = labels.match_all(lines)
        self.chat_starts = chat_starts.unlabelled(lines, self.labels)
        self.question_starts = exchanges.starts(lines)
        self.next_sessions = chat_starts.sessions_between(lines, self.labels, self.chat_starts)

    def parts(self, names: frozenset[str] = frozenset()) -> list[Part]:
        """Go over the lines once, knowing the names of people as ``names.key`` gives them."""
        self.names = names
        self.divided: list[Part] = [Part("body")]
        self.has_title = False
        for position, block in enumerate(self.lines):
            self._take(position, block)
        return [part for part in self.divided if part.lines or part.heading or part.name != "body"]

    @property
    def part(self) -> Part:
        return self.divided[-1]

    def _open(self, name: str, block: Block, language: str = "", heading: Heading | None = None) -> None:
        level = block.level if block.kind == "heading" else 0
        opener = block if heading else None
        self.divided.append(Part(name, [], language, heading, level, block.place, opener=opener))

    def _take(self, position: int, block: Block) -> None:
        if block.kind == "list":
            self._open("unknown", block)
            self.part.lines.append(block)
            return
        if block.kind in ("access", "mail", "beside"):
            if self.part.name != "chat" or block.kind == "beside":
                # The part that is open goes on below.
                self.divided.insert(-1, Part(block.kind, [block]))
            return
        found = self.labels[position]
        if self.part.name == "chat":
            if found and found.name == "chat" and not found.rest.text and block.starts:
                # A second chat below the first, such as that of the recording.
                self._label(block, found)
                return
            if not (self._ends_chat(block, found) or position in self.next_sessions):
                self.part.lines.append(block)
                return
        elif self._begins_chat(position, block, found):
            self._open("chat", block)
            self.part.lines.append(block)
            return
        if position in self.question_starts:
            if self.part.name != "questions":
                self._open("questions", block)
            self.part.lines.append(block)
        elif found and self._is_label(position, block, found):
            self._label(block, found)
        elif heading := self._heading(block):
            self.has_title = True
            self._open("heading", block, heading=heading)
        else:
            if block.kind == "heading" and parts.ends_at_heading(
                self.part, block, self.names, has_title=self.has_title
            ):
                # The first headings of a page name program, series and session; later ones
                # open parts of their own.
                is_of_page = self._dates_title(block) or self._heads_series(block) or self._waits_for_title()
                self._open("body" if is_of_page or not self.has_title else "unknown", block)
            elif parts.leaves_table(self.part, block, is_label=found is not None):
                self._open("body", block)
            elif self.part.name in labels.PEOPLE and parts.is_of_somebody_else(
                self.part, self.lines, position, self.names
            ):
                # Below a speaker anybody may be named; the part goes on with what is said of the speaker.
                self.divided.insert(-1, Part("unknown", [block]))
                return
            else:
                self._leave_if_full(position, block)
            self.part.lines.append(block)

    # Chats

    def _begins_chat(self, position: int, block: Block, found: labels.Match | None) -> bool:
        """Tell whether a chat begins here without a label: a stamped entry, or many lines "Name: text"."""
        if found and found.name == "chat" and block.kind != "message":
            return False
        return block.kind == "message" or position in self.chat_starts or chat_lines.is_header(block.text)

    def _ends_chat(self, block: Block, found: labels.Match | None) -> bool:
        """A chat ends at a heading, or at a line that is the label of another part and nothing else."""
        if block.kind == "message" or block.term:
            return False
        if block.kind == "heading":
            higher = 0 < block.level <= self.part.level
            return higher or bool(found and found.name != "chat") or self._heading(block) is not None
        if not found or not found.known or not found.sign or not block.starts:
            return False
        if found.name in ("chat", "transcript") or found.name in labels.PERSON_FIELDS:
            return False
        if found.name in MATERIALS and URL.fullmatch(found.rest.text):
            # The recording of the session, below its chat.
            return True
        if (
            found.name in labels.PEOPLE
            and not self.part.label
            and presenting.presents_somebody(found.rest.text)
        ):
            # Nothing announced the chat, and below a blank line somebody is presented.
            return True
        if found.rest.text:
            prefix = fold(block.text[: len(block.text) - len(found.rest.text)])
            return found.name in ("biographies", "links", "social_media") and " " in prefix
        # A display name with nothing behind the colon might be one of the single words among the labels.
        return (
            block.bold
            or " " in fold(block.text)
            or found.name in (*labels.PROSE, "biographies", "social_media")
        )

    # Labels

    def _is_label(self, position: int, block: Block, found: labels.Match) -> bool:
        """Tell whether what looks like a label is one where it stands."""
        part, name = self.part.name, found.name
        if name in labels.PERSON_FIELDS or name == "country":
            return False
        if name == "questions" and found.rest.text:
            # "Questions? Write to ..."
            return False
        prefix = fold(block.term or block.text[: len(block.text) - len(found.rest.text)])
        if name == "staff" and part in labels.PEOPLE and self._is_position(prefix, found.rest.text):
            # "Secretary: Coast Office" below a name.
            return False
        if (part in labels.PEOPLE or part == "biographies") and found.rest.text:
            if prefix in (
                "name",
                "nombre",
                "title",
                "titulo",
                "institution",
                "institucion",
                "institucion organizacion",
            ):
                return False
            if name == "biographies" and (prefix in _OF_ONE_PERSON or block.term):
                return False
        if name == "address" and part in labels.PEOPLE and self._follows_detail():
            # Beside position and office it is the page of a person, not of the session.
            return False
        if block.term or block.kind == "heading" or block.bold:
            return True
        if prefix == "with" and not found.sign:
            return False
        if part not in labels.PROSE and part != "biographies":
            return True
        # Within a paragraph a word and a colon are no label, unless the lines are short like those
        # of a header.
        previous = self.lines[position - 1].text if position else ""
        alone = found.known and found.sign and not found.rest.text and not block.text[:1].islower()
        if block.starts or not previous or alone:
            return True
        return not (block.text[:1].islower() or (len(previous) > 60 and not ENDS_SENTENCE.search(previous)))

    def _is_position(self, prefix: str, rest: str) -> bool:
        """Tell what the person above does from a label of staff: it stands before an office, not before a name."""
        above = self.part.lines[-1].text if self.part.lines else ""
        return (
            rest != ""
            and split_line(above)[0] != ""
            and says_position(prefix)
            and not (is_name(rest, fewest=1) or split_line(rest)[0])
        )

    def _follows_detail(self) -> bool:
        return bool(self.part.lines) and people.detail_of(self.part.lines[-1]) is not None

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
        if name == "title" and says_nothing(rest.text):
            return
        if name == "speaker" and labels.lists_invited(rest.text):
            name = "attendees"
        if name == "topics" and (numbered := heading_of(rest.text)) and numbered.title:
            # "Topic: Webinar 4: Open Parliament", as an invitation has it.
            name = "title"
        if name in ("title", "number") and (
            heading := labelled_heading(block.term, rest.text, is_number=name == "number")
        ):
            self.has_title = self.has_title or heading.title != ""
            self._open("heading", block, found.language, heading)
            return
        if name == "host" and rest.text and not split_line(rest.text)[0]:
            name = "organisers"
        named = rest.text and (split_line(rest.text)[0] or is_name(rest.text))
        label = trim(block.term or block.text[: len(block.text) - len(rest.text)])
        same = (
            name in labels.PEOPLE
            and name == self.part.name
            and says_contact(label) == says_contact(self.part.label)
        )
        if not (same and named):
            # "Speaker 1: ..." and "Speaker 2: ..." are one part; what is no name says nothing of the one above.
            interrupts = name == "staff" and not found.sign
            above = self.part.within or self.part
            self._open(name, block, found.language)
            self.part.label = label
            self.part.of_one = rest.text != "" and not fold(label).rstrip(" 0123456789").endswith("s")
            self.part.within = above if interrupts and above.name in labels.PROSE else None
        if rest.text or rest.links:
            # A value behind its label is a paragraph, even where the label is an item of a list.
            kind = "paragraph" if rest.kind == "item" else rest.kind
            self.part.lines.append(replace(rest, starts=True, kind=kind))

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
        if block.kind == "heading" and not self.has_title and (pieces := heading_in_pieces(block.text)):
            return pieces
        return heading_of(block.text)

    def _dates_title(self, block: Block) -> bool:
        """Tell a subtitle that says when the session is: it stands right below the title."""
        return self.part.name == "heading" and not self.part.lines and schedule.is_date_line(block.text)

    def _waits_for_title(self) -> bool:
        """Tell whether the heading above has the number of the session and nothing else: "Webinar 3"."""
        heading = self.part.heading
        if heading is None or heading.number is None or self.part.lines:
            return False
        return values.is_status(heading.title)

    def _heads_series(self, block: Block) -> bool:
        """Tell the first heading of a page that is its series, below front matter with the title of the session."""
        first = next(line for line in self.lines if line.kind == "heading")
        return block is first and is_series(block.text)

    def _leave_if_full(self, position: int, block: Block) -> None:
        """Go back to the body where the part cannot go on with this line."""
        part = self.part
        if not part.within and parts.is_other_link(part, block):
            self._open("links", block)
        elif parts.is_full(part, self.lines, position, self.names):
            if part.within and not parts.leaves_prose(self.lines, position, self.names):
                self.divided.append(replace(part.within, lines=[], place=block.place))
            else:
                self._open("body", block)
