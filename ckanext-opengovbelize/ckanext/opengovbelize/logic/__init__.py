"""Actions, authorization and validators, one folder an area.

An area is a folder with any of ``action.py``, ``auth.py`` and ``validators.py``. Every function listed in such a
module's ``__all__`` is registered with CKAN under its own name.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

AREAS = (
    "access",
    "attendance",
    "certificates",
    "doubts",
    "erase",
    "fields",
    "review",
    "plans",
    "progress",
    "provenance",
    "records",
    "runs",
    "source_preview",
    "sources",
    "statistics",
    "trust",
)


def registered(kind: str) -> dict[str, Callable[..., Any]]:
    """Return the public functions of every area's module ``kind`` (``action``, ``auth`` or ``validators``)."""
    functions: dict[str, Callable[..., Any]] = {}
    for area in AREAS:
        name = f"{__name__}.{area}.{kind}"
        if find_spec(name):
            module = import_module(name)
            functions.update({public: getattr(module, public) for public in module.__all__})
    return functions
