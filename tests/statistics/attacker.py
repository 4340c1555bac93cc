"""An attacker who knows nothing of our equations: an integer programme over every kind of person there can be.

Its variables count people who are alike in everything (in which sessions, how, how long, sector, gender). What is
published are sums of them. Whatever it says can be, could have been.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np
from ckanext.opengovbelize.records.attendance.model import IN_PERSON, ONLINE
from ckanext.opengovbelize.statistics import categories
from ckanext.opengovbelize.statistics.rows import SHOWN, Row
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

STAYED = {"under-15": (0, 15), "15-44": (15, 45), "45-74": (45, 75), "75-and-more": (75, np.inf)}
COUNTED = ("attended", "attendances", "participants")


class Presence(NamedTuple):
    """How somebody was in a session."""

    mode: str
    minutes: str


class Kind(NamedTuple):
    """People who are alike: for each session how they were there, or None."""

    presence: tuple[Presence | None, ...]
    sector: str
    gender: str


class Attacker:
    """Everything that was published, and what it leaves possible.

    Args:
        published: the rows of all releases; they tell of the same people.
        sessions: their addresses.
        modes: in which a session could be attended.
    """

    def __init__(self, published: Iterable[Row], sessions: Sequence[str], modes: Sequence[str]) -> None:
        rows = list(published)
        self._sessions = list(sessions)
        timed = any(row.dimension_1 == "minutes" or row.measure == "median_minutes" for row in rows)
        self._kinds = list(
            _kinds(len(sessions), modes, categories.codes("minutes") if timed else ("unknown",))
        )
        known: list[tuple[np.ndarray, float, float]] = []
        for row in rows:
            if row.status == SHOWN and row.value is not None:
                known += self._told(row, row.value)
        self._rules = [
            LinearConstraint(
                sparse.csr_array(np.array([coefficients for coefficients, _low, _high in known])),
                [low for _coefficients, low, _high in known],
                [high for _coefficients, _low, high in known],
            )
        ][: len(known)]

    def can_be(self, row: Row, low: float, high: float) -> bool:
        """Tell whether there is a group of people of whom all is true, and this figure is within these bounds."""
        wanted = LinearConstraint(self._sum(row)[None, :], low, high)
        found = milp(
            np.zeros(len(self._kinds)),
            constraints=[*self._rules, wanted],
            integrality=np.ones(len(self._kinds)),
            bounds=Bounds(0, np.inf),
            options={"time_limit": 30},
        )
        return found.status == 0

    def _told(self, row: Row, value: int) -> Iterator[tuple[np.ndarray, float, float]]:
        if row.measure in COUNTED:
            yield self._sum(row), value, value
        elif row.measure == "median_minutes":
            at = self._sessions.index(row.session)
            # Half of those with times stayed as long, to the rounding, or longer; half not longer.
            yield self._half(at, lambda span: span[1] > value - 2.5), 0, np.inf
            yield self._half(at, lambda span: span[0] <= value + 2.5), 0, np.inf

    def _half(self, at: int, counts: object) -> np.ndarray:
        spans = [STAYED.get(kind.presence[at].minutes) if kind.presence[at] else None for kind in self._kinds]  # type: ignore[union-attr]
        return np.array([0 if span is None else 1 if counts(span) else -1 for span in spans])  # type: ignore[operator]

    def _sum(self, row: Row) -> np.ndarray:
        return np.array([self._times(row, kind) for kind in self._kinds], dtype=float)

    def _times(self, row: Row, kind: Kind) -> int:
        """Return how often somebody is counted in a figure."""
        there = [one for one in kind.presence if one]
        if row.measure == "attendances":
            return sum(_fits(row, kind, one) for one in there)
        if row.measure == "participants":
            mode = IN_PERSON if any(one.mode == IN_PERSON for one in there) else ONLINE
            return _fits(row, kind, Presence(mode, "unknown"))
        one = kind.presence[self._sessions.index(row.session)]
        return _fits(row, kind, one) if one else 0


def _kinds(sessions: int, modes: Sequence[str], minutes: Sequence[str]) -> Iterator[Kind]:
    ways = [None, *(Presence(*way) for way in product(modes, minutes))]
    for presence in product(ways, repeat=sessions):
        if any(presence):
            for sector, gender in product(categories.codes("sector"), categories.codes("gender")):
                yield Kind(presence, sector, gender)


@cache
def _codes(name: str, code: str) -> frozenset[str]:
    """Return under which codes somebody is counted: the own one and the coarser one."""
    return frozenset((code, categories.broader(name, code)))


def _fits(row: Row, kind: Kind, presence: Presence) -> int:
    if row.mode not in ("_T", presence.mode):
        return 0
    has = {"sector": kind.sector, "gender": kind.gender, "minutes": presence.minutes}
    asked = ((row.dimension_1, row.category_1), (row.dimension_2, row.category_2))
    return int(all(code in _codes(name, has[name]) for name, code in asked if name))
