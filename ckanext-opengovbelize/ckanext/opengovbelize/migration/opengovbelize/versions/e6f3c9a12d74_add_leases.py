"""Add the leases of harvest work

Revision ID: e6f3c9a12d74
Revises: d5e2b8f01c63
Create Date: 2026-11-29 05:45:00

"""

import sqlalchemy as sa
from alembic import op

revision = "e6f3c9a12d74"
down_revision = "d5e2b8f01c63"
branch_labels = None
depends_on = None

TABLE = "opengovbelize_lease"


def upgrade():
    # CKAN's own set-up makes the tables of every model that is loaded, so it may be there already.
    if TABLE in sa.inspect(op.get_bind()).get_table_names():
        return
    op.create_table(
        TABLE,
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
    )


def downgrade():
    op.drop_table(TABLE)
