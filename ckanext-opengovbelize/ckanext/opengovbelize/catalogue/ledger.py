"""What each source last said of each record."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

import ckan.model as model
from sqlalchemy import bindparam, select

from ..model import LedgerEntry
from ..records.drafts import Draft
from ..sources.types import PACKAGE_TYPE
from .merge import Statement

# The trust of what a deleted source said: it counts only while nobody else says anything.
RETIRED = -1

_ENTRY = select(LedgerEntry).where(
    LedgerEntry.source_id == bindparam("source_id"), LedgerEntry.record_key == bindparam("record_key")
)


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
        plan: title or address of the action plan that all its tables belong to, or empty.
        together: keys of the records that it tells of at once; two of them that are alike are two sessions. None: all
            that it ever told.
    """

    id: str
    organization_id: str
    title: str
    url: str = ""
    public: bool = False
    trust: float = 0
    created: datetime = datetime.min
    series: str = ""
    plan: str = ""
    together: frozenset[str] | None = None

    @property
    def public_url(self) -> str:
        """Return the address that may be published, or an empty text."""
        return self.url if self.public else ""


@dataclass(frozen=True)
class Said:
    """What a source says of one record now, in the ledger's columns."""

    source_id: str
    record_key: str
    content_hash: str
    values: dict[str, Any]
    proposals: list[dict[str, Any]]
    trust: float
    source_title: str
    source_url: str
    source_created: datetime


class Known(NamedTuple):
    """What tells whether the ledger has a record as it is now."""

    record_key: str
    content_hash: str
    trust: float
    source_title: str
    source_url: str
    withdrawn_at: datetime | None


def said(source: Source, record_key: str, content_hash: str, values: dict[str, Any], draft: Draft) -> Said:
    """Return what a source says with this draft."""
    return Said(
        source.id,
        record_key,
        content_hash,
        values,
        [asdict(proposal) for proposal in draft.proposals],
        source.trust,
        source.title,
        source.public_url,
        source.created,
    )


def entry(source_id: str, record_key: str) -> LedgerEntry | None:
    """Return what a source last said of one record."""
    found = model.Session.execute(_ENTRY, {"source_id": source_id, "record_key": record_key})
    return found.scalar_one_or_none()


@dataclass(frozen=True)
class Statements:
    """What sources say of one webinar, the most trusted first."""

    values: list[Statement]
    proposals: list[dict[str, Any]]


def statements(package_id: str | None, *said: Said) -> Statements:
    """Return what sources say of a dataset, as it will be once these records have said something new."""
    rows: list[LedgerEntry | Said] = [*said]
    if package_id:
        new = {(row.source_id, row.record_key) for row in said}
        known = model.Session.query(LedgerEntry).filter_by(package_id=package_id, withdrawn_at=None)
        rows += [row for row in known if (row.source_id, row.record_key) not in new]
    rows = [row for row in rows if row.trust != RETIRED] or rows
    rows.sort(key=lambda row: (-row.trust, row.source_created, row.source_id, row.record_key))
    return Statements(
        [Statement(row.source_id, row.source_title, row.source_url, row.values) for row in rows],
        [proposal for row in rows for proposal in row.proposals],
    )


def names_told(source_id: str, type_: str) -> dict[str, str]:
    """Return, by the id of each dataset of this type of which a source tells, the address that it gives it."""
    rows = (
        model.Session.query(LedgerEntry.package_id, LedgerEntry.values)
        .join(model.Package, model.Package.id == LedgerEntry.package_id)
        .filter(LedgerEntry.source_id == source_id, LedgerEntry.withdrawn_at.is_(None))
        .filter(model.Package.type == type_)
    )
    return {package_id: str(values.get("name") or "") for package_id, values in rows}


def record_keys(source_id: str) -> list[str]:
    """Return the keys of the records that a source has not withdrawn."""
    rows = model.Session.query(LedgerEntry.record_key).filter_by(source_id=source_id, withdrawn_at=None)
    return [key for (key,) in rows]


def hashes(source_id: str, package_id: str | None = None) -> dict[str, str]:
    """Return, by record key, the content hashes of what a source says: of one dataset, or of all."""
    rows = model.Session.query(LedgerEntry.record_key, LedgerEntry.content_hash).filter_by(
        source_id=source_id, withdrawn_at=None
    )
    if package_id is not None:
        rows = rows.filter_by(package_id=package_id)
    return dict(rows.order_by(LedgerEntry.id).tuples())


def datasets(source_id: str) -> int:
    """Return how many datasets a source has something to say of."""
    return (
        model.Session.query(LedgerEntry.package_id)
        .filter_by(source_id=source_id, withdrawn_at=None)
        .distinct()
        .count()
    )


def dataset_ids(source_id: str, limit: int, offset: int) -> list[str]:
    """Return the ids of a page of these datasets, by title."""
    said = model.Session.query(LedgerEntry.package_id).filter_by(source_id=source_id, withdrawn_at=None)
    query = model.Session.query(model.Package.id).filter(model.Package.id.in_(said))
    ordered = query.order_by(model.Package.title, model.Package.id)
    return [id_ for (id_,) in ordered.limit(limit).offset(offset)]


def is_current(known: LedgerEntry | Known | None, source: Source, content_hash: str) -> bool:
    """Tell whether the ledger has this content already, from a source that is described as it was."""
    return (
        known is not None
        and known.withdrawn_at is None
        and known.content_hash == content_hash
        and (known.trust, known.source_title, known.source_url)
        == (source.trust, source.title, source.public_url)
    )


def write(known: LedgerEntry | None, said: Said, package_id: str, is_new: bool = False) -> None:
    """Note what a source says of a record now; ``is_new``: nobody has said anything of the dataset before.

    The first word of a new dataset goes to the database with the next flush or the commit, all others at once.
    """
    row = known or LedgerEntry()
    for name, value in vars(said).items():
        setattr(row, name, value)
    row.package_id = package_id
    row.changed_at = now()
    row.withdrawn_at = None
    model.Session.add(row)
    if is_new and known is None:
        return
    model.Session.flush()
    if is_new:
        return
    # Where a deleted source was the only one, this one takes its place.
    model.Session.query(LedgerEntry).filter_by(package_id=package_id, trust=RETIRED).delete()


def withdraw(known: LedgerEntry) -> None:
    """Note that a source no longer has a record. What it said goes."""
    known.values = {}
    known.proposals = []
    known.changed_at = known.withdrawn_at = now()
    model.Session.flush()


def doubt(source_id: str) -> None:
    """Let the next run of a source compare all that it has with the catalogue, changed or not."""
    known = model.Session.query(LedgerEntry).filter_by(source_id=source_id, withdrawn_at=None)
    known.update({"content_hash": ""}, synchronize_session=False)


def retire(package_id: str) -> None:
    """Let go of what a source said that is being deleted. Its webinars stay as they are.

    Where another source has the webinar too, it alone counts from its next run on, which reads it anew.

    Args:
        package_id: id or name of a dataset; nothing happens unless it is a harvest source.
    """
    package = model.Package.get(package_id)
    if package is None or package.type != PACKAGE_TYPE:
        return
    for row in model.Session.query(LedgerEntry).filter_by(source_id=package.id, withdrawn_at=None).all():
        others = model.Session.query(LedgerEntry).filter(
            LedgerEntry.package_id == row.package_id,
            LedgerEntry.source_id != row.source_id,
            LedgerEntry.withdrawn_at.is_(None),
            LedgerEntry.trust != RETIRED,
        )
        if others.update({"content_hash": ""}, synchronize_session=False):
            model.Session.delete(row)
        else:
            row.trust, row.content_hash = RETIRED, ""
    model.Session.flush()


def now() -> datetime:
    """Return the time as our tables store it: UTC, naive, as CKAN's own do."""
    return datetime.now(UTC).replace(tzinfo=None)
