"""Pages, one blueprint a file."""

from __future__ import annotations

from typing import Any


def get_blueprints() -> list[Any]:
    """Return the blueprints of every page."""
    return []
