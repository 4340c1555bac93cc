"""What the schemas say of fields: read from their YAML, so that a new field needs no code here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..words import fold

_SCHEMAS = Path(__file__).parents[2] / "schemas"
_PRESET = "opengovbelize_"
# Presets whose values are read like another's.
_KINDS = {
    "title": "line",
    "markdown": "text",
    "tags": "line",
    "license": "line",
    "invented": "flag",
    "choices": "words",
}
# Fields whose values are no plain text although their entry has no preset that says so.
_OWN_KINDS = {"in_plan": "line", "derived_from": "references", "late": "unread", "version": "unread"}
# What the portal decides, not a table.
_UNREAD = frozenset(["name", "owner_org", "publication_state"])


@dataclass(frozen=True)
class Field:
    """One field as the reader needs it.

    Attributes:
        name: its name in the schema.
        kind: how its value is read, see ``values.read``.
        column: its header in tables.
        words: other headers by which it is known: labels and the field's name.
        vocabulary: the list of its codes, or empty.
        choices: its codes by folded words, where it lists them itself.
        required: whether a record or row cannot do without.
        privacy: its privacy class, such as ``open`` or ``withheld``.
    """

    name: str
    kind: str
    column: str = ""
    words: tuple[str, ...] = ()
    vocabulary: str = ""
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)
    required: bool = False
    privacy: str = "withheld"


@cache
def fields(schema: str, rows: str = "") -> dict[str, Field]:
    """Return the fields of a dataset type, or of one kind of its rows, by name; those that hold rows left out."""
    entries = _entries(schema)
    if rows:
        entries = next(entry["repeating_subfields"] for entry in entries if entry["field_name"] == rows)
    entries = [_expanded(entry) for entry in entries]
    return {entry["field_name"]: _field(entry) for entry in entries if "repeating_subfields" not in entry}


@cache
def codes(vocabulary: str) -> dict[str, str]:
    """Return the codes of a vocabulary by folded words: the code itself, its labels, and other words for it."""
    return _codes(_choices(vocabulary))


def _codes(choices: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    known: dict[str, str] = {}
    # A code is never taken for another one's label.
    for choice in choices:
        known[fold(choice["value"])] = choice["value"]
    for choice in choices:
        for word in (*choice["label"].values(), *choice.get("also", ())):
            known.setdefault(fold(str(word)), choice["value"])
    return known


@cache
def labels(vocabulary: str) -> dict[str, str]:
    """Return the English label of each code of a vocabulary."""
    return {choice["value"]: choice["label"]["en"] for choice in _choices(vocabulary)}


def _choices(vocabulary: str) -> list[Mapping[str, Any]]:
    return _load(_SCHEMAS / "vocabularies" / f"{vocabulary}.yaml")["choices"]


def _field(entry: Mapping[str, Any]) -> Field:
    name = entry["field_name"]
    preset = str(entry.get("preset", "")).removeprefix(_PRESET)
    kind = _OWN_KINDS.get(name) or ("unread" if name in _UNREAD else _KINDS.get(preset, preset))
    labels = entry["label"].values() if isinstance(entry["label"], Mapping) else [entry["label"]]
    return Field(
        name=name,
        kind=kind,
        column=entry["column"],
        words=(*labels, name),
        vocabulary=entry.get("vocabulary", ""),
        choices=_codes(entry.get("choices", ())),
        required=bool(entry.get("required")),
        privacy=entry["privacy"],
    )


def _expanded(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**_presets().get(entry.get("preset", ""), {}), **entry}


@cache
def _entries(schema: str) -> list[Mapping[str, Any]]:
    content = _load(_SCHEMAS / f"{schema}.yaml")
    return [_expanded(entry) for entry in content["dataset_fields"]]


@cache
def _presets() -> dict[str, Mapping[str, Any]]:
    content = _load(_SCHEMAS / "presets.yaml")
    return {preset["preset_name"]: preset["values"] for preset in content["presets"]}


def _load(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # noqa: S506
