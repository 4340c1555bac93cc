"""Signs by which a name tells more than a name: a sector, several people, a device."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml


def sector(institution: str) -> str:
    """Return the sector that a folded institution's name tells, or nothing."""
    return next((code for code, signs in _sectors().items() if signs.search(institution)), "")


def is_shared(name: str) -> bool:
    """Tell whether a reduced name looks like several people."""
    return bool(_signs("shared").search(name))


def is_device(name: str) -> bool:
    """Tell whether a reduced name is that of a device or an account."""
    return bool(_signs("devices").search(name)) or bool(re.search(r"\buser_?\d+", name))


@cache
def _sectors() -> Mapping[str, re.Pattern[str]]:
    return {code: _pattern(words) for code, words in _content()["sectors"].items()}


@cache
def _signs(name: str) -> re.Pattern[str]:
    return _pattern(_content()[name])


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


@cache
def _content() -> Mapping[str, Any]:
    return yaml.safe_load((Path(__file__).parent / "signs.yaml").read_text(encoding="utf-8"))
