"""Secrets and the administrator's password: made once, kept, never deleted by us."""

from __future__ import annotations

import secrets
from pathlib import Path

from . import files


class Keys:
    """The secrets of one portal, one file each, readable by its user only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return the file of a secret."""
        return self.folder / name

    def get(self, name: str) -> str:
        """Return a secret, made at first use."""
        path = self.path(name)
        kept = path.read_text().strip() if path.exists() else ""
        if kept:
            return kept
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = secrets.token_urlsafe(12 if name == "admin-password" else 32)
        files.write(path, made + "\n")
        return made
