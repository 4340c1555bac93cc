"""The keys with which programs sign certificates: one file a program, written in one step, for its user only.

A program's newest key signs. A retired key only proves what it once signed: its private half is deleted. What a
compromised key signed is not valid any more.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .model import WHYS

ACTIVE, RETIRED, COMPROMISED = "active", "retired", "compromised"
STATES = (ACTIVE, RETIRED, COMPROMISED)

_ORGANIZATION = re.compile(r"[0-9a-zA-Z][0-9a-zA-Z_-]{0,99}")
_KEY = re.compile(r"[0-9a-f]{12}")


class KeysUnusable(Exception):
    """The folder or a file of keys cannot be used; the text says which and what to do, and holds no key."""


@dataclass(frozen=True)
class PublicKey:
    """A key as everybody may know it.

    Attributes:
        id: named in every certificate that it signed.
        organization: id of the program.
        state: ``active``, ``retired`` or ``compromised``.
        created: when it was made.
        since: since when it is in this state.
        why: code of why it is compromised, or empty.
        public: the half that proves signatures.
    """

    id: str
    organization: str
    state: str
    created: datetime
    since: datetime
    why: str
    public: Ed25519PublicKey

    @property
    def public_text(self) -> str:
        """Return the public half in base 64, for people who check signatures with programs of their own."""
        return _text(self.public.public_bytes_raw())


@dataclass(frozen=True, repr=False)
class SigningKey:
    """The half of a key that signs. It is never shown."""

    id: str
    organization: str
    private: Ed25519PrivateKey


class Keyring:
    """The keys of all programs.

    Args:
        folder: where they are kept; made at first use, for its user only.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def signing(self, organization: str) -> SigningKey:
        """Return the key that signs for a program now, made at first use."""
        with self._locked(organization) as rows:
            active = next((row for row in rows if row["state"] == ACTIVE), None)
            if active is None:
                active = _made()
                self._write(organization, [*rows, active])
        private = Ed25519PrivateKey.from_private_bytes(_bytes(active["private"]))
        return SigningKey(active["id"], organization, private)

    def listed(self, organization: str) -> list[PublicKey]:
        """Return the keys of a program, the newest first."""
        return [_public(organization, row) for row in reversed(self._read(organization))]

    def find(self, key_id: str) -> PublicKey | None:
        """Return the key of this id, whichever program's it is."""
        if not _KEY.fullmatch(key_id):
            return None
        for path in sorted(self.folder.glob("*.json")):
            for row in self._read(path.stem):
                if row["id"] == key_id:
                    return _public(path.stem, row)
        return None

    def rotate(self, organization: str) -> PublicKey:
        """Retire the key that signs and make a new one; what the old one signed stays valid."""
        with self._locked(organization) as rows:
            new = _made()
            self._write(organization, [*(_ended(row) for row in rows), new])
        return _public(organization, new)

    def compromise(self, organization: str, key_id: str, why: str) -> PublicKey:
        """Declare a key compromised: nothing that it ever signed is valid any more. This cannot be undone.

        Raises:
            KeyError: the program has no such key.
            ValueError: there is no such reason.
        """
        if why not in WHYS:
            raise ValueError(f"no reason of {WHYS}")
        with self._locked(organization) as rows:
            place = next((at for at, row in enumerate(rows) if row["id"] == key_id), None)
            if place is None:
                raise KeyError(key_id)
            if rows[place]["state"] != COMPROMISED:
                rows[place] = _without_private(rows[place]) | {
                    "state": COMPROMISED,
                    "since": _now(),
                    "why": why,
                }
                self._write(organization, rows)
        return _public(organization, rows[place])

    def _path(self, organization: str) -> Path:
        if not _ORGANIZATION.fullmatch(organization):
            raise KeysUnusable("This is no id of an organization.")
        return self.folder / f"{organization}.json"

    @contextlib.contextmanager
    def _locked(self, organization: str) -> Iterator[list[dict[str, Any]]]:
        """Hold a program's file against other processes, and give what stands in it."""
        path = self._path(organization)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(path.with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, 0o600)
        except OSError as error:
            raise KeysUnusable(_cannot("written", self.folder)) from error
        with os.fdopen(lock, "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield self._read(organization)

    def _read(self, organization: str) -> list[dict[str, Any]]:
        path = self._path(organization)
        try:
            rows = json.loads(path.read_text())["keys"]
            for row in rows:
                _public(organization, row)
                if row["state"] == ACTIVE:
                    Ed25519PrivateKey.from_private_bytes(_bytes(row["private"]))
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError):
            # What is wrong with it may hold the key itself.
            raise KeysUnusable(_cannot("read", path)) from None
        return rows

    def _write(self, organization: str, rows: list[dict[str, Any]]) -> None:
        text = json.dumps({"organization": organization, "keys": rows}, indent=2) + "\n"
        path = self._path(organization)
        try:
            # The lock is held, so that nobody else writes the half one. For its user only from the first byte on.
            half = path.with_suffix(".half")
            half.unlink(missing_ok=True)
            descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(text)
                file.flush()
                os.fsync(descriptor)
            half.replace(path)
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise KeysUnusable(_cannot("written", path)) from error


def _made() -> dict[str, Any]:
    private = Ed25519PrivateKey.generate()
    now = _now()
    return {
        "id": secrets.token_hex(6),
        "state": ACTIVE,
        "created": now,
        "since": now,
        "why": "",
        "public": _text(private.public_key().public_bytes_raw()),
        "private": _text(private.private_bytes_raw()),
    }


def _ended(row: dict[str, Any]) -> dict[str, Any]:
    if row["state"] != ACTIVE:
        return row
    return _without_private(row) | {"state": RETIRED, "since": _now()}


def _without_private(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "private"}


def _public(organization: str, row: dict[str, Any]) -> PublicKey:
    if row["state"] not in STATES:
        raise ValueError("no such state")
    return PublicKey(
        id=row["id"],
        organization=organization,
        state=row["state"],
        created=datetime.fromisoformat(row["created"]),
        since=datetime.fromisoformat(row["since"]),
        why=row["why"],
        public=Ed25519PublicKey.from_public_bytes(_bytes(row["public"])),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text)


def _cannot(done: str, path: Path) -> str:
    return (
        f"{path} cannot be {done}. Give the portal's user the right to it, or put it back from the backup; "
        "without it certificates can be neither issued nor checked."
    )
