"""Which addresses of a source's pages may be kept in clear: those in which nothing is private.

Most are kept as keyed hashes only, since a name or a token may stand in one. Of a hash no page can be asked for.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from ..privacy.policy import Policy
from ..sources import web
from . import labels

_NUMBER = re.compile(r"\d{1,12}")


def may_be_kept(address: str, own: str, policy: Policy) -> bool:
    """Tell whether an address says nothing private beyond what the source's own, which everybody may read, says.

    Args:
        address: of a page that the source lists.
        own: the source's address.
        policy: the screen's rules.
    """
    parts = urlsplit(address)
    if parts.username or parts.password or parts.fragment:
        return False
    query = parse_qsl(parts.query, keep_blank_values=True)
    if any(web.SECRET_PARAMETER.search(name) or not _NUMBER.fullmatch(value) for name, value in query):
        # Whatever else stands in a query may be a token, or what somebody searched for.
        return False
    beyond = f"{_beyond(address, own)}{'?' if parts.query else ''}{parts.query}"
    return labels.screened(beyond, policy) == beyond


def _beyond(address: str, own: str) -> str:
    """Return what an address's host and path say that those of the source's own address do not."""
    parts, known = urlsplit(address), urlsplit(own)
    path = unquote(parts.path) or "/"
    if parts.netloc.lower() != known.netloc.lower():
        return f"{parts.netloc}{path}"
    folder = unquote(known.path).rpartition("/")[0] + "/"
    while not path.startswith(folder):
        folder = folder.rstrip("/").rpartition("/")[0] + "/"
    return path.removeprefix(folder)
