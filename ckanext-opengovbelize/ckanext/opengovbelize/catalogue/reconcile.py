"""Whether database, search index and our own tables agree; and making them agree where they do not.

Every doubt is looked at a second time before anything is done about it, since harvests may be running.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan.lib.search.common import make_connection

from .. import config
from ..model import Identity, LedgerEntry, Published
from . import identity, ledger
from . import publish as publishing

PAGE = 1000
_NEVER = "0001-01-01T00:00:00Z"
# When it was last done by the clock, in the database: the scheduler may start anew at any time.
_DONE = "ckanext.opengovbelize.reconciled_at"
FIELDS = ("id", "index_id", "name", "metadata_modified", "capacity", "state")


@dataclass
class Drift:
    """What did not agree, each by id of the dataset or of the document in the index.

    Attributes:
        ghosts: documents in the index of datasets that are no more, or second ones of a dataset.
        missing: datasets that the index did not have.
        stale: datasets whose document was another version.
        unkeyed: datasets that later records would not have found, since our table of keys had another name of them.
        unpublished: datasets with records of sources, of which it was not known what import had published. Their
            sources are read anew with their next run.
        orphans: rows of what sources said, or import published, of datasets that are no more.
        mended: whether it agrees now.
    """

    ghosts: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    unkeyed: list[str] = field(default_factory=list)
    unpublished: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    mended: bool = False

    @property
    def found(self) -> int:
        """Return how much did not agree."""
        return sum(len(value) for value in vars(self).values() if isinstance(value, list))

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {**vars(self), "found": self.found}


@dataclass(frozen=True)
class _Version:
    """What a dataset and its document have to have in common."""

    name: str
    modified: str
    capacity: str
    state: str


def reconcile(*, dry_run: bool = False) -> Drift:
    """Find what does not agree, and mend it unless this is a dry run.

    Raises:
        SearchError: Solr does not answer.
    """
    drift = Drift()
    _compare_index(drift)
    _compare_tables(drift)
    if not dry_run:
        _mend(drift)
        drift.mended = True
    return drift


def when_due() -> Drift | None:
    """Reconcile if that was last done ``reconcile_hours`` ago or never; where it fails it stays due.

    Raises:
        SearchError: Solr does not answer.
    """
    done = model.get_system_info(_DONE)
    if done and ledger.now() - datetime.fromisoformat(done) < timedelta(hours=config.reconcile_hours()):
        return None
    drift = reconcile()
    model.set_system_info(_DONE, ledger.now().isoformat())
    return drift


def _compare_index(drift: Drift) -> None:
    # The index first: what is committed in between is missing there, and is looked for again.
    documents: dict[str, _Version] = {}
    ghosts: dict[str, str] = {}
    for document in _documents():
        if document["index_id"] == _index_id(document["id"]):
            documents[document["id"]] = _version_of_document(document)
        else:
            ghosts[document["index_id"]] = document["id"]
    packages = _packages()
    gone = [id_ for id_ in documents if id_ not in packages]
    still_gone = set(gone) - set(_packages(gone))
    drift.ghosts = sorted([*ghosts, *(_index_id(id_) for id_ in still_gone)])
    doubtful = [id_ for id_, version in packages.items() if documents.get(id_) != version]
    now = _packages(doubtful)
    there = {
        d["id"]: _version_of_document(d) for d in _documents(doubtful) if d["index_id"] == _index_id(d["id"])
    }
    drift.missing = sorted(id_ for id_ in now if id_ not in there)
    drift.stale = sorted(id_ for id_, version in now.items() if id_ in there and there[id_] != version)


def _compare_tables(drift: Drift) -> None:
    package, key = model.Package, Identity
    named = sa.exists().where(key.package_id == package.id, key.kind == "name", key.key == package.name)
    unkeyed = model.Session.query(package.id).filter(
        package.type.in_(identity.TYPES), package.state == "active", package.owner_org.isnot(None), ~named
    )
    drift.unkeyed = sorted(id_ for (id_,) in unkeyed)
    published = sa.exists().where(Published.package_id == LedgerEntry.package_id)
    unpublished = (
        model.Session.query(LedgerEntry.package_id)
        .join(package, package.id == LedgerEntry.package_id)
        .filter(~published, LedgerEntry.withdrawn_at.is_(None), LedgerEntry.content_hash != "")
        # Of others import remembers nothing: tables of counts have releases instead.
        .filter(package.type.in_(identity.TYPES))
    )
    drift.unpublished = sorted({id_ for (id_,) in unpublished})
    for table in (LedgerEntry, Published, Identity):
        exists = sa.exists().where(package.id == table.package_id)
        drift.orphans += sorted({id_ for (id_,) in model.Session.query(table.package_id).filter(~exists)})
    model.Session.rollback()


def _mend(drift: Drift) -> None:
    if drift.ghosts:
        connection = make_connection()
        for some in _pages(drift.ghosts):
            connection.delete(q=f"{_site()} AND index_id:({' OR '.join(some)})", commit=False)
        connection.commit()
    for some in _pages([*drift.missing, *drift.stale]):
        publishing.index(some)
    for package_id in drift.unkeyed:
        identity.register({"id": package_id})
    model.Session.query(LedgerEntry).filter(LedgerEntry.package_id.in_(drift.unpublished)).update(
        {"content_hash": ""}, synchronize_session=False
    )
    for table in (LedgerEntry, Published, Identity):
        model.Session.query(table).filter(table.package_id.in_(drift.orphans)).delete(
            synchronize_session=False
        )
    model.Session.commit()


def _packages(ids: Iterable[str] | None = None) -> dict[str, _Version]:
    """Return the version of the datasets that belong into the index."""
    # What is asked is how the database is now, not how it was when the transaction began.
    model.Session.rollback()
    package = model.Package
    query = model.Session.query(
        package.id, package.name, package.metadata_modified, package.private, package.state
    )
    if tk.config.get("ckan.search.remove_deleted_packages"):
        query = query.filter(package.state != "deleted")
    if ids is not None:
        query = query.filter(package.id.in_(list(ids)))
    return {
        id_: _Version(name, _moment(modified), "private" if private else "public", state)
        for id_, name, modified, private, state in query
    }


def _documents(ids: Iterable[str] | None = None) -> Iterator[dict[str, Any]]:
    connection = make_connection(decode_dates=False)
    wanted: list[list[str]] = [[]] if ids is None else list(_pages(list(ids)))
    for some in wanted:
        filters = [_site(), "entity_type:package"]
        if some:
            filters.append("id:(" + " OR ".join(f'"{id_}"' for id_ in some) + ")")
        cursor, following = "*", ""
        while cursor != following:
            cursor = following or cursor
            found = connection.search(
                "*:*", fq=filters, fl=",".join(FIELDS), rows=PAGE, sort="index_id asc", cursorMark=cursor
            )
            yield from found.docs
            following = found.nextCursorMark


def _version_of_document(document: dict[str, Any]) -> _Version:
    return _Version(
        document.get("name", ""),
        _moment(datetime.fromisoformat(document.get("metadata_modified", _NEVER))),
        document.get("capacity", ""),
        document.get("state", ""),
    )


def _moment(modified: datetime) -> str:
    """Return a time in thousandths of a second: Solr keeps no more."""
    return modified.replace(tzinfo=None).isoformat(timespec="milliseconds")


def _site() -> str:
    return f'site_id:"{tk.config["ckan.site_id"]}"'


def _index_id(package_id: str) -> str:
    """Return the key under which CKAN stores a dataset in Solr."""
    return hashlib.md5(f"{package_id}{tk.config['ckan.site_id']}".encode(), usedforsecurity=False).hexdigest()


def _pages(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), 200):
        yield ids[start : start + 200]
