"""A chat, as copied or saved from a meeting: lines in, messages out.

Entries to everyone become messages. Private and direct messages are dropped whole, with the lines that
belong to them; reactions are no messages. A line without an author of its own belongs to the entry above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import chat_addressees
from .chat_addressees import CLOCK
from .chat_authors import FEWEST_OF_A_FORM, Authors, looks_like_entry, may_be_name, stand_over, stands_over
from .chat_lines import (
    STAMPED,
    Entry,
    author_to_all,
    bold_author,
    form_of,
    is_dated,
    stamped,
    stamped_entry,
)
from .chat_stacks import ONLY_WHEN, announces, head, stacked
from .document import Block
from .names import is_name
from .session import Message
from .vocabulary import any_of, load
from .words import URL, squeeze

_REACTION = re.compile(rf"\s*{any_of(load('chat')['reactions'])}\b.*", re.IGNORECASE | re.DOTALL)
_REPLY = re.compile(
    rf"\s*{any_of(load('chat')['replies'])}\s+[\"“«](?P<start>[^\n]*?)[\"”»]\s*(?:\n|$)", re.IGNORECASE
)
# What Teams copies along with a message: reactions, and that it was edited.
_TEAMS_NOTE = re.compile(
    r"\d{1,3} \w+ reactions?\.?|\d{1,3} (?:likes?|hearts?|laughs?|surprised|sad|angry)|(?:likes?|hearts?) \d{1,3}"
    r"|\d{1,3} me gusta|me gusta \d{1,3}|edited|editado"
    r"|this message (?:was|has been) deleted\.?|se elimin[oó] este mensaje\.?"
    r"|este mensaje (?:se elimin[oó]|(?:fue|ha sido) eliminado)\.?",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]")
_ONLY_TIME = re.compile(rf"\s*{CLOCK}\s*")
_TIME_LAST = re.compile(rf"\s*[(\[](?P<at>{CLOCK})[)\]]\s*$", re.IGNORECASE)
_SAYS = re.compile(r"\s+(?:says?|said|wrote|writes|dice|dijo|escribi[oó]|escribe)\s*$", re.IGNORECASE)
_SAYS_WITHIN = re.compile(
    r"(?P<name>[^:]{2,60}?\s+(?:says?|said|wrote|writes|dice|dijo|escribi[oó]|escribe))\s*:\s*(?P<text>.*)",
    re.IGNORECASE,
)
# Programs tell what happened on lines like those of messages.
_NOTICE = re.compile(rf"\W*{any_of(load('chat')['notices'])}\W*", re.IGNORECASE)
_LONGEST_NOTICE = 400
_DEED = re.compile(rf"\s+{any_of(load('chat')['deeds'])}\b[^\n]*", re.IGNORECASE)
# What programs put behind a message that was changed.
_EDITED = re.compile(
    r"\s*[(<\[]\W?(?:this message was edited|edited|se edit[oó] este mensaje|editado|modifi[eé])\W?[)>\]]\s*$",
    re.IGNORECASE,
)


@dataclass
class Chat:
    """What a chat holds: entries to everyone, lines before the first, and where private ones were dropped."""

    entries: list[Entry] = field(default_factory=list)
    stray: list[Block] = field(default_factory=list)
    private: list[str] = field(default_factory=list)

    def messages(self, begin: int = 1, most: int | None = None) -> list[Message]:
        """Return the entries as messages, numbered from ``begin`` on, and ``most`` of them."""
        return [
            Message(number, entry.author, "\n".join(entry.lines), entry.places[0], entry.at, entry.reply_to)
            for number, entry in enumerate(self.entries[:most], begin)
        ]


def read(blocks: Iterable[Block], known: Iterable[str] = ()) -> Chat:
    """Read the lines of a chat.

    Args:
        blocks: its lines.
        known: names of people whom the record names, who are likely authors.
    """
    lines = list(blocks)
    reader = _Reader(lines, {name for name in known if name})
    for block in lines:
        reader.take(block)
    return reader.chat()


class _Reader:
    def __init__(self, lines: list[Block], known: set[str]) -> None:
        texts = [block.text for block in lines]
        heads = stacked(texts, colons=True)
        self.heads = {id(lines[position]) for position in heads}
        self.announced = {id(lines[position - 1]) for position in heads if announces(texts, position)}
        self.entries: list[Entry] = []
        self.stray: list[Block] = []
        self.stamped = any(stamped(block.text) for block in lines)
        self.to_all = frozenset(filter(None, (author_to_all(block.text) for block in lines)))
        self.after_header = False
        plain = [block.text for block in lines if not block.term and not stamped(block.text)]
        self.form = form_of(plain)
        self.over = stand_over(plain)
        self.authors = Authors.of(plain, known)
        # In a saved chat a further line of a message may look like an entry; in it only names seen
        # before begin one.
        self.strict = self.stamped and not _mostly_unstamped(lines, plain)
        half = max(1, len(lines) // 2)
        signed = sum(bold_author(block) != "" for block in lines)
        bold = sum(bold_author(block, signed=False) != "" for block in lines)
        self.bold_only = bold >= max(FEWEST_OF_A_FORM, half) and signed < bold
        self.bold = self.bold_only or signed * 2 >= half

    def take(self, block: Block) -> None:
        """Read one line: an entry begins, or the one above goes on."""
        if id(block) in self.announced:
            return
        text = _said(block)
        entry = self._entry(block, text)
        if entry is not None:
            self.entries.append(entry)
            self.after_header = not entry.lines[0]
        elif self.heads and self.entries and ONLY_WHEN.fullmatch(text):
            last = self.entries[-1]
            if last.at and any(last.lines):
                # Slack writes the name once over what somebody writes one after the other.
                self.entries.append(Entry(last.author, [""], [block.place], text.strip()))
            else:
                last.at = text.strip()
        elif self.entries and (
            (self.heads and _TEAMS_NOTE.fullmatch(text.strip()))
            # Below an entry with its day, a line with day and time that nobody said tells who came or left.
            or (_DAY_BEFORE.match(self.entries[-1].at) and is_dated(text))
        ):
            return
        elif self.entries:
            self.entries[-1].lines.append(text.strip())
            self.entries[-1].places.append(block.place)
            self.after_header = False
        else:
            self.stray.append(block)

    def _entry(self, block: Block, text: str) -> Entry | None:
        if block.term or block.kind == "message":
            return Entry(
                squeeze(block.term),
                [text.strip()],
                [block.place],
                block.at,
            )
        if id(block) in self.heads:
            name, at = head(block.text, colons=True)
            name = name or squeeze(block.text)
            return Entry(name, [""], [block.place], at)
        if self.heads:
            return None
        if not text.startswith(("\t\t", "    ")):
            entry = stamped_entry(text.strip("\n"), block, authors=self.to_all)
            if entry:
                return entry
        if text.startswith("\t") or self.after_header:
            return None
        if self.form and (formed := self.form(text)) and may_be_name(formed[0]):
            return Entry(formed[0], [formed[1]], [block.place], formed[2])
        if self.over:
            name = squeeze(text).rstrip(":：").strip()
            return Entry(name, [""], [block.place]) if stands_over(text) else None
        if self.bold and (name := bold_author(block, signed=not self.bold_only)):
            behind = text.strip()[len(block.bold_start) :].lstrip(" :–—-\t")
            stamp = STAMPED.match(behind)
            at, said = (stamp["at"].strip("[]"), stamp["rest"]) if stamp else ("", behind)
            return Entry(name, [said], [block.place], at)
        name, message = self.authors.split(text.strip(), strict=self.strict)
        if not name:
            return None
        return Entry(name, [message], [block.place])

    def chat(self) -> Chat:
        """Put together what was read."""
        chat = Chat(stray=self.stray)
        timed = sum(bool(_TIME_LAST.search(entry.lines[-1])) for entry in self.entries)
        for entry in self.entries if timed * 2 > max(FEWEST_OF_A_FORM, len(self.entries)) else ():
            if last := _TIME_LAST.search(entry.lines[-1]):
                entry.at, entry.lines[-1] = last["at"], entry.lines[-1][: last.start()]
        said = sum(bool(_SAYS.search(entry.author)) for entry in self.entries) * 2 > len(self.entries)
        addressed = sum(
            chat_addressees.of_name(entry.author).author != entry.author for entry in self.entries
        )
        sure = addressed * 2 > len(self.entries)
        for entry in self.entries:
            if said and not _SAYS.search(entry.author) and (more := _SAYS_WITHIN.match(entry.lines[0])):
                # "Ana Sample: Lagoon Radio says: hello"
                entry.author, entry.lines[0] = f"{entry.author}: {more['name']}", more["text"]
            entry.author = _SAYS.sub("", entry.author) if said else entry.author
            if _ONLY_TIME.fullmatch(entry.lines[0]):
                entry.at, entry.lines[0] = entry.at or entry.lines[0].strip(), ""
            text = "\n".join(entry.lines).strip()
            to = chat_addressees.of_name(entry.author, sure=sure)
            entry.author = to.author
            if entry.private or to.private or chat_addressees.begins_privately(text):
                chat.private.append(entry.places[0])
                continue
            told = [line for line in text.split("\n") if not _tells(line)]
            if text and (is_notice(entry.author, text) or not any(told)):
                continue
            text = "\n".join(told).strip()
            if reply := _REPLY.match(text):
                entry.reply_to = reply["start"].rstrip(". …")
                text = text[reply.end() :].strip()
            entry.lines = [line for line in _EDITED.sub("", text).split("\n") if line.strip()]
            if entry.lines:
                chat.entries.append(entry)
            else:
                chat.stray.append(Block("line", place=entry.places[0]))
        return chat


def _tells(text: str) -> bool:
    return len(text) <= _LONGEST_NOTICE and _NOTICE.fullmatch(text) is not None


def is_notice(author: str, text: str) -> bool:
    """Tell what a program says in a line like those of messages: a reaction, a file, or who came, left or was added."""
    if "\n" in text:
        return False
    if _REACTION.fullmatch(text) or _tells(text):
        return True
    return bool(author) and text.startswith(author) and _DEED.fullmatch(text, len(author)) is not None


def _mostly_unstamped(lines: Sequence[Block], plain: Sequence[str]) -> bool:
    """Tell a copied chat with a stamped line here and there from a saved one, whose entries all bear their time."""
    authors = list(filter(None, map(looks_like_entry, plain)))
    stamped = len(lines) - len(plain)
    sure = len(authors) >= FEWEST_OF_A_FORM or all(map(is_name, authors))
    return sure and len(authors) >= 2 * stamped and len(authors) >= 0.6 * len(lines)


def _said(block: Block) -> str:
    """Return a line with the addresses behind its links, where their words do not say them."""
    runs = block.runs
    said = []
    for run, following in zip(runs, (*runs[1:], None), strict=False):
        said.append(run.text)
        ends = following is None or following.href != run.href
        if run.href and ends and run.href.startswith(("http://", "https://")) and not URL.search(run.text):
            said.append(f" {run.href}")
    return "".join(said)
