"""Reporting progress. The rules are in ``progress``, the writing is in ``catalogue.reports``."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import ckan.authz as authz
import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.logic import validate

from ... import config
from ...catalogue import commitments, institutions, reopening, report_book, reports
from ...catalogue.report_book import Incoming
from ...progress import rules
from ...progress.rules import Report
from ...schemas.types import COMMITMENT, PLAN
from ..access.labels import editable_organizations
from . import importing, schema

__all__ = [
    "opengovbelize_progress_period_reopen",
    "opengovbelize_progress_period_reopened_list",
    "opengovbelize_progress_report_history",
    "opengovbelize_progress_report_import",
    "opengovbelize_progress_report_list",
    "opengovbelize_progress_report_save",
]

# Who says so: a status is what an institution reports, unlike an assessment.
SAID_BY = "institution"


@validate(schema.report_save)
def opengovbelize_progress_report_save(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Report on one indicator in one period, or correct what was reported.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of the commitment; ``indicator`` and ``period``, their codes; ``status``,
            one of ``NS``, ``LP``, ``SP``, ``C``; ``progress``; ``evidence``, a web address; ``challenges``,
            required for ``NS`` and ``LP``; ``reason``, required for a correction; ``version``, that of the report
            which the writer saw, 0 or absent for none.

    Returns:
        The report that stands there now, with ``outcome``: ``added``, ``updated`` or ``unchanged``.

    Raises:
        ValidationError: something is wrong, by field. Where somebody reported meanwhile, ``version`` says so, and
            ``now`` holds what stands there.
    """
    commitment = _read(context, data_dict["id"], COMMITMENT)
    organization_id = rules.responsible(commitment, data_dict["indicator"])
    tk.check_access("opengovbelize_progress_report_save", context, {"organization_id": organization_id})
    names = ("indicator", "period", *schema.TEXTS)
    incoming = Incoming(Report(**{name: data_dict[name] for name in names}), version=data_dict["version"])
    (saved,) = reports.save(
        commitment["id"],
        [incoming],
        # The lead may have changed since it was read: the catalogue asks again once it holds the record.
        by=None if _reports_for_all(context) else {organization_id or ""},
        user=context["user"],
        on=config.today(),
    )
    if saved.outcome == report_book.REJECTED:
        errors: dict[str, Any] = {}
        for fault in saved.faults:
            errors.setdefault(fault.field or "id", []).append(fault.message)
            if fault.code == "stale":
                errors["now"] = [saved.now]
        raise tk.ValidationError(errors)
    return {**(saved.now or {}), "outcome": saved.outcome, "said_by": SAID_BY}


@tk.side_effect_free
@validate(schema.report_list)
def opengovbelize_progress_report_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the current reports of a plan or of a commitment.

    Args:
        context: CKAN's.
        data_dict: ``plan`` or ``commitment``, its id or name; ``institution`` (optional), id, name or title of the
            organization in charge of the indicator; ``period`` (optional), its code.

    Returns:
        Each as the commitment has it, with ``commitment`` (name), ``commitment_title``, ``number``,
        ``indicator_title``, ``organization_id`` (in charge of the indicator) and ``said_by``.
    """
    given = [name for name in ("plan", "commitment") if data_dict.get(name)]
    if len(given) != 1:
        raise tk.ValidationError({"plan": [tk._("Give either a plan or a commitment.")]})
    (kind,) = given
    tk.check_access("opengovbelize_progress_report_list", context, {"id": data_dict[kind]})
    if kind == "plan":
        plan = _read(context, data_dict["plan"], PLAN)
        found = commitments.of_plan(plan["id"], _as_reader(context))
    else:
        found = [_read(context, data_dict["commitment"], COMMITMENT)]
    institution = data_dict.get("institution")
    wanted = _organization(institution) if institution else None
    period = data_dict.get("period")
    return [
        row
        for commitment in found
        for row in _listed(commitment)
        if wanted in (None, row["organization_id"]) and period in (None, "", row["period"])
    ]


@tk.side_effect_free
@validate(schema.report_history)
def opengovbelize_progress_report_history(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every version of a report, the newest first.

    Args:
        context: CKAN's.
        data_dict: ``id``, id or name of the commitment; ``indicator`` and ``period``, their codes.

    Returns:
        Each with ``version``, ``status``, ``progress``, ``evidence``, ``challenges``, ``reason``, ``late``,
        ``institution``, ``organization_id``, ``reported`` and ``said_by``. Never who typed it.
    """
    tk.check_access("opengovbelize_progress_report_history", context, {"id": data_dict["id"]})
    commitment = _read(context, data_dict["id"], COMMITMENT)
    versions = reports.history(commitment["id"], data_dict["indicator"], data_dict["period"])
    return [{**version, "said_by": SAID_BY} for version in versions]


def opengovbelize_progress_report_import(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take many reports at once, from a spreadsheet or a program; those rows that can be taken.

    Args:
        context: CKAN's.
        data_dict: ``plan``, its id or name; ``upload``, an .xlsx or .csv file, or ``rows``, a list of rows with
            ``number`` and ``stage`` (``final`` if absent) of the commitment, ``indicator``, ``period``, ``status``,
            ``progress``, ``evidence``, ``challenges``, ``reason`` and ``version`` (optional, the one that was seen);
            ``dry_run``, only to tell what would become of each.

    Returns:
        ``dry_run``, ``counts`` by outcome, and ``rows``: each with ``place``, ``commitment``, ``indicator``,
        ``period``, ``outcome`` (``added``, ``updated``, ``unchanged``, ``rejected``), ``version``, ``late``,
        ``changes``, ``messages`` and ``report`` (as it was read, to send it again).
    """
    tk.check_access("opengovbelize_progress_report_import", context, {})
    plan = _read(context, tk.get_or_bust(data_dict, "plan"), PLAN)
    dry_run = tk.asbool(data_dict.get("dry_run") or False)
    if getattr(data_dict.get("upload"), "filename", None):
        lines = importing.lines_of_file(data_dict["upload"])
    else:
        lines = importing.lines_of_rows(data_dict.get("rows"))
    user = model.User.get(context["user"])
    importing.run(
        lines,
        commitments.of_plan(plan["id"], _as_reader(context)),
        by=None if _reports_for_all(context) or not user else frozenset(editable_organizations(user.id)),
        user=context["user"],
        on=config.today(),
        dry_run=dry_run,
    )
    return {
        "dry_run": dry_run,
        "counts": Counter(line.outcome for line in lines),
        "rows": [line.as_dict() for line in lines],
    }


@validate(schema.period_reopen)
def opengovbelize_progress_period_reopen(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let one institution report on a period again.

    Args:
        context: CKAN's.
        data_dict: ``plan``, its id or name; ``period``, its code; ``institution``, id, name or title of the
            organization; ``until``, the last day. A later call with another day replaces it.

    Returns:
        ``period``, ``organization_id``, ``institution`` and ``until``.
    """
    plan = _read(context, data_dict["plan"], PLAN)
    tk.check_access("opengovbelize_progress_period_reopen", context, {"organization_id": plan["owner_org"]})
    organization_id = _organization(data_dict["institution"])
    periods = [row["code"] for row in plan.get("periods") or []]
    if data_dict["period"] not in periods:
        message = tk._("The plan has no such reporting period. Give one of: {codes}.")
        raise tk.ValidationError({"period": [message.format(codes=", ".join(periods))]})
    until = date.fromisoformat(data_dict["until"])
    if until < config.today():
        raise tk.ValidationError({"until": [tk._("Give a day that has not passed.")]})
    user = model.User.get(context["user"])
    reopening.reopen(plan["id"], data_dict["period"], organization_id, until, user_id=user.id if user else "")
    return {
        "period": data_dict["period"],
        "organization_id": organization_id,
        "institution": institutions.titles()[organization_id],
        "until": until.isoformat(),
    }


@tk.side_effect_free
@validate(schema.reopened_list)
def opengovbelize_progress_period_reopened_list(
    context: Any, data_dict: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return which periods of a plan were reopened for whom, also those that have ended since.

    Args:
        context: CKAN's.
        data_dict: ``plan``, its id or name.

    Returns:
        Each with ``period``, ``organization_id``, ``institution`` and ``until``.
    """
    tk.check_access("opengovbelize_progress_period_reopened_list", context, {"id": data_dict["plan"]})
    plan = _read(context, data_dict["plan"], PLAN)
    titles = institutions.titles()
    return [
        {**row, "institution": titles.get(row["organization_id"], "")}
        for row in reopening.reopened(plan["id"])
    ]


def _listed(commitment: dict[str, Any]) -> list[dict[str, Any]]:
    indicators = {row["code"]: row for row in commitment.get("indicators") or []}
    return [
        {
            **row,
            "commitment": commitment["name"],
            "commitment_title": commitment["title"],
            "number": commitment.get("number", ""),
            "indicator_title": indicators[row["indicator"]].get("title", ""),
            "organization_id": rules.responsible(commitment, row["indicator"]),
            "said_by": SAID_BY,
        }
        for row in commitment.get("reports") or []
        if row["indicator"] in indicators
    ]


def _read(context: Any, reference: str, type_: str) -> dict[str, Any]:
    """Return a plan or a commitment as the user may read it."""
    found = tk.get_action("package_show")(_as_reader(context), {"id": reference})
    if found["type"] != type_:
        raise tk.ObjectNotFound(tk._("There is no such plan or commitment. Give its id or its name."))
    return found


def _organization(reference: str) -> str:
    found = institutions.find(reference)
    if found is None:
        message = tk._("This portal has no such organization. Give its id, name or title.")
        raise tk.ValidationError({"institution": [message]})
    return found


def _reports_for_all(context: Any) -> bool:
    return bool(context.get("ignore_auth")) or authz.is_sysadmin(context.get("user"))


def _as_reader(context: Any) -> Any:
    """Return a context for another action: the same user, and nothing that the action before left there."""
    names = ("user", "auth_user_obj", "ignore_auth")
    return {name: context[name] for name in names if name in context}
