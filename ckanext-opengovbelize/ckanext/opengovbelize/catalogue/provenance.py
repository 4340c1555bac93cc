"""Which source gave which field of a dataset, which an editor holds, and lifting such a lock."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import ckan.model as model
import ckan.plugins.toolkit as tk

from ..model import Published
from . import diff, ledger, merge, pipeline
from . import publish as publishing

_NOT_TOLD = frozenset(("name", "sources", "publication_state"))


@dataclass
class Unit:
    """A field, or a row of a field, that a source states.

    Attributes:
        field: its name in the schema.
        row: the code of the row, or empty for the whole field.
        text: what a person knows the row by, or empty.
        sources: titles of those who state it, the one that counts first.
        locked: whether an editor changed it by hand, so that import leaves it alone.
    """

    field: str
    row: str = ""
    text: str = ""
    sources: list[str] = dataclasses.field(default_factory=list)
    locked: bool = False


def units(package: model.Package) -> list[Unit]:
    """Return the units of a dataset that sources state or editors hold, as the schema orders its fields."""
    said = ledger.statements(package.id)
    found: dict[tuple[str, str], Unit] = {}
    for statement in said.values:
        for name, value in statement.values.items():
            if name in _NOT_TOLD:
                continue
            rows = merge.by_code(value) if merge.is_rows(value) else {"": None}
            for code, row in rows.items():
                unit = found.setdefault((name, code), Unit(name, code, diff.telling(row) if row else ""))
                if statement.title not in unit.sources:
                    unit.sources.append(statement.title)
    for lock in pipeline.ROADS[package.type].prepare_known(package, said).resolution.locks:
        if lock.field not in _NOT_TOLD:
            row = lock.kept or lock.refused
            text = diff.telling(row) if lock.code and isinstance(row, dict) else ""
            found.setdefault((lock.field, lock.code), Unit(lock.field, lock.code, text)).locked = True
    order = list(publishing.in_schema_order({unit.field: None for unit in found.values()}, package.type))
    return sorted(found.values(), key=lambda unit: order.index(unit.field))


def lift(package: model.Package, name: str, code: str, user: str) -> bool:
    """Let sources decide again about a field or a row that an editor changed; return whether the dataset changed.

    Raises:
        ObjectNotFound: no lock is on it.
        ValidationError: the schema refuses what the sources say; nothing is changed.
    """
    publishing.lock_organization(package.owner_org or "")
    base = model.Session.get(Published, package.id)
    locks = (
        pipeline.ROADS[package.type].prepare_known(package, ledger.statements(package.id)).resolution.locks
    )
    if base is None or not any((lock.field, lock.code) == (name, code) for lock in locks):
        model.Session.rollback()
        raise tk.ObjectNotFound(tk._("No editor holds this field. Reload the page."))
    current = publishing.snapshot(publishing.show(package.id))
    base.values, base.shown = merge.without_lock(base.values, base.shown, current, name, code)
    model.Session.flush()
    try:
        changed = pipeline.republish(package, user)
    except tk.ValidationError:
        model.Session.rollback()
        raise
    model.Session.commit()
    pipeline.index([package.id] if changed else [])
    return changed
