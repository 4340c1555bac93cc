"""The migration makes exactly the tables that the models describe."""

from __future__ import annotations

import ckan.model as model
import pytest
import sqlalchemy as sa
from ckanext.opengovbelize import model as ours

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db")]

TABLES = [getattr(ours, name).__table__ for name in ours.__all__]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_columns_and_unique_keys_match_the_model(table, migrate_db_for):
    migrate_db_for("opengovbelize", "base", False)
    migrate_db_for("opengovbelize")
    inspector = sa.inspect(model.Session.connection())

    columns = {column["name"]: column["nullable"] for column in inspector.get_columns(table.name)}
    unique = {tuple(key["column_names"]) for key in inspector.get_unique_constraints(table.name)}

    assert columns == {column.name: column.nullable for column in table.columns}
    assert unique == {
        tuple(column.name for column in constraint.columns)
        for constraint in table.constraints
        if isinstance(constraint, sa.UniqueConstraint)
    }
