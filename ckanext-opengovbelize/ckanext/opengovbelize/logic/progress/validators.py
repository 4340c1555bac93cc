"""The validators that keep progress reports out of every way but their own actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ...catalogue import publish, report_judging, reports, stored
from ...progress import rules

__all__ = [
    "opengovbelize_reported_periods_kept",
    "opengovbelize_reports_kept",
    "opengovbelize_reports_unchanged",
]

Row = dict[str, Any]


def opengovbelize_reports_kept(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Put the current reports in where an update does not name them."""
    package = context.get("package")
    if package is None or any(path[0] == "reports" for path in data):
        return
    for number, row in enumerate(_current(package, context)):
        data.update({("reports", number, name): value for name, value in row.items()})


def opengovbelize_reports_unchanged(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse reports that differ from the current ones, whoever asks, and the loss of what they are about.

    ``catalogue.reports`` has its own rules and holds the row already; it says so in the context.
    """
    if context.get(reports.WRITER):
        return
    package = context.get("package")
    given = list(_rows(data, "reports"))
    if package is None:
        if given:
            _note("reports", [(0, _use_the_action())], errors)
        return
    current = _current(package, context)
    _note("reports", _changes(given, current), errors)
    _note("indicators", _lost_indicators(data, current), errors)
    if lost := _lost_periods(data.get(("in_plan",)), current):
        errors.setdefault(("in_plan",), []).append(lost)


def opengovbelize_reported_periods_kept(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse to take a period out of a plan on which something was reported."""
    package = context.get("package")
    if package is None:
        return
    kept = {row.get("code") for row in _rows(data, "periods")}
    message = tk._("Period {code} has progress reports and cannot be taken out or renamed. Put it back.")
    lost = sorted(reports.reported_periods(package.id, hold=_writes(context)) - kept)
    _note("periods", [(0, message.format(code=code)) for code in lost], errors)


def _current(package: model.Package, context: Context) -> list[Row]:
    return reports.current(package.id, hold=_writes(context))


def _writes(context: Context) -> bool:
    """Return whether the validation belongs to a write, so that others have to wait for it."""
    return not context.get(publish.COMPARES_ONLY)


def _changes(given: Sequence[Row], current: Iterable[Row]) -> Iterator[tuple[int, str]]:
    """Say of every row that is not as it stands what is wrong with it."""
    stands = {_key(row): row for row in current}
    for number, row in enumerate(given):
        key = _key(row)
        if key not in stands:
            yield number, _of(key, _use_the_action())
        elif _plain(row) != _plain(stands[key]):
            yield number, _of(key, _difference(row, stands[key]))
    for key in stands.keys() - {_key(row) for row in given}:
        message = tk._(
            "It was reported and is missing here. Reports are never taken out: load the page again, or leave out "
            "all reports to keep them as they are."
        )
        yield 0, _of(key, message)


def _difference(row: Row, stands: Row) -> str:
    if str(row.get("version")) == str(stands["version"]):
        return _use_the_action()
    message = tk._(
        "It has meanwhile been reported: {difference}. Load the page again and repeat your change."
    )
    difference = report_judging.stale_difference(rules.of_row(row), stands)
    version = tk._("version {number}").format(number=stands["version"])
    return message.format(difference=difference or version)


def _use_the_action() -> str:
    return tk._(
        "Progress is not reported with the commitment itself. Leave its reports as they are, and use the page for "
        "reporting progress or the action opengovbelize_progress_report_save."
    )


def _lost_indicators(data: FlattenDataDict, current: Iterable[Row]) -> Iterator[tuple[int, str]]:
    kept = {row.get("code") for row in _rows(data, "indicators")}
    lost = dict.fromkeys(row["indicator"] for row in current if row["indicator"] not in kept)
    message = tk._(
        "Indicator {code} has progress reports and cannot be taken out or renumbered. Put it back."
    )
    yield from ((0, message.format(code=code)) for code in lost)


def _lost_periods(plan_id: Any, current: Iterable[Row]) -> str:
    """Say which reported periods a plan lacks to which the commitment is moved; nothing where it has all."""
    plan = model.Package.get(plan_id) if isinstance(plan_id, str) else None
    if plan is None:
        return ""
    kept = {row.get("code") for row in stored.rows(plan, "periods")}
    lost = dict.fromkeys(row["period"] for row in current if row["period"] not in kept)
    message = tk._("This plan lacks periods on which progress was reported: {codes}. Choose the former plan.")
    return message.format(codes=", ".join(lost)) if lost else ""


def _of(key: tuple[str, str], message: str) -> str:
    where = tk._("Indicator {indicator}, period {period}").format(indicator=key[0], period=key[1])
    return f"{where}: {message}"


def _key(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row.get("indicator") or ""), str(row.get("period") or "")


def _plain(row: Row) -> dict[str, str]:
    """Return a row for comparison: as text, without what is blank."""
    return {name: str(value) for name, value in row.items() if value not in (None, "", tk.missing)}


def _rows(data: FlattenDataDict, field: str) -> Iterable[Row]:
    rows: dict[int, Row] = {}
    for path, value in data.items():
        if path[0] == field and len(path) == 3:
            rows.setdefault(path[1], {})[path[2]] = value
    return (rows[number] for number in sorted(rows))


def _note(field: str, complaints: Iterable[tuple[int, str]], errors: FlattenErrorDict) -> None:
    """Note complaints at the code of a row: scheming's form cannot show one about a field of rows as a whole."""
    for number, message in complaints:
        errors.setdefault((field, number, "code"), []).append(message)
