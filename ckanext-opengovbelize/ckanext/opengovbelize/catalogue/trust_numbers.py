"""Numbers of trust for sources that were put in another order. Plain Python."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

# Trust is counted in hundredths here. Where there is room, some is left between neighbours, so that a new source finds
# its place.
WHOLE, STEP = 100, 1_000
HIGHEST, FIRST, LOWEST = 10_000, 9_000, 0
# Each may need a number of its own.
MOST_SOURCES = 5_000


def spread(ages: Sequence[int], trusts: Sequence[float]) -> list[float]:
    """Return a trust for each of some sources in order; as few as possible get another one than they have.

    Args:
        ages: their places by age. Of two with the same trust the older one comes first, so the trust has to fall only
            before a source that stands behind a younger one.
        trusts: what they have now.
    """
    # How often the trust has fallen before each of them.
    falls = [0]
    for above, below in pairwise(ages):
        falls.append(falls[-1] + (above > below))
    now = [round(trust * WHOLE) for trust in trusts]
    stay = _stay(falls, now)
    fixed = _fixed(falls, now, stay)
    given = []
    for place, fall in enumerate(falls[: len(ages)]):
        number = bisect_right(stay, place)
        (upper, high), (lower, low) = fixed[number : number + 2]
        given.append(high - (high - low) * (fall - upper) // max(1, lower - upper))
    return [trust / WHOLE if trust % WHOLE else trust // WHOLE for trust in given]


def _stay(falls: Sequence[int], now: Sequence[int]) -> list[int]:
    """Return the places of those that keep their trust: the most that leave room for all that stand between them."""
    # The last place of the longest chain, of the longest but one ..., and what its successor must not exceed.
    ends: list[tuple[int, int]] = []
    before: dict[int, int | None] = {}
    for place, (fall, trust) in enumerate(zip(falls, now, strict=False)):
        if trust + fall > HIGHEST or trust - (falls[-1] - fall) < LOWEST:
            continue
        # Of two that stay the upper one has more by at least as much as the trust has to fall between them.
        length = bisect_right(ends, -trust - fall, key=lambda end: end[0])
        before[place] = ends[length - 1][1] if length else None
        ends[length : length + 1] = [(-trust - fall, place)]
    places: list[int] = []
    last = ends[-1][1] if ends else None
    while last is not None:
        places.append(last)
        last = before[last]
    return places[::-1]


def _fixed(falls: Sequence[int], now: Sequence[int], stay: Sequence[int]) -> list[tuple[int, int]]:
    """Return between what the others lie: those that stay and both ends, each as its falls and its trust."""
    kept = [(falls[place], now[place]) for place in stay]
    first, last = (kept[0], kept[-1]) if kept else ((0, FIRST), (0, FIRST))
    top = min(HIGHEST, first[1] + STEP * first[0])
    bottom = max(LOWEST, last[1] - STEP * (falls[-1] - last[0]))
    return [(0, top), *kept, (falls[-1], bottom)]
