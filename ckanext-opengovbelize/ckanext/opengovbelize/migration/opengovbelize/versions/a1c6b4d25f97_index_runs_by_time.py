"""Find the last run of a source without looking at all of them

Revision ID: a1c6b4d25f97
Revises: f9b5a3c14e86
Create Date: 2026-11-29 21:30:00

"""

from alembic import op

revision = "a1c6b4d25f97"
down_revision = "f9b5a3c14e86"
branch_labels = None
depends_on = None


def upgrade():
    # CKAN's own set-up makes the tables of every model that is loaded, so it may be there already.
    op.execute(
        "CREATE INDEX IF NOT EXISTS ix_opengovbelize_run_source_id_started_at ON opengovbelize_run (source_id, started_at)"
    )
    op.execute("DROP INDEX IF EXISTS ix_opengovbelize_run_source_id")


def downgrade():
    op.execute("CREATE INDEX IF NOT EXISTS ix_opengovbelize_run_source_id ON opengovbelize_run (source_id)")
    op.execute("DROP INDEX IF EXISTS ix_opengovbelize_run_source_id_started_at")
