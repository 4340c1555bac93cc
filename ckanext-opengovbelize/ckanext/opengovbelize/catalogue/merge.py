"""Which value of a field is published: trust between sources, and the locks of editors. Plain Python.

A unit is one field, or one row of a repeating field, known by its code. For every unit that import has
published we remember what was sent and what CKAN showed afterwards; a unit is locked while it differs from
what was shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..records.codes import row_code

Values = dict[str, Any]
Rows = dict[str, Values]


@dataclass(frozen=True)
class Statement:
    """What one source says of one webinar."""

    source_id: str
    title: str
    url: str
    values: Values


@dataclass(frozen=True)
class Lock:
    """A unit that an editor changed by hand, and what import would have published."""

    field: str
    code: str
    kept: Any
    refused: Any


@dataclass
class Resolution:
    """What to publish, and what to remember of it.

    Attributes:
        values: by field, as to be published; None where the field goes.
        sent: what import will have sent once this is published.
        shown: what CKAN showed of the units that stay as they were; ``rebase`` adds the others.
        fresh: the units that import sets now, as (field, code); code is empty for a whole field.
        locks: editors' changes that were kept.
    """

    values: Values = field(default_factory=dict)
    sent: Values = field(default_factory=dict)
    shown: Values = field(default_factory=dict)
    fresh: list[tuple[str, str]] = field(default_factory=list)
    locks: list[Lock] = field(default_factory=list)


def canonical(value: Any) -> Any:
    """Return the form by which values are compared: empty is None, numbers are text, line ends are LF."""
    if isinstance(value, dict):
        return {key: plain for key, item in value.items() if (plain := canonical(item)) is not None} or None
    if isinstance(value, (list, tuple)):
        return [plain for item in value if (plain := canonical(item)) is not None] or None
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return None
    return str(value).replace("\r\n", "\n").strip() or None


def same(one: Any, other: Any) -> bool:
    """Tell whether two values mean the same."""
    return canonical(one) == canonical(other)


def is_rows(value: Any) -> bool:
    """Tell whether a value is that of a repeating field."""
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def by_code(value: Any) -> Rows:
    """Return rows by their code. Of two with one code the first counts; rows without code are left out."""
    rows: Rows = {}
    for row in value or []:
        if row.get("code"):
            rows.setdefault(row["code"], row)
    return rows


def combine(statements: Iterable[Statement]) -> Values:
    """Merge what sources say, the most trusted first: by field, and by code within repeating fields."""
    merged: Values = {}
    for statement in statements:
        for name, value in statement.values.items():
            if canonical(value) is None:
                continue
            if not is_rows(value):
                merged.setdefault(name, value)
            elif name not in merged or is_rows(merged[name]):
                rows = by_code(merged.get(name))
                merged[name] = list(rows.values()) + [
                    row for code, row in by_code(value).items() if code not in rows
                ]
    return merged


def sources_of(statements: Iterable[Statement]) -> list[dict[str, str]]:
    """Return the rows that name every source of a webinar once."""
    rows: dict[str, dict[str, str]] = {}
    for statement in statements:
        # A hash, since the id of a source that has no page may tell where it lies.
        row = {"code": row_code(statement.source_id), "title": statement.title, "url": statement.url}
        rows.setdefault(statement.source_id, {name: value for name, value in row.items() if value})
    return list(rows.values())


def outweighed(statement: Statement, merged: Values) -> list[tuple[str, Any, Any]]:
    """Return (field, merged value, own value) where a more trusted source says something else."""
    found: list[tuple[str, Any, Any]] = []
    for name, own in statement.values.items():
        published = merged.get(name)
        if is_rows(own):
            rows = by_code(published)
            found += [
                (name, rows[code], row)
                for code, row in by_code(own).items()
                if code in rows and not same(rows[code], row)
            ]
        elif canonical(own) is not None and not same(own, published):
            found.append((name, published, own))
    return found


def resolve(target: Values, sent: Values, shown: Values, current: Values) -> Resolution:
    """Decide each unit between what sources say now and what editors made of it.

    Args:
        target: what sources say now, merged.
        sent: what import sent when it last published.
        shown: what CKAN showed of that.
        current: what CKAN shows now.
    """
    result = Resolution()
    for name in {**target, **sent}:
        sides = [values.get(name) for values in (target, sent, shown, current)]
        if any(map(is_rows, sides)):
            _resolve_rows(result, name, *[side if isinstance(side, list) else [] for side in sides])
        else:
            _resolve_field(result, name, *sides)
    return result


def without_lock(sent: Values, shown: Values, current: Values, name: str, code: str) -> tuple[Values, Values]:
    """Return what import sent and what CKAN showed, as if an editor had not touched a unit and import not sent it."""
    sent, shown = dict(sent), dict(shown)
    if not code:
        sent.pop(name, None)
        shown[name] = current.get(name)
        return sent, shown
    sent[name] = [row for row in sent.get(name) or [] if row.get("code") != code]
    row = by_code(current.get(name)).get(code)
    shown[name] = [one for one in shown.get(name) or [] if one.get("code") != code] + ([row] if row else [])
    return sent, shown


def rebase(resolution: Resolution, after: Values) -> Values:
    """Return what CKAN showed of every unit, now that a resolution is published and it shows ``after``."""
    shown = {name: list(value) if is_rows(value) else value for name, value in resolution.shown.items()}
    for name, code in resolution.fresh:
        if not code:
            shown[name] = after.get(name)
        elif row := by_code(after.get(name)).get(code):
            shown.setdefault(name, []).append(row)
    for name, value in shown.items():
        if is_rows(value):
            places = {code: place for place, code in enumerate(by_code(after.get(name)))}
            value.sort(key=lambda row: places.get(row["code"], len(places)))
    return shown


def _decide(new: Any, was_sent: Any, was_shown: Any, now: Any) -> str:
    """Return ``locked``, ``same`` (nothing new) or ``fresh`` (import sets it)."""
    touched = not same(now, was_shown)
    # What an editor emptied or deleted stays so even if the source drops it in between and brings it back.
    if touched and (not same(now, new) or canonical(now) is None):
        return "locked"
    return "same" if not touched and same(new, was_sent) else "fresh"


def _resolve_field(result: Resolution, name: str, new: Any, was_sent: Any, was_shown: Any, now: Any) -> None:
    decision = _decide(new, was_sent, was_shown, now)
    if decision == "fresh":
        result.values[name] = new
        if canonical(new) is not None:
            result.sent[name] = new
            result.fresh.append((name, ""))
        return
    result.values[name] = now
    if was_sent is not None:
        result.sent[name], result.shown[name] = was_sent, was_shown
    if decision == "locked" and not same(now, new):
        result.locks.append(Lock(name, "", now, new))


def _resolve_rows(
    result: Resolution,
    name: str,
    target: list[Values],
    sent: list[Values],
    shown: list[Values],
    current: list[Values],
) -> None:
    new, was_sent, was_shown, now = map(by_code, (target, sent, shown, current))
    rows: Rows = {}
    for code in {**was_sent, **new}:
        sides = [side.get(code) for side in (new, was_sent, was_shown, now)]
        decision = _decide(*sides)
        row = sides[0] if decision == "fresh" else sides[3]
        if row is not None:
            rows[code] = row
        if decision == "fresh" and row is not None:
            result.sent.setdefault(name, []).append(row)
            result.fresh.append((name, code))
        if decision != "fresh":
            if code in was_sent:
                result.sent.setdefault(name, []).append(was_sent[code])
            if code in was_shown:
                result.shown.setdefault(name, []).append(was_shown[code])
        if decision == "locked" and not same(sides[3], sides[0]):
            result.locks.append(Lock(name, code, sides[3], sides[0]))
    # The source's order counts, unless an editor has changed it.
    reordered = [code for code in now if code in was_shown] != [code for code in was_shown if code in now]
    order = [*now, *new] if reordered else [*new, *now]
    ordered = [rows[code] for code in dict.fromkeys(order) if code in rows]
    editors = [row for row in current if row.get("code") not in {**was_sent, **new}]
    result.values[name] = ordered + editors
