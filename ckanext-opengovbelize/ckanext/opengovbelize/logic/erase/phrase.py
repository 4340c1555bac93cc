"""One text that must go: found in any case, accents, spacing and escapes, and replaced. Needs no server."""

from __future__ import annotations

import html
import json
import re
from typing import Any
from urllib.parse import unquote

from ...folding import squeeze, words
from ...privacy.dictionary import is_ordinary
from ...privacy.hashing import erased_spans, phrase_hash

MARK = "[erased]"
# In an address or a name of CKAN's, brackets would make it invalid.
PLAIN_MARK = "erased"

_SHORTEST = 4
# A character written out as an HTML entity, percent-encoded or as a JSON escape.
_WRITTEN_OUT = re.compile(r"&#?\w{1,10};|(?:%[0-9A-Fa-f]{2})+|\\u[0-9a-fA-F]{4}|\+")
_PLAIN_VALUE = re.compile(r"[a-z0-9_-]+")
_ADDRESS = re.compile(r"\S*(?:://|@)\S*")


class TooVague(ValueError):
    """The text is so short or common that taking it out would harm other texts. Says so in plain words."""


class Phrase:
    """A text to erase.

    Args:
        text: as the person who asks for it wrote it.

    Raises:
        TooVague: if it has fewer than four letters or digits, or is one common word.
    """

    def __init__(self, text: str) -> None:
        self._letters = squeeze(text)
        parts = words(text)
        if len(self._letters) < _SHORTEST:
            raise TooVague(
                f"The text has fewer than {_SHORTEST} letters or digits, so erasing it would damage other "
                "texts. Give more of it: a full name, a whole address."
            )
        if len(parts) == 1 and not self._letters.isdigit() and is_ordinary(self._letters):
            raise TooVague(
                "The text is one common word, so erasing it would damage other texts. "
                "Give more of it: a full name."
            )
        # A key for this run only: the hashes are compared here and never stored.
        self._key = b"erase"
        self._erased = frozenset({phrase_hash(self._key, text)})

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the phrase stands in ``text``, in order, without overlaps."""
        plain, origins = read_escapes(text)
        # Most texts do not hold it, and this look is cheap.
        if self._letters not in squeeze(plain):
            return []
        apart: list[tuple[int, int]] = []
        for start, end in sorted(erased_spans(plain, self._erased, self._key)):
            if not apart or origins[start] >= apart[-1][1]:
                apart.append((origins[start], origins[end]))
        return apart

    def holds(self, value: Any) -> bool:
        """Return whether the phrase stands in a text, or in any text of a JSON value."""
        return self.replace(value)[1] > 0

    def replace(self, value: Any) -> tuple[Any, int]:
        """Return a text, or a JSON value, without the phrase, and how often it stood there."""
        if isinstance(value, dict):
            pairs = [(self.replace(key), self.replace(inner)) for key, inner in value.items()]
            return (
                {key: inner for (key, _), (inner, _) in pairs},
                sum(in_key + in_value for (_, in_key), (_, in_value) in pairs),
            )
        if isinstance(value, list):
            items = [self.replace(item) for item in value]
            return [item for item, _ in items], sum(count for _, count in items)
        if not isinstance(value, str):
            return value, 0
        inner = as_json(value)
        if inner is not None:
            changed, count = self.replace(inner)
            return (json.dumps(changed), count) if count else (value, 0)
        return self._replace_in_text(value)

    def _replace_in_text(self, text: str) -> tuple[str, int]:
        spans = self.spans(text)
        if not spans:
            return text, 0
        plain = [match.span() for match in _ADDRESS.finditer(text)]
        if _PLAIN_VALUE.fullmatch(text):
            plain.append((0, len(text)))
        parts, last = [], 0
        for start, end in spans:
            inside = any(first < end and start < after for first, after in plain)
            parts += [text[last:start], PLAIN_MARK if inside else MARK]
            last = end
        return "".join([*parts, text[last:]]), len(spans)


def as_json(text: str) -> dict[str, Any] | list[Any] | None:
    """Return the JSON object or list that a text is, or None: columns and fields often hold JSON as text."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) else None


def read_escapes(text: str) -> tuple[str, list[int]]:
    """Return a text with its escapes read, and of each character (and of the end) its place in the text."""
    parts: list[str] = []
    origins: list[int] = []
    last = 0
    for match in _WRITTEN_OUT.finditer(text):
        parts.append(text[last : match.start()])
        origins.extend(range(last, match.start()))
        read = _read_escape(match.group())
        parts.append(read)
        origins.extend([match.start()] * len(read))
        last = match.end()
    parts.append(text[last:])
    origins.extend(range(last, len(text) + 1))
    return "".join(parts), origins


def _read_escape(escape: str) -> str:
    if escape[0] == "&":
        return html.unescape(escape)
    if escape[0] == "%":
        return unquote(escape)
    return " " if escape == "+" else chr(int(escape[2:], 16))
