"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Callable

import pytest

PLUGINS_WITH_TABLES = ("activity", "harvest", "opengovbelize")


@pytest.fixture
def clean_db(reset_db: Callable[[], None], migrate_db_for: Callable[[str], None]) -> None:
    """An empty database with CKAN's tables and those of every plugin we load."""
    reset_db()
    for plugin in PLUGINS_WITH_TABLES:
        migrate_db_for(plugin)
