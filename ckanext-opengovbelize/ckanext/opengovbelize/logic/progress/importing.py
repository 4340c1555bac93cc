"""Reports from a spreadsheet: which commitment each row is about, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk

from ... import config
from ...catalogue import report_book, reports
from ...catalogue.report_book import Incoming
from ...folding import fold
from ...progress.rules import Report
from ...records.plans import reading
from ...records.plans.record import REPORT, identity_stage

NAMES = ("indicator", "period", "status", "progress", "evidence", "challenges", "reason")
FILLED = ("status", "progress", "evidence", "challenges", "reason")


@dataclass
class Line:
    """One row on its way in.

    Attributes:
        place: where it stands, such as ``sheet progress, row 3``.
        number: number of the commitment.
        stage: stage of the commitment.
        incoming: the report, or None where the row could not be read.
        outcome: what became of it.
        messages: what is wrong or was left out, and how to mend it.
        saved: what the catalogue says.
    """

    place: str
    number: str
    stage: str
    incoming: Incoming | None
    outcome: str = report_book.REJECTED
    messages: list[str] = field(default_factory=list)
    saved: report_book.Saved | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as the action answers."""
        report = self.incoming.report if self.incoming else None
        return {
            "place": self.place,
            "report": {"number": self.number, "stage": self.stage, **vars(report)} if report else {},
            "commitment": self.number,
            "indicator": report.indicator if report else "",
            "period": report.period if report else "",
            "outcome": self.outcome,
            "version": self.saved.version if self.saved else 0,
            "late": bool(self.saved and self.saved.late),
            "changes": list(self.saved.changes) if self.saved else [],
            "messages": self.messages,
        }


def lines_of_file(upload: Any) -> list[Line]:
    """Return the rows of an uploaded .xlsx or .csv file.

    Args:
        upload: as a form sends it: with ``filename`` and ``stream``.

    Raises:
        ValidationError: it is no such file, or too large.
    """
    most = config.max_record_bytes()
    data = upload.stream.read(most + 1)
    if len(data) > most:
        message = tk._("The file is larger than {number} bytes. Send fewer rows at a time.")
        raise tk.ValidationError({"upload": [message.format(number=most)]})
    records = reading.read(data, file=upload.filename or "") or []
    lines = [
        _line_of_record(record) for record in records if record.type == REPORT and _is_filled(record.fields)
    ]
    if not lines:
        # What is wrong with a commitment of a plan's workbook is nothing to mend here.
        told = [
            problem.message
            for record in records
            for problem in record.problems
            if problem.rejects and (record.type == REPORT or not problem.place)
        ]
        message = tk._(
            "There are no progress reports in this file. Download the template, fill in its sheet “progress”, and "
            "send it as .xlsx or .csv."
        )
        raise tk.ValidationError({"upload": [message, *dict.fromkeys(told)]})
    return lines


def lines_of_rows(rows: Any) -> list[Line]:
    """Return rows that a program sent.

    Raises:
        ValidationError: it is no list of rows.
    """
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise tk.ValidationError({"rows": [tk._("Give a list of rows, each with the fields of a report.")]})
    return [_line_of_row(row, place) for place, row in enumerate(rows, start=1)]


def run(
    lines: list[Line],
    commitments: Iterable[Mapping[str, Any]],
    *,
    by: Collection[str] | None,
    user: str,
    on: date,
    dry_run: bool,
) -> None:
    """Take the rows, one write for each commitment, and note in each row what became of it."""
    known = {(_folded(row.get("number")), _stage(row.get("stage"))): str(row["id"]) for row in commitments}
    by_commitment: dict[str, list[Line]] = {}
    for line in lines:
        if line.incoming is None:
            continue
        commitment_id = known.get((_folded(line.number), _stage(line.stage)))
        if commitment_id is None:
            line.messages.append(tk._("The plan has no such commitment. Correct its number or its stage."))
        else:
            by_commitment.setdefault(commitment_id, []).append(line)
    for commitment_id, its_lines in by_commitment.items():
        incoming = [line.incoming for line in its_lines if line.incoming]
        saved = reports.save(commitment_id, incoming, by=by, user=user, on=on, dry_run=dry_run)
        for line, result in zip(its_lines, saved, strict=True):
            line.saved, line.outcome = result, result.outcome
            line.messages += [fault.message for fault in result.faults]


def _is_filled(row: Mapping[str, Any]) -> bool:
    """Return whether a row says anything: the template has one for every report that may be made."""
    return any(row.get(name) not in (None, "") for name in FILLED)


def _line_of_record(record: Any) -> Line:
    line = _line_of_row(record.fields, record.place)
    line.messages = [problem.message for problem in record.problems] + line.messages
    if record.is_rejected:
        line.incoming = None
    return line


def _line_of_row(row: Mapping[str, Any], place: Any) -> Line:
    texts = {name: "" if row.get(name) is None else str(row[name]) for name in NAMES}
    line = Line(
        place if isinstance(place, str) else tk._("row {number}").format(number=place),
        str(row.get("number") or ""),
        str(row.get("stage") or ""),
        Incoming(Report(**texts)),
    )
    version = row.get("version")
    if version not in (None, ""):
        if not str(version).isdecimal():
            line.messages.append(tk._("The version is a whole number. Leave it as it was downloaded."))
            line.incoming = None
        else:
            line.incoming = Incoming(Report(**texts), version=int(str(version)))
    return line


def _stage(stage: Any) -> str:
    """Return the stage under which a commitment is numbered; final ones are meant where none is stated."""
    return identity_stage(str(stage or "") or "final")


def _folded(number: Any) -> str:
    return fold(str(number or ""))
