"""The rules of the schemas in other notations: JSON Schema, table headers, a data dictionary.

All of it is derived from the YAML, so that nobody has to keep it in step.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from . import choices, reading

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# The column that ties a row of a table of rows to its record.
KEY_COLUMN = "Record"

DICTIONARY_COLUMNS = (
    *("table", "column", "field", "label_en", "label_es", "help_en", "help_es"),
    *("type", "required", "several", "choices", "choices_source", "choices_version"),
    *("privacy", "property", "example"),
)


def json_schema(schema: reading.Schema) -> dict[str, Any]:
    """Return the JSON Schema of a dataset as the API takes it."""
    properties = _properties(reading.fields(schema))
    properties["type"] = {"const": schema["dataset_type"]}
    properties["resources"] = _rows(schema["resource_fields"], "Resources")
    return {
        "$schema": DIALECT,
        "title": _text(schema["title"]),
        "description": schema["about"],
        "type": "object",
        "properties": properties,
        "required": ["type", *_required(reading.fields(schema))],
        "examples": [schema["example"]],
    }


def tables(schema: reading.Schema) -> dict[str, list[str]]:
    """Return the header of each table by its name: first the records, then each kind of rows."""
    return {
        table: [column for column, _path, _field in columns] for table, columns in _tables(schema).items()
    }


def csv_template(schema: reading.Schema, table: str = "") -> str:
    """Return an empty CSV table with its header; that of the records where no ``table`` is named."""
    headers = tables(schema)
    name = table or schema["dataset_type"]
    if name not in headers:
        raise KeyError(f"There is no table {name!r}. Known are: {', '.join(headers)}.")
    return _csv([headers[name]])


def data_dictionary(schema: reading.Schema) -> list[dict[str, str]]:
    """Return one row for each column of each table, with ``DICTIONARY_COLUMNS``."""
    return [
        _dictionary_row(table, column, path, field)
        for table, columns in _tables(schema).items()
        for column, path, field in columns
        if field
    ]


def data_dictionary_csv(schema: reading.Schema) -> str:
    """Return the data dictionary as CSV."""
    rows = [[row[column] for column in DICTIONARY_COLUMNS] for row in data_dictionary(schema)]
    return _csv([list(DICTIONARY_COLUMNS), *rows])


def _tables(schema: reading.Schema) -> dict[str, list[tuple[str, str, reading.Field]]]:
    found: dict[str, list[tuple[str, str, reading.Field]]] = {}
    record = schema["dataset_type"]
    for path, field in reading.every_field(schema):
        parent, _dot, _name = path.rpartition(".")
        if "repeating_subfields" in field:
            continue
        if parent:
            found.setdefault(f"{record}_{parent}", [(KEY_COLUMN, "name", {})]).append(
                (field["column"], path, field)
            )
        else:
            found.setdefault(record, []).append((field["column"], path, field))
    return found


def _properties(fields: list[reading.Field]) -> dict[str, Any]:
    return {field["field_name"]: _property(field) for field in fields}


def _property(field: reading.Field) -> dict[str, Any]:
    if "repeating_subfields" in field:
        return {**_rows(field["repeating_subfields"], _text(field["label"])), **_about(field)}
    value = _value(field)
    if field.get("multiple"):
        value = {"type": "array", "items": value, "uniqueItems": True}
    if "default" in field:
        value["default"] = reading.default(field)
    return {**_about(field), **value}


def _value(field: reading.Field) -> dict[str, Any]:
    kind = field.get("format", "")
    if kind == "integer":
        return {
            "type": "integer",
            "minimum": 1,
            **({"maximum": field["maximum"]} if "maximum" in field else {}),
        }
    if kind == "boolean":
        return {"type": "boolean"}
    value: dict[str, Any] = {"type": "string"}
    if kind:
        value["format"] = kind
    if codes := [choice["value"] for choice in choices.choices(field)]:
        value["enum"] = codes
    if "max_length" in field:
        value["maxLength"] = field["max_length"]
    return value


def _rows(fields: list[reading.Field], title: str) -> dict[str, Any]:
    items = {"type": "object", "properties": _properties(fields), "required": _required(fields)}
    return {"title": title, "type": "array", "items": items}


def _about(field: reading.Field) -> dict[str, Any]:
    about: dict[str, Any] = {
        "title": _text(field["label"]),
        "description": _text(field["help_text"]),
        "x-privacy": field["privacy"],
        "x-property": field["property"],
    }
    if "vocabulary" in field:
        about["x-vocabulary"] = choices.vocabulary(field["vocabulary"]).source
    if "example" in field:
        about["examples"] = [field["example"]]
    return about


def _required(fields: list[reading.Field]) -> list[str]:
    """Return what must be given; a default is filled in by the portal."""
    return [field["field_name"] for field in fields if field.get("required") and "default" not in field]


def _dictionary_row(table: str, column: str, path: str, field: reading.Field) -> dict[str, str]:
    known = choices.choices(field)
    vocabulary = choices.vocabulary(field["vocabulary"]) if "vocabulary" in field else None
    example = field.get("example", "")
    return {
        "table": table,
        "column": column,
        "field": path,
        "label_en": _text(field["label"], "en"),
        "label_es": _text(field["label"], "es"),
        "help_en": _text(field["help_text"], "en"),
        "help_es": _text(field["help_text"], "es"),
        "type": field.get("format", "string"),
        "required": str(bool(field.get("required"))).lower(),
        "several": str(bool(field.get("multiple"))).lower(),
        "choices": "; ".join(choice["value"] for choice in known),
        "choices_source": vocabulary.source if vocabulary else "",
        "choices_version": vocabulary.version if vocabulary else "",
        "privacy": field["privacy"],
        "property": field["property"],
        "example": "; ".join(example) if isinstance(example, list) else str(example),
    }


def _text(text: Any, language: str = "en") -> str:
    return text[language] if isinstance(text, dict) else str(text)


def _csv(rows: list[list[str]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()
