"""How a plan stands: the latest status of every indicator, what is overdue, and who has not reported.

The rules, in one place:

- Merged and dropped commitments have indicators, but no standing.
- A report is *missing* once its period's due date has passed. Before that, it is waited for.
- Nothing is due for a period that ended before the work began: that of the indicator's milestone, else that of the
  commitment.
- An indicator that was reported complete stays complete: nothing more is due for later periods, which count it as
  complete, until a later report says otherwise.
- An indicator is *overdue* where its deadline has passed and its latest report does not say that it is complete.
  A plan without reporting periods asks for no reports, so nothing in it is overdue.
- A commitment gets no verdict of its own: where its indicators differ, that is shown, as counts by status.

Counts always add up: in every period each indicator is counted once, by its status or as without a report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from . import rules, windows

COMPLETE = "C"
# Under which counts hold what has no report.
NO_REPORT = "none"

State = Literal["reported", "complete-before", "not-begun", "missing", "waiting", "coming"]
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Cell:
    """One indicator in one period.

    Attributes:
        period: code of the period.
        status: code of the status, or empty where there is none.
        state: ``reported``, ``complete-before`` (reported complete in an earlier period), ``not-begun`` (the work
            began after it), ``missing``, ``waiting`` (not due yet) or ``coming`` (the period has not begun).
        report: the row of the commitment, where there is one for this period.
    """

    period: str
    status: str
    state: State
    report: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class IndicatorStanding:
    """How one indicator stands.

    Attributes:
        row: the indicator as its commitment has it.
        cells: one for each period, in their order.
        overdue: whether its deadline has passed without a report that it is complete.
    """

    row: Mapping[str, Any]
    cells: tuple[Cell, ...]
    overdue: bool

    @property
    def latest(self) -> Cell | None:
        """Return the newest report's cell, or None where nothing was reported."""
        return next((cell for cell in reversed(self.cells) if cell.report is not None), None)

    @property
    def status(self) -> str:
        """Return the newest status, or ``none``."""
        return self.latest.status if self.latest else NO_REPORT

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the periods whose report is missing."""
        return tuple(cell.period for cell in self.cells if cell.state == "missing")


@dataclass(frozen=True)
class CommitmentStanding:
    """How one commitment stands.

    Attributes:
        indicators: in the commitment's order; none where it is not reported on.
        periods: by period, how many indicators have which status, or ``none``.
        latest: the same for the newest report of each.
    """

    indicators: tuple[IndicatorStanding, ...]
    periods: Mapping[str, Counts]
    latest: Counts


@dataclass(frozen=True)
class Lack:
    """A report that is missing.

    Attributes:
        commitment: the commitment.
        indicator: its indicator.
        period: code of the period.
    """

    commitment: Mapping[str, Any]
    indicator: Mapping[str, Any]
    period: str


@dataclass(frozen=True)
class PlanStanding:
    """How a plan stands.

    Attributes:
        commitments: the standing of each commitment, by id.
        periods: by period in their order, how many indicators have which status, or ``none``.
        states: by period, ``coming``, ``open``, ``late`` or ``closed``.
        latest: by newest status, how many indicators.
        indicators: how many there are.
        overdue: the overdue indicators, each with its commitment.
        missing: the missing reports.
    """

    commitments: Mapping[str, CommitmentStanding]
    periods: Mapping[str, Counts]
    states: Mapping[str, windows.State]
    latest: Counts
    indicators: int
    overdue: tuple[tuple[Mapping[str, Any], IndicatorStanding], ...]
    missing: tuple[Lack, ...]


def of_commitment(
    commitment: Mapping[str, Any], periods: Sequence[windows.Period], on: date
) -> CommitmentStanding:
    """Return how a commitment stands on a day.

    Args:
        commitment: as ``package_show`` gives it.
        periods: the reporting periods of its plan, in any order.
        on: the day.
    """
    return _of_commitment(commitment, _Calendar(periods, on))


def of_plan(
    commitments: Iterable[Mapping[str, Any]], periods: Sequence[windows.Period], on: date
) -> PlanStanding:
    """Return how a plan stands on a day.

    Args:
        commitments: all its commitments, each with ``id``.
        periods: its reporting periods, in any order.
        on: the day.
    """
    calendar = _Calendar(periods, on)
    listed = [(each, _of_commitment(each, calendar)) for each in commitments]
    totals: dict[str, Counter[str]] = {code: Counter() for code in calendar.states}
    latest: Counter[str] = Counter()
    for _commitment, standing in listed:
        latest.update(standing.latest)
        for code, counts in standing.periods.items():
            totals[code].update(counts)
    return PlanStanding(
        commitments={commitment["id"]: standing for commitment, standing in listed},
        periods=totals,
        states=calendar.states,
        latest=latest,
        indicators=sum(latest.values()),
        overdue=tuple(
            (commitment, indicator)
            for commitment, standing in listed
            for indicator in standing.indicators
            if indicator.overdue
        ),
        missing=tuple(_lacks(listed)),
    )


class _Calendar:
    """The periods in their order, and how each stands on the day; asked once, not for every indicator."""

    def __init__(self, periods: Sequence[windows.Period], on: date) -> None:
        self.on = on
        in_order = windows.ordered(periods)
        self.states: dict[str, windows.State] = {
            str(row["code"]): windows.state(row, periods, on) for row in in_order
        }
        self.ends = {str(row["code"]): str(row.get("end") or "") for row in in_order}
        self._without_report: dict[str, State] = {str(row["code"]): self._state(row) for row in in_order}

    def without_report(self) -> Iterator[tuple[str, State]]:
        """Yield each period with the state of an indicator that has no report for it."""
        yield from self._without_report.items()

    def _state(self, period: windows.Period) -> State:
        if self.states[str(period["code"])] == windows.COMING:
            return "coming"
        return "missing" if windows.is_late(period, self.on) else "waiting"


def _of_commitment(commitment: Mapping[str, Any], calendar: _Calendar) -> CommitmentStanding:
    rows = commitment.get("indicators") or []
    if not rules.is_reported_on(str(commitment.get("stage") or "")):
        rows = []
    reports = {(row.get("indicator"), row.get("period")): row for row in commitment.get("reports") or []}
    starts = {row.get("code"): row.get("start") for row in commitment.get("milestones") or []}
    indicators = tuple(
        _of_indicator(
            row, reports, calendar, str(starts.get(row.get("milestone")) or commitment.get("start") or "")
        )
        for row in rows
    )
    periods = {
        code: Counter(indicator.cells[place].status or NO_REPORT for indicator in indicators)
        for place, code in enumerate(calendar.states)
    }
    return CommitmentStanding(indicators, periods, Counter(indicator.status for indicator in indicators))


def _of_indicator(
    row: Mapping[str, Any],
    reports: Mapping[tuple[Any, Any], Mapping[str, Any]],
    calendar: _Calendar,
    begins: str,
) -> IndicatorStanding:
    cells: list[Cell] = []
    status = ""
    for period, state in calendar.without_report():
        report = reports.get((row.get("code"), period))
        if report is not None:
            status = str(report.get("status") or "")
            cells.append(Cell(period, status, "reported", report))
        elif status == COMPLETE and state != "coming":
            cells.append(Cell(period, status, "complete-before"))
        elif calendar.ends[period] < begins:
            cells.append(Cell(period, "", "not-begun"))
        else:
            cells.append(Cell(period, "", state))
    deadline = row.get("deadline")
    overdue = (
        bool(cells) and bool(deadline) and str(deadline) < calendar.on.isoformat() and status != COMPLETE
    )
    return IndicatorStanding(row, tuple(cells), overdue)


def _lacks(listed: Iterable[tuple[Mapping[str, Any], CommitmentStanding]]) -> Iterator[Lack]:
    for commitment, standing in listed:
        for indicator in standing.indicators:
            for period in indicator.missing:
                yield Lack(commitment, indicator.row, period)
