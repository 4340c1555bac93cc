"""How much time each stage of a run takes. Plain Python."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

# In the order in which a record goes through them.
STAGES = ("gather", "read", "screen", "compare", "publish", "index")


class Watch:
    """Seconds by stage, as one process spends them; a stage inside another counts for itself only."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner: list[float] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of a block for a stage."""
        started = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            spent = time.perf_counter() - started
            own = spent - self._inner.pop()
            self.seconds[name] = self.seconds.get(name, 0.0) + own
            if self._inner:
                self._inner[-1] += spent

    def each(self, name: str, values: Iterable[T]) -> Iterator[T]:
        """Return the values, and count for a stage how long each is waited for."""
        iterator = iter(values)
        while True:
            with self.stage(name):
                try:
                    value = next(iterator)
                except StopIteration:
                    return
            yield value

    def take(self) -> dict[str, float]:
        """Return what was counted since the last time."""
        seconds, self.seconds = self.seconds, {}
        return seconds


def added(seconds: dict[str, float], more: dict[str, float]) -> dict[str, float]:
    """Return the sums of both, in the order of the stages."""
    return {
        stage: round(seconds.get(stage, 0.0) + more.get(stage, 0.0), 3)
        for stage in STAGES
        if stage in seconds or stage in more
    }
