"""Sitemaps: the addresses of a web site's pages, in one file or in several that another lists."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from urllib.parse import urldefrag, urlsplit

from ..records import xml
from ..records.problems import Problem
from .config import SourceConfig
from .files import too_many
from .found import Found, Limits, Opened, SourceError
from .pages import open_listing, reads_as_record
from .web import Fetcher, FetchError, Page

_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<!--.{0,2000}?-->\s*|<\?[^>]{0,300}>\s*)*<(?:\w+:)?(urlset|sitemapindex)\b",
    re.DOTALL,
)
_GZIP = b"\x1f\x8b"
# A site with more sitemaps than this is no program's own.
_MOST_SITEMAPS = 100
# A list of sitemaps lists sitemaps; some sites put one more list in between.
_DEEPEST = 3


def is_sitemap(page: Page) -> bool:
    """Tell a sitemap by its first element."""
    return bool(_START.match(_plain(page.data, 10_000).lstrip(b"\xef\xbb\xbf")))


def open_sitemap(page: Page, fetcher: Fetcher, config: SourceConfig, limits: Limits) -> Opened:
    """Return the records among the pages of a sitemap.

    With ``listing`` these are the pages whose address fits; without it those that describe a session, which means
    that all of them are fetched.

    Raises:
        SourceError: where it lists too many pages.
    """
    problems: list[Problem] = []
    links = [
        url
        for url in _addresses(page, fetcher, limits, problems)
        if not config.listing or fnmatchcase(url, config.listing)
    ]
    if len(links) > limits.max_records:
        raise SourceError(Problem("too-many-records", too_many(limits)))
    opened = open_listing(links, fetcher, config, limits)
    opened.problems = problems
    if not config.listing:
        opened.records = _sessions(opened.records, problems)
    return opened


def _sessions(records: Iterable[Found], problems: list[Problem]) -> Iterator[Found]:
    left_out = 0
    for found in records:
        if (
            found.problem
            or found.same
            or reads_as_record(Page(found.address, found.data, found.content_type))
        ):
            yield found
        else:
            left_out += 1
    if left_out:
        message = (
            f"Pages of the sitemap that describe no session: {left_out}. They were left out. Name the pages of sessions"
            ' in the configuration, like "listing": "*/webinars/*", so that the others are not fetched.'
        )
        problems.append(Problem("page-skipped", message))


def _addresses(page: Page, fetcher: Fetcher, limits: Limits, problems: list[Problem]) -> list[str]:
    """Return the addresses on the sitemap's own host, each once; sitemaps that list each other are read once."""
    waiting, seen = deque([(page, 1)]), {urldefrag(page.url).url}
    found: dict[str, None] = {}
    while waiting:
        current, depth = waiting.popleft()
        kind, locations = _locations(current, limits)
        if not kind:
            message = "A sitemap cannot be read: it is cut off or damaged. Tell who runs the web site."
            problems.append(Problem("sitemap-damaged", message))
        if kind == "sitemapindex" and depth > _DEEPEST:
            message = (
                "Lists of sitemaps lead to more lists of sitemaps: those that lie too deep were not followed."
            )
            problems.append(Problem("sitemap-deep", message))
            continue
        for url in locations:
            if urlsplit(url)[:2] != urlsplit(page.url)[:2] or len(found) > limits.max_records:
                continue
            if kind != "sitemapindex":
                found[url] = None
            elif url not in seen and len(seen) < _MOST_SITEMAPS:
                seen.add(url)
                try:
                    waiting.append((fetcher.get(url), depth + 1))
                except FetchError as error:
                    problems.append(Problem(error.code, error.message))
    return list(found)


def _locations(page: Page, limits: Limits) -> tuple[str, list[str]]:
    data = _plain(page.data, limits.max_bytes)
    root = xml.parse(data, recover=True) if _START.match(data.lstrip(b"\xef\xbb\xbf")) else None
    if root is None:
        return "", []
    # Pictures and videos in a sitemap have addresses in namespaces of their own.
    places = root.xpath("/*/*/*[local-name()='loc']")
    return xml.name(root), [urldefrag((place.text or "").strip()).url for place in places]


def _plain(data: bytes, most: int) -> bytes:
    """Return the data unpacked, where it is packed, and no more of it than ``most``."""
    if not data.startswith(_GZIP):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            return stream.read(most)
    except (OSError, EOFError, zlib.error):
        return b""
