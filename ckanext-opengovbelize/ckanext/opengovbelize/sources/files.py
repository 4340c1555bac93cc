"""Sources on this machine: one file or a folder, below a directory that the operator opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from ..records.problems import Problem
from . import companions
from .config import SourceConfig
from .found import Found, Limits, Opened, SourceError, missing

# The code of the problem of a folder that may not be read.
_CLOSED = "folder-unreadable"
# Pictures and recordings lie beside records in organisers' folders, and are never records themselves.
MEDIA = (
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".svg",
    ".webp",
    ".mp3",
    ".m4a",
    ".wav",
    ".mp4",
    ".mov",
    ".avi",
    ".mkv",
)


def path_of(url: str, limits: Limits) -> Path:
    """Return the path of a ``file:`` address, symbolic links resolved, if it may be read.

    Raises:
        SourceError: where it lies outside, without telling whether anything is there.
    """
    parts = urlsplit(url)
    text = unquote(parts.path)
    if parts.netloc not in ("", "localhost") or not text.startswith("/") or "\0" in text:
        raise SourceError(
            Problem("address-malformed", "Write the address of a folder or file like file:/srv/records/2020.")
        )
    path = Path(text)
    try:
        path = path.resolve()
        allowed = limits.folders is None or any(
            path.is_relative_to(Path(f).resolve()) for f in limits.folders
        )
    except (OSError, RuntimeError):
        allowed = False
    if not allowed:
        raise SourceError(
            Problem(
                "folder-not-open",
                "This folder or file is not below a directory that is open to sources. Ask the operator of "
                "the portal to add it to ckanext.opengovbelize.source_folders, or move the records.",
            )
        )
    return path


def read_source(path: Path, limits: Limits) -> bytes:
    """Return the bytes of a source that is one file."""
    try:
        data = _read(path, limits)
    except OSError:
        raise SourceError(
            Problem("file-unreadable", "There is no such file or folder, or the portal may not read it.")
        ) from None
    if data is None:
        raise SourceError(Problem("too-large", too_large(limits)))
    return data


def open_folder(root: Path, config: SourceConfig, limits: Limits) -> Opened:
    """Return the records of a folder and of the folders in it, in the order of their names."""
    problems: list[Problem] = []
    try:
        next(root.iterdir(), None)
    except OSError:
        raise SourceError(Problem("file-unreadable", "The portal may not read this folder.")) from None
    paths: list[Path] = []
    # Links to folders are not followed: they could lead out, or round in circles.
    for folder, inner, names in os.walk(
        root, onerror=lambda error: problems.append(_closed_folder(error, root))
    ):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            relative = path.relative_to(root).as_posix()
            if is_record_name(relative, config.include, problems):
                paths.append(path)
    if len(paths) > limits.max_records:
        raise SourceError(Problem("too-many-records", too_many(limits)))
    paths.sort(key=lambda path: companions.order(path.relative_to(root).as_posix()))
    names = [path.relative_to(root).as_posix() for path in paths]
    records = companions.attached(_walk(paths, root, config, limits), names, limits.max_characters)
    partial = any(problem.code == _CLOSED for problem in problems)
    return Opened(records, len(paths), problems=problems, partial=partial)


def is_record_name(relative: str, include: str, problems: list[Problem]) -> bool:
    """Return whether a file of a folder or archive is meant as a record; else note it in ``problems``."""
    path = PurePosixPath(relative)
    if any(part != ".." and part.startswith((".", "~$", "__MACOSX")) for part in path.parts):
        return False
    if include:
        return fnmatch(path.name, include) or fnmatch(relative, include)
    if path.stem.lower() == "readme" or path.suffix.lower() in MEDIA:
        problems.append(
            Problem(
                "file-skipped",
                "Left out: read-me files, pictures and recordings are not read as records.",
                relative,
            )
        )
        return False
    return True


def too_large(limits: Limits) -> str:
    """Return the sentence about something over the size limit."""
    return (
        f"It is larger than {limits.max_bytes / 1_000_000:g} million bytes, the most that is read. Take "
        "pictures out of it, or ask the operator to raise ckanext.opengovbelize.max_record_bytes."
    )


def too_many(limits: Limits) -> str:
    """Return the sentence about a source with too many records."""
    return f"It holds more than {limits.max_records} records. Split it into several sources."


def _walk(paths: list[Path], root: Path, config: SourceConfig, limits: Limits) -> Iterator[Found]:
    for path in paths:
        key = path.relative_to(root).as_posix()
        try:
            if not path.resolve().is_relative_to(root):
                yield missing(
                    key,
                    key,
                    "link-leads-out",
                    "This is a link that leads out of the folder: copy the file here.",
                )
                continue
            data = _read(path, limits)
        except (OSError, RuntimeError):
            yield missing(
                key, key, "file-unreadable", "The portal may not read this file: check its permissions."
            )
            continue
        if data is None:
            yield missing(key, key, "too-large", too_large(limits))
        else:
            yield Found(key, key, data, config.content_type)


def _read(path: Path, limits: Limits) -> bytes | None:
    """Return a file's bytes, None where there are too many."""
    # A pipe or device would make the reader wait for ever.
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError
    with path.open("rb") as file:
        data = file.read(limits.max_bytes + 1)
    return data if len(data) <= limits.max_bytes else None


def _closed_folder(error: OSError, root: Path) -> Problem:
    relative = os.path.relpath(error.filename or root, root)
    return Problem(_CLOSED, "The portal may not read this folder: check its permissions.", relative)
