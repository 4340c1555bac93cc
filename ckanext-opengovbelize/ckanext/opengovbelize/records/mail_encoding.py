"""A mail that was saved as it was sent: its text, subject and names are written in other signs."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

_HEAD = re.compile(
    rb"(?:From [^\r\n]{1,200}\r?\n)?(?:[A-Za-z][\w-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,200}\r?\n"
)
_ENCODED = re.compile(
    rb"^Content-Transfer-Encoding:\s*(?:quoted-printable|base64)\b", re.IGNORECASE | re.MULTILINE
)
_LONGEST_HEAD = 100_000
_SHOWN = ("From", "To", "Cc", "Date", "Subject")


def decoded(data: bytes) -> bytes:
    """Return the head and the text of an encoded mail in UTF-8, its attached files left out; other data as it is."""
    head = _HEAD.match(data[:_LONGEST_HEAD])
    if head is None or b"\nsubject:" not in b"\n" + head[0].lower() or not _ENCODED.search(data):
        return data
    try:
        message = message_from_bytes(data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain", "html"))
        text = body.get_content() if body is not None else ""
        lines = [f"{name}: {_said(str(message[name]))}" for name in _SHOWN if message[name]]
    except (ValueError, LookupError, KeyError, TypeError, AttributeError, AssertionError):
        # What is no mail after all is read as the text that it is.
        return data
    if not isinstance(text, str) or not text.strip():
        return data
    if body is not None and body.get_content_type() == "text/html":
        return text.encode("utf-8", errors="replace")
    return "\n".join([*lines, "", text]).encode("utf-8", errors="replace")


def _said(stated: str) -> str:
    return " ".join(str(make_header(decode_header(stated))).split())
