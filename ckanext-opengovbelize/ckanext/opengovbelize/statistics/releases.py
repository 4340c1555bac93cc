"""Earlier releases: what they gave away, and what a new one would give away beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..privacy.disclosure.system import Equation
from .cells import MEDIAN, Cell
from .median import Median
from .rows import SHOWN, WITHHELD, Row


@dataclass(frozen=True)
class Release:
    """The table that was released with one number.

    Attributes:
        dataset: id of the statistics dataset.
        number: of the release within its dataset, from 1.
        threshold: of the disclosure control then.
        rows: what was newly released.
    """

    dataset: str
    number: int
    threshold: int
    rows: tuple[Row, ...] = ()


@dataclass
class Statement:
    """What one release said of one session, or of a series as a whole.

    Attributes:
        key: dataset and number, which together name the release.
        threshold: of that time.
        figures: the counts by cell, None where withheld. What cannot occur or was not collected is left out.
        median: the median of the minutes, where it was shown.
    """

    key: tuple[str, int]
    threshold: int
    figures: dict[Cell, int | None] = field(default_factory=dict)
    median: Median | None = None

    @property
    def shown(self) -> dict[Cell, int]:
        """Return the figures that everybody has read."""
        return {one: value for one, value in self.figures.items() if value is not None}


def statements(releases: Iterable[Release]) -> dict[str, list[Statement]]:
    """Return what was released before, by session, in order."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for release in sorted(releases, key=lambda release: (release.dataset, release.number)):
        by_session: dict[str, Statement] = {}
        for row in release.rows:
            if row.status not in (SHOWN, WITHHELD):
                continue
            one = cell_of(row)
            key = (release.dataset, release.number)
            statement = by_session.setdefault(one.session, Statement(key, release.threshold))
            shown = row.value if row.status == SHOWN else None
            if one.measure != MEDIAN:
                statement.figures[one] = shown
            elif shown is not None:
                statement.median = Median(shown, release.threshold)
        for session, statement in by_session.items():
            found[session].append(statement)
    return dict(found)


def cell_of(row: Row) -> Cell:
    """Return the cell that a published row tells of."""
    return Cell(
        row.session,
        row.mode,
        row.dimension_1,
        row.category_1,
        row.dimension_2,
        row.category_2,
        row.measure,
    )


def too_close(
    statement: Statement,
    values: Mapping[Cell, int],
    equations: Sequence[Equation],
    threshold: int,
) -> set[str]:
    """Return the breakdowns that cannot be released anew beside an earlier release.

    They are those in which a figure, or what is left of a sum when the figures that were shown are taken away,
    differs from the earlier release by 1 to ``threshold - 1``: the difference would count so few people. A total
    may be corrected.
    """
    changed = {
        one: values[one] - before
        for one, before in statement.shown.items()
        if one in values and one.breakdown
    }
    found = {one.breakdown for one, change in changed.items() if 0 < abs(change) < threshold}
    for equation in equations:
        found |= _left_of_sum(statement, values, equation, threshold)
    return found


def _left_of_sum(
    statement: Statement, values: Mapping[Cell, int], equation: Equation, threshold: int
) -> set[str]:
    shown = statement.shown
    parts = [part for part in equation.parts if part in shown and part in values]
    if equation.whole not in shown or equation.whole not in values or not parts:
        return set()
    if len(parts) == len(equation.parts):
        return set()
    change = values[equation.whole] - shown[equation.whole]
    change -= sum(values[part] - shown[part] for part in parts)
    if not 0 < abs(change) < threshold:
        return set()
    return {part.breakdown for part in equation.parts if part.breakdown != equation.whole.breakdown} or {
        equation.whole.breakdown
    }


def unchanged(statement: Statement, values: Mapping[Cell, int]) -> bool:
    """Tell whether everything that was shown is still so: then both releases tell of the same table."""
    return all(values[one] == before for one, before in statement.shown.items() if one in values)


def direction(statement: Statement, values: Mapping[Cell, int]) -> int:
    """Return 1 where nothing shown became less, -1 where nothing became more, 0 otherwise."""
    changes = [values[one] - before for one, before in statement.shown.items() if one in values]
    if all(change >= 0 for change in changes):
        return 1
    return -1 if all(change <= 0 for change in changes) else 0
