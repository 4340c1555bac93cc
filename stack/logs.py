"""What the portal's logs say, and what they leave out: visitors' addresses and people's texts."""

from __future__ import annotations

import ipaddress
import logging
import re
import traceback
from collections.abc import Mapping
from typing import Any

from gunicorn.glogging import Logger

# Generous on purpose: what looks like an address and is none loses its end, which does no harm.
ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9A-Fa-f]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}))(?!\w)"
)
QUERY = re.compile(r"\?[^\s'\"]+")


def truncate(address: str) -> str:
    """Return a network's address for a visitor's: the last octet, or the last 80 bits, are zero.

    >>> truncate("203.0.113.77")
    '203.0.113.0'
    """
    try:
        ip = ipaddress.ip_address(address.strip().strip("[]").partition("%")[0])
    except ValueError:
        return "-"
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    bits = 24 if ip.version == 4 else 48
    return str(ipaddress.ip_network((ip, bits), strict=False).network_address)


def without_visitors(text: str) -> str:
    """Truncate every address in a text, and drop query strings."""

    def shorten(found: re.Match[str]) -> str:
        text = found[0]
        # The last colon may belong to the sentence.
        for end in (len(text), len(text) - 1):
            if (short := truncate(text[:end])) != "-":
                return short + text[end:]
        return text

    return QUERY.sub("?...", ADDRESS.sub(shorten, text))


class QuietFormatter(logging.Formatter):
    """Says where and what kind of error happened, but not its text, which can hold what people wrote."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record."""
        quiet = logging.makeLogRecord(record.__dict__)
        quiet.msg = kind_only(record.msg)
        if isinstance(record.args, Mapping):
            quiet.args = {name: kind_only(value) for name, value in record.args.items()}
        elif record.args:
            quiet.args = tuple(kind_only(value) for value in record.args)
        quiet.exc_text = None
        return without_visitors(super().format(quiet))

    def formatException(self, ei: Any) -> str:
        """Return the places of an error and its kind."""
        kind, error, _ = ei
        frames = [
            f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
            for frame in traceback.extract_tb(error.__traceback__ if error else None)
        ]
        return "\n".join([*frames, kind_only(error) if error else str(kind)])


def kind_only(value: Any) -> Any:
    """Replace an error by the name of its kind."""
    if not isinstance(value, BaseException):
        return value
    return f"{type(value).__module__}.{type(value).__qualname__}"


class VisitorsLogger(Logger):
    """Gunicorn's logs without full addresses, query strings, referrers or browsers' names."""

    def setup(self, cfg: Any) -> None:
        """Set up the two logs."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(QuietFormatter(self.error_fmt, self.datefmt))

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> Any:
        """Return what a line of the access log may name."""
        found: dict[str, Any] = dict(super().atoms(resp, req, environ, request_time))
        line = {name: found[name] for name in ("t", "m", "U", "s", "B", "M")}
        return line | {"h": truncate(environ.get("REMOTE_ADDR", ""))}
