"""Sessions drawn at random, published once or twice, alone or as a series: nobody derives a small count."""

from __future__ import annotations

import random
from typing import Any

import pytest
from ckanext.opengovbelize.records.attendance.model import IN_PERSON, ONLINE, Row
from ckanext.opengovbelize.statistics.model import PRIMARY, Proposal, Request, Session
from ckanext.opengovbelize.statistics.proposal import propose

from .attacker import COUNTED, Attacker
from .meetings import people, person, released

THRESHOLD = 5
SECTORS = ("government", "academia", "ngo", "private", "international", "media", "")
GENDERS = ("F", "M", "other", "")
MINUTES = (5, 30, 60, 90, None)
MOST_TARGETS = 8


def drawn(
    chance: random.Random, size: int, modes: tuple[str, ...], known: dict[int, Any], first: int
) -> list[Row]:
    """Draw people of a session; who is in another one states the same there."""
    sectors, stays = ([chance.random() ** 3 for _ in group] for group in (SECTORS, MINUTES))
    rows = []
    for number in range(first, first + size):
        minutes = chance.choices(MINUTES, stays)[0]
        stated = {
            "sector": chance.choices(SECTORS, sectors)[0],
            "gender": chance.choices(GENDERS, (6, 5, 0.3, 0.5))[0],
        }
        row = person(number, mode=chance.choice(modes), minutes=minutes or 0)
        row.stated = known.setdefault(number, {name: text for name, text in stated.items() if text} or None)
        row.end = row.end if minutes is not None else None
        rows.append(row)
    return rows


def asked(chance: random.Random, *, several: bool) -> dict[str, Any]:
    names = ("mode", "sector", "gender") if several else ("mode", "sector", "gender", "minutes")
    dimensions = tuple(name for name in names if chance.random() < 0.75)
    crosses = {"sector", "gender"} <= set(dimensions) and chance.random() < 0.4
    return {
        "dimensions": dimensions,
        "crossings": (("sector", "gender"),) if crosses else (),
        "coarse": frozenset({"sector"}) if chance.random() < 0.3 else frozenset(),
    }


def attacked(seed: int) -> None:
    """Publish something twice, and attack it."""
    chance = random.Random(seed)
    modes = chance.choice(((IN_PERSON,), (ONLINE,), (IN_PERSON, ONLINE)))
    known: dict[int, Any] = {}
    sessions = {
        f"session-{at}": drawn(
            chance, chance.choice((8, 15, 25, 40, 60)), modes, known, at * chance.choice((0, 30))
        )
        for at in range(chance.choice((1, 1, 2)))
    }
    several = len(sessions) > 1
    alone = several and chance.random() < 0.5

    def proposed(names: list[str], earlier: tuple[Proposal, ...]) -> Proposal:
        wanted = asked(chance, several=several)
        return propose(
            Request(
                people({name: sessions[name] for name in names}, ("sector", "gender")),
                tuple(
                    Session(name, modes, THRESHOLD, times="minutes" in wanted["dimensions"]) for name in names
                ),
                series="series",
                whole=several and len(names) > 1,
                released=tuple(released(one, threshold=THRESHOLD) for one in earlier),
                **wanted,
            )
        )

    first = proposed(list(sessions)[:1] if alone else list(sessions), ())
    second = proposed(list(sessions), (first,))
    small = [
        figure.row
        for proposal in (first, second)
        for figure in proposal.figures
        if figure.why == PRIMARY and figure.row.measure in COUNTED
    ]
    attacker = Attacker([*first.rows, *second.rows], list(sessions), modes)
    for row in chance.sample(small, min(MOST_TARGETS, len(small))):
        assert attacker.can_be(row, 0, 0), f"seed {seed}: somebody must be in {row}"
        assert attacker.can_be(row, THRESHOLD, float("inf")), f"seed {seed}: only a few can be in {row}"


@pytest.mark.parametrize("seed", [*range(8), 26])
def test_no_small_count_can_be_derived(seed: int) -> None:
    attacked(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1_000, 1_400))
def test_nor_from_many_more(seed: int) -> None:
    attacked(seed)
