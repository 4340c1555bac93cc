"""What becomes of each progress report that comes in; what is taken is noted in the commitment's book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk

from .. import config
from ..model import ProgressReport
from ..privacy.hashing import contains_erased
from ..progress import rules, windows
from . import ledger
from .reopening import reopened_until
from .report_book import (
    ADDED,
    REJECTED,
    UNCHANGED,
    UPDATED,
    Book,
    Incoming,
    Key,
    Occasion,
    Row,
    Saved,
    version_of,
)

# What of a version stands in the commitment.
_STORED = ("indicator", "period", *rules.CONTENT, "institution", "late", "version", "reason")


def judge_all(
    book: Book,
    reports: Sequence[Incoming],
    refused: Mapping[Key, Sequence[rules.Fault]],
    occasion: Occasion,
) -> list[Saved]:
    """Decide about every report, and note in the book what is to be written.

    Args:
        book: the commitment.
        reports: what comes in; one for each indicator and period.
        refused: what the schema refused at an earlier try, by indicator and period.
        occasion: on which they come in.

    Returns:
        What becomes of each report, in their order.
    """
    judged: list[Saved] = []
    seen: set[Key] = set()
    for incoming in reports:
        incoming = replace(incoming, report=rules.tidied(incoming.report))
        key = incoming.report.indicator, incoming.report.period
        before = book.rows.get(key)
        day = _day_of(book, incoming, occasion.on) if occasion.as_import else occasion.on
        if key in seen:
            saved = _rejected(incoming, before, [_twice()])
        elif key in refused:
            saved = _rejected(incoming, before, refused[key])
        elif before and _stands_already(book, incoming.report, before, occasion.as_import):
            saved = _saved(incoming, UNCHANGED, before)
        elif faults := _faults(book, incoming, day, occasion):
            saved = _rejected(incoming, before, faults)
        else:
            changes = tuple(rules.differences(incoming.report, before)) if before else ()
            row = _enter(book, incoming, day, occasion)
            saved = _saved(incoming, UPDATED if before else ADDED, row, changes=changes)
        seen.add(key)
        judged.append(saved)
    return judged


def _twice() -> rules.Fault:
    message = tk._("This indicator and period stand here twice. Keep one of the two.")
    return rules.Fault("stated-twice", "indicator", message)


def _faults(book: Book, incoming: Incoming, day: date, occasion: Occasion) -> list[rules.Fault]:
    report = incoming.report
    row = book.rows.get((report.indicator, report.period))
    organization_id = book.responsible(report.indicator)
    if organization_id and occasion.by is not None and organization_id not in occasion.by:
        message = tk._(
            "Another institution reports on this indicator. Leave the row out, or ask that institution."
        )
        return [rules.Fault("not-yours", "indicator", message)]
    if fault := rules.stage_fault(book.stage):
        return [fault]
    if incoming.version is not None and incoming.version != version_of(row):
        return [rules.Fault("stale", "version", _stale_message(report, row))]
    if occasion.as_import and (fault := future_fault(incoming, occasion.on)):
        return [fault]
    until = None if occasion.as_import else reopened_until(book.plan.id, report.period, organization_id or "")
    reopened = occasion.as_import or (until is not None and occasion.on <= until)
    faults = rules.check(
        report,
        indicators=book.indicators,
        periods=book.periods,
        current=row,
        on=day,
        reopened=reopened,
    )
    return faults or _erased_faults(report, book.erased)


def future_fault(incoming: Incoming, on: date) -> rules.Fault | None:
    """Return why a report whose source states a day after today is not taken."""
    if incoming.reported is None or incoming.reported <= on:
        return None
    message = tk._("The day of the report is in the future. Correct it, or leave it out.")
    return rules.Fault("reported-in-future", "reported", message)


def stale_difference(report: rules.Report, row: Row) -> str:
    """Return in words what stands there now where it differs. Of the writer's own only the status is repeated."""
    parts = []
    for name in rules.differences(report, row):
        stands = str(row.get(name) or "") or tk._("nothing")
        if name == "status":
            parts.append(tk._("status {now} instead of {stated}").format(now=stands, stated=report.status))
        else:
            parts.append(f"{name}: {stands}")
    return "; ".join(parts)


def _stale_message(report: rules.Report, row: Row | None) -> str:
    if row is None:
        return tk._("There is no report yet, so there is no version to correct. Send version 0.")
    message = tk._(
        "Somebody has reported this meanwhile (version {version}). What stands there now: {difference}. "
        "Read it, then correct it if it is still needed."
    )
    known = report.status in rules.statuses()
    shown = report if known else replace(report, status="…")
    return message.format(version=version_of(row), difference=stale_difference(shown, row).rstrip("."))


def _erased_faults(report: rules.Report, erased: frozenset[tuple[int, str]]) -> list[rules.Fault]:
    message = tk._("This holds a text that was erased at somebody's request. Leave it out.")
    return [
        rules.Fault("erased", name, message)
        for name in ("progress", "evidence", "challenges", "reason")
        if erased and contains_erased(getattr(report, name), erased, config.hash_key())
    ]


def _day_of(book: Book, incoming: Incoming, on: date) -> date:
    """Return the day of an imported report: the stated one, else the period's due date if that is past."""
    if incoming.reported:
        return incoming.reported
    period = next((row for row in book.periods if row.get("code") == incoming.report.period), None)
    return min(windows.due(period), on) if period else on


def _stands_already(book: Book, report: rules.Report, before: Row, as_import: bool) -> bool:
    """Tell whether a report says nothing new: an old file that is imported again undoes no correction."""
    if not rules.differences(report, before):
        return True
    return as_import and any(
        rules.Report(
            row.indicator, row.period, row.status, row.progress, row.evidence, row.challenges, row.reason
        )
        == report
        for row in model.Session.query(ProgressReport).filter_by(
            commitment_id=book.commitment.id, indicator=report.indicator, period=report.period
        )
    )


def _enter(book: Book, incoming: Incoming, day: date, occasion: Occasion) -> Row:
    """Note a report in the book: the new row of the commitment, and the version for the history."""
    report = incoming.report
    before = book.rows.get((report.indicator, report.period))
    organization_id = book.responsible(report.indicator) or ""
    period = next(row for row in book.periods if row["code"] == report.period)
    # A correction leaves a report in time that came in time: its own day stands in the history.
    late = before["late"] if before else windows.is_late(period, day)
    institution = (incoming.institution if occasion.as_import else "") or _institution(
        book, report.indicator, organization_id, occasion.as_import
    )
    version = ProgressReport(
        commitment_id=book.commitment.id,
        indicator=report.indicator,
        period=report.period,
        version=version_of(before) + 1,
        status=report.status,
        progress=report.progress,
        evidence=report.evidence,
        challenges=report.challenges,
        reason=report.reason,
        late=late,
        organization_id=organization_id,
        institution=institution,
        user_id=occasion.user_id,
        reported=day,
        created_at=ledger.now(),
    )
    row = {
        "code": report.code,
        **{name: getattr(version, name) for name in _STORED if getattr(version, name) != ""},
        "reported": day.isoformat(),
    }
    book.rows[report.indicator, report.period] = row
    book.versions.append(version)
    return row


def _institution(book: Book, indicator: str, organization_id: str, as_import: bool) -> str:
    """Return who reports, by the title of today. Where import states nobody, it is who leads the indicator."""
    row = next(row for row in book.indicators if row.get("code") == indicator)
    if as_import and not row.get("lead") and row.get("lead_as_stated"):
        return row["lead_as_stated"]
    return book.titles.get(organization_id, "")


def _rejected(incoming: Incoming, now: Row | None, faults: Sequence[rules.Fault]) -> Saved:
    return _saved(incoming, REJECTED, now, faults=tuple(faults))


def _saved(incoming: Incoming, outcome: str, now: Row | None, **values: Any) -> Saved:
    report = incoming.report
    late = bool(now and now.get("late"))
    return Saved(report.indicator, report.period, outcome, version_of(now), late, now=now, **values)
