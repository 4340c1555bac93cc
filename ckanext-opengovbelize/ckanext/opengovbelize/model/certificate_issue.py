"""How many certificates were issued, and nothing else about them."""

from __future__ import annotations

from datetime import datetime

import ckan.plugins.toolkit as tk
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class CertificateIssue(tk.BaseModel):
    """One download of certificates of a series; ``count`` is None where the number could point at persons."""

    __tablename__ = "opengovbelize_certificate_issue"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[str] = mapped_column(ForeignKey("package.id", ondelete="CASCADE"))
    count: Mapped[int | None]
    threshold: Mapped[int]
    user_id: Mapped[str]
    issued_at: Mapped[datetime]
