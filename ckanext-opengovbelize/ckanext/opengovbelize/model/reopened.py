"""Periods that an administrator opened again for one institution."""

from __future__ import annotations

from datetime import date, datetime

import ckan.plugins.toolkit as tk
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column


class Reopened(tk.BaseModel):
    """One period of one plan on which one institution may report again, until a day."""

    __tablename__ = "opengovbelize_reopened"
    __table_args__ = (UniqueConstraint("plan_id", "period", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("package.id", ondelete="CASCADE"))
    period: Mapped[str]
    organization_id: Mapped[str]
    until: Mapped[date]
    user_id: Mapped[str]
    created_at: Mapped[datetime]
