"""The road's last steps: compare a draft with the catalogue, publish it, withdraw it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..records.drafts import Draft
from ..records.problems import Problem
from ..runs.outcomes import RecordOutcome
from .ledger import Source


@dataclass
class Incoming:
    """One screened record on its way into the catalogue."""

    draft: Draft
    record_key: str
    content_hash: str


@dataclass
class Comparison:
    """What publishing a draft would do.

    Attributes:
        outcome: ``added``, ``updated``, ``unchanged`` or ``rejected``.
        name: the dataset's address as it would be.
        fields: the values as they would be published, editors' changes included.
        changes: field by field, ``{"field", "old", "new", "state"}``.
        problems: the draft's own and the catalogue's.
        to_publish: whether ``publish`` has anything to write, if only in the ledger.
    """

    outcome: str
    name: str
    fields: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    to_publish: bool = False


def compare(draft: Draft, source: Source, record_key: str, content_hash: str) -> Comparison:
    """Tell what publishing a draft would do. Writes nothing."""
    raise NotImplementedError


def publish(items: Iterable[Incoming], source: Source, user: str) -> list[RecordOutcome]:
    """Publish drafts, each in a transaction of its own, with one index commit for all."""
    raise NotImplementedError


def withdraw(record_keys: Iterable[str], source: Source, user: str) -> list[RecordOutcome]:
    """Note that a source no longer has these records, and hide what no source has."""
    raise NotImplementedError
