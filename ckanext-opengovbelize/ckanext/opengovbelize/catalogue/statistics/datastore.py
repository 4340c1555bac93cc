"""The figures of one dataset as one table of the DataStore, replaced as a whole in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from ckanext.datastore.backend import DatastoreBackend
from ckanext.datastore.backend.postgres import get_write_engine

from ...exports import statistics as exports
from ...statistics.releases import cell_of
from ...statistics.rows import Row

# What tells one figure from another; the address of the series follows from the session.
PRIMARY_KEY = ("session", "mode", "dimension_1", "category_1", "dimension_2", "category_2", "measure")


def replace(resource_id: str, rows: Sequence[Row]) -> None:
    """Let a resource's table hold these rows and no others; either all is done or nothing.

    Not by CKAN's actions: none of them replaces the rows of a table in one transaction, and each would save the
    resource by itself in the middle of ours.
    """
    _make(resource_id)
    table = sa.table(resource_id, *(sa.column(name) for name in exports.COLUMNS))
    with get_write_engine().begin() as connection:
        connection.execute(sa.delete(table))
        if rows:
            connection.execute(sa.insert(table), [asdict(row) for row in sorted(rows, key=cell_of)])


def exists(resource_id: str) -> bool:
    """Tell whether a resource has a table."""
    return DatastoreBackend.get_active_backend().resource_exists(resource_id)


def _make(resource_id: str) -> None:
    """Make the table where it is missing, and bring its data dictionary up to date."""
    fields = [{"id": each["id"], "type": each["type"], "info": _info(each)} for each in exports.columns()]
    wanted: dict[str, Any] = {"resource_id": resource_id, "fields": fields, "delete_fields": False}
    if not exists(resource_id):
        wanted["primary_key"] = list(PRIMARY_KEY)
    # A value that is withheld is no value: no statistics of a table can show it, since it is not in there.
    DatastoreBackend.get_active_backend().create({}, wanted, {})


def _info(column: dict[str, Any]) -> dict[str, str]:
    """Return what the data dictionary says of a column; CKAN's own keys are in English."""
    label, notes = column["label"], column["notes"]
    return {"label": label["en"], "notes": notes["en"], "label_es": label["es"], "notes_es": notes["es"]}
