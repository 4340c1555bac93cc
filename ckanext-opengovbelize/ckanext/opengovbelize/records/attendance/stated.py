"""What people state of themselves, as codes: only words that are listed count; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ...folding import fold

UNKNOWN = "unknown"
NOT_STATED = "(not stated)"

_HERE = Path(__file__).parent
_VOCABULARIES = _HERE.parents[1] / "schemas" / "vocabularies"
_LISTS = {
    "sector": "sectors",
    "district": "participant_districts",
    "gender": "genders",
    "country": "participant_countries",
}
_NOTHING = frozenset(
    (
        "",
        "unknown",
        "not stated",
        "prefer not to say",
        "none",
        "no se",
        "no sabe",
        "no declara",
        "prefiero no decir",
    )
)
_PARTS = re.compile(r"\s*[,;/]\s*")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_KINDS_OF_PLACE = re.compile(
    r"\b(?:dist|district|distrito|town|twn|village|vill|city|ciudad|pueblo|aldea|de|del)\b\.?"
)
_MOST_KNOWN = 10_000
_known: dict[tuple[str, str], str] = {}
_DOTS = re.compile(r"[.\s]+")


def code(dimension: str, text: str) -> str:
    """Return the category that somebody stated, or ``unknown``.

    Of a place in several parts, such as "San Ignacio, Cayo", any part counts, as long as they agree. What stands in
    brackets does not count, nor do "town", "village" and the like where the rest is a place.
    """
    if found := _known.get((dimension, text)):
        return found
    plain = fold(text)
    forms = (_code(dimension, form) for form in _forms(dimension, plain))
    found = next((code for code in forms if code != UNKNOWN), UNKNOWN)
    # Only listed words are remembered: other texts may be about a person, and must not outlive the answer.
    if plain in _words(dimension) and len(_known) < _MOST_KNOWN:
        _known[dimension, text] = found
    return found


def _forms(dimension: str, text: str) -> Iterator[str]:
    yield text
    without = _BRACKETS.sub(" ", text).strip()
    if without and without != text:
        yield without
    if dimension == "district":
        yield " ".join(_KINDS_OF_PLACE.sub(" ", without).split())


def _code(dimension: str, text: str) -> str:
    words = _words(dimension)
    plain = text.strip(" .")
    if found := words.get(plain) or words.get(_DOTS.sub("", plain)):
        return found
    parts = _PARTS.split(plain)
    if dimension == "district" and len(parts) > 1 and parts[-1] in ("belize", "belice", "bz"):
        # "Belmopan, Belize": the country.
        parts.pop()
    known = {words[part] for part in parts if part in words}
    return known.pop() if len(known) == 1 else UNKNOWN


def says_nothing(text: str) -> bool:
    """Tell whether somebody wrote that the answer is not known, or not to be told."""
    return fold(text).strip(" .?") in _NOTHING


@cache
def count_names(dimension: str) -> Mapping[str, str]:
    """Return how raw counts call each category: by its label, genders by their code."""
    return {
        choice["value"]: choice.get("count_name", choice["label"]["en"])
        for choice in _vocabulary(_LISTS[dimension])["choices"]
    }


@cache
def known(dimension: str) -> str:
    """Return in words which categories there are, for a message."""
    if dimension == "country":
        return "the name of a country"
    labels = [
        choice["label"]["en"]
        for choice in _vocabulary(_LISTS[dimension])["choices"]
        if choice["value"] != UNKNOWN
    ]
    return ", ".join(labels)


@cache
def country_names() -> Mapping[str, str]:
    """Return the English name of every country by its code."""
    return {choice["value"]: choice["label"]["en"] for choice in _vocabulary("countries")["choices"]}


def country_code(text: str) -> str:
    """Return the code of the country that somebody stated, of all countries, or ``unknown``."""
    plain = fold(text)
    return _all_countries().get(plain) or _all_countries().get(plain.replace("&", "and").strip(" ."), UNKNOWN)


@cache
def _words(dimension: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for choice in _vocabulary(_LISTS[dimension])["choices"]:
        if choice["value"] == UNKNOWN:
            continue
        for word in (choice["value"], *choice["label"].values(), *choice.get("also", ())):
            found.setdefault(fold(str(word)), choice["value"])
    for value, words in (_own_words().get(dimension) or {}).items():
        for word in words:
            found[fold(str(word))] = value
            found.setdefault(_DOTS.sub("", fold(str(word))), value)
    if dimension == "country":
        found = {word: _grouped(value) for word, value in {**_all_countries(), **found}.items()}
    return found


def _grouped(country: str) -> str:
    """Return the category of a country: itself, or the region that stands for it."""
    choices = _vocabulary(_LISTS["country"])["choices"]
    for choice in choices:
        if country == choice["value"] or country in choice.get("includes", ()):
            return choice["value"]
    return next((choice["value"] for choice in choices if choice.get("rest")), UNKNOWN)


@cache
def _all_countries() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for choice in _vocabulary("countries")["choices"]:
        for word in (choice["value"], *choice["label"].values()):
            found.setdefault(fold(str(word)), choice["value"])
            found.setdefault(fold(str(word)).replace("&", "and"), choice["value"])
    for value, words in (_own_words().get("country") or {}).items():
        found.update({fold(str(word)): value for word in words})
    return found


@cache
def _own_words() -> Mapping[str, Any]:
    return yaml.safe_load((_HERE / "words.yaml").read_text(encoding="utf-8"))


@cache
def _vocabulary(name: str) -> Mapping[str, Any]:
    return yaml.safe_load((_VOCABULARIES / f"{name}.yaml").read_text(encoding="utf-8"))
