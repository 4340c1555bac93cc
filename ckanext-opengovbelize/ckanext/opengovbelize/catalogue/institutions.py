"""Institutions: the organizations that lead indicators, found by what sources call them."""

from __future__ import annotations

import ckan.model as model

from ..folding import fold


def find(reference: str) -> str | None:
    """Return the id of the active organization with this id, name or title; None where none or several fit."""
    known = organizations()
    if reference in known:
        return reference
    wanted = fold(reference)
    found = {id_ for id_, names in known.items() if wanted in map(fold, names)}
    return found.pop() if len(found) == 1 else None


def organizations() -> dict[str, tuple[str, str]]:
    """Return name and title of every active organization, by id."""
    rows = model.Session.query(model.Group.id, model.Group.name, model.Group.title).filter(
        model.Group.is_organization.is_(True), model.Group.state == "active"
    )
    return {row.id: (row.name, row.title or row.name) for row in rows}


def titles() -> dict[str, str]:
    """Return the title of every active organization, by id."""
    return {id_: title for id_, (_name, title) in organizations().items()}
