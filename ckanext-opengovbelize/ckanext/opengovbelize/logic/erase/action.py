"""Erasing over the API."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from . import erasing
from .databases import ErasingFailed
from .phrase import TooVague

__all__ = ["opengovbelize_erase"]


def opengovbelize_erase(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take a text out of the whole portal, and keep it from coming back. System administrators only.

    A POST with the text in its body: an address would be logged. Log files are for the command line only,
    which is told where they are.

    Args:
        context: the action's context.
        data_dict: ``text``, and ``dry_run`` (true: tell where it is, change nothing).

    Returns:
        ``dry_run``, ``total``, ``unchecked`` files and ``findings``, each with ``place``, ``where``,
        ``record``, ``count``, ``done`` and ``note``. Never the text.
    """
    tk.check_access("opengovbelize_erase", context, {})
    text = data_dict.get("text")
    if not isinstance(text, str):
        raise tk.ValidationError({"text": [tk._("Give the text to erase.")]})
    try:
        return erasing.erase(text, dry_run=tk.asbool(data_dict.get("dry_run", False))).as_dict()
    except (TooVague, ErasingFailed) as error:
        raise tk.ValidationError({"text": [str(error)]}) from None
