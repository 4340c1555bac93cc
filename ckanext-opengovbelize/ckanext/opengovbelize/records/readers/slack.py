"""The messages of a channel of Slack, as its export gives them: a list for each day, or what its web service answers.

A message names its author by a code; the name stands beside it, or nowhere.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..document import clean
from ..names import is_name
from ..problems import Problem
from ..session import Message, SessionRecord
from ..words import squeeze
from .content import Content, unreadable

MEDIA_TYPE = "application/vnd.slack.messages+json"
# What people wrote. Other kinds tell who joined, left, was added or what a program did.
_WRITTEN = frozenset(("", "thread_broadcast", "file_share", "me_message"))
# Messages of two people, or of a few.
_PRIVATE = frozenset(("im", "mpim", "group"))
_NAMES = ("real_name", "display_name", "name", "first_name")
_CODE = re.compile(r"<(?P<sign>[@#!]?)(?P<code>[^<>|]{1,2000})(?:\|(?P<label>[^<>]{0,2000}))?>")
_BEGINNING = re.compile(r"\s*(?:\[|\{)")
_LONGEST, _MOST_MESSAGES, _LONGEST_START = 20_000, 20_000, 80
_DAMAGED = Problem(
    "file-damaged", "The chat is cut off or damaged. Export it again and send the whole file.", rejects=True
)
_EMPTY = Problem("chat-empty", "The chat holds no message to everyone. Is it the right file?", rejects=True)


def recognises(content: Content) -> bool:
    """Tell messages of Slack by their type and the form of their times."""
    sample = content.sample
    return bool(
        _BEGINNING.match(sample)
        and re.search(r'"type"\s*:\s*"message"', sample)
        and re.search(r'"ts"\s*:\s*"\d{9,11}\.\d{1,6}"', sample)
    )


def read(content: Content) -> list[SessionRecord]:
    """Read what people wrote to the channel; who they are is known to the privacy screen only."""
    try:
        listed = json.loads(content.text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return [unreadable(content, _DAMAGED)]
    entries = [(place, entry) for place, entry in _entries(listed) if _text(entry, "type") == "message"]
    names = {_text(entry, "user"): name for _, entry in entries if (name := _name(entry))}
    starts: dict[str, str] = {}
    messages: list[Message] = []
    for place, entry in sorted(entries, key=lambda one: _text(one[1], "ts")):
        author = names.get(_text(entry, "user")) or _text(entry, "user")
        words = _words(_text(entry, "text"), names)
        is_written = _text(entry, "subtype") in _WRITTEN and not entry.get("bot_id")
        if not (author and words and is_written) or _text(entry, "channel_type") in _PRIVATE:
            continue
        starts[_text(entry, "ts")] = words[:_LONGEST_START]
        thread = _text(entry, "thread_ts")
        reply = starts.get(thread, "") if thread != _text(entry, "ts") else ""
        messages.append(Message(len(messages) + 1, author, words, place, "", squeeze(reply)))
        if len(messages) == _MOST_MESSAGES:
            break
    if not messages:
        return [unreadable(content, _EMPTY)]
    record = SessionRecord(content.file, belongs="chat", messages=messages)
    called = {
        squeeze(code["label"] or "")
        for _, entry in entries
        for code in _CODE.finditer(_text(entry, "text"))
        if code["sign"] == "@"
    }
    record.others = sorted(name for name in called if is_name(name, fewest=1))
    return [record]


def _entries(listed: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(listed, Mapping):
        listed = listed.get("messages")
    for number, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, Mapping):
            yield f"value[{number}]", entry


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _name(entry: Mapping[str, Any]) -> str:
    profile = entry.get("user_profile")
    if not isinstance(profile, Mapping):
        return ""
    return next((name for key in _NAMES if (name := squeeze(_text(profile, key)))), "")


def _words(text: str, names: Mapping[str, str]) -> str:
    """Return what a message says: codes of people by their names, links with their addresses."""

    def told(code: re.Match[str]) -> str:
        sign, held, label = code["sign"], code["code"], code["label"] or ""
        if sign == "@":
            return names.get(held, label)
        if sign == "#":
            return f"#{label}" if label else ""
        if sign == "!":
            return ""
        return held if label in ("", held) else f"{label} {held}"

    return "\n".join(map(clean, html.unescape(_CODE.sub(told, text[:_LONGEST])).split("\n"))).strip()
