"""A web page: one record, or a list of links to records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import lxml.etree
import lxml.html

from ..records.problems import Problem
from ..records.readers import recognise
from ..records.reading import read
from .config import SourceConfig
from .files import too_many
from .found import Found, Limits, Opened, SourceError, missing
from .memory import Listing
from .web import Fetcher, FetchError, Page, label

RECORD_SUFFIXES = (
    *(".md", ".markdown", ".txt", ".html", ".htm", ".docx"),
    *(".pdf", ".ods", ".ics", ".xlsx", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".yaml", ".yml"),
)
# What a page says of itself; two such facts make it a record rather than a list of records.
FACTS = ("people", "objective", "rationale", "messages", "venue_name", "materials", "start")


# The kind of a page with links to records.
LINKS = "links"


def listing(page: Found, config: SourceConfig) -> Listing | None:
    """Return the addresses of the records that an HTML page lists; None where it is no list."""
    if not is_html(page) or (not config.listing and reads_as_record(page)):
        return None
    links = record_links(page, config.listing)
    return Listing(page, LINKS, tuple(links)) if links or config.listing else None


def is_html(page: Found | Page) -> bool:
    """Return whether an answer is an HTML page."""
    start = page.data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" in page.content_type.lower() or start.startswith((b"<!doctype html", b"<html"))


def reads_as_record(page: Found) -> bool:
    """Return whether a page is a session record itself, or describes sessions for search engines."""
    file = label(page.address)
    if recognise(page.data, file=file, content_type=page.content_type) == "schema.org":
        return True
    records = read(page.data, file=file, content_type=page.content_type)
    return any(sum(bool(getattr(record, fact)) for fact in FACTS) >= 2 for record in records)


def record_links(page: Found, pattern: str) -> list[str]:
    """Return the addresses of the records that a page lists, each once, in the order of the page.

    They lie on the page's own host. With a pattern they match it, wherever they stand on the page; else they
    lie below the page, end like a record or in nothing, and do not stand in its menus.
    """
    try:
        document = lxml.html.document_fromstring(page.data)
    except (lxml.etree.ParserError, ValueError):
        return []
    base = document.find(".//base[@href]")
    own = page.address
    start = _absolute(own, base.get("href", "")) or own if base is not None else own
    found: dict[str, None] = {}
    for anchor in document.iterfind(".//a[@href]"):
        url = _absolute(start, anchor.get("href", ""))
        if not url or not _same_site(url, own):
            continue
        if fnmatchcase(url, pattern) if pattern else _is_below(url, own) and not _in_menu(anchor):
            found[url] = None
    return list(found)


def open_addresses(
    addresses: Sequence[str], fetcher: Fetcher, config: SourceConfig, limits: Limits
) -> Opened:
    """Return the records at the addresses that a page lists.

    Raises:
        SourceError: where there are too many.
    """
    if len(addresses) > limits.max_records:
        raise SourceError(Problem("too-many-records", too_many(limits)))
    return Opened((_fetched(url, fetcher, config) for url in addresses), len(addresses))


def _fetched(url: str, fetcher: Fetcher, config: SourceConfig, whole: bool = False) -> Found:
    try:
        page = fetcher.get(url, whole=whole)
    except FetchError as error:
        return missing(url, label(url), error.code, error.message)
    found = page.found(url, config.content_type)
    return replace(found, fetch=partial(_fetched, url, fetcher, config, True)) if found.same else found


def _absolute(start: str, href: str) -> str:
    try:
        url = urldefrag(urljoin(start, href.strip())).url
        urlsplit(url).port  # noqa: B018 - a port that is no number raises here
    except ValueError:
        return ""
    return url


def _same_site(url: str, page: str) -> bool:
    link, own = urlsplit(url), urlsplit(page)
    return (link.scheme, link.netloc) == (own.scheme, own.netloc) and url != urldefrag(page).url


def _is_below(url: str, page: str) -> bool:
    link, own = urlsplit(url), urlsplit(page)
    suffix = PurePosixPath(unquote(link.path)).suffix.lower()
    if suffix:
        return suffix in RECORD_SUFFIXES and link.path.startswith(own.path.rpartition("/")[0] + "/")
    # Without a suffix it must lie below the page itself, as ``/webinars/1`` lies below ``/webinars``.
    return link.path.rstrip("/").startswith(own.path.rstrip("/") + "/")


def _in_menu(anchor: lxml.html.HtmlElement) -> bool:
    return next(anchor.iterancestors("nav", "header", "footer"), None) is not None
