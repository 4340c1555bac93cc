"""Vocabularies: the codes that a field may hold, each list with its source and version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import ckan.model as model
import yaml

_FOLDER = Path(__file__).parent / "vocabularies"

LICENCES = "licences"


@dataclass(frozen=True)
class Vocabulary:
    """A list of codes.

    Attributes:
        name: by which a field names it.
        source: where the list comes from, a web address where there is one.
        version: of the source.
        choices: each a ``value`` and a ``label`` by language, as scheming has them; where there are coarser
            categories, ``broader`` is the code of one.
        broader: the coarser categories, each a ``value`` and a ``label``.
    """

    name: str
    source: str
    version: str
    choices: tuple[Mapping[str, Any], ...]
    broader: tuple[Mapping[str, Any], ...] = ()


@cache
def names() -> tuple[str, ...]:
    """Return the names of all vocabularies."""
    return tuple(sorted([*_files(), LICENCES]))


def vocabulary(name: str) -> Vocabulary:
    """Return a vocabulary by its name."""
    if name == LICENCES:
        return _licences()
    if name not in _files():
        raise KeyError(f"There is no vocabulary {name!r}. Known are: {', '.join(names())}.")
    return _from_file(name)


def choices(field: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return the choices of a field; empty where it takes anything."""
    if "choices" in field:
        return tuple(field["choices"])
    if "vocabulary" in field:
        return vocabulary(field["vocabulary"]).choices
    return ()


@cache
def _files() -> frozenset[str]:
    return frozenset(path.stem for path in _FOLDER.glob("*.yaml"))


@cache
def _from_file(name: str) -> Vocabulary:
    content = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return Vocabulary(
        name,
        content["source"],
        content["version"],
        tuple(content["choices"]),
        tuple(content.get("broader", ())),
    )


def _licences() -> Vocabulary:
    """Return the licences that this CKAN knows (``licenses_group_url`` or its own list)."""
    register = model.Package.get_license_register()
    licences = tuple({"value": licence.id, "label": licence.title} for licence in register.values())
    return Vocabulary(LICENCES, "CKAN's list of licences", "as configured here", licences)
