"""When a reporting period is open. Periods are the rows of a plan: ``code``, ``start``, ``end``, ``due``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

Period = Mapping[str, Any]
State = Literal["coming", "open", "late", "closed"]

COMING: State = "coming"
OPEN: State = "open"
LATE: State = "late"
CLOSED: State = "closed"


def state(period: Period, periods: Iterable[Period], on: date) -> State:
    """Return how a period stands on a day.

    Before its start it is coming. From its start until its due date it is open. Then reports are late, until
    the next period is due. After the last period nothing is due any more, so it takes late reports without end.

    Args:
        period: the period, one of ``periods``.
        periods: all periods of its plan, in any order.
        on: the day.
    """
    if on < _day(period, "start"):
        return COMING
    if on <= due(period):
        return OPEN
    last = last_day(period, periods)
    return LATE if last is None or on <= last else CLOSED


def last_day(period: Period, periods: Iterable[Period]) -> date | None:
    """Return the last day on which a late report is taken; None where there is no such day."""
    following = [each for each in ordered(periods) if _day(each, "start") > _day(period, "start")]
    return max(due(period), due(following[0])) if following else None


def due(period: Period) -> date:
    """Return the last day on which a report is in time."""
    return _day(period, "due")


def ordered(periods: Iterable[Period]) -> Sequence[Period]:
    """Return periods by their start."""
    return sorted(periods, key=lambda each: _day(each, "start"))


def is_late(period: Period, on: date) -> bool:
    """Return whether a report of that day is late."""
    return on > due(period)


def _day(period: Period, name: str) -> date:
    return date.fromisoformat(str(period[name]))
