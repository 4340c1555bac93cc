"""Progress reports that a table brings along: compared, and published through ``catalogue.reports``."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import ckan.model as model

from ... import config
from ...progress import rules, windows
from ...records.drafts import Draft
from ...records.problems import Problem
from .. import report_book, report_judging, reports, stored
from ..comparison import Comparison
from ..ledger import Source
from ..outages import is_outage
from ..outcomes import RecordOutcome
from ..road import Incoming, refusal
from . import REPORT, matching
from .foreseen import ForeseenPlans

log = logging.getLogger(__name__)

Values = Mapping[str, Any]


@dataclass
class Group:
    """The reports on one commitment.

    Attributes:
        name: its address.
        plan: the address of its plan.
        package: its dataset, or None while it is only foreseen.
        values: indicators and stage as they will be.
        periods: those of its plan.
        as_stored: whether the database has all of this already.
        places: where the reports stand among all.
        drafts: the reports.
    """

    name: str
    plan: str
    package: model.Package | None
    values: Values
    periods: list[dict[str, Any]]
    as_stored: bool
    places: list[int] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)


def compare(drafts: Sequence[Draft], source: Source, foreseen: ForeseenPlans) -> list[Comparison]:
    """Tell what publishing reports would do. Writes nothing."""
    results: list[Comparison | None] = [None] * len(drafts)
    groups, refused = grouped(drafts, source, foreseen)
    for place, problems in refused.items():
        results[place] = Comparison("rejected", "", _fields(drafts[place]), problems=problems)
    for group in groups:
        for place, saved in zip(group.places, _foretell(group), strict=True):
            draft = drafts[place]
            problems = [*draft.problems, *_problems(saved, draft)]
            to_publish = saved.outcome in (report_book.ADDED, report_book.UPDATED)
            results[place] = Comparison(
                saved.outcome, group.name, _fields(draft), _changes(saved, draft), problems, to_publish
            )
    return [result for result in results if result is not None]


def publish(items: Sequence[Incoming], source: Source, user: str) -> list[RecordOutcome]:
    """Publish reports, those on one commitment with one write."""
    drafts = [item.draft for item in items]
    results: list[RecordOutcome] = [
        RecordOutcome(REPORT, "", "rejected", item.record_key, label(item.draft)) for item in items
    ]
    groups, refused = grouped(drafts, source, ForeseenPlans())
    for place, problems in refused.items():
        _reject(results[place], problems)
    for group in groups:
        for place, saved in zip(group.places, _save(group, user, source), strict=True):
            outcome, draft = results[place], drafts[place]
            outcome.name, outcome.outcome = group.name, saved.outcome
            outcome.fields, outcome.changes = _fields(draft), _changes(saved, draft)
            outcome.problems = [*draft.problems, *_problems(saved, draft)]
            if saved.outcome == report_book.REJECTED:
                _reject(outcome, outcome.problems)
    return results


def label(draft: Draft) -> str:
    """Return how a report of a run names a row of a table."""
    return ", ".join(filter(None, [draft.file, draft.place]))


def grouped(
    drafts: Sequence[Draft], source: Source, foreseen: ForeseenPlans
) -> tuple[list[Group], dict[int, list[Problem]]]:
    """Return the reports by commitment, and why the others have none."""
    groups: dict[tuple[str, str, str], Group | Problem] = {}
    refused: dict[int, list[Problem]] = {}
    for place, draft in enumerate(drafts):
        if any(problem.rejects for problem in draft.problems):
            refused[place] = list(draft.problems)
            continue
        key = (draft.plan, str(draft.fields.get("stage") or ""), str(draft.fields.get("number") or ""))
        if key not in groups:
            groups[key] = _group(draft, source, foreseen)
        group = groups[key]
        if isinstance(group, Problem):
            own = refusal(group.code, group.message, draft, group.field)
            refused[place] = [*draft.problems, own]
            continue
        group.places.append(place)
        group.drafts.append(draft)
    return [group for group in groups.values() if isinstance(group, Group)], refused


def _group(draft: Draft, source: Source, foreseen: ForeseenPlans) -> Group | Problem:
    plan = matching.plan_of(draft, source, foreseen)
    if isinstance(plan, Problem):
        return plan
    stage, number = str(draft.fields.get("stage") or ""), str(draft.fields.get("number") or "")
    package = matching.find_commitment(stage, number, matching.commitments_of(plan.id))
    if package and package.state != "active":
        package = None
    pending = matching.find_foreseen(plan, stage, number, foreseen)
    if package is None and pending is None:
        return refusal(
            "commitment-unknown",
            "The plan has no commitment of this number. Correct the number, or import the commitment first.",
            draft,
            "number",
        )
    if pending:
        values: Values = pending.values
    else:
        assert package is not None
        values = _stored(package)
    name = package.name if package else str(values.get("name"))
    return Group(
        name,
        plan.name,
        package,
        values,
        list(plan.values.get("periods") or []),
        _as_stored(package, values, plan),
    )


def _stored(package: model.Package) -> Values:
    return {
        "stage": (package.extras or {}).get("stage"),
        "indicators": stored.rows(package, "indicators"),
    }


def _as_stored(package: model.Package | None, values: Values, plan: matching.PlanMatch) -> bool:
    """Tell whether the database has already all that the reports are judged by."""
    stored_plan = model.Package.get(plan.id) if plan.id else None
    if package is None or stored_plan is None:
        return False
    known = _stored(package)
    return (
        values.get("stage") == known["stage"]
        and _codes(values.get("indicators")) == _codes(known["indicators"])
        and _codes(plan.values.get("periods")) == _codes(stored.rows(stored_plan, "periods"))
    )


def _codes(rows: Any) -> set[str]:
    return {str(row.get("code")) for row in rows or []}


def _incoming(group: Group) -> list[report_book.Incoming]:
    return [
        report_book.Incoming(
            rules.Report(
                indicator=_indicator(draft, group.values.get("indicators") or []),
                **{
                    name: str(draft.fields.get(name) or "")
                    for name in ("period", "status", "progress", "evidence", "challenges", "reason")
                },
            ),
            reported=_day(draft.fields.get("reported")),
            institution=str(draft.fields.get("institution") or ""),
        )
        for draft in group.drafts
    ]


def _indicator(draft: Draft, indicators: Iterable[Values]) -> str:
    """Return the code of the indicator that a row means: by its own number, or by that of its only milestone."""
    stated = str(draft.fields.get("indicator") or "")
    codes = {str(row.get("code")): str(row.get("milestone") or "") for row in indicators}
    within = f"{draft.fields.get('number')}.{stated}"
    for code in (stated, within):
        if code in codes:
            return code
        of_milestone = [own for own, milestone in codes.items() if milestone == code]
        if len(of_milestone) == 1:
            return of_milestone[0]
    return stated


def _foretell(group: Group) -> list[report_book.Saved]:
    incoming = _incoming(group)
    if group.package and group.as_stored:
        return reports.save(
            group.package.id, incoming, by=None, user="", on=config.today(), as_import=True, dry_run=True
        )
    rows = reports.current(group.package.id) if group.package else []
    standing = {(row["indicator"], row["period"]): row for row in rows}
    return [_foretell_one(group, each, standing) for each in incoming]


def _foretell_one(
    group: Group, incoming: report_book.Incoming, standing: dict[tuple[str, str], dict[str, Any]]
) -> report_book.Saved:
    """Judge a report on a commitment that this run makes or changes, by what the run makes of it."""
    report = rules.tidied(incoming.report)
    key = (report.indicator, report.period)
    before = standing.get(key)
    if before and not rules.differences(report, before):
        return report_book.Saved(*key, report_book.UNCHANGED)
    if fault := report_judging.future_fault(incoming, config.today()):
        return report_book.Saved(*key, report_book.REJECTED, faults=(fault,))
    faults = rules.check(
        report,
        indicators=group.values.get("indicators") or [],
        periods=group.periods,
        current=before,
        on=incoming.reported or _due(group, report.period),
        reopened=True,
    )
    if fault := rules.stage_fault(str(group.values.get("stage") or "")):
        faults = [fault]
    if faults:
        return report_book.Saved(*key, report_book.REJECTED, faults=tuple(faults))
    standing[key] = {name: getattr(report, name) for name in ("indicator", "period", *rules.CONTENT)}
    return report_book.Saved(*key, report_book.UPDATED if before else report_book.ADDED)


def _due(group: Group, period: str) -> date:
    """Return the day by which a report without a day is judged: its due date, if that is past."""
    rows = [row for row in group.periods if row.get("code") == period]
    return min(windows.due(rows[0]), config.today()) if rows else config.today()


def _save(group: Group, user: str, source: Source) -> list[report_book.Saved]:
    incoming = _incoming(group)
    try:
        assert group.package is not None
        return reports.save(group.package.id, incoming, by=None, user=user, on=config.today(), as_import=True)
    except Exception as error:
        model.Session.rollback()
        if is_outage(error):
            raise
        # The error's own words may hold texts of the reports.
        log.error("Source %s: reports could not be published: %s", source.id, type(error).__name__)
        fault = rules.Fault(
            "record-failed",
            "",
            "The report could not be published because of an error in the portal, not in the table. Run the source "
            "again; if it stays, tell the portal's operator.",
        )
        return [
            report_book.Saved(
                each.report.indicator, each.report.period, report_book.REJECTED, faults=(fault,)
            )
            for each in incoming
        ]


def _problems(saved: report_book.Saved, draft: Draft) -> list[Problem]:
    return [refusal(fault.code, fault.message, draft, fault.field) for fault in saved.faults]


def _changes(saved: report_book.Saved, draft: Draft) -> list[dict[str, Any]]:
    now = saved.now or {}
    return [
        {
            "field": name,
            "old": "",
            "new": str(now.get(name) or draft.fields.get(name) or ""),
            "state": "changed",
        }
        for name in saved.changes
    ]


def _fields(draft: Draft) -> dict[str, Any]:
    return dict(draft.fields)


def _reject(outcome: RecordOutcome, problems: list[Problem]) -> None:
    outcome.outcome = "rejected"
    outcome.problems = problems
    outcome.reasons = sorted({problem.code for problem in problems if problem.rejects})


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        return None
