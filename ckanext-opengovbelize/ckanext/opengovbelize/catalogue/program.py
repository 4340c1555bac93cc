"""Settings of a program, and who changed them when."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk

from .. import config
from ..model import Program
from . import ledger

# Above this, hardly any session would have figures left.
MOST_THRESHOLD = 1000


def threshold(organization_id: str) -> int:
    """Return below which count of people a program's figures are withheld from now on.

    Sessions whose figures were released under a higher threshold keep it: see ``statistics.releases.threshold``.
    """
    row = _newest(organization_id)
    return row.threshold if row else config.disclosure_threshold()


def checked(value: Any) -> int:
    """Return a threshold as a number.

    Raises:
        ValueError: it is no whole number, or too low; the message says how to mend it.
    """
    text = str(value).strip()
    if isinstance(value, bool) or not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise ValueError(tk._("Give a whole number, such as 10."))
    if int(text) < config.LEAST_THRESHOLD:
        raise ValueError(
            tk._("Give {least} or more: in smaller groups people could be recognised.").format(
                least=config.LEAST_THRESHOLD
            )
        )
    if int(text) > MOST_THRESHOLD:
        raise ValueError(tk._("Give {most} or less.").format(most=MOST_THRESHOLD))
    return int(text)


def set_threshold(organization_id: str, value: int, *, user_id: str) -> None:
    """Note a new threshold and who set it; nothing where it is the present one."""
    number = checked(value)
    row = _newest(organization_id)
    if row is None or row.threshold != number:
        model.Session.add(
            Program(
                organization_id=organization_id, threshold=number, user_id=user_id, created_at=ledger.now()
            )
        )
    model.Session.commit()


def history(organization_id: str) -> list[dict[str, Any]]:
    """Return every change, the newest first: ``threshold``, ``user_id``, ``changed`` (in UTC)."""
    rows = model.Session.query(Program).filter_by(organization_id=organization_id).order_by(Program.id.desc())
    return [
        {
            "threshold": row.threshold,
            "user_id": row.user_id,
            "changed": row.created_at.isoformat(timespec="seconds"),
        }
        for row in rows
    ]


def _newest(organization_id: str) -> Program | None:
    query = model.Session.query(Program).filter_by(organization_id=organization_id)
    return query.order_by(Program.id.desc()).first()
