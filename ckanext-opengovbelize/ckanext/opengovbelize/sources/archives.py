"""A zip of records. Nothing is unpacked to disk, and nothing that the archive says of itself is believed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from ..records.problems import Problem
from . import companions
from .config import SourceConfig
from .files import is_record_name, too_large, too_many
from .found import Found, Limits, Opened, SourceError, missing

# Office and e-book files are zips too, but each is one document.
DOCUMENT_MEMBERS = ("[Content_Types].xml", "mimetype")
# Programs that write documents may put any of these first.
_FIRST_MEMBERS = ("docProps/", "_rels/.rels", "xl/", "word/")
_DOCUMENTS = (".docx", ".xlsx", ".ods", ".pdf")
CHUNK = 65_536
# Small members may be packed as tightly as they like.
RATIO_COUNTS_FROM = 1_000_000


def is_archive(data: bytes, name: str = "") -> bool:
    """Return whether the bytes are a zip of several files, rather than one document; a broken one goes by its name."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # A truncated Word document ends here too: the reader knows better what to say of it.
        return not (_names_document(data) or PurePosixPath(name).suffix.lower() in _DOCUMENTS)
    return not any(name in DOCUMENT_MEMBERS for name in names)


def open_archive(page: Found, config: SourceConfig, limits: Limits) -> Opened:
    """Return the records of a zip, in the order of their names.

    Raises:
        SourceError: where it is broken, or grows beyond all measure.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(page.data))
        members = sorted(archive.infolist(), key=lambda member: member.filename)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise SourceError(
            Problem("archive-broken", "The zip is damaged or incomplete. Make it again.")
        ) from None
    problems: list[Problem] = []
    members = [
        member
        for member in members
        if not member.is_dir() and is_record_name(member.filename, config.include, problems)
    ]
    if len(members) > limits.max_records:
        raise SourceError(Problem("too-many-records", too_many(limits)))
    members.sort(key=lambda member: companions.order(member.filename))
    names = [member.filename for member in members]
    records = companions.attached(_walk(archive, members, config, limits), names, limits.max_characters)
    return Opened(records, len(members), problems=problems, page=page)


def _walk(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], config: SourceConfig, limits: Limits
) -> Iterator[Found]:
    seen: set[str] = set()
    for number, member in enumerate(members, start=1):
        label = member.filename
        reason = _refusal(member, seen, limits)
        if reason:
            key = label if label not in seen else f"{label}#{number}"
            yield missing(key, label, *reason)
            continue
        seen.add(label)
        data = _unpack(archive, member, limits)
        if isinstance(data, bytes):
            yield Found(label, label, data, config.content_type)
        else:
            yield missing(label, label, *data)


def _refusal(member: zipfile.ZipInfo, seen: set[str], limits: Limits) -> tuple[str, str] | None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if member.filename in seen:
        return "archive-duplicate", "The zip holds two files of this name. Rename one of them."
    if path.is_absolute() or ".." in path.parts:
        return (
            "archive-path",
            "The path of this file leads out of the zip. Make the zip again from inside the folder.",
        )
    if member.flag_bits & 0x1:
        return "archive-locked", "This file is protected by a password. Make the zip again without one."
    if path.suffix.lower() == ".zip":
        return "archive-nested", "This is a zip within the zip. Put its files into the outer one."
    if member.file_size > limits.max_bytes:
        return "too-large", too_large(limits)
    return None


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> bytes | tuple[str, str]:
    """Return a member's bytes, or why they could not be had."""
    data = bytearray()
    allowed = max(RATIO_COUNTS_FROM, member.compress_size * limits.max_ratio)
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                data += chunk
                if len(data) > limits.max_bytes:
                    return "too-large", too_large(limits)
                if len(data) > allowed:
                    return (
                        "archive-bomb",
                        "This file grows beyond all measure when unpacked, and is not read.",
                    )
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return "archive-damaged", "This file is damaged within the zip. Make the zip again."
    return bytes(data)


def _names_document(data: bytes) -> bool:
    return any(name.encode() in data[:4096] for name in (*DOCUMENT_MEMBERS, *_FIRST_MEMBERS))
