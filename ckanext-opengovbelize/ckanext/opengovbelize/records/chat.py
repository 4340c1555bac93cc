"""A chat, as copied or saved from a meeting: lines in, messages out.

Entries to everyone become messages. Private and direct messages are dropped whole, with the lines that
belong to them; reactions are no messages. A line without an author of its own belongs to the entry above.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from . import chat_addressees, dates, labels
from .chat_addressees import CLOCK, Addressed
from .chat_authors import (
    FEWEST_OF_A_FORM,
    LONGEST_NAME,
    MOST_WORDS,
    Authors,
    ends_of_name,
    looks_like_entry,
    may_be_name,
    stand_over,
    stands_over,
)
from .document import Block
from .names import is_name
from .session import Message
from .vocabulary import any_of, load
from .words import URL, fold, squeeze

_TIME = rf"(?P<at>\[?(?:\d{{4}}-\d\d-\d\d[ T])?{CLOCK}\]?)"
_STAMPED = re.compile(rf"\s?{_TIME}\s+(?:\|\s+)?(?P<rest>[^\s|].*)")
# Zoom: "10:31:07 From X to Everyone:" with the text below, or "10:31:07  From  X  to  Everyone : text".
_FROM = re.compile(r"(?:[Ff]rom|[Dd]e|Von)\s+(?P<rest>\S.*)")
_TABBED = re.compile(rf"\s?{_TIME}\s*\t\s*(?P<author>[^\t]{{1,120}}?)\s*:\s*\t\s*(?P<text>.*)")
_REACTION = re.compile(rf"\s*{any_of(load('chat')['reactions'])}\b.*", re.IGNORECASE | re.DOTALL)
_REPLY = re.compile(
    rf"\s*{any_of(load('chat')['replies'])}\s+[\"“«](?P<start>[^\n]*?)[\"”»]\s*(?:\n|$)", re.IGNORECASE
)
# Copied from the window of Teams: a line with name and time, or time and name, and the message below it.
_DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d\d-\d\d|today|yesterday|hoy|ayer"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)"
)
_NAME_OVER = re.compile(
    rf"\s?(?P<author>[^\s\[].{{0,90}}?),?\s+\[?(?:{_DAY},?\s+)?{_TIME}\]?\s*", re.IGNORECASE
)
_TIME_OVER = re.compile(rf"\s?\[(?:{_DAY},?\s+)?{_TIME}\]?\s+(?P<author>\S.{{0,90}})")
_DIGIT = re.compile(r"\d")
_LONGEST_HEAD = 200
# What Teams copies along with a message: reactions, and that it was edited.
_TEAMS_NOTE = re.compile(
    r"\d{1,3} \w+ reactions?\.?|\d{1,3} (?:likes?|hearts?|laughs?|surprised|sad|angry)|(?:likes?|hearts?) \d{1,3}"
    r"|\d{1,3} me gusta|me gusta \d{1,3}|edited|editado"
    r"|this message (?:was|has been) deleted\.?|se elimin[oó] este mensaje\.?"
    r"|este mensaje (?:se elimin[oó]|(?:fue|ha sido) eliminado)\.?",
    re.IGNORECASE,
)
# WhatsApp and Teams: "13/02/2020, 10:31 - Name: text", "[10:31] Name: text"
_DATED = re.compile(
    r"\s?\[?(?P<at>\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s+\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?\s?m\.?)?)\]?\s*(?:-|–)?\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]")
# "<Name> text" and "Name (10:31): text": forms that count only where most lines of a chat have them.
_ANGLED = re.compile(rf"\s?(?:\[?{_TIME}\]?\s+)?<(?P<author>[^<>]{{1,90}})>\s*(?P<text>\S.*)")
_TIMED_NAME = re.compile(rf"\s?(?P<author>\S.{{0,90}}?)[\s,]+[(\[]?{_TIME}[)\]]?\s*:\s*(?P<text>\S.*)")
# Author, text and time of a line.
_Form = Callable[[str], tuple[str, str, str] | None]
_ONLY_TIME = re.compile(rf"\s*{CLOCK}\s*")
_ONLY_WHEN = re.compile(rf"\s*(?:{_DAY},?\s+)?{CLOCK}\s*", re.IGNORECASE)
_TIME_LAST = re.compile(rf"\s*[(\[](?P<at>{CLOCK})[)\]]\s*$", re.IGNORECASE)
_SAYS = re.compile(r"\s+(?:says?|said|wrote|writes|dice|dijo|escribi[oó]|escribe)\s*$", re.IGNORECASE)
_SAYS_WITHIN = re.compile(
    r"(?P<name>[^:]{2,60}?\s+(?:says?|said|wrote|writes|dice|dijo|escribi[oó]|escribe))\s*:\s*(?P<text>.*)",
    re.IGNORECASE,
)
# WhatsApp tells what happened on lines like those of messages.
_NOTICE = re.compile(
    r"\W*(?:messages and calls are end-to-end encrypted\b.*|los mensajes y las llamadas est[aá]n cifrados\b.*"
    r"|<?(?:attached: .{1,100}|media omitted|image omitted|video omitted|multimedia omitido"
    r"|archivo adjunto: .{1,100})>?"
    r"|(?:this message was|you) deleted(?: this message)?\.?|se elimin[oó] este mensaje\.?|eliminaste este mensaje\.?"
    r"|missed (?:voice|video) call\.?)\W*",
    re.IGNORECASE,
)
# What programs put behind a message that was changed.
_EDITED = re.compile(
    r"\s*[(<\[]\W?(?:this message was edited|edited|se edit[oó] este mensaje|editado|modifi[eé])\W?[)>\]]\s*$",
    re.IGNORECASE,
)

_GREETS = re.compile(rf"{any_of(load('chat')['greetings'])}\b")


@dataclass
class Entry:
    """One entry of a chat, with where each of its lines stands."""

    author: str
    lines: list[str]
    places: list[str]
    at: str = ""
    private: bool = False
    reply_to: str = ""


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


def is_header(text: str) -> bool:
    """Tell whether a line is a stamped entry of a saved chat, so that a chat begins without any label."""
    stamped = _STAMPED.match(text)
    return (
        _addressed_without_time(text) is not None
        or bool(stamped and (found := _FROM.match(stamped["rest"])) and chat_addressees.split(found["rest"]))
        or bool(_TABBED.match(text))
    )


def is_dated(text: str) -> bool:
    """Tell whether a line bears day and time in front, as entries and notices of a group chat do."""
    return _DATED.match(text) is not None


def is_entry_of_saved_chat(text: str) -> bool:
    """Tell an entry of the oldest form: "10:31:07 From Ana Sample : hello". One such line alone may be anything."""
    stamped = _STAMPED.match(text)
    found = _FROM.match(stamped["rest"]) if stamped else None
    return bool(found and looks_like_entry(found["rest"]))


def dated_entry(text: str) -> str:
    """Return the author of an entry of a group chat, which bears day and time in front, else nothing."""
    dated = _DATED.match(text)
    cut = next(iter(ends_of_name(dated["rest"])), None) if dated else None
    name = squeeze(dated["rest"][: cut.start()]) if dated and cut else ""
    return name if len(name.split()) <= 8 else ""


def timed_entry(text: str) -> str:
    """Return the author of an entry with its time in front, "10:31 Ana Sample: hello", else nothing."""
    stamped = _STAMPED.match(text)
    return dated_entry(text) or (looks_like_entry(stamped["rest"]) if stamped else "")


def greets(text: str) -> bool:
    """Tell an entry that greets or thanks, as somebody does in a chat: "Ana Sample: good morning to all"."""
    author = looks_like_entry(text)
    return bool(author and _GREETS.match(fold(text[len(author) :].lstrip(" :："))))


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


def stacked(texts: list[str], *, colons: bool = False) -> set[int]:
    """Return which lines are heads of a chat copied as a stack: who and when, with the message below.

    One line of this form may be anything; a chat has two at least, with something below most of them. Within a
    chat there may be ``colons`` in a name.
    """
    above = _names_above_times(texts)
    heads = [position in above or _head(text)[0] != "" for position, text in enumerate(texts)]
    over = [
        position
        for position, head in enumerate(heads[:-1])
        if head and not heads[position + 1] and texts[position + 1].strip()
    ]
    if len(over) < max(2, sum(heads) / 2):
        return set()
    return above | {position for position, text in enumerate(texts) if _head(text, colons=colons)[0]}


def _names_above_times(texts: list[str]) -> set[int]:
    """Return which lines are names with a time below, as Google Meet shows who wrote, and the message below that."""
    return {
        position
        for position, (text, below, said) in enumerate(zip(texts, texts[1:], texts[2:], strict=False))
        if _ONLY_WHEN.fullmatch(below)
        and said.strip()
        and not _ONLY_WHEN.fullmatch(said)
        and may_be_name(name := squeeze(text))
        and is_name(name, fewest=1)
        and not labels.lookup(name)
    }


def _head(text: str, *, colons: bool = False) -> tuple[str, str]:
    """Return author and time of a line that is nothing else; ``colons`` may stand in the name."""
    # A long line says more, and many blanks in one would take minutes.
    text = text.strip()
    if len(text) > _LONGEST_HEAD or not _DIGIT.search(text):
        return "", ""
    for pattern in (_TIME_OVER, _NAME_OVER):
        match = pattern.fullmatch(text)
        if match and _may_stand_over(chat_addressees.of_name(_without_from(match["author"])).author, colons):
            # Whom it was written to tells later whether it is private.
            return squeeze(_without_from(match["author"])), match["at"].strip("[]")
    return "", ""


def _without_from(name: str) -> str:
    """Return a name without the "From" of "From Ana Sample to Everyone"."""
    found = _FROM.match(name)
    return found["rest"] if found and chat_addressees.of_name(found["rest"]).author != found["rest"] else name


def _may_stand_over(name: str, colons: bool) -> bool:
    return (
        may_be_name(name)
        and (colons or not ends_of_name(name))
        and len(name.split()) <= 8
        and not name.endswith((".", ",", "-", "–", "—"))
        and not name[:1].isdigit()
        and not dates.begins_with_date(name)
    )


class _Reader:
    def __init__(self, lines: list[Block], known: set[str]) -> None:
        texts = [block.text for block in lines]
        self.heads = {id(lines[position]) for position in stacked(texts, colons=True)}
        self.entries: list[Entry] = []
        self.stray: list[Block] = []
        self.stamped = any(_stamped(block.text) for block in lines)
        self.after_header = False
        plain = [block.text for block in lines if not block.term and not _stamped(block.text)]
        self.form = _form(plain)
        self.over = stand_over(plain)
        self.authors = Authors.of(plain, known)
        # In a saved chat a further line of a message may look like an entry; in it only names seen
        # before begin one.
        self.strict = self.stamped and not _mostly_unstamped(lines, plain)
        half = max(1, len(lines) // 2)
        signed = sum(_bold_author(block) != "" for block in lines)
        bold = sum(_bold_author(block, signed=False) != "" for block in lines)
        self.bold_only = bold >= max(FEWEST_OF_A_FORM, half) and signed < bold
        self.bold = self.bold_only or signed * 2 >= half

    def take(self, block: Block) -> None:
        """Read one line: an entry begins, or the one above goes on."""
        text = _said(block)
        entry = self._entry(block, text)
        if entry is not None:
            self.entries.append(entry)
            self.after_header = not entry.lines[0]
        elif self.heads and self.entries and not self.entries[-1].at and _ONLY_WHEN.fullmatch(text):
            self.entries[-1].at = text.strip()
        elif self.entries and (
            _NOTICE.fullmatch(text)
            or (self.heads and _TEAMS_NOTE.fullmatch(text.strip()))
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
            name, at = _head(block.text, colons=True)
            name = name or squeeze(block.text)
            return Entry(name, [""], [block.place], at)
        if self.heads:
            return None
        if not text.startswith(("\t\t", "    ")) and (entry := _stamped_entry(text.strip("\n"), block)):
            return entry
        if text.startswith("\t") or self.after_header:
            return None
        if self.form and (formed := self.form(text)) and may_be_name(formed[0]):
            return Entry(formed[0], [formed[1]], [block.place], formed[2])
        if self.over:
            name = squeeze(text).rstrip(":：").strip()
            return Entry(name, [""], [block.place]) if stands_over(text) else None
        if self.bold and (name := _bold_author(block, signed=not self.bold_only)):
            behind = text.strip()[len(block.bold_start) :].lstrip(" :–—-\t")
            stamp = _STAMPED.match(behind)
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
            if (_REACTION.fullmatch(text) or _NOTICE.fullmatch(text)) and "\n" not in text:
                continue
            if reply := _REPLY.match(text):
                entry.reply_to = reply["start"].rstrip(". …")
                text = text[reply.end() :].strip()
            entry.lines = [line for line in _EDITED.sub("", text).split("\n") if line.strip()]
            if entry.lines:
                chat.entries.append(entry)
            else:
                chat.stray.append(Block("line", place=entry.places[0]))
        return chat


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


def _form(lines: list[str]) -> _Form | None:
    """Return the form that most lines have, of those that a single line may have by chance."""
    for form in (_to_everyone, _angled, _timed_name):
        count = sum(bool((found := form(text)) and may_be_name(found[0])) for text in lines)
        if count >= max(FEWEST_OF_A_FORM, len(lines) / 2):
            return form
    return None


def _to_everyone(text: str) -> tuple[str, str, str] | None:
    """Read "Ana Sample to Everyone: hello", with a time or without; what is private is told by its author's name."""
    addressed = chat_addressees.split(text)
    if addressed is None or addressed.private:
        return None
    return addressed.author, addressed.text, ""


def _angled(text: str) -> tuple[str, str, str] | None:
    found = _ANGLED.match(text)
    return (
        (squeeze(found["author"]), found["text"].strip(), (found["at"] or "").strip("[]")) if found else None
    )


def _timed_name(text: str) -> tuple[str, str, str] | None:
    found = _TIMED_NAME.match(text)
    return (squeeze(found["author"]), found["text"].strip(), found["at"].strip("[]")) if found else None


def _stamped(text: str) -> bool:
    return bool(_STAMPED.match(text) or _DATED.match(text)) or _addressed_without_time(text) is not None


def _stamped_entry(text: str, block: Block) -> Entry | None:
    """Read a line that bears its time, or the head of a saved chat's entry."""
    if tabbed := _TABBED.match(text):
        name = squeeze(tabbed["author"])
        return Entry(name, [tabbed["text"].strip()], [block.place], tabbed["at"])
    match = _STAMPED.match(text) or _DATED.match(text)
    if not match:
        addressed = _addressed_without_time(text)
        return (
            Entry(addressed.author, [addressed.text], [block.place], private=addressed.private)
            if addressed
            else None
        )
    rest, at = match["rest"], match["at"].strip("[]")
    if (found := _FROM.match(rest)) and (entry := chat_addressees.split(found["rest"])):
        return Entry(entry.author, [entry.text], [block.place], at, entry.private)
    if (found := _FROM.match(rest)) and (name := looks_like_entry(found["rest"])):
        return Entry(name, [found["rest"][len(name) :].strip(" :\t")], [block.place], at)
    if angled := _ANGLED.match(rest):
        return Entry(squeeze(angled["author"]), [angled["text"].strip()], [block.place], at)
    name, message = Authors([], set()).split(rest.strip(), strict=False)
    if name:
        return Entry(name, [message], [block.place], at)
    return None


def _addressed_without_time(text: str) -> Addressed | None:
    """Read "From X to Everyone:", as a chat is copied from the window; "From Belize to Mexico:" is none."""
    found = _FROM.match(text)
    addressed = chat_addressees.split(found["rest"]) if found else None
    return addressed if addressed and (addressed.marked or not addressed.private) else None


def _bold_author(block: Block, *, signed: bool = True) -> str:
    """Return the bold text with which a line begins; ``signed`` asks for a colon or a dash behind it."""
    start = block.bold_start
    if not start or start == block.text or len(start) > LONGEST_NAME or len(start.split()) > MOST_WORDS:
        return ""
    following = block.text[len(start) :].lstrip()
    if not signed and not may_be_name(squeeze(start.rstrip(" :："))):
        return ""
    if signed and not start.endswith((":", "：")) and not following.startswith((":", "：", "–", "—", "-")):
        return ""
    return squeeze(start.rstrip(" :："))
