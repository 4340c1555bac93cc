"""Progress reports: the only writer of a commitment's ``reports`` and of their history.

Who writes holds the commitment's row in the database until the commit. What stands there is read after the row
is held, so that of two who save at once the second sees what the first has written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from sqlalchemy.dialects.postgresql import insert

from .. import config
from ..model import Erased, ProgressReport, Published, Reopened
from ..privacy.hashing import contains_erased
from ..progress import rules, windows
from . import institutions, ledger, publish

TYPE = "commitment"
PLAN_TYPE = "action_plan"

# In the context of package_update: its caller is this module. A request cannot set it.
WRITER = "opengovbelize_writes_reports"

ADDED = "added"
UPDATED = "updated"
UNCHANGED = "unchanged"
REJECTED = "rejected"

Row = dict[str, Any]
_Key = tuple[str, str]


@dataclass(frozen=True)
class Incoming:
    """A report on its way in.

    Attributes:
        report: what it says.
        version: the version that the writer saw, 0 where there was none; None where the way in cannot know it.
        reported: the day that a source states for it. Only import looks at it.
        institution: who reported it, as a source states it. Only import looks at it.
    """

    report: rules.Report
    version: int | None = None
    reported: date | None = None
    institution: str = ""


@dataclass(frozen=True)
class Saved:
    """What became of one report.

    Attributes:
        indicator: code of the indicator.
        period: code of the period.
        outcome: ``added``, ``updated`` (a correction), ``unchanged`` or ``rejected``.
        version: the version that stands there now, 0 where there is none.
        late: whether what stands there now was late.
        changes: the fields in which it differed from what stood there.
        faults: why it was rejected.
        now: the row that stands there now, or None. After a stale version it is the difference to show.
    """

    indicator: str
    period: str
    outcome: str
    version: int = 0
    late: bool = False
    changes: tuple[str, ...] = ()
    faults: tuple[rules.Fault, ...] = ()
    now: Row | None = None


@dataclass
class _Book:
    """A commitment and its plan as they are in the database, and what is to be written."""

    commitment: model.Package
    plan: model.Package
    rows: dict[_Key, Row]
    indicators: list[Row]
    periods: list[Row]
    versions: list[ProgressReport] = field(default_factory=list)

    @property
    def stage(self) -> str:
        return (self.commitment.extras or {}).get("stage", "")

    @cached_property
    def titles(self) -> dict[str, str]:
        return institutions.titles()

    @cached_property
    def erased(self) -> frozenset[tuple[int, str]]:
        return frozenset((words, hash_) for words, hash_ in model.Session.query(Erased.words, Erased.hash))

    def responsible(self, indicator: str) -> str | None:
        return responsible({"indicators": self.indicators, "owner_org": self.commitment.owner_org}, indicator)

    def ordered_keys(self) -> list[_Key]:
        """Return the keys of all rows: as the commitment orders indicators, then by the periods' start."""
        indicators = [row.get("code") for row in self.indicators]
        periods = [row["code"] for row in windows.ordered(self.periods)]
        return sorted(self.rows, key=lambda key: (indicators.index(key[0]), periods.index(key[1])))

    def ordered_rows(self) -> list[Row]:
        return [self.rows[key] for key in self.ordered_keys()]


def save(
    commitment_id: str,
    reports: Sequence[Incoming],
    *,
    by: Collection[str] | None,
    user: str,
    on: date,
    as_import: bool = False,
    dry_run: bool = False,
) -> list[Saved]:
    """Take reports on one commitment: those that can be taken, in one transaction, one package write, one index.

    It commits, or rolls back where the schema refuses: nothing else may wait in the session.

    Args:
        commitment_id: the commitment.
        reports: the reports; one for each indicator and period.
        by: ids of the organizations for which the writer reports; None for all of them.
        user: the name of the user, to whom the activity stream ascribes the change.
        on: the day.
        as_import: history is loaded. Each report is judged by the day that it states, or else by its due date,
            closed periods are taken, and an earlier version does not come back over a later one.
        dry_run: only tell what would become of each.

    Returns:
        What became of each report, in their order.

    Raises:
        ObjectNotFound: there is no such commitment.
    """
    account = model.User.get(user)
    user_id = account.id if account else ""
    refused: dict[_Key, list[rules.Fault]] = {}
    while True:
        book = _open(commitment_id, hold=not dry_run)
        saved = _judge_all(book, reports, refused, by=by, user_id=user_id, on=on, as_import=as_import)
        if dry_run:
            return saved
        if not book.versions:
            # Lets go of the row.
            model.Session.commit()
            return saved
        try:
            _write(book, user)
        except tk.ValidationError as error:
            # It rolled back, and the row is free again: the others start anew without what was refused.
            model.Session.rollback()
            _note_refusal(error, book, refused)
            continue
        package_id = book.commitment.id
        model.Session.commit()
        publish.index([package_id])
        return saved


def responsible(commitment: Mapping[str, Any], indicator: str) -> str | None:
    """Return the id of the organization that reports on an indicator: its lead, else the program's.

    Args:
        commitment: as ``package_show`` gives it.
        indicator: code of the indicator.

    Returns:
        None where the commitment has no such indicator.
    """
    row = next((row for row in commitment.get("indicators") or [] if row.get("code") == indicator), None)
    return None if row is None else str(row.get("lead") or commitment["owner_org"])


def current(commitment_id: str, *, hold: bool = False) -> list[Row]:
    """Return the reports that stand in a commitment now.

    Args:
        commitment_id: the commitment.
        hold: keep others from writing to the commitment until this transaction ends.
    """
    package = _package(commitment_id, TYPE, hold)
    return rows_of(package, "reports") if package else []


def history(commitment_id: str, indicator: str, period: str) -> list[Row]:
    """Return every version of a report, the newest first. It says which institution reported, never which user."""
    versions = (
        model.Session.query(ProgressReport)
        .filter_by(commitment_id=commitment_id, indicator=indicator, period=period)
        .order_by(ProgressReport.version.desc())
    )
    return [
        {
            "version": row.version,
            **{name: getattr(row, name) for name in rules.CONTENT},
            "reason": row.reason,
            "late": row.late,
            "organization_id": row.organization_id,
            "institution": row.institution,
            "reported": row.reported.isoformat(),
        }
        for row in versions
    ]


def reopen(plan_id: str, period: str, organization_id: str, until: date, *, user_id: str) -> None:
    """Let one institution report on a period again until a day, that day included."""
    values = {"until": until, "user_id": user_id, "created_at": ledger.now()}
    statement = insert(Reopened).values(
        plan_id=plan_id, period=period, organization_id=organization_id, **values
    )
    keys = ["plan_id", "period", "organization_id"]
    model.Session.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))
    model.Session.commit()


def reopened(plan_id: str) -> list[Row]:
    """Return what was reopened in a plan, the last day with it; also what has ended since."""
    rows = model.Session.query(Reopened).filter_by(plan_id=plan_id)
    return [
        {"period": row.period, "organization_id": row.organization_id, "until": row.until.isoformat()}
        for row in rows.order_by(Reopened.until.desc(), Reopened.period, Reopened.organization_id)
    ]


def reopened_until(plan_id: str, period: str, organization_id: str) -> date | None:
    """Return the last day on which an institution may report on a period that was reopened for it."""
    row = (
        model.Session.query(Reopened.until)
        .filter_by(plan_id=plan_id, period=period, organization_id=organization_id)
        .one_or_none()
    )
    return row.until if row else None


def reported_periods(plan_id: str, *, hold: bool = False) -> set[str]:
    """Return the periods of a plan on which something was reported; with ``hold``, nobody reports meanwhile."""
    _package(plan_id, PLAN_TYPE, hold)
    versions = model.Session.query(ProgressReport.period).join(
        model.Package, model.Package.id == ProgressReport.commitment_id
    )
    of_plan = model.Package.extras["in_plan"].astext == plan_id
    return {row.period for row in versions.filter(of_plan).distinct()}


# Reading


def _open(commitment_id: str, hold: bool) -> _Book:
    """Return a commitment as it is now; with ``hold``, nobody else changes it until this transaction ends."""
    commitment = _package(commitment_id, TYPE, hold)
    plan_id = (commitment.extras or {}).get("in_plan", "") if commitment else ""
    plan = _package(plan_id, PLAN_TYPE, hold, share=True)
    if commitment is None or plan is None:
        raise tk.ObjectNotFound(tk._("There is no such commitment."))
    rows = {(row["indicator"], row["period"]): row for row in rows_of(commitment, "reports")}
    return _Book(commitment, plan, rows, rows_of(commitment, "indicators"), rows_of(plan, "periods"))


def _package(id_: str, type_: str, hold: bool, share: bool = False) -> model.Package | None:
    query = (
        model.Session.query(model.Package).filter_by(id=id_, type=type_, state="active").populate_existing()
    )
    if hold:
        # What waits in the session must not be lost when the row is read anew.
        model.Session.flush()
        query = query.with_for_update(read=share, of=model.Package)
    return query.one_or_none()


def rows_of(package: model.Package, name: str) -> list[Row]:
    """Return the rows of a repeating field as the database has them."""
    return json.loads((package.extras or {}).get(name) or "[]")


# Judging


def _judge_all(
    book: _Book,
    reports: Sequence[Incoming],
    refused: Mapping[_Key, Sequence[rules.Fault]],
    *,
    by: Collection[str] | None,
    user_id: str,
    on: date,
    as_import: bool,
) -> list[Saved]:
    """Decide about every report, and note in the book what is to be written."""
    judged: list[Saved] = []
    seen: set[_Key] = set()
    for incoming in reports:
        incoming = replace(incoming, report=rules.tidied(incoming.report))
        key = incoming.report.indicator, incoming.report.period
        before = book.rows.get(key)
        day = _day_of(book, incoming, on) if as_import else on
        if key in seen:
            saved = _rejected(incoming, before, [_twice()])
        elif key in refused:
            saved = _rejected(incoming, before, refused[key])
        elif before and _stands_already(book, incoming.report, before, as_import):
            saved = _saved(incoming, UNCHANGED, before)
        elif faults := _faults(book, incoming, by=by, day=day, on=on, as_import=as_import):
            saved = _rejected(incoming, before, faults)
        else:
            changes = tuple(rules.differences(incoming.report, before)) if before else ()
            row = _enter(book, incoming, user_id=user_id, day=day, as_import=as_import)
            saved = _saved(incoming, UPDATED if before else ADDED, row, changes=changes)
        seen.add(key)
        judged.append(saved)
    return judged


def _twice() -> rules.Fault:
    message = tk._("This indicator and period stand here twice. Keep one of the two.")
    return rules.Fault("stated-twice", "indicator", message)


def _faults(
    book: _Book, incoming: Incoming, *, by: Collection[str] | None, day: date, on: date, as_import: bool
) -> list[rules.Fault]:
    report = incoming.report
    row = book.rows.get((report.indicator, report.period))
    organization_id = book.responsible(report.indicator)
    if organization_id and by is not None and organization_id not in by:
        message = tk._(
            "Another institution reports on this indicator. Leave the row out, or ask that institution."
        )
        return [rules.Fault("not-yours", "indicator", message)]
    if fault := rules.stage_fault(book.stage):
        return [fault]
    if incoming.version is not None and incoming.version != _version(row):
        return [rules.Fault("stale", "version", _stale_message(report, row))]
    if as_import and (fault := future_fault(incoming, on)):
        return [fault]
    until = None if as_import else reopened_until(book.plan.id, report.period, organization_id or "")
    reopened = as_import or (until is not None and on <= until)
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
    return message.format(version=_version(row), difference=stale_difference(shown, row).rstrip("."))


def _erased_faults(report: rules.Report, erased: frozenset[tuple[int, str]]) -> list[rules.Fault]:
    message = tk._("This holds a text that was erased at somebody's request. Leave it out.")
    return [
        rules.Fault("erased", name, message)
        for name in ("progress", "evidence", "challenges", "reason")
        if erased and contains_erased(getattr(report, name), erased, config.hash_key())
    ]


def _day_of(book: _Book, incoming: Incoming, on: date) -> date:
    """Return the day of an imported report: the stated one, else the period's due date if that is past."""
    if incoming.reported:
        return incoming.reported
    period = next((row for row in book.periods if row.get("code") == incoming.report.period), None)
    return min(windows.due(period), on) if period else on


def _stands_already(book: _Book, report: rules.Report, before: Row, as_import: bool) -> bool:
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


# Writing


def _enter(book: _Book, incoming: Incoming, *, user_id: str, day: date, as_import: bool) -> Row:
    """Note a report in the book: the new row of the commitment, and the version for the history."""
    report = incoming.report
    before = book.rows.get((report.indicator, report.period))
    organization_id = book.responsible(report.indicator) or ""
    period = next(row for row in book.periods if row["code"] == report.period)
    # A correction leaves a report in time that came in time: its own day stands in the history.
    late = before["late"] if before else windows.is_late(period, day)
    institution = (incoming.institution if as_import else "") or _institution(
        book, report.indicator, organization_id, as_import
    )
    version = ProgressReport(
        commitment_id=book.commitment.id,
        indicator=report.indicator,
        period=report.period,
        version=_version(before) + 1,
        status=report.status,
        progress=report.progress,
        evidence=report.evidence,
        challenges=report.challenges,
        reason=report.reason,
        late=late,
        organization_id=organization_id,
        institution=institution,
        user_id=user_id,
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


def _institution(book: _Book, indicator: str, organization_id: str, as_import: bool) -> str:
    """Return who reports, by the title of today. Where import states nobody, it is who leads the indicator."""
    row = next(row for row in book.indicators if row.get("code") == indicator)
    if as_import and not row.get("lead") and row.get("lead_as_stated"):
        return row["lead_as_stated"]
    return book.titles.get(organization_id, "")


def _write(book: _Book, user: str) -> None:
    """Write the commitment and the history, in the transaction that is open."""
    shown = publish.show(book.commitment.id)
    data = {**shown, "reports": book.ordered_rows()}
    # CKAN sets the time itself where none is given.
    data.pop("metadata_modified", None)
    context = publish.context_for(user)
    context[WRITER] = True
    # Without a commit of its own package_update leaves this out, and the activity stream goes by it.
    context["changed_entities"] = {"packages": {book.commitment.id}}
    context["original_package"] = shown
    tk.get_action("package_update")(context, data)
    model.Session.add_all(book.versions)
    model.Session.query(Published).filter_by(package_id=book.commitment.id).update({"index_pending": True})
    model.Session.flush()


def _note_refusal(error: tk.ValidationError, book: _Book, refused: dict[_Key, list[rules.Fault]]) -> None:
    """Note what the schema refused: single reports by their rows, or all of them for the commitment's sake."""
    errors: dict[str, Any] = dict(error.error_dict)
    of_rows = errors.pop("reports", [])
    keys = list(book.ordered_keys())
    written = {(version.indicator, version.period) for version in book.versions}
    for key, complaints in zip(keys, of_rows, strict=False):
        if isinstance(complaints, dict) and complaints and key in written:
            refused[key] = [
                rules.Fault("field-invalid", name, "; ".join(map(str, messages)))
                for name, messages in complaints.items()
            ]
    if errors or not written & refused.keys():
        message = tk._(
            "The commitment itself has to be corrected first: its program's editors open its form, save it, and "
            "see what is wrong (field: {fields})."
        )
        fault = rules.Fault("commitment-invalid", "", message.format(fields=", ".join(errors) or "reports"))
        refused.update(dict.fromkeys(written, [fault]))


_STORED = (
    "indicator",
    "period",
    *rules.CONTENT,
    "institution",
    "late",
    "version",
    "reason",
)


def _version(row: Row | None) -> int:
    return int(row["version"]) if row else 0


def _rejected(incoming: Incoming, now: Row | None, faults: Sequence[rules.Fault]) -> Saved:
    return _saved(incoming, REJECTED, now, faults=tuple(faults))


def _saved(incoming: Incoming, outcome: str, now: Row | None, **values: Any) -> Saved:
    report = incoming.report
    late = bool(now and now.get("late"))
    return Saved(report.indicator, report.period, outcome, _version(now), late, now=now, **values)
