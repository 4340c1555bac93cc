"""Add what web servers said of the pages of sources

Revision ID: b9c6f2d45a07
Revises: f8a1c3b5d702
Create Date: 2026-11-29 13:55:00

"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "b9c6f2d45a07"
down_revision = "f8a1c3b5d702"
branch_labels = None
depends_on = None

TABLE = "opengovbelize_page"


def upgrade():
    # CKAN's own set-up makes the tables of every model that is loaded, so it may be there already.
    if TABLE in sa.inspect(op.get_bind()).get_table_names():
        return
    op.create_table(
        TABLE,
        sa.Column("source_id", sa.Text, primary_key=True),
        sa.Column("page", sa.Text, primary_key=True),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("modified", sa.Text, nullable=False),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("records", JSONB, nullable=False),
    )


def downgrade():
    op.drop_table(TABLE)
