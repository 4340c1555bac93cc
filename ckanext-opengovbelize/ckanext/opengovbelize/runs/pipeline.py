"""The first part of the road from a source to the catalogue: gather, read, screen, compare.

Nothing is written here, so that it is a dry run by itself; ``batches`` publishes.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import ckan.model as model

from .. import config
from ..catalogue import coding, identity, ledger, webinars
from ..catalogue import pipeline as catalogue
from ..catalogue.comparison import Comparison
from ..catalogue.foreseen import Foreseen
from ..catalogue.ledger import Source
from ..catalogue.pipeline import Incoming
from ..catalogue.plans import COMMITMENT, REPORT, supplied
from ..catalogue.plans import TYPES as PLAN_TYPES
from ..catalogue.plans import progress as progress_reports
from ..catalogue.statistics import incoming as counts
from ..model import LedgerEntry
from ..privacy.packages import screen_package
from ..privacy.plans import screen_plan
from ..privacy.screen import Policy, screen
from ..records import packages
from ..records.drafts import Draft
from ..records.figures import reading as counts_tables
from ..records.figures.model import CountsTable
from ..records.plans import reading as plans
from ..records.problems import Problem
from ..records.reading import read
from ..records.session import SessionRecord, take_along
from ..sources import Found, Opened, SourceConfig
from ..sources.ckan import PACKAGE
from ..sources.web import AWAY
from . import keys, labels, reports, settings
from .outages import give_way
from .outcomes import WAITING, RecordOutcome
from .pages import Pages, Seen, hash_of
from .watch import Watch

log = logging.getLogger(__name__)

T = TypeVar("T")

_NO_REPORTS = "reports-none"
# Codes of the problems of a source that was not read to its end.
CUT_SHORT = ("gather-too-long", AWAY)
# Something that a dataset refers to is not here, or not yet.
_MISSED = ("event-unknown", "forerunner-unknown", "institution-unknown")


@dataclass
class Gathered:
    """What a run of a source would do.

    Attributes:
        outcomes: one for each record found, and one for each that is gone.
        incoming: the screened records that ``publish`` has something to write of.
        gone: the keys of the records that the source no longer has.
        problems: what concerns the source as a whole.
        pages: by what pages are known next time whose records are in order, or rejected for what they say.
    """

    outcomes: list[RecordOutcome] = field(default_factory=list)
    incoming: list[Incoming] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pages: list[Seen] = field(default_factory=list)


def gather(
    source: Source,
    opened: Opened,
    source_config: SourceConfig,
    *,
    read_all: bool = False,
    foreseen: Foreseen | None = None,
    progress: Callable[[], object] = lambda: None,
    hand_over: Callable[[Gathered], object] | None = None,
    done: Container[str] = (),
    watch: Watch | None = None,
    pages: Pages | None = None,
) -> Gathered:
    """Read, screen and compare every record of a source. Writes nothing.

    Where it is handed over as it comes, nobody looks at what would change before it does: session records are then
    compared when they are published, and what is gathered does not have to fit into memory.

    Args:
        source: the source as the catalogue knows it.
        opened: its records.
        source_config: how to read it.
        read_all: whether to read records whose bytes are those of last time too, to tell their fields.
        foreseen: what other sources of the same dry run would publish; takes this source's records along.
        progress: called after each record.
        hand_over: gets what has to be published as soon as it fills a batch; what is returned is the rest then.
        done: keys of records that an interrupted gathering has handed over.
        watch: counts the time of each stage.
        pages: what the last runs know of the source's pages, where it was opened with their conditions.
    """
    gathering = _Gathering(
        source, source_config, read_all, foreseen or Foreseen(), hand_over, done, watch or Watch(), pages
    )
    return gathering.run(opened, progress)


class _Gathering:
    """One walk through a source."""

    def __init__(
        self,
        source: Source,
        source_config: SourceConfig,
        read_all: bool,
        foreseen: Foreseen,
        hand_over: Callable[[Gathered], object] | None,
        done: Container[str],
        watch: Watch,
        pages: Pages | None,
    ) -> None:
        self.source = source
        self.config = source_config
        self.read_all = read_all
        self.policy: Policy = settings.policy()
        self.salt = keys.salt(self.policy, source_config)
        self.known = _known(source.id)
        self.names = _names(source.id)
        self.labels = reports.labels(source.id)
        self.seen: set[str] = set()
        self.found = 0
        self.hand_over = hand_over
        self.done = done
        # Whether what would change is told of session records too.
        self.compares = hand_over is None
        self.foreseen = foreseen
        self.called_here: dict[str, str] = {}
        self.watch = watch
        self.pages = pages
        # What became of the records of the page that is being read, and of those of the whole source.
        self.noted: dict[str, RecordOutcome] = {}
        self.all_noted: dict[str, RecordOutcome] = {}
        self.page: Found | None = None
        # That the server was left alone before all records were asked for.
        self.away: Problem | None = None
        # What was rejected for what it says itself, and content hashes of what is to be published.
        self.refused: set[str] = set()
        self.hashes: dict[str, str] = {}
        self.batch_size = config.batch_size()
        self.rows: list[_Row] = []
        self.gathered = Gathered()

    def run(self, opened: Opened, progress: Callable[[], object]) -> Gathered:
        deadline = time.monotonic() + config.gather_seconds()
        in_time = True
        # A page by itself may turn out to be neither a list nor a record.
        self.compares = self.compares or opened.alone
        self.page = opened.page
        same = opened.page is not None and self._is_same(opened.page)
        for found in self.watch.each("gather", [opened.page] if same and opened.page else opened.records):
            self._take(found)
            progress()
            if self.hand_over and not opened.alone and len(self.gathered.incoming) >= self.batch_size:
                self._hand_on(self.hand_over)
            in_time = time.monotonic() < deadline
            if not in_time and self.hand_over:
                break
        self._take_rows()
        gathered = self.gathered
        if self._is_emptied_listing(opened):
            gathered.outcomes.clear()
            gathered.pages.clear()
            self.found = 0
        elif opened.page and in_time and not same:
            self._remember(opened.page, self.all_noted)
        gathered.problems += [replace(p, file=labels.screened(p.file, self.policy)) for p in opened.problems]
        if self.away:
            gathered.problems.append(replace(self.away, file="", rejects=False))
        if in_time or not self.hand_over:
            self._withdraw({self._key_of(key, 1) for key in opened.deleted})
        else:
            gathered.problems.append(_too_long())
        return gathered

    def _hand_on(self, hand_over: Callable[[Gathered], object]) -> None:
        """Hand over what has to be published so far. Tables of plans depend on each other, and wait for the end."""
        gathered = self.gathered
        items = [item for item in gathered.incoming if item.draft.type not in PLAN_TYPES]
        if not items:
            return
        keys_ = {item.record_key for item in items}
        part = Gathered([outcome for outcome in gathered.outcomes if outcome.key in keys_], items)
        gathered.incoming = [item for item in gathered.incoming if item.record_key not in keys_]
        gathered.outcomes = [outcome for outcome in gathered.outcomes if outcome.key not in keys_]
        hand_over(part)
        # What was handed over may be published by now.
        model.Session.expire_all()

    def _take(self, found: Found) -> None:
        # The record itself may show that its file's name is private, so an earlier run's label counts first.
        label = self.labels.get(self._key(found, 1)) or labels.screened(found.label, self.policy)
        try:
            if self._is_same(found):
                self._take_same(found, label)
                return
            if found.fetch:
                unchanged = [] if self.read_all else self._unchanged(found, label)
                if unchanged:
                    self._note(unchanged)
                    return
                with self.watch.stage("gather"):
                    found = found.fetch()
            if found.problem:
                if found.problem.code == AWAY:
                    self.away = found.problem
                self._reject(found, replace(found.problem, file=label), label)
                return
            self.noted.clear()
            self._take_records(found, label)
            self._remember(found, self.noted)
        except Exception as error:
            give_way(error, "read a record")
            message = (
                "The record could not be read. Compare it with one that can, and report it to the operator."
            )
            self._reject(found, Problem("record-failed", message, file=label, rejects=True), label)

    def _is_same(self, found: Found) -> bool:
        """Tell whether a page is as it was last time, as its server says or its bytes show."""
        if self.pages is None or found.problem or self.read_all:
            return False
        return found.same or self.pages.is_same(self._key(found, 1), lambda: self._digest(found))

    def _digest(self, found: Found) -> str:
        return keys.content_hash(self.policy.hash_key, found.whole, self.salt, 0)

    def _take_same(self, found: Found, label: str) -> None:
        """Note the records of a page that has not changed."""
        assert self.pages is not None
        page = self._key(found, 1)
        outcomes = self.pages.outcomes(page, self.names)
        if any(outcome.outcome == "rejected" for outcome in outcomes):
            self._keep_all(found)
        self._note([replace(each, label=each.label or self.labels.get(each.key, label)) for each in outcomes])
        self.gathered.pages.append(self.pages.rows[page])

    def _remember(self, found: Found, noted: dict[str, RecordOutcome]) -> None:
        """Keep by what a page is known next time, if all its records are in order or rejected for what they say."""
        known = {key: self.known[key].content_hash if key in self.known else "" for key in noted}
        records = {
            key: hash_of(outcome, self.hashes.get(key, known[key]))
            for key, outcome in noted.items()
            if key not in self.refused
        }
        rejected = [_told(noted[key]) for key in noted if key in self.refused]
        if not noted or not all(records.values()):
            return
        alike = keys.content_hash(self.policy.hash_key, found.whole, self.salt, len(records))
        # Of records that have the hash of their file the ledger tells by itself.
        if found.etag or found.modified or rejected or set(records.values()) != {alike}:
            digest = self._digest(found)
            seen = Seen(self._key(found, 1), found.etag, found.modified, records, digest, rejected)
            self.gathered.pages = [page for page in self.gathered.pages if page.page != seen.page] + [seen]

    def _take_records(self, found: Found, label: str) -> None:
        if found.kind == PACKAGE:
            self._take_package(found, label)
            return
        unchanged = self._unchanged(found, label)
        if unchanged and not self.read_all:
            self._note(unchanged)
            return
        with self.watch.stage("read"):
            tables = counts_tables.read(found.data, file=label, content_type=found.content_type)
        if tables is not None:
            self._take_counts(found, tables, label)
            return
        with self.watch.stage("read"):
            rows = plans.read(found.data, file=label, content_type=found.content_type)
        if rows == []:
            message = (
                "No report of progress stands in this table yet: no row has a status. Nothing was changed."
            )
            self.gathered.problems.append(Problem(_NO_REPORTS, message, file=label))
        if rows is not None:
            with self.watch.stage("screen"):
                self.rows += [self._row(found, screen_plan(record, self.policy), label) for record in rows]
            return
        address = found.address if self.source.public else ""
        with self.watch.stage("read"):
            records = read(
                found.data,
                file=label,
                content_type=found.content_type,
                address=address,
                form=self.config.format,
            )
        self._take_along(found, records)
        if not records:
            message = (
                "Nothing of a session was found in it: no title, date, speaker or chat. Is it the right file?"
            )
            self._reject(found, Problem("record-empty", message, file=label, rejects=True), label)
            self.refused.add(self._key(found, 1))
            return
        if any(record.key for record in records):
            self._take_named(found, records, label)
            return
        if any(problem.rejects for record in records for problem in record.problems):
            self._keep_named(found)
        content_hash = keys.content_hash(self.policy.hash_key, found.whole, self.salt, len(records))
        # Records that are known as they are go without hash, so that they are compared all the same.
        compared = [
            self._compare(record, self._key(found, number), "" if unchanged else content_hash, label)
            for number, record in enumerate(records, start=1)
        ]
        self._note([outcome for outcome, _incoming in compared])
        if not unchanged:
            for _outcome, incoming in compared:
                if incoming:
                    self._publish_later(incoming)

    def _take_along(self, found: Found, records: list[SessionRecord]) -> None:
        """Give the record the chats and captions that lie beside it, before anything of it is screened."""
        for companion in found.companions:
            label = labels.screened(companion.label, self.policy)
            for part in read(companion.data, file=label):
                if len(records) == 1 and not records[0].belongs:
                    take_along(records[0], part)
        for record in records:
            if record.belongs:
                self._belonging(record)

    def _belonging(self, record: SessionRecord) -> None:
        """Say of what only adds to a session which one that is: its title does, or the configuration."""
        record.number = record.number or self.config.session
        numbered = record.number is not None and bool(record.series or self.source.series)
        if not numbered and not record.title:
            message = (
                "It is not known to which session this belongs. Put a chat or captions beside the session's record, "
                "with the same beginning of its name, or give series and session in the configuration."
            )
            problem = Problem(
                "session-unknown", message, place=record.place, field="session_number", rejects=True
            )
            record.problems.append(problem.in_file(record.file))
        elif numbered and self.source.series and record.number is not None:
            record.people = webinars.public_people(self.source.series, record.number)

    def _take_named(self, found: Found, records: list[SessionRecord], label: str) -> None:
        """Compare the records of a file that holds many: each is known by its own name, and changes by itself."""
        for number, record in enumerate(records, start=1):
            if record.key:
                key = keys.named_record_key(self.policy.hash_key, found.key, record.key)
            else:
                # What it was published as before cannot be told, so nothing of this file counts as gone.
                self._keep_named(found)
                key = self._key(found, number)
            content_hash = keys.session_hash(self.policy.hash_key, record, self.salt)
            current = key in self.names and ledger.is_current(self.known.get(key), self.source, content_hash)
            if current and not self.read_all:
                type_, name = self.names[key]
                place = ", ".join(filter(None, [label, record.place]))
                self._note([RecordOutcome(type_, name, "unchanged", key, place)])
                continue
            outcome, incoming = self._compare(record, key, "" if current else content_hash, label)
            self._note([outcome])
            if incoming and not current:
                self._publish_later(incoming)

    def _keep_named(self, found: Found) -> None:
        """Let nothing count as gone that was published of the records of a file before."""
        self.seen.update(key for key in self.known if keys.is_named_in(self.policy.hash_key, found.key, key))

    def _take_package(self, found: Found, label: str) -> None:
        """Compare a dataset of another portal; those of plans wait until all of them are read."""
        record = packages.read(found.data, file=label)
        draft, *reports_ = screen_package(record, self.policy, reviewed=self.config.reviewed)
        content_hash = keys.content_hash(self.policy.hash_key, found.whole, self.salt, 1)
        row = _Row(coding.coded(draft), self._key(found, 1), content_hash, label, is_whole=True)
        parent = self.names.get(keys.record_key(self.policy.hash_key, record.parent_id))
        if draft.type == COMMITMENT and parent:
            for each in (draft, *reports_):
                each.plan = parent[1]
        if draft.type in PLAN_TYPES and not any(problem.rejects for problem in draft.problems):
            self.rows += [row, *(self._row(found, each, label) for each in reports_)]
            return
        if row.draft.series_fields:
            stated = record.parent
            name = parent[1] if parent else self.called_here.get(stated, stated)
            row.draft.series_fields = {**row.draft.series_fields, "name": name}
        self._note_whole(row, record.name)

    def _note_whole(self, row: _Row, name: str) -> None:
        """Note a dataset of another portal, and what it is called here, for what refers to it."""
        comparison = self._compare_row(row)
        if comparison.name and row.draft.type != identity.TYPE:
            self.called_here[name] = comparison.name
            row.draft.fields["name"] = comparison.name
        self._note_row(row, comparison)

    def _take_counts(self, found: Found, tables: list[CountsTable], label: str) -> None:
        """Let disclosure control take the small counts out before anything is compared or kept."""
        for table in tables:
            draft = counts.controlled(table, self.source)
            key = keys.record_key(self.policy.hash_key, f"{found.key}\n{table.series}")
            content_hash = keys.draft_hash(self.policy.hash_key, draft, self.salt)
            if found.stamp:
                key = self._key(found, 1)
                content_hash = keys.content_hash(self.policy.hash_key, found.whole, self.salt, 1)
            comparison = counts.compare(draft)
            if any(problem.rejects for problem in table.problems):
                self.refused.add(key)
            self._note([_outcome(draft, key, label, comparison, self.names)])
            if comparison.to_publish:
                self._publish_later(Incoming(draft, key, content_hash))
            if draft.problems:
                # What was left out may be let in another time.
                self.hashes[key] = ""

    def _row(self, found: Found, draft: Draft, label: str) -> _Row:
        key = keys.record_key(self.policy.hash_key, f"{found.key}\n{draft.plan}\n{draft.key or draft.place}")
        content_hash = keys.draft_hash(self.policy.hash_key, draft, self.salt)
        return _Row(coding.coded(draft), key, content_hash, label)

    def _take_rows(self) -> None:
        """Compare what tables say once all of them are read: a commitment needs its plan, whatever its file."""
        rows = sorted(self.rows, key=lambda row: _rank(row.draft))
        if any(row.draft.key == "" for row in rows):
            # A table that cannot be read: what was published of it stays.
            self.seen.update(key for key, (type_, _name) in self.names.items() if type_ in PLAN_TYPES)
        reports_ = [row for row in rows if row.draft.type == REPORT]
        plan_rows = [row for row in rows if row.draft.type == PLAN_TYPES[0]]
        commitment_rows = [row for row in rows if row.draft.type not in (PLAN_TYPES[0], REPORT)]
        for row in plan_rows:
            if row.is_whole:
                self._note_whole(row, row.draft.plan)
        self._take_compared(row for row in plan_rows if not row.is_whole)
        for row in [*commitment_rows, *reports_]:
            row.draft.plan = self.called_here.get(row.draft.plan, row.draft.plan)
        self._name_plan([*commitment_rows, *reports_], plan_rows)
        self._take_compared(commitment_rows)
        drafts = [row.draft for row in reports_]
        for row in self._supplied(drafts):
            self._note_row(row, self._compare_row(row))
        foretold = progress_reports.compare(drafts, self.source, self.foreseen.plans)
        for row, comparison in zip(reports_, foretold, strict=True):
            self._note_row(row, comparison)

    def _take_compared(self, rows: Iterable[_Row]) -> None:
        for row in rows:
            known = self.known.get(row.key)
            current = known and not self.read_all and ledger.is_current(known, self.source, row.content_hash)
            self._note_row(
                row,
                Comparison("unchanged", self.names.get(row.key, ("", ""))[1])
                if current
                else self._compare_row(row),
            )

    def _name_plan(self, rows: Iterable[_Row], plans_: Iterable[_Row]) -> None:
        """Let rows that name no plan belong to the one that the run brings along, now and when they are published."""
        keys_ = {row.key for row in plans_}
        brought = {
            each.name for each in self.gathered.outcomes if each.key in keys_ and each.outcome != "rejected"
        }
        if len(brought) == 1 and (name := brought.pop()):
            for row in rows:
                row.draft.plan = row.draft.plan or name

    def _supplied(self, drafts: list[Draft]) -> list[_Row]:
        """Return the records of what reports need and nobody states: periods, indicators."""

        def row(draft: Draft) -> _Row:
            key = keys.record_key(self.policy.hash_key, f"{draft.plan}\n{draft.key}")
            return _Row(draft, key, keys.draft_hash(self.policy.hash_key, draft, self.salt), draft.file)

        made = supplied.drafts(
            drafts, self.source, self.foreseen.plans, lambda draft: row(draft).key in self.known
        )
        return [row(draft) for draft in made]

    def _compare_row(self, row: _Row) -> Comparison:
        with self.watch.stage("compare"):
            return catalogue.compare(row.draft, self.source, row.key, row.content_hash, self.foreseen)

    def _note_row(self, row: _Row, comparison: Comparison) -> None:
        if row.key in self.seen and any(outcome.key == row.key for outcome in self.gathered.outcomes):
            return
        self._note([_outcome(row.draft, row.key, row.label, comparison, self.names)])
        self._note_refusal(row.draft, row.key, to_publish=comparison.to_publish)
        if comparison.to_publish:
            # What it refers to may come later: then it is read again, changed or not.
            misses = row.is_whole and any(problem.code in _MISSED for problem in comparison.problems)
            self._publish_later(Incoming(row.draft, row.key, "" if misses else row.content_hash))

    def _note(self, outcomes: list[RecordOutcome]) -> None:
        self.found += len(outcomes)
        self.gathered.outcomes += [outcome for outcome in outcomes if outcome.key not in self.done]
        self.seen.update(outcome.key for outcome in outcomes)
        noted = {outcome.key: outcome for outcome in outcomes}
        self.noted |= noted
        if self.page:
            self.all_noted |= noted

    def _note_refusal(self, draft: Draft, key: str, *, to_publish: bool) -> None:
        """Note a record that is rejected for what it says itself: so it is in every run until it says otherwise."""
        if not to_publish and any(problem.rejects for problem in draft.problems):
            self.refused.add(key)

    def _publish_later(self, incoming: Incoming) -> None:
        self.hashes[incoming.record_key] = incoming.content_hash
        if incoming.record_key not in self.done:
            self.gathered.incoming.append(incoming)

    def _compare(
        self, record: SessionRecord, key: str, content_hash: str, label: str
    ) -> tuple[RecordOutcome, Incoming | None]:
        with self.watch.stage("screen"):
            draft = coding.coded(screen(record, self.policy))
        if not self.compares and not any(problem.rejects for problem in draft.problems):
            place = ", ".join(filter(None, [draft.file or label, draft.place]))
            name = self.names.get(key, ("", ""))[1]
            outcome = RecordOutcome(draft.type, name, WAITING, key, place, problems=list(draft.problems))
            return outcome, Incoming(draft, key, content_hash)
        with self.watch.stage("compare"):
            comparison = catalogue.compare(draft, self.source, key, content_hash, self.foreseen)
        outcome = _outcome(draft, key, label, comparison, self.names)
        self._note_refusal(draft, key, to_publish=comparison.to_publish)
        return outcome, Incoming(draft, key, content_hash) if comparison.to_publish else None

    def _unchanged(self, found: Found, label: str) -> list[RecordOutcome]:
        """Return the outcomes of a file whose records are all known and as they were, else nothing."""
        first = self.known.get(self._key(found, 1))
        count = keys.records_in(first.content_hash) if first else 0
        content_hash = keys.content_hash(self.policy.hash_key, found.whole, self.salt, count)
        outcomes = []
        for number in range(1, count + 1):
            key = self._key(found, number)
            if key not in self.names or not ledger.is_current(self.known.get(key), self.source, content_hash):
                return []
            type_, name = self.names[key]
            outcomes.append(RecordOutcome(type_, name, "unchanged", key, label))
        return outcomes

    def _reject(self, found: Found, problem: Problem, label: str) -> None:
        self._keep_all(found)
        key = self._key(found, 1)
        type_, name = self.names.get(key, ("webinar", ""))
        self._note(
            [RecordOutcome(type_, name, "rejected", key, label, reasons=[problem.code], problems=[problem])]
        )

    def _keep_all(self, found: Found) -> None:
        """Let nothing count as gone that was published of a page: a record that cannot be read is not gone."""
        if found is self.page:
            self.seen.update(self.known)
        self.seen.update(self._key(found, number) for number in range(1, len(self.known) + 2))
        self._keep_named(found)

    def _key(self, found: Found, number: int) -> str:
        return self._key_of(found.key, number)

    def _key_of(self, key: str, number: int) -> str:
        return keys.record_key(self.policy.hash_key, key, number)

    def _live(self) -> list[str]:
        return [key for key, entry in self.known.items() if entry.withdrawn_at is None]

    def _is_emptied_listing(self, opened: Opened) -> bool:
        """Return whether a page that listed records before now is neither a list nor a record."""
        outcomes = self.gathered.outcomes
        return (
            opened.alone
            and bool(self._live())
            and all(outcome.outcome == "rejected" and outcome.key not in self.known for outcome in outcomes)
        )

    def _withdraw(self, deleted: set[str]) -> None:
        """Withdraw what is gone. What the source itself calls deleted is no mishap, however much it is."""
        live = self._live()
        gone = [key for key in live if key not in self.seen]
        vanished = [key for key in gone if key not in deleted]
        found = self.found + len(gone) - len(vanished)
        reason = _keep(len(live), len(vanished), found, settings.shrink_share(self.config))
        if reason:
            if not any(problem.code == _NO_REPORTS for problem in self.gathered.problems):
                self.gathered.problems.append(reason)
            gone = [key for key in gone if key in deleted]
        self.gathered.gone = gone
        for key in gone:
            type_, name = self.names.get(key, ("webinar", ""))
            label = self.labels.get(key) or name
            self.gathered.outcomes.append(RecordOutcome(type_, name, "withdrawn", key, label))


@dataclass
class _Row:
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


def _outcome(
    draft: Draft, key: str, label: str, comparison: Comparison, names: dict[str, tuple[str, str]]
) -> RecordOutcome:
    return RecordOutcome(
        type=draft.type,
        name=comparison.name or names.get(key, ("", ""))[1],
        outcome=comparison.outcome,
        key=key,
        label=", ".join(filter(None, [draft.file or label, draft.place])),
        fields=comparison.fields,
        proposed=[proposal.row for proposal in draft.proposals],
        changes=comparison.changes,
        reasons=_reasons(comparison.outcome, comparison.problems),
        problems=comparison.problems,
    )


def _told(outcome: RecordOutcome) -> dict[str, Any]:
    """Return what reports tell of a record that was rejected, without values."""
    return replace(outcome, fields={}, proposed=[], changes=[]).as_dict()


def _reasons(outcome: str, problems: list[Problem]) -> list[str]:
    """Return the codes of the problems for which a record is rejected."""
    return sorted({problem.code for problem in problems if problem.rejects}) if outcome == "rejected" else []


def _keep(known: int, gone: int, found: int, share: float) -> Problem | None:
    """Return why nothing is withdrawn, if so. One record may always go, unless the source is empty."""
    if not found:
        return Problem(
            "listing-empty",
            "No record was found at this address, and nothing was withdrawn. Check that the address is right "
            "and that its links or files are still there.",
        )
    if gone > max(1, share * known):
        return Problem(
            "listing-shrunk",
            f"{gone} of {known} records are gone at once, and none was withdrawn. If they were taken away "
            'on purpose, write "shrink_percent": 100 into the configuration of the source, run it, and take '
            "that out again.",
        )
    return None


def _too_long() -> Problem:
    return Problem(
        CUT_SHORT[0],
        f"The source was not read to its end within {config.gather_seconds()} seconds. What was read is published, and "
        "nothing was withdrawn. Split the source, or ask the operator to raise ckanext.opengovbelize.gather_seconds.",
    )


def _known(source_id: str) -> dict[str, ledger.Known]:
    """Return what the ledger has of a source, without what its records said: a source may have many."""
    columns = [getattr(LedgerEntry, name) for name in ledger.Known._fields]
    rows = model.Session.query(*columns).filter_by(source_id=source_id)
    return {row.record_key: ledger.Known._make(row) for row in rows}


def _names(source_id: str) -> dict[str, tuple[str, str]]:
    """Return type and name of the datasets of a source's records, where they still exist."""
    rows = (
        model.Session.query(LedgerEntry.record_key, model.Package.type, model.Package.name)
        .join(model.Package, model.Package.id == LedgerEntry.package_id)
        .filter(LedgerEntry.source_id == source_id, model.Package.state == "active")
    )
    return {key: (type_, name) for key, type_, name in rows}
