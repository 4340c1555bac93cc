"""Keeps erased texts out of what people type and programs send."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ... import config
from ...privacy.hashing import contains_erased
from . import erasing

__all__ = ["opengovbelize_not_erased"]

_CACHE = "opengovbelize_erased"


def opengovbelize_not_erased(value: Any, context: Any) -> Any:
    """Refuse a text that holds what was erased. The message does not repeat it."""
    if not isinstance(value, str) or not value:
        return value
    # One look into the table serves all fields of a dataset.
    if _CACHE not in context:
        context[_CACHE] = erasing.erased_texts()
    if contains_erased(value, context[_CACHE], config.hash_key()):
        raise tk.Invalid(tk._("This holds a text that was erased at somebody's request. Leave it out."))
    return value
