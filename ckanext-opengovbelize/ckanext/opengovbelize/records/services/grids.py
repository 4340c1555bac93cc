"""Tables in JSON: a list of rows, as Google Sheets' web API gives them, or columns and rows apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_FEWEST_COLUMNS = 2


def as_records(content: Any) -> Any:
    """Return a table as a list of records; what is none stays as it is."""
    if isinstance(content, list):
        return _records(content) or content
    if not isinstance(content, Mapping):
        return content
    if isinstance(content.get("valueRanges"), list):
        ranges = [one for one in content["valueRanges"] if isinstance(one, Mapping)]
        return {_name(one, number): as_records(one) for number, one in enumerate(ranges, 1)}
    if isinstance(content.get("values"), list) and "majorDimension" in content:
        rows = content["values"]
        if content["majorDimension"] == "COLUMNS":
            rows = _turned(rows)
        return _records(rows) or content
    table = content.get("table")
    if (
        isinstance(table, Mapping)
        and isinstance(table.get("cols"), list)
        and isinstance(table.get("rows"), list)
    ):
        return _of_visualization(table)
    return content


def _name(stated: Mapping[str, Any], number: int) -> str:
    """Return how a range of cells calls its sheet: ``'My sessions'!A1:F3``."""
    return str(stated.get("range") or number).partition("!")[0].strip("'") or str(number)


def _records(rows: list[Any]) -> list[dict[str, Any]] | None:
    """Return rows under their first one, which holds the headers."""
    if len(rows) < 2 or not all(isinstance(row, list) for row in rows):
        return None
    header = rows[0]
    if len(header) < _FEWEST_COLUMNS or not all(isinstance(cell, str) for cell in header):
        return None
    if any(isinstance(cell, dict | list) for row in rows for cell in row):
        return None
    return [{name: cell for name, cell in zip(header, row, strict=False) if name} for row in rows[1:]]


def _turned(columns: list[Any]) -> list[Any]:
    if not all(isinstance(column, list) for column in columns):
        return columns
    longest = max(map(len, columns), default=0)
    return [[column[at] if at < len(column) else "" for column in columns] for at in range(longest)]


def _of_visualization(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the records of the table that a published Google sheet answers: ``f`` is a cell as it is shown."""
    columns = [one if isinstance(one, Mapping) else {} for one in table["cols"]]
    names = [str(one.get("label") or one.get("id") or "") for one in columns]
    found = []
    for row in table["rows"]:
        cells = row.get("c") if isinstance(row, Mapping) else None
        cells = [
            cell if isinstance(cell, Mapping) else {} for cell in (cells if isinstance(cells, list) else [])
        ]
        said = {
            name: cell.get("f") or cell.get("v") for name, cell in zip(names, cells, strict=False) if name
        }
        found.append({name: text for name, text in said.items() if text is not None})
    return found
