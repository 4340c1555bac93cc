"""Erasing in Solr: stored fields of live and of deleted documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ckan import model
from ckan.common import config
from ckan.lib import search
from ckan.lib.search.common import make_connection

from .phrase import Phrase
from .report import REMOVED, REPLACED, Finding

_PAGE = 200


def erase(phrase: Phrase, dry_run: bool) -> list[Finding]:
    """Index anew every dataset whose document holds the phrase, and drop documents that have no dataset.

    Runs after the databases: a document is made from them.
    """
    found = [(document, count) for document in _documents() if (count := _count(phrase, document))]
    kept = _existing({document["id"] for document, _ in found})
    if found and not dry_run:
        search.rebuild(package_ids=sorted(kept), force=True, quiet=True)
        _drop([document["index_id"] for document, _ in found if document["id"] not in kept])
    return [
        Finding(
            "index",
            _fields(phrase, document),
            count,
            REPLACED if document["id"] in kept else REMOVED,
            document["id"],
        )
        for document, count in found
    ]


def _documents() -> Iterator[dict[str, Any]]:
    """Return every document of this site with all stored fields."""
    solr = make_connection(decode_dates=False)
    cursor = "*"
    while True:
        answer = solr.search(
            "*:*",
            fq=f'site_id:"{config["ckan.site_id"]}"',
            fl="*",
            sort="index_id asc",
            rows=_PAGE,
            cursorMark=cursor,
        )
        yield from answer.docs
        if answer.nextCursorMark == cursor:
            return
        cursor = answer.nextCursorMark


def _count(phrase: Phrase, document: dict[str, Any]) -> int:
    return phrase.replace(document)[1]


def _fields(phrase: Phrase, document: dict[str, Any]) -> str:
    return ", ".join(phrase.replace(name)[0] for name in sorted(document) if phrase.holds(document[name]))


def _existing(ids: set[str]) -> set[str]:
    rows = model.Session.query(model.Package.id).filter(
        model.Package.id.in_(ids), model.Package.state != "deleted"
    )
    return {id_ for (id_,) in rows}


def _drop(index_ids: list[str]) -> None:
    solr = make_connection()
    if index_ids:
        solr.delete(id=index_ids, commit=False)
    solr.commit(softCommit=False, waitSearcher=True)
    # A changed or deleted document stays in Solr's files, with all its fields, until its segment is merged.
    solr.optimize(maxSegments=1, waitSearcher=True)
