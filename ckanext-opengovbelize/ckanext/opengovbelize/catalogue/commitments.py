"""The commitments of a plan, as a reader may see them, and the ones that a reader asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ..folding import fold
from ..progress import lineage, standing

# More than any plan has; one query fetches them all.
ALL = 1000

Commitment = Mapping[str, Any]
# Name and title of every organization, by id.
Organizations = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Filters:
    """What a reader wants to see of a plan. Empty: everything.

    Attributes:
        institution: id, name or title of an organization, or the institution as the source names it.
        policy_area: code of a policy area.
        status: code of a status that is the newest of an indicator, or ``none``.
        stage: code of a stage.
    """

    institution: str = ""
    policy_area: str = ""
    status: str = ""
    stage: str = ""

    def __bool__(self) -> bool:
        return any((self.institution, self.policy_area, self.status, self.stage))


def of_plan(plan_id: str, context: Context) -> list[dict[str, Any]]:
    """Return the commitments of a plan that a user may read, by number. One query to Solr.

    Args:
        plan_id: id of the plan.
        context: CKAN's, with the user.
    """
    return ordered(_search(f'in_plan:"{plan_id}"', context))


def shaped_at(webinar: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    """Return the commitments that were shaped in a webinar, which a user may read. One query to Solr."""
    known = {webinar["id"], webinar["name"]}
    found = _search(f'extras_events:("{webinar["name"]}" OR "{webinar["id"]}")', context)
    return ordered(each for each in found if any(row["reference"] in known for row in webinar_events(each)))


def related(commitment: Commitment, context: Context) -> list[dict[str, Any]]:
    """Return the commitments of the same plan, and those of others that are next to this one by derivation."""
    ids = " OR ".join(f'"{id_}"' for id_ in lineage.forerunners(commitment))
    queries = [f'in_plan:"{commitment["in_plan"]}"', f'extras_derived_from:"{commitment["id"]}"']
    return ordered(_search(" OR ".join([*queries, *([f"id:({ids})"] if ids else [])]), context))


def ordered(commitments: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return commitments by number, final ones first."""
    return sorted(
        commitments, key=lambda each: (each.get("stage") != lineage.FINAL, lineage.number_order(each))
    )


def webinar_events(commitment: Commitment) -> list[Mapping[str, Any]]:
    """Return the events of a commitment that are webinars."""
    return [row for row in commitment.get("events") or [] if row.get("kind") == "webinar"]


def select(
    commitments: Sequence[dict[str, Any]],
    found: standing.PlanStanding,
    filters: Filters,
    organizations: Organizations,
) -> list[dict[str, Any]]:
    """Return the commitments that a reader asked for, in their order.

    Args:
        commitments: the commitments of a plan.
        found: how the plan stands.
        filters: what the reader wants.
        organizations: name and title of every organization, by id.
    """
    wanted = _names_of(filters.institution, organizations)
    return [
        each
        for each in commitments
        if (not filters.stage or each.get("stage") == filters.stage)
        and (not filters.policy_area or filters.policy_area in (each.get("policy_areas") or []))
        and (not filters.status or found.commitments[each["id"]].latest.get(filters.status))
        and (not wanted or not wanted.isdisjoint(_leads(each, organizations)))
    ]


def institutions(commitments: Iterable[Commitment], organizations: Organizations) -> list[str]:
    """Return who leads the commitments and their indicators, each institution once, by title."""
    titles: dict[str, str] = {}
    for each in commitments:
        for text in _lead_texts(each, organizations):
            titles.setdefault(fold(text), text)
    return sorted(titles.values(), key=fold)


def lead_title(indicator: Mapping[str, Any], commitment: Commitment, organizations: Organizations) -> str:
    """Return who reports on an indicator: its lead, as its source names it, or the commitment's first lead."""
    _name, title = organizations.get(indicator.get("lead") or "", ("", ""))
    return title or indicator.get("lead_as_stated") or next(iter(commitment.get("lead") or []), "")


def _names_of(reference: str, organizations: Organizations) -> set[str]:
    """Return the folded texts by which commitments may name an institution."""
    if not reference:
        return set()
    wanted = fold(reference)
    for id_, names in organizations.items():
        if reference == id_ or wanted in map(fold, names):
            return {wanted, *map(fold, names)}
    return {wanted}


def _leads(commitment: Commitment, organizations: Organizations) -> set[str]:
    return {fold(text) for text in _lead_texts(commitment, organizations)}


def _lead_texts(commitment: Commitment, organizations: Organizations) -> Iterator[str]:
    yield from commitment.get("lead") or []
    for row in commitment.get("indicators") or []:
        if title := lead_title(row, commitment, organizations):
            yield title


def _search(query: str, context: Context) -> list[dict[str, Any]]:
    found = tk.get_action("package_search")(
        context, {"fq": f"dataset_type:commitment AND ({query})", "rows": ALL, "include_private": True}
    )
    return found["results"]
