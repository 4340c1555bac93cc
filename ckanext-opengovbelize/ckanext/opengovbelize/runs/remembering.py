"""What a run finds out of a source's pages: which have not changed, and by what each is known next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..catalogue import ledger
from ..sources import Found
from . import keys
from .outcomes import RecordOutcome
from .pages import Pages, Seen, hash_of


class Remembering:
    """The pages of one run, while one walks through the source.

    Args:
        pages: what the last runs know of them; None where nothing is known, and all are read.
        hash_key: the site's.
        salt: what, besides its bytes, decides what is published of a page.
        known: what the ledger has of the source, by record key.
        whole: whether all records of the source are in one page, so that what becomes of all is kept in mind.
    """

    def __init__(
        self,
        pages: Pages | None,
        hash_key: bytes,
        salt: str,
        known: Mapping[str, ledger.Known],
        *,
        whole: bool = False,
    ) -> None:
        self._pages, self._hash_key, self._salt, self._known, self._whole = (
            pages,
            hash_key,
            salt,
            known,
            whole,
        )
        # By what pages are known next time, by their keys.
        self.rows: dict[str, Seen] = {}
        # What became of the records of the page that is being read, and of those of the whole source.
        self._noted: dict[str, RecordOutcome] = {}
        self._all_noted: dict[str, RecordOutcome] = {}
        # What was rejected for what it says itself, and content hashes of what is to be published.
        self._refused: set[str] = set()
        self._hashes: dict[str, str] = {}

    def is_same(self, found: Found) -> bool:
        """Tell whether a page is as it was last time, as its server says or its bytes show."""
        if self._pages is None or found.problem:
            return False
        return found.same or self._pages.is_same(self._key(found), lambda: self._digest(found))

    def same(self, found: Found, names: Mapping[str, tuple[str, str]]) -> list[RecordOutcome]:
        """Remember a page that has not changed; return what becomes of its records.

        Args:
            found: the page.
            names: type and name of the datasets of the source's records.
        """
        assert self._pages is not None
        page = self._key(found)
        self.rows[page] = self._pages.rows[page]
        return self._pages.outcomes(page, names)

    def begin(self) -> None:
        """Begin with a page that is read."""
        self._noted.clear()

    def note(self, outcomes: list[RecordOutcome]) -> None:
        """Note what becomes of records of this page."""
        noted = {outcome.key: outcome for outcome in outcomes}
        self._noted |= noted
        if self._whole:
            self._all_noted |= noted

    def refuse(self, key: str) -> None:
        """Note a record that is rejected for what it says itself: so it is in every run until it says otherwise."""
        self._refused.add(key)

    def expect(self, key: str, content_hash: str) -> None:
        """Note the content hash that the ledger will have of a record once it is published; empty: read it again."""
        self._hashes[key] = content_hash

    def end(self, found: Found) -> None:
        """Remember the page that was begun, where it need not be read again as it is."""
        self._remember(found, self._noted)

    def end_whole(self, found: Found) -> None:
        """Remember the page that all records of the source are in, where it need not be read again as it is."""
        self._remember(found, self._all_noted)

    def _remember(self, found: Found, noted: dict[str, RecordOutcome]) -> None:
        """Keep by what a page is known, if all its records are in order or rejected for what they say."""
        known = {key: self._known[key].content_hash if key in self._known else "" for key in noted}
        records = {
            key: hash_of(outcome, self._hashes.get(key, known[key]))
            for key, outcome in noted.items()
            if key not in self._refused
        }
        rejected = [_told(noted[key]) for key in noted if key in self._refused]
        if not noted or not all(records.values()):
            return
        alike = keys.content_hash(self._hash_key, found.whole, self._salt, len(records))
        # Of records that have the hash of their file the ledger tells by itself.
        if found.etag or found.modified or rejected or set(records.values()) != {alike}:
            page = self._key(found)
            self.rows[page] = Seen(page, found.etag, found.modified, records, self._digest(found), rejected)

    def _key(self, found: Found) -> str:
        return keys.record_key(self._hash_key, found.key)

    def _digest(self, found: Found) -> str:
        return keys.content_hash(self._hash_key, found.whole, self._salt, 0)


def _told(outcome: RecordOutcome) -> dict[str, Any]:
    """Return what reports tell of a record that was rejected, without values."""
    return replace(outcome, fields={}, proposed=[], changes=[]).as_dict()
