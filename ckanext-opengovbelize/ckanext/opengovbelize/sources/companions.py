"""Chats and captions that lie beside the record of their session, in a folder or a zip.

A file that is called a chat or captions and is one belongs to the record whose name it begins with
(``webinar-1.md``, ``webinar-1_chat.txt``), else to the only record in its folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from ..records.reading import belongs
from .found import Found

_CANDIDATE = re.compile(
    r"(?:^|[\W_])(?:chats?|(?:closed_?)?captions?|subtitles?|subt[ií]tulos|transcripts?|transcripci[oó]n|otter"
    r"|q ?& ?a|qa|q_?and_?a|preguntas)(?:$|[\W_\d])|newChat$",
    re.IGNORECASE,
)
# Reports of who took part, which lie beside a record and are none.
_TAKING_PART = re.compile(
    r"(?:^|[\W_])(?:attend(?:ee|ance)s?|participants?|participantes|asisten(?:tes|cia)|registra(?:tions?|nts?)"
    r"|sign[ _-]?in|firmas|inscri(?:tos|pciones))(?:$|[\W_\d])",
    re.IGNORECASE,
)
_OF_TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".xml")
# So much of chats is held until their records come.
_MOST_BYTES = 100_000_000
_SUFFIXES = (".vtt", ".srt", ".sbv")


def order(name: str) -> bool:
    """Sort files by it as ``attached`` expects them: what may be a chat comes before the records."""
    return not _may_belong(PurePosixPath(name))


def attached(records: Iterable[Found], names: Iterable[str], most_characters: int) -> Iterator[Found]:
    """Give each record the chats and captions that belong to it; those that belong to none stay by themselves.

    Args:
        records: in the order of ``order``.
        names: what all of them are called.
        most_characters: a file with more text is not read.
    """
    mains: dict[str, list[str]] = {}
    for path in map(PurePosixPath, names):
        if not _may_belong(path) and not _lists_people(path):
            mains.setdefault(path.parent.as_posix(), []).append(path.stem)
    waiting: dict[tuple[str, str], list[Found]] = {}
    room = _MOST_BYTES
    for found in records:
        path = PurePosixPath(found.key)
        folder = path.parent.as_posix()
        if not _may_belong(path):
            yield replace(found, companions=tuple(waiting.pop((folder, path.stem), ())))
            continue
        owner = _owner(path.stem, mains.get(folder, []))
        room -= len(found.data)
        if (
            owner
            and room >= 0
            and not found.problem
            and belongs(found.data, file=path.name, most_characters=most_characters)
        ):
            waiting.setdefault((folder, owner), []).append(found)
        else:
            yield found
    for left in waiting.values():
        yield from left


def _may_belong(path: PurePosixPath) -> bool:
    return path.suffix.lower() in _SUFFIXES or bool(_CANDIDATE.search(path.stem))


def _lists_people(path: PurePosixPath) -> bool:
    return path.suffix.lower() in _OF_TABLES and bool(_TAKING_PART.search(path.stem))


def _owner(stem: str, records: list[str]) -> str:
    """Return the record that a chat belongs to: the longest name that its own begins with, else the only one."""
    beginning = [
        record
        for record in records
        if stem.lower().startswith(record.lower()) and not stem[len(record) : len(record) + 1].isalnum()
    ]
    if beginning:
        return max(beginning, key=len)
    return records[0] if len(records) == 1 else ""
