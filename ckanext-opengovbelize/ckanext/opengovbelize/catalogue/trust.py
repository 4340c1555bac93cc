"""The order in which a program's sources are trusted: what it is, what another would change, and setting it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import ckan.model as model
import ckan.plugins as p
import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan.lib.plugins import get_permission_labels
from ckanext.harvest.model import HarvestSource

from ..sources import SourceConfig, SourceConfigError
from ..sources.types import PACKAGE_TYPE, RECORDS
from . import diff, ledger, pipeline, trust_numbers
from . import publish as publishing

log = logging.getLogger(__name__)

# So many datasets are looked at before an order is set.
_LOOKED_AT = 50


@dataclass(frozen=True)
class Ranked:
    """A source and its trust."""

    id: str
    title: str
    trust: float


@dataclass
class Effect:
    """What another order would change.

    Attributes:
        shared: how many datasets several of the sources tell of.
        looked_at: how many of them were looked at.
        changes: each ``{"name", "title", "type", "field", "old", "new"}``, and ``row`` in repeating fields.
    """

    shared: int = 0
    looked_at: int = 0
    changes: list[dict[str, Any]] = field(default_factory=list)


def ranked(organization_id: str) -> list[Ranked]:
    """Return the sources of an organization, the most trusted first; of two alike the one that was made first."""
    rows = sorted(_rows(organization_id), key=lambda row: (-_config(row).trust, row.created, row.id))
    return [Ranked(row.id, row.title, _config(row).trust) for row in rows]


def effect(organization_id: str, order: Sequence[str]) -> Effect:
    """Tell what an order would change in the datasets of which several sources tell. Changes nothing."""
    trusts = _in_order(organization_id, order)
    shared = _shared(order)
    found = Effect(len(shared))
    try:
        _note(trusts)
        for package_id in shared[:_LOOKED_AT]:
            if package := _merged(package_id, organization_id):
                found.looked_at += 1
                found.changes += _changes(package)
    finally:
        model.Session.rollback()
    return found


def set_order(organization_id: str, order: Sequence[str], user: str) -> list[str]:
    """Write an order into the configurations of the sources, all at once; return the ids of those that changed.

    ``follow`` lets the datasets follow it; the sources that changed have yet to be indexed.

    Args:
        organization_id: the program.
        order: the ids of all its sources, the most trusted first.
        user: name of the user whom the activity stream names.

    Raises:
        ValidationError: a source has a configuration that cannot be used, or is not named in the order.
    """
    _hold(organization_id)
    rows = {row.id: row for row in _rows(organization_id)}
    changed = {
        id_: replace(config, trust=trust).to_json()
        for id_, trust in _in_order(organization_id, order).items()
        if (config := _config(rows[id_])).trust != trust
    }
    values = {"ids": list(changed), "configs": list(changed.values()), "now": ledger.now()}
    model.Session.execute(_CONFIGURE, values)
    model.Session.expire_all()
    if p.plugin_loaded("activity"):
        _announce(changed, user)
    model.Session.commit()
    return list(changed)


def _announce(configs: Mapping[str, str], user: str) -> None:
    """Tell the activity stream of new configurations, in their own transaction: afterwards it may be lost.

    CKAN's own way shows each dataset in full, too long for hundreds of them in a request. Whatever changed one was
    told before, so that all but its configuration is as it was told last.

    Args:
        configs: the new configurations by source.
        user: name of the user.
    """
    from ckanext.activity.model import Activity

    author = model.User.get(user)
    if author is None:
        return
    last = {row.object_id: row.package for row in model.Session.execute(_LAST_TOLD, {"ids": list(configs)})}
    labels = get_permission_labels()
    for package in model.Session.query(model.Package).filter(model.Package.id.in_(configs)):
        told = last.get(package.id) or {"id": package.id, "name": package.name, "title": package.title}
        changed = {"config": configs[package.id], "metadata_modified": package.metadata_modified.isoformat()}
        data = {"package": {**told, **changed}, "actor": author.name}
        shown_to = labels.get_dataset_labels(package)
        model.Session.add(Activity(author.id, package.id, "changed package", data, shown_to))


def follow(organization_id: str, user: str) -> int:
    """Let the datasets of which several sources tell follow the trust of the sources as it is now.

    By what the ledger has of each source: nothing is fetched. Safe to repeat, and to break off; what is left then
    follows with the next runs.

    Args:
        organization_id: the program.
        user: name of the user whom the activity stream names.

    Returns:
        How many datasets changed.
    """
    changed: list[str] = []
    try:
        for package_id in _shared(list(_trusts(organization_id))):
            publishing.lock_organization(organization_id)
            # As it is by now: somebody may have set another order, or deleted a source.
            _note(_trusts(organization_id), package_id)
            package = _merged(package_id, organization_id)
            try:
                if package and pipeline.republish(package, user):
                    changed.append(package_id)
            except tk.ValidationError:
                model.Session.rollback()
                log.warning(
                    "Dataset %s does not follow the order of trust until its sources run.", package_id
                )
            model.Session.commit()
    finally:
        pipeline.index(changed)
    return len(changed)


def _trusts(organization_id: str) -> dict[str, float]:
    return {each.id: each.trust for each in ranked(organization_id)}


def _shared(source_ids: Sequence[str]) -> list[str]:
    """Return the ids of the datasets of which several of these sources tell."""
    return [id_ for (id_,) in model.Session.execute(_SHARED, {"ids": list(source_ids)})]


def _in_order(organization_id: str, order: Sequence[str]) -> dict[str, float]:
    """Return what trust each source has in an order.

    Raises:
        ValidationError: the order does not name each of the sources once.
    """
    by_age = sorted(_rows(organization_id), key=lambda row: (row.created, row.id))
    ages = {row.id: age for age, row in enumerate(by_age)}
    if sorted(order) != sorted(ages):
        message = tk._(
            "Name every source of the program once. Reload the page, since there may be a new one."
        )
        raise tk.ValidationError({"sources": [message]})
    rows = [by_age[ages[id_]] for id_ in order]
    trusts = trust_numbers.spread([ages[id_] for id_ in order], [_config(row).trust for row in rows])
    return dict(zip(order, trusts, strict=True))


def _note(trusts: Mapping[str, float], package_id: str | None = None) -> None:
    """Write what trust each source has into the ledger, of one dataset or of all."""
    values: dict[str, Any] = {"ids": list(trusts), "trusts": list(trusts.values())}
    if package_id:
        model.Session.execute(_NOTE_OF_ONE, {**values, "package_id": package_id})
    else:
        model.Session.execute(_NOTE, values)
    model.Session.expire_all()


def _merged(package_id: str, organization_id: str) -> model.Package | None:
    """Return a dataset of the organization, if it is one that is merged from what its sources say."""
    package = model.Session.get(model.Package, package_id)
    is_here = package and package.state == "active" and package.owner_org == organization_id
    return package if package and is_here and package.type in pipeline.ROADS else None


def _changes(package: model.Package) -> Iterator[dict[str, Any]]:
    prepared = pipeline.ROADS[package.type].prepare_known(package, ledger.statements(package.id))
    about = {"name": package.name, "title": package.title, "type": package.type}
    for change in diff.changes(prepared.before, prepared.resolution.values):
        if change["field"] != "sources":
            yield {**about, **{name: value for name, value in change.items() if name != "state"}}


def _hold(organization_id: str) -> None:
    """Keep others from changing the sources until the transaction ends.

    By their datasets, which the form of a source writes first: whoever held ckanext-harvest's rows and then wanted
    the datasets would wait for the form, and the form for him.
    """
    model.Session.execute(_HOLD, {"organization_id": organization_id, "type": PACKAGE_TYPE})
    # What was read before they were held may be outdated.
    model.Session.expire_all()


def _rows(organization_id: str) -> list[Any]:
    table: Any = HarvestSource
    query = (
        model.Session.query(table)
        .join(model.Package, model.Package.id == table.id)
        .filter(model.Package.owner_org == organization_id, model.Package.state == "active")
        .filter(table.type == RECORDS, table.active.is_(True))
    )
    return query.all()


def _config(row: Any) -> SourceConfig:
    try:
        return SourceConfig.from_json(row.config)
    except SourceConfigError as error:
        raise tk.ValidationError({"sources": [f"{row.title}: {error}"]}) from None


_HOLD = sa.text("""
    SELECT 1 FROM package WHERE owner_org = :organization_id AND type = :type ORDER BY id FOR UPDATE
""")
# ckanext-harvest reads its own table, and the form of a source what CKAN has of it.
_CONFIGURE = sa.text("""
    WITH wanted AS (
        SELECT * FROM unnest(CAST(:ids AS text[]), CAST(:configs AS text[])) wanted (id, config)
    ), configured AS (
        UPDATE harvest_source source SET config = wanted.config FROM wanted WHERE source.id = wanted.id
    )
    UPDATE package SET metadata_modified = :now,
        extras = coalesce(extras, '{}') || jsonb_build_object('config', wanted.config)
    FROM wanted WHERE package.id = wanted.id
""")
_LAST_TOLD = sa.text("""
    SELECT DISTINCT ON (object_id) object_id, data::jsonb -> 'package' AS package FROM activity
    WHERE object_id = ANY (:ids) AND activity_type LIKE '%package'
    ORDER BY object_id, timestamp DESC
""")
_SHARED = sa.text("""
    SELECT package_id FROM opengovbelize_ledger
    WHERE source_id = ANY (:ids) AND withdrawn_at IS NULL
    GROUP BY package_id HAVING count(DISTINCT source_id) > 1
    ORDER BY package_id
""")
_NOTING = """
    UPDATE opengovbelize_ledger entry SET trust = source.trust
    FROM unnest(CAST(:ids AS text[]), CAST(:trusts AS double precision[])) source (id, trust)
    WHERE entry.source_id = source.id AND entry.trust <> source.trust
"""
_NOTE = sa.text(_NOTING)
_NOTE_OF_ONE = sa.text(f"{_NOTING} AND entry.package_id = :package_id")
