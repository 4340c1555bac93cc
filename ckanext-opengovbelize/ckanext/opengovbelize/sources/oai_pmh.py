"""A repository that answers by OAI-PMH: its records in ``oai_dc``.

Every run lists the identifiers with their days of change, so that what is deleted or gone is seen. The records
themselves are asked for from the day of the first one that changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import lxml.etree

from ..records import xml
from ..records.problems import Problem
from ..records.readers.dublin_core import MEDIA_TYPE
from .config import SourceConfig
from .files import too_many
from .found import Found, Limits, Opened, SourceError, missing
from .web import Fetcher, FetchError, Page

FORMAT = "oai-pmh"
_PREFIX = "oai_dc"
_START = re.compile(rb"\s*(?:<\?[^>]{0,300}>\s*|<!--.{0,2000}?-->\s*)*<(?:\w+:)?OAI-PMH\b", re.DOTALL)
_RECORDS = re.compile(rb"<(?:\w+:)?(?:ListRecords|GetRecord)\b")
_BEGINNING = 5_000
# So many parts of one list, and no more.
_MOST_PARTS = 1_000


def is_repository(page: Page) -> bool:
    """Tell a repository by its answer, even to no question.

    An answer with records at an address that asks for none is a file that somebody keeps there, and one record that
    is asked for by its identifier is all that is wanted.
    """
    verbs = parse_qs(urlsplit(page.url).query).get("verb", [])
    if not _is_answer(page) or "GetRecord" in verbs:
        return False
    return bool(verbs) or _RECORDS.search(page.data[:_BEGINNING]) is None


def _is_answer(page: Page) -> bool:
    """Tell the answer of a repository by its first element."""
    return bool(_START.match(page.data[:_BEGINNING].lstrip(b"\xef\xbb\xbf")))


def open_repository(url: str, fetcher: Fetcher, config: SourceConfig, limits: Limits) -> Opened:
    """List a repository's records, or those of the set that the address names.

    Raises:
        SourceError: where the list cannot be had whole; nothing of it may then count as gone.
    """
    parts = urlsplit(url)
    chosen = parse_qs(parts.query).get("set", [])
    api = _Api(f"{parts.scheme}://{parts.netloc}{parts.path}", chosen[0] if chosen else "", fetcher)
    try:
        headers = list(api.headers(limits.max_records))
    except FetchError as error:
        raise SourceError(Problem(error.code, error.message)) from None
    if len(headers) > limits.max_records:
        raise SourceError(Problem("too-many-records", too_many(limits)))
    live = {header.identifier: header for header in headers if not header.deleted}
    deleted = {header.identifier for header in headers if header.deleted} - live.keys()
    loading = _Loading(api, sorted(live.values(), key=lambda header: (header.changed, header.identifier)))
    return Opened(loading.found(), len(live), deleted=frozenset(deleted))


@dataclass(frozen=True)
class _Header:
    identifier: str
    changed: str
    deleted: bool


@dataclass
class _Api:
    base: str
    set: str
    fetcher: Fetcher

    def headers(self, most: int) -> Iterator[_Header]:
        for number, element in enumerate(self._listed("ListIdentifiers", "header", {})):
            if number > most:
                return
            if header := _header(element):
                yield header

    def records(self, since: str) -> Iterator[Any]:
        """Yield the records that changed on this day or later."""
        yield from self._listed("ListRecords", "record", {"from": since} if since else {})

    def record(self, identifier: str) -> Any:
        """Return one record, or None."""
        asked = {"verb": "GetRecord", "metadataPrefix": _PREFIX, "identifier": identifier}
        return next((each for each in self._ask(asked).iter() if xml.name(each) == "record"), None)

    def _listed(self, verb: str, element: str, chosen: dict[str, str]) -> Iterator[Any]:
        """Walk through a list that comes in parts, each with a token for the next."""
        asked = {"verb": verb, "metadataPrefix": _PREFIX, **chosen, **({"set": self.set} if self.set else {})}
        tokens: set[str] = set()
        for _ in range(_MOST_PARTS):
            root = self._ask(asked)
            yield from [each for each in root.iter() if xml.name(each) == element]
            token = next((xml.text(each) for each in root.iter() if xml.name(each) == "resumptionToken"), "")
            if not token:
                return
            if token in tokens:
                break
            tokens.add(token)
            asked = {"verb": verb, "resumptionToken": token}
        raise FetchError(
            "listing-endless", "The repository's list has no end. Tell who runs it; nothing was changed."
        )

    def _ask(self, asked: dict[str, str]) -> Any:
        page = self.fetcher.get(f"{self.base}?{urlencode(asked)}")
        root = xml.parse(page.data) if _is_answer(page) else None
        if root is None:
            raise FetchError(
                "api-unreadable",
                "The address does not answer as an OAI-PMH repository does. Give its base address, without a query.",
            )
        error = next((each.get("code", "") for each in root.iter() if xml.name(each) == "error"), "")
        if error not in ("", "noRecordsMatch", "idDoesNotExist"):
            raise FetchError(
                "api-refused",
                "The repository refused the question. Check the set in the address, and that it gives oai_dc.",
            )
        return root


@dataclass
class _Loading:
    """Gives the records, the one that changed longest ago first, and fetches those that are asked for."""

    api: _Api
    headers: list[_Header]
    coming: Iterator[Any] | None = None
    loaded: dict[str, bytes] = field(default_factory=dict)

    def found(self) -> Iterator[Found]:
        for header in self.headers:
            label = f"record {header.identifier.rpartition(':')[2]}"
            found = Found(header.identifier, label, b"", MEDIA_TYPE, stamp=header.changed)
            yield replace(found, fetch=lambda header=header, found=found: self._fetched(header, found))

    def _fetched(self, header: _Header, found: Found) -> Found:
        try:
            if self.coming is None:
                self.coming = self.api.records(header.changed)
            data = self._wait_for(header) or self._one(header)
        except FetchError as error:
            return missing(found.key, found.label, error.code, error.message)
        if data is None:
            message = (
                "The record was in the repository's list, and is not there any more. Run the source again."
            )
            return missing(found.key, found.label, "record-vanished", message)
        return replace(found, data=data)

    def _wait_for(self, wanted: _Header) -> bytes | None:
        assert self.coming is not None
        while wanted.identifier not in self.loaded:
            element = next(self.coming, None)
            if element is None:
                return None
            header = next((_header(each) for each in element if xml.name(each) == "header"), None)
            if header and not header.deleted:
                self.loaded[header.identifier] = lxml.etree.tostring(element, with_tail=False)
        return self.loaded.pop(wanted.identifier)

    def _one(self, header: _Header) -> bytes | None:
        element = self.api.record(header.identifier)
        return None if element is None else lxml.etree.tostring(element, with_tail=False)


def _header(element: Any) -> _Header | None:
    said = {xml.name(child): xml.text(child) for child in element}
    identifier = said.get("identifier", "")
    if not identifier:
        return None
    return _Header(identifier, said.get("datestamp", ""), element.get("status") == "deleted")
