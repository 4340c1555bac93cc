"""What a source yields."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ..records.problems import Problem
from ..records.readers.content import MOST_CHARACTERS
from .memory import Listing, Memory


class SourceError(Exception):
    """The source as a whole could not be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True)
class Credentials:
    """What one host is told, and no other.

    Attributes:
        host: the host, with its port where that is not the usual one.
        authorization: the value of the header ``Authorization``, or empty.
        query: what is added to the query of an address, such as ``token=…``, for servers that ask for it there.
        plain: whether it may be sent without encryption too, in the operator's own network.
    """

    host: str
    authorization: str = field(default="", repr=False)
    plain: bool = False
    query: str = field(default="", repr=False)

    def headers(self, url: str) -> dict[str, str]:
        """Return the headers for a request to ``url``."""
        return {"Authorization": self.authorization} if self.authorization and self._are_for(url) else {}

    def parameters(self, url: str) -> list[tuple[str, str]]:
        """Return what is added to the query for a request to ``url``."""
        return parse_qsl(self.query) if self._are_for(url) else []

    def without(self, url: str) -> str:
        """Return an address to which a server redirects without what it was told, if it repeats it."""
        told = parse_qsl(self.query)
        parts = urlsplit(url)
        if not any(parameter in told for parameter in parse_qsl(parts.query)):
            return url
        kept = [each for each in parse_qsl(parts.query, keep_blank_values=True) if each not in told]
        return urlunsplit(parts._replace(query=urlencode(kept)))

    def _are_for(self, url: str) -> bool:
        parts = urlsplit(url)
        usual = {"https": 443, "http": 80}.get(parts.scheme)
        named = {parts.netloc.lower(), f"{parts.hostname}:{parts.port or usual}"}
        if parts.port in (None, usual):
            named.add(parts.hostname or "")
        secure = parts.scheme == "https" or self.plain
        return secure and self.host.lower() in named


@dataclass(frozen=True)
class Limits:
    """What reading a source may cost, and where it may reach.

    Attributes:
        folders: directories below which ``file:`` addresses may lie; None for anywhere (the command line).
        hosts: hosts that may lie in the portal's own network; None for all (the command line).
        timeout: seconds to wait for a server.
        max_bytes: largest record, page or archive.
        max_characters: most characters of text that one file may hold.
        max_records: most files of a folder or archive, or links of a page.
        max_redirects: most redirections followed for one address.
        retries: how often a server that is busy or away is asked again.
        backoff: seconds to wait before that, doubled each time, where the server does not state them.
        patience: seconds that one run may lose to servers that are busy or away; after that nobody is asked again.
        memory: what the last runs know of the source's pages.
        credentials: for the one host that they are declared for.
        max_ratio: how many times larger an archive's member may grow when it is unpacked.
        kept_waiting: called when a server has kept the run waiting as long as it may before others get their turn, and
            again while it goes on so. What it raises breaks off even an answer that is on its way.
        before_request: called before a server is asked for anything. What it raises ends the run: nobody wants it any
            more.
        until: the moment (``time.monotonic()``) after which nothing more is fetched, or read of an upload.
    """

    folders: tuple[str, ...] | None = ()
    hosts: tuple[str, ...] | None = ()
    timeout: float = 30
    max_bytes: int = 20_000_000
    max_characters: int = MOST_CHARACTERS
    max_records: int = 5_000
    max_redirects: int = 5
    max_ratio: int = 200
    retries: int = 0
    backoff: float = 2
    patience: float = 300
    until: float = math.inf
    credentials: Credentials | None = None
    kept_waiting: Callable[[], None] = lambda: None
    before_request: Callable[[], None] = lambda: None
    memory: Memory = field(default_factory=Memory, repr=False)


# The kind of a page that describes no session, where others of its list do.
OTHER = "other"


@dataclass(frozen=True)
class Found:
    """One record of a source, or the reason why its bytes are not there.

    Attributes:
        key: its address within the source; the same in every run. Stored as a keyed hash only.
        label: how reports name it.
        data: its bytes, unscreened: never stored or logged.
        content_type: as its server states it, or empty.
        address: its own web address, or empty.
        problem: why it could not be had.
        companions: chats and captions that belong to it.
        kind: what its bytes are, where the source itself knows: a dataset or a table of another portal, or a page that
            describes no session (``OTHER``).
        stamp: what changes whenever the record does, where the source tells so much without its bytes.
        etag: what its server says by which to ask whether it has changed.
        modified: the same, as a time.
        same: its server says that it has not changed; there are no bytes.
        called: what the source calls its records where they refer to each other, with their keys.
        fetch: gets the bytes of a record that has a stamp, or has not changed.
    """

    key: str
    label: str
    data: bytes = field(default=b"", repr=False)
    content_type: str = ""
    address: str = ""
    problem: Problem | None = None
    companions: tuple[Found, ...] = ()
    kind: str = ""
    stamp: str = ""
    etag: str = ""
    modified: str = ""
    same: bool = False
    called: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    fetch: Callable[[], Found] | None = field(default=None, repr=False, compare=False)

    @property
    def whole(self) -> bytes:
        """All bytes of it, those of its companions included, or its stamp: what is unchanged where they are."""
        if self.stamp:
            return self.stamp.encode("utf-8", "replace")
        return b"\0".join([self.data, *(companion.data for companion in self.companions)])


@dataclass
class Opened:
    """A source that answers.

    Attributes:
        records: the records, each fetched when its turn comes.
        count: how many there are.
        alone: whether the source's address is that of its one record.
        problems: what concerns the source and no single record.
        deleted: keys of records of which the source itself says that they are deleted.
        page: the one answer or file that all its records are in, where there is one.
        lists: the pages that list them, where there are such.
        partial: some of what it lists could not be had, so that nobody can tell what is gone.
        by_subject: its records are known by what they are about, not by where they lie, and what is not among them is
            not gone: files that a person sends.
    """

    records: Iterable[Found]
    count: int
    alone: bool = False
    problems: list[Problem] = field(default_factory=list)
    deleted: frozenset[str] = frozenset()
    page: Found | None = None
    lists: list[Listing] = field(default_factory=list)
    partial: bool = False
    by_subject: bool = False


def missing(key: str, label: str, code: str, message: str) -> Found:
    """Return a record that is listed, but whose bytes could not be had."""
    return Found(key, label, problem=Problem(code, message, file=label, rejects=True))
