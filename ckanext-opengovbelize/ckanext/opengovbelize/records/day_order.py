"""Dates that can be read in two ways, decided by the other dates of their source, and never guessed.

"07/05/2020" is the seventh of May or the fifth of July; "7 May" is of no year. What the other dates show
decides, and that is told; where they show nothing, the record is rejected with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .dates import has_full_date, has_no_year, with_year
from .problems import Problem
from .series_names import key as series_key
from .session import SessionRecord

DAY_FIRST, MONTH_FIRST = "day first", "month first"
_AS_THE_OTHERS = (
    "Day and month of the date could be either way round. It was read as the other dates of the source show. "
    "Confirm it, and write the month as a word."
)
_IN_TURN = (
    "Day and month of the date could be either way round. It was read so that it falls in with the other sessions. "
    "Confirm it, and write the month as a word."
)

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/-])")
_FEWEST_OF_A_WEEKDAY = 2


@dataclass(frozen=True)
class Other:
    """The day of another session of the same source, and its number where it has one."""

    day: date
    number: int | None = None


def settle(
    records: Sequence[SessionRecord],
    stated: list[str],
    read: Callable[[int, str], None],
    *,
    ends: Iterable[str] = (),
) -> None:
    """Read when the sessions of a source are: what is clear first, then what only the others make clear.

    What they do not make clear is rejected with the reason.

    Args:
        records: the sessions.
        stated: how the source states the start of each; what was decided is written into it.
        read: sets the time of the session at a position from how its start is to be read.
        ends: what else shows how the source writes its days.
    """
    order = order_of((*stated, *ends))
    waiting = [place for place, text in enumerate(stated) if is_ambiguous(text) or has_no_year(text)]
    for position, text in enumerate(stated):
        if position not in waiting:
            read(position, text)
    known = [
        (series_key(record.series), Other(record.start.date(), record.number))
        for record in records
        if record.start
    ]
    for position in waiting:
        record = records[position]
        others = [other for series, other in known if series == series_key(record.series)]
        stated[position], problem = decided(stated[position], order, others, record.number, record.place)
        record.problems += [problem] if problem else []
        if problem is None or not problem.rejects:
            read(position, stated[position])


def order_of(texts: Iterable[str]) -> str:
    """Return how a source writes its days, where some can be read in one way only, and all of these alike."""
    return order_shown((int(match[1]), int(match[3])) for text in texts for match in _NUMERIC.finditer(text))


def order_shown(pairs: Iterable[tuple[int, int]]) -> str:
    """Return the order that pairs of day and month have: one shows it that can be read in one way only.

    Returns:
        ``DAY_FIRST`` or ``MONTH_FIRST``; nothing where no pair shows it, or some show the one and some the other.
    """
    orders: set[str] = set()
    for first, second in pairs:
        if first > 12 >= second:
            orders.add(DAY_FIRST)
        elif second > 12 >= first:
            orders.add(MONTH_FIRST)
    return orders.pop() if len(orders) == 1 else ""


def is_ambiguous(text: str) -> bool:
    """Tell whether a date can be read in two ways."""
    return len(_readings(text)) > 1


def decided(
    text: str, order: str, others: Sequence[Other], number: int | None = None, place: str = ""
) -> tuple[str, Problem | None]:
    """Return a date so written that it can be read in one way only, with what has to be told of it.

    Args:
        text: the date as it is stated.
        order: what ``order_of`` found in the same source.
        others: days of other sessions of the same series.
        number: the session's own number.
        place: where it stands.
    """
    if has_no_year(text) and not has_full_date(text):
        return _with_year(text, others, place)
    readings = _readings(text)
    if len(readings) < 2:
        return text, None
    if order:
        return _written(text, readings[order]), _decided(_AS_THE_OTHERS, place)
    fitting = {name: day for name, day in readings.items() if _fits(day, others, number)}
    if len(fitting) == 1 and _shows_something(readings, others, number):
        (day,) = fitting.values()
        return _written(text, day), _decided(_IN_TURN, place)
    message = (
        "Day and month of the date could be either way round, and no other date of the source shows which."
        " Write the month as a word, such as 7 May 2020."
    )
    return text, Problem("date-ambiguous", message, place=place, field="start", rejects=True)


def on_day(text: str, day: date) -> str:
    """Return a date that can be read in two ways as the one on ``day``, if it can be that."""
    return _written(text, day) if day in _readings(text).values() else text


def _readings(text: str) -> dict[str, date]:
    match = _NUMERIC.search(text)
    if not match:
        return {}
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    found: dict[str, date] = {}
    for name, month, day in ((DAY_FIRST, match[3], match[1]), (MONTH_FIRST, match[1], match[3])):
        try:
            found[name] = date(year, int(month), int(day))
        except ValueError:
            continue
    return {} if len(set(found.values())) < 2 else found


def _fits(day: date, others: Sequence[Other], number: int | None) -> bool:
    return _in_turn(day, others, number) is not False and _on_weekday(day, others) is not False


def _shows_something(readings: dict[str, date], others: Sequence[Other], number: int | None) -> bool:
    tests = [(_in_turn(day, others, number), _on_weekday(day, others)) for day in readings.values()]
    return any(True in test for test in tests)


def _in_turn(day: date, others: Sequence[Other], number: int | None) -> bool | None:
    """Tell whether a day lies between those of the sessions before and after it; None where that is not known."""
    if number is None:
        return None
    before = [other.day for other in others if other.number is not None and other.number < number]
    after = [other.day for other in others if other.number is not None and other.number > number]
    if not before and not after:
        return None
    in_turn = all(earlier <= day for earlier in before) and all(day <= later for later in after)
    # Between two others a day has its place; beside them it only has to be on the right side.
    return in_turn if before and after or not in_turn else None


def _on_weekday(day: date, others: Sequence[Other]) -> bool | None:
    weekdays = {other.day.weekday() for other in others}
    if len({other.day for other in others}) < _FEWEST_OF_A_WEEKDAY or len(weekdays) != 1:
        return None
    return day.weekday() in weekdays


def _written(text: str, day: date) -> str:
    return _NUMERIC.sub(f"{day.day} {day:%B} {day.year}", text, count=1)


def _decided(message: str, place: str) -> Problem:
    return Problem("date-decided", message, place=place, field="start")


def _with_year(text: str, others: Sequence[Other], place: str) -> tuple[str, Problem | None]:
    years = {other.day.year for other in others}
    if len(years) == 1:
        message = (
            "The date has no year. It was taken for that of the other sessions of the source. Confirm it, and write"
            " the year."
        )
        return with_year(text, years.pop()), Problem("date-decided", message, place=place, field="start")
    message = "The date has no year, and the source's other dates do not show which. Write the year."
    return text, Problem("date-without-year", message, place=place, field="start", rejects=True)
