"""Chats as meeting software saves them: Zoom (three forms), Webex, Adobe Connect, and Microsoft Teams by Graph.

A chat belongs to a session and is none by itself. Who wrote is known to the privacy screen only.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from .. import chat, chat_authors, chat_lines, chat_stacks, facts, labels, reports
from ..document import clean, line
from ..names import is_name
from ..problems import Problem
from ..session import Message, SessionRecord
from ..words import squeeze
from . import text
from .content import Content, unreadable

_HEADING = re.compile(
    r"\s*(?:chat(?: (?:transcript|log|history|messages?|record))?|meeting chat"
    r"|(?:transcripci[oó]n|historial|registro) del chat)\s*:?\s*$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:^|[\W_])chats?(?:$|[\W_\d])", re.IGNORECASE)
# Webex: "from Ana Sample to everyone:    10:31 AM", with the text below or behind it.
_TIME_BEHIND = re.compile(
    r"^(from\s.{1,120}?\sto\s.{1,80}?:)\s+\(?(\d{1,2}:\d\d(?::\d\d)?\s?(?:[AaPp][Mm])?)\)?\s*(.*)$",
    re.IGNORECASE,
)
_EMOJI = re.compile(r"<emoji\b[^>]{0,300}?\balt=\"([^\"]{1,20})\"[^>]{0,300}>(?:</emoji>)?", re.IGNORECASE)
_LINK = re.compile(
    r"<a\b[^>]{0,2000}?\bhref=\"(https?://[^\"\s<>]{1,2000})\"[^>]{0,2000}>([^<]{0,2000})</a>", re.IGNORECASE
)
_MENTION = re.compile(r"<at\b[^>]{0,300}>([^<]{0,300})</at>", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,2000}>|&nbsp;")
_LONGEST_BODY = 200_000
_ATTACHMENT = re.compile(r"</?(?:attachment|systemEventMessage|img)\b[^>]{0,2000}>", re.IGNORECASE)
_LINES_LOOKED_AT = 60
_FEWEST_DATED = 3
_MOST_MESSAGES = 20_000

_DAMAGED = Problem(
    "file-damaged", "The chat is cut off or damaged. Export it again and send the whole file.", rejects=True
)
_EMPTY = Problem("chat-empty", "The chat holds no message to everyone. Is it the right file?", rejects=True)


def recognises(content: Content) -> bool:
    """Tell a saved chat by its first lines, or by its name where all its lines are entries."""
    rows = map(clean, content.sample.split("\n")[:_LINES_LOOKED_AT])
    lines = [row for row in rows if row.strip()]
    if not lines:
        return False
    # A title above the first entry makes it a record with its chat.
    if _HEADING.match(lines[0]) or chat_lines.is_header(_turned(lines[0])):
        return True
    if any(map(chat_lines.is_dated, lines[:2])) and _are_most(map(chat_lines.dated_entry, lines), len(lines)):
        return True
    if chat_lines.is_entry_of_saved_chat(lines[0]) and _are_most(
        map(chat_lines.is_entry_of_saved_chat, lines), len(lines)
    ):
        return True
    heads = chat_stacks.stacked([row.strip() for row in lines])
    if 0 in heads or (1 in heads and chat_stacks.announces(lines, 1)):
        return True
    if not _NAMED.search(content.file.rpartition("/")[2].rpartition(".")[0]) or content.suffix not in (
        ".txt",
        ".log",
        "",
    ):
        return False
    entries = sum(
        bool(chat_authors.looks_like_entry(row)) and labels.match(line(row.strip(), "")) is None
        for row in lines
    )
    return entries >= 0.7 * len(lines)


def _are_most(entries: Iterable[object], count: int) -> bool:
    return sum(map(bool, entries)) >= max(_FEWEST_DATED, count / 2)


def read(content: Content) -> list[SessionRecord]:
    """Read a saved chat."""
    lines = text.blocks("\n".join(map(_turned, text.split_lines(content.text))))
    found = chat.read(block for block in lines if block.kind != "overlong" and not _HEADING.match(block.text))
    messages = found.messages(most=_MOST_MESSAGES)
    overlong = [block for block in lines if block.kind == "overlong"]
    problems = [
        *reports.overlong(overlong),
        *reports.unplaced(found.stray),
        *reports.private_messages(found.private),
    ]
    if not content.decoded[1]:
        problems.append(text.UNREADABLE_BYTES)
    return _record(content, messages, problems)


def _turned(row: str) -> str:
    """Return a line of Webex with its time in front, where the other forms have it."""
    match = _TIME_BEHIND.match(row[:400]) if len(row) < 20_000 else None
    return f"{match[2]} F{match[1][1:]} {match[3]}{row[400:]}" if match else row


def _record(content: Content, messages: list[Message], problems: list[Problem]) -> list[SessionRecord]:
    if not messages:
        return [unreadable(content, *(problem for problem in problems if problem.rejects), _EMPTY)]
    return [SessionRecord(content.file, belongs="chat", messages=messages, problems=problems)]


# Microsoft Teams


def recognises_teams(content: Content) -> bool:
    """Tell a list of Graph's chatMessage."""
    return (
        content.sample.lstrip()[:1] in ("{", "[")
        and '"messageType"' in content.sample
        and '"body"' in content.sample
    )


def read_teams(content: Content) -> list[SessionRecord]:
    """Read the messages that Microsoft Graph lists: neither events, nor deleted messages, nor reactions."""
    try:
        listed = json.loads(content.text)
    except (ValueError, RecursionError):
        return [unreadable(content, _DAMAGED)]
    entries = list(_entries(listed, "value"))[:_MOST_MESSAGES]
    authors = {_author(entry) for entry, _place in entries}
    starts = {str(entry.get("id")): _words(entry, authors)[:80] for entry, _place in entries}
    messages: list[Message] = []
    # Graph lists the newest first.
    for entry, place in sorted(entries, key=lambda one: str(one[0].get("createdDateTime") or "")):
        author, words = _author(entry), _words(entry, authors)
        if author and words:
            reply = _replied(entry) or starts.get(str(entry.get("replyToId") or ""), "")
            at = str(entry.get("createdDateTime") or "")[:40]
            messages.append(Message(len(messages) + 1, author, words, place, at, squeeze(reply)))
    records = _record(content, messages, [])
    records[0].others = [
        name
        for entry, _ in entries
        for name in _mentioned(entry)
        if name not in authors and is_name(name, fewest=1)
    ]
    return records


def _entries(listed: Any, path: str, depth: int = 0) -> Iterator[tuple[dict[str, Any], str]]:
    listed = listed.get("value") or listed.get("messages") if isinstance(listed, dict) else listed
    for number, entry in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(entry, dict):
            continue
        place = f"{path}[{number}]"
        if entry.get("messageType") == "message" and not entry.get("deletedDateTime"):
            yield entry, place
        if depth < 2 and isinstance(entry.get("replies"), list):
            yield from _entries(entry["replies"], f"{place}.replies", depth + 1)


def _author(entry: dict[str, Any]) -> str:
    sender = entry.get("from")
    user = sender.get("user") if isinstance(sender, dict) else None
    name = user.get("displayName") if isinstance(user, dict) else None
    return squeeze(name) if isinstance(name, str) else ""


def _words(entry: dict[str, Any], authors: Collection[str]) -> str:
    """Return what a message says, without whom it calls first but ``authors``, whose names answers are told by."""
    content, is_html = _body(entry)
    if not is_html:
        return content.strip()[: facts.LONGEST_TEXT]

    def told(mention: re.Match[str]) -> str:
        calls = not _TAGS.sub("", content[: mention.start()]).strip()
        return "" if calls and squeeze(html.unescape(mention[1])) not in authors else mention[1]

    plain = _LINK.sub(_linked, _ATTACHMENT.sub(" ", _EMOJI.sub(r"\1", _MENTION.sub(told, content))))
    return facts.text(plain).replace("\n\n", "\n")


def _mentioned(entry: dict[str, Any]) -> list[str]:
    """Return whom a message mentions, for the screen alone."""
    content, is_html = _body(entry)
    return [squeeze(html.unescape(name)) for name in _MENTION.findall(content)] if is_html else []


def _body(entry: dict[str, Any]) -> tuple[str, bool]:
    """Return the content of a message, and whether it is HTML."""
    body = entry.get("body")
    content = body.get("content") if isinstance(body, dict) else None
    if not isinstance(content, str) or not isinstance(body, dict):
        return "", False
    return content[:_LONGEST_BODY], body.get("contentType") == "html"


def _linked(link: re.Match[str]) -> str:
    """Return a link with its address in words."""
    return link[1] if link[2].strip() in ("", link[1]) else f"{link[2]} {link[1]}"


def _replied(entry: dict[str, Any]) -> str:
    for attachment in entry.get("attachments") or []:
        if isinstance(attachment, dict) and attachment.get("contentType") == "messageReference":
            try:
                return str(json.loads(attachment.get("content") or "{}").get("messagePreview") or "")[:80]
            except (ValueError, AttributeError, RecursionError):
                return ""
    return ""
