"""Conditional requests: a page whose records are in the ledger as it gave them is asked only whether it has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ckan.model as model

from .. import config
from ..catalogue import ledger
from ..catalogue.ledger import Source
from ..model import LedgerEntry, Page
from ..sources import SourceConfig
from . import keys, settings

# Longer than any server's; what is longer is no tag.
LONGEST = 500


@dataclass(frozen=True)
class Seen:
    """A page that was read, or that has not changed: what its server said, and content hashes by record key."""

    page: str
    etag: str
    modified: str
    records: dict[str, str]


class Pages:
    """The pages of one source, as its last runs left them."""

    def __init__(self, source: Source, source_config: SourceConfig) -> None:
        self.source = source
        self.hash_key = config.hash_key()
        policy = settings.policy()
        self.salt = keys.digest(policy, keys.salt(policy, source_config))
        self.rows = {
            row.page: Seen(row.page, row.etag, row.modified, row.records)
            for row in model.Session.query(Page).filter_by(source_id=source.id, salt=self.salt)
        }
        self.current = _current(source) if self.rows else {}

    def headers(self, url: str) -> dict[str, str]:
        """Return what makes a request for a page conditional; nothing where its records are not as it gave them."""
        seen = self.rows.get(keys.record_key(self.hash_key, url))
        if seen is None or any(self.current.get(key) != hash_ for key, hash_ in seen.records.items()):
            return {}
        stated = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
        return {name: value for name, value in stated.items() if value}

    def records(self, page: str) -> dict[str, str]:
        """Return the records of a page that has not changed, with their content hashes."""
        return self.rows[page].records

    def remember(self, seen: list[Seen], *, whole: bool) -> None:
        """Keep what servers said in this run; of a ``whole`` run, nothing else. The caller commits."""
        for each in seen:
            model.Session.merge(
                Page(
                    source_id=self.source.id,
                    page=each.page,
                    etag=each.etag[:LONGEST],
                    modified=each.modified[:LONGEST],
                    salt=self.salt,
                    records=each.records,
                )
            )
        if whole:
            gone: Any = model.Session.query(Page).filter(
                Page.source_id == self.source.id, Page.page.notin_([each.page for each in seen])
            )
            gone.delete(synchronize_session=False)


def _current(source: Source) -> dict[str, str]:
    """Return, by record key, the content hash of what the ledger has from this source, described as it is now."""
    columns = [getattr(LedgerEntry, name) for name in ledger.Known._fields]
    rows = (
        model.Session.query(*columns)
        .join(model.Package, model.Package.id == LedgerEntry.package_id)
        .filter(LedgerEntry.source_id == source.id, model.Package.state == "active")
    )
    known = map(ledger.Known._make, rows)
    return {
        row.record_key: row.content_hash for row in known if ledger.is_current(row, source, row.content_hash)
    }
