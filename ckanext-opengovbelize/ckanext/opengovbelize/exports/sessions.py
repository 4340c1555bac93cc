"""The empty workbook for sessions, their people and their links: what the reader of tables knows."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from ..schemas import choices, export, reading
from ..schemas.types import WEBINAR

# Sheets of the template; other kinds of rows are made by the portal.
SHEETS = ("webinar", "webinar_people", "webinar_links")
# What the portal decides, or writes itself.
_LEFT_OUT = frozenset(("owner_org", "publication_state", "transcript", "tag_string"))
_LISTS = "lists"
_ROWS = 500
_WIDTH = 24


def template() -> bytes:
    """Return the workbook: headers from the schema, help as comments, lists of the choices."""
    schema = reading.program_schemas()[WEBINAR]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    heading = book.add_format({"bold": True, "bg_color": "#E7EDF3", "bottom": 1})
    # Text cells keep days and times as they are typed.
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    lists: list[list[str]] = []
    for name in SHEETS:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for number, (column, field) in enumerate(columns(schema, name)):
            sheet.set_column(number, number, _WIDTH, text)
            sheet.write_string(0, number, column, heading)
            if help_ := (field.get("help_text") or {}).get("en"):
                sheet.write_comment(0, number, help_)
            values = [str(choice["value"]) for choice in choices.choices(field)]
            if values and not field.get("multiple"):
                letter = xl_col_to_name(len(lists), col_abs=True)
                source = f"={_LISTS}!{letter}$1:{letter}${len(values)}"
                lists.append(values)
                sheet.data_validation(
                    1, number, _ROWS, number, {"validate": "list", "source": source, "error_type": "warning"}
                )
    hidden = book.add_worksheet(_LISTS)
    hidden.hide()
    for number, values in enumerate(lists):
        hidden.write_column(0, number, values)
    book.close()
    return out.getvalue()


def columns(schema: reading.Schema, table: str) -> list[tuple[str, dict[str, Any]]]:
    """Return header and field of each column of a table."""
    by_path = dict(reading.every_field(schema))
    parent = table.partition("_")[2]
    known = {
        field["column"]: (name, field)
        for path, field in by_path.items()
        if "repeating_subfields" not in field and path.rpartition(".")[0] == parent
        for name in (path.rpartition(".")[2],)
    }
    found = []
    for column in export.tables(schema)[table]:
        name, field = known.get(column, ("", {}))
        if name not in _LEFT_OUT and name != "code":
            found.append((column, field))
    return found
