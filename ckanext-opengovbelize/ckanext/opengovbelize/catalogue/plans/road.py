"""Action plans and commitments on the road into the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import ckan.model as model
from typing_extensions import override

from ...model import LedgerEntry, Published
from ...records.drafts import Draft
from ...records.problems import Problem
from ...schemas import plan_rules
from ...schemas.types import COMMITMENT, PLAN
from .. import identity, ledger, merge, names, stored, visibility
from .. import publish as publishing
from ..foreseen import Foreseen
from ..ledger import Source, Statements
from ..road import Match, Road, refusal
from . import matching
from . import values as stated_values
from .foreseen import ForeseenDataset, ForeseenPlans
from .matching import PlanMatch

_REFERENCE = re.compile(
    r"(?:(?P<stage>draft|final|merged|dropped)\s+)?(?P<number>[\w.-]{1,20})", re.IGNORECASE
)


@dataclass
class DatasetMatch(Match):
    """Where the record of a plan or commitment belongs.

    Attributes:
        name: the address of the dataset, present or future.
        plan: of a commitment, its plan.
        earlier: the same dataset as earlier records of this run leave it.
        foreseen: all that earlier records of this run leave.
        references_pending: whether it refers to commitments that this run is yet to make.
    """

    name: str = ""
    plan: PlanMatch | None = None
    earlier: ForeseenDataset | None = None
    foreseen: ForeseenPlans = field(default_factory=ForeseenPlans)
    references_pending: bool = False


class _DatasetRoad(Road[DatasetMatch]):
    """What plans and commitments have in common."""

    type: str

    @override
    def prepare(
        self, match: DatasetMatch, source: Source, said: ledger.Said
    ) -> tuple[publishing.Prepared, merge.Values]:
        earlier = (
            [row for row in match.earlier.said if row.record_key != said.record_key] if match.earlier else []
        )
        statements = ledger.statements(match.package.id if match.package else None, *earlier, said)
        return self._prepare(match.package, source.organization_id, statements, match.name)

    @override
    def prepare_known(self, package: model.Package, said: Statements) -> publishing.Prepared:
        return self._prepare(package, package.owner_org or "", said, package.name)[0]

    @override
    def before(self, match: DatasetMatch, prepared: publishing.Prepared) -> merge.Values:
        return match.earlier.values if match.earlier else prepared.before

    def _prepare(
        self, package: model.Package | None, organization_id: str, said: Statements, name: str
    ) -> tuple[publishing.Prepared, merge.Values]:
        fixed = {"type": self.type, "owner_org": organization_id}
        if not said.values:
            # Nothing is known of it any more: it is hidden, and nothing of it is deleted.
            target: merge.Values = {"publication_state": visibility.WITHDRAWN}
            return publishing.prepare(package, fixed, target, partial=True), target
        target = merge.combine(said.values)
        target["sources"] = stated_values.sources(said, target.get("sources"))
        target.setdefault("publication_state", visibility.RELEASED)
        base = model.Session.get(Published, package.id) if package else None
        if package is None:
            target["name"] = name
        elif base and "name" in base.values:
            target["name"] = base.values["name"]
        return publishing.prepare(package, fixed, target), target


class PlanRoad(_DatasetRoad):
    """Records of action plans: known by title, address or another name."""

    type = PLAN

    @override
    def match(
        self, draft: Draft, source: Source, record_key: str, known: LedgerEntry | None, foreseen: Foreseen
    ) -> DatasetMatch:
        result = DatasetMatch(known, None, list(draft.problems), foreseen=foreseen.plans)
        if result.rejected:
            return result
        result.package = matching.known_plan(draft, source, known.package_id if known else None)
        pending = foreseen.plans.plan(draft.plan or str(draft.fields.get("title") or ""))
        if result.package is None and not pending and not draft.fields.get("title"):
            message = "The plan has no title. Give it one on the sheet “plan”, and import it again."
            result.problems.append(refusal("title-missing", message, draft, "title"))
            return result
        result.name = result.package.name if result.package else pending or matching.plan_name(draft, source)
        result.earlier = foreseen.plans.plans.get(result.name)
        return result

    @override
    def values(self, draft: Draft, match: DatasetMatch) -> merge.Values:
        return stated_values.of_plan(draft)

    @override
    def foresee(
        self,
        foreseen: Foreseen,
        match: DatasetMatch,
        draft: Draft,
        said: ledger.Said,
        prepared: publishing.Prepared,
    ) -> None:
        shown = {**prepared.before, **prepared.resolution.values, "name": match.name}
        dataset = foreseen.plans.plans.setdefault(match.name, ForeseenDataset(shown))
        dataset.values = shown
        dataset.said.append(said)


class CommitmentRoad(_DatasetRoad):
    """Records of commitments: known by plan, stage and number."""

    type = COMMITMENT

    @override
    def match(
        self, draft: Draft, source: Source, record_key: str, known: LedgerEntry | None, foreseen: Foreseen
    ) -> DatasetMatch:
        result = DatasetMatch(known, None, list(draft.problems), foreseen=foreseen.plans)
        if result.rejected:
            return result
        plan = matching.plan_of(draft, source, foreseen.plans)
        if isinstance(plan, Problem):
            result.problems.append(plan)
            return result
        result.plan = plan
        stage, number = _stage(draft), str(draft.fields.get("number") or "")
        if not number:
            message = "The commitment has no number. Give it the number that it has in the plan."
            result.problems.append(refusal("number-missing", message, draft, "number"))
            return result
        result.package = matching.find_commitment(stage, number, matching.commitments_of(plan.id))
        result.earlier = matching.find_foreseen(plan, stage, number, foreseen.plans)
        if result.package is None and result.earlier is None and not draft.fields.get("title"):
            message = "The plan has no commitment of this number. Import the commitments first, or correct the number."
            result.problems.append(refusal("commitment-unknown", message, draft, "number"))
            return result
        if result.deleted:
            message = (
                "This commitment was deleted by hand, and stays so. Restore it, or purge it from the trash."
            )
            result.problems.append(Problem("commitment-deleted", message, file=draft.file, place=draft.place))
        elif result.package:
            result.name = result.package.name
        elif result.earlier:
            result.name = result.earlier.values["name"]
        elif stated := str(draft.fields.get("name") or ""):
            result.name = names.free(stated, source.organization_id)
        else:
            result.name = matching.commitment_name(plan.name, stage, number, source.organization_id)
        return result

    @override
    def values(self, draft: Draft, match: DatasetMatch) -> merge.Values:
        plan = match.plan
        assert plan is not None
        consultations = {str(row.get("code")) for row in plan.values.get("consultations") or []}

        def resolve(reference: str) -> str | None:
            return self._resolve(reference, plan, match)

        before = (
            match.earlier.values.get("milestones")
            if match.earlier
            else stored.rows(match.package, "milestones")
        )
        says = stated_values.of_commitment(
            draft,
            plan.id or plan.name,
            resolve,
            consultations=consultations,
            milestones={str(row.get("code")) for row in before or []},
            problems=match.problems,
        )
        if stored.is_true(plan.values.get("invented")):
            # What belongs to an invented plan is invented too.
            says.setdefault("invented", True)
        shown: dict[str, Any] = dict(match.package.extras or {}) if match.package else {}
        if match.earlier:
            shown = match.earlier.values
        # 03 and 3 are one number: the first form stays.
        return {**says, "number": shown.get("number") or says["number"]}

    @override
    def pending_fields(self, match: DatasetMatch) -> set[str]:
        fields = {"derived_from"} if match.references_pending else set()
        return fields | {"in_plan"} if match.plan and match.plan.id is None else fields

    @override
    def foresee(
        self,
        foreseen: Foreseen,
        match: DatasetMatch,
        draft: Draft,
        said: ledger.Said,
        prepared: publishing.Prepared,
    ) -> None:
        assert match.plan is not None
        shown = {**prepared.before, **prepared.resolution.values, "name": match.name}
        key = (
            match.plan.name,
            str(shown.get("stage") or "draft"),
            identity.dotted_number(shown.get("number")),
        )
        dataset = foreseen.plans.commitments.setdefault(key, ForeseenDataset(shown))
        dataset.values = shown
        dataset.said.append(said)

    @override
    def check(self, match: DatasetMatch, values: merge.Values) -> list[Problem]:
        if match.plan is None:
            return []
        return [
            Problem("deadline-outside-plan", fault.message, field=fault.field, place=_place(fault, values))
            for fault in plan_rules.warnings(values, match.plan.values)
        ]

    def _resolve(self, reference: str, plan: PlanMatch, match: DatasetMatch) -> str | None:
        """Return the id of the commitment that a reference means, or its address where it is yet to be made."""
        if package := model.Package.get(reference.strip()):
            return package.id if package.type == COMMITMENT else None
        found = _REFERENCE.fullmatch(reference.strip())
        if not found:
            return None
        stage, number = (found["stage"] or "draft").lower(), found["number"]
        if package := matching.find_commitment(stage, number, matching.commitments_of(plan.id)):
            return package.id
        if foreseen := matching.find_foreseen(plan, stage, number, match.foreseen):
            match.references_pending = True
            return foreseen.values["name"]
        return None


def _stage(draft: Draft) -> str:
    return str(draft.fields.get("stage") or "")


def _place(fault: plan_rules.Fault, values: merge.Values) -> str:
    """Return which row a fault is about, by its number: where it stands in a file, a dataset does not know."""
    return "" if fault.row is None else f"{fault.field} {values[fault.field][fault.row].get('code', '')}"
