"""The names of the dataset types that code uses are those of the schemas."""

from __future__ import annotations

from pathlib import Path

import yaml
from ckanext.opengovbelize.schemas import types

SCHEMAS = Path(types.__file__).parent.glob("*.yaml")


def test_every_schema_of_the_program_has_its_name() -> None:
    schemas = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in SCHEMAS]
    assert {schema["dataset_type"] for schema in schemas if schema.get("program_type")} == set(types.TYPES)
