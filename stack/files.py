"""Writing files so that an interruption leaves either the old or the new one, never a half."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def write(path: Path, text: str, mode: int = 0o600) -> bool:
    """Write a file in one step.

    Returns:
        Whether the text differs from what was there.
    """
    if path.exists() and path.read_text() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".half")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    half.replace(path)
    return True


def read_json(path: Path) -> dict[str, Any]:
    """Read an object from a file of ours; a missing or damaged file is an empty object."""
    try:
        value = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def write_json(path: Path, value: dict[str, Any]) -> bool:
    """Write an object; says whether it differs from what was there."""
    return write(path, json.dumps(value, indent=2, sort_keys=True) + "\n")


def fingerprint(parts: Iterable[str | bytes | Path]) -> str:
    """Return a short hash of texts and of the names and contents of files and folders."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            names = sorted(part.rglob("*")) if part.is_dir() else [part]
            for name in names:
                if name.is_file() and "__pycache__" not in name.parts:
                    digest.update(f"{name}\0".encode() + name.read_bytes() + b"\0")
        else:
            digest.update((part.encode() if isinstance(part, str) else part) + b"\0")
    return digest.hexdigest()[:16]


@contextlib.contextmanager
def locked(path: Path, waiting: str) -> Iterator[None]:
    """Hold a lock file; where another process holds it, say so and wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(waiting, flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
