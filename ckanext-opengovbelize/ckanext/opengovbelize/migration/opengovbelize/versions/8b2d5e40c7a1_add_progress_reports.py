"""Add the history of progress reports, and the periods that were reopened

Revision ID: 8b2d5e40c7a1
Revises: 3f1c2a7d9b10
Create Date: 2026-11-24 03:40:00

"""

import sqlalchemy as sa
from alembic import op

revision = "8b2d5e40c7a1"
down_revision = "3f1c2a7d9b10"
branch_labels = None
depends_on = None


def text(name):
    return sa.Column(name, sa.Text, nullable=False)


def package(name):
    return sa.Column(name, sa.Text, sa.ForeignKey("package.id", ondelete="CASCADE"), nullable=False)


TABLES = {
    "opengovbelize_progress_report": lambda: (
        sa.Column("id", sa.Integer, primary_key=True),
        package("commitment_id"),
        text("indicator"),
        text("period"),
        sa.Column("version", sa.Integer, nullable=False),
        text("status"),
        text("progress"),
        text("evidence"),
        text("challenges"),
        text("reason"),
        sa.Column("late", sa.Boolean, nullable=False),
        text("organization_id"),
        text("institution"),
        text("user_id"),
        sa.Column("reported", sa.Date, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("commitment_id", "indicator", "period", "version"),
    ),
    "opengovbelize_reopened": lambda: (
        sa.Column("id", sa.Integer, primary_key=True),
        package("plan_id"),
        text("period"),
        text("organization_id"),
        sa.Column("until", sa.Date, nullable=False),
        text("user_id"),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("plan_id", "period", "organization_id"),
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
