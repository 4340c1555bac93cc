"""Where the name of its author ends in a line of a chat.

In a copied chat ("Name:text") nothing but the colon tells where the name ends, and names hold colons too
("Ana Sample: Lagoon Radio:hello"). The authors seen in the rest of the chat decide; then what looks like a
name. When in doubt a line begins an entry of its own: a participant's words must never be taken for a host's.
"""

from __future__ import annotations

import re
from collections import Counter

from .vocabulary import load
from .words import fold, squeeze

# So many lines of one form are no chance.
FEWEST_OF_A_FORM = 3
# WhatsApp shows the number of whoever is in nobody's list.
_NUMBER_AS_NAME = re.compile(r"~?\s*\+\d[\d\s().-]{6,20}")
_DASH = re.compile(r"\s[-–—](?=\s)")
_COLON = re.compile(r"\s?[:：](?!//)(?![-')(DPp](?:\s|$))")
LONGEST_NAME = 90
MOST_WORDS = 12
_NO_NAMES = frozenset(load("chat")["no_names"])
_SENTENCE_WORDS = frozenset(load("chat")["sentence_words"])


def looks_like_entry(text: str) -> str:
    """Return the author where a line has the form "Name: text" and its name looks like one, else nothing."""
    for cut in ends_of_name(text)[:1]:
        name = text[: cut.start()].strip()
        if text[cut.end() :].strip() and may_be_name(name) and len(name.split()) <= 8:
            return name
    return ""


def stands_over(text: str) -> bool:
    """Tell whether a line is a display name with a colon behind it, and nothing else."""
    name = text.strip().rstrip(":：")
    return name != text.strip() and may_be_name(squeeze(name)) and len(name.split()) <= 8


def stand_over(lines: list[str]) -> bool:
    """Tell whether a chat writes each name on a line of its own, over what was said."""
    over = sum(map(stands_over, lines))
    return over >= max(FEWEST_OF_A_FORM, len(lines) / 3) and over >= len(lines) - 2 * over


def _has_dashes(lines: list[str]) -> bool:
    """Tell whether a chat sets a dash, and no colon, behind its names."""
    names = [fold(text[: cuts[0].start()]) for text in lines if (cuts := _dashes(text))]
    colons = sum(looks_like_entry(text) != "" for text in lines)
    often = len(names) >= max(FEWEST_OF_A_FORM, len(lines) * 0.6)
    # Names hold colons and dashes too: what stands behind every name is what more lines have.
    return often and colons < len(names) and len(set(names)) < len(names)


def _dashes(text: str) -> list[re.Match[str]]:
    """Return the dashes at which a name may end."""
    return [
        cut
        for cut in _DASH.finditer(text[: LONGEST_NAME + 2])
        if cut.start() and may_be_name(text[: cut.start()])
    ]


def ends_of_name(text: str, longest: int = LONGEST_NAME) -> list[re.Match[str]]:
    """Return the colons at which a name may end: no times of day, no addresses, no smileys."""
    head = text[: longest + 2]
    return [
        cut
        for cut in _COLON.finditer(head)
        if cut.start()
        and not (text[cut.end() - 2 : cut.end() - 1].isdigit() and text[cut.end() : cut.end() + 1].isdigit())
    ]


def may_be_name(name: str) -> bool:
    """Tell whether what stands before a colon may be a display name."""
    words = name.split()
    if not words or len(words) > MOST_WORDS or len(name) > LONGEST_NAME:
        return False
    if not any(map(str.isalpha, name)):
        return bool(_NUMBER_AS_NAME.fullmatch(name))
    if fold(name) in _NO_NAMES or "http" in name.lower() or re.search(r"[?!;\"“”=<>]|\.\.\.|…", name):
        return False
    outside = re.sub(r"[(\[].*?[)\]]", " ", name)
    small = [word for word in outside.split() if word.islower() and fold(word) in _SENTENCE_WORDS]
    if len(small) > 1 or (small and fold(words[0]) in _SENTENCE_WORDS):
        return False
    # A sentence of small words that ends in a colon, such as "the three steps are:".
    lower = [word for word in outside.split() if word[:1].islower()]
    return not (len(lower) >= 4 and len(lower) > len(words) / 2)


def _name_like(piece: str) -> bool:
    """Tell whether a piece between two colons is more of a name: an office, a house, letters in capitals."""
    words = piece.split()
    plain = re.sub(r"\b[^\W\d]{1,5}\.(?=\s)", " ", piece)
    if not words or len(words) > 6 or fold(piece) in _NO_NAMES or re.search(r"[?!.,;]|\b\d+\b", plain):
        return False
    capital = [word for word in words if word[:1].isupper() or not word[:1].isalpha()]
    small = [
        word
        for word in words
        if word[:1].islower() and word not in ("of", "de", "del", "the", "and", "y", "la", "&", "for")
    ]
    return bool(capital) and not small and any(word[:1].isupper() for word in words)


class Authors:
    """The authors of a copied chat, found from what its lines have in common."""

    def __init__(self, lines: list[str], known: set[str], *, behind_dashes: bool = False) -> None:
        self.known = {fold(name) for name in known}
        self.cuts_of = _dashes if behind_dashes else ends_of_name
        self.first: Counter[str] = Counter()
        self.second: Counter[str] = Counter()
        spaced = close = 0
        for text in lines:
            cuts = self.cuts_of(text)
            for position, cut in enumerate(cuts[:2]):
                name = text[: cut.start()].strip()
                if may_be_name(name):
                    (self.second if position else self.first)[fold(name)] += 1
            if cuts and may_be_name(text[: cuts[0].start()].strip()):
                spaced += text[cuts[0].end() : cuts[0].end() + 1] == " "
                close += text[cuts[0].end() : cuts[0].end() + 1] not in (" ", "")
        # Whether this chat writes "Name: text" rather than "Name:text".
        self.spaced = spaced > close

    @classmethod
    def of(cls, lines: list[str], known: set[str]) -> Authors:
        """Find the authors of a chat; ``known`` are names of people that its record gives, likely authors."""
        return cls(lines, known, behind_dashes=_has_dashes(lines))

    def split(self, text: str, *, strict: bool) -> tuple[str, str]:
        """Return author and text of a line, or nothing where it begins no entry."""
        cuts = self.cuts_of(text)
        cut = self._cut(text, cuts)
        if cut is None:
            return "", ""
        name = squeeze(text[: cut.start()])
        if strict and fold(name) not in self.known and self.first[fold(name)] + self.second[fold(name)] < 2:
            return "", ""
        return name, text[cut.end() :].strip()

    def _cut(self, text: str, cuts: list[re.Match[str]]) -> re.Match[str] | None:
        if not cuts:
            return None
        first = cuts[0]
        name = text[: first.start()].strip()
        if not may_be_name(name):
            return None
        if len(cuts) == 1 or fold(name) in self.known:
            return first
        second = cuts[1]
        longer, piece = text[: second.start()].strip(), text[first.end() : second.start()]
        if not may_be_name(longer) or not text[second.end() :].strip():
            return first
        if _name_like(piece) and second[0][0].isspace() and not first[0][0].isspace():
            # "Ana Sample: Lagoon Radio :hello"
            return second
        # The longer name is said again, and the shorter one never stands alone.
        alone = self.first[fold(name)] - self.second[fold(longer)]
        if self.second[fold(longer)] > 1 and alone <= 0:
            return second
        if alone > 0 and self.second[fold(longer)] <= alone:
            return first
        # Said once: a blank after the colon of a chat that sets none shows that it is part of the name.
        if _name_like(piece) and piece[:1].isspace() and (not self.spaced or _more_than_a_word(piece)):
            return second
        return first


def _more_than_a_word(piece: str) -> bool:
    words = piece.split()
    return len(words) > 1 or (len(words) == 1 and words[0].isupper() and len(words[0]) > 1) or "-" in piece
