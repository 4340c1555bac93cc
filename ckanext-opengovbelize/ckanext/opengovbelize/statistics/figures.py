"""Counts of people by cell: the raw figures, which live only as long as the answer to one request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from ..records.attendance.people import People
from . import categories
from .cells import (
    ALL,
    ANSWERED,
    ASKED,
    ATTENDANCES,
    ATTENDED,
    CERTIFICATES,
    CHATTERS,
    DIMENSIONS,
    IN_PERSON,
    MESSAGES,
    MINUTES,
    NO_CERTIFICATE,
    NO_SHOWS,
    NOT_ANSWERED,
    ONLINE,
    OTHER_MESSAGES,
    PARTICIPANTS,
    QUESTIONS,
    REGISTERED,
    REGISTERED_ATTENDED,
    WALK_INS,
    Cell,
    Table,
    cell,
)

# Limits of the buckets in seconds, below which a bucket ends, as docs/attendance.md defines them.
_BUCKETS = ((15 * 60, "under-15"), (45 * 60, "15-44"), (75 * 60, "45-74"))
_LAST_BUCKET = "75-and-more"
# The same in minutes: from where to below where each bucket reaches.
LIMITS = dict(
    zip(
        (*(code for _limit, code in _BUCKETS), _LAST_BUCKET),
        pairwise((0.0, *(limit / 60 for limit, _code in _BUCKETS), inf)),
        strict=True,
    )
)

Values = dict[Cell, int]
# What people have in common: a category of each of the dimensions, in their order.
_Alike = tuple[str | None, ...]


@dataclass(frozen=True)
class Engagement:
    """What a session's chat shows, counted.

    Attributes:
        messages: written to everyone.
        questions: those of them that ask.
        answered: questions that were answered in writing.
        chatters: names that wrote.
    """

    messages: int
    questions: int
    answered: int
    chatters: int


def bucket(seconds: float | None) -> str:
    """Return the category of somebody's time."""
    if seconds is None:
        return categories.UNKNOWN
    return next((code for limit, code in _BUCKETS if seconds < limit), _LAST_BUCKET)


def of_session(people: People, session: str, tables: Iterable[Table], coarse: Iterable[str] = ()) -> Values:
    """Count who attended a session, by each of the tables; cells that nobody is in are left out."""
    coarse = frozenset(coarse)
    there = Counter(
        (presence.mode, *map(person.known.get, ASKED), bucket(presence.seconds))
        for person in people.people
        if (presence := person.presence.get(session)) is not None and presence.joined
    )
    return _counted(session, ATTENDED, there, tables, coarse)


def of_series(people: People, tables: Iterable[Table], coarse: Iterable[str] = ()) -> Values:
    """Count the different people of all sessions; in person where somebody was so once."""
    coarse = frozenset(coarse)
    there: Counter[_Alike] = Counter()
    for person in people.people:
        joined = [presence for presence in person.presence.values() if presence.joined]
        if joined:
            in_person = any(presence.mode == IN_PERSON for presence in joined)
            there[IN_PERSON if in_person else ONLINE, *map(person.known.get, ASKED)] += 1
    return _counted(ALL, PARTICIPANTS, there, tables, coarse)


def registrations(people: People, session: str) -> Values:
    """Count who registered for a session and came, registered and did not, came without."""
    kinds = Counter(
        (presence.registered, presence.joined)
        for person in people.people
        if (presence := person.presence.get(session)) is not None
    )
    came, stayed_away, walked_in = kinds[True, True], kinds[True, False], kinds[False, True]
    counts = {
        REGISTERED: came + stayed_away,
        NO_SHOWS: stayed_away,
        REGISTERED_ATTENDED: came,
        WALK_INS: walked_in,
    }
    return {Cell(session, measure=measure): count for measure, count in counts.items()}


def engagement(session: str, chat: Engagement) -> Values:
    """Return the figures of a chat, and those that follow from them."""
    counts = {
        MESSAGES: chat.messages,
        QUESTIONS: chat.questions,
        ANSWERED: chat.answered,
        CHATTERS: chat.chatters,
        OTHER_MESSAGES: chat.messages - chat.questions,
        NOT_ANSWERED: chat.questions - chat.answered,
    }
    return {Cell(session, measure=measure): count for measure, count in counts.items()}


def certificates(count: int, participants: int) -> Values:
    """Return how many have a certificate, and how many of the series have none."""
    return {
        Cell(ALL, measure=CERTIFICATES): count,
        Cell(ALL, measure=NO_CERTIFICATE): participants - count,
    }


def summed(values: Mapping[Cell, int], sessions: Iterable[str]) -> Values:
    """Return the attendances of a series: the sum over its sessions, cell by cell."""
    wanted = frozenset(sessions)
    sums: Counter[Cell] = Counter()
    for one, count in values.items():
        if one.measure == ATTENDED and one.session in wanted and MINUTES not in one.table:
            sums[one.of(ATTENDANCES, ALL)] += count
    return dict(sums)


def _counted(
    session: str,
    measure: str,
    there: Mapping[_Alike, int],
    tables: Iterable[Table],
    coarse: frozenset[str],
) -> Values:
    """Count by each of the tables, those who are alike in everything at once."""
    tables = list(tables)
    sums: Counter[Cell] = Counter()
    for alike, count in there.items():
        values = {name: code or categories.UNKNOWN for name, code in zip(DIMENSIONS, alike, strict=False)}
        values |= {name: categories.broader(name, values[name]) for name in coarse}
        for table in tables:
            sums[cell(session, {name: values[name] for name in table}, measure)] += count
    return dict(sums)
