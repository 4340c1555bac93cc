"""A commitment's progress reports at hand: what comes in, what stands there, and what became of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk

from ..model import ProgressReport
from ..progress import rules, windows
from ..schemas.types import COMMITMENT, PLAN
from . import erased, institutions, stored

ADDED = "added"
UPDATED = "updated"
UNCHANGED = "unchanged"
REJECTED = "rejected"
Row = dict[str, Any]
Key = tuple[str, str]


@dataclass(frozen=True)
class Incoming:
    """A report on its way in.

    Attributes:
        report: what it says.
        version: the version that the writer saw, 0 where there was none; None where the way in cannot know it.
        reported: the day that a source states for it. Only import looks at it.
        institution: who reported it, as a source states it. Only import looks at it.
    """

    report: rules.Report
    version: int | None = None
    reported: date | None = None
    institution: str = ""


@dataclass(frozen=True)
class Saved:
    """What became of one report.

    Attributes:
        indicator: code of the indicator.
        period: code of the period.
        outcome: ``added``, ``updated`` (a correction), ``unchanged`` or ``rejected``.
        version: the version that stands there now, 0 where there is none.
        late: whether what stands there now was late.
        changes: the fields in which it differed from what stood there.
        faults: why it was rejected.
        now: the row that stands there now, or None. After a stale version it is the difference to show.
    """

    indicator: str
    period: str
    outcome: str
    version: int = 0
    late: bool = False
    changes: tuple[str, ...] = ()
    faults: tuple[rules.Fault, ...] = ()
    now: Row | None = None


@dataclass(frozen=True)
class Occasion:
    """On what occasion reports come in.

    Attributes:
        by: ids of the organizations for which the writer reports; None for all of them.
        user_id: the id of the writer, or nothing.
        on: the day.
        as_import: history is loaded (see ``reports.save``).
    """

    by: Collection[str] | None
    user_id: str
    on: date
    as_import: bool = False


@dataclass
class Book:
    """A commitment and its plan as they are in the database, and what is to be written."""

    commitment: model.Package
    plan: model.Package
    rows: dict[Key, Row]
    indicators: list[Row]
    periods: list[Row]
    versions: list[ProgressReport] = field(default_factory=list)

    @property
    def stage(self) -> str:
        """The stage of the commitment, such as ``final``."""
        return (self.commitment.extras or {}).get("stage", "")

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of all institutions, by id."""
        return institutions.titles()

    @cached_property
    def erased(self) -> frozenset[tuple[int, str]]:
        """What was erased at somebody's request: how many words, and their keyed hash."""
        return erased.texts()

    def responsible(self, indicator: str) -> str | None:
        """Return the id of the organization that reports on an indicator, None where there is no such one."""
        return rules.responsible(
            {"indicators": self.indicators, "owner_org": self.commitment.owner_org}, indicator
        )

    def ordered_keys(self) -> list[Key]:
        """Return the keys of all rows: as the commitment orders indicators, then by the periods' start."""
        indicators = [row.get("code") for row in self.indicators]
        periods = [row["code"] for row in windows.ordered(self.periods)]
        return sorted(self.rows, key=lambda key: (indicators.index(key[0]), periods.index(key[1])))

    def ordered_rows(self) -> list[Row]:
        """Return all rows in the order of their keys."""
        return [self.rows[key] for key in self.ordered_keys()]


def open_book(commitment_id: str, hold: bool) -> Book:
    """Return the book of a commitment as it is now; with ``hold``, nobody else writes to it meanwhile.

    Raises:
        ObjectNotFound: there is no such commitment, or no plan of it.
    """
    commitment = find_package(commitment_id, COMMITMENT, hold)
    plan_id = (commitment.extras or {}).get("in_plan", "") if commitment else ""
    plan = find_package(plan_id, PLAN, hold, share=True)
    if commitment is None or plan is None:
        raise tk.ObjectNotFound(tk._("There is no such commitment."))
    rows = {(row["indicator"], row["period"]): row for row in stored.rows(commitment, "reports")}
    return Book(commitment, plan, rows, stored.rows(commitment, "indicators"), stored.rows(plan, "periods"))


def find_package(id_: str, type_: str, hold: bool, share: bool = False) -> model.Package | None:
    """Return a dataset as it is now; with ``hold``, nobody else changes it until this transaction ends.

    With ``share`` others may hold it, too, for as long as nobody changes it.
    """
    query = (
        model.Session.query(model.Package).filter_by(id=id_, type=type_, state="active").populate_existing()
    )
    if hold:
        # What waits in the session must not be lost when the row is read anew.
        model.Session.flush()
        query = query.with_for_update(read=share, of=model.Package)
    return query.one_or_none()


def version_of(row: Row | None) -> int:
    """Return the version of a report that stands, 0 where there is none."""
    return int(row["version"]) if row else 0
