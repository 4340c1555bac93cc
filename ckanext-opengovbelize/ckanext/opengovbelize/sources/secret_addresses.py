"""Addresses that hold a secret: whoever may open the source reads it, and so do backups and the logs of servers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from ..records.problems import Problem
from .config import SourceConfig
from .found import SourceError

# Names of parameters, in small letters and digits only. Those of a place in a long list are no secrets.
_SECRET = re.compile(
    r".*(?:token|secret|passw(?:or)?d|passphrase|signature|credential|authorization"
    r"|(?:api|access|secret|auth|private|subscription)key(?:id)?|sess(?:ion)?id|tempauth)|sig|pwd|jwt|bearer"
)
_PLACE_IN_LIST = re.compile(r".*(?:page|resumption|continuation|skip|sync)token")
# What else is called so is a number of a record.
_KEY = frozenset(["key", "auth", "pass"])
_NUMBER = re.compile(r"\d{1,6}")
# The link to a file that somebody shared on OneDrive, which it names beside: made to be passed on.
_SHARED_FILE = frozenset(["authkey", "resid"])
# Azure's keys are called "code", and so are a country's and a course's.
_RANDOM_CODE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w/+=.~-]{20,}")
_SIGNED_CLAIMS = re.compile(r"eyJ[\w-]{8,}\.eyJ[\w-]+\.[\w-]+")
# By such a part of its path whoever knows it reads a calendar.
_UNGUESSABLE = re.compile(
    r"private-\w{8,}|(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z0-9]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    re.IGNORECASE,
)
_DEEPEST = 3


def check(url: str, config: SourceConfig) -> None:
    """Refuse an address with a secret that need not stand there, or that would be published with it.

    Args:
        url: the address of a source, as somebody typed it.
        config: the source's configuration.

    Raises:
        SourceError: with how to do without.
    """
    if url.strip().lower().startswith("file:"):
        return
    if _in_parameters(url):
        raise SourceError(
            Problem(
                "address-secret",
                "The address holds a key, a token or a password, which whoever opens the source would read. Take "
                "it out of the address, ask the operator of the portal to set it up as credentials, and write their "
                'name into the configuration: {"credentials": "NAME"}. A signed link stops working soon: give the '
                "lasting address.",
            )
        )
    if config.public_page and _is_private_calendar(url):
        raise SourceError(
            Problem(
                "address-secret-public",
                "This is the secret address of a calendar: whoever has it reads all of it, and public_page would "
                "publish it. Take public_page out of the configuration, so that only editors of your organization "
                "see the address, or give the calendar's public one.",
            )
        )


def _in_parameters(url: str) -> bool:
    stated = [*_parameters(url, _DEEPEST)]
    shared = _SHARED_FILE if {name for name, _value in stated} >= _SHARED_FILE else frozenset()
    return any(_is_secret(name, value) for name, value in stated if name not in shared)


def _parameters(url: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield names and values in the query, the fragment and the path of an address, and of addresses within it."""
    parts = urlsplit(url.strip())
    stated = [parts.query, parts.fragment.rpartition("?")[2], *parts.path.split(";")[1:]]
    for name, value in parse_qsl("&".join(stated).replace(";", "&")):
        yield re.sub(r"[^a-z0-9]", "", name.lower()), value
        if depth and "=" in value:
            yield from _parameters(value if "?" in value else f"?{value}", depth - 1)


def _is_secret(name: str, value: str) -> bool:
    value = value.strip()
    if _SECRET.fullmatch(name) and not _PLACE_IN_LIST.fullmatch(name):
        return bool(value)
    if name in _KEY:
        return bool(value) and not _NUMBER.fullmatch(value)
    return bool(name == "code" and _RANDOM_CODE.fullmatch(value)) or bool(_SIGNED_CLAIMS.search(value))


def _is_private_calendar(url: str) -> bool:
    parts = urlsplit(url.strip())
    steps = [unquote(step) for step in parts.path.split("/")]
    is_calendar = parts.scheme.lower() == "webcal" or steps[-1].lower().endswith((".ics", ".ical"))
    return is_calendar and any(_UNGUESSABLE.fullmatch(re.sub(r"\.ic(?:s|al)$", "", step)) for step in steps)
