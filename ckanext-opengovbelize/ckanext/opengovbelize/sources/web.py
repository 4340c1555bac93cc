"""Fetching over http and https, within limits, with patience, and with no private word in an error."""

from __future__ import annotations

import functools
import itertools
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import requests

from .addresses import Clock, Guarded, NotPublic
from .files import too_large
from .found import Credentials, Found, Limits

CHUNK = 65_536
# How an answer may be packed: what is unpacked bit by bit, so that it can be measured on the way. What is installed
# beside this extension may teach the HTTP library others, which nobody measures.
PACKED = ("gzip", "deflate")
# A server that sends byte after byte never runs into the time limit of a socket, which begins anew with each. So many
# of them a whole answer may take; one, where the patience of the run is used up.
WHOLE_FETCH = 10
# What a server is left alone for once the patience of the run is used up: so many of them in a row.
LATE = ("address-timeout", "address-unreachable")
MOST_LATE = 3
AWAY = "server-away"
TIME_UP = "time-is-up"
# Answers after which a server may do better.
BUSY = (429, 502, 503, 504)
REDIRECTS = (301, 302, 303, 307, 308)
PLAIN_PARAMETER = re.compile(r"[\w-]{1,12}")
SECRET_PARAMETER = re.compile(r"key|token|sig|pass|secret|auth|code|session|user|mail|name", re.IGNORECASE)


class FetchError(Exception):
    """An address that did not answer as it should. Repeats neither the address nor its server's words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


class Busy(FetchError):
    """A server that may answer later; ``pause`` is how many seconds it asks to be left alone, if it does."""

    def __init__(self, code: str, message: str, pause: float | None = None) -> None:
        super().__init__(code, message)
        self.pause = pause


@dataclass(frozen=True)
class Page:
    """One answer; ``url`` is where the redirections ended.

    ``etag`` and ``modified`` are what the server says of this version; ``same``: it has not changed, and is not sent.
    """

    url: str
    data: bytes = field(repr=False)
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    same: bool = False

    def found(self, asked: str, content_type: str) -> Found:
        """Return it as the record that was asked for."""
        type_ = content_type or self.content_type
        return Found(
            asked,
            label(asked),
            self.data,
            type_,
            self.url,
            etag=self.etag,
            modified=self.modified,
            same=self.same,
        )


class Fetcher:
    """Fetches the pages of one source in one run."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.lost = 0.0
        self.late = 0
        self.session = requests.Session()
        self.session.headers["User-Agent"] = "ckanext-opengovbelize"
        self.session.headers["Accept-Encoding"] = ", ".join(PACKED)
        # Keeps requests from sending what the operator's .netrc holds for a host.
        self.session.auth = lambda request: request
        self.adapters = [Guarded(limits.hosts) for _ in range(2)]
        for scheme, adapter in zip(("http://", "https://"), self.adapters, strict=True):
            self.session.mount(scheme, adapter)

    def get(self, url: str, *, whole: bool = False) -> Page:
        """Return what an address answers.

        Args:
            url: the address.
            whole: whether to ask for it as it is, changed or not.

        Raises:
            FetchError: where it does not, or answers too late or too much.
        """
        if self.late >= MOST_LATE and self.lost >= self.limits.patience:
            raise FetchError(
                AWAY,
                "The server did not answer several times in a row, and was left alone for the rest of the run. Run the "
                "source again when it is up.",
            )
        begun, lost = time.monotonic(), self.lost
        if begun >= self.limits.until:
            raise FetchError(
                TIME_UP,
                "The server needs longer than there is time for here. Save the source and run it: a run takes longer.",
            )
        try:
            page = self._patiently(url, {} if whole else self.limits.memory.headers(url))
        except FetchError as error:
            if error.code in LATE:
                self.late += 1
                self.lost = max(self.lost, lost + time.monotonic() - begun)
            raise
        self.late = 0
        return page

    def _patiently(self, url: str, conditions: Mapping[str, str]) -> Page:
        """Ask a server that is busy or away again, as often as the limits allow."""
        patient = self.lost < self.limits.patience
        seconds = self.limits.timeout * (WHOLE_FETCH if patient else 1)
        deadline = min(time.monotonic() + seconds, self.limits.until)
        for attempt in itertools.count():
            begun = time.monotonic()
            try:
                return self._in_time(url, conditions, deadline)
            except Busy as error:
                pause = error.pause if error.pause is not None else self.limits.backoff * 2**attempt
                self.lost += time.monotonic() - begun
                if self.lost + pause >= self.limits.timeout:
                    self.limits.kept_waiting()
                if attempt >= self.limits.retries or not self._may_wait(pause, deadline):
                    raise
                self.lost += pause
                time.sleep(pause)
        raise AssertionError("unreachable")

    def _may_wait(self, pause: float, deadline: float) -> bool:
        """Tell whether there is patience left: a server that stays away must not cost it for every record anew."""
        return time.monotonic() + pause <= deadline and self.lost + pause <= self.limits.patience

    def _in_time(self, url: str, conditions: Mapping[str, str], deadline: float) -> Page:
        seconds = deadline - time.monotonic()
        with Clock(self.adapters, seconds, self.limits.timeout, self.limits.kept_waiting) as clock:
            try:
                page = self._follow(url, conditions)
            except FetchError:
                if not clock.struck:
                    raise
                page = None
        if page is None or clock.struck:
            # What came until then may be half of it.
            raise FetchError("address-timeout", "The server sends too slowly. Try again later.")
        return page

    def _follow(self, url: str, conditions: Mapping[str, str]) -> Page:
        """Ask once, and follow redirections."""
        # Asked for anew at each redirection: what is meant for one host goes to no other.
        credentials = self.limits.credentials or Credentials("")
        for _ in range(self.limits.max_redirects + 1):
            check(url)
            self.limits.before_request()
            try:
                with self.session.get(
                    url,
                    params=credentials.parameters(url),
                    headers={**conditions, **credentials.headers(url)},
                    timeout=self.limits.timeout,
                    stream=True,
                    allow_redirects=False,
                ) as response:
                    if response.status_code in REDIRECTS and (target := _target(response)):
                        url = credentials.without(urljoin(url, target))
                        continue
                    if response.status_code == 304 and conditions:
                        return Page(url, b"", same=True)
                    return self._page(url, response)
            except requests.Timeout:
                raise Busy("address-timeout", "The server did not answer in time. Try again later.") from None
            except NotPublic:
                raise FetchError(
                    "address-private",
                    "The address leads into the portal's own network. Give a public address, or ask the operator "
                    "to add the host to ckanext.opengovbelize.allowed_hosts.",
                ) from None
            except requests.ConnectionError:
                raise Busy(
                    "address-unreachable",
                    "The server could not be reached. Check the address, and that its site is up.",
                ) from None
            except (requests.RequestException, ValueError, UnicodeError):
                raise FetchError(
                    "address-unreachable",
                    "The server could not be reached. Check the address, and that its site is up.",
                ) from None
        raise FetchError(
            "address-redirects", "The address redirects too often. Give the address where it ends."
        )

    def _page(self, url: str, response: requests.Response) -> Page:
        if response.status_code != 200:
            kind = FetchError
            if response.status_code in BUSY:
                kind = functools.partial(Busy, pause=_retry_after(response))
            raise kind(
                "address-status",
                f"The server answered with status {response.status_code}. Open the address in a browser "
                "without logging in: what is not seen there cannot be harvested.",
            )
        packed = response.headers.get("Content-Encoding", "").strip().lower()
        if packed not in ("", "identity", *PACKED, "x-gzip"):
            # Several in a row, each within the other, are none of these either.
            raise FetchError(
                "address-packed",
                f"The server packs its answer in a way that it was not asked for. It may use {' or '.join(PACKED)}, "
                "once, or send it as it is: tell who runs the site.",
            )
        data = bytearray()
        for chunk in response.iter_content(CHUNK):
            data += chunk
            if len(data) > self.limits.max_bytes:
                raise FetchError("too-large", too_large(self.limits))
        said = response.headers
        return Page(
            url,
            bytes(data),
            said.get("Content-Type", ""),
            etag=said.get("ETag", ""),
            modified=said.get("Last-Modified", ""),
        )


def _target(response: requests.Response) -> str:
    """Return where a server redirects to: many write letters with accents as they are, in UTF-8."""
    stated = response.headers.get("Location", "").strip()
    try:
        return stated.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return stated


def _retry_after(response: requests.Response) -> float | None:
    """Return how many seconds a server asks to be left alone: it states a number of them, or a time."""
    stated = response.headers.get("Retry-After", "").strip()
    if stated.isascii() and stated.isdigit():
        return float(stated)
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def label(url: str) -> str:
    """Return how reports name an address: host, path, and of the query what looks like a page number."""
    parts = urlsplit(url)
    query = "&".join(
        f"{name}={value}"
        for name, value in parse_qsl(parts.query)
        if PLAIN_PARAMETER.fullmatch(value) and not SECRET_PARAMETER.search(name)
    )
    return f"{parts.hostname or ''}{unquote(parts.path)}{'?' if query else ''}{query}"


def check(url: str) -> None:
    """Refuse an address that is not fetched, wherever it leads.

    Raises:
        FetchError: with what is wrong with it.
    """
    try:
        parts = urlsplit(url)
        host, _port, password = parts.hostname, parts.port, parts.username or parts.password
    except ValueError:
        raise FetchError(
            "address-malformed", "The address cannot be read. Copy it from the browser again."
        ) from None
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError("address-scheme", "Only addresses that begin with https: or http: can be fetched.")
    if password:
        raise FetchError(
            "address-password", "The address holds a user name or password. Give one that needs none."
        )
