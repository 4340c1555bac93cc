"""JSON as people write it into pages: with comments, a comma behind the last entry, marks of CDATA around it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

# A string goes on to its end, or to that of the text: one that is never closed is not looked at twice.
_STRING = r'"(?:[^"\\]|\\.)*+"?'
_BESIDE = re.compile(
    rf"(?P<string>{_STRING})|//\s*<!\[CDATA\[|//\s*\]\]>|<!\[CDATA\[|\]\]>|<!--|-->|//[^\n]*|/\*(?:.*?\*/|.*)",
    re.DOTALL,
)
_LAST_COMMA = re.compile(rf"(?P<string>{_STRING})|,(?=\s*[}}\]])", re.DOTALL)


def loads(text: str, pairs: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    """Read JSON, strictly written or not.

    Args:
        text: the JSON.
        pairs: makes an object of its names and values.

    Raises:
        ValueError: it is damaged, and not only loosely written.
        RecursionError: it is nested too deeply.
    """
    plain = text.strip().rstrip(";")
    try:
        return json.loads(plain, strict=False, object_pairs_hook=pairs)
    except ValueError:
        plain = _LAST_COMMA.sub(_string, _BESIDE.sub(_string, text)).strip().rstrip(";")
        return json.loads(plain, strict=False, object_pairs_hook=pairs)


def _string(match: re.Match[str]) -> str:
    return match["string"] or " "
