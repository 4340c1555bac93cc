"""The live chat of a video on YouTube, as ``yt-dlp`` and others save its replay: one JSON object in each line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..problems import Problem
from ..session import Message, SessionRecord
from ..words import squeeze
from .content import Content, unreadable

MEDIA_TYPE = "application/vnd.youtube.live-chat+x-ndjson"
_ACTION = "replayChatItemAction"
# What people wrote; what the site itself says, and who became a member, is none of it.
_WRITTEN = ("liveChatTextMessageRenderer", "liveChatPaidMessageRenderer")
_MOST_MESSAGES = 20_000
_DAMAGED = Problem(
    "file-damaged",
    "Some lines of the chat are cut off or damaged, so messages may be missing. Save it again and send the whole file.",
)
_EMPTY = Problem("chat-empty", "The chat holds no message to everyone. Is it the right file?", rejects=True)


def recognises(content: Content) -> bool:
    """Tell the replay of a chat by what its first line holds."""
    return content.sample.lstrip().startswith("{") and f'"{_ACTION}"' in content.sample.split("\n", 1)[0]


def read(content: Content) -> list[SessionRecord]:
    """Read what people wrote; who they are is known to the privacy screen only."""
    messages: list[Message] = []
    damaged = False
    for number, line in enumerate(content.text.lstrip("\ufeff").split("\n"), 1):
        try:
            said = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            damaged = True
            continue
        for renderer, at in _written(said):
            author, text = squeeze(_text(renderer.get("authorName"))), squeeze(_text(renderer.get("message")))
            if author and text and len(messages) < _MOST_MESSAGES:
                messages.append(Message(len(messages) + 1, author, text, f"line {number}", at))
    problems = [_DAMAGED] if damaged else []
    if not messages:
        return [unreadable(content, *problems, _EMPTY)]
    return [SessionRecord(content.file, belongs="chat", messages=messages, problems=problems)]


def _written(said: Any) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield each message in a line, with the time of the video at which it was written."""
    replayed = _inner(said, _ACTION)
    actions = replayed.get("actions")
    for action in actions if isinstance(actions, list) else []:
        item = _inner(_inner(action, "addChatItemAction"), "item")
        for name in _WRITTEN:
            if renderer := _inner(item, name):
                yield renderer, _text(renderer.get("timestampText"))


def _inner(value: Any, name: str) -> Mapping[str, Any]:
    inner = value.get(name) if isinstance(value, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}


def _text(value: Any) -> str:
    """Return a text, which is whole or in runs of words and signs."""
    if not isinstance(value, Mapping):
        return ""
    if isinstance(whole := value.get("simpleText"), str):
        return whole
    runs = value.get("runs")
    return "".join(
        run["text"] if isinstance(run.get("text"), str) else str(_inner(run, "emoji").get("emojiId") or "")
        for run in (runs if isinstance(runs, list) else [])
        if isinstance(run, Mapping)
    )
