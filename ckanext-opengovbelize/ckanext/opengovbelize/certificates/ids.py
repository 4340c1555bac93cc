"""Ids of certificates: 128 random bits, in letters and digits that cannot be mistaken for one another."""

from __future__ import annotations

import re
import secrets

# Crockford's base 32: no I, L, O, U.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 26
_GROUPS = ((0, 5), (5, 10), (10, 15), (15, 20), (20, 26))
_LIKE = str.maketrans("OIL", "011")
_WRITTEN = re.compile(
    r"(?<![0-9A-Za-z-])[0-9A-Za-z]{5}(?:[-\s][0-9A-Za-z]{5}){3}[-\s][0-9A-Za-z]{6}(?![0-9A-Za-z-])"
)
# A hyphen that a word processor or a mail program put in the place of ours.
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def new() -> str:
    """Return a new id, such as ``7Q2ZK-0M4TD-XW9AB-3NRPE-51HGVC``."""
    number = secrets.randbits(128)
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
    return "-".join(letters[start:end] for start, end in _GROUPS)


def find(text: str) -> list[str]:
    """Return the ids in a text, each once, in the one form in which they are kept.

    >>> find("revoke 7q2zk-om4td-xw9ab-3nrpe-51hgvc, please")
    ['7Q2ZK-0M4TD-XW9AB-3NRPE-51HGVC']
    """
    found = (_canonical(match[0]) for match in _WRITTEN.finditer(text.translate(_HYPHENS)))
    return list(dict.fromkeys(id_ for id_ in found if id_))


def _canonical(written: str) -> str:
    letters = re.sub(r"[-\s]", "", written).upper().translate(_LIKE)
    # 26 letters have room for 130 bits: the first is 0 to 7.
    if letters[0] > "7" or any(letter not in _ALPHABET for letter in letters):
        return ""
    return "-".join(letters[start:end] for start, end in _GROUPS)
