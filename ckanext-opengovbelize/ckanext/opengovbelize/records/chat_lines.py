"""What one line of a chat tells by itself: when it was written, by whom and to whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from . import chat_addressees
from .chat_addressees import CLOCK, Addressed
from .chat_authors import (
    FEWEST_OF_A_FORM,
    LONGEST_NAME,
    MOST_WORDS,
    Authors,
    ends_of_name,
    looks_like_entry,
    may_be_name,
)
from .document import Block
from .once import once
from .vocabulary import any_of, load
from .words import fold, squeeze

TIME = rf"(?P<at>\[?(?:\d{{4}}-\d\d-\d\d[ T])?{CLOCK}\]?)"
STAMPED = re.compile(rf"\s?{TIME}\s+(?:\|\s+)?(?P<rest>[^\s|].*)")
# Zoom: "10:31:07 From X to Everyone:" with the text below, or "10:31:07  From  X  to  Everyone : text".
_FROM = re.compile(r"(?:[Ff]rom|[Dd]e|Von)\s+(?P<rest>\S.*)")
_TABBED = re.compile(rf"\s?{TIME}\s*\t\s*(?P<author>[^\t]{{1,120}}?)\s*:\s*\t\s*(?P<text>.*)")
# WhatsApp and Teams: "13/02/2020, 10:31 - Name: text", "[10:31] Name: text"
_DATED = re.compile(
    r"\s?\[?(?P<at>\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s+\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?\s?m\.?)?)\]?\s*(?:-|–)?\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)
# "<Name> text" and "Name (10:31): text": forms that count only where most lines of a chat have them.
_ANGLED = re.compile(rf"\s?(?:\[?{TIME}\]?\s+)?<(?P<author>[^<>]{{1,90}})>\s*(?P<text>\S.*)")
_TIMED_NAME = re.compile(rf"\s?(?P<author>\S.{{0,90}}?)[\s,]+[(\[]?{TIME}[)\]]?\s*:\s*(?P<text>\S.*)")
# Author, text and time of a line.
Form = Callable[[str], tuple[str, str, str] | None]
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


@once
def is_header(text: str) -> bool:
    """Tell whether a line is a stamped entry of a saved chat, so that a chat begins without any label."""
    stamped = STAMPED.match(text)
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
    stamped = STAMPED.match(text)
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
    stamped = STAMPED.match(text)
    return dated_entry(text) or (looks_like_entry(stamped["rest"]) if stamped else "")


def greets(text: str) -> bool:
    """Tell an entry that greets or thanks, as somebody does in a chat: "Ana Sample: good morning to all"."""
    author = looks_like_entry(text)
    return bool(author and _GREETS.match(fold(text[len(author) :].lstrip(" :："))))


def form_of(lines: list[str]) -> Form | None:
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


def stamped(text: str) -> bool:
    """Tell whether a line bears its time, or says from whom to whom it is."""
    return bool(STAMPED.match(text) or _DATED.match(text)) or _addressed_without_time(text) is not None


def author_to_all(text: str) -> str:
    """Return the author of an entry to everyone that bears no time, "From Ana Sample to Everyone:", else nothing."""
    addressed = _addressed_without_time(text)
    return addressed.author if addressed and not addressed.private else ""


def stamped_entry(text: str, block: Block, *, authors: Collection[str] = ()) -> Entry | None:
    """Read a line that bears its time, or the head of a saved chat's entry.

    Args:
        text: the line.
        block: where it stands.
        authors: who wrote to everyone in a chat that says so, so that "From Ana to Orla:" begins an entry.
    """
    if tabbed := _TABBED.match(text):
        name = squeeze(tabbed["author"])
        return Entry(name, [tabbed["text"].strip()], [block.place], tabbed["at"])
    match = STAMPED.match(text) or _DATED.match(text)
    if not match:
        to = _addressed_without_time(text, authors)
        return Entry(to.author, [to.text], [block.place], private=to.private) if to else None
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


def _addressed_without_time(text: str, authors: Collection[str] = ()) -> Addressed | None:
    """Read "From X to Everyone:", as a chat is copied from the window; "From Belize to Mexico:" is none."""
    found = _FROM.match(text)
    addressed = chat_addressees.split(found["rest"]) if found else None
    if addressed is None:
        return None
    says_so = addressed.marked or not addressed.private or chat_addressees.begins_privately(addressed.text)
    # Nothing stands behind the head of an entry whose text is below.
    knows = authors and (addressed.author in authors or addressed.to in authors or not addressed.text)
    return addressed if knows or says_so else None


def bold_author(block: Block, *, signed: bool = True) -> str:
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


def without_from(name: str) -> str:
    """Return a name without the "From" of "From Ana Sample to Everyone"."""
    found = _FROM.match(name)
    return found["rest"] if found and chat_addressees.of_name(found["rest"]).author != found["rest"] else name
