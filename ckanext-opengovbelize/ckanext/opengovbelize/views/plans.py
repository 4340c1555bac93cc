"""The pages of action plans: the tracker, the comparison, the downloads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint, make_response

from .. import config
from ..catalogue import commitments
from ..exports import plans as exports
from ..progress import lineage, standing, windows
from ..schemas.types import PLAN
from . import drawings, listing
from .labels import choice_label

plans = Blueprint("opengovbelize_plans", __name__)

FILTERS = ("institution", "policy_area", "status", "stage")
# By the file's ending: its content type, and what writes it.
DOWNLOADS = {
    "csv": ("text/csv; charset=utf-8", exports.csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", exports.workbook),
    "json": ("application/json", exports.json),
}
# More rows than these are folded away.
SHOWN_ROWS = 8

Row = Mapping[str, Any]


@plans.get("/action_plan/<plan_id>/compare")
def compare(plan_id: str) -> str:
    """Show two plans side by side, or draft and final of one."""
    plan = _plan(plan_id)
    other_id = tk.request.args.get("with", "")
    other = _plan(other_id) if other_id and other_id not in (plan["id"], plan["name"]) else None
    return tk.render("opengovbelize/plans/compare.html", _comparison(plan, other))


@plans.get("/action_plan/<plan_id>/plan.<file_format>")
def download(plan_id: str, file_format: str) -> Response:
    """Give a plan with all its commitments that the reader may see as one file."""
    if file_format not in DOWNLOADS:
        message = _("There is no such format. Known are: {formats}.")
        return tk.abort(404, message.format(formats=", ".join(DOWNLOADS)))
    plan = _plan(plan_id)
    content_type, write = DOWNLOADS[file_format]
    titles = {id_: title for id_, (_name, title) in listing.organizations().items()}
    response = make_response(write(plan, listing.commitments_of(plan["id"]), titles))
    response.content_type = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{plan["name"]}.{file_format}"'
    return response


def tracker(plan: dict[str, Any]) -> dict[str, Any]:
    """Return what the page of a plan shows, as the reader's choice in the address has it.

    Args:
        plan: the plan, as ``package_show`` gives it.
    """
    listed = listing.commitments_of(plan["id"])
    found = standing.of_plan(listed, plan.get("periods") or [], config.today())
    known = listing.organizations()
    filters = commitments.Filters(**{name: tk.request.args.get(name, "").strip() for name in FILTERS})
    selected = commitments.select(listed, found, filters, known)
    statuses = drawings.status_labels()
    begun = [code for code, state in found.states.items() if state != windows.COMING]
    return {
        "commitments": listed,
        "selected": [_row(each, found.commitments[each["id"]], begun, statuses, known) for each in selected],
        "filters": filters,
        "options": _options(listed, found, known, statuses),
        "periods": _periods(plan, found, begun, statuses),
        "chart": drawings.progress_chart(plan, found, begun, statuses),
        "reported": found.indicators > found.latest.get(standing.NO_REPORT, 0),
        "finals": [each for each in listed if each["stage"] == lineage.FINAL],
        "drafts": [each for each in listed if each["stage"] != lineage.FINAL],
        "heirs": heirs(listed),
        "indicators": found.indicators,
        "latest": drawings.counted(found.latest, statuses),
        "overdue": _overdue(found, statuses, known),
        "overdue_count": len(found.overdue),
        "missing_count": len(found.missing),
        "missing": _missing(found, plan, known),
        "shown_rows": SHOWN_ROWS,
    }


def heirs(listed: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the commitments that derive from each, by its id."""
    found: dict[str, list[Row]] = {}
    for each in listed:
        for id_ in lineage.forerunners(each):
            found.setdefault(id_, []).append(each)
    return found


def change_labels() -> dict[str, str]:
    """Return what each kind of change is called."""
    return {
        "kept": _("Kept"),
        "merged": _("Merged"),
        "split": _("Split"),
        "new": _("New"),
        "dropped": _("Dropped"),
        "ended": _("Not continued"),
    }


def _plan(plan_id: str) -> dict[str, Any]:
    plan = listing.dataset(plan_id)
    if plan is None or plan["type"] != PLAN:
        return tk.abort(404, _("There is no such plan, or it is not public."))
    return plan


def _row(
    commitment: Row,
    found: standing.CommitmentStanding,
    begun: Sequence[str],
    statuses: Mapping[str, str],
    known: commitments.Organizations,
) -> dict[str, Any]:
    return {
        "commitment": commitment,
        "title": drawings.title(commitment),
        "leads": commitments.institutions([commitment], known),
        "periods": [drawings.counted(found.periods[code], statuses) for code in begun],
        "overdue": sum(indicator.overdue for indicator in found.indicators),
        "missing": sum(len(indicator.missing) for indicator in found.indicators),
    }


def _options(
    listed: Sequence[Row],
    found: standing.PlanStanding,
    known: commitments.Organizations,
    statuses: Mapping[str, str],
) -> dict[str, list[tuple[str, str]]]:
    """Return what can be chosen by: only what occurs in the plan."""
    areas = dict.fromkeys(code for each in listed for code in each.get("policy_areas") or [])
    stages = dict.fromkeys(each["stage"] for each in listed)
    return {
        "institution": [(text, text) for text in commitments.institutions(listed, known)],
        "policy_area": sorted(
            ((code, choice_label("policy_areas", code)) for code in areas), key=lambda each: each[1]
        ),
        "status": [(code, label) for code, label, _count in drawings.counted(found.latest, statuses)]
        if found.periods
        else [],
        "stage": [(code, choice_label("stage", code)) for code in stages],
    }


def _periods(
    plan: Row, found: standing.PlanStanding, begun: Sequence[str], statuses: Mapping[str, str]
) -> list[dict[str, Any]]:
    rows = {row["code"]: row for row in plan.get("periods") or []}
    return [
        {
            "code": code,
            "title": rows[code].get("title") or code,
            "state": found.states[code],
            "counts": {status: found.periods[code].get(status, 0) for status in statuses},
        }
        for code in begun
    ]


def _overdue(
    found: standing.PlanStanding, statuses: Mapping[str, str], known: commitments.Organizations
) -> list[dict[str, Any]]:
    """Return what is overdue, by commitment."""
    grouped: dict[str, dict[str, Any]] = {}
    for commitment, indicator in found.overdue:
        group = grouped.setdefault(commitment["id"], {"commitment": commitment, "indicators": []})
        group["indicators"].append(
            {
                "row": indicator.row,
                "lead": commitments.lead_title(indicator.row, commitment, known),
                "code": indicator.status,
                "label": statuses.get(indicator.status, indicator.status),
            }
        )
    return list(grouped.values())


def _missing(
    found: standing.PlanStanding, plan: Row, known: commitments.Organizations
) -> list[dict[str, Any]]:
    """Return who has not reported: each institution with its periods and its commitments."""
    periods = {row["code"]: row for row in plan.get("periods") or []}
    program = (plan.get("organization") or {}).get("title", "")
    grouped: dict[str, dict[str, Any]] = {}
    for lack in found.missing:
        institution = commitments.lead_title(lack.indicator, lack.commitment, known) or program
        group = grouped.setdefault(
            institution, {"institution": institution, "count": 0, "periods": Counter(), "commitments": {}}
        )
        group["count"] += 1
        group["periods"][lack.period] += 1
        group["commitments"][lack.commitment["id"]] = lack.commitment
    for group in grouped.values():
        counts = group["periods"]
        group["periods"] = [(periods[code], counts[code]) for code in found.periods if counts[code]]
    return sorted(grouped.values(), key=lambda group: group["institution"])


def _comparison(plan: dict[str, Any], other: dict[str, Any] | None) -> dict[str, Any]:
    ours = listing.commitments_of(plan["id"])
    if other is None:
        before = [each for each in ours if each["stage"] != lineage.FINAL]
        after = [each for each in ours if each["stage"] == lineage.FINAL]
        plans_ = (plan, plan)
        everything = ours
    else:
        theirs = listing.commitments_of(other["id"])
        plans_ = _earlier_first(plan, other)
        lists = {plan["id"]: ours, other["id"]: theirs}
        before, after = (_adopted(lists[each["id"]]) for each in plans_)
        everything = [*theirs, *ours]
    changes = lineage.compare(before, after, everything)
    labels = change_labels()
    kinds = [change.kind for change in changes]
    return {
        "plan": plan,
        "other": other,
        "before_plan": plans_[0],
        "after_plan": plans_[1],
        "before": before,
        "after": after,
        "changes": changes,
        "labels": labels,
        "counts": [(kind, labels[kind], kinds.count(kind)) for kind in labels if kind in kinds],
        "lineage": drawings.changes_chart(changes),
        "others": [each for each in listing.all_plans().values() if each["id"] != plan["id"]],
    }


def _earlier_first(one: dict[str, Any], other: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return two plans by their start; one without a start is taken to be the earlier."""
    return (other, one) if str(other.get("start", "")) <= str(one.get("start", "")) else (one, other)


def _adopted(listed: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the final commitments of a plan, or its drafts while it has no final ones."""
    return [each for each in listed if each["stage"] == lineage.FINAL] or list(listed)
