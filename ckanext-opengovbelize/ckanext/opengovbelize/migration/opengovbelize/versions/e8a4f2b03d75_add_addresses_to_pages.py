"""Add what pages are that have no records of their own, and what they list

Revision ID: e8a4f2b03d75
Revises: d7e3f1a92c64
Create Date: 2026-11-29 20:40:00

"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "e8a4f2b03d75"
down_revision = "d7e3f1a92c64"
branch_labels = None
depends_on = None

TABLE = "opengovbelize_page"


def upgrade():
    # CKAN's own set-up makes the tables of every model that is loaded, so they may be there already.
    if "kind" in {column["name"] for column in sa.inspect(op.get_bind()).get_columns(TABLE)}:
        return
    op.add_column(TABLE, sa.Column("kind", sa.Text, nullable=False, server_default=""))
    op.add_column(TABLE, sa.Column("addresses", JSONB, nullable=False, server_default="[]"))


def downgrade():
    op.drop_column(TABLE, "addresses")
    op.drop_column(TABLE, "kind")
