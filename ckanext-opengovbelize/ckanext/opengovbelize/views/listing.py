"""What pages ask the catalogue for: series, their sessions, what comes next. Always as the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ..catalogue import commitments, institutions
from .times import order

# More series than a program runs in a generation; one query fetches them all.
ALL_SERIES = 1000
# Sessions of one series on its page.
ALL_SESSIONS = 1000
HOME_SESSIONS = 6
# At the end of a series' name, as in ecosystem-2020.
YEAR = re.compile(r"(?<=-)(?:19|20)\d{2}$")


def all_series() -> dict[str, dict[str, Any]]:
    """Return every series that the reader may see, by id. One query a request."""
    if "opengovbelize_series" not in tk.g:
        found = _search(fq="dataset_type:webinar_series", rows=ALL_SERIES, sort="title_string asc, name asc")
        tk.g.opengovbelize_series = {series["id"]: series for series in found["results"]}
    return tk.g.opengovbelize_series


def series_of(package: dict[str, Any]) -> dict[str, Any] | None:
    """Return the series of a webinar, or None where it has none that the reader may see."""
    for series_id in package.get("in_series") or []:
        if series_id in all_series():
            return all_series()[series_id]
    return None


def series_title(series: dict[str, Any]) -> str:
    """Return the title of a series with the year of its address, since a series may come back every year."""
    title = series.get("title") or series["name"]
    year = YEAR.search(series["name"])
    return f"{title} ({year[0]})" if year and year[0] not in title else title


def datasets(ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return those of some datasets that the reader may see, in the order of their ids; of a page, not of hundreds."""
    if not ids:
        return []
    found = _search(fq=f"id:({' OR '.join(ids)})", rows=len(ids))["results"]
    return sorted(found, key=lambda package: ids.index(package["id"]))


def dataset(id_or_name: str) -> dict[str, Any] | None:
    """Return a dataset, or None where the reader may not see it or it is not there."""
    try:
        return tk.get_action("package_show")(reader(), {"id": id_or_name})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None


def organizations() -> commitments.Organizations:
    """Return name and title of every organization, by id. One query a request."""
    if "opengovbelize_organizations" not in tk.g:
        tk.g.opengovbelize_organizations = institutions.organizations()
    return tk.g.opengovbelize_organizations


def institution_title(organization_id: str) -> str:
    """Return the title of an organization; empty where there is none."""
    return organizations().get(organization_id, ("", ""))[1]


def all_plans() -> dict[str, dict[str, Any]]:
    """Return every action plan that the reader may see, by id. One query a request."""
    if "opengovbelize_plans" not in tk.g:
        found = _search(fq="dataset_type:action_plan", rows=ALL_SERIES, sort="title_string asc, name asc")
        tk.g.opengovbelize_plans = {plan["id"]: plan for plan in found["results"]}
    return tk.g.opengovbelize_plans


def plan_of(package: dict[str, Any]) -> dict[str, Any] | None:
    """Return the plan of a commitment, or None where it has none that the reader may see."""
    plan_id = package.get("in_plan")
    return all_plans().get(plan_id) if plan_id else None


def plans_by_start() -> list[dict[str, Any]]:
    """Return every action plan that the reader may see, the newest first."""
    return sorted(all_plans().values(), key=lambda plan: str(plan.get("start") or ""), reverse=True)


def commitments_of(plan_id: str) -> list[dict[str, Any]]:
    """Return the commitments of a plan that the reader may see, by number. One query a request and plan."""
    known = tk.g.setdefault("opengovbelize_commitments", {})
    if plan_id not in known:
        known[plan_id] = commitments.of_plan(plan_id, reader())
    return known[plan_id]


def related_commitments(commitment: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the commitments of the same plan, and those of others that are next to this one by derivation."""
    return commitments.related(commitment, reader())


def sessions_of(series_id: str) -> list[dict[str, Any]]:
    """Return the sessions of a series, ordered by number and start."""
    found = _search(fq=f'dataset_type:webinar AND in_series:"{series_id}"', rows=ALL_SESSIONS)
    return sorted(found["results"], key=order)


def public_sessions(of: str = "") -> list[dict[str, Any]]:
    """Return the sessions that everybody may see, the newest first.

    ``of`` is a filter of the search that says which.
    """
    query = " AND ".join(filter(None, ["dataset_type:webinar", of]))
    found = tk.get_action("package_search")(
        {}, {"fq": query, "rows": ALL_SESSIONS, "sort": "start_date desc"}
    )
    return found["results"]


def neighbours(package: dict[str, Any], sessions: list[dict[str, Any]]) -> tuple[Any, Any]:
    """Return the sessions before and after a webinar within its series, None where there is none."""
    ids = [session["id"] for session in sessions]
    if package["id"] not in ids:
        return None, None
    place = ids.index(package["id"])
    before = sessions[place - 1] if place else None
    after = sessions[place + 1] if place + 1 < len(sessions) else None
    return before, after


def home() -> dict[str, Any]:
    """Return what the home page shows.

    Returns:
        ``series`` (packages, each with ``sessions``: how many there are), ``next`` (in the future, soonest
        first), ``latest`` (newest first) and ``plans`` (the newest first, each with ``commitments``: how many
        there are).
    """
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    coming = f"start_date:[{now} TO *]"
    webinars = "dataset_type:webinar AND -status:(cancelled OR postponed)"
    upcoming = _search(fq=f"{webinars} AND {coming}", rows=HOME_SESSIONS, sort="start_date asc")
    latest = _search(fq=f"{webinars} AND -{coming}", rows=HOME_SESSIONS, sort="start_date desc")
    counts = session_counts()
    series = [{**package, "sessions": counts.get(package["id"], 0)} for package in all_series().values()]
    plans = plans_by_start()
    numbers = commitment_counts() if plans else {}
    return {
        "series": series,
        "next": upcoming["results"],
        "latest": latest["results"],
        "plans": [{**plan, "commitments": numbers.get(plan["id"], 0)} for plan in plans],
    }


def commitment_counts() -> dict[str, int]:
    """Return how many commitments each plan has, final ones or else drafts, by the plan's id."""
    query = {"rows": 0, "facet.field": ["in_plan"], "facet.limit": -1}
    final = _search(fq="dataset_type:commitment AND stage:final", **query)["facets"].get("in_plan", {})
    every = _search(fq="dataset_type:commitment", **query)["facets"].get("in_plan", {})
    return {**every, **final}


def session_counts() -> dict[str, int]:
    """Return how many sessions each series has, by the series' id."""
    query = {"fq": "dataset_type:webinar", "rows": 0, "facet.field": ["in_series"], "facet.limit": -1}
    return _search(**query)["facets"].get("in_series", {})


def reader() -> Context:
    """Return a context for asking as the reader of the page."""
    return {"user": tk.current_user.name, "auth_user_obj": tk.current_user}


def _search(**query: Any) -> dict[str, Any]:
    return tk.get_action("package_search")(reader(), {"include_private": True, **query})
