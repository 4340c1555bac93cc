"""Create the tables of identity, ledger, publication, review, runs and erased texts

Revision ID: 3f1c2a7d9b10
Revises:
Create Date: 2026-11-24 00:30:00

"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "3f1c2a7d9b10"
down_revision = None
branch_labels = None
depends_on = None


def package_id(**options):
    return sa.Column(
        "package_id", sa.Text, sa.ForeignKey("package.id", ondelete="CASCADE"), nullable=False, **options
    )


TABLES = {
    "opengovbelize_identity": lambda: (
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("organization_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        package_id(index=True),
        sa.UniqueConstraint("organization_id", "kind", "key"),
    ),
    "opengovbelize_ledger": lambda: (
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("record_key", sa.Text, nullable=False),
        package_id(index=True),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("values", JSONB, nullable=False),
        sa.Column("proposals", JSONB, nullable=False),
        sa.Column("trust", sa.Integer, nullable=False),
        sa.Column("source_title", sa.Text, nullable=False),
        sa.Column("source_url", sa.Text, nullable=False),
        sa.Column("source_created", sa.DateTime, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime),
        sa.UniqueConstraint("source_id", "record_key"),
    ),
    "opengovbelize_published": lambda: (
        package_id(primary_key=True),
        sa.Column("values", JSONB, nullable=False),
        sa.Column("shown", JSONB, nullable=False),
        sa.Column("index_pending", sa.Boolean, nullable=False),
    ),
    "opengovbelize_review": lambda: (
        sa.Column("id", sa.Text, primary_key=True),
        package_id(),
        sa.Column("organization_id", sa.Text, nullable=False, index=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("row", JSONB, nullable=False),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("correction", JSONB),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.DateTime),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("package_id", "key"),
    ),
    "opengovbelize_run": lambda: (
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("source_id", sa.Text, nullable=False, index=True),
        sa.Column("job_id", sa.Text, unique=True),
        sa.Column("organization_id", sa.Text, nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("finished_at", sa.DateTime),
        sa.Column("dry_run", sa.Boolean, nullable=False),
        sa.Column("records", JSONB, nullable=False),
        sa.Column("problems", JSONB, nullable=False),
    ),
    "opengovbelize_erased": lambda: (
        sa.Column("words", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.Text, primary_key=True),
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
