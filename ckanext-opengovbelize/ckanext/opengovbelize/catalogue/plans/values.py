"""What a plan's or commitment's record states, in the forms that the catalogue stores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.model as model

from ...records import codes
from ...records.drafts import Draft
from ...records.problems import Problem
from ...schemas.types import WEBINAR
from .. import institutions, merge
from ..ledger import Statements
from ..road import stated

Row = dict[str, Any]

# Said otherwise, or no matter of a source.
_NOT_STATED = ("name", "owner_org", "type", "in_plan", "plan", "reports", "private", "id", "state")


def of_plan(draft: Draft) -> merge.Values:
    """Return what the record of a plan states."""
    return stated({**_fields(draft), "resources": draft.resources})


def of_commitment(
    draft: Draft,
    plan: str,
    resolve: Callable[[str], str | None],
    *,
    consultations: set[str],
    milestones: set[str],
    problems: list[Problem],
) -> merge.Values:
    """Return what the record of a commitment states. What it refers to in vain is left out and reported.

    Args:
        draft: the record.
        plan: the plan's id, or its address where it is yet to be made.
        resolve: gives the id of the commitment that a reference such as ``draft 2`` means, or None.
        consultations: the codes of the plan's consultations.
        milestones: the codes of the milestones that the commitment has already.
        problems: takes what was left out.
    """
    fields = {**_fields(draft), "in_plan": plan, "resources": draft.resources}
    if references := fields.get("derived_from"):
        found = {reference: resolve(str(reference)) for reference in _as_list(references)}
        fields["derived_from"] = [id_ for id_ in dict.fromkeys(found.values()) if id_]
        if None in found.values():
            problems.append(
                _left_out(
                    draft,
                    "forerunner-unknown",
                    "derived_from",
                    "A commitment from which this one is said to derive is not there, and was left out. Give its "
                    "stage and number, such as “draft 2”, or import it too.",
                )
            )
    if "indicators" in fields:
        known = milestones | {str(row.get("code")) for row in fields.get("milestones") or []}
        rows = [_with_lead(row, draft, problems) for row in fields["indicators"]]
        fields["indicators"] = [_with_known_milestone(row, known, draft, problems) for row in rows]
    if "events" in fields:
        fields["events"] = [
            row for row in fields["events"] if _is_known_event(row, consultations, draft, problems)
        ]
    return stated(fields)


def sources(said: Statements, own: list[Row] | None) -> list[Row]:
    """Return the rows that name a record's sources: those that it states, and the public pages it was read from."""
    pages = [row for row in merge.sources_of(said.values) if row.get("url")]
    known = {row.get("url") for row in own or []}
    return [*(own or []), *(row for row in pages if row["url"] not in known)]


def _fields(draft: Draft) -> Row:
    fields = {name: value for name, value in draft.fields.items() if name not in _NOT_STATED}
    return {
        name: _with_codes(name, value) if merge.is_rows(value) else value for name, value in fields.items()
    }


def _with_codes(name: str, rows: list[Row]) -> list[Row]:
    return [row if row.get("code") else {**row, "code": codes.content_code(name, row)} for row in rows]


def _with_lead(row: Row, draft: Draft, problems: list[Problem]) -> Row:
    """Give an indicator the organization that its source means, or keep the source's words."""
    words = str(row.get("lead") or row.get("lead_as_stated") or "")
    row = {name: value for name, value in row.items() if name not in ("lead", "lead_as_stated")}
    if not words:
        return row
    if found := institutions.find(words):
        return {**row, "lead": found}
    problem = _left_out(
        draft,
        "institution-unknown",
        "indicators",
        "This portal has no organization of the name that the source gives for the lead of an indicator. The name is "
        "shown; until there is such an organization, the program's own editors report.",
    )
    if problem not in problems:
        problems.append(problem)
    return {**row, "lead_as_stated": words}


def _with_known_milestone(row: Row, known: set[str], draft: Draft, problems: list[Problem]) -> Row:
    if not row.get("milestone") or row["milestone"] in known:
        return row
    problems.append(
        _left_out(
            draft,
            "milestone-unknown",
            "indicators",
            "An indicator names a milestone that the commitment does not have; the name was left out. Correct the "
            "number, or add the milestone.",
        )
    )
    return {name: value for name, value in row.items() if name != "milestone"}


def _is_known_event(row: Row, consultations: set[str], draft: Draft, problems: list[Problem]) -> bool:
    reference = str(row.get("reference") or "")
    if row.get("kind") == "consultation":
        known = reference in consultations
    else:
        webinar = model.Package.get(reference) if reference else None
        known = webinar is not None and webinar.type == WEBINAR and webinar.state == "active"
    if not known:
        problems.append(
            _left_out(
                draft,
                "event-unknown",
                "events",
                "A webinar or consultation where the commitment was shaped is not there, and was left out. Give the "
                "last part of the webinar's address, or the code of a consultation of the plan.",
            )
        )
    return known


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _left_out(draft: Draft, code: str, field: str, message: str) -> Problem:
    return Problem(code, message, file=draft.file, place=draft.place, field=field)
