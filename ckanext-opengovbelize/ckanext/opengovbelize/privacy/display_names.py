"""What a chat's display name says: a name, and whom its holder belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..folding import words
from .dictionary import is_ordinary
from .vocabulary import phrases, word_set

_BRACKETS = re.compile(r"[\[({]([^\])}]*)[\])}]?")
_SEPARATORS = re.compile(r"\s*[:|/;•·]\s*|\s+[-–—~]\s*|\s*[-–—~]\s+|(?<=\w{4})\.\s+|,\s+|\s+@\s*")
_POSSESSIVE = re.compile(r"['’]s\b")


@dataclass(frozen=True)
class DisplayName:
    """A chat's display name taken apart: the name proper and what stands in brackets or after a separator."""

    name: tuple[str, ...]
    affiliations: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> DisplayName:
        """Take a display name apart. Device words, titles and numbers belong to neither part."""
        text = _POSSESSIVE.sub("", " ".join(text.split()))
        brackets = [part.strip() for part in _BRACKETS.findall(text) if part.strip()]
        head, *rest = [part for part in _SEPARATORS.split(_BRACKETS.sub(" ", text)) if part.strip()] or [""]
        # "Waterlillo, Zenobio": after a comma comes a given name, unless it looks like a body.
        if rest and "," in text and not brackets and not _is_body(rest[0]):
            head, rest = f"{head} {rest[0]}", rest[1:]
        # "Ministry of Lagoons - Ana Pech": some write their office first.
        elif len(rest) == 1 and _is_body(head) and _is_somebody(rest[0]):
            head, rest = rest[0], [head]
        affiliations = [part for part in [*brackets, *rest] if meaningful(part)]
        return cls(tuple(meaningful(head)), tuple(affiliations))


def meaningful(text: str) -> list[str]:
    """Return the folded words of a display name that say something: no words of devices, no titles, no numbers."""
    return [word for word in words(text) if word not in word_set("display_noise") and not word.isdigit()]


def _is_body(text: str) -> bool:
    return (
        any(word in word_set("bodies") or word in word_set("institutions") for word in words(text))
        or "&" in text
    )


def _is_somebody(text: str) -> bool:
    """Tell a name by its first word, or by words that are no others; a place behind an office is none."""
    said = meaningful(text)
    if not said or _is_body(text):
        return False
    return said[0] in word_set("given_names") or not any(
        is_ordinary(word) or word in phrases("places") or word in word_set("places") for word in said
    )
