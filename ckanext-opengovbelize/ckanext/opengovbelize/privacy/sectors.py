"""The sector that somebody's affiliation gives away, where it does so safely."""

from __future__ import annotations

import re
from functools import cache

from ..folding import fold
from .vocabulary import table

UNKNOWN = "unknown"


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    return {sector: re.compile("|".join(lines)) for sector, lines in table("sectors").items()}


def sector_of(affiliation: str) -> str:
    """Return the sector of an affiliation, or ``unknown`` unless exactly one is meant."""
    plain = fold(affiliation)
    found = [sector for sector, expression in _expressions().items() if expression.search(plain)]
    return found[0] if len(found) == 1 else UNKNOWN
