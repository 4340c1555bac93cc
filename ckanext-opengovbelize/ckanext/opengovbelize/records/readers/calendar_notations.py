"""Calendars in the other notations of iCalendar: jCal (RFC 7265, JSON) and xCal (RFC 6321, XML)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from .. import xml
from ..session import SessionRecord
from . import icalendar
from .content import Content, unreadable

MEDIA_TYPE = "application/calendar+json"
_JCAL = re.compile(r'\s*\[\s*"vcalendar"\s*,', re.IGNORECASE)
_XCAL = "urn:ietf:params:xml:ns:icalendar-2.0"
_NAME = re.compile(r"[A-Za-z0-9-]{1,60}")
_DEEPEST = 10
_DATES = frozenset(("date", "date-time", "time", "period"))
# What may stand in a parameter only between quotes, and what may not stand there at all.
_QUOTED = re.compile(r"[,;:]")
_NEVER = re.compile(r'[\x00-\x1f"]')
_Component = list[Any]


def recognises(content: Content) -> bool:
    """Tell a calendar by its outermost name."""
    return bool(_JCAL.match(content.sample)) or (
        content.sample.lstrip().startswith("<") and _XCAL in content.sample
    )


def read(content: Content) -> list[SessionRecord]:
    """Read the sessions of a calendar as those of the same calendar in iCalendar."""
    try:
        if _JCAL.match(content.sample):
            components = [json.loads(content.text)]
        else:
            components = [_of_element(element, 0) for element in _calendars(xml.parse(content.data))]
        lines = [line for component in components for line in _lines(component, 0)]
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError):
        return [unreadable(content, icalendar.DAMAGED)]
    return icalendar.read(replace(content, data="\r\n".join([*lines, ""]).encode()))


def _lines(component: _Component, depth: int) -> Iterator[str]:
    """Yield the lines of a component: its name, its properties, the components in it."""
    name, properties, within = component[:3]
    if not _NAME.fullmatch(name) or depth > _DEEPEST:
        raise ValueError("no component")
    yield f"BEGIN:{name.upper()}"
    for stated in properties:
        name_of, parameters, kind, *values = stated
        yield _line(name_of, parameters, kind, values)
    for one in within:
        yield from _lines(one, depth + 1)
    yield f"END:{name.upper()}"


def _line(name: str, parameters: dict[str, Any], kind: str, values: Iterable[Any]) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("no property")
    stated = "".join(
        f";{parameter.upper()}={','.join(map(_parameter, value if isinstance(value, list) else [value]))}"
        for parameter, value in parameters.items()
        if _NAME.fullmatch(parameter)
    )
    if kind in ("date", "period"):
        stated += f";VALUE={kind.upper()}"
    return f"{name.upper()}{stated}:{','.join(_value(value, kind) for value in values)}"


def _parameter(value: Any) -> str:
    plain = _NEVER.sub(" ", str(value))
    return f'"{plain}"' if _QUOTED.search(plain) else plain


def _value(value: Any, kind: str) -> str:
    if isinstance(value, dict):
        # A rule: {"freq": "WEEKLY", "until": "2020-07-24", "byday": ["TU", "TH"]}
        return ";".join(f"{name.upper()}={_of_rule(name, one)}" for name, one in value.items())
    if isinstance(value, list):
        return ("/" if kind == "period" else ";").join(_value(one, kind) for one in value)
    text = str(value)
    if kind in _DATES:
        return re.sub(r"[-:](?=\d\d)", "", text) if not text.startswith(("P", "-P")) else text
    if kind == "utc-offset":
        return text.replace(":", "")
    if kind in ("text", "unknown"):
        text = re.sub(r"([\\,;])", r"\\\1", text)
        return re.sub(r"\r\n?|\n", r"\\n", text)
    return _NEVER.sub(" ", text)


def _of_rule(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ",".join(map(str, value))
    return _value(value, "date-time" if name.lower() == "until" else "rule")


def _calendars(root: Any) -> Iterator[Any]:
    return (element for element in root.iter() if _tag(element) == "vcalendar")


def _of_element(element: Any, depth: int) -> _Component:
    """Return a component of XML as jCal has it."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    properties = [_property(one) for part in element if _tag(part) == "properties" for one in part]
    within = [_of_element(one, depth + 1) for part in element if _tag(part) == "components" for one in part]
    return [_tag(element), properties, within]


def _property(element: Any) -> list[Any]:
    parameters = {
        _tag(one): [(value.text or "").strip() for value in one]
        for part in element
        if _tag(part) == "parameters"
        for one in part
    }
    values = [one for one in element if _tag(one) != "parameters"]
    kind = _tag(values[0]) if values else "text"
    if kind == "recur":
        rule: dict[str, Any] = {}
        for one in values[0]:
            rule.setdefault(_tag(one), []).append((one.text or "").strip())
        rule = {name: said[0] if len(said) == 1 else said for name, said in rule.items()}
        return [_tag(element), parameters, kind, rule]
    said = [[(part.text or "").strip() for part in one] if len(one) else one.text or "" for one in values]
    return [_tag(element), parameters, kind, *said]


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
