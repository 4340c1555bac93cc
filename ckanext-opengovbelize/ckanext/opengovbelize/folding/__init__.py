"""One normal form of text: names and phrases are compared whatever their case, accents, width or spacing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

# Letters that look alike or that decomposition leaves whole: enough to see through a disguise.
_LOOKALIKES = str.maketrans(
    {
        **dict(zip("аеорсхуіѕјһԁӏкмтвнг", "aeopcxyisjhdlkmtbhr", strict=True)),
        **dict(zip("οανικρτυχεη", "oavikptuxen", strict=True)),
        **dict(zip("øłđıħŧ", "oldiht", strict=True)),
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        **dict.fromkeys("’‘ʼ`´′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character).casefold().translate(_LOOKALIKES)
    return "".join(
        part
        for part in unicodedata.normalize("NFKD", decomposed)
        if unicodedata.category(part) not in ("Mn", "Cf", "Me")
    )


def _fold_ascii(text: str) -> str:
    # The same as character by character, and most texts are of this kind.
    return text.lower().replace("`", "'")


@dataclass(frozen=True)
class Folded:
    """A folded text that knows which character of the original each of its characters came from."""

    text: str
    origins: Sequence[int]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original text of the folded characters from ``start`` to ``end``."""
        return self.origins[start], self.origins[end - 1] + 1


def fold_in_place(text: str) -> Folded:
    """Fold each character; spaces and line breaks stay where they are."""
    if text.isascii():
        return Folded(_fold_ascii(text), range(len(text)))
    parts: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        folded = _fold_character(character)
        parts.append(folded)
        origins.extend([position] * len(folded))
    return Folded("".join(parts), origins)


def fold(text: str) -> str:
    """Return the normal form: case, accents, width, look-alikes folded, extra spaces gone."""
    return _SPACE.sub(" ", _fold_characters(text)).strip()


def _fold_characters(text: str) -> str:
    return _fold_ascii(text) if text.isascii() else "".join(map(_fold_character, text))


def words(text: str) -> list[str]:
    """Return the folded words of ``text``: runs of letters and digits."""
    return _WORD.findall(_fold_characters(text))


def squeeze(text: str) -> str:
    """Return the folded letters and digits only, so that spacing and punctuation make no difference."""
    return "".join(words(text))


class Token(NamedTuple):
    """One word of a text: its folded form and where it stands, in the folded and in the original text."""

    folded: str
    original: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the words of ``text`` with their places in the original."""
    if text.isascii():
        return [Token(match.group().lower(), match.group(), *match.span()) for match in _WORD.finditer(text)]
    folded = fold_in_place(text)
    found = []
    for match in _WORD.finditer(folded.text):
        start, end = folded.original_span(match.start(), match.end())
        found.append(Token(match.group(), text[start:end], start, end))
    return found
