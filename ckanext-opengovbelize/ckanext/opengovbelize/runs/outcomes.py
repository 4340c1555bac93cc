"""What became of one record in one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..records.problems import Problem

ADDED = "added"
UPDATED = "updated"
UNCHANGED = "unchanged"
WITHDRAWN = "withdrawn"
REJECTED = "rejected"
OUTCOMES = (ADDED, UPDATED, UNCHANGED, WITHDRAWN, REJECTED)
# Gathered, and its turn to be published has not come yet. No final outcome.
WAITING = "waiting"


@dataclass
class RecordOutcome:
    """What became of one record. Holds screened values only.

    Attributes:
        type: the dataset type, ``webinar`` or ``webinar_series``.
        name: the dataset's URL name, or empty where there is none (yet).
        outcome: one of ``OUTCOMES``.
        key: the record's key in the ledger, by which a report finds its row.
        label: how reports name the record.
        fields: values as they are or would be published.
        changes: ``{"field", "old", "new", "state"}`` with state ``changed``, ``locked`` or ``less-trusted``.
        reasons: stable codes of why, such as ``series-made``.
        problems: what is wrong with the record, and where.
    """

    type: str
    name: str
    outcome: str
    key: str
    label: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def counts(outcomes: Iterable[str]) -> dict[str, int]:
    """Return how many records had each outcome. Names every outcome; ``waiting`` only where some wait."""
    counted = Counter(outcomes)
    return dict.fromkeys(OUTCOMES, 0) | counted
