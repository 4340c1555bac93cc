"""The categories of each dimension: fixed lists, so that every category has its row and absence tells nothing."""

from __future__ import annotations

from typing import Any

from ..schemas import choices
from .cells import MINUTES, MODE, MODES

VOCABULARIES = {
    "sector": "sectors",
    "district": "participant_districts",
    "gender": "genders",
    "country": "participant_countries",
    MINUTES: "minutes_buckets",
}
UNKNOWN = "unknown"


def codes(dimension: str, *, coarse: bool = False) -> tuple[str, ...]:
    """Return the categories of a dimension, or the coarser ones that they belong to."""
    if dimension == MODE:
        return MODES
    fine = tuple(choice["value"] for choice in _choices(dimension))
    return tuple(dict.fromkeys(broader(dimension, code) for code in fine)) if coarse else fine


def broader(dimension: str, code: str) -> str:
    """Return the coarser category that a category belongs to; itself where it belongs to none."""
    return next(
        (choice.get("broader", code) for choice in _choices(dimension) if choice["value"] == code), code
    )


def can_be_coarser(dimension: str) -> bool:
    """Tell whether a dimension has a coarser list."""
    return dimension in VOCABULARIES and len(codes(dimension, coarse=True)) < len(codes(dimension))


def labels(dimension: str) -> dict[str, Any]:
    """Return the label of every category, finer and coarser, each a text or one by language."""
    if dimension not in VOCABULARIES:
        return {}
    vocabulary = choices.vocabulary(VOCABULARIES[dimension])
    return {choice["value"]: choice["label"] for choice in (*vocabulary.broader, *vocabulary.choices)}


def _choices(dimension: str) -> tuple:
    return choices.vocabulary(VOCABULARIES[dimension]).choices
