"""What the database has of a dataset's own fields, where rows lie as JSON and flags as words."""

from __future__ import annotations

import json
from typing import Any

import ckan.model as model


def rows(package: model.Package | None, name: str) -> list[dict[str, Any]]:
    """Return the rows of a repeating field; none where there is no dataset yet."""
    return json.loads((package.extras or {}).get(name) or "[]") if package else []


def is_true(value: Any) -> bool:
    """Tell whether a flag is set, be it as the database has it or as CKAN shows it."""
    return str(value).lower() == "true"
