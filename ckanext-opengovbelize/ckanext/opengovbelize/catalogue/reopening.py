"""Periods of a plan that are reopened for one institution, which may then report on them until a day."""

from __future__ import annotations

from datetime import date

import ckan.model as model
from sqlalchemy.dialects.postgresql import insert

from ..model import Reopened
from . import ledger
from .report_book import Row


def reopen(plan_id: str, period: str, organization_id: str, until: date, *, user_id: str) -> None:
    """Let one institution report on a period again until a day, that day included."""
    values = {"until": until, "user_id": user_id, "created_at": ledger.now()}
    statement = insert(Reopened).values(
        plan_id=plan_id, period=period, organization_id=organization_id, **values
    )
    keys = ["plan_id", "period", "organization_id"]
    model.Session.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))
    model.Session.commit()


def reopened(plan_id: str) -> list[Row]:
    """Return what was reopened in a plan, the last day with it; also what has ended since."""
    rows = model.Session.query(Reopened).filter_by(plan_id=plan_id)
    return [
        {"period": row.period, "organization_id": row.organization_id, "until": row.until.isoformat()}
        for row in rows.order_by(Reopened.until.desc(), Reopened.period, Reopened.organization_id)
    ]


def reopened_until(plan_id: str, period: str, organization_id: str) -> date | None:
    """Return the last day on which an institution may report on a period that was reopened for it."""
    row = (
        model.Session.query(Reopened.until)
        .filter_by(plan_id=plan_id, period=period, organization_id=organization_id)
        .one_or_none()
    )
    return row.until if row else None
