"""Records that may tell of a session that is there already, and what editors decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import ckan.plugins.toolkit as tk
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Doubt(tk.BaseModel):
    """One record of a source beside one webinar. A decision stays for ever, whatever the source says later."""

    __tablename__ = "opengovbelize_doubt"
    __table_args__ = (UniqueConstraint("source_id", "record_key", "package_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: str(uuid4()))
    source_id: Mapped[str]
    record_key: Mapped[str]
    package_id: Mapped[str] = mapped_column(ForeignKey("package.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[str] = mapped_column(index=True)
    source_title: Mapped[str]
    said: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reasons: Mapped[list[str]] = mapped_column(JSONB)
    state: Mapped[str]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
