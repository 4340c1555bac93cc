"""Records that may tell of a session that is there already: an editor says whether they do."""

from __future__ import annotations

from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.logic import validate

from ...catalogue import doubts
from ...model import Doubt
from ...runs import decisions
from ..access import waiting
from . import schema

__all__ = ["opengovbelize_doubt_decide", "opengovbelize_doubt_list"]


@tk.side_effect_free
@validate(schema.doubt_list)
def opengovbelize_doubt_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the records that may tell of webinars whose organization the user edits, the oldest first.

    Args:
        context: CKAN's.
        data_dict: ``package_id``, id or name of one webinar (optional); ``state``, one of ``proposed`` (the
            default), ``same``, ``different``.

    Returns:
        Each with ``id``, ``package_id``, ``package_name``, ``package_title``, ``organization_id``, ``source``
        (its title), ``said`` (what the record states, by field, and ``record``, its label), ``reasons``
        (``same-start``, ``same-title``, ``parallel``), ``state`` and ``created_at``.
    """
    found = waiting.rows(Doubt, "opengovbelize_doubt_list", context, data_dict)
    return [_shown(row, package) for row, package in found]


@validate(schema.doubt_decide)
def opengovbelize_doubt_decide(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Say whether a record tells of the webinar beside which it stands. Its source is read again at once.

    Args:
        context: CKAN's.
        data_dict: ``id`` of the doubt; ``decision``, ``same`` or ``different``. A decision can be changed until
            the source has run.

    Returns:
        The doubt as ``opengovbelize_doubt_list`` shows it, and ``run``: whether a run of the source has begun or
        begins as soon as the present one has ended. It does not where the source is not active or no harvest source;
        the decision counts when its records are read again.
    """
    row, package = waiting.row(Doubt, "opengovbelize_doubt_decide", context, data_dict["id"])
    if row is None or package is None:
        raise tk.ObjectNotFound(tk._("This does not wait for a decision any more."))
    user = model.User.get(context["user"])
    if user is None:
        raise tk.NotAuthorized(tk._("Log in to decide about sessions."))
    doubts.decide(row, data_dict["decision"], user.id)
    shown, source_id = _shown(row, package), row.source_id
    return {**shown, "run": source_id in decisions.run_sources()}


def _shown(row: Doubt, package: model.Package) -> dict[str, Any]:
    return {**waiting.shown(row, package), "source": row.source_title, "said": row.said}
