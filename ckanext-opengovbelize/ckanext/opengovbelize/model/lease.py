"""Who works on what in a harvest, and until when nobody else may."""

from __future__ import annotations

from datetime import datetime

import ckan.plugins.toolkit as tk
from sqlalchemy import DateTime
from sqlalchemy.orm import Mapped, mapped_column


class Lease(tk.BaseModel):
    """One piece of work that a process has taken: the gathering of a job, or the import of an object.

    ``until`` is renewed while the work goes on, by the database's clock. ``tries`` counts how often the work
    was taken without being ended. ``put_back`` says that it was left once, to let other work go first.
    """

    __tablename__ = "opengovbelize_lease"

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    worker: Mapped[str]
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    tries: Mapped[int]
    put_back: Mapped[bool]
