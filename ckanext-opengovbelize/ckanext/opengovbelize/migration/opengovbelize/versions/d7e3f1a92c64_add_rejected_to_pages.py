"""Add what is rejected for what it says itself, and a hash, to what is known of the pages of sources

Revision ID: d7e3f1a92c64
Revises: b9c6f2d45a07
Create Date: 2026-11-29 16:30:00

"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "d7e3f1a92c64"
down_revision = "b9c6f2d45a07"
branch_labels = None
depends_on = None

TABLE = "opengovbelize_page"


def upgrade():
    # CKAN's own set-up makes the tables of every model that is loaded, so they may be there already.
    if "digest" in {column["name"] for column in sa.inspect(op.get_bind()).get_columns(TABLE)}:
        return
    op.add_column(TABLE, sa.Column("digest", sa.Text, nullable=False, server_default=""))
    op.add_column(TABLE, sa.Column("rejected", JSONB, nullable=False, server_default="[]"))


def downgrade():
    op.drop_column(TABLE, "rejected")
    op.drop_column(TABLE, "digest")
