"""Certificates that are no longer valid, by their random ids. Whose they were is known to nobody here."""

from __future__ import annotations

from datetime import datetime

import ckan.plugins.toolkit as tk
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column


class RevokedCertificate(tk.BaseModel):
    """One certificate that its program revoked; ``reason`` is a code of ``certificates.model.REASONS``."""

    __tablename__ = "opengovbelize_revoked_certificate"
    __table_args__ = (UniqueConstraint("organization_id", "certificate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[str]
    certificate_id: Mapped[str]
    reason: Mapped[str]
    user_id: Mapped[str]
    revoked_at: Mapped[datetime]
