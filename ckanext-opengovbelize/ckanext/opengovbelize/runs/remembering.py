"""What a run finds out of a source's pages: which have not changed, and by what each is known next time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..catalogue import ledger
from ..catalogue.outcomes import RecordOutcome
from ..sources import OTHER, Found, Listing
from .pages import TABLE, TABLES, Pages, Seen, hash_of


class Remembering:
    """The pages of one run, while one walks through the source.

    Args:
        pages: what the last runs know of them; None where all are read, and none is remembered.
        known: what the ledger has of the source, by record key.
        whole: whether all records of the source are in one page, so that what becomes of all is kept in mind.
    """

    def __init__(
        self, pages: Pages | None, known: Mapping[str, ledger.Known], *, whole: bool = False
    ) -> None:
        self._pages, self._known, self._whole = pages, known, whole
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
        return self._pages is not None and not found.problem and self._pages.is_same(found)

    def is_table(self, found: Found) -> bool:
        """Tell whether a page that has not changed is one of a plan's tables, which are the same only all together."""
        seen = self._pages and self._pages.of(found)
        return bool(seen and seen.kind == TABLE)

    def same(self, found: Found, names: Mapping[str, tuple[str, str]]) -> list[RecordOutcome]:
        """Remember a page that has not changed; return what becomes of its records, nothing where it has none.

        Args:
            found: the page.
            names: type and name of the datasets of the source's records.
        """
        assert self._pages is not None
        page = self._pages.key(found)
        self._keep(self._pages.rows[page])
        return self._pages.outcomes(page, names)

    def same_tables(
        self, tables: Collection[Found], names: Mapping[str, tuple[str, str]]
    ) -> list[RecordOutcome] | None:
        """Remember tables of plans that have not changed; return what becomes of their records.

        Args:
            tables: those that have not changed, each by itself.
            names: type and name of the datasets of the source's records.

        Returns:
            None where they are not all that there were, so that all have to be read.
        """
        assert self._pages is not None
        rows = [seen for found in tables if (seen := self._pages.of(found))]
        together = self._pages.rows.get(TABLES)
        if together is None or together.digest != self._pages.digest_of_tables(rows):
            return None
        for row in (*rows, together):
            self._keep(row)
        return self._pages.outcomes(TABLES, names)

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

    def leave_out(self, found: Found) -> None:
        """Remember a page that describes no session."""
        if self._pages:
            self._keep(self._seen(self._pages, found, OTHER))

    def list(self, listing: Listing, may_be_kept: Callable[[str], bool]) -> None:
        """Remember a page that lists others, where all that it lists may be kept in clear.

        Args:
            listing: the page.
            may_be_kept: whether an address may.
        """
        if self._pages is None:
            return
        known = self._pages.listing(listing.page)
        if known and known.addresses == listing.addresses:
            self._keep(self._pages.rows[self._pages.key(listing.page)])
        elif all(may_be_kept(address) for address in listing.addresses):
            seen = self._seen(self._pages, listing.page, listing.kind)
            self._keep(replace(seen, addresses=[*listing.addresses]))

    def table(self, found: Found) -> Seen | None:
        """Return by what one of a plan's tables is known, as ``end_tables`` takes it."""
        return self._seen(self._pages, found, TABLE) if self._pages and not self._whole else None

    def end_tables(self, tables: Iterable[Seen]) -> None:
        """Remember all tables of plans, whose records were begun, where they need not be read again as they are."""
        rows = [*tables]
        records = self._records(self._noted)
        if self._pages is None or not rows or records is None:
            return
        digest = self._pages.digest_of_tables(rows)
        for row in (*rows, Seen(TABLES, "", "", records[0], digest, records[1], TABLES)):
            self._keep(row)

    def _remember(self, found: Found, noted: dict[str, RecordOutcome]) -> None:
        """Keep by what a page is known, if all its records are in order or rejected for what they say."""
        kept = self._records(noted)
        if self._pages is None or kept is None:
            return
        records, rejected = kept
        alike = self._pages.digest(found, len(records))
        # Of records that have the hash of their file the ledger tells by itself.
        if found.etag or found.modified or rejected or set(records.values()) != {alike}:
            seen = self._seen(self._pages, found, "")
            self._keep(replace(seen, records=records, rejected=rejected))

    def _records(self, noted: dict[str, RecordOutcome]) -> tuple[dict[str, str], list[dict[str, Any]]] | None:
        """Return the content hashes of records by key, and what is told of those that were refused.

        None where there are none, or one is neither in order nor rejected for what it says.
        """
        known = {key: self._known[key].content_hash if key in self._known else "" for key in noted}
        records = {
            key: hash_of(outcome, self._hashes.get(key, known[key]))
            for key, outcome in noted.items()
            if key not in self._refused
        }
        rejected = [_told(noted[key]) for key in noted if key in self._refused]
        return (records, rejected) if noted and all(records.values()) else None

    def _seen(self, pages: Pages, found: Found, kind: str) -> Seen:
        return Seen(pages.key(found), found.etag, found.modified, {}, pages.digest(found), [], kind)

    def _keep(self, seen: Seen) -> None:
        self.rows[seen.page] = seen


def _told(outcome: RecordOutcome) -> dict[str, Any]:
    """Return what reports tell of a record that was rejected, without values."""
    return replace(outcome, fields={}, proposed=[], changes=[]).as_dict()
