"""Things in the vocabulary of schema.org, as the structured data of a page or a file states them.

A thing is what JSON-LD calls a node object: a dictionary whose values may be plain, things, or lists of either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html

from ..problems import Problem
from ..words import fold
from . import loose_json, microdata, rdfa, schedules
from .content import Content
from .linked_values import listed, plainly_named, text

_EVENT = re.compile(r"(?:\w*Event|CourseInstance|Course|Hackathon)")
# Where in an object further ones stand that may be sessions.
_WITHIN = (
    "@graph",
    "itemListElement",
    "item",
    "mainEntity",
    "mainEntityOfPage",
    "event",
    "events",
    "subEvent",
    "subEvents",
)
_DEEPEST = 12
MOST_OBJECTS = 20_000
PERFORMING = ("performer", "performers", "instructor", "actor", "speaker")
MODERATING = ("moderator", "moderators", "facilitator", "facilitators")
LEADING = (*PERFORMING, *MODERATING, "contributor")
# What a session has in common with the whole of which it is a part, unless it says otherwise.
_OF_WHOLE = ("location", "organizer", "provider", "audience", "inLanguage", "teaches")
_MOST_LINKED = 100
_DAMAGED = "The page's structured data cannot be read (JSON-LD). Correct it, or tell who runs the web site."


def objects(content: Content) -> tuple[list[Any], list[Problem]]:
    """Return the outermost things of a page or a file of JSON-LD, and what could not be read.

    A page states them in JSON-LD, microdata or RDFa.
    """
    stated = content.text
    if not stated.lstrip().startswith("<"):
        return _parsed(stated, "")
    try:
        root = lxml.html.document_fromstring(stated.encode("utf-8", "replace"), parser=_parser())
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return [], []
    found: list[Any] = []
    problems: list[Problem] = []
    for number, script in enumerate(root.iter("script"), 1):
        if "ld+json" in (script.get("type") or "").lower():
            things, wrong = _parsed(script.text or "", f"script {number}")
            found += things
            problems += wrong
    return found + microdata.items(root) + rdfa.items(root), problems


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)


def _parsed(stated: str, place: str) -> tuple[list[Any], list[Problem]]:
    try:
        return [loose_json.loads(stated, plainly_named)], []
    except (ValueError, RecursionError):
        return [], [Problem("json-damaged", _DAMAGED, place=place)]


def types(thing: dict[str, Any]) -> set[str]:
    """Return the types of a thing without the address of their vocabulary."""
    return {
        str(name).rpartition("/")[2].rpartition(":")[2].rpartition("#")[2]
        for name in listed(thing.get("@type"))
    }


def sites(objects: list[Any]) -> frozenset[str]:
    """Return the folded names of the web sites of which the things tell, which some put behind each title."""
    return frozenset(
        fold(name)
        for thing, _above in _walk(objects, {}, [MOST_OBJECTS])
        if "WebSite" in types(thing) and (name := text(thing.get("name")))
    )


def _is_event(thing: dict[str, Any]) -> bool:
    return any(_EVENT.fullmatch(name) for name in types(thing)) and "EventSeries" not in types(thing)


def sessions(objects: list[Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each event or course, with the one that it stands in; references to others are followed."""
    index: dict[str, dict[str, Any]] = {}
    for thing, _above in _walk(objects, {}, [MOST_OBJECTS]):
        name = thing.get("@id")
        if isinstance(name, str) and len(thing) > len(index.get(name, {})):
            index[name] = thing
    done: set[int] = set()
    wholes: dict[int, dict[str, Any]] = {}
    for thing, above in _walk(objects, {}, [MOST_OBJECTS]):
        thing = _whole(thing, index)
        if id(thing) in done or not _is_event(thing) or _is_item_of(thing, above):
            continue
        done.add(id(thing))
        if parts := _parts(thing, index):
            whole = _with_references(thing, index)
            if outer := wholes.get(id(thing)):
                # A day of a conference: what it has in common, and how it is called, the conference says.
                whole = {**_part(whole, outer), "name": outer.get("name")}
            # What has parts with dates of their own is the series that they make up.
            for part in parts:
                if id(part) in done:
                    continue
                if any(id(inner) not in done for inner in _parts(part, index)):
                    wholes[id(part)] = whole
                    continue
                done.add(id(part))
                yield _part(_with_references(part, index), whole), whole
        elif text(thing.get("name")) and (text(thing.get("startDate")) or "Course" not in types(thing)):
            own = _with_references(_with_items(thing, index), index)
            is_part = "EventSeries" in types(above)
            yield _part(own, _with_references(above, index)) if is_part else own, above


def _is_item_of(thing: dict[str, Any], above: dict[str, Any]) -> bool:
    """Tell what has no time of its own within an event that has one: an item of its programme."""
    return not _is_dated(thing) and _is_event(above) and "Course" not in types(above) and _is_dated(above)


def _with_items(thing: dict[str, Any], index: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return an event with those who lead the items of its programme."""
    items = [
        _whole(one, index)
        for name in ("subEvent", "subEvents")
        for one in listed(thing.get(name))[:_MOST_LINKED]
        if isinstance(one, dict)
    ]
    led = {
        name: [*listed(thing.get(name)), *people]
        for name in LEADING
        if (people := [one for item in items for one in listed(item.get(name))])
    }
    return {**thing, **led} if led else thing


def _parts(thing: dict[str, Any], index: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the parts of an event that have dates of their own."""
    parts = [
        _whole(part, index)
        for name in ("subEvent", "subEvents", "hasCourseInstance")
        for part in listed(thing.get(name))
        if isinstance(part, dict)
    ]
    return [part for part in parts if part is not thing and _is_dated(part)]


def _is_dated(part: dict[str, Any]) -> bool:
    """Tell whether a part says when it is, by a date or by schedules that do."""
    return bool(text(part.get("startDate")) or schedules.of(part))


def _part(part: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """Return one of the sessions that a whole consists of, with what the whole says of all of them."""
    says_how = any(part.get(name) for name in ("location", "eventAttendanceMode", "courseMode"))
    shared = {
        name: whole[name] for name in _OF_WHOLE if name in whole and not (name == "location" and says_how)
    }
    return {**shared, **part, "@type": [*listed(part.get("@type")), "Event"]}


def _with_references(thing: dict[str, Any], index: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return an event with what it refers to, and the people in it with what they refer to."""
    found = {
        key: value if key.startswith("@") else [_whole(one, index) for one in listed(value)]
        for key, value in thing.items()
    }
    for name in (*LEADING, "location"):
        if name in found:
            found[name] = [
                _with_linked(one, index) if isinstance(one, dict) else one
                for one in found[name][:_MOST_LINKED]
            ]
    return found


def _with_linked(person: dict[str, Any], index: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        key: value if key.startswith("@") else [_whole(one, index) for one in listed(value)[:_MOST_LINKED]]
        for key, value in person.items()
    }


def _walk(
    things: Any, above: dict[str, Any], room: list[int], depth: int = 0
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for thing in listed(things):
        if not isinstance(thing, dict):
            if isinstance(thing, list) and depth < _DEEPEST:
                yield from _walk(thing, above, room, depth + 1)
            continue
        room[0] -= 1
        if room[0] < 0:
            return
        yield thing, above
        if depth < _DEEPEST:
            for name in _WITHIN:
                if name in thing:
                    yield from _walk(
                        thing[name],
                        thing if _is_event(thing) or "EventSeries" in types(thing) else above,
                        room,
                        depth + 1,
                    )


def _whole(thing: Any, index: dict[str, dict[str, Any]]) -> Any:
    """Return what a reference stands for."""
    if isinstance(thing, dict) and isinstance(name := thing.get("@id"), str) and len(thing) <= 2:
        return index.get(name, thing)
    return thing


def named_things(value: Any) -> list[dict[str, Any]]:
    """Return the values of a property as things; a plain text is the name of one."""
    return [
        one if isinstance(one, dict) else {"name": str(one)}
        for one in listed(value)
        if isinstance(one, dict | str)
    ]
