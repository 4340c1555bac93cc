"""Our tables, held against the list of them in docs/architecture.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ckanext.opengovbelize import model

ROW = re.compile(r"^\| `(?P<table>opengovbelize_\w+)` \|[^|]*\|(?P<columns>.*)\|$", re.MULTILINE)
TEXT = (Path(__file__).parents[2] / "docs/architecture.md").read_text(encoding="utf-8")
LISTED = {row["table"]: set(re.findall(r"`(\w+)`", row["columns"])) for row in ROW.finditer(TEXT)}
TABLES: list[Any] = [getattr(model, name).__table__ for name in model.__all__]


def test_every_table_is_listed_and_no_other() -> None:
    assert {table.name for table in TABLES} == set(LISTED)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_listed(table: Any) -> None:
    assert set(table.columns.keys()) - {"id"} <= LISTED[table.name]
