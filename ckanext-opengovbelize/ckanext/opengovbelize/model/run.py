"""The report of each run: one row, however many records it had."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import ckan.plugins.toolkit as tk
from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Run(tk.BaseModel):
    """One run of one source.

    ``records`` are the unchanged ones, kept together since nothing becomes of them; every other is a
    ``RunRecord``. ``seconds`` are those of each stage, of all processes together. ``notified_at`` is when letters
    about it were sent, or none was needed.
    """

    __tablename__ = "opengovbelize_run"
    # The last run of each source is asked for all the time, and hundreds of each are kept.
    __table_args__ = (Index("ix_opengovbelize_run_source_id_started_at", "source_id", "started_at"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: str(uuid4()))
    source_id: Mapped[str]
    job_id: Mapped[str | None] = mapped_column(unique=True)
    organization_id: Mapped[str]
    started_at: Mapped[datetime]
    gathered_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    notified_at: Mapped[datetime | None]
    records: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    seconds: Mapped[dict[str, float]] = mapped_column(JSONB, default=dict)
