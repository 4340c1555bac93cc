"""The one way in: bytes of a record to session records."""

from __future__ import annotations

from . import mail_encoding, readers
from .attendance import reading as attendance
from .once import one_file
from .problems import Problem
from .readers.content import MOST_CHARACTERS, Content
from .session import SessionRecord

READER_VERSION = 26

_ATTENDANCE = Problem(
    "attendance-report",
    "The file is a report of who took part, which is no session record, and nothing of it was kept. Leave it out"
    " here, open the page of its session and choose “Publish participant figures”: that publishes counts and no names.",
    rejects=True,
)
_MOST_BYTES = 25_000_000


def read(
    data: bytes,
    *,
    file: str,
    content_type: str = "",
    address: str = "",
    form: str = "",
    most_characters: int = MOST_CHARACTERS,
) -> list[SessionRecord]:
    """Read the session records in a file.

    It never raises for bad input: what cannot be read is a record whose problems say why.

    Args:
        data: the file as it came.
        file: how reports call it.
        content_type: what the web server said it is, a hint only.
        address: the address that it came from, a hint only; a record's own address is what the record states.
        form: the name of its format, where the source's configuration names it.
        most_characters: a file with more text is not read, since that would take minutes.

    Returns:
        One record or more; each problem names the file.
    """
    with one_file():
        records = _read(data, file, content_type, address, form, most_characters)
    for record in records:
        record.problems = [problem.in_file(file) for problem in record.problems]
    return records


def belongs(data: bytes, *, file: str, most_characters: int = MOST_CHARACTERS) -> bool:
    """Tell whether a file is a chat or captions, which belong to the record of a session."""
    return any(record.belongs for record in _read(data, file, "", "", "", most_characters))


def _read(
    data: bytes, file: str, content_type: str, address: str, form: str, most_characters: int
) -> list[SessionRecord]:
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        message = "The file is empty, or holds nothing but blanks or zeros. Save it again and send it whole."
        return [_unreadable(file, Problem("file-empty", message, rejects=True))]
    if len(data) > _MOST_BYTES:
        message = (
            "The file is larger than a session record can be. Send the text without recordings or pictures."
        )
        return [_unreadable(file, Problem("file-too-large", message, rejects=True))]
    content = Content(mail_encoding.decoded(data), file or address, content_type, address, most_characters)
    if attendance.is_report(content.data, file=content.file, sample=content.sample):
        return [_unreadable(file, _ATTENDANCE)]
    records = readers.read(content, form)
    for record in records:
        record.file = file
    return records


def _unreadable(file: str, problem: Problem) -> SessionRecord:
    return SessionRecord(file, problems=[problem])
