"""What the road into the catalogue needs to know of each type of record."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import ckan.model as model

from ..model import LedgerEntry
from ..records.drafts import Draft
from ..records.problems import Problem
from . import ledger, merge
from . import publish as publishing
from .foreseen import Foreseen
from .ledger import Source, Statements


@dataclass
class Incoming:
    """One screened record on its way into the catalogue."""

    draft: Draft
    record_key: str
    content_hash: str


@dataclass
class Match:
    """Where a record belongs.

    Attributes:
        known: what the ledger has of the record.
        package: the dataset that the record is about, or None for a new one.
        problems: the draft's own, and those of matching.
    """

    known: LedgerEntry | None
    package: model.Package | None
    problems: list[Problem] = field(default_factory=list)

    @property
    def rejected(self) -> bool:
        """Tell whether the record cannot be published."""
        return any(problem.rejects for problem in self.problems)

    @property
    def package_id(self) -> str | None:
        """Return the dataset's id, None for a new one."""
        return self.package.id if self.package else None

    @property
    def makes_parents(self) -> bool:
        """Tell whether what the dataset belongs to has to be made first."""
        return False

    @property
    def deleted(self) -> bool:
        """Tell whether the dataset was deleted by hand."""
        return self.package is not None and self.package.state == "deleted"


M = TypeVar("M", bound=Match)


class Road(ABC, Generic[M]):
    """How records of one type find their dataset, and what it should be."""

    def names(self, draft: Draft, source: Source) -> list[str] | None:
        """Return by what a record may be matched, so that what shares none of it is published beside it.

        None where that cannot be told: then nothing else of the organization is published meanwhile.
        """
        return None

    @abstractmethod
    def match(
        self, draft: Draft, source: Source, record_key: str, known: LedgerEntry | None, foreseen: Foreseen
    ) -> M:
        """Find the dataset that a draft is about. Writes nothing."""

    def is_noted(self, draft: Draft, source: Source, record_key: str, match: M) -> bool:
        """Tell whether nothing has to be written of a record that cannot be published."""
        return True

    def note(self, draft: Draft, source: Source, record_key: str, match: M) -> None:
        """Write down what has to be decided before a record can be published."""

    @abstractmethod
    def values(self, draft: Draft, match: M) -> merge.Values:
        """Return what a draft states, in the schema's field names; may add to the match's problems."""

    @abstractmethod
    def prepare(
        self, match: M, source: Source, said: ledger.Said
    ) -> tuple[publishing.Prepared, merge.Values]:
        """Decide what the dataset should be, with this record; return it with what the sources say, merged."""

    @abstractmethod
    def prepare_known(self, package: model.Package, said: Statements) -> publishing.Prepared:
        """Decide what a dataset should be by what its sources say."""

    def make_parents(self, match: M, user: str) -> list[str]:
        """Make what the dataset belongs to where it is missing; return the ids of what was made."""
        return []

    def before(self, match: M, prepared: publishing.Prepared) -> merge.Values:
        """Return what the dataset shows by the time that the record has its turn."""
        return prepared.before

    def pending_fields(self, match: M) -> set[str]:
        """Return the fields whose values are right once earlier records of the run are published."""
        return set()

    def foresee(
        self, foreseen: Foreseen, match: M, draft: Draft, said: ledger.Said, prepared: publishing.Prepared
    ) -> None:
        """Keep what the record will have done for the records to come."""

    def check(self, match: M, values: merge.Values) -> list[Problem]:
        """Return what is worth a look in the dataset as it would be."""
        return []

    def settled(self, package: model.Package) -> None:
        """Bring our own tables in line with what sources say of a dataset now."""


def refusal(code: str, message: str, draft: Draft, field_name: str = "") -> Problem:
    """Return the problem for which a record is rejected."""
    return Problem(code, message, file=draft.file, place=draft.place, field=field_name, rejects=True)


def stated(values: dict[str, Any]) -> merge.Values:
    """Return the values that say something: empty ones state nothing."""
    return {name: value for name, value in values.items() if merge.canonical(value) is not None}
