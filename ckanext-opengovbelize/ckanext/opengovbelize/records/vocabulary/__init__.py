"""The words by which records are read, as data: one YAML file for each recogniser that needs any."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def load(name: str) -> dict[str, Any]:
    """Return the vocabulary ``name``, read once."""
    return yaml.safe_load(Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8"))


def any_of(words: list[str]) -> str:
    """Return a regular expression that fits each of the words, themselves regular expressions."""
    return "(?:" + "|".join(words) + ")"
