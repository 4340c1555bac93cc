"""What publishing a record would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..records.problems import Problem


@dataclass
class Comparison:
    """What publishing a draft would do.

    Attributes:
        outcome: ``added``, ``updated``, ``unchanged`` or ``rejected``.
        name: the dataset's address as it would be.
        fields: the values as they would be published, editors' changes included; a series by its address.
        changes: field by field, ``{"field", "old", "new", "state"}``, and ``row`` in repeating fields.
        problems: the draft's own and the catalogue's.
        to_publish: whether ``publish`` has anything to write, if only in the ledger.
    """

    outcome: str
    name: str
    fields: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    to_publish: bool = False
