"""A plan as a workbook: the same that can be imported, and the template for a new plan."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ..records.plans import schema
from ..records.plans.headers import PLAN
from ..records.plans.schema import Field
from ..records.tables.cells import escape, unescape
from . import tables

_LISTS = "lists"
# So many rows of a table get drop-down lists and formats beyond those that are filled.
_SPARE_ROWS = 500
# What Excel keeps of a cell.
_LONGEST_CELL = 32_767
_WIDTHS = {
    **{"day": 12, "code": 12, "number": 9, "number_text": 13, "period": 12, "flag": 10},
    **{"choice": 22, "text": 60, "lines": 36},
}
_USUAL_WIDTH = 30
_FIELD_WIDTH, _VALUE_WIDTH = 26, 80
_TOO_LONG = "This text is too long for a workbook. It stands in the JSON and CSV files of the plan."


def write(published: tables.Published) -> bytes:
    """Return the workbook."""
    out = io.BytesIO()
    # Texts stay texts: none becomes a formula, a number or a link.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(out, options)
    writer = _Writer(book)
    for table in published.tables():
        writer.plan(table) if table.name == PLAN else writer.table(table)
    writer.lists()
    book.close()
    return out.getvalue()


class _Writer:
    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.heading = book.add_format({"bold": True, "bg_color": "#E7EDF3", "bottom": 1, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.figure = book.add_format({"valign": "top", "align": "left"})
        # Column of each list in the sheet of lists, in the order in which they are first used.
        self.used: dict[str, int] = {}

    def plan(self, table: tables.Table) -> None:
        """Write the plan, one field below the other."""
        sheet = self.book.add_worksheet(table.name)
        sheet.set_column(0, 0, _FIELD_WIDTH, self.wrapped)
        sheet.set_column(1, 1, _VALUE_WIDTH, self.wrapped)
        sheet.write_row(0, 0, ["Field", "Value"], self.heading)
        sheet.freeze_panes(1, 0)
        for position, field in enumerate(table.columns, 1):
            sheet.write_string(position, 0, field.column, self.wrapped)
            self._cell(sheet, position, 1, field, table.rows[0])
            self._drop_down(sheet, field, position, 1, position)

    def table(self, table: tables.Table) -> None:
        """Write a table of rows under a header that stays in sight."""
        sheet = self.book.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        last = len(table.rows) + _SPARE_ROWS
        for column, field in enumerate(table.columns):
            width = max(_WIDTHS.get(field.kind, _USUAL_WIDTH), len(field.column) + 2)
            sheet.set_column(column, column, width, self._format(field))
            sheet.write_string(0, column, field.column, self.heading)
            self._drop_down(sheet, field, 1, column, last)
        for position, row in enumerate(table.rows, 1):
            for column, field in enumerate(table.columns):
                self._cell(sheet, position, column, field, row)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)

    def lists(self) -> None:
        """Write the sheet that the drop-down lists are taken from."""
        sheet = self.book.add_worksheet(_LISTS)
        sheet.freeze_panes(1, 0)
        for vocabulary, column in self.used.items():
            sheet.set_column(column, column, _USUAL_WIDTH)
            sheet.write_string(0, column, vocabulary.replace("_", " ").capitalize(), self.heading)
            for position, label in enumerate(schema.labels(vocabulary).values(), 1):
                sheet.write_string(position, column, label)

    def _format(self, field: Field) -> Any:
        return {"day": self.day, "number": self.figure}.get(field.kind, self.wrapped)

    def _cell(self, sheet: Worksheet, position: int, column: int, field: Field, row: Any) -> None:
        text = tables.text(field, row)
        if not text:
            return
        if field.kind == "day" and (day := _day(text)):
            sheet.write_datetime(position, column, day, self.day)
        elif field.kind == "number" and text.isdecimal():
            sheet.write_number(position, column, int(text), self.figure)
        elif len(text) >= _LONGEST_CELL:
            sheet.write_comment(position, column, _TOO_LONG)
        else:
            # A text cell runs no formula; only what the reader would take for an escaped one has to be escaped.
            written = text if unescape(text) == text else escape(text)
            sheet.write_string(position, column, written, self.wrapped)

    def _drop_down(self, sheet: Worksheet, field: Field, first: int, column: int, last: int) -> None:
        if field.kind != "choice":
            return
        place = self.used.setdefault(field.vocabulary, len(self.used))
        name = xl_col_to_name(place, col_abs=True)
        length = len(schema.labels(field.vocabulary))
        source = f"={_LISTS}!{name}$2:{name}${length + 1}"
        # The list helps and does not hinder: the reader knows other words too.
        sheet.data_validation(
            f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}",
            {"validate": "list", "source": source, "error_type": "warning"},
        )


def _day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
