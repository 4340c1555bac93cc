"""Files of attendance, read where they arrive: in memory, once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ... import config
from ...records import reading as session_records
from ...records.attendance import reading
from ...records.attendance.model import AttendanceFile
from ...statistics import engagement
from ...statistics.figures import Engagement

# Before the address of the session in the name of a file's field.
FILE_FIELD = "file-"
# The problem of a file that no reader of attendance knows.
UNKNOWN = "attendance-unknown"


@dataclass(frozen=True, repr=False)
class Upload:
    """A file that was sent: the address or number of its session, its name and its bytes."""

    session: str
    name: str
    content: bytes


@dataclass
class Read:
    """What was read of the files that were sent.

    Attributes:
        files: attendance files by session.
        chats: what each session's chat shows, where one was sent.
        unplaced: names of files whose session is none of those asked for.
    """

    files: dict[str, list[AttendanceFile]] = field(default_factory=dict)
    chats: dict[str, Engagement] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)


def from_action(data_dict: Mapping[str, Any]) -> list[Upload]:
    """Return the uploads of an action: a page's own, or the file fields of an API call.

    A field of the API is named ``file-<address or number of the session>``, with anything after a dot to make it
    one of several; ``file`` alone stands for the only session.
    """
    given = data_dict.get("uploads")
    if isinstance(given, Sequence) and all(isinstance(one, Upload) for one in given):
        return list(given)
    return [
        Upload(_session_in(name) or "", value.filename or "", value.read())
        for name, value in sorted(data_dict.items())
        if _session_in(name) is not None and hasattr(value, "filename") and hasattr(value, "read")
    ]


def _session_in(field_name: str) -> str | None:
    """Return the session that a field's name tells, empty for the only one; None for any other field."""
    name = field_name.partition(".")[0]
    if name == FILE_FIELD.rstrip("-"):
        return ""
    return name.removeprefix(FILE_FIELD) if name.startswith(FILE_FIELD) else None


def read(
    uploads: Iterable[Upload], webinars: Sequence[Mapping[str, Any]], columns: Mapping[str, str]
) -> Read:
    """Read files, each for its session.

    Args:
        uploads: the files.
        webinars: the sessions, datasets as ``package_show`` gives them.
        columns: our columns and the headers that stand for them, for tables that no reader knows.
    """
    found = Read()
    for upload in uploads:
        webinar = _webinar(upload.session, webinars)
        if webinar is None:
            found.unplaced.append(upload.name)
            continue
        zone = webinar.get("timezone") or config.timezone()
        file = reading.read(upload.content, file=upload.name, mapping=columns or None, zone=zone)
        chat = _chat(upload, webinar) if _is_unknown(file) else None
        if chat is not None:
            found.chats[webinar["name"]] = chat
        else:
            found.files.setdefault(webinar["name"], []).append(file)
    return found


def speakers(webinars: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return by session the names of everybody in a public role, who is no participant of it."""
    return {webinar["name"]: _speakers(webinar) for webinar in webinars}


def _speakers(webinar: Mapping[str, Any]) -> list[str]:
    return [person["name"] for person in webinar.get("people") or [] if person.get("name")]


def _webinar(session: str, webinars: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    if not session and len(webinars) == 1:
        return webinars[0]
    return next(
        (one for one in webinars if session in (one["name"], one["id"], str(one.get("session_number", "")))),
        None,
    )


def _is_unknown(file: AttendanceFile) -> bool:
    return any(problem.code == UNKNOWN for problem in file.problems)


def _chat(upload: Upload, webinar: Mapping[str, Any]) -> Engagement | None:
    """Return what a file shows as a chat, or as a session record that holds one."""
    most = config.max_record_characters()
    for record in session_records.read(upload.content, file=upload.name, most_characters=most):
        if counted := engagement.of_record(record, _speakers(webinar)):
            return counted
    return None
