"""Add which certificates were revoked, and how many were issued

Revision ID: c4d1a7e90b52
Revises: 8b2d5e40c7a1
Create Date: 2026-11-24 08:50:00

"""

import sqlalchemy as sa
from alembic import op

revision = "c4d1a7e90b52"
down_revision = "8b2d5e40c7a1"
branch_labels = None
depends_on = None


def text(name):
    return sa.Column(name, sa.Text, nullable=False)


TABLES = {
    "opengovbelize_revoked_certificate": lambda: (
        sa.Column("id", sa.Integer, primary_key=True),
        text("organization_id"),
        text("certificate_id"),
        text("reason"),
        text("user_id"),
        sa.Column("revoked_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("organization_id", "certificate_id"),
    ),
    "opengovbelize_certificate_issue": lambda: (
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("series_id", sa.Text, sa.ForeignKey("package.id", ondelete="CASCADE"), nullable=False),
        sa.Column("count", sa.Integer, nullable=True),
        sa.Column("threshold", sa.Integer, nullable=False),
        text("user_id"),
        sa.Column("issued_at", sa.DateTime, nullable=False),
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
