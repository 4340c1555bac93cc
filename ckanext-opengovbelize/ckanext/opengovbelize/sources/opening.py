"""One way into every kind of source."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..records.problems import Problem
from . import archives, ckan, files, oai_pmh, pages, sitemaps, web
from .config import SourceConfig
from .found import Found, Limits, Opened, SourceError
from .memory import Listing

_FILE = "file:"


def open_source(url: str, config: SourceConfig, limits: Limits) -> Opened:
    """Open a source and say which records it has.

    What the address leads to is decided by its content, not by its name.

    Args:
        url: an ``http:``, ``https:`` or ``file:`` address.
        config: how to read the source.
        limits: what reading may cost, and where it may reach.

    Raises:
        SourceError: where the source as a whole cannot be read.
    """
    address = checked_address(url)
    if address.startswith(_FILE):
        return _open_path(address, config, limits)
    return _open_web(address, config, limits)


def checked_address(url: str) -> str:
    """Return an address as it is opened, if a source can have it, wherever it may lead.

    Raises:
        SourceError: where none can have it.
    """
    scheme, _colon, rest = url.strip().partition(":")
    scheme = scheme.lower()
    if scheme == "webcal":
        # So calendars are subscribed to; what is fetched is the same address on the web.
        scheme = "https"
    if scheme not in ("http", "https", "file"):
        raise SourceError(
            Problem(
                "address-unknown",
                "The address of a source must begin with https:, http: or file: — mend it in its form.",
            )
        )
    address = f"{scheme}:{rest}"
    if scheme != "file":
        try:
            web.check(address)
        except web.FetchError as error:
            raise SourceError(Problem(error.code, error.message)) from None
    return address


def _open_path(url: str, config: SourceConfig, limits: Limits) -> Opened:
    path = files.path_of(url, limits)
    if path.is_dir():
        return files.open_folder(path, config, limits)
    data = files.read_source(path, limits)
    found = Found(path.name, path.name, data, config.content_type)
    if archives.is_archive(data, path.name):
        return archives.open_archive(found, config, limits)
    return _one(found)


def _open_web(url: str, config: SourceConfig, limits: Limits) -> Opened:
    fetcher = web.Fetcher(limits)
    if config.format == ckan.FORMAT and (site := ckan.site_of(url, None)):
        return ckan.open_site(site, fetcher, config, limits)
    if config.format == oai_pmh.FORMAT:
        return oai_pmh.open_repository(url, fetcher, config, limits)
    try:
        page = fetcher.get(url)
    except web.FetchError as error:
        raise SourceError(Problem(error.code, error.message)) from None
    found = page.found(url, config.content_type)
    # What the configuration calls the format is that of the records, not of what lists them.
    asked = page.found(url, "")
    if listing := limits.memory.listing(asked):
        return _open_listing(listing, fetcher, config, limits)
    if page.same:
        # An archive too; whether it is one was seen when it was read.
        return Opened([found], 1, page=found)
    if archives.is_archive(page.data, urlsplit(url).path):
        return archives.open_archive(found, config, limits)
    if not config.listing and not config.format and (site := ckan.site_of(url, page)):
        return ckan.open_site(site, fetcher, config, limits)
    if not config.format and oai_pmh.is_repository(page):
        return oai_pmh.open_repository(page.url, fetcher, config, limits)
    if listing := sitemaps.listing(asked, limits) or pages.listing(asked, config):
        return _open_listing(listing, fetcher, config, limits)
    return _one(found)


def _open_listing(listing: Listing, fetcher: web.Fetcher, config: SourceConfig, limits: Limits) -> Opened:
    if listing.kind in sitemaps.KINDS:
        return sitemaps.open_sitemap(listing, fetcher, config, limits)
    return pages.open_listing(listing, fetcher, config, limits)


def _one(found: Found) -> Opened:
    return Opened([found], 1, alone=True, page=found)
