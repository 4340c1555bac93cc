"""What became of each record of a run that was not simply unchanged."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class RunRecord(tk.BaseModel):
    """One record. Its outcome is written in the transaction that publishes it, so that both are true or neither."""

    __tablename__ = "opengovbelize_run_record"
    __table_args__ = (Index("ix_opengovbelize_run_record_run_id_key", "run_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("opengovbelize_run.id", ondelete="CASCADE"))
    key: Mapped[str]
    type: Mapped[str]
    name: Mapped[str]
    label: Mapped[str]
    outcome: Mapped[str]
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    reasons: Mapped[list[str]] = mapped_column(JSONB)
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
