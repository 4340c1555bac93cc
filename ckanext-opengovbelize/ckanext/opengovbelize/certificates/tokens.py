"""The signed text of a certificate: a JWS with Ed25519, short enough for a QR code.

What is accepted is fixed: one algorithm, one header, one way of writing the same bytes. A text that differs from what
was issued in a single letter is not genuine, and no answer tells a forger how near it came.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import unquote

from jwt.api_jws import PyJWS
from jwt.exceptions import PyJWTError
from jwt.utils import base64url_decode, base64url_encode

from .keys import COMPROMISED as KEY_COMPROMISED
from .keys import PublicKey, SigningKey
from .model import COMPROMISED, GENUINE, NOT_GENUINE, REVOKED, Claims, Revocation, Verdict

ALGORITHM = "EdDSA"
# A certificate with the longest names is far below; what is longer is not even looked at.
LONGEST = 8_000

# The name of each claim in the signed text: one letter, since each costs a dot of the QR code.
_LETTERS = {
    "id": "i",
    "name": "n",
    "series": "s",
    "address": "a",
    "attended": "t",
    "sessions": "m",
    "needed": "k",
    "language": "l",
    "issued": "d",
    "program": "p",
    "organization": "o",
}
_NUMBERS = ("attended", "sessions", "needed")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
# White space, and the signs that mail programs and word processors put into long words.
_INVISIBLE = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_jws = PyJWS(algorithms=[ALGORITHM])

FindKey = Callable[[str], "PublicKey | None"]
FindRevocation = Callable[[str, str], "Revocation | None"]


def issue(claims: Claims, key: SigningKey) -> str:
    """Return the signed text of a certificate.

    Raises:
        ValueError: the key belongs to another program.
    """
    if claims.organization != key.organization:
        raise ValueError("a program's certificates are signed with its own key")
    values = {letter: getattr(claims, name) for name, letter in _LETTERS.items()}
    values["d"] = claims.issued.isoformat()
    payload = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return _jws.encode(payload, key.private, algorithm=ALGORITHM, headers={"typ": "", "kid": key.id})


def check(text: str, keys: FindKey, revoked: FindRevocation) -> Verdict:
    """Tell whether a certificate is genuine. Never raises for what is in the text.

    Args:
        text: the signed text, or the address in the QR code, as pasted.
        keys: finds a key by its id.
        revoked: finds a revocation by the program's id and the certificate's.
    """
    token = _token(text)
    key = keys(_key_id(token)) if token else None
    claims = _claims(token, key) if key else None
    if key is None or claims is None:
        return Verdict(NOT_GENUINE)
    if key.state == KEY_COMPROMISED:
        # Whoever has the key can write any name: what such a certificate says is not shown.
        return Verdict(COMPROMISED, since=key.since, reason=key.why, organization=key.organization)
    if found := revoked(claims.organization, claims.id):
        return Verdict(REVOKED, claims, found.since, found.reason)
    return Verdict(GENUINE, claims)


def _token(text: str) -> str:
    if len(text) > LONGEST:
        return ""
    text = _INVISIBLE.sub("", text)
    if "#" in text or "%23" in text:
        text = unquote(text).rpartition("#")[2]
    return text if _TOKEN.fullmatch(text) else ""


def _key_id(token: str) -> str:
    try:
        header = json.loads(base64url_decode(token.partition(".")[0]))
        key_id = header.get("kid")
    except (ValueError, AttributeError, RecursionError):
        return ""
    return key_id if isinstance(key_id, str) else ""


def _claims(token: str, key: PublicKey) -> Claims | None:
    header, payload, signature = token.split(".")
    # Base 64 can write the same bytes in several ways; only the one that we write is ours.
    if header != _header(key.id) or any(not _is_canonical(part) for part in (payload, signature)):
        return None
    try:
        values = json.loads(_jws.decode(token, key.public, algorithms=[ALGORITHM]))
        found = _read(values)
    except (PyJWTError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if found.organization == key.organization else None


def _header(key_id: str) -> str:
    header = json.dumps({"alg": ALGORITHM, "kid": key_id}, separators=(",", ":"), sort_keys=True)
    return base64url_encode(header.encode()).decode()


def _is_canonical(part: str) -> bool:
    try:
        return base64url_encode(base64url_decode(part)).decode() == part
    except ValueError:
        return False


def _read(values: dict[str, Any]) -> Claims:
    read: dict[str, Any] = {name: values[letter] for name, letter in _LETTERS.items()}
    if any(type(read[name]) is not (int if name in _NUMBERS else str) for name in read):
        raise ValueError("not the claims of a certificate")
    return Claims(**{**read, "issued": date.fromisoformat(read["issued"])})
