"""A plan with its commitments and reports, for people who want to count, fill in or move it.

Plans and commitments are given as ``package_show`` returns them, commitments in the order in which they are to
stand. Everything but the tidy rows can be imported again and gives the same.
"""

from __future__ import annotations

import csv as csv_writer
import io
import json as json_writer
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..records.plans import headers
from ..records.plans.headers import COMMITMENTS, PLAN
from ..records.tables.cells import escape
from . import tables
from . import workbook as workbook_writer
from .tables import Package, Published

# The columns of the tidy table by the names that ``rows`` gives them.
COLUMNS = {
    "plan": "Plan",
    "commitment": "Commitment",
    "commitment_title": "Commitment title",
    "stage": "Stage",
    "indicator": "Indicator",
    "indicator_title": "Indicator title",
    "lead": "Lead",
    "deadline": "Deadline",
    "deadline_as_stated": "Deadline as stated",
    "period": "Period",
    "status": "Status",
    "progress": "Progress",
    "evidence": "Evidence",
    "challenges": "Challenges",
    "institution": "Reported by",
    "reported": "Updated",
    "late": "Late",
    "version": "Version",
    "reason": "Reason",
}
_NONE: Mapping[str, str] = {}
# What of a dataset says something of the plan, beside the fields of its tables.
_ROWS_OF_PLAN = (*headers.OF_PLAN, "sources", "translations")
_ROWS_OF_COMMITMENT = (
    "milestones",
    "indicators",
    "reports",
    "assessments",
    "events",
    "sources",
    "translations",
)


def rows(
    plan: Package, commitments: Sequence[Package], institutions: Mapping[str, str] = _NONE
) -> Iterator[dict[str, Any]]:
    """Yield one row for each indicator and period, whether there is a report on it or not.

    Args:
        plan: the action plan.
        commitments: its commitments.
        institutions: titles of organizations by their id, for the leads of indicators.
    """
    published = Published(plan, commitments, institutions)
    planned = [period["code"] for period in plan.get("periods", [])]
    for package in commitments:
        reports = {(row["indicator"], row["period"]): row for row in package.get("reports", [])}
        periods = list(dict.fromkeys([*planned, *(period for _, period in reports)]))
        for indicator in map(published.named, package.get("indicators", [])):
            head = {
                "plan": plan.get("title", ""),
                "commitment": package.get("number", ""),
                "commitment_title": package.get("title", ""),
                "stage": package.get("stage", ""),
                "indicator": indicator["code"],
                "indicator_title": indicator.get("title", ""),
                "lead": indicator.get("lead", ""),
                "deadline": indicator.get("deadline", ""),
                "deadline_as_stated": indicator.get("deadline_as_stated", ""),
            }
            for period in periods:
                report = reports.get((indicator["code"], period), {})
                rest = {name: report.get(name, "") for name in list(COLUMNS)[len(head) + 1 :]}
                yield {**head, "period": period, **rest}


def csv(plan: Package, commitments: Sequence[Package], institutions: Mapping[str, str] = _NONE) -> bytes:
    """Return the tidy rows as CSV."""
    found = rows(plan, commitments, institutions)
    return _csv(list(COLUMNS.values()), ([_cell(row[name]) for name in COLUMNS] for row in found))


def workbook(plan: Package, commitments: Sequence[Package], institutions: Mapping[str, str] = _NONE) -> bytes:
    """Return the workbook that can be filled in and imported; without a plan the empty template."""
    return workbook_writer.write(Published(plan, commitments, institutions))


def json(plan: Package, commitments: Sequence[Package], institutions: Mapping[str, str] = _NONE) -> bytes:
    """Return the plan as JSON, with the schema's field names and codes."""
    published = Published(plan, commitments, institutions)
    content = {
        "plan": {
            "name": plan.get("name", ""),
            **_fields(PLAN, tables.with_tags(plan)),
            **{name: plan[name] for name in _ROWS_OF_PLAN if plan.get(name)},
        },
        "commitments": [_commitment(published, package) for package in commitments],
    }
    return json_writer.dumps(content, ensure_ascii=False, indent=2).encode()


def _commitment(published: Published, package: Package) -> dict[str, Any]:
    found = _fields(COMMITMENTS, tables.with_tags(package))
    if references := published.references(package):
        found["derived_from"] = references
    found |= {name: package[name] for name in _ROWS_OF_COMMITMENT if package.get(name)}
    if indicators := package.get("indicators"):
        found["indicators"] = [_without_blanks(published.named(indicator)) for indicator in indicators]
    return found


def _fields(name: str, package: Mapping[str, Any]) -> dict[str, Any]:
    names = [field.name for field in tables.columns(name)]
    return _without_blanks({name: package[name] for name in names if name in package})


def _without_blanks(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _csv(header: list[str], lines: Iterable[list[str]]) -> bytes:
    """Return CSV that spreadsheet programs open right: UTF-8 with its mark, and no formulas."""
    out = io.StringIO(newline="")
    writer = csv_writer.writer(out)
    writer.writerow(header)
    writer.writerows([escape(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")
