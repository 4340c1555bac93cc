"""The same entries that RSS and Atom have, in JSON: JSON Feed, and the posts that WordPress's web API lists.

https://www.jsonfeed.org/version/1.1/, https://developer.wordpress.org/rest-api/reference/posts/
"""

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
_POSTS = re.compile(r"\s*\[\s*\{.{0,5000}?\"(?:title|content)\"\s*:\s*\{\s*\"rendered\"", re.DOTALL)
# Fields of its own say when the session is, which a post's date does not.
_OWN_FIELDS = re.compile(r"\"acf\"\s*:\s*\{\s*\"")
_MOST = 2_000
_DAMAGED = Problem("file-damaged", "The feed cannot be read: it is cut off or is no feed.", rejects=True)
_EMPTY = Problem("feed-empty", "The feed has no entries. Check its address.", rejects=True)


def recognises(content: Content) -> bool:
    """Tell a feed by the version that it names, and posts by their title and text, each as it is shown."""
    if content.sample.lstrip().startswith("{"):
        return bool(_VERSION.match(content.sample))
    return bool(_POSTS.match(content.sample)) and not _OWN_FIELDS.search(content.sample)


def read(content: Content) -> list[SessionRecord]:
    """Read the items of a feed."""
    try:
        said = json.loads(content.text)
    except (ValueError, RecursionError):
        return [unreadable(content, _DAMAGED)]
    if isinstance(said, list):
        said = {"items": [_post(post) for post in said if isinstance(post, dict)]}
    items = _listed(said, "items")[:_MOST]
    if not items:
        return [unreadable(content, _EMPTY)]
    return feed.of_entries(content, [_entry(item) for item in items], _about(said))


def _listed(said: Any, name: str) -> list[dict[str, Any]]:
    found = said.get(name) if isinstance(said, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _post(post: dict[str, Any]) -> dict[str, Any]:
    """Return a post of WordPress as an item of a feed, with whoever wrote it where that comes along."""
    embedded = post.get("_embedded")
    return {
        "id": _shown(post, "guid") or post.get("id"),
        "url": post.get("link"),
        "title": _shown(post, "title"),
        "summary": _shown(post, "excerpt"),
        "content_html": _shown(post, "content"),
        "authors": _listed(embedded, "author"),
    }


def _shown(post: dict[str, Any], name: str) -> str:
    """Return a text of a post as it is shown."""
    value = post.get(name)
    text = value.get("rendered") if isinstance(value, dict) else value
    return text if isinstance(text, str) else ""


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
