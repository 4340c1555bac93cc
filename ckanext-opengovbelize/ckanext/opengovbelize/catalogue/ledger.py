"""What each source last said of each record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import ckan.model as model

from ..model import LedgerEntry
from ..records.drafts import Draft


@dataclass(frozen=True)
class Source:
    """Where records come from.

    Attributes:
        id: the harvest source's id, or a stable key of the command line's source.
        organization_id: the organization that owns the webinars of this source.
        title: shown on the webinar's page.
        url: the source's address; published only if ``public``.
        public: whether the address is a public page without private data.
        trust: the higher, the more its values count.
        created: of two sources with the same trust, the one made first counts more. Naive, UTC.
        series: name of the series that all its records belong to, or empty.
    """

    id: str
    organization_id: str
    title: str
    url: str = ""
    public: bool = False
    trust: int = 0
    created: datetime = datetime.min
    series: str = ""

    @property
    def public_url(self) -> str:
        """Return the address that may be published, or an empty text."""
        return self.url if self.public else ""


def entry(source_id: str, record_key: str) -> LedgerEntry | None:
    """Return what a source last said of one record."""
    return model.Session.query(LedgerEntry).filter_by(source_id=source_id, record_key=record_key).one_or_none()


def live_entries(package_id: str) -> list[LedgerEntry]:
    """Return what sources say of a dataset now, the most trusted first."""
    return (
        model.Session.query(LedgerEntry)
        .filter_by(package_id=package_id, withdrawn_at=None)
        .order_by(LedgerEntry.trust.desc(), LedgerEntry.source_created, LedgerEntry.id)
        .all()
    )


def record_keys(source_id: str) -> list[str]:
    """Return the keys of the records that a source has not withdrawn."""
    rows = model.Session.query(LedgerEntry.record_key).filter_by(source_id=source_id, withdrawn_at=None)
    return [key for (key,) in rows]


def is_current(known: LedgerEntry | None, source: Source, content_hash: str) -> bool:
    """Tell whether the ledger has this content already, from a source that is described as it was."""
    return (
        known is not None
        and known.withdrawn_at is None
        and known.content_hash == content_hash
        and (known.trust, known.source_title, known.source_url)
        == (source.trust, source.title, source.public_url)
    )


def write(
    known: LedgerEntry | None,
    source: Source,
    record_key: str,
    package_id: str,
    content_hash: str,
    draft: Draft,
    values: dict[str, Any],
) -> LedgerEntry:
    """Note what a source says of a record now."""
    row = known or LedgerEntry(source_id=source.id, record_key=record_key)
    row.package_id = package_id
    row.content_hash = content_hash
    row.values = values
    row.proposals = [proposal.__dict__ for proposal in draft.proposals]
    row.trust = source.trust
    row.source_title = source.title
    row.source_url = source.public_url
    row.source_created = source.created
    row.changed_at = now()
    row.withdrawn_at = None
    model.Session.add(row)
    return row


def withdraw(known: LedgerEntry) -> None:
    """Note that a source no longer has a record. What it said goes."""
    known.values = {}
    known.proposals = []
    known.changed_at = known.withdrawn_at = now()


def now() -> datetime:
    """Return the time as our tables store it: UTC, naive, as CKAN's own do."""
    return datetime.now(UTC).replace(tzinfo=None)
