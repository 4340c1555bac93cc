"""Which commitment came from which: between the lists of one plan, or between two plans. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Commitment = Mapping[str, Any]
Kind = Literal["kept", "merged", "split", "new", "dropped", "ended"]

FINAL = "final"


@dataclass(frozen=True)
class Change:
    """What became of some commitments of one list in another.

    Attributes:
        kind: ``kept`` (one became one), ``merged`` (several became one), ``split`` (one became several), ``new``
            (from none), ``dropped`` (it was dropped), ``ended`` (nothing in the other list derives from it).
        before: commitments of the first list.
        after: commitments of the second list.
    """

    kind: Kind
    before: tuple[Commitment, ...]
    after: tuple[Commitment, ...]


def number_order(commitment: Commitment) -> tuple[list[tuple[int, int, str]], str]:
    """Return the key by which commitments are ordered: 2 before 10, 2a after 2."""
    parts = re.findall(r"[0-9]+|[^0-9]+", str(commitment.get("number") or ""))
    key = [(0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part) for part in parts]
    return key, str(commitment.get("name") or "")


def compare(
    before: Sequence[Commitment], after: Sequence[Commitment], others: Iterable[Commitment] = ()
) -> list[Change]:
    """Return what became of each commitment of a list in a later list.

    Args:
        before: the earlier list.
        after: the later list.
        others: commitments in between, through which one may derive from another.

    Returns:
        The changes in the order of the later list; then what has no successor, in the order of the earlier.
    """
    known = {each["id"]: each for each in [*before, *others, *after]}
    earlier = {each["id"] for each in before}
    sources = {each["id"]: _forerunners(each, known, earlier) for each in after}
    heirs: dict[str, int] = {}
    for ids in sources.values():
        for id_ in ids:
            heirs[id_] = heirs.get(id_, 0) + 1
    changes = [
        Change(_kind(sources[each["id"]], heirs), _in_order(before, sources[each["id"]]), (each,))
        for each in sorted(after, key=number_order)
    ]
    for each in sorted(before, key=number_order):
        if each["id"] not in heirs:
            kind: Kind = each["stage"] if each.get("stage") in ("dropped", "merged") else "ended"
            changes.append(Change(kind, (each,), ()))
    return changes


def family(commitment_id: str, commitments: Sequence[Commitment]) -> list[Commitment]:
    """Return the commitments that are connected with one by derivation, itself included, in their order."""
    links: dict[str, set[str]] = {each["id"]: set() for each in commitments}
    for each in commitments:
        for id_ in forerunners(each):
            if id_ in links:
                links[id_].add(each["id"])
                links[each["id"]].add(id_)
    seen = {commitment_id}
    waiting = [commitment_id]
    while waiting:
        for id_ in links.get(waiting.pop(), set()) - seen:
            seen.add(id_)
            waiting.append(id_)
    return [each for each in commitments if each["id"] in seen]


def columns(commitments: Sequence[Commitment]) -> list[list[Commitment]]:
    """Return commitments column by column, as a drawing from earlier to later has them.

    A commitment stands right of all that it derives from; final ones stand right of their plan's drafts.
    """
    known = {each["id"]: each for each in commitments}
    depths: dict[str, int] = {}

    def depth(id_: str, above: frozenset[str] = frozenset()) -> int:
        if id_ not in depths:
            before = [each for each in forerunners(known[id_]) if each in known and each not in above]
            depths[id_] = 1 + max((depth(each, above | {id_}) for each in before), default=-1)
        return depths[id_]

    for each in commitments:
        depth(each["id"])
    for plan in {each.get("in_plan") for each in commitments}:
        of_plan = [each for each in commitments if each.get("in_plan") == plan]
        drafts = [depths[each["id"]] + 1 for each in of_plan if each.get("stage") != FINAL]
        finals = [each["id"] for each in of_plan if each.get("stage") == FINAL]
        place = max([*drafts, *(depths[id_] for id_ in finals)], default=0)
        depths.update(dict.fromkeys(finals, place))
    found = [
        sorted((each for each in commitments if depths[each["id"]] == place), key=number_order)
        for place in range(max(depths.values(), default=-1) + 1)
    ]
    return [column for column in found if column]


def forerunners(commitment: Commitment) -> list[str]:
    """Return the ids from which a commitment derives directly."""
    return list(commitment.get("derived_from") or [])


def _forerunners(commitment: Commitment, known: Mapping[str, Commitment], wanted: set[str]) -> set[str]:
    """Return the nearest forerunners of a commitment that are wanted."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = forerunners(commitment)
    while waiting:
        id_ = waiting.pop()
        if id_ in seen:
            continue
        seen.add(id_)
        if id_ in wanted:
            found.add(id_)
        elif id_ in known:
            waiting += forerunners(known[id_])
    return found


def _kind(sources: set[str], heirs: Mapping[str, int]) -> Kind:
    if not sources:
        return "new"
    if len(sources) > 1:
        return "merged"
    return "split" if any(heirs[id_] > 1 for id_ in sources) else "kept"


def _in_order(commitments: Iterable[Commitment], ids: set[str]) -> tuple[Commitment, ...]:
    return tuple(sorted((each for each in commitments if each["id"] in ids), key=number_order))
