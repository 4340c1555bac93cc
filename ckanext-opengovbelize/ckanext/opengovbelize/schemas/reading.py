"""The program's dataset types as scheming loaded them, presets expanded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import ckanext.scheming.helpers as scheming

Schema = Mapping[str, Any]
Field = Mapping[str, Any]


def program_schemas() -> dict[str, Schema]:
    """Return the schemas of the program's own types (those marked ``program_type``), by dataset type."""
    schemas = scheming.scheming_dataset_schemas() or {}
    return {name: schema for name, schema in schemas.items() if schema.get("program_type")}


def fields(schema: Schema) -> list[Field]:
    """Return the fields of a dataset, without those of its resources."""
    return schema["dataset_fields"]


def repeating(schema: Schema) -> list[Field]:
    """Return the fields that hold rows."""
    return [field for field in fields(schema) if "repeating_subfields" in field]


def every_field(schema: Schema) -> Iterator[tuple[str, Field]]:
    """Yield every field with its path: ``title``, ``people.name``, ``resources.url``."""
    for field in fields(schema):
        yield field["field_name"], field
        for subfield in field.get("repeating_subfields", []):
            yield f"{field['field_name']}.{subfield['field_name']}", subfield
    for field in schema["resource_fields"]:
        yield f"resources.{field['field_name']}", field


def default(field: Field) -> Any:
    """Return the value of a field that nobody gives; for a flag, which forms write as a word, the truth value."""
    value = field.get("default")
    return value == "True" if field.get("format") == "boolean" else value
