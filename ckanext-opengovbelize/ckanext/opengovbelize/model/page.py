"""What a web server said of a page of a source, by which it can tell next time that nothing has changed."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column


class Page(tk.BaseModel):
    """One page whose records were all in order."""

    __tablename__ = "opengovbelize_page"

    source_id: Mapped[str] = mapped_column(primary_key=True)
    # The ledger's key of the first record at its address: a keyed hash.
    page: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str]
    modified: Mapped[str]
    # Hash of what, besides its bytes, decides what is published of it.
    salt: Mapped[str]
    # Content hash by record key.
    records: Mapped[dict[str, str]] = mapped_column(JSONB)
