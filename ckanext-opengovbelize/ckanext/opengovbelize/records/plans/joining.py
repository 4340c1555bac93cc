"""From the rows of all tables of a file to its records: what belongs to one commitment comes together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ..codes import content_code, link_code, row_code, slug
from ..problems import Problem
from ..words import fold
from . import days, rows
from .faults import problem
from .headers import (
    ADDRESS,
    COMMITMENT,
    COMMITMENTS,
    OF_COMMITMENT,
    OF_PLAN,
    PLAN,
    PROGRESS,
    SOURCE_URL,
    Table,
    fields_of,
)
from .record import COMMITMENT as COMMITMENT_TYPE
from .record import PLAN as PLAN_TYPE
from .record import REPORT as REPORT_TYPE
from .record import PlanRecord, commitment_key, identity_stage, report_key
from .rows import Read
from .values import choice

_LONGEST_CODE = 60
_KNOWN_HOSTS = {"opengovpartnership.org": "Open Government Partnership"}
_REPORT_FIELDS = ("status", "progress", "evidence", "challenges", "reason", "institution", "reported")
_SUMS = frozenset(["total", "totals", "subtotal", "grand total", "totales", "suma"])
_SAYS_SOMETHING = ("status", "progress", "evidence", "challenges", "reason")


@dataclass
class Joining:
    """The records of one file as they come together.

    Attributes:
        default_stage: the stage of commitments of which the file states none.
    """

    default_stage: str = "final"
    plans: dict[str, PlanRecord] = field(default_factory=dict)
    commitments: dict[tuple[str, str, str], PlanRecord] = field(default_factory=dict)
    reports: dict[tuple[str, str], PlanRecord] = field(default_factory=dict)
    rejected: list[PlanRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def records(self) -> list[PlanRecord]:
        """Return the records: plans first, then commitments, then reports, rejected ones last."""
        found = [*self.plans.values(), *self.commitments.values(), *self.reports.values(), *self.rejected]
        if self.problems and not found:
            found = [PlanRecord(PLAN_TYPE, "plan", problems=[problem("table-empty", "", rejects=True)])]
        if self.problems:
            found[0].problems = [*self.problems, *found[0].problems]
        return found

    def take(self, tables: list[Table]) -> None:
        """Take all tables of a file, whatever their order in it."""
        for table in tables:
            self.problems += table.problems
        for kind, take in (
            (PLAN, self._plan),
            *((kind, self._row_of_plan) for kind in OF_PLAN),
            (COMMITMENTS, self.commitment),
            *((kind, self._row_of_commitment) for kind in OF_COMMITMENT),
            (PROGRESS, self._report),
        ):
            for table in tables:
                if table.kind == kind:
                    for read in rows.read(table):
                        take(table, read)

    # Plans

    def _plan(self, table: Table, read: Read) -> None:
        fields = read.fields
        name = fields.pop(ADDRESS, "") or fields.get("title", "")
        source = fields.pop(SOURCE_URL, "")
        record = PlanRecord(PLAN_TYPE, "plan", name, fields, read.place, problems=read.problems)
        if _incomplete(record, table) or record.is_rejected:
            self.rejected.append(record)
        elif name in self.plans:
            record.problems.append(problem("row-twice", read.place, "title", rejects=True))
            self.rejected.append(record)
        else:
            _add_source(record, source)
            self.plans[name] = record

    def _row_of_plan(self, table: Table, read: Read) -> None:
        plan = self._only_plan(read.fields.pop("plan", ""))
        if table.kind == "periods":
            _complete_period(read)
        _add_row(self._plan_of_row(plan, read), table, read)

    def _plan_of_row(self, plan: str, read: Read) -> PlanRecord:
        """Return the record of a row's plan; where its own table is in another file, one that holds but rows."""
        if plan not in self.plans:
            self.plans[plan] = PlanRecord(PLAN_TYPE, "plan", plan, place=read.place)
        return self.plans[plan]

    def _only_plan(self, stated: str) -> str:
        """Return by what the records of a plan are known: the one plan of the file where a row states none."""
        if len(self.plans) == 1:
            name, record = next(iter(self.plans.items()))
            if not stated or stated in (name, record.fields.get("title")):
                return name
        return stated

    # Commitments

    def commitment(self, table: Table, read: Read) -> None:
        """Take one row of commitments."""
        fields = read.fields
        if _is_remark(fields):
            self.problems.append(problem("row-no-commitment", read.place))
            return
        source = fields.pop(SOURCE_URL, "")
        plan = self._only_plan(fields.pop("in_plan", ""))
        if "stage" not in fields and not any(problem.code == "stage-unknown" for problem in read.problems):
            fields["stage"] = self._stage_of(table)
            self._note_assumed(table, fields["stage"])
        stage, number = fields.get("stage", ""), fields.get("number", "")
        record = PlanRecord(COMMITMENT_TYPE, commitment_key(stage, number), plan, fields, read.place)
        record.problems = [_rejecting(found, ("stage-unknown",)) for found in read.problems]
        key = (plan, identity_stage(stage), number)
        if _incomplete(record, table) or record.is_rejected:
            self.rejected.append(record)
        elif key in self.commitments:
            record.problems.append(problem("row-twice", read.place, "number", rejects=True))
            self.rejected.append(record)
        else:
            _add_source(record, source)
            self.commitments[key] = record

    def _stage_of(self, table: Table) -> str:
        name = table.name.casefold()
        return "draft" if "draft" in name or "borrador" in name else self.default_stage

    def _note_assumed(self, table: Table, stage: str) -> None:
        note = problem("stage-assumed", "" if table.is_delimited else f"sheet {table.name}", "stage")
        says_so = stage in table.name.casefold() or stage != self.default_stage
        if not says_so and note not in self.problems:
            self.problems.append(note)

    def _row_of_commitment(self, table: Table, read: Read) -> None:
        fields = read.fields
        number, plan = fields.pop(COMMITMENT, ""), self._only_plan(fields.pop("plan", ""))
        stated = fields.pop("stage", "")
        if not number and table.kind in ("sources", "translations") and plan:
            _add_row(self._plan_of_row(plan, read), table, read)
            return
        if not number:
            self.problems.append(problem("row-incomplete", read.place, table.kind, columns="Commitment"))
            return
        stage = identity_stage(stated) or self._known_stage(plan, number)
        key = (plan, stage, number)
        if key not in self.commitments:
            fields_of_it = {"number": number, **({"stage": stage} if stage else {})}
            self.commitments[key] = PlanRecord(
                COMMITMENT_TYPE, commitment_key(stage, number), plan, fields_of_it, read.place
            )
        _add_row(self.commitments[key], table, read)

    def _known_stage(self, plan: str, number: str) -> str:
        """Return the stage of the commitment that a row means by its number alone, as far as the file tells."""
        return next((stage for stage in ("final", "draft") if (plan, stage, number) in self.commitments), "")

    # Reports

    def _report(self, table: Table, read: Read) -> None:
        fields = read.fields
        faults = {found.field for found in read.problems}
        if not faults and not any(name in fields for name in _SAYS_SOMETHING):
            # A row of the template that nobody has filled in yet.
            return
        plan = self._only_plan(fields.get("plan", ""))
        number = fields.get(COMMITMENT, "")
        stage = identity_stage(fields.get("stage", "")) or self._known_stage(plan, number)
        kept = {name: fields[name] for name in _REPORT_FIELDS if name in fields}
        indicator, period = fields.get("indicator", ""), fields.get("period", "")
        head = {"stage": stage, "number": number, "indicator": indicator, "period": period}
        record = PlanRecord(
            REPORT_TYPE,
            report_key(stage, number, indicator, period),
            plan,
            {**{name: value for name, value in head.items() if value}, **kept},
            read.place,
            problems=[_rejecting(found, ("status-unknown", "stage-unknown")) for found in read.problems],
        )
        missing = [name for name in ("number", "indicator", "period") if not head[name]]
        if missing:
            columns = ", ".join({"number": "Commitment"}.get(name, name.capitalize()) for name in missing)
            record.problems.append(
                problem("row-incomplete", read.place, missing[0], rejects=True, columns=columns)
            )
        elif "status" not in fields and "status" not in faults:
            record.problems.append(problem("status-missing", read.place, "status", rejects=True))
        elif (plan, record.key) in self.reports:
            record.problems.append(problem("row-twice", read.place, "indicator", rejects=True))
        if record.is_rejected:
            self.rejected.append(record)
        else:
            self.reports[plan, record.key] = record


def _is_remark(fields: Mapping[str, Any]) -> bool:
    """Tell whether a row under a table of commitments is a note or a sum, which people write there."""
    said = set(fields) - {"in_plan", "stage"}
    if not said or (said <= {"number", "title"} and fold(fields.get("number", "")) in _SUMS):
        return True
    # "Total: 12" under the titles.
    return said == {"title"} and fold(fields["title"]).rstrip(" 0123456789") in _SUMS


def _rejecting(found: Problem, codes: tuple[str, ...]) -> Problem:
    return found if found.code not in codes else Problem(**{**vars(found), "rejects": True})


def _incomplete(record: PlanRecord, table: Table) -> bool:
    """Report a record that lacks what it cannot do without."""
    needed = {PLAN: ("title",), COMMITMENTS: ("number", "title")}[table.kind]
    missing = [name for name in needed if not record.fields.get(name)]
    if missing:
        known = fields_of(table.kind)
        columns = ", ".join(known[name].column for name in missing)
        record.problems.append(
            problem("row-incomplete", record.place, missing[0], rejects=True, columns=columns)
        )
    return bool(missing)


def _add_source(record: PlanRecord, url: str) -> None:
    if url:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        host = _KNOWN_HOSTS.get(host, host)
        record.fields.setdefault("sources", []).append({"code": link_code(url), "title": host, "url": url})


def _find_verdict(read: Read) -> None:
    """Turn the verdict into the code that its scale has for it."""
    scale, verdict = read.fields.get("scale", ""), read.fields.get("verdict", "")
    if not scale or not verdict:
        return
    found = choice(scale, verdict)
    if found.fault:
        del read.fields["verdict"]
        read.problems.append(problem(found.fault, f"{read.place}, column Verdict", "assessments"))
    else:
        read.fields["verdict"] = found.value


def _complete_period(read: Read) -> None:
    """Fill in the days that a period's short name tells, and when its reports are due."""
    fields = read.fields
    if found := days.period(fields.get("code", "")):
        fields.setdefault("start", found.start.isoformat())
        fields.setdefault("end", found.end.isoformat())
    if end := fields.get("end"):
        fields.setdefault("due", days.due_after(days.date.fromisoformat(end)).isoformat())
    if not fields.get("code") and fields.get("title"):
        fields["code"] = slug(fields["title"])[:_LONGEST_CODE]


def _add_row(record: PlanRecord, table: Table, read: Read) -> None:
    """Add a row to its record, or a problem where it cannot be used."""
    name, row = table.kind, read.fields
    if name == "indicators" and (lead := row.pop("lead", "")):
        # Which organization of the portal that is, the catalogue finds out.
        row.setdefault("lead_as_stated", lead)
    if name == "assessments":
        _find_verdict(read)
    record.problems += read.problems
    if read.rejects:
        record.problems[-1] = Problem(**{**vars(record.problems[-1]), "rejects": False})
        return
    missing = [
        entry.column for entry in fields_of(name).values() if entry.required and not row.get(entry.name)
    ]
    if missing:
        columns = ", ".join(missing)
        record.problems.append(problem("row-incomplete", read.place, name, columns=columns))
        return
    present = {entry["code"] for entry in record.fields.get(name, [])}
    stated = "code" in row
    row.setdefault("code", _code(name, row, present))
    if row["code"] in present:
        if not stated or not _replaces(record, name, row):
            numbered = name in ("milestones", "indicators")
            record.problems.append(problem("number-twice" if numbered else "row-twice", read.place, name))
        return
    ordered = {entry: row[entry] for entry in fields_of(name) if entry in row}
    record.fields.setdefault(name, []).append(ordered)
    record.places[f"{name} {row['code']}"] = read.place


def _replaces(record: PlanRecord, name: str, row: dict[str, Any]) -> bool:
    """Put a row of the sheet periods in the place of one that the plan's own sheet told by its short name."""
    present = record.fields[name]
    position = next(index for index, entry in enumerate(present) if entry["code"] == row["code"])
    if name != "periods" or f"{name} {row['code']}" in record.places:
        return False
    present[position] = {**present[position], **row}
    return True


def _code(name: str, row: dict[str, Any], present: set[str]) -> str:
    """Return the code of a row that states none, from its words."""
    if name in ("milestones", "indicators"):
        # Its number is missing: the title, cut, stays readable in addresses and reports.
        return slug(row["title"])[:_LONGEST_CODE].strip("-") or row_code(row["title"])
    code = content_code(name, row)
    # One reviewer may assess the same thing again another year.
    return slug(code, row["assessed"]) if code in present and row.get("assessed") else code
