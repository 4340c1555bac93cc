"""Settings of a program and who changed them: rows are only ever added, the newest holds."""

from __future__ import annotations

from datetime import datetime

import ckan.plugins.toolkit as tk
from sqlalchemy.orm import Mapped, mapped_column


class Program(tk.BaseModel):
    """The settings of one program from a point in time on."""

    __tablename__ = "opengovbelize_program"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[str]
    threshold: Mapped[int]
    user_id: Mapped[str]
    created_at: Mapped[datetime]
