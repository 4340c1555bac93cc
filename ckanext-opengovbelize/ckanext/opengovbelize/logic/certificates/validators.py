"""Validators of a series' certificate rule."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

__all__ = ["opengovbelize_percent"]


def opengovbelize_percent(value: Any) -> Any:
    """Accept a whole number of percent, behind the validator of numbers."""
    if isinstance(value, int) and value > 100:
        raise tk.Invalid(tk._("Give a number of percent, 100 or less."))
    return value
