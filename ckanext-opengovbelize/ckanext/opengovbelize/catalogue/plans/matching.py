"""Which plan a table means, and which commitment: plan, stage and number, never the title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import ckan.model as model
from ckan.lib.munge import munge_title_to_name

from ...folding import fold
from ...records import codes
from ...records.drafts import Draft
from ...records.problems import Problem
from ...schemas.types import COMMITMENT, PLAN
from .. import identity, names, stored
from ..ledger import Source
from .foreseen import ForeseenDataset, ForeseenPlans

_DASHES = re.compile(r"[\u2010-\u2015/]")
# A draft that was merged or dropped keeps its number among the drafts.
OF_DRAFT_LIST = ("draft", "merged", "dropped")


@dataclass(frozen=True)
class PlanMatch:
    """A plan: one that is there, or one that the records of this run make.

    Attributes:
        id: of the dataset, or None while it is only foreseen.
        name: its address.
        values: title, dates, periods and consultations as far as known.
    """

    id: str | None
    name: str
    values: dict[str, Any]


def plan_of(draft: Draft, source: Source, foreseen: ForeseenPlans) -> PlanMatch | Problem:
    """Return the plan that a commitment or report belongs to, or why none is found."""
    phrase = source.plan or draft.plan
    known = _plans(source.organization_id)
    found = [package for package in known if not phrase or _is_called(package, phrase)]
    pending = foreseen.plan(phrase)
    if not phrase and pending:
        # The file brings its plan along.
        found = [package for package in found if package.name == pending]
    if len(found) == 1:
        package = found[0]
        return PlanMatch(package.id, package.name, _plan_values(package, foreseen))
    if len(found) > 1:
        return _refusal(
            "plan-ambiguous",
            "The program has more than one plan that this may belong to. Name the plan in the file, with its title "
            "in a column “Plan”, or in the source's configuration.",
            draft,
        )
    if pending:
        return PlanMatch(None, pending, foreseen.plans[pending].values)
    return _refusal(
        "plan-unknown",
        "The program has no such plan. Import the plan first, or name it by its title or address in the file or in "
        "the source's configuration.",
        draft,
    )


def known_plan(draft: Draft, source: Source, known_package_id: str | None) -> model.Package | None:
    """Return the plan that is in the catalogue already and that a plan's record is about."""
    if known_package_id:
        package = model.Session.get(model.Package, known_package_id)
        if package and package.type == PLAN and package.owner_org == source.organization_id:
            return package
    phrases = (
        [source.plan] if source.plan else [draft.plan, str(draft.fields.get("name") or ""), _title(draft)]
    )
    for phrase in filter(None, phrases):
        found = [package for package in _plans(source.organization_id) if _is_called(package, phrase)]
        if len(found) == 1:
            return found[0]
    return None


def plan_name(draft: Draft, source: Source) -> str:
    """Return the address of a new plan: the configured or stated one, else made of its title."""
    stated = source.plan or draft.plan
    is_address = stated and stated == munge_title_to_name(stated)
    wanted = stated if is_address else names.of_title(_DASHES.sub("-", _title(draft)), "")
    return names.free(wanted, source.organization_id)


def address(draft: Draft, source: Source, foreseen: ForeseenPlans) -> str:
    """Return the address of the plan that a record belongs to; where none is known, what the record calls it."""
    if draft.type == PLAN:
        found = known_plan(draft, source, None)
        return found.name if found else plan_name(draft, source)
    plan = plan_of(draft, source, foreseen)
    return draft.plan if isinstance(plan, Problem) else plan.name


def commitment_name(plan: str, stage: str, number: str, organization_id: str) -> str:
    """Return the address of a new commitment. One that was merged or dropped keeps that of a draft."""
    listed = "final" if stage == "final" else "draft"
    wanted = f"{plan[: names.LONGEST - 30]}-{listed}-{codes.slug(number)[:20]}"
    return names.free(wanted, organization_id)


def commitments_of(plan_id: str | None) -> list[model.Package]:
    """Return every commitment of a plan, deleted ones too."""
    if plan_id is None:
        return []
    query = model.Session.query(model.Package).filter(
        model.Package.type == COMMITMENT, model.Package.extras["in_plan"].astext == plan_id
    )
    return query.order_by(model.Package.metadata_created).all()


def find_commitment(stage: str, number: str, among: Iterable[model.Package]) -> model.Package | None:
    """Return the commitment of this stage and number.

    Without a stage it is the final one, else that of the draft list. A draft may have been merged or dropped since.
    """
    wanted = identity.dotted_number(number)
    numbered = {
        (package.extras or {}).get("stage", ""): package
        for package in among
        if identity.dotted_number((package.extras or {}).get("number")) == wanted
    }
    for candidate in stages_to_try(stage):
        if candidate in numbered:
            return numbered[candidate]
    return None


def find_foreseen(
    plan: PlanMatch, stage: str, number: str, foreseen: ForeseenPlans
) -> ForeseenDataset | None:
    """Return a commitment as this run will leave it, if it has one of this stage and number."""
    for candidate in stages_to_try(stage):
        if found := foreseen.commitments.get((plan.name, candidate, identity.dotted_number(number))):
            return found
    return None


def stages_to_try(stage: str) -> list[str]:
    """Return the stages under which a commitment may stand, the likeliest first."""
    if not stage:
        return ["final", *OF_DRAFT_LIST]
    if stage in OF_DRAFT_LIST:
        return list(dict.fromkeys([stage, *OF_DRAFT_LIST]))
    return [stage]


def _plans(organization_id: str) -> list[model.Package]:
    query = model.Session.query(model.Package).filter_by(owner_org=organization_id, type=PLAN, state="active")
    return query.order_by(model.Package.metadata_created).all()


def _is_called(package: model.Package, phrase: str) -> bool:
    called = (
        package.id,
        package.name,
        package.title or "",
        *identity.as_list((package.extras or {}).get("aliases")),
    )
    return fold(phrase) in map(fold, called)


def _plan_values(package: model.Package, foreseen: ForeseenPlans) -> dict[str, Any]:
    if package.name in foreseen.plans:
        return foreseen.plans[package.name].values
    extras = package.extras or {}
    rows = {name: stored.rows(package, name) for name in ("periods", "consultations")}
    stated = {name: extras.get(name) for name in ("start", "end", "invented")}
    return {"name": package.name, "title": package.title, **stated, **rows}


def _title(draft: Draft) -> str:
    return str(draft.fields.get("title") or "")


def _refusal(code: str, message: str, draft: Draft) -> Problem:
    return Problem(code, message, file=draft.file, place=draft.place, field="in_plan", rejects=True)
