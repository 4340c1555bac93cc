"""RDFa of a web page (schema.org in ``typeof`` and ``property``), in the shape that JSON-LD has."""

from __future__ import annotations

from typing import Any

import lxml.html

from .microdata import value_of

_DEEPEST = 12
_MOST_ITEMS = 2_000


def items(root: lxml.html.HtmlElement) -> list[dict[str, Any]]:
    """Return the items of a page that are no property of another."""
    found = root.xpath("//*[@typeof and not(@property) and not(ancestor::*[1][@rel])]")
    return [_item(element, 0) for element in found[:_MOST_ITEMS]]


def _item(element: lxml.html.HtmlElement, depth: int) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": [_plain(name) for name in (element.get("typeof") or "").split()]}
    if identifier := element.get("resource") or element.get("about"):
        item["@id"] = identifier
    if depth <= _DEEPEST:
        _take(item, element, depth)
    return item


def _take(item: dict[str, Any], element: lxml.html.HtmlElement, depth: int) -> None:
    """Take the properties that stand within an element, but those of the items in it."""
    waiting, room = [*element], _MOST_ITEMS
    while waiting and room:
        child = waiting.pop(0)
        room -= 1
        if not isinstance(child.tag, str):
            continue
        is_item = child.get("typeof") is not None
        names = (child.get("property") or "").split()
        if not names and child.get("rel") and not is_item:
            for inner in child.xpath("./*[@typeof]")[:_MOST_ITEMS]:
                for name in child.get("rel").split():
                    item.setdefault(_plain(name), []).append(_item(inner, depth + 1))
        value = (_item(child, depth + 1) if is_item else value_of(child)) if names else None
        for name in names:
            item.setdefault(_plain(name), []).append(value)
        if not is_item and not (child.get("rel") and child.xpath("./*[@typeof]")):
            waiting[:0] = [*child]


def _plain(name: str) -> str:
    """Return the name of a property or type without its prefix or the address of its vocabulary."""
    return name.rpartition("/")[2].rpartition(":")[2].rpartition("#")[2]
