"""Questions that wait for an editor, and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import ckan.plugins.toolkit as tk
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Review(tk.BaseModel):
    """One question of one webinar. A decision stays for ever, whatever the source says later."""

    __tablename__ = "opengovbelize_review"
    __table_args__ = (UniqueConstraint("package_id", "key"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: str(uuid4()))
    package_id: Mapped[str] = mapped_column(ForeignKey("package.id", ondelete="CASCADE"))
    organization_id: Mapped[str] = mapped_column(index=True)
    key: Mapped[str]
    row: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reasons: Mapped[list[str]] = mapped_column(JSONB)
    state: Mapped[str]
    correction: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
