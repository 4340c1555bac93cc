"""What the records of a run so far will have published, by the time that a later one has its turn.

A workbook's commitments belong to the plan of the same workbook, and its reports to those commitments: a dry run
must know of them although the catalogue does not yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ...folding import fold
from ..ledger import Said

Values = dict[str, Any]


@dataclass
class ForeseenDataset:
    """A plan or commitment as the records so far leave it.

    Attributes:
        values: what it will show.
        said: what those records say.
    """

    values: Values
    said: list[Said] = field(default_factory=list)


@dataclass
class ForeseenPlans:
    """The plans by their address, and the commitments by the address of their plan, stage and number."""

    plans: dict[str, ForeseenDataset] = field(default_factory=dict)
    commitments: dict[tuple[str, str, str], ForeseenDataset] = field(default_factory=dict)

    def plan(self, phrase: str) -> str | None:
        """Return the address of the plan that a record means by a phrase; without one, that of the only plan."""
        if not phrase:
            return next(iter(self.plans)) if len(self.plans) == 1 else None
        wanted = fold(phrase)
        for name, plan in self.plans.items():
            called = (name, plan.values.get("title", ""), *plan.values.get("aliases", []))
            if wanted in map(fold, called):
                return name
        return None
