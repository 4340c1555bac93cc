"""To whom a message of a chat was written: to everyone, to those who run the session, or to one person.

Whatever is not said to be for everyone is private, and what tells so may stand before the message ("Ana Sample to
Everyone:"), in the display name ("Ana Sample (Private)") or at the beginning of the text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .chat_authors import ends_of_name
from .vocabulary import any_of, load
from .words import fold, squeeze

_WORDS = load("chat_addressees")
_ALL, _PUBLIC, _HOSTS, _JOINTS, _SELF = (
    frozenset(map(str, _WORDS[name])) for name in ("all", "public", "hosts", "joints", "self")
)
_PRIVATE = any_of(_WORDS["private"])
CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
_TO = re.compile(rf"\s+{any_of(_WORDS['to'])}\s+(?=\S)", re.IGNORECASE)
_TO_IN_BRACKETS = re.compile(
    rf"\s*[(\[]\s*{any_of(_WORDS['to'])}\s+(?P<target>(?:[^()\[\]]|\(s\)|\(es\)){{1,120}})[)\]]\s*$",
    re.IGNORECASE,
)
# "(Private)", "(privately to Ana Sample)"
_BRACKET = rf"\s*[(\[]\s*{_PRIVATE}(?:\s+{any_of(_WORDS['to'])}\s[^()\[\]\n]{{1,120}})?\s*[)\]]"
_MARK = re.compile(rf"{_BRACKET}\s*$", re.IGNORECASE)
_MARKED_TEXT = re.compile(rf"{_BRACKET}\s*:?", re.IGNORECASE)
_ALONE = re.compile(rf"{_PRIVATE}|direct|direct[ao]|dm", re.IGNORECASE)
_PRIVATELY = re.compile(rf"\s+{_PRIVATE}\s*$", re.IGNORECASE)
_TIME_LAST = re.compile(rf"\s*[(\[]?{CLOCK}[)\]]?\s*$")
_ROOM = re.compile(
    r"\s*(?:\([^()]{1,40}\)|\bin (?:the )?(?:meeting|webinar)|\ben la reuni[oó]n)\s*$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 120


class Addressed(NamedTuple):
    """Who wrote, what, whether to somebody only, and to whom then."""

    author: str
    text: str
    private: bool
    marked: bool = False
    to: str = ""


def is_everyone(target: str) -> bool:
    """Tell whether these words mean everybody who was there: "Everyone", "todos los panelistas y asistentes"."""
    said = _said(_ROOM.sub("", squeeze(target)))
    return said <= _ALL | _PUBLIC | _HOSTS | _JOINTS and not said.isdisjoint(
        _PUBLIC if not said.isdisjoint(_HOSTS) else _PUBLIC | _ALL
    )


def is_hosts(target: str) -> bool:
    """Tell whether these words mean those who run a session, whom the public does not hear."""
    said = _said(target)
    return said <= _ALL | _HOSTS | _JOINTS and not said.isdisjoint(_HOSTS)


def _said(target: str) -> set[str]:
    return set(_WORD.findall(fold(target))) if len(target) <= _LONGEST else set()


def split(rest: str) -> Addressed | None:
    """Return who wrote what, of what follows "From": "Ana Sample to Everyone: hello"; None where it is no such head.

    ``marked`` says that a word in brackets, or the office of those who run a session, shows a private message.
    """
    for cut in ends_of_name(rest, longest=2 * _LONGEST):
        head, text = _TIME_LAST.sub("", rest[: cut.start()]), rest[cut.end() :].strip()
        if found := _addressed(head):
            return found._replace(text=text)
    return None


def _addressed(head: str) -> Addressed | None:
    marked = _MARK.search(head)
    plain = head[: marked.start()] if marked else head
    parts = [
        (plain[: to.start()], plain[to.end() :]) for to in _TO.finditer(plain) if plain[: to.start()].strip()
    ]
    if not parts:
        return None
    for author, target in parts:
        if not marked and is_everyone(target):
            return Addressed(squeeze(author), "", False)
    author, target = parts[0]
    says_so = marked is not None or any(is_hosts(part) for _, part in parts)
    if privately := _PRIVATELY.search(author):
        author, says_so = author[: privately.start()], True
    return Addressed(squeeze(author), "", True, says_so, squeeze(target))


def of_name(name: str, *, sure: bool = False) -> Addressed:
    """Return a display name without whom its message was written to: "Ana Sample to Everyone", "Ana Sample (Private)".

    Args:
        name: as it stands.
        sure: whether this chat says so of each message, so that "Ana to Orla" is no name.
    """
    name = squeeze(name).rstrip(" :")
    if within := _TO_IN_BRACKETS.search(name):
        everyone = is_everyone(within["target"])
        return Addressed(squeeze(name[: within.start()]), "", not everyone, not everyone)
    if _MARK.search(name):
        found = _addressed(name)
        return Addressed(found.author if found else squeeze(_MARK.sub("", name)), "", True, True)
    found = _addressed(name)
    if found and (not found.private or found.marked or sure or _is_self(name)):
        return found
    return Addressed(squeeze(name), "", False)


def _is_self(name: str) -> bool:
    last = list(_TO.finditer(name))[-1]
    return _said(name[last.end() :]) <= _SELF


def says_private(cell: str) -> bool:
    """Tell whether a cell beside a message says that it was not for everybody: "Private", "Direct message"."""
    return len(cell) <= _LONGEST and _ALONE.fullmatch(cell.strip()) is not None


def begins_privately(text: str) -> bool:
    """Tell a message in front of which a bracket says that it is private."""
    return _MARKED_TEXT.match(text) is not None
