"""Microdata of a web page (schema.org in HTML attributes), in the shape that JSON-LD has."""

from __future__ import annotations

from typing import Any

import lxml.html

_DEEPEST = 12
_MOST_ITEMS = 2_000
_ADDRESSES = {
    "a": "href",
    "link": "href",
    "area": "href",
    "img": "src",
    "video": "src",
    "audio": "src",
    "iframe": "src",
}


def items(root: lxml.html.HtmlElement) -> list[dict[str, Any]]:
    """Return the items of a page that stand in no other."""
    found = root.xpath("//*[@itemscope and not(@itemprop)]")
    return [_item(element, 0) for element in found[:_MOST_ITEMS]]


def _item(element: lxml.html.HtmlElement, depth: int) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": (element.get("itemtype") or "").split()}
    if identifier := element.get("itemid"):
        item["@id"] = identifier
    if depth > _DEEPEST:
        return item
    for child in _properties(element):
        value = _item(child, depth + 1) if child.get("itemscope") is not None else value_of(child)
        for name in (child.get("itemprop") or "").split():
            item.setdefault(name.rpartition("/")[2], []).append(value)
    return item


def _properties(element: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Return the elements with properties of an item, not those of the items in it."""
    found: list[lxml.html.HtmlElement] = []
    waiting = [*element]
    for name in (element.get("itemref") or "").split()[:20]:
        waiting += element.getroottree().xpath("//*[@id=$name]", name=name)[:1]
    seen = {element}
    while waiting and len(found) < _MOST_ITEMS:
        child = waiting.pop(0)
        if child in seen or not isinstance(child.tag, str):
            continue
        seen.add(child)
        if child.get("itemprop"):
            found.append(child)
        if child.get("itemscope") is None:
            waiting[:0] = [*child]
    return found


def value_of(element: lxml.html.HtmlElement) -> str:
    """Return what an element says of a property: an address, a time, its words."""
    for name in ("content", "datetime", _ADDRESSES.get(element.tag, "")):
        if name and (value := element.get(name)) is not None:
            return value.strip()
    return " ".join(element.text_content().split())
