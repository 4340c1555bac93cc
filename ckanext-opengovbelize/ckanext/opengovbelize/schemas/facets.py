"""Facets, as the schemas declare them."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from . import reading
from .types import WEBINAR

# Solr holds several values only in fields with this beginning (CKAN's schema.xml).
_SEVERAL = "vocab_"


def index_name(field: reading.Field) -> str:
    """Return the index field by which a field is counted and filtered."""
    # A webinar's series is a list of one.
    if field.get("multiple") and field["field_name"] != "in_series":
        return _SEVERAL + field["field_name"]
    return field["field_name"]


def field_name(facet: str) -> str:
    """Return the schema's name of a facet."""
    return facet.removeprefix(_SEVERAL)


def dataset_facets(facets: dict[str, Any], package_type: str) -> dict[str, Any]:
    """Add the facets that the schemas declare: those of a type on its page, those of all types elsewhere."""
    schemas = reading.program_schemas()
    ours: dict[str, Any] = {}
    if package_type in schemas:
        shown = [schemas[package_type]]
    elif package_type == "dataset":
        # Most of all data are webinars: what tells them apart comes before what every type has.
        shown = sorted(schemas.values(), key=lambda schema: schema["dataset_type"] != WEBINAR)
        ours["dataset_type"] = tk._("Type")
    else:
        return facets
    ours |= {
        index_name(field): tk.h.scheming_language_text(field["label"])
        for schema in shown
        for field in reading.fields(schema)
        if field.get("facet")
    }
    for name in list(facets):
        # CKAN's own facets come after ours.
        ours.setdefault(name, facets.pop(name))
    facets.update(ours)
    return facets
