"""Drop whether a run was a dry one: dry runs keep no report

Revision ID: a7d1e9c42b60
Revises: b2d7c5e36a08
Create Date: 2026-11-30 21:30:00

"""

import sqlalchemy as sa
from alembic import op

revision = "a7d1e9c42b60"
down_revision = "b2d7c5e36a08"
branch_labels = None
depends_on = None

TABLE = "opengovbelize_run"


def upgrade():
    # CKAN's own set-up makes the tables of every model that is loaded, so it may be gone already.
    if "dry_run" in {column["name"] for column in sa.inspect(op.get_bind()).get_columns(TABLE)}:
        op.drop_column(TABLE, "dry_run")


def downgrade():
    op.add_column(TABLE, sa.Column("dry_run", sa.Boolean, nullable=False, server_default=sa.false()))
