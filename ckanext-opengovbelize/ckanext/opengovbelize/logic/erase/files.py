"""Erasing in files: uploads, and logs in folders that the caller names. Needs no server."""

from __future__ import annotations

import gzip
import html
import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from .phrase import Phrase
from .report import LEFT, REMOVED, REPLACED, Finding

# Text is drawn or packed in these in ways that only a person can read.
_UNREADABLE = {
    ".pdf",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".webp",
    ".mp3",
    ".mp4",
    ".webm",
    ".mov",
    ".ppt",
    ".doc",
    ".xls",
}
_LARGEST_MEMBER = 100_000_000
_DEEPEST = 3
_MARKUP = re.compile(rb"<[^>]*>")
_BLOCKS = re.compile(rb"</(?:w:p|w:tc|a:p|si|c|row|p|div|td)>")
_ENCODINGS = ("utf-8", "cp1252")


def erase_uploads(folder: Path, phrase: Phrase, dry_run: bool) -> tuple[list[Finding], list[str]]:
    """Take the phrase out of every file below a folder.

    A text file is written anew without it. Any other file that holds it (a document, a workbook, an archive),
    and any whose name does, is removed: half of a document cannot be cut out safely.

    Returns:
        The findings, and the files that cannot be searched.
    """
    findings, unchecked = [], []
    for path in _files(folder):
        name, in_name = phrase.replace(str(path.relative_to(folder)))
        data = path.read_bytes()
        text = _decode(data)
        if text is not None and not in_name:
            changed, count = phrase.replace(text[0])
            if count and not dry_run:
                _write(path, text[2] + changed.encode(text[1]))
            if count:
                findings.append(Finding("storage", name, count, REPLACED))
            continue
        count = in_name + _count_packed(data, phrase)
        if count:
            if not dry_run:
                path.unlink()
            findings.append(Finding("storage", name, count, REMOVED))
        elif path.suffix.lower() in _UNREADABLE or data.startswith(
            (b"%PDF", b"\x89PNG", b"\xff\xd8", b"GIF8")
        ):
            unchecked.append(name)
    return findings, unchecked


def erase_logs(folder: Path, phrase: Phrase, dry_run: bool) -> list[Finding]:
    """Black the phrase out of every log file below a folder, packed ones included."""
    findings = []
    for path in _files(folder):
        name = phrase.replace(str(path.relative_to(folder)))[0]
        packed = path.suffix == ".gz"
        try:
            data = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
        except (OSError, EOFError):
            findings.append(
                Finding("log", name, 0, LEFT, note="It cannot be unpacked: look into it by hand.")
            )
            continue
        lines = 0
        blacked, place = bytearray(data), 0
        for line in data.splitlines(keepends=True):
            spans = _byte_spans(line, phrase)
            lines += bool(spans)
            for start, end in spans:
                blacked[place + start : place + end] = b"*" * (end - start)
            place += len(line)
        if not lines:
            continue
        if not dry_run:
            if packed:
                _write(path, gzip.compress(bytes(blacked)))
            else:
                _overwrite(path, bytes(blacked))
        findings.append(Finding("log", name, lines, REPLACED))
    return findings


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(parent, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _decode(data: bytes) -> tuple[str, str, bytes] | None:
    """Return the text of a text file, its encoding and its byte order mark; None for anything else."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding, mark
            except UnicodeDecodeError:
                return None
    if b"\0" in data or data.startswith(b"%PDF"):
        return None
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding), encoding, b""
        except UnicodeDecodeError:
            continue
    return None


def _count_packed(data: bytes, phrase: Phrase, depth: int = 0) -> int:
    """Return how often the phrase stands in a file that is no plain text, and in the files packed in it."""
    if depth < _DEEPEST and zipfile.is_zipfile(io.BytesIO(data)):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return sum(
                    phrase.replace(member.filename)[1]
                    + _count_packed(archive.open(member).read(_LARGEST_MEMBER), phrase, depth + 1)
                    for member in archive.infolist()
                )
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
            pass
    # Word splits one name over several tags.
    plain = html.unescape(_MARKUP.sub(b"", _BLOCKS.sub(b" ", data)).decode("utf-8", errors="replace"))
    return max(phrase.replace(plain)[1], phrase.replace(data.decode("utf-8", errors="replace"))[1])


def _byte_spans(line: bytes, phrase: Phrase) -> list[tuple[int, int]]:
    # One character a byte where it is no UTF-8, so that places can be counted back to bytes.
    text = line.decode("utf-8", errors="surrogateescape")
    return [
        (
            len(text[:start].encode("utf-8", "surrogateescape")),
            len(text[:end].encode("utf-8", "surrogateescape")),
        )
        for start, end in phrase.spans(text)
    ]


def _write(path: Path, data: bytes) -> None:
    """Replace a file in one step, keeping its permissions."""
    fresh = path.with_name(f".{os.getpid()}.erasing")
    fresh.write_bytes(data)
    fresh.chmod(path.stat().st_mode)
    fresh.replace(path)


def _overwrite(path: Path, data: bytes) -> None:
    """Write over a file of the same length, in place: a running program goes on writing to its end."""
    with path.open("r+b") as file:
        file.write(data)
