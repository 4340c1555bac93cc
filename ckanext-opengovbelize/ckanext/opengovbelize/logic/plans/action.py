"""A plan as a whole, for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.logic import validate

from ... import config
from ...catalogue import commitments, institutions
from ...progress import standing
from ...schemas import reading
from ...schemas.types import COMMITMENT, PLAN
from . import schema

__all__ = ["opengovbelize_plan_show"]

# Told another way (indicators with their status), or of no use to who reads a plan.
NOT_LISTED = frozenset({"indicators", "reports", "in_plan", "owner_org", "publication_state", "tag_string"})


@tk.side_effect_free
@validate(schema.plan_show)
def opengovbelize_plan_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return a plan with its commitments, their indicators and the newest status of each.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of the plan; ``institution`` (an organization's id, name or title, or the
            institution as the source names it), ``policy_area``, ``status`` (of an indicator, or ``none``) and
            ``stage``, each optional, to choose commitments; ``limit`` (100, at most 1000) and ``offset``.

    Returns:
        ``plan`` (as ``package_show`` gives it), ``on`` (the day for which this holds), ``periods`` (each with
        ``state`` and ``counts`` of indicators by status), ``counts`` (of the whole plan), ``found`` (how many
        commitments fit), ``commitments`` (a page of them), ``limit`` and ``offset``.
    """
    tk.check_access("opengovbelize_plan_show", context, {"id": data_dict["id"]})
    plan = tk.get_action("package_show")(_as_reader(context), {"id": data_dict["id"]})
    if plan["type"] != PLAN:
        raise tk.ObjectNotFound(tk._("There is no such plan. Give the id or the name of an action plan."))
    listed = commitments.of_plan(plan["id"], _as_reader(context))
    on = config.today()
    found = standing.of_plan(listed, plan.get("periods") or [], on)
    organizations = institutions.organizations()
    filters = commitments.Filters(
        **{name: data_dict.get(name, "") for name in ("institution", "policy_area", "status", "stage")}
    )
    selected = commitments.select(listed, found, filters, organizations)
    offset, limit = data_dict["offset"], data_dict["limit"]
    return {
        "plan": plan,
        "on": on.isoformat(),
        "periods": _periods(plan, found),
        "counts": {
            "commitments": len(listed),
            "by_stage": Counter(each["stage"] for each in listed),
            "indicators": found.indicators,
            "by_status": found.latest,
            "overdue": len(found.overdue),
            "missing_reports": len(found.missing),
        },
        "found": len(selected),
        "limit": limit,
        "offset": offset,
        "commitments": [
            _commitment(each, found.commitments[each["id"]], organizations)
            for each in selected[offset : offset + limit]
        ],
    }


def _as_reader(context: Any) -> Any:
    """Return a context for another action: the same user, and nothing that the action before left there."""
    names = ("user", "auth_user_obj", "ignore_auth")
    return {name: context[name] for name in names if name in context}


def _periods(plan: Mapping[str, Any], found: standing.PlanStanding) -> list[dict[str, Any]]:
    rows = {row["code"]: row for row in plan.get("periods") or []}
    return [
        {**rows[code], "state": found.states[code], "counts": counts}
        for code, counts in found.periods.items()
    ]


def _commitment(
    commitment: dict[str, Any],
    found: standing.CommitmentStanding,
    organizations: commitments.Organizations,
) -> dict[str, Any]:
    fields = [field["field_name"] for field in reading.fields(reading.program_schemas()[COMMITMENT])]
    shown = {name: commitment[name] for name in fields if name in commitment and name not in NOT_LISTED}
    standings = {indicator.row["code"]: indicator for indicator in found.indicators}
    return {
        "id": commitment["id"],
        **shown,
        "url": tk.url_for("commitment.read", id=commitment["name"], qualified=True),
        "counts": found.latest,
        "indicators": [
            {
                **row,
                "institution": commitments.lead_title(row, commitment, organizations),
                **(_standing(standings[row["code"]]) if row["code"] in standings else {}),
            }
            for row in commitment.get("indicators") or []
        ],
    }


def _standing(indicator: standing.IndicatorStanding) -> dict[str, Any]:
    latest = indicator.latest
    names = ("period", "status", "institution", "reported", "late", "version")
    return {
        "latest": {name: latest.report.get(name) for name in names} if latest and latest.report else None,
        "statuses": {cell.period: cell.status for cell in indicator.cells if cell.report is not None},
        "overdue": indicator.overdue,
        "missing_reports": list(indicator.missing),
    }
