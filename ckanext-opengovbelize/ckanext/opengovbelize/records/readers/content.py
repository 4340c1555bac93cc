"""What a reader is given, and what one is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from ..encoding import decode, is_binary
from ..problems import Problem
from ..session import SessionRecord

_SAMPLE_BYTES = 100_000
# Chats and captions of long webinars come to two million; a record by itself seldom to a hundredth of it.
MOST_CHARACTERS = 2_500_000
# The code of the problem of a file with more text than is read.
TOO_LONG = "text-too-long"


@dataclass(frozen=True)
class Content:
    """A file as it came, with what is known of it.

    Attributes:
        data: its bytes.
        file: its name, a hint only.
        content_type: what the web server said it is, a hint only.
        address: the web address that it came from, or empty.
        most_characters: so much text is read; of a file with more nothing is.
    """

    data: bytes
    file: str = ""
    content_type: str = ""
    address: str = ""
    most_characters: int = MOST_CHARACTERS

    @cached_property
    def sample(self) -> str:
        """The beginning as text; empty where it is no text."""
        if self.data.startswith(b"PK\x03\x04"):
            return ""
        text = decode(self.data[:_SAMPLE_BYTES], self.content_type)[0].lstrip("\ufeff")
        return "" if is_binary(text) else text

    @cached_property
    def decoded(self) -> tuple[str, bool]:
        """All of it as text, and whether every byte could be read."""
        text, whole = decode(self.data, self.content_type)
        return text.replace("\x00", ""), whole

    @property
    def text(self) -> str:
        """All of it as text."""
        return self.decoded[0]

    @cached_property
    def members(self) -> frozenset[str]:
        """The names of an archive's members; none where it is no archive, or a damaged one."""
        if not self.data.startswith(b"PK"):
            return frozenset()
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return frozenset(archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return frozenset()

    @property
    def suffix(self) -> str:
        """The ending of its name, such as ``.csv``."""
        return PurePosixPath(re.split(r"[?#]", self.file)[0]).suffix.lower()

    def says(self, *words: str) -> bool:
        """Tell whether its content type names one of these."""
        kind = self.content_type.lower()
        return any(word in kind for word in words)


@dataclass(frozen=True)
class Reader:
    """One format of session records.

    Attributes:
        name: by which a source's configuration names it.
        media_type: what web servers call it.
        recognises: whether a file has the format, going by its content.
        read: the session records in a file of the format, with the problems in them. It never raises.
        is_plain: whether its files hold little but what somebody said, so that their size tells how long that is.
    """

    name: str
    media_type: str
    recognises: Callable[[Content], bool]
    read: Callable[[Content], list[SessionRecord]]
    is_plain: bool = False


def too_long(content: Content, characters: int) -> Problem | None:
    """Return the problem of a file with more text than is read, None where it has not."""
    if characters <= content.most_characters:
        return None
    return Problem(
        TOO_LONG,
        f"It holds more than {content.most_characters / 1_000_000:g} million characters of text, the most that is "
        "read. Send the record of the session by itself, without reports and appendices, and its chat as a file of its "
        "own; or part the file, one for each session. If all of it is needed, ask the operator to raise "
        "ckanext.opengovbelize.max_record_characters.",
        rejects=True,
    )


def unreadable(content: Content, *problems: Problem) -> SessionRecord:
    """Return the record of a file of which nothing can be read but why."""
    return SessionRecord(content.file, problems=list(problems))
