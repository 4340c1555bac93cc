"""By what a page of a source is known next time: what its server said of it, or a hash of it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Page(tk.BaseModel):
    """One page whose records were all published as it gave them, or rejected for what they say themselves.

    Or a page that lists others; of their addresses only what may stand here in clear.
    """

    __tablename__ = "opengovbelize_page"

    source_id: Mapped[str] = mapped_column(primary_key=True)
    # The ledger's key of the first record at its address: a keyed hash.
    page: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str]
    modified: Mapped[str]
    # Hash of what, besides its bytes, decides what is published of it.
    salt: Mapped[str]
    # Keyed hash of its bytes, or of what its source told of it.
    digest: Mapped[str]
    # Content hash by record key.
    records: Mapped[dict[str, str]] = mapped_column(JSONB)
    # What reports tell of the records that were rejected.
    rejected: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    # What it is, where it has no records of its own.
    kind: Mapped[str]
    # What it lists, where nothing in these addresses is private.
    addresses: Mapped[list[str]] = mapped_column(JSONB)
