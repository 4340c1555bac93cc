"""Records that need each other, so that they are compared once the whole source is read.

These are the rows of plans' tables, and the datasets of another portal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..catalogue import coding
from ..catalogue import pipeline as catalogue
from ..catalogue.comparison import Comparison
from ..catalogue.pipeline import Incoming
from ..catalogue.plans import REPORT, matching, supplied
from ..catalogue.plans import TYPES as PLAN_TYPES
from ..catalogue.plans import progress as progress_reports
from ..privacy.packages import screen_package
from ..privacy.plans import screen_plan
from ..records import packages
from ..records.drafts import Draft
from ..records.plans.reading import PlanRecord
from ..records.problems import Problem
from ..schemas.types import COMMITMENT, PLAN, WEBINAR
from ..sources import Found
from . import keys
from .pages import Seen
from .walk import Walk

# Where a row lies that is known by what it is about.
_NOWHERE = Found("", "")
# Something that a dataset refers to is not here, or not yet.
_MISSED = ("event-unknown", "forerunner-unknown", "institution-unknown")


@dataclass
class Row:
    """One record of a table, read and screened, before it is compared; ``is_whole`` where it has a file of its own."""

    draft: Draft
    key: str
    content_hash: str
    label: str
    is_whole: bool = False


def _rank(draft: Draft) -> tuple[int, int]:
    """Return the place in the order in which records of tables depend on each other."""
    # Final commitments derive from those of the draft list; rows without a title add to one that is there.
    if not draft.fields.get("title"):
        return PLAN_TYPES.index(draft.type), 2
    return PLAN_TYPES.index(draft.type), int(draft.fields.get("stage") == "final")


class Rows:
    """The records of one walk that need each other."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self._rows: list[Row] = []
        # What datasets of another portal are called here, by what they are called there.
        self._called_here: dict[str, str] = {}
        # Tables that have not changed, and those that were read, as they are known next time.
        self._same: list[Found] = []
        self._read: list[Seen] = []
        self._is_ended, self._is_silent = False, True

    def take_table(self, found: Found, records: list[PlanRecord], label: str) -> None:
        """Take the records of one of a plan's tables."""
        if seen := self.walk.remembering.table(found):
            self._read.append(seen)
        # That there are none yet is told in every run.
        self._is_silent = self._is_silent and bool(records)
        with self.walk.watch.stage("screen"):
            self._rows += [
                self._row(found, screen_plan(record, self.walk.policy), label) for record in records
            ]

    def set_aside(self, found: Found) -> bool:
        """Keep a table that has not changed until it is known whether others have; False: it has to be read."""
        if self._is_ended:
            return False
        self._same.append(found)
        return True

    def left(self) -> Iterator[Found]:
        """Yield the tables that have to be read after all, once the rest of the source is read."""
        self._is_ended = True
        if not self._same:
            return
        walk = self.walk
        outcomes = None if self._read else walk.remembering.same_tables(self._same, walk.names)
        if outcomes is None:
            yield from self._same
            return
        if any(outcome.outcome == "rejected" for outcome in outcomes):
            walk.keep_tables()
        walk.note([replace(each, label=each.label or walk.labels.get(each.key, "")) for each in outcomes])

    def take_package(self, found: Found, label: str) -> None:
        """Compare a dataset of another portal; those of plans wait until all of them are read."""
        record = packages.read(found.data, file=label)
        draft, *reports_ = screen_package(record, self.walk.policy, reviewed=self.walk.config.reviewed)
        content_hash = keys.content_hash(self.walk.policy.hash_key, found.whole, self.walk.salt, 1)
        # Where an address is taken here, what others refer to by it is called otherwise, also where that is unchanged.
        parent = self.walk.name_here(found, record.parent)
        if draft.type == COMMITMENT:
            for each in (draft, *reports_):
                each.plan = parent or each.plan
            self._name_events(draft, found)
        row = Row(coding.coded(draft), self.walk.key(found), content_hash, label, is_whole=True)
        if draft.type in PLAN_TYPES and not any(problem.rejects for problem in draft.problems):
            self._rows += [row, *(self._row(found, each, label) for each in reports_)]
            return
        if row.draft.series_fields:
            name = parent or self._called_here.get(record.parent, record.parent)
            row.draft.series_fields = {**row.draft.series_fields, "name": name}
        self._note_whole(row, record.name)

    def _name_events(self, draft: Draft, found: Found) -> None:
        for row in draft.fields.get("events") or []:
            if row.get("kind") == WEBINAR:
                stated = str(row.get("reference") or "")
                row["reference"] = self.walk.name_here(found, stated) or self._called_here.get(stated, "")

    def _note_whole(self, row: Row, name: str) -> None:
        """Note a dataset of another portal, and what it is called here, for what refers to it."""
        comparison = self._compare_row(row)
        if comparison.name:
            self._called_here[name] = comparison.name
            if row.draft.type != WEBINAR:
                row.draft.fields["name"] = comparison.name
        self._note_row(row, comparison)

    def _row(self, found: Found, draft: Draft, label: str) -> Row:
        key = self.walk.row_key(found, f"{draft.plan}\n{draft.key or draft.place}")
        content_hash = keys.draft_hash(self.walk.policy.hash_key, draft, self.walk.salt)
        return Row(coding.coded(draft), key, content_hash, label)

    def compare(self) -> None:
        """Compare what tables say once all of them are read: a commitment needs its plan, whatever its file."""
        self.walk.remembering.begin()
        rows = sorted(self._rows, key=lambda row: _rank(row.draft))
        if any(row.draft.key == "" for row in rows):
            # A table that cannot be read: what was published of it stays.
            self.walk.keep_tables()
        reports_ = [row for row in rows if row.draft.type == REPORT]
        plan_rows = [row for row in rows if row.draft.type == PLAN]
        commitment_rows = [row for row in rows if row.draft.type not in (PLAN, REPORT)]
        for row in plan_rows:
            if row.is_whole:
                self._note_whole(row, row.draft.plan)
        self._know_by_plan(plan_rows)
        self._compare_known(row for row in plan_rows if not row.is_whole)
        for row in [*commitment_rows, *reports_]:
            row.draft.plan = self._called_here.get(row.draft.plan, row.draft.plan)
        self._name_plan([*commitment_rows, *reports_], plan_rows)
        self._know_by_plan([*commitment_rows, *reports_])
        self._compare_known(commitment_rows)
        drafts = [row.draft for row in reports_]
        for row in self._supplied(drafts):
            self._note_row(row, self._compare_row(row))
        foretold = progress_reports.compare(drafts, self.walk.source, self.walk.foreseen.plans)
        for row, comparison in zip(reports_, foretold, strict=True):
            self._note_row(row, comparison)
        if self._is_silent:
            self.walk.remembering.end_tables(self._read)

    def _know_by_plan(self, rows: Iterable[Row]) -> None:
        """Give what a person sends the keys that it has in its plan, whatever the plan is called and the file.

        What only adds rows to a commitment keeps a place of its own beside what tells of the commitment.
        """
        if not self.walk.by_subject:
            return
        for row in rows:
            if row.draft.key:
                plan = matching.address(row.draft, self.walk.source, self.walk.foreseen.plans)
                is_part = row.draft.type == COMMITMENT and not row.draft.fields.get("title")
                adds = sorted(row.draft.fields) if is_part else []
                row.key = self.walk.row_key(_NOWHERE, "\n".join([plan, row.draft.key, *adds]))

    def _compare_known(self, rows: Iterable[Row]) -> None:
        for row in rows:
            current = not self.walk.read_all and self.walk.is_current(row.key, row.content_hash)
            self._note_row(
                row,
                Comparison("unchanged", self.walk.names.get(row.key, ("", ""))[1])
                if current
                else self._compare_row(row),
            )

    def _name_plan(self, rows: Iterable[Row], plans_: Iterable[Row]) -> None:
        """Let rows that name no plan belong to the one that the run brings along, now and when they are published."""
        keys_ = {row.key for row in plans_}
        brought = {
            each.name
            for each in self.walk.gathered.outcomes
            if each.key in keys_ and each.outcome != "rejected"
        }
        if len(brought) == 1 and (name := brought.pop()):
            for row in rows:
                row.draft.plan = row.draft.plan or name

    def _supplied(self, drafts: list[Draft]) -> list[Row]:
        """Return the records of what reports need and nobody states: periods, indicators."""

        def row(draft: Draft) -> Row:
            key = keys.record_key(self.walk.policy.hash_key, f"{draft.plan}\n{draft.key}")
            return Row(
                draft, key, keys.draft_hash(self.walk.policy.hash_key, draft, self.walk.salt), draft.file
            )

        made = supplied.drafts(
            drafts,
            self.walk.source,
            self.walk.foreseen.plans,
            lambda draft: row(draft).key in self.walk.known,
        )
        return [row(draft) for draft in made]

    def _compare_row(self, row: Row) -> Comparison:
        with self.walk.watch.stage("compare"):
            return catalogue.compare(
                row.draft, self.walk.source, row.key, row.content_hash, self.walk.foreseen
            )

    def _note_row(self, row: Row, comparison: Comparison) -> None:
        if row.key in self.walk.seen and any(
            outcome.key == row.key for outcome in self.walk.gathered.outcomes
        ):
            if self.walk.by_subject:
                self._refuse_second(row)
            return
        self.walk.note([self.walk.outcome(row.draft, row.key, row.label, comparison)])
        if comparison.to_publish:
            # What it refers to may come later: then it is read again, changed or not.
            misses = row.is_whole and any(problem.code in _MISSED for problem in comparison.problems)
            self.walk.publish_later(Incoming(row.draft, row.key, "" if misses else row.content_hash))

    def _refuse_second(self, row: Row) -> None:
        """Say of what a person sends twice at once that only the first of it counts."""
        message = "Another record of the same upload tells of the same. Send one of them."
        problem = Problem("row-twice", message, file=row.draft.file, place=row.draft.place, rejects=True)
        key = self.walk.row_key(_NOWHERE, f"{row.key} {len(self.walk.gathered.outcomes)}")
        self.walk.note(
            [self.walk.outcome(row.draft, key, row.label, Comparison("rejected", "", problems=[problem]))]
        )
