"""The report of each run: one row, however many records it had."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import ckan.plugins.toolkit as tk
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Run(tk.BaseModel):
    """One run of one source."""

    __tablename__ = "opengovbelize_run"

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: str(uuid4()))
    source_id: Mapped[str] = mapped_column(index=True)
    job_id: Mapped[str | None] = mapped_column(unique=True)
    organization_id: Mapped[str]
    started_at: Mapped[datetime]
    gathered_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    dry_run: Mapped[bool]
    records: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
