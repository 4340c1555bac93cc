"""Add the records that may tell of a session that is there already

Revision ID: f7a4d0b23e85
Revises: e6f3c9a12d74
Create Date: 2026-11-29 13:00:00

"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "f7a4d0b23e85"
down_revision = "e6f3c9a12d74"
branch_labels = None
depends_on = None

TABLE = "opengovbelize_doubt"


def upgrade():
    # CKAN's own set-up makes the tables of every model that is loaded, so it may be there already.
    if TABLE in sa.inspect(op.get_bind()).get_table_names():
        return
    op.create_table(
        TABLE,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("record_key", sa.Text, nullable=False),
        sa.Column(
            "package_id", sa.Text, sa.ForeignKey("package.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("organization_id", sa.Text, nullable=False, index=True),
        sa.Column("source_title", sa.Text, nullable=False),
        sa.Column("said", JSONB, nullable=False),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.DateTime),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("source_id", "record_key", "package_id"),
    )


def downgrade():
    op.drop_table(TABLE)
