"""What is known of a source's pages, so that those which have not changed are neither sent nor read again.

A page is known by what its server said of it (then the server is asked only whether it has changed), or by a hash of
its bytes, or of what its source told of it. It is as before only while the ledger has its records as it gave them.
Records that were rejected for what they say themselves, whatever the catalogue holds, are told again from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import ckan.model as model

from .. import config
from ..catalogue import ledger
from ..catalogue.ledger import Source
from ..catalogue.plans import COMMITMENT, REPORT
from ..model import LedgerEntry, Page
from ..sources import SourceConfig
from . import keys, settings
from .outcomes import RecordOutcome

# Longer than any server's; what is longer is no tag.
LONGEST = 500
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
    """

    page: str
    etag: str
    modified: str
    records: Mapping[str, str]
    digest: str = ""
    rejected: list[dict[str, Any]] = field(default_factory=list)


def hash_of(outcome: RecordOutcome, known: str) -> str:
    """Return by what a record's page knows whether it is still as it was; empty where that cannot be told.

    Args:
        outcome: what became of it.
        known: the content hash that the ledger has, or will have once it is published.
    """
    if outcome.type == REPORT:
        return _REPORT_ON + outcome.name if outcome.outcome == "unchanged" else ""
    return "" if outcome.outcome == "rejected" else known


class Pages:
    """The pages of one source, as its last runs left them."""

    def __init__(self, source: Source, source_config: SourceConfig) -> None:
        self.source = source
        self.hash_key = config.hash_key()
        policy = settings.policy()
        # Which files of an archive are records, and how many may vanish, is decided anew for a whole archive.
        chosen = (keys.salt(policy, source_config), source_config.include, source_config.shrink_percent)
        self.salt = keys.digest(policy, repr(chosen))
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
        if seen is None or not self._holds(seen):
            return {}
        stated = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
        return {name: value for name, value in stated.items() if value}

    def is_same(self, page: str, digest: Callable[[], str]) -> bool:
        """Tell whether a page has the digest of last time, and its records are as it gave them."""
        seen = self.rows.get(page)
        return seen is not None and seen.digest == digest() and self._holds(seen)

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

    def _holds(self, seen: Seen) -> bool:
        return all(
            hash_.removeprefix(_REPORT_ON) in self.commitments
            if hash_.startswith(_REPORT_ON)
            else self.current.get(key) == hash_
            for key, hash_ in seen.records.items()
        )


def _named(hash_: str, known: tuple[str, str] | None) -> tuple[str, str]:
    if hash_.startswith(_REPORT_ON):
        return REPORT, hash_.removeprefix(_REPORT_ON)
    return known or ("webinar", "")
