"""What each source last said of each record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class LedgerEntry(tk.BaseModel):
    """One record of one source. ``values`` is empty once the source has withdrawn it."""

    __tablename__ = "opengovbelize_ledger"
    __table_args__ = (UniqueConstraint("source_id", "record_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str]
    record_key: Mapped[str]
    package_id: Mapped[str] = mapped_column(ForeignKey("package.id", ondelete="CASCADE"), index=True)
    content_hash: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSONB)
    proposals: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    trust: Mapped[float]
    source_title: Mapped[str]
    source_url: Mapped[str]
    source_created: Mapped[datetime]
    changed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
