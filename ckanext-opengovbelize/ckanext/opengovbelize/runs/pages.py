"""What is known of a source's pages, so that those which have not changed are neither sent nor read again.

A page is known by what its server said of it (then the server is asked only whether it has changed), or by a hash of
its bytes, or of what its source told of it. It is as before only while the ledger has its records as it gave them.
Records that were rejected for what they say themselves, whatever the catalogue holds, are told again from here.

Pages that list others are known by what they list, where nothing in these addresses is private. The tables of a plan
need each other: each is known by itself, but they are as before only all together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import ckan.model as model

from .. import config
from ..catalogue import ledger
from ..catalogue.ledger import Source
from ..catalogue.outcomes import RecordOutcome
from ..catalogue.plans import REPORT
from ..model import LedgerEntry, Page
from ..schemas.types import COMMITMENT, WEBINAR
from ..sources import Found, Listing, Memory, SourceConfig, pages, sitemaps
from . import keys, settings

# Longer than any server's; what is longer is no tag.
LONGEST = 500
# What a page is that is one of a plan's tables, and what all of them are together.
TABLE, TABLES = "table", "tables"
# What a page is that lists others.
LISTS = (*pages.KINDS, *sitemaps.KINDS)
# Stands before a commitment's address where others have a hash: reports of progress are in no ledger.
_REPORT_ON = f"{REPORT} "


@dataclass(frozen=True)
class Seen:
    """A page that was read, or that has not changed.

    Attributes:
        page: the ledger's key of the first record at its address.
        etag: what its server said of this version.
        modified: the same, as a time.
        records: content hashes by record key, as ``hash_of`` gives them.
        digest: hash of its bytes, or of what its source told of it.
        rejected: what reports tell of its records that were rejected for what they say themselves.
        kind: what it is, where it has no records of its own: a ``Listing``'s kind, ``OTHER``, ``TABLE``; or ``TABLES``
            for all tables of plans together, whose ``page`` is that word.
        addresses: what it lists.
    """

    page: str
    etag: str
    modified: str
    records: Mapping[str, str]
    digest: str = ""
    rejected: list[dict[str, Any]] = field(default_factory=list)
    kind: str = ""
    addresses: list[str] = field(default_factory=list)


def hash_of(outcome: RecordOutcome, known: str) -> str:
    """Return by what a record's page knows whether it is still as it was; empty where that cannot be told.

    Args:
        outcome: what became of it.
        known: the content hash that the ledger has, or will have once it is published.
    """
    if outcome.type == REPORT:
        return _REPORT_ON + outcome.name if outcome.outcome == "unchanged" else ""
    return "" if outcome.outcome == "rejected" else known


class Pages(Memory):
    """The pages of one source, as its last runs left them."""

    def __init__(self, source: Source, source_config: SourceConfig) -> None:
        self.source = source
        self.hash_key = config.hash_key()
        policy = settings.policy()
        self._salt = keys.salt(policy, source_config, source.organization_id)
        # Which pages and files are records, and how many may vanish, is decided anew for a whole list or archive.
        chosen = (source.url, source_config.listing, source_config.include, source_config.shrink_percent)
        self.salt = keys.digest(policy, repr((self._salt, chosen)))
        columns = [getattr(Page, name) for name in Seen.__dataclass_fields__]
        rows = model.Session.query(*columns).filter_by(source_id=source.id, salt=self.salt)
        self.rows = {row.page: Seen(*row) for row in rows}

    @cached_property
    def current(self) -> dict[str, str]:
        """By record key, the content hash of what the ledger has from this source, described as it is now."""
        columns = [getattr(LedgerEntry, name) for name in ledger.Known._fields]
        rows = (
            model.Session.query(*columns)
            .join(model.Package, model.Package.id == LedgerEntry.package_id)
            .filter(LedgerEntry.source_id == self.source.id, model.Package.state == "active")
        )
        known = map(ledger.Known._make, rows)
        return {
            row.record_key: row.content_hash
            for row in known
            if ledger.is_current(row, self.source, row.content_hash)
        }

    @cached_property
    def commitments(self) -> set[str]:
        """The addresses of the organization's commitments."""
        rows = model.Session.query(model.Package.name).filter_by(
            type=COMMITMENT, state="active", owner_org=self.source.organization_id
        )
        return {name for (name,) in rows}

    def headers(self, url: str) -> dict[str, str]:
        """Return what makes a request for a page conditional; nothing where its records are not as it gave them."""
        seen = self.rows.get(keys.record_key(self.hash_key, url))
        if seen is None or not self.holds(seen):
            return {}
        stated = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
        return {name: value for name, value in stated.items() if value}

    def listing(self, page: Found) -> Listing | None:
        """Return what a page lists, if that is known and it has not changed."""
        seen = self.of(page)
        if seen is None or seen.kind not in LISTS or not (page.same or seen.digest == self.digest(page)):
            return None
        return Listing(page, seen.kind, tuple(seen.addresses))

    def is_same(self, page: Found) -> bool:
        """Tell whether a page is as it was last time, as its server says or its bytes show, and so are its records."""
        if page.same:
            return True
        seen = self.of(page)
        return seen is not None and seen.digest == self.digest(page) and self.holds(seen)

    def was_read(self, page: Found) -> bool:
        """Tell whether a page was read before as it is: the ledger tells so too of what has the hash of its file."""
        known = self.current.get(self.key(page), "")
        return self.is_same(page) or known == self.digest(page, keys.records_in(known))

    def of(self, page: Found) -> Seen | None:
        """Return by what a page is known."""
        return self.rows.get(self.key(page))

    def key(self, page: Found) -> str:
        """Return what a page is called here."""
        return keys.record_key(self.hash_key, page.key)

    def digest(self, page: Found, records: int = 0) -> str:
        """Return the hash of a page's bytes; with a number of records, the one that the ledger has of each of them."""
        return keys.content_hash(self.hash_key, page.whole, self._salt, records)

    def digest_of_tables(self, tables: Iterable[Seen]) -> str:
        """Return the hash of all tables of plans together."""
        each = sorted((table.page, table.digest) for table in tables)
        return keys.content_hash(self.hash_key, repr(each).encode(), self._salt, 0)

    def outcomes(self, page: str, names: Mapping[str, tuple[str, str]]) -> list[RecordOutcome]:
        """Return what becomes of the records of a page that has not changed.

        Args:
            page: its key.
            names: type and name of the datasets of the source's records.
        """
        seen = self.rows[page]
        unchanged = [
            RecordOutcome(*_named(hash_, names.get(key)), "unchanged", key)
            for key, hash_ in seen.records.items()
        ]
        return unchanged + [RecordOutcome.from_dict(row) for row in seen.rejected]

    def remember(self, seen: list[Seen], *, whole: bool) -> None:
        """Keep what was seen in this run; of a ``whole`` run, nothing else. The caller commits."""
        for each in seen:
            if self.rows.get(each.page) != each:
                values = {**vars(each), "etag": each.etag[:LONGEST], "modified": each.modified[:LONGEST]}
                model.Session.merge(Page(source_id=self.source.id, salt=self.salt, **values))
        if whole:
            gone: Any = model.Session.query(Page).filter(
                Page.source_id == self.source.id, Page.page.notin_([each.page for each in seen])
            )
            gone.delete(synchronize_session=False)

    def holds(self, seen: Seen) -> bool:
        """Tell whether the catalogue has all records of a page as it gave them."""
        if seen.kind == TABLE:
            tables = self.rows.get(TABLES)
            return tables is not None and self.holds(tables)
        return all(
            hash_.removeprefix(_REPORT_ON) in self.commitments
            if hash_.startswith(_REPORT_ON)
            else self.current.get(key) == hash_
            for key, hash_ in seen.records.items()
        )


def _named(hash_: str, known: tuple[str, str] | None) -> tuple[str, str]:
    if hash_.startswith(_REPORT_ON):
        return REPORT, hash_.removeprefix(_REPORT_ON)
    return known or (WEBINAR, "")


def forget(source_id: str) -> None:
    """Let the next run fetch, read and compare all of a source, whatever its server says of it. The caller commits."""
    ledger.doubt(source_id)
    model.Session.query(Page).filter_by(source_id=source_id).delete(synchronize_session=False)
