"""The history of progress reports: rows are only ever added."""

from __future__ import annotations

from datetime import date, datetime

import ckan.plugins.toolkit as tk
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column


class ProgressReport(tk.BaseModel):
    """One version of one report. The commitment itself carries the newest of each indicator and period."""

    __tablename__ = "opengovbelize_progress_report"
    __table_args__ = (UniqueConstraint("commitment_id", "indicator", "period", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[str] = mapped_column(ForeignKey("package.id", ondelete="CASCADE"))
    indicator: Mapped[str]
    period: Mapped[str]
    version: Mapped[int]
    status: Mapped[str]
    progress: Mapped[str]
    evidence: Mapped[str]
    challenges: Mapped[str]
    reason: Mapped[str]
    late: Mapped[bool]
    organization_id: Mapped[str]
    institution: Mapped[str]
    user_id: Mapped[str]
    reported: Mapped[date]
    created_at: Mapped[datetime]
