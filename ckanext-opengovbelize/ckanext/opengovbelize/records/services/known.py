"""Records of web services that are known, each by its signs (``vocabulary/services.yaml``), under our own columns.

Whoever keeps the account, created, organises or comes to an event has no public role by that: what these are called
goes into the column of those whom the screen keeps out of every text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ..vocabulary import load

_LANGUAGES = ("en", "es")
_MOST_TIMES = 200


@dataclass(frozen=True)
class _Service:
    """How one service's records are known and read.

    Attributes:
        signs: what each of its records has.
        columns: the paths to what stands in each of our columns; the first that says anything counts.
        words: by column what the service's own words for something are in ours; empty: it says nothing.
        local: columns of times on the clock of the place, which the service gives as if they were in UTC.
        each: the list within a record that holds the times at which it takes place.
    """

    signs: frozenset[str]
    columns: Mapping[str, list[str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    local: tuple[str, ...] = ()
    each: str = ""


@cache
def _services() -> tuple[_Service, ...]:
    return tuple(
        _Service(frozenset(said["signs"]), **{name: value for name, value in said.items() if name != "signs"})
        for said in load("services").values()
    )


def is_known(record: Mapping[str, Any]) -> bool:
    """Tell whether a record is one of a service that is known."""
    return _service_of(record) is not None


def told(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what a service's record tells under our columns, once for each of its times; empty where none is known."""
    service = _service_of(record)
    return [_told(service, one) for one in _each(service, record)] if service else []


def _service_of(record: Mapping[str, Any]) -> _Service | None:
    return next((one for one in _services() if one.signs <= record.keys()), None)


def _each(service: _Service, record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    times = record.get(service.each) if service.each else None
    times = (
        [one for one in times if isinstance(one, Mapping)][:_MOST_TIMES] if isinstance(times, list) else []
    )
    if len(times) < 2:
        yield {**record, **(times[0] if times else {}), "id": record.get("id")}
        return
    # The page of them all tells none from the others.
    yield from (
        {**record, **one, "id": one.get("id")} | dict.fromkeys(service.columns.get("url", ()))
        for one in times
    )


def _told(service: _Service, record: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = dict(record) if not service.columns else dict(service.fixed)
    for column, paths in service.columns.items():
        value = next(filter(None, (_found(record, path) for path in paths)), None)
        words = service.words.get(column)
        if words is not None:
            value = words.get(str(value).casefold(), "")
        if value:
            found[column] = value
    for column in service.local:
        if isinstance(found.get(column), str):
            found[column] = found[column].removesuffix("Z").removesuffix(".000")
    return found


def _found(record: Mapping[str, Any], path: str) -> Any:
    """Return what stands at a path, or at several that make up one value: ``local_date + local_time``."""
    parts = [_at(record, one.split(".")) for one in path.split(" + ")]
    return parts[0] if len(parts) == 1 else " ".join(str(one) for one in parts if one)


def _at(value: Any, path: list[str]) -> Any:
    """Return what stands at a path: of lists what each has there, of several languages one."""
    for place, name in enumerate(path):
        if isinstance(value, list):
            return [found for one in value if (found := _at(one, path[place:]))]
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    if isinstance(value, Mapping) and value and all(len(name) == 2 for name in value):
        return next((value[code] for code in (*_LANGUAGES, *value) if value.get(code)), None)
    return value
