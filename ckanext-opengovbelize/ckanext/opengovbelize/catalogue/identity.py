"""Which dataset a record belongs to."""

from __future__ import annotations

from typing import Any


def register(context: Any, pkg_dict: dict[str, Any]) -> None:
    """Note the keys by which later records find this dataset."""
