"""Series and ordinary datasets, which only another portal describes whole, on the road into the catalogue."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from typing_extensions import override

from ..folding import fold
from ..model import LedgerEntry, Published
from ..records.drafts import Draft
from ..schemas.types import SERIES
from . import ledger, merge, names, series, visibility
from . import publish as publishing
from .foreseen import Foreseen
from .ledger import Source, Statements
from .road import Match, Road, refusal, stated
from .series import SeriesMatch

DATASET = "dataset"


@dataclass
class CopyMatch(Match):
    """Where a record belongs; ``name`` is the address of the dataset, present or future."""

    name: str = ""


class _CopyRoad(Road[CopyMatch]):
    """What both have in common."""

    type: str

    @override
    def match(
        self, draft: Draft, source: Source, record_key: str, known: LedgerEntry | None, foreseen: Foreseen
    ) -> CopyMatch:
        result = CopyMatch(known, None, list(draft.problems))
        if result.rejected:
            return result
        if not draft.fields.get("title"):
            message = "The dataset has no title. Give it one there, and run the source again."
            result.problems.append(refusal("title-missing", message, draft, "title"))
            return result
        package = model.Session.get(model.Package, known.package_id) if known else None
        result.package = package or self.find(draft, source)
        wanted = str(draft.fields.get("name") or "") or names.of_title(str(draft.fields["title"]), "")
        own = result.package.id if result.package else None
        result.name = names.free(wanted, source.organization_id, own)
        return result

    @abstractmethod
    def find(self, draft: Draft, source: Source) -> model.Package | None:
        """Return the dataset that a record is about and that none of this source's was about before."""

    @override
    def values(self, draft: Draft, match: CopyMatch) -> merge.Values:
        fields = {
            field["field_name"]
            for field in tk.h.scheming_get_dataset_schema(self.type)["dataset_fields"]
            # Rows without a code cannot be told apart.
            if "repeating_subfields" not in field or _has_code(field)
        }
        said = {name: value for name, value in draft.fields.items() if name in fields or name == "tag_string"}
        return stated({**said, "resources": draft.resources})

    @override
    def prepare(
        self, match: CopyMatch, source: Source, said: ledger.Said
    ) -> tuple[publishing.Prepared, merge.Values]:
        statements = ledger.statements(match.package.id if match.package else None, said)
        return self._prepare(match.package, source.organization_id, statements, match.name)

    @override
    def prepare_known(self, package: model.Package, said: Statements) -> publishing.Prepared:
        return self._prepare(package, package.owner_org or "", said, package.name)[0]

    def _prepare(
        self, package: model.Package | None, organization_id: str, said: Statements, name: str
    ) -> tuple[publishing.Prepared, merge.Values]:
        fixed = {"type": self.type, "owner_org": organization_id}
        hidden = not said.values
        shown = (
            {"publication_state": visibility.WITHDRAWN if hidden else visibility.RELEASED}
            if visibility.has_state(self.type)
            else {"private": hidden}
        )
        if hidden:
            # Nothing is known of it any more: it is hidden, and nothing of it is deleted.
            return publishing.prepare(package, fixed, shown, partial=True), shown
        target = {**merge.combine(said.values), **shown, "name": name}
        if package and model.Session.get(Published, package.id) is None:
            # Made by hand: it keeps its address.
            target.pop("name", None)
        return publishing.prepare(package, fixed, self.complete(target, said)), target

    def complete(self, target: merge.Values, said: Statements) -> merge.Values:
        """Return what the dataset should be, with what no source states."""
        return target


class SeriesRoad(_CopyRoad):
    """Series: known by their address, else by their title or another name."""

    type = SERIES

    @override
    def find(self, draft: Draft, source: Source) -> model.Package | None:
        return series.of_name(
            source.organization_id,
            str(draft.fields.get("name") or ""),
            str(draft.fields.get("title")),
            others=ledger.names_told(source.id, SERIES),
        )

    @override
    def complete(self, target: merge.Values, said: Statements) -> merge.Values:
        own = target.get("sources") or []
        target["sources"] = list(merge.by_code([*merge.sources_of(said.values), *own]).values())
        return target

    @override
    def foresee(
        self,
        foreseen: Foreseen,
        match: CopyMatch,
        draft: Draft,
        said: ledger.Said,
        prepared: publishing.Prepared,
    ) -> None:
        if match.package is None:
            values = {"title": "", "aliases": [], **prepared.resolution.values}
            foreseen.note_series(SeriesMatch(None, match.name, values))


class DatasetRoad(_CopyRoad):
    """Ordinary datasets: of those that are there, one of the same address and title is the same."""

    type = DATASET

    @override
    def find(self, draft: Draft, source: Source) -> model.Package | None:
        package = model.Package.get(str(draft.fields.get("name") or ""))
        if package is None or (package.type, package.owner_org, package.state) != (
            DATASET,
            source.organization_id,
            "active",
        ):
            return None
        return package if fold(package.title or "") == fold(str(draft.fields["title"])) else None

    @override
    def complete(self, target: merge.Values, said: Statements) -> merge.Values:
        # ckanext-dcat's schema asks for a description, which other portals do not.
        target.setdefault("notes", target.get("title", ""))
        return target


def _has_code(field: dict[str, Any]) -> bool:
    return any(subfield["field_name"] == "code" for subfield in field["repeating_subfields"])
