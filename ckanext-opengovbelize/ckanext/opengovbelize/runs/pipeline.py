"""The first part of the road from a source to the catalogue: gather, read, screen, compare.

Nothing is written here, so that it is a dry run by itself; ``batches`` publishes.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Container
from dataclasses import replace
from functools import partial
from itertools import chain

import ckan.model as model

from .. import config
from ..catalogue import coding
from ..catalogue import pipeline as catalogue
from ..catalogue.foreseen import Foreseen
from ..catalogue.ledger import Source
from ..catalogue.outages import give_way
from ..catalogue.outcomes import WAITING, RecordOutcome
from ..catalogue.pipeline import Incoming
from ..catalogue.plans import TYPES as PLAN_TYPES
from ..catalogue.statistics import incoming as counts
from ..catalogue.watch import Watch
from ..privacy.screen import screen
from ..records.figures import reading as counts_tables
from ..records.figures.model import CountsTable
from ..records.plans import reading as plans
from ..records.problems import Problem
from ..records.readers.content import TOO_LONG
from ..records.reading import read
from ..records.session import SessionRecord, take_along
from ..records.tables.nested import INCOMPLETE
from ..schemas.types import WEBINAR
from ..sources import OTHER, Found, Opened, SourceConfig
from ..sources.ckan import PACKAGE
from ..sources.web import AWAY
from . import beside, keys, labels, vanished
from .addresses import may_be_kept
from .gathered import Gathered, outcome_of
from .pages import Pages
from .rows import Rows
from .subjects import Subjects
from .walk import Walk

log = logging.getLogger(__name__)

# Records of the first part that is handed over; each later one has so many more, up to a batch.
FIRST_PART = 10


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
    walk = Walk(
        source,
        source_config,
        opened,
        read_all=read_all,
        foreseen=foreseen or Foreseen(),
        done=done,
        watch=watch or Watch(),
        pages=pages,
    )
    return _Gathering(walk, opened, hand_over).run(progress)


class _Gathering:
    """Goes through a source, and does what each record needs."""

    def __init__(self, walk: Walk, opened: Opened, hand_over: Callable[[Gathered], object] | None) -> None:
        self.walk = walk
        self.opened = opened
        self.hand_over = hand_over
        # Whether what would change is told of session records too. A page by itself may turn out to be neither a list
        # nor a record.
        self.compares = hand_over is None or opened.alone
        self.rows = Rows(walk)
        self.subjects = Subjects(walk)
        # That the server was left alone before all records were asked for.
        self.away: Problem | None = None
        # How many pages describe no session, where others of their list do.
        self.left_out = 0
        # So many records are handed over next: few at first, so that no importer waits for long.
        self.next_part = min(FIRST_PART, config.batch_size())

    def run(self, progress: Callable[[], object]) -> Gathered:
        walk, opened, gathered = self.walk, self.opened, self.walk.gathered
        deadline = time.monotonic() + config.gather_seconds()
        in_time = True
        same = opened.page is not None and walk.remembering.is_same(opened.page)
        take = self._take_same if same else self._take
        records = [opened.page] if same and opened.page else chain(opened.records, self.rows.left())
        for found in walk.watch.each("gather", records):
            self._carefully(take, found)
            progress()
            if self.hand_over and not opened.alone and len(gathered.incoming) >= self.next_part:
                self._hand_on(self.hand_over)
            in_time = time.monotonic() < deadline
            if not in_time and self.hand_over:
                break
        self.subjects.compare()
        self.rows.compare()
        if vanished.is_emptied_listing(walk, opened):
            gathered.outcomes.clear()
            walk.remembering.rows.clear()
            walk.found = 0
        elif opened.page and in_time and not same:
            walk.remembering.end_whole(opened.page)
        for listing in opened.lists:
            walk.remembering.list(listing, partial(may_be_kept, own=walk.source.url, policy=walk.policy))
        gathered.pages = list(walk.remembering.rows.values())
        gathered.whole = in_time and not self.away and not opened.partial
        gathered.problems += [replace(p, file=labels.screened(p.file, walk.policy)) for p in opened.problems]
        if self.left_out:
            gathered.problems.append(_left_out(self.left_out))
        if self.away:
            gathered.problems.append(replace(self.away, file="", rejects=False))
        if opened.by_subject:
            return gathered
        if in_time or not self.hand_over:
            vanished.withdraw(walk, opened)
        else:
            gathered.problems.append(_too_long())
        return gathered

    def _hand_on(self, hand_over: Callable[[Gathered], object]) -> None:
        """Hand over what has to be published so far. Tables of plans depend on each other, and wait for the end."""
        gathered = self.walk.gathered
        items = [item for item in gathered.incoming if item.draft.type not in PLAN_TYPES]
        if not items:
            return
        keys_ = {item.record_key for item in items}
        part = Gathered([outcome for outcome in gathered.outcomes if outcome.key in keys_], items)
        gathered.incoming = [item for item in gathered.incoming if item.record_key not in keys_]
        gathered.outcomes = [outcome for outcome in gathered.outcomes if outcome.key not in keys_]
        hand_over(part)
        self.next_part = min(self.next_part + FIRST_PART, config.batch_size())
        # What was handed over may be published by now.
        model.Session.expire_all()

    def _carefully(self, take: Callable[[Found], None], found: Found) -> None:
        """Take a record; whatever is wrong with it costs this one."""
        try:
            take(found)
        except Exception as error:
            give_way(error, "read a record")
            label = self._label(found)
            message = (
                "The record could not be read. Compare it with one that can, and report it to the operator."
            )
            self._reject(found, Problem("record-failed", message, file=label, rejects=True), label)

    def _take(self, found: Found) -> None:
        if found.kind == OTHER:
            self.left_out += 1
            self.walk.remembering.leave_out(found)
            return
        if self.walk.remembering.is_same(found):
            if not self.walk.remembering.is_table(found):
                self._take_same(found)
                return
            if self.rows.set_aside(found):
                return
        label, stamp = self._label(found), found.stamp
        if found.fetch:
            unchanged = [] if self.walk.read_all else self._unchanged(found, label)
            if unchanged:
                self.walk.note(unchanged)
                return
            with self.walk.watch.stage("gather"):
                found = found.fetch()
        if found.problem:
            if found.problem.code == AWAY:
                self.away = found.problem
            self._reject(replace(found, stamp=stamp), replace(found.problem, file=label), label)
            return
        self.walk.remembering.begin()
        self._take_records(found, label)
        self.walk.remembering.end(found)

    def _label(self, found: Found) -> str:
        # The record itself may show that its file's name is private, so an earlier run's label counts first.
        return self.walk.labels.get(self.walk.key(found)) or labels.screened(found.label, self.walk.policy)

    def _take_same(self, found: Found) -> None:
        """Note the records of a page that has not changed."""
        label = self._label(found)
        outcomes = self.walk.remembering.same(found, self.walk.names)
        self.left_out += not outcomes
        if any(outcome.outcome == "rejected" for outcome in outcomes):
            self.walk.keep_all(found)
        self.walk.note(
            [replace(each, label=each.label or self.walk.labels.get(each.key, label)) for each in outcomes]
        )

    def _take_records(self, found: Found, label: str) -> None:
        if found.kind == PACKAGE:
            self.rows.take_package(found, label)
            return
        unchanged = self._unchanged(found, label)
        if unchanged and not self.walk.read_all:
            self.walk.note(unchanged)
            return
        with self.walk.watch.stage("read"):
            tables = counts_tables.read(found.data, file=label, content_type=found.content_type)
        if tables is not None:
            self._take_counts(found, tables, label)
            return
        with self.walk.watch.stage("read"):
            rows = plans.read(found.data, file=label, content_type=found.content_type)
        if rows == []:
            message = (
                "No report of progress stands in this table yet: no row has a status. Nothing was changed."
            )
            self.walk.gathered.problems.append(Problem(vanished.NO_REPORTS, message, file=label))
        if rows is not None:
            self.rows.take_table(found, rows, label)
            return
        self._take_sessions(found, label, is_known=bool(unchanged))

    def _take_sessions(self, found: Found, label: str, *, is_known: bool) -> None:
        """Take what tells of sessions; records that are known as they are are compared all the same."""
        address = found.address if self.walk.source.public else ""
        with self.walk.watch.stage("read"):
            records = read(
                found.data,
                file=label,
                content_type=found.content_type,
                address=address,
                form=self.walk.config.format,
                most_characters=config.max_record_characters(),
            )
        if too_long := next((p for record in records for p in record.problems if p.code == TOO_LONG), None):
            # Once the operator raises the limit it is read, though its bytes are the same.
            self._reject(found, too_long, label)
            return
        if any(problem.code == INCOMPLETE for record in records for problem in record.problems):
            # What is missing in it may stand in the others.
            self.opened.partial = True
        parts = beside.parts(found, self.walk.policy)
        if len(records) == 1 and not records[0].belongs and not self.opened.by_subject:
            for part in parts:
                take_along(records[0], part)
        elif records and not self.opened.by_subject:
            self.walk.gathered.problems += [beside.left_out(part) for part in parts]
        for record in records:
            if record.belongs:
                beside.say_session(record, self.walk.source, self.walk.config.session)
        if not records:
            message = (
                "Nothing of a session was found in it: no title, date, speaker or chat. Is it the right file?"
            )
            self._reject(found, Problem("record-empty", message, file=label, rejects=True), label)
            self.walk.remembering.refuse(self.walk.key(found))
            return
        if self.opened.by_subject:
            self.subjects.take(found, records, parts, label)
            return
        if any(record.key for record in records):
            self._take_named(found, records, label)
            return
        if any(problem.rejects for record in records for problem in record.problems):
            self.walk.keep_named(found)
            self.walk.doubt(found)
        content_hash = keys.content_hash(self.walk.policy.hash_key, found.whole, self.walk.salt, len(records))
        # Without a hash the ledger knows none of them.
        compared = [
            self._compare(record, self.walk.key(found, number), "" if is_known else content_hash, label)
            for number, record in enumerate(records, start=1)
        ]
        self.walk.note([outcome for outcome, _incoming in compared])
        if not is_known:
            for _outcome, incoming in compared:
                if incoming:
                    self.walk.publish_later(incoming)

    def _take_named(self, found: Found, records: list[SessionRecord], label: str) -> None:
        """Compare the records of a file that holds many: each is known by its own name, and changes by itself."""
        for number, record in enumerate(records, start=1):
            if record.key:
                key = keys.named_record_key(self.walk.policy.hash_key, found.key, record.key)
            else:
                # What it was published as before cannot be told, so nothing of this file counts as gone.
                self.walk.keep_named(found)
                key = self.walk.key(found, number)
            content_hash = keys.session_hash(self.walk.policy.hash_key, record, self.walk.salt)
            current = key in self.walk.names and self.walk.is_current(key, content_hash)
            if current and not self.walk.read_all:
                type_, name = self.walk.names[key]
                place = ", ".join(filter(None, [label, record.place]))
                self.walk.note([RecordOutcome(type_, name, "unchanged", key, place)])
                continue
            outcome, incoming = self._compare(record, key, "" if current else content_hash, label)
            self.walk.note([outcome])
            if incoming and not current:
                self.walk.publish_later(incoming)

    def _take_counts(self, found: Found, tables: list[CountsTable], label: str) -> None:
        """Let disclosure control take the small counts out before anything is compared or kept."""
        for table in tables:
            draft = counts.controlled(table, self.walk.source, partial(self.walk.name_here, found))
            key = self.walk.row_key(found, table.series)
            content_hash = keys.draft_hash(self.walk.policy.hash_key, draft, self.walk.salt)
            if found.stamp:
                key = self.walk.key(found)
                content_hash = keys.content_hash(self.walk.policy.hash_key, found.whole, self.walk.salt, 1)
            comparison = counts.compare(draft)
            if any(problem.rejects for problem in table.problems):
                self.walk.remembering.refuse(key)
            self.walk.note([outcome_of(draft, key, label, comparison, self.walk.names)])
            if comparison.to_publish:
                self.walk.publish_later(Incoming(draft, key, content_hash))
            if draft.problems:
                # What was left out may be let in another time.
                self.walk.remembering.expect(key, "")

    def _compare(
        self, record: SessionRecord, key: str, content_hash: str, label: str
    ) -> tuple[RecordOutcome, Incoming | None]:
        with self.walk.watch.stage("screen"):
            draft = coding.coded(screen(record, self.walk.policy))
        if not self.compares and not any(problem.rejects for problem in draft.problems):
            place = ", ".join(filter(None, [draft.file or label, draft.place]))
            name = self.walk.names.get(key, ("", ""))[1]
            outcome = RecordOutcome(draft.type, name, WAITING, key, place, problems=list(draft.problems))
            return outcome, Incoming(draft, key, content_hash)
        with self.walk.watch.stage("compare"):
            comparison = catalogue.compare(draft, self.walk.source, key, content_hash, self.walk.foreseen)
        outcome = self.walk.outcome(draft, key, label, comparison)
        return outcome, Incoming(draft, key, content_hash) if comparison.to_publish else None

    def _unchanged(self, found: Found, label: str) -> list[RecordOutcome]:
        """Return the outcomes of a file whose records are all known and as they were, else nothing."""
        first = self.walk.known.get(self.walk.key(found))
        count = keys.records_in(first.content_hash) if first else 0
        content_hash = keys.content_hash(self.walk.policy.hash_key, found.whole, self.walk.salt, count)
        outcomes = []
        for number in range(1, count + 1):
            key = self.walk.key(found, number)
            if key not in self.walk.names or not self.walk.is_current(key, content_hash):
                return []
            type_, name = self.walk.names[key]
            outcomes.append(RecordOutcome(type_, name, "unchanged", key, label))
        return outcomes

    def _reject(self, found: Found, problem: Problem, label: str) -> None:
        self.walk.keep_all(found)
        key = self.walk.key(found)
        type_, name = self.walk.names.get(key, (WEBINAR, ""))
        self.walk.note(
            [RecordOutcome(type_, name, "rejected", key, label, reasons=[problem.code], problems=[problem])]
        )


def _left_out(number: int) -> Problem:
    message = (
        f"Pages of the sitemap that describe no session: {number}. They were left out. Name the pages of sessions in "
        'the configuration, like "listing": "*/webinars/*", so that the others are not asked for.'
    )
    return Problem("page-skipped", message)


def _too_long() -> Problem:
    return Problem(
        "gather-too-long",
        f"The source was not read to its end within {config.gather_seconds()} seconds. What was read is published, and "
        "nothing was withdrawn. Split the source, or ask the operator to raise ckanext.opengovbelize.gather_seconds.",
    )
