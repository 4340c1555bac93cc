"""The program's schemas, as scheming has loaded them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ckanext.opengovbelize.schemas import reading


@pytest.fixture
def schemas(with_plugins: None) -> dict[str, Any]:
    return reading.program_schemas()


@pytest.fixture
def all_fields(schemas: dict[str, Any]) -> list[tuple[str, Any]]:
    """Every field of every type, with a path to tell it by: ``webinar: people.name``."""

    def named() -> Iterator[tuple[str, Any]]:
        for name, schema in schemas.items():
            for path, field in reading.every_field(schema):
                yield f"{name}: {path}", field

    return list(named())
