"""Texts that must not come back."""

from __future__ import annotations

from datetime import datetime

import ckan.plugins.toolkit as tk
from sqlalchemy.orm import Mapped, mapped_column


class Erased(tk.BaseModel):
    """One erased text, known by its number of words and its keyed hash only."""

    __tablename__ = "opengovbelize_erased"

    words: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
