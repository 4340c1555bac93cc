"""Stable codes of rows, made from what the row says and never from its position."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_LONGEST = 60


def slug(*texts: str) -> str:
    """Return the texts as one lower-case word of letters, digits and hyphens, accents taken off."""
    plain = unicodedata.normalize("NFKD", " ".join(texts)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def short_hash(*texts: str) -> str:
    """Return twelve characters that stand for the texts. Not secret: only for what may be published."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


def person_code(role: str, name: str) -> str:
    """Return the code of a person in a role: ``speaker-ana-sample``."""
    code = slug(role, name)
    if len(code) <= _LONGEST and slug(name):
        return code
    # Names in other scripts leave no letters; long ones are cut: the hash keeps them apart.
    return f"{code[:_LONGEST]}-{short_hash(role, name)}"


def link_code(url: str) -> str:
    """Return the code of a link, presentation or video."""
    return short_hash(url.strip())


# The subfields whose words make a readable code.
_TELLING = {
    "translations": ("field", "row", "language"),
    "phases": ("title",),
    "consultations": ("subject",),
    "assessments": ("scale", "assessor"),
    "events": ("kind", "reference"),
}


def content_code(field: str, row: Mapping[str, Any]) -> str:
    """Return the code of a row of a repeating field, made from its content."""
    if field == "people":
        return person_code(_text(row, "role"), _text(row, "name"))
    if field in _TELLING:
        words = slug(*(_text(row, part) for part in _TELLING[field]))
        return words[:_LONGEST].strip("-") or row_code(field)
    if _text(row, "url").strip():
        return link_code(_text(row, "url"))
    main = (_text(row, part) for part in ("question", "text", "title", "name", "kind"))
    return row_code(*(text for text in main if text.strip()))


def _text(row: Mapping[str, Any], name: str) -> str:
    return str(row[name]) if isinstance(row.get(name), str) else ""


def row_code(*texts: str) -> str:
    """Return the code of any other row."""
    return short_hash(*texts)
