"""Making small tables for tests: the same rows in every format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]


def workbook(
    sheets: Mapping[str, Rows], *, merged: Sequence[tuple[str, str, str]] = (), hidden: Sequence[str] = ()
) -> bytes:
    """Return an .xlsx; ``merged`` are (sheet, range, text), ``hidden`` the names of sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif cell is not None:
                    sheet.write(row, column, cell)
        for place, cells, text in merged:
            if place == name:
                sheet.merge_range(cells, text)
    book.close()
    return out.getvalue()


def delimited(rows: Rows, delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def records(rows: Rows) -> bytes:
    header, *lines = rows
    return json.dumps([dict(zip(header, line, strict=False)) for line in lines]).encode()
