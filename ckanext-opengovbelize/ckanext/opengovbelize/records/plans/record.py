"""What a table says of one plan, one commitment or one report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..problems import Problem

PLAN, COMMITMENT, REPORT = "action_plan", "commitment", "progress_report"


@dataclass
class PlanRecord:
    """One record of a plan's tables, unscreened.

    Attributes:
        type: ``action_plan``, ``commitment`` or ``progress_report``.
        key: what it is in its plan, whatever its row: ``plan``, ``commitment final 3``,
            ``progress final 3 1.1 2021-H1``. Unique within a plan, not within a file of several plans.
        plan: the plan's title or address as the table states it, or empty.
        fields: values by the schema's field names; only those that the table states.
        place: where it stands, such as ``sheet commitments, row 3``.
        file: the file, as reports call it.
        problems: what was wrong or left out. The record cannot be published if one of them rejects.
        places: where its rows stand, by field and code: ``milestones 1.1``.
    """

    type: str
    key: str = ""
    plan: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    file: str = ""
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    @property
    def is_rejected(self) -> bool:
        """Return whether it cannot be published."""
        return any(problem.rejects for problem in self.problems)


def identity_stage(stage: str) -> str:
    """Return the stage under which a commitment is numbered: a merged or dropped one keeps its draft number."""
    return "draft" if stage in ("merged", "dropped") else stage


def commitment_key(stage: str, number: str) -> str:
    """Return the key of a commitment; the stage may be empty where the table does not state it."""
    return " ".join(part for part in ("commitment", identity_stage(stage), number) if part)


def report_key(stage: str, number: str, indicator: str, period: str) -> str:
    """Return the key of a progress report."""
    return " ".join(part for part in ("progress", identity_stage(stage), number, indicator, period) if part)
