"""What the page of a commitment shows besides its own fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.plugins.toolkit import _

from .. import config
from ..catalogue import commitments, identity
from ..progress import lineage, standing
from ..schemas import choices
from . import drawings, listing, times

Row = Mapping[str, Any]


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
    statuses = drawings.status_labels()
    ids = {each["id"]: each for each in related}
    return {
        "plan": plan,
        "before": [ids[id_] for id_ in lineage.forerunners(commitment) if id_ in ids],
        "after": [each for each in related if commitment["id"] in lineage.forerunners(each)],
        "lineage": drawings.family_chart(kin, commitment["id"]) if len(kin) > 1 else "",
        "time": drawings.time_chart(commitment, plan, found, statuses),
        "indicators": [
            _indicator(indicator, commitment, periods, statuses, listing.organizations())
            for indicator in found.indicators
        ]
        or [{"row": row, "lead": _lead(row, commitment), "cells": []} for row in commitment.get("indicators", [])],
        "latest": drawings.counted(found.latest, statuses) if periods else [],
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
        f"{drawings.stage_and_number(commitment)}: {commitment['title']}",
        plan.get("title") or "",
        tk.config["ckan.site_title"] if tk.config["ckan.site_title"] != publisher else "",
        tk.url_for("commitment.read", id=commitment["name"], qualified=True),
    ]
    read = _("read on {day}").format(day=times.day(config.today().isoformat(), tk.h.lang()))
    return ". ".join(part for part in parts if part) + f" ({read})."


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
        "owes_no_more": any(cell.state == "complete-before" for cell in indicator.cells),
        "label": statuses.get(indicator.status, indicator.status),
        "cells": [
            {
                "cell": cell,
                "period": rows[cell.period],
                "label": statuses.get(cell.status or standing.NO_REPORT, cell.status),
            }
            # The newest first: it is what a reader looks for.
            for cell in reversed(indicator.cells)
            if cell.state not in ("coming", "complete-before", "not-begun")
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
            event["title"] = drawings.title(webinar)
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
