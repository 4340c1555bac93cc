"""Which releases tell of the same people: tables that agree in everything they show are taken for one.

That is found out group by group. Who states a country in a later session changes that breakdown of the first session,
and no other; whoever compares the releases knows the rest to be as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from .cells import ALL, MODE, Cell

# The figures of one session that are released together: its address, and the breakdown.
Group = tuple[str, str]
Figures = Mapping[Cell, "int | None"]
# The chat counts messages: it hangs together with no other figure.
_CHAT = "chat"
# The state of the new release.
PRESENT = 0


class States:
    """Every state of each group, by number.

    Args:
        values: the figures of the new release, and those that earlier tables had beside them.
    """

    def __init__(self, values: Mapping[Cell, int]) -> None:
        self._known: defaultdict[Group, dict[int, dict[Cell, int | None]]] = defaultdict(dict)
        for one, value in values.items():
            self._known[group_of(one)].setdefault(PRESENT, {})[one] = value

    def place(self, groups: Mapping[Group, Figures], number: int) -> dict[Group, int]:
        """Return in which state an earlier release tells of each group: a known one, or one with its own number."""
        chosen: dict[Group, int] = {}
        for group in sorted(groups, key=_order):
            chosen[group] = self._state(group, groups, chosen, number)
        return chosen

    def note(self, groups: Mapping[Group, Figures], chosen: Mapping[Group, int]) -> None:
        """Remember what an earlier release said."""
        for group, state in chosen.items():
            if state != PRESENT:
                there = self._known[group].setdefault(state, {})
                there |= {
                    one: value
                    for one, value in groups[group].items()
                    if value is not None or one not in there
                }

    def others(
        self, session: str, chosen: Mapping[Group, int]
    ) -> Iterator[tuple[int, dict[Cell, int | None]]]:
        """Yield the other states of a session's people with their figures."""
        mine = {group for group in chosen if group[0] == session}
        for state in sorted({state for group in mine for state in self._known.get(group, ())}):
            if chosen.get((session, "")) != state:
                yield (
                    state,
                    {
                        one: value
                        for group in mine
                        if chosen[group] != state
                        for one, value in self._known.get(group, {}).get(state, {}).items()
                    },
                )

    def _state(
        self, group: Group, groups: Mapping[Group, Figures], chosen: Mapping[Group, int], number: int
    ) -> int:
        margins = [chosen[margin] for margin in _margins(group, groups)]
        for state, figures in sorted(self._known.get(group, {}).items()):
            if any(margin != state for margin in margins):
                continue
            agreeing = _agreeing(groups[group], figures)
            # Where nothing of it was shown, the sums decide, or the rest of the session.
            if agreeing is None and (margins or self._rest_agrees(group[0], state, groups)):
                return state
            if agreeing:
                return state
        return number

    def _rest_agrees(self, session: str, state: int, groups: Mapping[Group, Figures]) -> bool:
        found = [
            _agreeing(figures, self._known.get(group, {}).get(state, {}))
            for group, figures in groups.items()
            if group[0] == session
        ]
        return True in found and False not in found


def group_of(one: Cell) -> Group:
    """Return the group that a figure belongs to."""
    return one.session, one.breakdown


def _agreeing(first: Figures, second: Figures) -> bool | None:
    """Tell whether everything that both show is the same; None where they show nothing in common."""
    common = [one for one, value in first.items() if value is not None and second.get(one) is not None]
    return all(first[one] == second[one] for one in common) if common else None


def _margins(group: Group, groups: Mapping[Group, Figures]) -> Iterable[Group]:
    """Return the groups whose figures are sums of this one's, or of which this one's are sums."""
    session, breakdown = group
    wanted: list[Group] = []
    if session == ALL:
        wanted += [other for other in groups if other[0] != ALL and other[1] == breakdown]
    if breakdown and breakdown != _CHAT:
        wanted.append((session, ""))
        if breakdown != MODE and any(one.mode != ALL for one in groups[group]):
            wanted.append((session, MODE))
        if "-" in breakdown:
            wanted += [(session, name) for name in breakdown.split("-")]
    return [margin for margin in wanted if margin in groups]


def _order(group: Group) -> tuple[bool, int, bool, str]:
    """Return where a group is placed: margins before what they are sums of, sessions before their series."""
    session, breakdown = group
    return session == ALL, len(breakdown.split("-")) if breakdown else 0, breakdown != MODE, breakdown
