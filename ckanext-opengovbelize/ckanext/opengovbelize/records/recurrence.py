"""When what recurs is held: rules as iCalendar writes them, which other formats' schedules are turned into."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice

from dateutil.rrule import rrulestr

from . import naming
from .problems import Problem
from .session import SessionRecord

MOST_TIMES = 200
# What lies outside is a slip of the pen, and beyond what clocks of other zones can show.
YEARS = range(1990, 2101)
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
# An endless series is read so far ahead.
_AHEAD = timedelta(days=366)
# What all rules of a file may take together: one that no day ever meets is looked for until the year 9999.
_MOST_SECONDS = 3.0


@dataclass
class Recurrence:
    """Works out the times of all that recurs in one file."""

    seconds: float = _MOST_SECONDS

    def times(self, rule: str, start: datetime, until: datetime | None = None) -> list[datetime]:
        """Return when something is held by a rule, on the clock on the wall.

        No longer than a year ahead, and one time more than ``MOST_TIMES``, so that one sees that there are more.

        Args:
            rule: such as ``FREQ=WEEKLY;BYDAY=TU``, without ``UNTIL``.
            start: the first time, without a zone.
            until: the last possible time.

        Raises:
            ValueError: where the rule cannot be followed.
        """
        parts = [part.partition("=") for part in rule.upper().split(";")]
        stated = {name: value for name, _sign, value in parts}
        if stated.get("FREQ", "") in _TOO_OFTEN or int(stated.get("INTERVAL", 1)) < 1:
            raise ValueError("no session recurs so often")
        if self.seconds < 0:
            raise ValueError("rules that are never met use up the time")
        last = max(datetime.now(), start) + _AHEAD
        last = min(last, until) if until else last
        began = time.monotonic()
        try:
            found = rrulestr(f"{rule};UNTIL={last:%Y%m%dT%H%M%S}", dtstart=start, ignoretz=True)
            return list(islice(found, MOST_TIMES + 1))
        except (TypeError, OverflowError, KeyError, AttributeError) as error:
            raise ValueError("the rule cannot be read") from error
        finally:
            self.seconds -= time.monotonic() - began


def unreadable(place: str) -> Problem:
    """Return what is told of a rule that cannot be followed."""
    message = "How the event recurs cannot be read, so only its first time was taken."
    return Problem("recurrence-unreadable", message, place=place, field="start")


def cut(place: str) -> Problem:
    """Return what is told of a rule of which not all times were taken."""
    message = f"The event recurs without end; its first {MOST_TIMES} times were taken."
    return Problem("recurrence-cut", message, place=place, field="start")


def wall(moment: date | datetime, zone: tzinfo | None) -> datetime:
    """Return what a clock on the wall shows: rules speak of it, whatever summer time does."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day)
    if moment.tzinfo is not None and zone is not None:
        moment = moment.astimezone(zone)
    return moment.replace(tzinfo=None)


def name_of(moment: date | datetime) -> str:
    """Return by what one of the times of a series is known: when it was to be held at first."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return moment.isoformat()
    return moment.astimezone(UTC).isoformat()


def number_once(records: Iterable[SessionRecord]) -> None:
    """Take the number from times that share it with others: by it they would all be one session."""
    message = "The event recurs under one number, so its times were left without. Number each title."
    naming.number_once(list(records), message)
