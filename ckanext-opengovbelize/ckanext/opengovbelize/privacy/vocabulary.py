"""The screen's word lists, read once from ``vocabulary.yaml`` and ``phrases.yaml`` beside this file."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ..folding import fold, words


@cache
def _lists(file: str) -> dict[str, Any]:
    text = files(__name__.rpartition(".")[0]).joinpath(file).read_text(encoding="utf-8")
    return yaml.safe_load(text)


@cache
def word_set(name: str) -> frozenset[str]:
    """Return the single words of one list, folded; phrases of several words are left out."""
    return frozenset(entry for entry in phrases(name) if " " not in entry)


@cache
def phrases(name: str) -> frozenset[str]:
    """Return all entries of one list: their folded words, one space between them."""
    entries = _lists("vocabulary.yaml")[name].split(",")
    return frozenset(" ".join(words(entry)) for entry in entries if words(entry))


@cache
def expression(name: str) -> re.Pattern[str]:
    """Return the alternatives of one list of ``phrases.yaml`` as one expression over folded text."""
    return re.compile("|".join(f"(?:{line})" for line in _lists("phrases.yaml")[name]))


def matches(name: str, text: str) -> bool:
    """Return whether one of the expressions of a list of ``phrases.yaml`` is found in ``text``, folded."""
    return bool(expression(name).search(fold(text)))


@cache
def table(name: str) -> dict[str, Any]:
    """Return a mapping of ``phrases.yaml``."""
    return _lists("phrases.yaml")[name]
