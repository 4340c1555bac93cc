"""The report of a run, for spreadsheets and programs."""

from __future__ import annotations

import csv as csv_writer
import io
import json as json_writer
from collections.abc import Mapping
from typing import Any

from ..records.tables.cells import escape

COLUMNS = ("record", "outcome", "type", "name", "changed", "kept", "reasons", "problems")


def csv(report: Mapping[str, Any]) -> bytes:
    """Return one row a record, and one for each problem of the source as a whole; UTF-8 with its mark."""
    out = io.StringIO(newline="")
    writer = csv_writer.writer(out)
    writer.writerow(COLUMNS)
    rows = [*map(_of_source, report["problems"]), *map(_of_record, report["records"])]
    writer.writerows([escape(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def json(report: Mapping[str, Any]) -> bytes:
    """Return the report as ``opengovbelize_run_show`` gives it."""
    return json_writer.dumps(report, ensure_ascii=False, indent=2).encode()


def _of_source(problem: Mapping[str, Any]) -> list[str]:
    outcome = "failed" if problem.get("failure") else "noted"
    return [problem.get("file", ""), outcome, "source", "", "", "", problem["code"], _sentence(problem, "")]


def _of_record(row: Mapping[str, Any]) -> list[str]:
    changed = [change["field"] for change in row["changes"] if change["state"] == "changed"]
    kept = [change["field"] for change in row["changes"] if change["state"] != "changed"]
    return [
        row["label"],
        row["outcome"],
        row["type"],
        row["name"],
        " ".join(changed),
        " ".join(kept),
        " ".join(row["reasons"]),
        " ".join(_sentence(problem, row["label"]) for problem in row["problems"]),
    ]


def _sentence(problem: Mapping[str, Any], known_file: str) -> str:
    file = "" if problem.get("file") == known_file else problem.get("file", "")
    where = ", ".join(filter(None, [file, problem.get("place", ""), problem.get("field", "")]))
    return f"{where}: {problem['message']}" if where else problem["message"]
