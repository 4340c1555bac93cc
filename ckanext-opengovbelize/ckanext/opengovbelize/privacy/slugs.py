"""What addresses and names of files say in words: "ana-sample-notes.pdf" is "Ana Sample Notes"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

from .dictionary import LANGUAGES, is_ordinary
from .folding import words
from .name_words import are_everyday_name, body_words, is_small_everyday_name, known_phrases
from .person_signs import SMALL_WORDS
from .vocabulary import word_set

_BETWEEN = re.compile(r"[/?&=#;]")
_SUFFIX = re.compile(
    r"\.(?:pdf|docx?|odt|rtf|txt|md|xlsx?|ods|csv|tsv|json(?:ld)?|xml|ya?ml|pptx?|odp|html?|php|aspx?|jpe?g|png|gif|svg|webp"
    r"|mp[34]|m4[av]|wav|ogg|mov|avi|webm|vtt|srt|zip|gz|ics|rss|atom|epub)$",
    re.IGNORECASE,
)
# "AnaSampleNotes" are three words.
_WORD = re.compile(r"[^\W\d_]+?(?=[^\W\d_a-zà-ÿ])(?<=[a-zà-ÿ])|[^\W\d_]+")
# Letters chosen by a machine: "dQw4w9WgXcQ".
_KEY = re.compile(r"\d[^\W\d_]")
# Whose page it is stands behind such a word; channels of videos are those of programs.
_ACCOUNT = re.compile(
    r"(?:/(?:u|users?|authors?|profiles?|people|persons?|personas?|team|equipo|staff|attendees?|participants?|asistentes?"
    r"|participantes?|guests?|invitad[oa]s?|cvs?|bios?)/|[?&](?:name|author|user|username|who|nombre|autor|autora|usuario)=)"
    r"(?P<name>[^/?#&]+)",
    re.IGNORECASE,
)
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


def accounts_in(url: str) -> Iterator[tuple[str, ...]]:
    """Yield whose page an address is, in words: "/users/asample", but not "/users/guide" or "/profile/belize"."""
    if _CHANNELS.match(url):
        return
    for found in _ACCOUNT.finditer(unquote_plus(url)):
        said = tuple(words(re.sub(r"[\W_]+", " ", _SUFFIX.sub("", found["name"]))))
        # "undp-belize" is a body, "victoria-toledo" need not be a place.
        expected = body_words() if body_words().isdisjoint(said) else body_words() | word_set("places")
        ordinary = [word for word in said if word not in expected]
        # "orla-kingfisher": no language has both words.
        plain = any(all(is_ordinary(word, (one,)) for word in ordinary) for one in LANGUAGES)
        plain = plain and not are_everyday_name(said)
        if not (plain or " ".join(said) in known_phrases()):
            yield said


def is_everyday_name(said: str) -> bool:
    """Tell whether what a part of an address says is nothing but a name of everyday words: "Basil Ferry"."""
    parts = words(said)
    return is_small_everyday_name(parts) and parts[-1] not in word_set("things")
