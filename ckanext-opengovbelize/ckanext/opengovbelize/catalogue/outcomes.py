"""What became of one record in a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ..records.problems import Problem

OUTCOMES = ("added", "updated", "unchanged", "withdrawn", "rejected")
# Gathered, and its turn to be published has not come yet. Stands in the report of a run that goes on.
WAITING = "waiting"


@dataclass
class RecordOutcome:
    """One record of one run, as reports show it. Holds screened values only.

    Attributes:
        type: the dataset type.
        name: the dataset's address, empty where there is none.
        outcome: one of ``OUTCOMES``.
        key: the record's key within its source, a keyed hash.
        label: the record as the reader of a report knows it.
        fields: the values as they are or would be published; left empty in stored reports.
        proposed: questions that would wait for an editor; left empty in stored reports.
        changes: what changed, each ``{"field", "old", "new", "state"}``.
        reasons: stable codes of why it was rejected or withdrawn.
        problems: what the reader, the screen and the schema report.
    """

    type: str
    name: str
    outcome: str
    key: str = ""
    label: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    proposed: list[dict[str, str]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values that ``json`` can write and ``from_dict`` reads back."""
        return {**asdict(self), "problems": [problem.as_dict() for problem in self.problems]}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> RecordOutcome:
        """Build an outcome from what ``as_dict`` returned."""
        return cls(**{**values, "problems": [Problem(**row) for row in values.get("problems", [])]})


def counts(outcomes: Iterable[str] | Mapping[str, int]) -> dict[str, int]:
    """Return how many records had each outcome; every outcome is named, ``waiting`` only where some wait.

    Args:
        outcomes: one for each record, or numbers by outcome.
    """
    return {**dict.fromkeys(OUTCOMES, 0), **Counter(outcomes)}
