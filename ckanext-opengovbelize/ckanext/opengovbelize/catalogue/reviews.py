"""Questions that wait for an editor: kept apart from the dataset until somebody has decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ckan.model as model

from ..model import Review
from . import ledger

PROPOSED = "proposed"
ACCEPTED = "accepted"
CORRECTED = "corrected"
REJECTED = "rejected"

Proposals = dict[str, dict[str, Any]]


def by_key(proposals: Iterable[dict[str, Any]]) -> Proposals:
    """Return proposals by their key, the most trusted source's first."""
    found: Proposals = {}
    for proposal in proposals:
        found.setdefault(proposal["key"], proposal)
    return found


def of_package(package_id: str | None) -> dict[str, Review]:
    """Return what waits and what was decided of a webinar, by key."""
    if package_id is None:
        return {}
    return {row.key: row for row in model.Session.query(Review).filter_by(package_id=package_id)}


def decided_rows(
    questions: list[dict[str, Any]], proposals: Proposals, rows: dict[str, Review]
) -> list[dict[str, Any]]:
    """Return the questions to publish: those that editors rejected out, accepted and corrected ones in."""
    stated = {question["code"]: question for question in questions if question.get("code")}
    stated |= {
        key: {**proposal["row"], "code": key}
        for key, proposal in proposals.items()
        if key not in stated and key in rows and rows[key].state in (ACCEPTED, CORRECTED)
    }
    published = []
    for key, question in stated.items():
        row = rows.get(key)
        if row is None or row.state in (PROPOSED, ACCEPTED):
            published.append(question)
        elif row.state == CORRECTED:
            published.append({**question, **(row.correction or {})})
    return published


def decide(review: Review, state: str, correction: dict[str, str] | None, user_id: str) -> None:
    """Note a decision. An answer that is taken out is no written one any more."""
    if correction and correction.get("answer") == "" and "answered" not in correction:
        correction = {**correction, "answered": "", "answered_by": ""}
    review.state = state
    review.correction = correction
    review.decided_by = user_id
    review.decided_at = ledger.now()
    model.Session.flush()


def sync(
    package_id: str, organization_id: str, questions: list[dict[str, Any]], proposals: Proposals
) -> None:
    """Let what waits be what sources propose now. Decisions stay, whatever sources say."""
    open_codes = {question.get("code") for question in questions}
    rows = of_package(package_id)
    for key, proposal in proposals.items():
        row = rows.get(key)
        if row is None:
            if key not in open_codes:
                model.Session.add(_new(package_id, organization_id, proposal))
        elif row.state == PROPOSED and (row.row, row.reasons) != (proposal["row"], proposal["reasons"]):
            row.row, row.reasons = proposal["row"], proposal["reasons"]
    for key, row in rows.items():
        if row.state == PROPOSED and (key not in proposals or key in open_codes):
            model.Session.delete(row)
    model.Session.flush()


def _new(package_id: str, organization_id: str, proposal: dict[str, Any]) -> Review:
    return Review(
        package_id=package_id,
        organization_id=organization_id,
        key=proposal["key"],
        row=proposal["row"],
        reasons=proposal["reasons"],
        state=PROPOSED,
        created_at=ledger.now(),
    )
