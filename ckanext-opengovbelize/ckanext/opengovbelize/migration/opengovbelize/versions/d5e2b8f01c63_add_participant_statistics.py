"""Add the releases of participant statistics, and the settings of programs

Revision ID: d5e2b8f01c63
Revises: c4d1a7e90b52
Create Date: 2026-11-24 08:40:00

"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "d5e2b8f01c63"
down_revision = "c4d1a7e90b52"
branch_labels = None
depends_on = None


def text(name):
    return sa.Column(name, sa.Text, nullable=False)


def document(name):
    return sa.Column(name, JSONB, nullable=False)


TABLES = {
    "opengovbelize_statistics_release": lambda: (
        sa.Column("id", sa.Integer, primary_key=True),
        text("package_id"),
        text("series_id"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("published_at", sa.DateTime, nullable=True),
        text("user_id"),
        sa.Column("threshold", sa.Integer, nullable=False),
        document("covers"),
        document("rows"),
        document("note"),
        sa.UniqueConstraint("package_id", "number"),
    ),
    "opengovbelize_program": lambda: (
        sa.Column("id", sa.Integer, primary_key=True),
        text("organization_id"),
        sa.Column("threshold", sa.Integer, nullable=False),
        text("user_id"),
        sa.Column("created_at", sa.DateTime, nullable=False),
    ),
}


def upgrade():
    # CKAN's own set-up makes the tables of every model that is loaded, so they may be there already.
    present = sa.inspect(op.get_bind()).get_table_names()
    for name, columns in TABLES.items():
        if name not in present:
            op.create_table(name, *columns())


def downgrade():
    for name in TABLES:
        op.drop_table(name)
