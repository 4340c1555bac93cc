"""Answers in JSON:API (https://jsonapi.org): resources with attributes apart, and others that they refer to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeGuard

_MOST_REFERENCES = 50
# How Drupal calls what a site's own people added, and what it says of each page by itself.
_ADDED = re.compile(r"^field_")
_OF_PAGE = re.compile(
    r"drupal_internal__|revision_|(?:status|promote|sticky|created|changed|default_langcode|path)$"
)


def resolved(content: Any) -> Any:
    """Return the resources of an answer as records, each with those that it refers to; else what is given."""
    if not isinstance(content, Mapping):
        return content
    data = content.get("data")
    listed = data if isinstance(data, list) else [data]
    resources = [one for one in listed if _is_resource(one)]
    if not resources or len(resources) < len(listed):
        return content
    others = content.get("included")
    included = {
        (str(one["type"]), str(one.get("id"))): one
        for one in (others if isinstance(others, list) else [])
        if _is_resource(one)
    }
    return [_record(one, included) for one in resources]


def _is_resource(value: Any) -> TypeGuard[Mapping[str, Any]]:
    return (
        isinstance(value, Mapping)
        and isinstance(value.get("attributes"), Mapping)
        and isinstance(value.get("type"), str)
    )


def _record(resource: Mapping[str, Any], included: Mapping[tuple[str, str], Any]) -> dict[str, Any]:
    found = {"id": resource.get("id"), **_attributes(resource)}
    relationships = resource.get("relationships")
    for name, related in relationships.items() if isinstance(relationships, Mapping) else ():
        data = related.get("data") if isinstance(related, Mapping) else None
        others = [
            _named(_attributes(included[key]))
            for one in (data if isinstance(data, list) else [data])[:_MOST_REFERENCES]
            if isinstance(one, Mapping) and (key := (str(one.get("type")), str(one.get("id")))) in included
        ]
        if others:
            found.setdefault(_ADDED.sub("", name), others)
    return found


def _named(record: dict[str, Any]) -> dict[str, Any]:
    """Return what a record refers to with its name: a page of a person or a place has that for its title."""
    if "name" in record or "title" not in record:
        return record
    return {"name": record["title"], **{name: value for name, value in record.items() if name != "title"}}


def _attributes(resource: Mapping[str, Any]) -> dict[str, Any]:
    is_page = any(name.startswith("drupal_internal__") for name in resource["attributes"])
    found: dict[str, Any] = {}
    for name, value in resource["attributes"].items():
        if is_page and _OF_PAGE.match(name):
            continue
        name = _ADDED.sub("", name)
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], Mapping):
            value = value[0]
        if isinstance(value, Mapping) and {"value", "end_value"} <= value.keys():
            found |= {"start": value["value"], "end": value["end_value"]}
        else:
            found[name] = value
    return found
