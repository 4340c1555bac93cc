"""The institutions that people stated, so that the coordinator may say of which sector each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...folding import fold
from . import signs, stated
from .model import AttendanceFile
from .names import reduced

# Longer texts are remarks.
LONGEST = 120


@dataclass(frozen=True)
class Institution:
    """An institution that people stated.

    Attributes:
        name: as folded, by which it is known.
        stated: as written, once.
        people: how many rows name it.
        sector: what it might be, or empty.
    """

    name: str
    stated: str
    people: int
    sector: str


def listed(sessions: Mapping[str, Sequence[AttendanceFile]]) -> list[Institution]:
    """Return the institutions of people who stated no sector, the most frequent first.

    What is written like the row's own name is no institution; nor is what one sentence long.
    """
    found: dict[str, list[str]] = {}
    for files in sessions.values():
        for file in files:
            for row in file.rows:
                text = " ".join(row.institution.split())
                says_sector = stated.code("sector", (row.stated or {}).get("sector", "")) != stated.UNKNOWN
                if text and not says_sector and _is_institution(text, row.name):
                    found.setdefault(fold(text), []).append(text)
    rows = [Institution(name, texts[0], len(texts), signs.sector(name)) for name, texts in found.items()]
    return sorted(rows, key=lambda one: (-one.people, one.name))


def _is_institution(text: str, name: str) -> bool:
    return reduced(text) != reduced(name) and len(text) <= LONGEST and "@" not in text
