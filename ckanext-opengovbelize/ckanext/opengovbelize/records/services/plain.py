"""What web services put around and into their records, taken away: envelopes, resources, forms of a value."""

from __future__ import annotations

import re
from typing import Any

from . import forms, grids, known, programmes, resources

_DEEPEST = 60
# What stands in each element of a list and holds the record, with what is said of it beside.
_WRAPPERS = ("event", "event_instance", "node")
# Where records keep what is their own, beside what the system says of each.
_OWN = ("fields", "extendedProps", "acf", "properties", "attributes")
# An entry of a chat has one of these, and none that a session has.
_OF_MESSAGES = ("message", "content", "text")
_OF_SESSIONS = frozenset(("title", "name", "start"))
_NAMES = ("nickname", "display_name", "global_name", "name")
_PAGE_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
_CALLED_OFF = re.compile(r"(?:is_?)?cancell?ed", re.IGNORECASE)
# What stands around what a record refers to.
_AROUND = frozenset(("data", "meta", "links"))
# How answers say that they are one page of several.
_NEXT = (
    "nextPageToken",
    "next_page_token",
    "@odata.nextLink",
    "next_rest_url",
    "next_cursor",
    "offset",
)
_MORE = ("has_more", "has_more_items", "hasNextPage")
_PAGES = (
    ("page_number", "page_count"),
    ("current_page", "last_page"),
    ("current_page", "total_pages"),
    ("current", "total"),
)


def plain(content: Any) -> Any:
    """Return the content of a JSON file without what web services put around it; what is plain stays as it is."""
    found = _plain(programmes.sessions(resources.resolved(grids.as_records(content))), 0)
    return _items([found]) if isinstance(found, dict) and known.is_known(_unwrapped(found)) else found


def is_part(content: Any) -> bool:
    """Tell an answer that says to be one page of several."""
    if not isinstance(content, dict):
        return False
    said = [
        content,
        *(content[name] for name in ("pagination", "links", "meta", "page", "pageInfo") if name in content),
    ]
    return any(_goes_on(one) for one in said if isinstance(one, dict))


def _goes_on(said: dict[str, Any]) -> bool:
    following = said.get("next")
    following = following.get("href") if isinstance(following, dict) else following
    if isinstance(following, str) and following.startswith(("http", "/", "?")):
        return True
    marked = any(
        isinstance(value := said.get(name), str) and not value.isdecimal() and value for name in _NEXT
    )
    return (
        marked or any(said.get(name) is True for name in _MORE) or any(_is_before(said, *of) for of in _PAGES)
    )


def _is_before(said: dict[str, Any], page: str, pages: str) -> bool:
    """Tell whether a page is not the last one, by their numbers."""
    number, last = (str(said.get(name, "")) for name in (page, pages))
    return all(map(_PAGE_NUMBER.fullmatch, (number, last))) and int(number) < int(last)


def _plain(value: Any, depth: int) -> Any:
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        if value and all(isinstance(one, dict) and {"url", "filename"} <= one.keys() for one in value):
            # Files that somebody put there: Airtable's attachments.
            return [one["url"] for one in value]
        if (text := forms.in_runs(value)) is not None:
            return text
        return _items([_plain(one, depth + 1) for one in value])
    if (held := forms.typed(value)) is not None:
        return _plain(held, depth + 1)
    value = {name: _plain(one, depth + 1) for name, one in forms.of_whole_days(value).items()}
    for name in ("edges", "nodes"):
        listed = value.get(name)
        if isinstance(listed, list) and listed and all(isinstance(one, dict) for one in listed):
            return listed
    if isinstance(stated := forms.moment(value), str):
        return stated
    if value.keys() <= _AROUND and "data" in value and depth:
        return value["data"]
    record = forms.with_span(_with_own(_with_author(value)))
    return _called_off(forms.with_name(record))


def _items(items: list[Any]) -> list[Any]:
    """Return the records of a list: unwrapped, and those of services that are known under our columns."""
    found: list[Any] = []
    for item in items:
        if not isinstance(item, dict):
            found.append(item)
            continue
        item = _unwrapped(item)
        found += known.told(item) or [item]
    return found


def _unwrapped(item: dict[str, Any]) -> dict[str, Any]:
    for name in _WRAPPERS:
        inner = item.get(name)
        if not isinstance(inner, dict):
            continue
        # "Boats", of the event "Forum 2026", is a record of its own.
        is_around = _OF_SESSIONS.isdisjoint(item) and not _OF_SESSIONS.isdisjoint(inner)
        if len(item) == 1 or is_around:
            return {**{key: value for key, value in item.items() if key != name}, **inner}
    return item


def _with_author(record: dict[str, Any]) -> dict[str, Any]:
    """Return an entry of a chat with the name of whoever wrote it in place of what is known of them."""
    author = record.get("author")
    if not isinstance(author, dict) or _OF_SESSIONS & record.keys() or record.keys().isdisjoint(_OF_MESSAGES):
        return record
    name = next((author[part] for part in _NAMES if isinstance(author.get(part), str)), "")
    text = next(record[part] for part in _OF_MESSAGES if part in record)
    return {**record, "author": name, "message": text}


def _with_own(record: dict[str, Any]) -> dict[str, Any]:
    for name in _OWN:
        own = record.get(name)
        if isinstance(own, dict) and own:
            rest = {key: value for key, value in record.items() if key != name}
            if name == "acf":
                # When a page was written is none of its session's times.
                rest = {key: value for key, value in rest.items() if key not in ("date", "date_gmt", "type")}
            record = {**own, **rest}
    return record


def _called_off(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record that says by a flag that it does not take place with the word for it."""
    flags = [
        name for name, value in record.items() if isinstance(value, bool) and _CALLED_OFF.fullmatch(name)
    ]
    if not flags:
        return record
    rest = {name: value for name, value in record.items() if name not in flags}
    return {**rest, "status": "cancelled"} if any(record[name] for name in flags) else rest
