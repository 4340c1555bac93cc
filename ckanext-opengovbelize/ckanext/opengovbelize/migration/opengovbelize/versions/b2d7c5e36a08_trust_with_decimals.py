"""Let the trust of sources have decimals: a program may have hundreds of them in an order of its own

Revision ID: b2d7c5e36a08
Revises: a1c6b4d25f97
Create Date: 2026-11-30 01:20:00

"""

import sqlalchemy as sa
from alembic import op

revision = "b2d7c5e36a08"
down_revision = "a1c6b4d25f97"
branch_labels = None
depends_on = None

TABLE = "opengovbelize_ledger"


def upgrade():
    op.alter_column(TABLE, "trust", type_=sa.Float)


def downgrade():
    op.alter_column(TABLE, "trust", type_=sa.Integer, postgresql_using="round(trust)::integer")
