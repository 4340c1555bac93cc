"""Add that harvest work was put back, to let other work go first

Revision ID: f9b5a3c14e86
Revises: e8a4f2b03d75
Create Date: 2026-11-29 20:55:00

"""

import sqlalchemy as sa
from alembic import op

revision = "f9b5a3c14e86"
down_revision = "e8a4f2b03d75"
branch_labels = None
depends_on = None

TABLE = "opengovbelize_lease"


def upgrade():
    # CKAN's own set-up makes the tables of every model that is loaded, so it may be there already.
    if "put_back" in {column["name"] for column in sa.inspect(op.get_bind()).get_columns(TABLE)}:
        return
    op.add_column(TABLE, sa.Column("put_back", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade():
    op.drop_column(TABLE, "put_back")
