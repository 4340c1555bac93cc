"""Keeps erased texts out of what people type and programs send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ... import config
from ...privacy.hashing import contains_erased
from . import erasing
from .phrase import as_json

__all__ = ["opengovbelize_not_erased", "opengovbelize_nothing_erased"]

_CACHE = "opengovbelize_erased"


def opengovbelize_not_erased(value: Any, context: Any) -> Any:
    """Refuse a text that holds what was erased. The message does not repeat it."""
    if any(contains_erased(text, _erased(context), config.hash_key()) for text in _texts(value)):
        raise tk.Invalid(tk._("This holds a text that was erased at somebody's request. Leave it out."))
    return value


def opengovbelize_nothing_erased(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a dataset of which any field, row, resource or tag holds what was erased.

    One rule of the whole schema, so that no field can be forgotten.
    """
    for field, value in data.items():
        try:
            opengovbelize_not_erased(value, context)
        except tk.Invalid as error:
            errors.setdefault(field, []).append(error.error)


def _erased(context: Any) -> frozenset[tuple[int, str]]:
    # One look into the table serves all fields of a dataset.
    if _CACHE not in context:
        context[_CACHE] = erasing.erased_texts()
    return context[_CACHE]


def _texts(value: Any) -> Iterator[str]:
    """Return every text in a value; a list in a field is stored as JSON, in which letters may be escaped."""
    if isinstance(value, str):
        inner = as_json(value)
        if inner is None:
            yield value
        else:
            yield from _texts(inner)
    elif isinstance(value, dict):
        yield from _texts([*value, *value.values()])
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
