"""What Solr gets of a dataset."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..schemas import facets, reading, values

# Solr refuses the whole dataset where one value of a plain field is longer, in bytes.
_LONGEST_STRING = 32_766

# Fields of CKAN's Solr schema that are cut into words, or not indexed, and so may be long.
_LONG_FIELDS = frozenset(
    {
        "title",
        "notes",
        "author",
        "maintainer",
        "author_email",
        "maintainer_email",
        "res_name",
        "res_description",
    }
    | {"data_dict", "validated_data_dict", "text"}
)
_LONG_PREFIXES = ("extras_", "res_extras_")

# What nobody searches for.
_NOT_SEARCHED = frozenset({"code", "url", "email", "row", "field", "language"})


def before_dataset_index(pkg_dict: dict[str, Any]) -> dict[str, Any]:
    """Shape a dataset for Solr: facets, times in UTC, the words of rows, nothing that Solr refuses."""
    schema = reading.program_schemas().get(pkg_dict.get("type", ""))
    if schema:
        for field in reading.fields(schema):
            _shape(field, pkg_dict)
    return _without_too_long(pkg_dict)


def _shape(field: reading.Field, pkg_dict: dict[str, Any]) -> None:
    name = field["field_name"]
    value = _loaded(pkg_dict.get(name))
    if value in (None, "", []):
        return
    if "repeating_subfields" in field:
        # Rows are searched by their words; the search's answer has them whole from the stored dataset.
        pkg_dict.pop(name)
        pkg_dict[f"extras_{name}"] = "\n".join(_words(value))
    elif field.get("multiple"):
        pkg_dict.pop(name)
        pkg_dict[f"extras_{name}"] = " ".join(value)
        if field.get("facet"):
            index_name = facets.index_name(field)
            pkg_dict[index_name] = value if index_name != name else value[0]
    elif field.get("format") == "date-time":
        pkg_dict[f"{name}_date"] = values.in_utc(value)
    elif field.get("format") == "date":
        pkg_dict[f"{name}_date"] = f"{value}T00:00:00Z"
    elif field.get("format") == "boolean":
        pkg_dict[name] = str(value).lower()


def _loaded(value: Any) -> Any:
    """Return rows and lists, which arrive as JSON; anything else as it is."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _words(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield from (str(value) for name, value in row.items() if value and name not in _NOT_SEARCHED)


def _without_too_long(pkg_dict: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pkg_dict.items() if _may_be_long(name) or not _is_too_long(value)}


def _may_be_long(name: str) -> bool:
    return name in _LONG_FIELDS or name.startswith(_LONG_PREFIXES)


def _is_too_long(value: Any) -> bool:
    if isinstance(value, list):
        return any(_is_too_long(each) for each in value)
    return isinstance(value, str) and len(value.encode()) > _LONGEST_STRING
