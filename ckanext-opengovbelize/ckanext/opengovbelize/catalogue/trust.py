"""The order in which a program's sources are trusted: what it is, what another would change, and setting it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckanext.harvest.model import HarvestSource

from ..model import LedgerEntry
from ..sources import SourceConfig, SourceConfigError
from . import diff, ledger, pipeline

SOURCE_TYPE = "opengovbelize_records"

# A number is left between neighbours, so that a new source finds its place.
_HIGHEST, _LOWEST, _STEP = 90, 10, 10
MOST_SOURCES = _HIGHEST - _LOWEST + 1
# So many datasets are looked at before an order is set.
_LOOKED_AT = 50


@dataclass(frozen=True)
class Ranked:
    """A source and its trust."""

    id: str
    title: str
    trust: int


@dataclass
class Effect:
    """What another order would change.

    Attributes:
        shared: how many datasets several of the sources tell of.
        looked_at: how many of them were looked at.
        changes: each ``{"name", "title", "field", "old", "new"}``, and ``row`` in repeating fields.
    """

    shared: int = 0
    looked_at: int = 0
    changes: list[dict[str, Any]] = field(default_factory=list)


def ranked(organization_id: str) -> list[Ranked]:
    """Return the sources of an organization, the most trusted first; of two alike the one that was made first."""
    rows = sorted(_rows(organization_id), key=lambda row: (-_config(row).trust, row.created, row.id))
    return [Ranked(row.id, row.title, _config(row).trust) for row in rows]


def spread(number: int) -> list[int]:
    """Return the trust of so many sources in order, each with a number of its own."""
    step = min(_STEP, (_HIGHEST - _LOWEST) // max(1, number - 1))
    return [_HIGHEST - step * place for place in range(number)]


def effect(organization_id: str, order: Sequence[str]) -> Effect:
    """Tell what an order would change in the datasets of which several sources tell. Changes nothing."""
    trusts = dict(zip(order, spread(len(order)), strict=True))
    shared = [id_ for (id_,) in model.Session.execute(_SHARED, {"ids": list(order)})]
    found = Effect(len(shared))
    try:
        for id_, trust in trusts.items():
            model.Session.query(LedgerEntry).filter_by(source_id=id_).update(
                {"trust": trust}, synchronize_session=False
            )
        model.Session.expire_all()
        for package_id in shared[:_LOOKED_AT]:
            package = model.Session.get(model.Package, package_id)
            if package and package.state == "active" and package.owner_org == organization_id:
                found.looked_at += 1
                found.changes += _changes(package)
    finally:
        model.Session.rollback()
    return found


def set_order(order: Sequence[str], context: Any) -> None:
    """Write an order into the configurations of the sources. It counts from each source's next run on.

    Raises:
        ValidationError: a source has a configuration that cannot be used.
    """
    for id_, trust in zip(order, spread(len(order)), strict=True):
        row: Any = HarvestSource.get(id_)
        config = _config(row)
        if config.trust != trust:
            tk.get_action("harvest_source_update")(
                context.copy(), {**_form(row), "config": replace(config, trust=trust).to_json()}
            )


def _form(row: Any) -> dict[str, Any]:
    """Return what stands in a source's form; ckanext-harvest's own patch loses its type."""
    package = model.Session.get_one(model.Package, row.id)
    return {
        "id": row.id,
        "url": row.url,
        "name": package.name,
        "title": row.title,
        "notes": package.notes or "",
        "source_type": row.type,
        "frequency": row.frequency,
        "owner_org": package.owner_org,
    }


def _changes(package: model.Package) -> Iterator[dict[str, Any]]:
    prepared = pipeline.ROADS[package.type].prepare_known(package, ledger.statements(package.id))
    about = {"name": package.name, "title": package.title}
    for change in diff.changes(prepared.before, prepared.resolution.values):
        if change["field"] != "sources":
            yield {**about, **{name: value for name, value in change.items() if name != "state"}}


def _rows(organization_id: str) -> list[Any]:
    table: Any = HarvestSource
    query = (
        model.Session.query(table)
        .join(model.Package, model.Package.id == table.id)
        .filter(model.Package.owner_org == organization_id, model.Package.state == "active")
        .filter(table.type == SOURCE_TYPE, table.active.is_(True))
    )
    return query.all()


def _config(row: Any) -> SourceConfig:
    try:
        return SourceConfig.from_json(row.config)
    except SourceConfigError as error:
        raise tk.ValidationError({"sources": [f"{row.title}: {error}"]}) from None


_SHARED = sa.text("""
    SELECT package_id FROM opengovbelize_ledger
    WHERE source_id = ANY (:ids) AND withdrawn_at IS NULL
    GROUP BY package_id HAVING count(DISTINCT source_id) > 1
    ORDER BY package_id
""")
