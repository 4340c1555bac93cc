"""The pages of action plans and commitments: what their templates show, the comparison, the downloads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _
from ckan.types import Response
from flask import Blueprint, make_response
from markupsafe import Markup

from .. import config
from ..catalogue import commitments, identity
from ..exports import plans as exports
from ..progress import lineage, standing, windows
from ..schemas import choices
from . import charts, listing, packages, times
from .labels import choice_label

plans = Blueprint("opengovbelize_plans", __name__)

PLAN = "action_plan"
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
    statuses = status_labels()
    begun = [code for code, state in found.states.items() if state != windows.COMING]
    return {
        "commitments": listed,
        "selected": [_row(each, found.commitments[each["id"]], begun, statuses, known) for each in selected],
        "filters": filters,
        "options": _options(listed, found, known, statuses),
        "periods": _periods(plan, found, begun, statuses),
        "chart": _progress_chart(plan, found, begun, statuses),
        "reported": found.indicators > found.latest.get(standing.NO_REPORT, 0),
        "finals": [each for each in listed if each["stage"] == lineage.FINAL],
        "drafts": [each for each in listed if each["stage"] != lineage.FINAL],
        "heirs": heirs(listed),
        "indicators": found.indicators,
        "latest": _counted(found.latest, statuses),
        "overdue": [_overdue(row, indicator, statuses, known) for row, indicator in found.overdue],
        "missing": _missing(found.missing, plan, known),
        "shown_rows": SHOWN_ROWS,
    }


def commitment_page(commitment: dict[str, Any]) -> dict[str, Any]:
    """Return what the page of a commitment shows besides its own fields.

    Args:
        commitment: the commitment, as ``package_show`` gives it.
    """
    plan = listing.plan_of(commitment) or {}
    related = listing.related_commitments(commitment)
    kin = lineage.family(commitment["id"], related)
    periods = plan.get("periods") or []
    found = standing.of_commitment(commitment, periods, config.today())
    statuses = status_labels()
    ids = {each["id"]: each for each in related}
    return {
        "plan": plan,
        "before": [ids[id_] for id_ in lineage.forerunners(commitment) if id_ in ids],
        "after": [each for each in related if commitment["id"] in lineage.forerunners(each)],
        "lineage": _lineage_chart(kin, commitment["id"]) if len(kin) > 1 else "",
        "time": _time_chart(commitment, plan, found, statuses),
        "indicators": [
            _indicator(indicator, commitment, periods, statuses, listing.organizations())
            for indicator in found.indicators
        ]
        or [{"row": row, "lead": _lead(row, commitment), "cells": []} for row in commitment.get("indicators", [])],
        "latest": _counted(found.latest, statuses) if periods else [],
        "events": [_event(row, plan) for row in commitment.get("events") or []],
        "assessments": [_assessment(row) for row in commitment.get("assessments") or []],
        "citation": citation(commitment, plan),
    }  # fmt: skip


def shaped_at(webinar: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the commitments that were shaped in a webinar, each with what was asked there."""
    known = {webinar["id"], webinar["name"]}
    return [
        {
            "commitment": each,
            "plan": listing.plan_of(each),
            "events": [row for row in commitments.webinar_events(each) if row["reference"] in known],
        }
        for each in commitments.shaped_at(webinar, listing.reader())
    ]


def citation(commitment: Row, plan: Row) -> str:
    """Return how to cite a commitment, as plain text."""
    publisher = (commitment.get("organization") or {}).get("title") or tk.config["ckan.site_title"]
    parts = [
        publisher,
        _("Commitment {number}: {title}").format(number=commitment["number"], title=commitment["title"]),
        plan.get("title") or "",
        tk.config["ckan.site_title"] if tk.config["ckan.site_title"] != publisher else "",
        tk.url_for("commitment.read", id=commitment["name"], qualified=True),
    ]
    read = _("read on {day}").format(day=times.day(config.today().isoformat(), tk.h.lang()))
    return ". ".join(part for part in parts if part) + f" ({read})."


def stage_and_number(commitment: Row) -> str:
    """Return what tells a commitment of its plan: "Draft 4", "Commitment 2"."""
    if commitment.get("stage") == lineage.FINAL:
        return _("Commitment {number}").format(number=commitment.get("number", ""))
    return _("Draft {number}").format(number=commitment.get("number", ""))


def title(package: Row) -> str:
    """Return the title of a dataset in the reader's language."""
    return packages.title_in_language(package, tk.h.lang())


def status_labels() -> dict[str, str]:
    """Return what each status is called, in the order of the vocabulary; what has no report comes last."""
    labels = {
        choice["value"]: tk.h.scheming_language_text(choice["label"])
        for choice in choices.vocabulary("progress_statuses").choices
    }
    return {**labels, standing.NO_REPORT: _("No report")}


def heirs(listed: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the commitments that derive from each, by its id."""
    found: dict[str, list[Row]] = {}
    for each in listed:
        for id_ in lineage.forerunners(each):
            found.setdefault(id_, []).append(each)
    return found


def _plan(plan_id: str) -> dict[str, Any]:
    plan = listing.dataset(plan_id)
    if plan is None or plan["type"] != PLAN:
        return tk.abort(404, _("There is no such plan, or it is not public."))
    return plan


# The tracker


def _row(
    commitment: Row,
    found: standing.CommitmentStanding,
    begun: Sequence[str],
    statuses: Mapping[str, str],
    known: commitments.Organizations,
) -> dict[str, Any]:
    return {
        "commitment": commitment,
        "title": title(commitment),
        "leads": commitments.institutions([commitment], known),
        "periods": [_counted(found.periods[code], statuses) for code in begun],
        "overdue": sum(indicator.overdue for indicator in found.indicators),
        "missing": sum(len(indicator.missing) for indicator in found.indicators),
    }


def _counted(counts: standing.Counts, statuses: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Return code, label and count of every status that occurs, in the order of the vocabulary."""
    codes = [*statuses, *(code for code in counts if code not in statuses)]
    return [(code, statuses.get(code, code), counts[code]) for code in codes if counts.get(code)]


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
        "status": [(code, label) for code, label, _count in _counted(found.latest, statuses)]
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


def _progress_chart(
    plan: Row, found: standing.PlanStanding, begun: Sequence[str], statuses: Mapping[str, str]
) -> Markup | str:
    if not begun or not found.indicators:
        return ""
    rows = {row["code"]: row for row in plan.get("periods") or []}
    bars = [
        (
            _period_label(rows[code], found.states[code]),
            [
                charts.Part(status, label, f"{_letters(status)} {count}", count)
                for status, label, count in _counted(found.periods[code], statuses)
            ],
        )
        for code in begun
    ]
    last = found.periods[begun[-1]]
    told = ", ".join(f"{label}: {count}" for _code, label, count in _counted(last, statuses))
    return charts.stacked(
        bars,
        id_="progress-chart",
        title=_("Status of {number} indicators, period by period").format(number=found.indicators),
        description=_("In {period}: {counts}. The table below has all numbers.").format(
            period=rows[begun[-1]].get("title") or begun[-1], counts=told
        ),
    )


def _period_label(period: Row, state: windows.State) -> str:
    label = period.get("title") or period["code"]
    return _("{period} (still open)").format(period=label) if state == windows.OPEN else label


def _letters(status: str) -> str:
    return "–" if status == standing.NO_REPORT else status


def _overdue(
    commitment: Row,
    indicator: standing.IndicatorStanding,
    statuses: Mapping[str, str],
    known: commitments.Organizations,
) -> dict[str, Any]:
    return {
        "commitment": commitment,
        "indicator": indicator.row,
        "lead": commitments.lead_title(indicator.row, commitment, known),
        "code": indicator.status,
        "label": statuses.get(indicator.status, indicator.status),
    }


def _missing(
    lacks: Iterable[standing.Lack], plan: Row, known: commitments.Organizations
) -> list[dict[str, Any]]:
    """Return who has not reported, the longest owed first: one row for each institution and period."""
    periods = {row["code"]: row for row in plan.get("periods") or []}
    program = (plan.get("organization") or {}).get("title", "")
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for lack in lacks:
        institution = commitments.lead_title(lack.indicator, lack.commitment, known) or program
        row = found.setdefault(
            (lack.period, institution),
            {"institution": institution, "period": periods[lack.period], "count": 0, "commitments": {}},
        )
        row["count"] += 1
        row["commitments"][lack.commitment["id"]] = lack.commitment
    return sorted(found.values(), key=lambda row: (row["period"]["due"], row["institution"]))


# A commitment


def _indicator(
    indicator: standing.IndicatorStanding,
    commitment: Row,
    periods: Sequence[Row],
    statuses: Mapping[str, str],
    known: commitments.Organizations,
) -> dict[str, Any]:
    rows = {row["code"]: row for row in periods}
    return {
        "row": indicator.row,
        "lead": commitments.lead_title(indicator.row, commitment, known),
        "overdue": indicator.overdue,
        "code": indicator.status,
        "label": statuses.get(indicator.status, indicator.status),
        "cells": [
            {
                "cell": cell,
                "period": rows[cell.period],
                "label": statuses.get(cell.status or standing.NO_REPORT, cell.status),
            }
            # The newest first: it is what a reader looks for.
            for cell in reversed(indicator.cells)
            if cell.state != windows.COMING
        ],
    }


def _lead(indicator: Row, commitment: Row) -> str:
    return commitments.lead_title(indicator, commitment, listing.organizations())


def _event(row: Row, plan: Row) -> dict[str, Any]:
    """Return an event with where it can be read; without an address where the reader may not see it."""
    event = {"row": row, "title": row.get("reference", ""), "url": "", "when": None}
    if row.get("kind") == "webinar":
        reference = row["reference"]
        webinar = listing.dataset(reference) or listing.dataset(identity.renamed(reference) or reference)
        if webinar:
            event["title"] = title(webinar)
            event["url"] = tk.url_for("webinar.read", id=webinar["name"])
            event["when"] = times.when(webinar, tk.h.lang())
        return event
    for consultation in plan.get("consultations") or []:
        if consultation.get("code") == row.get("reference"):
            event["title"] = consultation["subject"]
            anchor = f"consultation-{consultation['code']}"
            event["url"] = tk.url_for("action_plan.read", id=plan["name"], _anchor=anchor)
    return event


def _assessment(row: Row) -> dict[str, Any]:
    """Return an assessment with its verdict in words; an older scale's verdict stays as it was given."""
    known = choices.vocabulary(row["scale"]) if row.get("scale") in choices.names() else None
    verdict = row.get("verdict", "")
    for choice in known.choices if known else ():
        if choice["value"] == verdict:
            verdict = tk.h.scheming_language_text(choice["label"])
    version = row.get("scale_version") or (known.version if known else "")
    return {
        **row,
        "verdict_label": verdict,
        "version": version,
        "scale_source": known.source if known else "",
    }


def _time_chart(
    commitment: Row, plan: Row, found: standing.CommitmentStanding, statuses: Mapping[str, str]
) -> Markup | str:
    lines = [
        charts.Line(
            f"{row['code']} {row['title']}",
            _day(row.get("start")) or _day(commitment.get("start")) or _day(plan.get("start")),
            _day(row.get("deadline")),
            "milestone",
        )
        for row in commitment.get("milestones") or []
    ]
    ends = {row["code"]: _day(row["end"]) for row in plan.get("periods") or []}
    marks = {
        indicator.row["code"]: tuple(
            charts.Mark(ends[cell.period] or date.max, cell.status, statuses.get(cell.status, cell.status))
            for cell in indicator.cells
            if cell.report is not None
        )
        for indicator in found.indicators
    }
    starts = {row["code"]: _day(row.get("start")) for row in commitment.get("milestones") or []}
    for row in commitment.get("indicators") or []:
        start = starts.get(row.get("milestone")) or _day(commitment.get("start")) or _day(plan.get("start"))
        label = _("Indicator {number}: {title}").format(number=row["code"], title=row["title"])
        lines.append(
            charts.Line(label, start, _day(row.get("deadline")), "indicator", marks.get(row["code"], ()))
        )
    days = [
        day
        for line in lines
        for day in (line.start, line.end, *(mark.day for mark in line.marks))
        if day is not None
    ]
    if not days or not any(line.end or line.marks for line in lines):
        return ""
    return charts.timeline(
        lines,
        span=(min(days), max(days)),
        today=config.today(),
        today_label=_("Today"),
        id_="time-chart",
        title=_("Milestones and indicators from {start} to {end}").format(
            start=times.day(min(days).isoformat(), tk.h.lang()), end=times.day(max(days).isoformat(), tk.h.lang())
        ),
        description=_(
            "A line for each milestone and indicator up to its deadline, with the statuses that were reported. "
            "The table below has all of them."
        ),
    )  # fmt: skip


def _lineage_chart(kin: Sequence[Row], current: str) -> Markup:
    drawn = [
        [
            charts.Node(
                id=each["id"],
                heading=stage_and_number(each),
                title=title(each),
                stage=each["stage"],
                forerunners=tuple(lineage.forerunners(each)),
                current=each["id"] == current,
            )
            for each in column
        ]
        for column in lineage.columns(kin)
    ]
    return charts.lineage(
        drawn,
        id_="lineage-chart",
        title=_("From draft to final numbers"),
        description=_("Lines lead from each commitment to those that were made from it. The list below names them."),
    )  # fmt: skip


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None


# The comparison


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
    linked = [each for change in changes for each in (*change.before, *change.after)]
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
        "lineage": _lineage_chart(linked, "") if before and after else "",
        "others": [each for each in listing.all_plans().values() if each["id"] != plan["id"]],
    }


def _earlier_first(one: dict[str, Any], other: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return two plans by their start; one without a start is taken to be the earlier."""
    return (other, one) if str(other.get("start", "")) <= str(one.get("start", "")) else (one, other)


def _adopted(listed: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the final commitments of a plan, or its drafts while it has no final ones."""
    return [each for each in listed if each["stage"] == lineage.FINAL] or list(listed)


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
