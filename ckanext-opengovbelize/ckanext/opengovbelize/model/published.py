"""What import last published of each dataset, so that an editor's changes can be told from its own."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Published(tk.BaseModel):
    """One dataset that import has published.

    ``values`` is what import sent, ``shown`` what CKAN made of it (validators may rewrite a value). A locked
    field or row keeps the ``shown`` of its last publication. ``index_pending`` is true from the commit until
    Solr has it.
    """

    __tablename__ = "opengovbelize_published"

    package_id: Mapped[str] = mapped_column(ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    values: Mapped[dict[str, Any]] = mapped_column(JSONB)
    shown: Mapped[dict[str, Any]] = mapped_column(JSONB)
    index_pending: Mapped[bool]
