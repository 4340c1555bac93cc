"""What is known of a source's records, and what is noted of them while a run walks through the source."""

from __future__ import annotations

from collections.abc import Container

import ckan.model as model

from ..catalogue import ledger
from ..catalogue.comparison import Comparison
from ..catalogue.foreseen import Foreseen
from ..catalogue.ledger import Source
from ..catalogue.outcomes import RecordOutcome
from ..catalogue.pipeline import Incoming
from ..catalogue.watch import Watch
from ..model import LedgerEntry
from ..privacy.policy import Policy
from ..records import tables
from ..records.drafts import Draft
from ..schemas.types import WEBINAR
from ..sources import Found, Opened, SourceConfig
from . import keys, reports, settings
from .gathered import Gathered, outcome_of
from .pages import Pages
from .remembering import Remembering


class Walk:
    """One walk through a source.

    Args:
        source: the source as the catalogue knows it.
        source_config: how to read it.
        opened: its records.
        read_all: whether to read records whose bytes are those of last time too.
        foreseen: what other sources of the same dry run would publish.
        done: keys of records that an interrupted gathering has handed over.
        watch: counts the time of each stage.
        pages: what the last runs know of the source's pages.
    """

    def __init__(
        self,
        source: Source,
        source_config: SourceConfig,
        opened: Opened,
        *,
        read_all: bool,
        foreseen: Foreseen,
        done: Container[str],
        watch: Watch,
        pages: Pages | None,
    ) -> None:
        self.source = source
        self.config = source_config
        self.page = opened.page
        self.by_subject = opened.by_subject
        self.read_all = read_all
        self.foreseen = foreseen
        self.done = done
        self.watch = watch
        self.policy: Policy = settings.policy()
        self.salt = keys.salt(self.policy, source_config, source.organization_id)
        self.known = _known(source.id)
        self.names = _names(source.id)
        self.labels = reports.labels(source.id)
        self.remembering = Remembering(
            None if read_all else pages,
            self.known,
            whole=opened.page is not None,
        )
        # The keys of what the source still has, and how many records it has.
        self.seen: set[str] = set()
        self.found = 0
        # The hashes of what has to be published.
        self.contents: set[str] = set()
        # What tables gave, and rejected pages that have not changed, of which nobody knows yet whether they are one.
        self.tables = {key for key, (type_, _name) in self.names.items() if type_ != WEBINAR}
        self.doubtful: list[Found] = []
        self.gathered = Gathered()

    def key(self, found: Found, number: int = 1) -> str:
        """Return the ledger's key of the ``number``-th record of a page."""
        return keys.record_key(self.policy.hash_key, found.key, number)

    def row_key(self, found: Found, row: str) -> str:
        """Return the ledger's key of what a table says of one thing; it may have one that does not tell its file."""
        if self.by_subject:
            return keys.row_key(self.policy.hash_key, "", row)
        former = keys.record_key(self.policy.hash_key, f"{found.key}\n{row}")
        return former if former in self.known else keys.row_key(self.policy.hash_key, found.key, row)

    def name_here(self, found: Found, word: str) -> str:
        """Return what the catalogue calls a record to which another of the same source refers.

        It is empty where nothing was published of that yet, and the word itself where the source has none so called.
        """
        key = found.called.get(word)
        return (
            word if key is None else self.names.get(keys.record_key(self.policy.hash_key, key), ("", ""))[1]
        )

    def is_current(self, key: str, content_hash: str) -> bool:
        """Tell whether the ledger has a record already as it is."""
        return ledger.is_current(self.known.get(key), self.source, content_hash)

    def note(self, outcomes: list[RecordOutcome]) -> None:
        """Note what becomes of records."""
        self.found += len(outcomes)
        self.gathered.outcomes += [outcome for outcome in outcomes if outcome.key not in self.done]
        self.seen.update(outcome.key for outcome in outcomes)
        self.remembering.note(outcomes)

    def outcome(self, draft: Draft, key: str, label: str, comparison: Comparison) -> RecordOutcome:
        """Return what becomes of a record that was compared, as ``note`` takes it, and remember a refusal."""
        outcome = outcome_of(draft, key, label, comparison, self.names)
        if not comparison.to_publish and any(problem.rejects for problem in draft.problems):
            self.remembering.refuse(key)
        return outcome

    def publish_later(self, incoming: Incoming) -> None:
        """Note a record that has to be published."""
        self.contents.add(incoming.content_hash)
        self.remembering.expect(incoming.record_key, incoming.content_hash)
        if incoming.record_key not in self.done:
            self.gathered.incoming.append(incoming)

    def keep_all(self, found: Found) -> None:
        """Let nothing count as gone that was published of a page: a record that cannot be read is not gone."""
        if found is self.page:
            self.seen.update(self.known)
        if not found.stamp:
            self.doubt(found)
        self.seen.update(self.key(found, number) for number in range(1, len(self.known) + 2))
        self.keep_named(found)

    def keep_tables(self) -> None:
        """Let nothing count as gone that a table gave: what is missing in one may have moved to another."""
        self.seen.update(self.tables)

    def doubt(self, found: Found) -> None:
        """Let nothing count as gone that a rejected page gave as a table before, or may hold as one now."""
        if not self.tables:
            return
        self.keep_named(found)
        # What was published before keys told the file may have come from any.
        self.seen.update(key for key in self.tables if not keys.is_row(key))
        if found.same:
            self.doubtful.append(found)
        elif not self._is_no_table(found):
            self.keep_tables()

    def settle(self) -> None:
        """Ask for the doubtful pages where something is missing that they may hold."""
        missed = self.tables - self.seen
        if any(self.known[key].withdrawn_at is None for key in missed):
            for found in self.doubtful:
                if not (found.fetch and self._is_no_table(found.fetch())):
                    self.keep_tables()
                    return

    def _is_no_table(self, found: Found) -> bool:
        """Tell whether a page is certainly no table: a session was published of it, or its bytes are something else."""
        if self.names.get(self.key(found), ("", ""))[0] == WEBINAR:
            return True
        return tables.are_none(found.data, file=found.label, content_type=found.content_type)

    def keep_named(self, found: Found) -> None:
        """Let nothing count as gone that was published of the records of a file before."""
        self.seen.update(key for key in self.known if keys.is_named_in(self.policy.hash_key, found.key, key))


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
