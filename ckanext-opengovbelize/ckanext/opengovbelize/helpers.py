"""Template helpers, each prefixed ``opengovbelize_``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def get_helpers() -> dict[str, Callable[..., Any]]:
    """Return the helpers by the name that templates use."""
    return {}
