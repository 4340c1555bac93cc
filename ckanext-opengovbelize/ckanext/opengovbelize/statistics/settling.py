"""Breakdown by breakdown, what cannot be published is given up, until the rest can be: within a limit of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from ..privacy.disclosure.audit import TIMED_OUT
from ..privacy.disclosure.solver import Clock, OutOfTime
from . import median
from .case import Case
from .cells import ALL, MODE, Cell
from .protection import protected

# A session, or ``_T``, and one of its breakdowns; why it is left out.
LeftOut = dict[tuple[str, str], str]
# Which part of the time that is left an attempt may take; what follows one that took too long is smaller.
_SHARE = 0.5
# What is left out for lack of time: so many of the figures at once, the largest breakdowns first.
_FEWER = 0.5


@dataclass
class Settled:
    """What could be published.

    Attributes:
        case: the attempt that came to an end; None where nothing may be published.
        why: each hidden cell of it with the reason.
        left_out: what was given up, with a code.
        refusal: why nothing may be published, or empty.
    """

    case: Case | None = None
    why: dict[Cell, str] = field(default_factory=dict)
    left_out: LeftOut = field(default_factory=dict)
    refusal: str = ""


def settle(
    attempt: Callable[[frozenset[tuple[str, str]], Collection[str]], Case], left_out: LeftOut, seconds: float
) -> Settled:
    """Give up what cannot be published beside everything else.

    Args:
        attempt: makes an attempt without the sessions' breakdowns of its first argument, and without the medians of
            the sessions of its second.
        left_out: what is given up from the beginning, with a code.
        seconds: for everything. An attempt that takes too long is followed by one with fewer breakdowns.
    """
    clock = Clock(seconds)
    left_out = dict(left_out)
    without_median: set[str] = set()
    while True:
        case = attempt(frozenset(left_out), without_median)
        try:
            why, refused = protected(case, clock.left() * _SHARE)
        except OutOfTime:
            return Settled(left_out=left_out, refusal=TIMED_OUT)
        if not refused:
            return Settled(case, why, left_out)
        if TIMED_OUT in refused.values():
            refused = dict.fromkeys(_largest(case), TIMED_OUT) or {(ALL, ""): TIMED_OUT}
        # A median tells of the groups by minutes: it goes before they do.
        elif telling := median.telling(case.medians, refused):
            without_median |= telling
            continue
        if refused.keys() <= left_out.keys() or (ALL, "") in refused:
            return Settled(left_out=left_out, refusal=next(iter(refused.values())))
        left_out |= refused


def _largest(case: Case) -> list[tuple[str, str]]:
    """Return the breakdowns with the most figures, in every session: enough of them to make the attempt smaller."""
    cells = [one for one in case.wanted if one.breakdown not in ("", MODE)]
    sizes = Counter(one.breakdown for one in cells)
    found: set[str] = set()
    for breakdown, _size in sorted(sizes.items(), key=lambda item: (-item[0].count("-"), -item[1], item[0])):
        if sum(sizes[name] for name in found) >= _FEWER * len(cells):
            break
        found.add(breakdown)
    return sorted({(one.session, one.breakdown) for one in cells if one.breakdown in found})
