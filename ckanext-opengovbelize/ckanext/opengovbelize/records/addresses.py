"""Web addresses as people write them into one cell: several at once, with "www." and nothing before it."""

from __future__ import annotations

import re

# An address may hold a comma or a semicolon itself; what parts two is followed by another address.
_BETWEEN = re.compile(r"\s+|[,;](?=\s|$|https?://|www\.)", re.IGNORECASE)


def several(text: str) -> list[str]:
    """Return the addresses in a text, each once; ``https://`` goes before one that begins with "www."."""
    pieces = [piece.strip(",;") for piece in _BETWEEN.split(text.strip())]
    return list(dict.fromkeys(whole(piece) for piece in pieces if piece))


def whole(address: str) -> str:
    """Return an address with ``https://`` where it begins with "www."."""
    return f"https://{address}" if address.lower().startswith("www.") else address
