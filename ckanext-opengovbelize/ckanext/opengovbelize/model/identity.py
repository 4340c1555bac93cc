"""The keys by which records find their dataset."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column


class Identity(tk.BaseModel):
    """One key of one dataset. Purging the dataset takes its keys along."""

    __tablename__ = "opengovbelize_identity"
    __table_args__ = (UniqueConstraint("organization_id", "kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[str]
    kind: Mapped[str]
    key: Mapped[str]
    package_id: Mapped[str] = mapped_column(ForeignKey("package.id", ondelete="CASCADE"), index=True)
