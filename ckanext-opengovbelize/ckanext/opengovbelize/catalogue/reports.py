"""Progress reports: the only writer of a commitment's ``reports`` and of their history.

Who writes holds the commitment's row in the database until the commit. What stands there is read after the row
is held, so that of two who save at once the second sees what the first has written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk

from ..model import ProgressReport, Published
from ..progress import rules
from ..schemas.types import COMMITMENT, PLAN
from . import publish, stored
from .report_book import (
    Book,
    Incoming,
    Key,
    Occasion,
    Row,
    Saved,
    find_package,
    open_book,
)
from .report_judging import judge_all

# In the context of package_update: its caller is this module. A request cannot set it.
WRITER = "opengovbelize_writes_reports"


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
    occasion = Occasion(by, account.id if account else "", on, as_import)
    refused: dict[Key, list[rules.Fault]] = {}
    while True:
        book = open_book(commitment_id, hold=not dry_run)
        saved = judge_all(book, reports, refused, occasion)
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


def current(commitment_id: str, *, hold: bool = False) -> list[Row]:
    """Return the reports that stand in a commitment now.

    Args:
        commitment_id: the commitment.
        hold: keep others from writing to the commitment until this transaction ends.
    """
    package = find_package(commitment_id, COMMITMENT, hold)
    return stored.rows(package, "reports")


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


def reported_periods(plan_id: str, *, hold: bool = False) -> set[str]:
    """Return the periods of a plan on which something was reported; with ``hold``, nobody reports meanwhile."""
    find_package(plan_id, PLAN, hold)
    versions = model.Session.query(ProgressReport.period).join(
        model.Package, model.Package.id == ProgressReport.commitment_id
    )
    of_plan = model.Package.extras["in_plan"].astext == plan_id
    return {row.period for row in versions.filter(of_plan).distinct()}


def _write(book: Book, user: str) -> None:
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


def _note_refusal(error: tk.ValidationError, book: Book, refused: dict[Key, list[rules.Fault]]) -> None:
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
