"""Files that a person sends: read from memory, one after the other, like those of a folder or a zip."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import PureWindowsPath

from ..records.problems import Problem
from . import archives, companions
from .config import SourceConfig
from .files import is_record_name, too_large
from .found import Found, Limits, Opened, SourceError, missing

# All that zips hold may be so many times larger, unpacked, than the largest record.
_MOST_UNPACKED = 10


@dataclass(frozen=True)
class Upload:
    """A file that was sent: its name and its bytes."""

    name: str
    data: bytes = field(repr=False)


def open_uploads(uploads: Sequence[Upload], config: SourceConfig, limits: Limits) -> Opened:
    """Return the records of files that were sent together; a zip is the files in it.

    Args:
        uploads: the files.
        config: how to read them.
        limits: what reading may cost; ``max_records`` is the most files, those in zips counted one by one.

    Raises:
        SourceError: they are too many.
    """
    problems: list[Problem] = []
    files: list[Found] = []
    opened: list[Opened] = []
    for number, upload in enumerate(uploads, start=1):
        name = _base_name(upload.name) or f"file {number}"
        found = Found(_unique(name, files, number), name, upload.data, config.content_type)
        if archives.is_archive(upload.data, name):
            opened.append(_archive(found, config, limits))
        elif is_record_name(name, config.include, problems):
            files.append(found if len(upload.data) <= limits.max_bytes else _too_large(found, limits))
    files.sort(key=lambda found: companions.order(found.key))
    names = [found.key for found in files]
    attached = companions.attached(files, names, limits.max_characters)
    plain = Opened(attached, len(files), problems=problems)
    parts = [plain, *opened]
    count = sum(part.count for part in parts)
    if count > limits.max_records:
        raise SourceError(too_many(limits.max_records))
    records = _within(chain.from_iterable(part.records for part in parts), limits)
    problems = [problem for part in parts for problem in part.problems]
    return Opened(records, count, problems=problems, by_subject=True)


def too_many(most: int) -> Problem:
    """Return the problem of more records than one upload may hold."""
    return Problem(
        "too-many-records",
        f"That is more than {most} records at once. Send fewer, or put them where the portal can read them and make a "
        "source of them.",
    )


def _base_name(name: str) -> str:
    """Return a file's name without the folders that some browsers tell with it."""
    return PureWindowsPath(name).name


def _unique(name: str, files: Iterable[Found], number: int) -> str:
    return f"{number}/{name}" if any(found.key == name for found in files) else name


def _archive(found: Found, config: SourceConfig, limits: Limits) -> Opened:
    """Return the records of a zip, each known by the zip's name too; a broken one costs no other file."""
    try:
        opened = archives.open_archive(found, config, limits)
    except SourceError as error:
        if error.problem.code == "too-many-records":
            raise SourceError(too_many(limits.max_records)) from None
        problem = error.problem
        return Opened([missing(found.key, found.label, problem.code, problem.message)], 1)
    return replace(opened, records=_inside(found, opened.records), page=None)


def _inside(archive: Found, records: Iterable[Found]) -> Iterator[Found]:
    for found in records:
        yield replace(found, key=f"{archive.key}/{found.key}")


def _too_large(found: Found, limits: Limits) -> Found:
    return missing(found.key, found.label, "too-large", too_large(limits))


def _within(records: Iterable[Found], limits: Limits) -> Iterator[Found]:
    """Yield records until they are more bytes together than a person can mean to send, or she has waited enough."""
    left = _MOST_UNPACKED * limits.max_bytes
    for number, found in enumerate(records):
        left -= len(found.whole)
        if number and time.monotonic() >= limits.until:
            message = (
                "Reading the files before it took as long as one upload may take, and it was not read. Send it by "
                "itself; many large files are better read as a source."
            )
            yield missing(found.key, found.label, "out-of-time", message)
        elif left < 0:
            message = "The files before it are too large together, and it was not read. Send it by itself."
            yield missing(found.key, found.label, "too-large", message)
        else:
            yield found
