"""Every table of participant statistics that was ever released. Rows are only ever added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class StatisticsRelease(tk.BaseModel):
    """What one release of one statistics dataset made public.

    It outlives its dataset, so there is no foreign key: what was public once stays known to those who have read it.
    """

    __tablename__ = "opengovbelize_statistics_release"
    __table_args__ = (UniqueConstraint("package_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[str]
    # The series of the dataset or of its webinar; empty where there is none.
    series_id: Mapped[str]
    number: Mapped[int]
    created_at: Mapped[datetime]
    # When page and DataStore had it; empty while that has not succeeded.
    published_at: Mapped[datetime | None]
    user_id: Mapped[str]
    threshold: Mapped[int]
    # Ids and addresses of what the figures are about: {"series": {"id", "name"}, "webinars": [{"id", "name"}], "ids"}.
    covers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    # The rows that are new with this number, each a list in the order of the columns.
    rows: Mapped[list[list[Any]]] = mapped_column(JSONB)
    # What was withheld and why, by language.
    note: Mapped[dict[str, str]] = mapped_column(JSONB)
