"""What changed, field by field, short enough for a report. Plain Python."""

from __future__ import annotations

from typing import Any

from .merge import Lock, Values, by_code, canonical, is_rows, same

LONGEST = 120
# The subfields by which a person knows a row, the most telling first.
TELLING = ("name", "question", "text", "title", "url", "kind")


def changes(old: Values, new: Values) -> list[dict[str, Any]]:
    """Return what changes in the fields of ``new``: one entry for a field or a row."""
    found: list[dict[str, Any]] = []
    for name, value in new.items():
        before = old.get(name)
        if same(before, value):
            continue
        if not is_rows(before) and not is_rows(value):
            found.append(change(name, before, value, "changed"))
            continue
        rows_before, rows_after = by_code(before), by_code(value)
        found += [
            change(name, rows_before.get(code), rows_after.get(code), "changed", code)
            for code in {**rows_before, **rows_after}
            if not same(rows_before.get(code), rows_after.get(code))
        ]
    return found


def locked(lock: Lock) -> dict[str, Any]:
    """Return the entry of a unit that an editor changed by hand."""
    return change(lock.field, lock.kept, lock.refused, "locked", lock.code)


def change(name: str, old: Any, new: Any, state: str, code: str = "") -> dict[str, Any]:
    """Return one entry. ``row`` is the row's code, in repeating fields only."""
    before, after = _shorten(_text(old, new), _text(new, old))
    entry = {"field": name, "old": before, "new": after, "state": state}
    return {**entry, "row": code} if code else entry


def telling(row: Values) -> str:
    """Return what a person knows a row by, cut short."""
    return _cut(str(next((row[name] for name in TELLING if row.get(name)), "")), 0)


def _text(value: Any, other: Any) -> str:
    plain = canonical(value)
    if plain is None:
        return ""
    if isinstance(plain, dict):
        return _row_text(plain, canonical(other) or {})
    if isinstance(plain, list):
        return ", ".join(str(item) for item in plain)
    return str(plain)


def _row_text(row: Values, other: Values) -> str:
    """Name a row by its most telling subfield, then the subfields in which it differs."""
    telling = next((row[name] for name in TELLING if name in row), "")
    if not other:
        return telling or "; ".join(f"{name}: {value}" for name, value in row.items() if name != "code")
    differing = [f"{name}: {value}" for name, value in row.items() if value != other.get(name)]
    return "; ".join(filter(None, [telling, *differing]))


def _shorten(old: str, new: str) -> tuple[str, str]:
    """Cut long texts around the first place where they differ."""
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    differs = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    start = max(0, differs - 20)
    return _cut(old, start), _cut(new, start)


def _cut(text: str, start: int) -> str:
    piece = text[start : start + LONGEST]
    return ("…" if start and piece else "") + piece + ("…" if len(text) > start + LONGEST else "")
