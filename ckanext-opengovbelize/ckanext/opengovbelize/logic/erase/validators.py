"""Keeps erased texts out of what editors correct in a question."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ...catalogue import erased
from . import keeping_out

__all__ = ["opengovbelize_not_erased"]


def opengovbelize_not_erased(value: Any) -> Any:
    """Refuse a text that holds what was erased. The message does not repeat it."""
    if keeping_out.holds_erased(value, erased.texts()):
        raise tk.Invalid(keeping_out.refusal())
    return value
