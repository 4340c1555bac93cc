"""No more importers at work on one machine than it has processors.

Importing is work for the processor: more of them only take it from each other, and are slower together than as many as
there are processors. Who has a turn keeps it while it waits for more to do, since it has loaded what imports need and
whoever stands by would have to. The locks are the kernel's, so that whoever dies lets go of them.
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

# How often whoever stands by looks again, in seconds.
_PAUSE = 0.3


class Turn:
    """The right to import, which a consumer takes, keeps for as long as it likes, and may give back and take again."""

    def __init__(self) -> None:
        self._path = Path()
        self._descriptor: int | None = None

    def take(self) -> None:
        """Wait until it is had; at once where it is.

        Where no locks can be had, everybody has a turn at once: slower work is better than none.
        """
        if self._is_had():
            return
        self.end()
        folder = _folder()
        while folder is not None:
            for number in range(config.imports_at_once()):
                try:
                    if self._takes(folder / str(number)):
                        return
                except OSError:
                    return
            time.sleep(_PAUSE)

    def end(self) -> None:
        """Let another importer work. It may end more than once."""
        if self._descriptor is not None:
            # A child that was forked meanwhile has the file open too.
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            os.close(self._descriptor)
            self._descriptor = None

    def _is_had(self) -> bool:
        """Return whether others still see it; not where somebody has cleaned the folder up and made it anew."""
        if self._descriptor is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._path.lstat())
        except OSError:
            return False

    def _takes(self, path: Path) -> bool:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except OSError:
            os.close(descriptor)
            raise
        self._path, self._descriptor = path, descriptor
        return True


def _folder() -> Path | None:
    """Return where this portal's locks lie, in a folder that nobody else can write to; None where there is none."""
    portal = sha256(str(tk.config["sqlalchemy.url"]).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"opengovbelize-turns-{os.getuid()}-{portal}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder if folder.lstat().st_uid == os.getuid() and not folder.is_symlink() else None
    except OSError:
        return None
