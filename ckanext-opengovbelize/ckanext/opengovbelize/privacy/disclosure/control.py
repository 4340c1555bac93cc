"""Which counts must be withheld besides the small ones, so that nobody can work those out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from .audit import INFEASIBLE, OUT_OF_TIME, TOO_NARROW, Witnesses, audit, completed, most_of
from .solver import Deadline, OutOfTime, Tables, Vector
from .system import Key, System

# How often the costs of a perturbation are weighed anew, so that few cells move by much rather than many by little.
_WEIGHINGS = 3


@dataclass(frozen=True)
class Protection:
    """What must be withheld.

    Attributes:
        primary: counts that are too small by themselves.
        secondary: counts that would give one of those away.
        refusal: empty where the rest can be published; else ``too-narrow``, ``infeasible`` or ``out-of-time``.
        narrow: the cells that cannot be protected.
    """

    primary: frozenset[Key] = frozenset()
    secondary: frozenset[Key] = frozenset()
    refusal: str = ""
    narrow: frozenset[Key] = frozenset()


def protect(
    system: System,
    values: Mapping[Key, int | None],
    *,
    thresholds: Mapping[Key, int],
    suppressed: Collection[Key] = (),
    published: Collection[Key] = (),
    unpublished: Collection[Key] = (),
    impossible: Collection[Key] = (),
    weights: Mapping[Key, float] | None = None,
    seconds: float = 60,
) -> Protection:
    """Choose what to withhold, and have it audited.

    Args:
        system: what holds between the cells.
        values: the count of each cell; None where it is withheld already and nobody knows it.
        thresholds: T of each cell that is to be protected: below it a count is too small, zero included.
        suppressed: cells that stay withheld whatever they hold.
        published: cells that everybody knows since earlier.
        unpublished: cells that are never shown, but follow from others: protected like them.
        impossible: cells that everybody knows to be 0.
        weights: what withholding a cell costs, 1 where none is given.
        seconds: for choosing, and once more for the audit.

    Returns:
        The cells, after the auditor agreed; or why there is no way.
    """
    try:
        return _Choice(
            system, values, thresholds, suppressed, published, unpublished, impossible, weights or {}, seconds
        ).made()
    except OutOfTime:
        return Protection(refusal=OUT_OF_TIME)


class _Choice:
    def __init__(
        self,
        system: System,
        values: Mapping[Key, int | None],
        thresholds: Mapping[Key, int],
        suppressed: Collection[Key],
        published: Collection[Key],
        unpublished: Collection[Key],
        impossible: Collection[Key],
        weights: Mapping[Key, float],
        seconds: float,
    ) -> None:
        self.system = system
        self.values = values
        self.seconds = seconds
        self.deadline = Deadline(seconds)
        self.impossible = frozenset(impossible)
        self.known = frozenset(published) | self.impossible
        self.never = frozenset(unpublished)
        targets = [key for key in system.keys if self._is_small(key, thresholds)]
        self.targets = {key: thresholds[key] for key in targets}
        self.primary = frozenset(key for key in targets if key not in self.never)
        unknown = {key for key in system.keys if values.get(key) is None and key not in self.impossible}
        self.hidden_anyway = (frozenset(suppressed) | self.never | unknown | self.primary) - self.known
        self.weights = weights

    def _is_small(self, key: Key, thresholds: Mapping[Key, int]) -> bool:
        value = self.values.get(key)
        return value is not None and key in thresholds and value < thresholds[key] and key not in self.known

    def made(self) -> Protection:
        base = self._base()
        if base is None:
            return Protection(self.primary, refusal=INFEASIBLE, narrow=frozenset(self.targets))
        self.tables = Tables(self.system, base, most_of(base, self.targets), self.deadline)
        keys = self.tables.keys
        self.free = np.array([key in self.hidden_anyway for key in keys])
        self.may_hide = np.array([key not in self.known for key in keys])
        self.cost = np.array([self.weights.get(key, 1.0) for key in keys])
        self.witnesses = Witnesses(self.tables, self.targets)
        self.witnesses.seek(self.free)
        stuck = self._hide_more()
        if stuck:
            return Protection(self.primary, refusal=TOO_NARROW, narrow=stuck)
        self._show_again()
        secondary = frozenset(
            key for key, free in zip(keys, self.free, strict=True) if free and key not in self.hidden_anyway
        )
        shown = {key: base[key] for key, free in zip(keys, self.free, strict=True) if not free}
        checked = audit(self.system, shown, self.targets, impossible=self.impossible, seconds=self.seconds)
        return Protection(self.primary, secondary, checked.refusal, checked.narrow)

    def _base(self) -> dict[Key, int] | None:
        known = {key: value for key, value in self.values.items() if value is not None}
        known |= dict.fromkeys(self.impossible, 0)
        return completed(
            self.system, {key: known[key] for key in self.system.keys if key in known}, self.deadline
        )

    def _hide_more(self) -> frozenset[Key]:
        """Hide cells until every target is safe; return the targets for which there is no way."""
        stuck: set[Key] = set()
        order = sorted(self.witnesses.unsettled(), key=lambda one: -self._distance(*one))
        for at, upwards in order:
            settled = self.witnesses.high if upwards else self.witnesses.low
            if settled[at] >= 0:
                continue
            table = self._perturbed(at, upwards)
            if table is None:
                stuck.add(self.tables.keys[self.witnesses.places[at]])
                continue
            self.free |= np.rint(table) != self.tables.base
            self.witnesses.add(table)
        return frozenset(stuck)

    def _distance(self, at: int, upwards: bool) -> float:
        base = self.tables.base[self.witnesses.places[at]]
        return float(self.witnesses.limits[at] - base if upwards else base)

    def _perturbed(self, at: int, upwards: bool) -> Vector | None:
        """Return a whole table in which a target is 0, or T, for which few cells more must be hidden."""
        place = int(self.witnesses.places[at])
        bounds = [(place, self.witnesses.limits[at], self.tables.most)] if upwards else [(place, 0, 0)]
        shown = ~self.free & self.may_hide
        unit = np.where(shown, self.cost, 1e-4)
        best: tuple[float, Vector] | None = None
        for _ in range(_WEIGHINGS):
            table = self.tables.solve(self.may_hide, np.concatenate([unit, unit]), bounds)
            if table is None:
                return None
            moved = np.abs(table - self.tables.base)
            price = float(self.cost[shown & (moved > 1e-6)].sum())
            if self.tables.is_whole(table) and (best is None or price < best[0]):
                best = price, table
            unit = np.where(shown, self.cost / (moved + 0.1), 1e-4)
        if best is not None:
            return best[1]
        unit = np.where(shown, self.cost, 1e-4)
        return self.tables.solve(self.may_hide, np.concatenate([unit, unit]), bounds, whole=True)

    def _show_again(self) -> None:
        """Show what was hidden without need, the dearest first."""
        keys = self.tables.keys
        secondary = [at for at in np.flatnonzero(self.free) if keys[at] not in self.hidden_anyway]
        for place in sorted(secondary, key=lambda at: (-self.cost[at], -self.tables.base[at], at)):
            before = self.witnesses.found
            self.free[place] = False
            self.witnesses.keep(self.free)
            if not self.witnesses.seek(self.free, give_up=True):
                self.free[place] = True
                self.witnesses.found = before
                self.witnesses.keep(self.free)
