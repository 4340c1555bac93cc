"""The validators of action plans and commitments. The rules are in ``schemas.plan_rules``; here they meet CKAN."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ...catalogue import institutions, stored
from ...catalogue.identity import as_list
from ...schemas import choices, plan_rules, values
from ...schemas.types import COMMITMENT, PLAN, WEBINAR

__all__ = [
    "opengovbelize_commitment_rules",
    "opengovbelize_commitments",
    "opengovbelize_day",
    "opengovbelize_days_in_order",
    "opengovbelize_institution",
    "opengovbelize_plan",
    "opengovbelize_plan_rules",
]


def opengovbelize_day(value: Any) -> str:
    """Accept a day."""
    try:
        return values.day(value)
    except ValueError as problem:
        raise tk.Invalid(str(problem)) from None


def opengovbelize_institution(value: Any) -> str:
    """Accept an organization by id, name or title; store its id."""
    found = institutions.find(str(value))
    if found is None:
        raise tk.Invalid(
            tk._(
                "This portal has no such organization. Choose one, or write its name under “Lead as stated”."
            )
        )
    return found


def opengovbelize_plan(value: Any, context: Context) -> str:
    """Accept an action plan by id or name, which the user may read; store its id."""
    message = tk._("There is no such plan. Give the id or the name of an action plan.")
    return _readable(value, PLAN, message, context).id


def opengovbelize_commitments(value: Any, context: Context) -> str:
    """Accept commitments by id or name, which the user may read; store a list of their ids, as JSON."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise tk.Invalid(tk._("Give a list of commitments."))
    message = tk._("There is no such commitment. Give the id or the name of a commitment.")
    found = [_readable(each, COMMITMENT, message, context).id for each in value if each != ""]
    return json.dumps(list(dict.fromkeys(found)))


def opengovbelize_days_in_order(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse an end before its start, in the record and in its rows."""
    _note(plan_rules.days_in_order(_nested(data)), errors)


def opengovbelize_plan_rules(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse periods that overlap."""
    _note(plan_rules.plan_faults(_nested(data)), errors)


def opengovbelize_commitment_rules(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse what does not fit together within a commitment, its plan and its forerunners."""
    commitment = _nested(data)
    plan = None if errors.get(("in_plan",)) else model.Package.get(commitment.get("in_plan", ""))
    if plan is None:
        _note(plan_rules.commitment_faults(commitment), errors)
    else:
        if plan.owner_org != commitment.get("owner_org") and not errors.get(("owner_org",)):
            errors[("in_plan",)].append(tk._("The plan belongs to another program."))
        consultations = [str(row.get("code")) for row in stored.rows(plan, "consultations")]
        _note(plan_rules.commitment_faults(commitment, consultations), errors)
    _check_webinars(commitment, errors)
    if not errors.get(("derived_from",)):
        own_id = str(data.get(("id",)) or getattr(context.get("package"), "id", "") or "")
        forerunners = json.loads(data.get(("derived_from",)) or "[]")
        if fault := plan_rules.derivation_fault(own_id, forerunners, _forerunners):
            errors[("derived_from",)].append(fault)
    _fill_scale_versions(data, commitment)


def _check_webinars(commitment: dict[str, Any], errors: FlattenErrorDict) -> None:
    for number, row in enumerate(commitment.get("events", [])):
        if row.get("kind") != "webinar" or not row.get("reference"):
            continue
        webinar = model.Package.get(row["reference"])
        if webinar is None or webinar.type != WEBINAR or webinar.state != "active":
            message = tk._(
                "This portal has no webinar of that address. Give the last part of its page's address."
            )
            errors.setdefault(("events", number, "reference"), []).append(message)


def _fill_scale_versions(data: FlattenDataDict, commitment: dict[str, Any]) -> None:
    """Store which version of a scale an assessment used."""
    for number, row in enumerate(commitment.get("assessments", [])):
        if row.get("scale") in choices.names() and not row.get("scale_version"):
            data[("assessments", number, "scale_version")] = choices.vocabulary(row["scale"]).version


def _forerunners(commitment_id: str) -> list[str]:
    package = model.Package.get(commitment_id)
    return as_list((package.extras or {}).get("derived_from")) if package else []


def _readable(reference: Any, type_: str, message: str, context: Context) -> model.Package:
    """Return the dataset, with one answer for one that is not there and one that the user may not read."""
    package = model.Package.get(reference) if isinstance(reference, str) else None
    if package is None or package.type != type_ or package.state != "active":
        raise tk.Invalid(message)
    reader: Context = {"user": context.get("user", ""), "ignore_auth": context.get("ignore_auth", False)}
    try:
        tk.check_access("package_show", reader, {"id": package.id})
    except tk.NotAuthorized:
        raise tk.Invalid(message) from None
    return package


def _nested(data: FlattenDataDict) -> dict[str, Any]:
    """Return the values by field, rows as lists in their order; rows keep their number."""
    record: dict[str, Any] = {}
    rows: dict[str, dict[int, dict[str, Any]]] = {}
    for path, value in data.items():
        if value is tk.missing or value is None:
            continue
        if len(path) == 1:
            record[path[0]] = value
        elif len(path) == 3 and path[0] != "resources":
            rows.setdefault(path[0], {}).setdefault(path[1], {})[path[2]] = value
    for name, numbered in rows.items():
        # A row that was left out as blank leaves its number free.
        record[name] = [numbered.get(number, {}) for number in range(max(numbered) + 1)]
    return record


def _note(faults: Iterable[plan_rules.Fault], errors: FlattenErrorDict) -> None:
    for field, row, subfield, message in faults:
        path: FlattenKey = (field,) if row is None else (field, row, subfield)
        if not errors.get(path):
            errors.setdefault(path, []).append(message)
