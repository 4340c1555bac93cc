"""The formats of session records, one file each, found through one registry.

A format is recognised from its content; the file's name and the content type are hints only, and a source's
configuration can name it. To add one: write its file, and give it an entry in ``READERS`` (``docs/extend.md``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from ..problems import Problem
from ..session import SessionRecord
from . import (
    calendar_notations,
    captions,
    chat,
    docx,
    dublin_core,
    feed,
    html,
    icalendar,
    indico,
    json_feed,
    live_chat,
    markdown,
    pdf,
    questions,
    schema_org,
    slack,
    table,
    text,
)
from .content import Content, Reader, too_long, unreadable
from .documents import of_document

log = logging.getLogger(__name__)

# The first that recognises a file reads it: those with a certain sign come before those that take any text.
READERS: tuple[Reader, ...] = (
    Reader("docx", docx.MEDIA_TYPE, docx.recognises, of_document(docx.read)),
    Reader("pdf", "application/pdf", pdf.recognises, of_document(pdf.read)),
    Reader("icalendar", "text/calendar", icalendar.recognises, icalendar.read),
    Reader("jcal", calendar_notations.MEDIA_TYPE, calendar_notations.recognises, calendar_notations.read),
    Reader("schema.org", "application/ld+json", schema_org.recognises, schema_org.read),
    Reader("indico", "application/vnd.indico+json", indico.recognises, indico.read),
    Reader("oai-dc", dublin_core.MEDIA_TYPE, dublin_core.recognises, dublin_core.read),
    Reader("feed", "application/rss+xml", feed.recognises, feed.read),
    Reader("json-feed", json_feed.MEDIA_TYPE, json_feed.recognises, json_feed.read),
    Reader("teams-chat", "application/vnd.ms-teams.chat+json", chat.recognises_teams, chat.read_teams),
    Reader("youtube-chat", live_chat.MEDIA_TYPE, live_chat.recognises, live_chat.read),
    Reader("slack-chat", slack.MEDIA_TYPE, slack.recognises, slack.read),
    *(
        Reader(name, media_type, table.recognises, table.read)
        for name, media_type in table.MEDIA_TYPES.items()
    ),
    Reader("captions", "text/vtt", captions.recognises, captions.read, is_plain=True),
    Reader("questions", questions.MEDIA_TYPE, questions.recognises, questions.read, is_plain=True),
    Reader("chat", "text/x-chat", chat.recognises, chat.read, is_plain=True),
    Reader("html", "text/html", html.recognises, of_document(html.read)),
    Reader("markdown", "text/markdown", markdown.recognises, of_document(markdown.read)),
    Reader("text", "text/plain", text.recognises, of_document(text.read)),
)

# What people send by mistake: how the file begins, and what to do about it.
_FOREIGN = (
    (
        b"\xd0\xcf\x11\xe0",
        "This is a document of an old version of Office. Open it and save it as .docx or .xlsx.",
    ),
    (b"{\\rtf", "This is an RTF document. Open it in a word processor and save it as .docx."),
    (b"\x89PNG", "This is a picture. Send the record as text, a web page or a Word document."),
    (b"\xff\xd8\xff", "This is a picture. Send the record as text, a web page or a Word document."),
    (b"GIF8", "This is a picture. Send the record as text, a web page or a Word document."),
    (b"\x1f\x8b", "This is a compressed archive. Unpack it first."),
    (b"7z\xbc\xaf", "This is a compressed archive. Unpack it first."),
    (b"Rar!", "This is a compressed archive. Unpack it first."),
)
_DAMAGED = Problem(
    "file-damaged",
    "The document cannot be opened: it is cut off or damaged. Save it again and send the whole file.",
    rejects=True,
)
_ARCHIVE = Problem(
    "format-unsupported",
    "This archive is neither a document nor a table that can be read. Send a .docx, .xlsx or .ods, a web page,"
    " Markdown or plain text.",
    rejects=True,
)
_NO_TEXT = Problem(
    "format-unsupported",
    "This is no text that can be read. Send the record as text, Markdown, a web page or a Word document.",
    rejects=True,
)
_FAILED = Problem(
    "reader-failed",
    "The file could not be read. Compare it with one that can, and report it to the operator.",
    rejects=True,
)


# Formats whose files are never text, and those that take any text.
_OF_BYTES = (".docx", ".pdf", ".xlsx", ".ods")
_OF_ANY_TEXT = ("html", "markdown", "text")


def _not_what_it_says(suffix: str) -> Problem:
    return Problem(
        "file-damaged",
        f"The name ends in {suffix}, but the file is no such document: it is cut off, damaged or something else."
        " Save it again in the program that made it, and send the whole file.",
        rejects=True,
    )


def _is_rejected(record: SessionRecord) -> bool:
    return any(problem.rejects for problem in record.problems)


def _said(record: SessionRecord) -> int:
    """Return how many characters a chat or captions have, whose files may hold much besides."""
    return sum(len(message.text) for message in (*record.messages, *record.captions))


def find(content: Content, form: str = "", among: Sequence[Reader] = READERS) -> Reader | Problem:
    """Return the reader of a file, or the problem that keeps it from being read.

    Args:
        content: the file.
        form: the name of its format, where a configuration names it.
        among: the formats that are known.
    """
    if named := next((reader for reader in among if reader.name == form), None):
        return named
    for magic, mend in _FOREIGN:
        if content.data.startswith(magic):
            return Problem("format-unsupported", mend, rejects=True)
    # Formats of one family share the question, which is asked once.
    answers: dict[Callable[[Content], bool], bool] = {}
    for reader in among:
        if reader.recognises not in answers:
            answers[reader.recognises] = reader.recognises(content)
        if answers[reader.recognises]:
            return reader
    if content.data.startswith(b"PK\x03\x04"):
        return _ARCHIVE if content.members else _DAMAGED
    return _NO_TEXT


def recognise(data: bytes, *, file: str = "", content_type: str = "") -> str | Problem:
    """Return the name of a file's format, or the problem that keeps it from being read."""
    found = find(Content(data, file, content_type))
    return found if isinstance(found, Problem) else found.name


def read(content: Content, form: str = "", among: Sequence[Reader] = READERS) -> list[SessionRecord]:
    """Return the session records in a file of any known format, or one that holds nothing but the problem."""
    reader = find(content, form, among)
    if isinstance(reader, Problem):
        return [unreadable(content, reader)]
    if reader.is_plain and (problem := too_long(content, len(content.text))):
        return [unreadable(content, problem)]
    try:
        records = reader.read(content)
        if problem := too_long(content, sum(map(_said, records))):
            return [unreadable(content, problem)]
        if content.suffix in _OF_BYTES and reader.name in _OF_ANY_TEXT and all(map(_is_rejected, records)):
            # Bytes that happen to be letters.
            return [unreadable(content, _not_what_it_says(content.suffix))]
        return records
    except (Exception, RecursionError) as error:
        # A reader sees to what can be wrong with its format; this is for what nobody thought of. The error's
        # text is never logged: it may repeat what the file says.
        log.warning("The reader %s failed: %s", reader.name, type(error).__name__)
        return [unreadable(content, _FAILED)]
