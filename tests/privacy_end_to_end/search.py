"""Looks for planted strings in any case, accents and spacing. Shares no code with what it checks."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote_plus

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_HEX = re.compile(r"\\x([0-9a-fA-F]{2})")


@dataclass(frozen=True)
class Text:
    """What one place holds."""

    place: str
    content: str


def planted_in(planted: Iterable[str], texts: Iterable[Text]) -> list[tuple[str, str]]:
    """Return each planted string that a text holds, with the place."""
    wanted = [(string, _pattern(string)) for string in planted]
    found = []
    for text in texts:
        readings = [_fold(reading) for reading in _readings(text.content)]
        squeezed = ["".join(filter(str.isalnum, reading)) for reading in readings]
        for string, pattern in wanted:
            if isinstance(pattern, str):
                held = any(pattern in reading for reading in squeezed)
            else:
                held = any(pattern.search(reading) for reading in readings)
            if held:
                found.append((string, text.place))
    return found


def _pattern(string: str) -> str | re.Pattern[str]:
    """A number is looked for with its own boundaries: digits run together are everywhere in ids and times."""
    letters = "".join(filter(str.isalnum, _fold(string)))
    if letters.isdigit():
        return re.compile(r"(?<![0-9a-z])" + r"[\s.()\-]*".join(letters) + r"(?![0-9a-z])")
    return letters


def _readings(content: str) -> set[str]:
    """Return the text as it is, and with HTML, address and JSON escapes read."""
    unescaped = html.unescape(content)
    read = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), unescaped)
    return {content, unescaped, read, unquote_plus(read), _from_repr(content)}


def _from_repr(content: str) -> str:
    """Read the bytes that Python writes as ``\\xc3\\xb1``."""
    try:
        return _HEX.sub(lambda found: chr(int(found[1], 16)), content).encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return content


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(part for part in decomposed if not unicodedata.combining(part)).casefold()
