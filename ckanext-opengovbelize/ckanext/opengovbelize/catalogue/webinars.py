"""What a webinar should be, going by its sources and the decisions of editors."""

from __future__ import annotations

import json
from typing import Any

import ckan.model as model

from ..model import Published
from ..records.drafts import Draft
from ..records.session import Person
from ..schemas.types import WEBINAR
from . import identity, merge, names, publish, reviews, series, visibility
from .ledger import Statements, statements

# What a chat, captions or a video add to a session that another record tells of.
ADDED = ("questions", "messages", "transcript", "resources")


def values_of(draft: Draft, series_id: str) -> merge.Values:
    """Return what a draft states, in the schema's field names. Empty values state nothing."""
    values = {**draft.fields, "resources": draft.resources, "in_series": [series_id] if series_id else []}
    if draft.belongs:
        values = {name: value for name, value in values.items() if name in ADDED}
    return {name: value for name, value in values.items() if merge.canonical(value) is not None}


def prepare(
    package: model.Package | None, organization_id: str, said: Statements, series_name: str = ""
) -> tuple[publish.Prepared, merge.Values]:
    """Decide what a webinar should be; return it with what the sources say, merged.

    Args:
        package: the webinar, or None for a new one.
        organization_id: who will own a new one.
        said: what sources say of it.
        series_name: address of the series, where it is not in the catalogue yet.
    """
    fixed = {"type": WEBINAR, "owner_org": organization_id}
    if not any({"title", "session_number"} & row.values.keys() for row in said.values):
        # Nothing is known of it any more: it is hidden, and nothing of it is deleted.
        target: merge.Values = {"publication_state": visibility.WITHDRAWN}
        return publish.prepare(package, fixed, target, partial=True), target
    target = merge.combine(said.values)
    own = target.get("sources") or []
    target["sources"] = list(merge.by_code([*merge.sources_of(said.values), *own]).values())
    target["publication_state"] = visibility.RELEASED
    target.setdefault("title", _title(target))
    stated = target.pop("name", "")
    if name := _name(package, organization_id, target, series_name, stated):
        target["name"] = name
    target["questions"] = reviews.decided_rows(
        target.get("questions", []),
        reviews.by_key(said.proposals),
        reviews.of_package(package.id if package else None),
    )
    return publish.prepare(package, fixed, target), target


def public_people(organization_id: str, called: str, number: int) -> list[Person]:
    """Return who is published in a public role in a session, so that a chat by itself can be screened."""
    found = series.of_name(organization_id, called, title=called)
    package = identity.of_number(found, str(number)) if found else None
    try:
        rows = json.loads((package.extras or {}).get("people") or "[]") if package else []
    except ValueError:
        return []
    return [
        Person(row["role"], row["name"], affiliation=row.get("affiliation", ""))
        for row in rows
        if row.get("role") and row.get("name")
    ]


def _title(target: merge.Values) -> str:
    """Return a title for a webinar whose record has only a number."""
    word = "Seminario web" if target.get("language") == ["es"] else "Webinar"
    return f"{word} {target.get('session_number', '')}".strip()


def _name(
    package: model.Package | None, organization_id: str, target: merge.Values, series_name: str, stated: str
) -> str | None:
    """Return the address that import gives, or None for a webinar made by hand, which keeps its own.

    ``stated`` is the address that it has in another portal, or empty.
    """
    if stated and (package is None or model.Session.get(Published, package.id)):
        return names.free(stated, organization_id, package.id if package else None)
    number = identity.number_text(target.get("session_number"))
    series_id = next(iter(target.get("in_series", [])), "")
    if package is None:
        wanted = (
            names.of_webinar(_series_name(series_id, series_name), number)
            if series_id and number
            else names.of_title(target["title"], str(target.get("start") or "")[:10])
        )
        return names.free(wanted, organization_id)
    base = model.Session.get(Published, package.id)
    if base is None:
        return None
    was = (
        next(iter(base.values.get("in_series", [])), ""),
        identity.number_text(base.values.get("session_number")),
    )
    if series_id and number and (series_id, number) != was:
        wanted = names.of_webinar(_series_name(series_id, series_name), number)
        return names.free(wanted, organization_id, package.id)
    return base.values.get("name")


def _series_name(series_id: str, pending_name: str) -> str:
    package = model.Session.get(model.Package, series_id)
    return package.name if package else pending_name


def sync_reviews(package: model.Package) -> None:
    """Let the questions that wait for an editor be those that sources propose now."""
    model.Session.flush()
    said = statements(package.id)
    questions: list[dict[str, Any]] = merge.combine(said.values).get("questions", [])
    reviews.sync(package.id, package.owner_org or "", questions, reviews.by_key(said.proposals))
