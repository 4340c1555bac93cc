"""Add when the source of a run had been read to its end

Revision ID: a8b5e1c34f96
Revises: f7a4d0b23e85
Create Date: 2026-11-29 13:10:00

"""

import sqlalchemy as sa
from alembic import op

revision = "a8b5e1c34f96"
down_revision = "f7a4d0b23e85"
branch_labels = None
depends_on = None

TABLE, COLUMN = "opengovbelize_run", "gathered_at"


def upgrade():
    # CKAN's own set-up makes the tables of every model that is loaded, so it may be there already.
    if COLUMN in {column["name"] for column in sa.inspect(op.get_bind()).get_columns(TABLE)}:
        return
    op.add_column(TABLE, sa.Column(COLUMN, sa.DateTime, nullable=True))
    # Until now records stood in a report only once all of them had been gathered.
    op.execute(
        f"UPDATE {TABLE} SET {COLUMN} = coalesce(finished_at, started_at) "
        "WHERE finished_at IS NOT NULL OR jsonb_array_length(records) > 0"
    )


def downgrade():
    op.drop_column(TABLE, COLUMN)
