"""What everybody knows of the figures: which are sums of others, and which cannot be greater than others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import product

from ..privacy.disclosure.system import Equation, Order
from . import categories
from .cells import (
    ALL,
    ANSWERED,
    ATTENDANCES,
    ATTENDED,
    CERTIFICATES,
    CHATTERS,
    MESSAGES,
    MODE,
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
    closed,
)

# Of one session or of the series, people of all modes together: a whole and its parts.
_MEASURES = (
    (REGISTERED, (REGISTERED_ATTENDED, NO_SHOWS)),
    (ATTENDED, (REGISTERED_ATTENDED, WALK_INS)),
    (MESSAGES, (QUESTIONS, OTHER_MESSAGES)),
    (QUESTIONS, (ANSWERED, NOT_ANSWERED)),
    (PARTICIPANTS, (CERTIFICATES, NO_CERTIFICATE)),
)


def among(cells: Collection[Cell]) -> list[Equation]:
    """Return the sums that hold among cells of one publication, whatever they hold.

    A sum over a dimension is one only where every category of its list is there.
    """
    known = frozenset(cells)
    return [*_margins(known), *_coarser(known), *_measures(known), *_over_sessions(known)]


def orders(cells: Collection[Cell], sessions: Collection[str], *, modes: Collection[str]) -> list[Order]:
    """Return which cells cannot be greater than others.

    Nobody is in a session without being in the series, and nobody in the series without a session. Who attended in
    person once counts as in person in the series, so that a session may have more people online than the series.
    """
    known = frozenset(cells)
    return [*_of_series(known, sessions, only_online=set(modes) == {ONLINE}), *_chatters(known)]


def _margins(known: frozenset[Cell]) -> Iterator[Equation]:
    by_scope: dict[tuple[str, str], set[Table]] = defaultdict(set)
    for one in known:
        by_scope[one.session, one.measure].add(one.table)
    for (session, measure), tables in sorted(by_scope.items()):
        for table in closed(tables):
            for name in table:
                for codes in _lists(name):
                    yield from _sums(known, session, measure, table, name, codes)


def _lists(name: str) -> list[tuple[str, ...]]:
    return list(dict.fromkeys((categories.codes(name), categories.codes(name, coarse=True))))


def _sums(
    known: frozenset[Cell], session: str, measure: str, table: Table, name: str, codes: tuple[str, ...]
) -> Iterator[Equation]:
    others = [other for other in table if other != name]
    lists = [tuple(dict.fromkeys(code for codes in _lists(other) for code in codes)) for other in others]
    for combination in product(*lists):
        values = dict(zip(others, combination, strict=True))
        whole = cell(session, values, measure)
        parts = tuple(cell(session, {**values, name: code}, measure) for code in codes)
        if whole in known and known.issuperset(parts):
            yield Equation(whole, parts)


def _coarser(known: frozenset[Cell]) -> Iterator[Equation]:
    """Yield that a coarser category is the sum of its finer ones, where both are there."""
    parts: dict[Cell, set[Cell]] = defaultdict(set)
    for one in known:
        whole = _made_coarser(one)
        if whole != one and whole in known:
            parts[whole].add(one)
    for whole in sorted(parts):
        if len(parts[whole]) == _finer(whole):
            yield Equation(whole, tuple(sorted(parts[whole])))


def _made_coarser(one: Cell) -> Cell:
    values = {MODE: one.mode} if one.mode != ALL else {}
    for name, code in ((one.dimension_1, one.category_1), (one.dimension_2, one.category_2)):
        if name:
            values[name] = categories.broader(name, code)
    return cell(one.session, values, one.measure)


def _finer(whole: Cell) -> int:
    count = 1
    for name, code in ((whole.dimension_1, whole.category_1), (whole.dimension_2, whole.category_2)):
        if name:
            count *= sum(categories.broader(name, fine) == code for fine in categories.codes(name))
    return count


def _measures(known: frozenset[Cell]) -> Iterator[Equation]:
    for session in sorted({one.session for one in known}):
        for whole, parts in _MEASURES:
            cells = [Cell(session, measure=measure) for measure in (whole, *parts)]
            if known.issuperset(cells):
                yield Equation(cells[0], tuple(cells[1:]))


def _over_sessions(known: frozenset[Cell]) -> Iterator[Equation]:
    sessions = sorted({one.session for one in known if one.session != ALL and one.measure == ATTENDED})
    for whole in sorted(one for one in known if one.measure == ATTENDANCES):
        parts = tuple(whole.of(ATTENDED, session) for session in sessions)
        if known.issuperset(parts):
            yield Equation(whole, parts)


def _of_series(known: frozenset[Cell], sessions: Iterable[str], *, only_online: bool) -> Iterator[Order]:
    for whole in sorted(one for one in known if one.measure == PARTICIPANTS):
        if (attendances := whole.of(ATTENDANCES)) in known:
            yield Order(whole, attendances)
        if whole.mode == ONLINE and not only_online:
            continue
        for session in sessions:
            if (part := whole.of(ATTENDED, session)) in known:
                yield Order(part, whole)


def _chatters(known: frozenset[Cell]) -> Iterator[Order]:
    for one in sorted(one for one in known if one.measure == CHATTERS):
        if (messages := one.of(MESSAGES)) in known:
            yield Order(one, messages)
