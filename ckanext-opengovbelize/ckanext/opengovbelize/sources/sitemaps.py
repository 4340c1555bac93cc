"""Sitemaps: the addresses of a web site's pages, in one file or in several that another lists."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from urllib.parse import urldefrag

from ..records import xml
from ..records.problems import Problem
from .config import SourceConfig
from .found import OTHER, Found, Limits, Opened
from .memory import Listing
from .pages import on_site, open_addresses, reads_as_record
from .web import Fetcher, FetchError

_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<!--.{0,2000}?-->\s*|<\?[^>]{0,300}>\s*)*<(?:\w+:)?(urlset|sitemapindex)\b",
    re.DOTALL,
)
# What a sitemap lists: pages, or more sitemaps.
KINDS = PAGES, INDEX = "urlset", "sitemapindex"
_GZIP = b"\x1f\x8b"
# A site with more sitemaps than this is no program's own.
_MOST_SITEMAPS = 100
# A list of sitemaps lists sitemaps; some sites put one more list in between.
_DEEPEST = 3


def listing(page: Found, limits: Limits) -> Listing | None:
    """Return the addresses that a sitemap lists; None where it is none, which its first element tells."""
    if not _START.match(_plain(page.data, 10_000).lstrip(b"\xef\xbb\xbf")):
        return None
    return _read(page, limits)


def open_sitemap(first: Listing, fetcher: Fetcher, config: SourceConfig, limits: Limits) -> Opened:
    """Return the records among the pages of a sitemap.

    With ``listing`` these are the pages whose address fits; without it those that describe a session, which means
    that all of them are fetched.

    Raises:
        SourceError: where it lists too many pages.
    """
    site = _Site(first, fetcher, config, limits)
    opened = open_addresses(site.pages(), fetcher, config, limits)
    opened.problems, opened.lists, opened.partial = site.problems, site.lists, site.partial
    if not config.listing:
        opened.records = _sessions(opened.records, limits)
    return opened


def _sessions(records: Iterable[Found], limits: Limits) -> Iterator[Found]:
    """Say of those that describe no session that they are others."""
    for found in records:
        if found.problem or limits.memory.was_read(found) or reads_as_record(found):
            yield found
        else:
            yield replace(found, kind=OTHER)


class _Site:
    """The sitemaps of a site: one, or several that others list; those that list each other are read once."""

    def __init__(self, first: Listing, fetcher: Fetcher, config: SourceConfig, limits: Limits) -> None:
        self.first, self.fetcher, self.config, self.limits = first, fetcher, config, limits
        self.problems: list[Problem] = []
        self.lists: list[Listing] = []
        self.partial = False

    def pages(self) -> list[str]:
        """Return the addresses on the sitemap's own host that are wanted, each once."""
        waiting, seen = deque([(self.first, 1)]), {urldefrag(self.first.page.address).url}
        found: dict[str, None] = {}
        while waiting:
            current, depth = waiting.popleft()
            if not current.kind:
                message = "A sitemap cannot be read: it is cut off or damaged. Tell who runs the web site."
                self._lacks(Problem("sitemap-damaged", message))
                continue
            if current.kind == INDEX and depth > _DEEPEST:
                message = "Lists of sitemaps lead to more lists of sitemaps: those that lie too deep were not followed."
                self.problems.append(Problem("sitemap-deep", message))
                continue
            own = (self._own(url) for url in current.addresses)
            wanted = tuple(url for url in own if url and self._is_wanted(url, current.kind))
            self.lists.append(replace(current, addresses=wanted))
            if current.kind == PAGES:
                found |= dict.fromkeys(wanted)
                if len(found) > self.limits.max_records:
                    break
                continue
            for url in wanted:
                if url not in seen and len(seen) < _MOST_SITEMAPS:
                    seen.add(url)
                    waiting += [(each, depth + 1) for each in self._fetched(url)]
        return list(found)

    def _own(self, url: str) -> str:
        try:
            return on_site(url, self.first.page.address)
        except ValueError:
            return ""

    def _is_wanted(self, url: str, kind: str) -> bool:
        return kind == INDEX or not self.config.listing or fnmatchcase(url, self.config.listing)

    def _fetched(self, url: str) -> list[Listing]:
        try:
            page = self.fetcher.get(url).found(url, "")
        except FetchError as error:
            self._lacks(Problem(error.code, error.message))
            return []
        return [self.limits.memory.listing(page) or _read(page, self.limits)]

    def _lacks(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.partial = True


def _read(page: Found, limits: Limits) -> Listing:
    """Return what a sitemap lists; without a kind where it is none or damaged."""
    data = _plain(page.data, limits.max_bytes)
    root = xml.parse(data, recover=True) if _START.match(data.lstrip(b"\xef\xbb\xbf")) else None
    if root is None:
        return Listing(page, "", ())
    # Pictures and videos in a sitemap have addresses in namespaces of their own.
    places = root.xpath("/*/*/*[local-name()='loc']")
    return Listing(page, xml.name(root), tuple(urldefrag((place.text or "").strip()).url for place in places))


def _plain(data: bytes, most: int) -> bytes:
    """Return the data unpacked, where it is packed, and no more of it than ``most``."""
    if not data.startswith(_GZIP):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            return stream.read(most)
    except (OSError, EOFError, zlib.error):
        return b""
