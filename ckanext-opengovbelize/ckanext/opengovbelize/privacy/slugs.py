"""What addresses and names of files say in words: "ana-sample-notes.pdf" is "Ana Sample Notes"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

from .dictionary import is_ordinary
from .folding import words
from .name_reader import SMALL_WORDS
from .name_words import known_phrases

_BETWEEN = re.compile(r"[/?&=#;]")
_SUFFIX = re.compile(r"\.[A-Za-z]{2,6}$")
# "AnaSampleNotes" are three words.
_WORD = re.compile(r"[^\W\d_]+?(?=[^\W\d_a-zà-ÿ])(?<=[a-zà-ÿ])|[^\W\d_]+")
# Letters chosen by a machine: "dQw4w9WgXcQ".
_KEY = re.compile(r"\d[^\W\d_]")
# Whose page it is stands behind such a word; channels of videos are those of programs.
_ACCOUNT = re.compile(r"/(?:u|users?|authors?|profiles?)/(?P<name>[^/?#]+)", re.IGNORECASE)
_CHANNELS = re.compile(r"^https?://(?:[\w-]+\.)*youtube\.com/", re.IGNORECASE)


def said_in(name: str) -> str:
    """Return the words of a file's name, written like a title."""
    said = _WORD.findall(_SUFFIX.sub("", name))
    return " ".join(word.lower() if word.lower() in SMALL_WORDS else word.title() for word in said)


def said_in_address(url: str) -> Iterator[str]:
    """Yield what each part of a web address says, but for its host, where it says more than one word."""
    path = unquote_plus(url).partition("://")[2].partition("/")[2]
    parts = (part for part in _BETWEEN.split(path) if not _KEY.search(part))
    return (said for part in parts if " " in (said := said_in(part)))


def is_of_account(url: str) -> bool:
    """Tell whether an address is somebody's page: "/users/asample", but not "/users/guide" or "/profile/belize"."""
    if _CHANNELS.match(url):
        return False
    found = _ACCOUNT.search(unquote_plus(url))
    said = words(re.sub(r"[\W_]+", " ", found["name"])) if found else []
    return not (all(map(is_ordinary, said)) or " ".join(said) in known_phrases())
