"""JSON Feed, the feed in JSON of the same entries that RSS and Atom have (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from typing import Any

from ..problems import Problem
from ..session import SessionRecord
from . import feed
from .content import Content, unreadable

MEDIA_TYPE = "application/feed+json"
_VERSION = re.compile(
    r"\s*\{.{0,5000}?\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version", re.DOTALL
)
_MOST = 2_000
_DAMAGED = Problem("file-damaged", "The feed cannot be read: it is cut off or is no feed.", rejects=True)
_EMPTY = Problem("feed-empty", "The feed has no entries. Check its address.", rejects=True)


def recognises(content: Content) -> bool:
    """Tell a feed by the version that it names."""
    return content.sample.lstrip().startswith("{") and bool(_VERSION.search(content.sample))


def read(content: Content) -> list[SessionRecord]:
    """Read the items of a feed."""
    try:
        said = json.loads(content.text)
    except (ValueError, RecursionError):
        return [unreadable(content, _DAMAGED)]
    items = _listed(said, "items")[:_MOST]
    if not items:
        return [unreadable(content, _EMPTY)]
    return feed.of_entries(content, [_entry(item) for item in items], _about(said))


def _listed(said: Any, name: str) -> list[dict[str, Any]]:
    found = said.get(name) if isinstance(said, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _about(said: dict[str, Any]) -> dict[str, Any]:
    """Return who wrote something and in which language; version 1 has one author."""
    authors = [*_listed(said, "authors"), *_listed({"author": [said.get("author")]}, "author")]
    return {"title": said.get("title"), "language": said.get("language"), "authors": authors}


def _entry(item: dict[str, Any]) -> dict[str, Any]:
    content = item.get("content_html") or item.get("content_text")
    number = item.get("id")
    return _about(item) | {
        "id": str(number) if isinstance(number, (str, int)) else "",
        "link": item.get("url"),
        "summary": item.get("summary"),
        "content": [{"value": content}] if isinstance(content, str) else [],
        "enclosures": [{"href": one.get("url")} for one in _listed(item, "attachments")],
    }
