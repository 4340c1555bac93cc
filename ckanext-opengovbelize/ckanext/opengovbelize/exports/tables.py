"""The tables of a plan: the sheets of the workbook that can be imported, filled from published datasets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..records.plans import headers, schema
from ..records.plans.headers import COMMITMENTS, PLAN, PROGRESS
from ..records.plans.record import identity_stage
from ..records.plans.schema import Field

Package = Mapping[str, Any]

# The sheets of the workbook, in the order in which it is filled in.
SHEETS = (
    *(PLAN, "phases", "periods", "consultations", COMMITMENTS, "milestones", "indicators", PROGRESS),
    *("assessments", "events", "sources", "translations"),
)
# What a table holds beside what stands elsewhere in it, or what the portal makes itself.
_LEFT_OUT = {
    PLAN: ("periods", headers.SOURCE_URL),
    COMMITMENTS: (headers.SOURCE_URL, "in_plan"),
    "indicators": ("lead_as_stated",),
    PROGRESS: ("code", "late", "version"),
}
# The columns that come first.
_FIRST = ("plan", "in_plan", headers.COMMITMENT, "stage", "number", "code")
_ROWS_OF = {PROGRESS: "reports"}


@dataclass(frozen=True)
class Table:
    """One sheet: its columns, and the values of its rows by field name."""

    name: str
    columns: tuple[Field, ...]
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Published:
    """A plan as it is published.

    Attributes:
        plan: the action plan, as ``package_show`` gives it; empty for a template.
        commitments: its commitments, likewise.
        institutions: titles of organizations by their id.
    """

    plan: Package
    commitments: Sequence[Package]
    institutions: Mapping[str, str]

    def tables(self) -> list[Table]:
        """Return all tables, in the order of the workbook's sheets."""
        return [Table(name, columns(name), tuple(self._rows(name))) for name in SHEETS]

    def _rows(self, name: str) -> Iterable[Mapping[str, Any]]:
        if name == PLAN:
            return [{headers.ADDRESS: self.plan.get("name", ""), **with_tags(self.plan)}]
        if name == COMMITMENTS:
            return [
                {**with_tags(package), "derived_from": self.references(package)}
                for package in self.commitments
            ]
        found = [dict(row) for row in self.plan.get(name, [])] if name not in _ONLY_OF_COMMITMENTS else []
        for package in self.commitments:
            head = {headers.COMMITMENT: package.get("number"), "stage": package.get("stage")}
            for row in package.get(_ROWS_OF.get(name, name), []):
                found.append({**self.named(row), **head} if name == "indicators" else {**row, **head})
        return found

    def named(self, indicator: Mapping[str, Any]) -> dict[str, Any]:
        """Return an indicator with its institution's title in place of its id."""
        lead = self.institutions.get(indicator.get("lead", ""), "") or indicator.get("lead_as_stated", "")
        return {**indicator, "lead": lead}

    def references(self, package: Package) -> list[str]:
        """Return the forerunners of a commitment as a table names them, such as ``draft 2``."""
        known: dict[str, str] = {
            key: f"{identity_stage(str(other.get('stage', '')))} {other.get('number', '')}"
            for other in self.commitments
            for key in (str(other.get("id", "")), str(other.get("name", "")))
        }
        forerunners: list[str] = package.get("derived_from") or []
        return [known.get(key, key) for key in forerunners]


_ONLY_OF_COMMITMENTS = ("milestones", "indicators", PROGRESS, "assessments", "events")


def columns(name: str) -> tuple[Field, ...]:
    """Return the columns of a table, those that tell the rows apart first."""
    left_out = set(_LEFT_OUT.get(name, ()))
    if name != COMMITMENTS:
        left_out.add("plan")
    fields = headers.fields_of(name)
    kept = [entry for entry in fields.values() if entry.name not in left_out and entry.kind != "unread"]
    first = [fields[name] for name in _FIRST if fields.get(name) in kept]
    return (*first, *(entry for entry in kept if entry not in first))


def with_tags(package: Package) -> dict[str, Any]:
    """Return a dataset with its keywords as one text."""
    tags = package.get("tag_string") or ", ".join(tag["name"] for tag in package.get("tags", []))
    return {**package, "tag_string": tags}


def label(field: Field, value: str, row: Mapping[str, Any]) -> str:
    """Return the words for a code, as the list of the workbook has them."""
    vocabulary = str(row.get("scale", "")) if field.name == "verdict" else field.vocabulary
    return schema.labels(vocabulary).get(value, value) if vocabulary else value


def text(field: Field, row: Mapping[str, Any]) -> str:
    """Return what a cell says of a field."""
    value = row.get(field.name)
    if value is None or value == "":
        return ""
    if field.kind == "flag":
        return "Yes" if str(value).lower() in ("true", "yes", "1") else "No"
    if field.kind == "choice" or field.name == "verdict":
        return label(field, str(value), row)
    if isinstance(value, list | tuple):
        # Names of institutions hold commas, and now and then a semicolon.
        return ("\n" if field.kind == "lines" else "; ").join(map(str, value))
    return str(value)
