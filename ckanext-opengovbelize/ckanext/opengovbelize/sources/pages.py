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


# The kinds of pages with links to records: the last or only one of a list, and one whose last address is the next.
LINKS, MORE = KINDS = "links", "links-more"


def listing(page: Found, config: SourceConfig) -> Listing | None:
    """Return the addresses of the records that an HTML page lists; None where it is no list."""
    if not is_html(page) or (not config.listing and reads_as_record(page)):
        return None
    listed = record_links(page, config.listing)
    return listed if listed.addresses or config.listing else None


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


def record_links(page: Found, pattern: str, top: str = "") -> Listing:
    """Return the addresses of the records that a page lists, each once, in the order of the page; then its next page.

    They lie on the page's own site. With a pattern they match it, wherever they stand on the page; else they
    lie below the page (``top``: the first one, of a list on several), end like a record or in nothing, and do not
    stand in its menus.
    """
    try:
        document = lxml.html.document_fromstring(page.data)
    except (lxml.etree.ParserError, ValueError):
        return Listing(page, LINKS, ())
    base = document.find(".//base[@href]")
    own = page.address
    start = _absolute(own, base.get("href", "")) or own if base is not None else own
    found: dict[str, None] = {}
    following = ""
    for link in document.iter("a", "link"):
        url = on_site(_absolute(start, link.get("href", "")), own) if link.get("href") else ""
        if not url or url == urldefrag(own).url:
            continue
        relations = link.get("rel", "").lower().split()
        if "next" in relations:
            following = following or url
        elif (
            link.tag == "a"
            and "prev" not in relations
            and (fnmatchcase(url, pattern) if pattern else _is_below(url, top or own) and not _in_menu(link))
        ):
            found[url] = None
    found.pop(following, None)
    if found and following:
        return Listing(page, MORE, (*found, following))
    return Listing(page, LINKS, tuple(found))


def open_listing(first: Listing, fetcher: Fetcher, config: SourceConfig, limits: Limits) -> Opened:
    """Return the records that a page lists, and those of the pages that follow it, as each says (``rel="next"``).

    A list ends where no page follows, or one that lists nothing new: some go on for ever.

    Raises:
        SourceError: where there are too many.
    """
    found: dict[str, None] = {}
    lists, problems, seen = [first], list[Problem](), {first.page.key, first.page.address}
    while True:
        current, before = lists[-1], len(found)
        following = current.addresses[-1] if current.kind == MORE else ""
        found |= dict.fromkeys(current.addresses[:-1] if following else current.addresses)
        if not following or following in seen or len(found) == before:
            break
        if len(found) > limits.max_records:
            break
        seen.add(following)
        try:
            lists.append(_following(following, first, fetcher, config, limits))
        except FetchError as error:
            problems.append(Problem(error.code, error.message))
            break
    # Where pages are numbered, each links to all others.
    opened = open_addresses([url for url in found if url not in seen], fetcher, config, limits)
    opened.lists, opened.problems, opened.partial = lists, problems, bool(problems)
    return opened


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


def _following(url: str, first: Listing, fetcher: Fetcher, config: SourceConfig, limits: Limits) -> Listing:
    page = fetcher.get(url).found(url, "")
    if known := limits.memory.listing(page):
        return known
    if page.same:
        # It was a record once: what it lists is not known.
        page = fetcher.get(url, whole=True).found(url, "")
    return record_links(page, config.listing, first.page.address)


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


def on_site(url: str, page: str) -> str:
    """Return a link as an address of the page's own site; empty where it leads to another.

    Sites that moved to https, or to a name with or without ``www.``, keep the former in their links. What they lead
    to is one record, and is known by one address.
    """
    link, own = urlsplit(url), urlsplit(page)
    if link.netloc == own.netloc and link.scheme == own.scheme:
        return url
    if link.scheme not in ("http", "https") or own.scheme not in ("http", "https"):
        return ""
    if _bare(link.netloc) != _bare(own.netloc):
        return ""
    return link._replace(scheme=own.scheme, netloc=own.netloc).geturl()


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _is_below(url: str, page: str) -> bool:
    link, own = urlsplit(url), urlsplit(page)
    suffix = PurePosixPath(unquote(link.path)).suffix.lower()
    if suffix:
        return suffix in RECORD_SUFFIXES and link.path.startswith(own.path.rpartition("/")[0] + "/")
    # Without a suffix it must lie below the page itself, as ``/webinars/1`` lies below ``/webinars``.
    return link.path.rstrip("/").startswith(own.path.rstrip("/") + "/")


def _in_menu(anchor: lxml.html.HtmlElement) -> bool:
    return next(anchor.iterancestors("nav", "header", "footer"), None) is not None
