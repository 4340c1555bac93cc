"""No more importers at work on one machine than it has processors.

Importing is work for the processor: more of them only take it from each other, and are slower together than as many as
there are processors. The locks are the kernel's, so that whoever dies lets go of them.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import ckan.plugins.toolkit as tk

from .. import config

# How often whoever waits for a turn looks again, in seconds.
_PAUSE = 0.1


class Turn:
    """The right to work, until it ends. It may end more than once."""

    def __init__(self, descriptor: int | None = None) -> None:
        self._descriptor = descriptor

    def end(self) -> None:
        """Let the next importer work."""
        if self._descriptor is not None:
            # A child that was forked meanwhile has the file open too.
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            os.close(self._descriptor)
            self._descriptor = None


def wait() -> Turn:
    """Wait for a turn, and return it.

    Where no locks can be had, everybody has a turn at once: slower work is better than none.
    """
    folder = _folder()
    if folder is None:
        return Turn()
    while True:
        for number in range(config.imports_at_once()):
            try:
                if turn := _taken(folder / str(number)):
                    return turn
            except OSError:
                return Turn()
        time.sleep(_PAUSE)


def _taken(path: Path) -> Turn | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:
        os.close(descriptor)
        raise
    return Turn(descriptor)


def _folder() -> Path | None:
    """Return where this portal's locks lie, in a folder that nobody else can write to; None where there is none."""
    portal = sha256(str(tk.config["sqlalchemy.url"]).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"opengovbelize-turns-{os.getuid()}-{portal}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder if folder.lstat().st_uid == os.getuid() and not folder.is_symlink() else None
    except OSError:
        return None
