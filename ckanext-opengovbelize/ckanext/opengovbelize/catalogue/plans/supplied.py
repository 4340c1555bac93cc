"""Indicators and periods that only a progress table names.

A program that starts from a list of commitments, such as the Open Government Partnership's, and a table of progress
has stated nowhere what is reported on. Where a commitment has no indicators at all, or a plan no periods, the table's
own numbers and periods are taken; where it has some, a report on another one is a mistake, and is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...records.drafts import Draft
from ...records.plans import days
from ...records.plans import values as stated
from ...records.problems import Problem
from ...schemas.types import COMMITMENT, PLAN
from ..ledger import Source
from . import progress
from .foreseen import ForeseenPlans


def drafts(
    reports: Iterable[Draft], source: Source, foreseen: ForeseenPlans, is_known: Callable[[Draft], bool]
) -> list[Draft]:
    """Return the records that supply what reports need and nobody else states.

    Args:
        reports: the reports of a run.
        source: where they come from.
        foreseen: what the run's other records will have done.
        is_known: whether a record was published by an earlier run of the source, and so is stated again.
    """
    good = [draft for draft in reports if not any(problem.rejects for problem in draft.problems)]
    groups, _refused = progress.grouped(good, source, foreseen)
    made: dict[str, Draft] = {}
    for group in groups:
        for draft in (_periods(group), _indicators(group)):
            if draft and draft.key in made:
                _add(made[draft.key], draft)
            elif draft:
                made[draft.key] = draft
    standing = {_key(PLAN, group): group.periods for group in groups}
    standing |= {_key(COMMITMENT, group): group.values.get("indicators") or [] for group in groups}
    return [draft for draft in made.values() if not standing[draft.key] or is_known(draft)]


def _key(type_: str, group: progress.Group) -> str:
    return f"periods {group.plan}" if type_ == PLAN else f"indicators {group.name}"


def _periods(group: progress.Group) -> Draft | None:
    codes = dict.fromkeys(str(draft.fields.get("period") or "") for draft in group.drafts)
    found = [period for code in codes if (period := days.period(code))]
    rows = [stated.period_row(period) for period in found]
    message = (
        "The plan has no reporting periods of its own, so those that this table names were taken, each due 30 days "
        "after its end. State the periods in the plan to change that."
    )
    return _draft(PLAN, group, {"periods": rows}, "periods", message) if rows else None


def _indicators(group: progress.Group) -> Draft:
    rows: dict[str, dict[str, Any]] = {}
    for draft in group.drafts:
        code = str(draft.fields.get("indicator") or "")
        row = {"code": code, "title": code, "lead": str(draft.fields.get("institution") or "")}
        rows.setdefault(code, {name: value for name, value in row.items() if value})
    message = (
        "The commitment has no indicators of its own, so the numbers that this table names were taken. Add what they "
        "measure, and by when, to the commitment."
    )
    fields = {
        name: group.drafts[0].fields[name] for name in ("stage", "number") if group.drafts[0].fields.get(name)
    }
    return _draft(COMMITMENT, group, {**fields, "indicators": list(rows.values())}, "indicators", message)


def _draft(type_: str, group: progress.Group, fields: dict[str, Any], field: str, message: str) -> Draft:
    file = group.drafts[0].file
    problem = Problem(f"{field}-supplied", message, file=file, field=field)
    return Draft(
        file=file, type=type_, fields=fields, key=_key(type_, group), plan=group.plan, problems=[problem]
    )


def _add(draft: Draft, other: Draft) -> None:
    """Add the rows of another record of the same plan."""
    rows = {row["code"]: row for row in [*draft.fields["periods"], *other.fields["periods"]]}
    draft.fields["periods"] = sorted(rows.values(), key=lambda row: row["start"])
