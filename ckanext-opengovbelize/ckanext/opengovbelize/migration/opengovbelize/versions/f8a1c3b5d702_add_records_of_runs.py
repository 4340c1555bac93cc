"""Give each record of a run that is not simply unchanged a row of its own.

Revision ID: f8a1c3b5d702
Revises: a8b5e1c34f96
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "f8a1c3b5d702"
down_revision = "a8b5e1c34f96"
branch_labels = None
depends_on = None

RUN, RECORD = "opengovbelize_run", "opengovbelize_run_record"

_MOVE = f"""
    INSERT INTO {RECORD} (run_id, key, type, name, label, outcome, changes, reasons, problems)
    SELECT run.id, row->>'key', row->>'type', row->>'name', row->>'label', row->>'outcome', row->'changes', row->'reasons',
        row->'problems'
    FROM {RUN} run, jsonb_array_elements(run.records) row
    WHERE row->>'outcome' <> 'unchanged'
"""
_KEEP = f"""
    UPDATE {RUN} run SET records = (
        SELECT coalesce(jsonb_agg(row), '[]') FROM jsonb_array_elements(run.records) row
        WHERE row->>'outcome' = 'unchanged'
    )
"""


def upgrade():
    inspector = sa.inspect(op.get_bind())
    # CKAN's own set-up makes the tables of every model that is loaded, so they may be there already.
    if RECORD not in inspector.get_table_names():
        op.create_table(
            RECORD,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("run_id", sa.Text, sa.ForeignKey(f"{RUN}.id", ondelete="CASCADE"), nullable=False),
            *(
                sa.Column(name, sa.Text, nullable=False)
                for name in ("key", "type", "name", "label", "outcome")
            ),
            *(sa.Column(name, JSONB, nullable=False) for name in ("changes", "reasons", "problems")),
        )
        op.create_index(f"ix_{RECORD}_run_id_key", RECORD, ["run_id", "key"])
    if "notified_at" in {column["name"] for column in inspector.get_columns(RUN)}:
        return
    op.add_column(RUN, sa.Column("notified_at", sa.DateTime))
    op.add_column(RUN, sa.Column("seconds", JSONB, nullable=False, server_default="{}"))
    op.execute(f"UPDATE {RUN} SET notified_at = finished_at")
    op.execute(_MOVE)
    op.execute(_KEEP)


def downgrade():
    op.drop_table(RECORD)
    for name in ("seconds", "notified_at"):
        op.drop_column(RUN, name)
