"""What benchmarks of the harvest measure: packages and seconds by name."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

LOOP, ONE, TWO, FOUR = "plain loop", "one import process", "two import processes", "four import processes"
BARE = "two bare processes"
THEIRS, AGAIN, CHANGED = "CKANHarvester", "unchanged", "one changed"


@dataclass
class Figures:
    """What was measured: packages and seconds by name."""

    packages: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, packages: int, seconds: float, processor: float = 0) -> None:
        """Add a measurement, and print it."""
        self.packages[name] = self.packages.get(name, 0) + packages
        self.seconds[name] = self.seconds.get(name, 0) + seconds
        own = f"   processor {1000 * processor / packages:6.1f} ms each" if processor else ""
        print(
            f"{name:22} {packages:6} in {seconds:8.2f} s = {packages / seconds:8.1f} a second"
            f"   load {os.getloadavg()[0]:4.1f}{own}",
            flush=True,
        )

    def rate(self, name: str) -> float:
        """Return packages a second."""
        return self.packages[name] / self.seconds[name] if name in self.seconds else float("nan")

    def times(self, name: str, other: str) -> float:
        """Return how many times as fast one is as the other."""
        return self.rate(name) / self.rate(other)
