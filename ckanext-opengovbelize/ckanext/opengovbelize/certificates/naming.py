"""Which of a person's names stands on the certificate, and how it is written there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from ..folding import fold
from ..records.attendance.names import as_written, reduced

# Longer than any name, short enough for one line of small letters on the paper, and for the QR code.
LONGEST = 120

_SPACE = re.compile(r"\s+")
# What turns the direction of writing round, or hides: nothing of it belongs to a name. The joiners that Arabic,
# Persian and Indian scripts need (U+200C, U+200D) stay.
_HIDDEN = re.compile(
    r"[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_DOES_NOT_BELONG = re.compile(r"[@\d<>{}|\\/_=#*]|https?:", re.IGNORECASE)


def as_printed(name: str) -> str:
    """Return a name as it is printed: ``Last, First`` turned round, nothing in brackets, one space between words."""
    name = _HIDDEN.sub(" ", unicodedata.normalize("NFC", name))
    return _SPACE.sub(" ", as_written(name)).strip()[:LONGEST].strip()


def best(names: Iterable[str]) -> str:
    """Return the fullest of a person's names: most words, written in capitals and small letters, then the longest."""
    printed = [name for name in map(as_printed, names) if any(letter.isalpha() for letter in name)]
    return max(printed, key=_fullness, default="")


def is_odd(name: str) -> bool:
    """Tell whether a name may be none: one word in letters that part words, digits, an address."""
    if _DOES_NOT_BELONG.search(name):
        return True
    words = name.split()
    return len(words) == 1 and all(_parts_words(letter) for letter in words[0] if letter.isalpha())


def differ(names: Sequence[str]) -> bool:
    """Tell whether the names are more than spellings of one: none holds all words of the others."""
    words = [set(reduced(as_printed(name)).split()) for name in names if as_printed(name)]
    fullest = max(words, key=len, default=set())
    return any(not one <= fullest for one in words)


def order(name: str) -> str:
    """Return the form by which names are sorted and compared."""
    return fold(name)


def _fullness(name: str) -> tuple[int, bool, int]:
    cased = name != name.lower() and name != name.upper()
    uncased = name.lower() == name.upper()
    return (len([word for word in name.split() if len(word.strip(".")) > 1]), cased or uncased, len(name))


def _parts_words(letter: str) -> bool:
    """Tell whether a letter is of a script that puts spaces between the parts of a name, as Chinese or Thai do not."""
    name = unicodedata.name(letter, "")
    return not name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR"))
