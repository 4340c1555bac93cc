"""The schemas over the API."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ...schemas import export, reading

__all__ = ["opengovbelize_schema_show"]


@tk.side_effect_free
def opengovbelize_schema_show(context: Context, data_dict: DataDict) -> Any:
    """Return the rules of a dataset type.

    :param type: the dataset type, such as ``webinar``
    :type type: string
    :param format: ``json-schema`` (the default), ``csv-template``, ``data-dictionary`` (rows),
        ``data-dictionary-csv`` or ``tables`` (the header of each table)
    :type format: string
    :param table: which table's template, with ``csv-template``; that of the records where it is left out
    :type table: string
    """
    tk.check_access("opengovbelize_schema_show", context, data_dict)
    schema = _schema(data_dict)
    table = str(data_dict.get("table", ""))
    formats = {
        "json-schema": lambda: export.json_schema(schema),
        "csv-template": lambda: _template(schema, table),
        "data-dictionary": lambda: export.data_dictionary(schema),
        "data-dictionary-csv": lambda: export.data_dictionary_csv(schema),
        "tables": lambda: export.tables(schema),
    }
    wanted = data_dict.get("format", "json-schema")
    if wanted not in formats:
        raise _one_of("format", formats)
    return formats[wanted]()


def _schema(data_dict: DataDict) -> reading.Schema:
    schemas = reading.program_schemas()
    if data_dict.get("type") not in schemas:
        raise _one_of("type", schemas)
    return schemas[data_dict["type"]]


def _template(schema: reading.Schema, table: str) -> str:
    known = export.tables(schema)
    if table and table not in known:
        raise _one_of("table", known)
    return export.csv_template(schema, table)


def _one_of(parameter: str, known: Any) -> tk.ValidationError:
    return tk.ValidationError({parameter: [tk._("Give one of: {codes}.").format(codes=", ".join(known))]})
