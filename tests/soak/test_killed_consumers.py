"""Harvests whose consumers are killed at random moments: nothing may be lost, doubled or left hanging.

The first round is run by ``bin/test``, the others by ``bin/test --soak``, in about a minute each.
``SOAK_ROUNDS=5 bin/test --soak tests/soak/test_killed_consumers.py`` runs five.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ckan import model

from ..harvesters.conftest import Portal, portal, record
from . import rounds

__all__ = ["portal"]

ROUNDS = int(os.environ.get("SOAK_ROUNDS", "21"))
RECORDS = 24
# How often consumers of each kind are killed at most in one job.
BLOWS = 4


@pytest.fixture(
    params=[
        pytest.param(number, marks=pytest.mark.soak if number > 1 else pytest.mark.server)
        for number in range(1, ROUNDS + 1)
    ]
)
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)


@pytest.fixture
def consumers(portal: Portal, tmp_path: Path, chance: random.Random) -> Iterator[rounds.Consumers]:
    with rounds.running(portal, tmp_path, each=2, chance=chance) as consumers:
        yield consumers


def harvest(
    portal: Portal, consumers: rounds.Consumers, source_id: str, blows: dict[str, int]
) -> dict[str, Any]:
    """Run a source to its end, with that many blows to each kind of consumer, and return the report."""
    job_id = portal.start(source_id)
    deadline = time.monotonic() + 300
    while not rounds.has_finished(portal, job_id):
        assert time.monotonic() < deadline, f"The job hangs:\n{portal.job(job_id)}"
        consumers.assert_alive()
        for kind, seconds in rounds.WORK.items():
            if blows[kind] and (number := consumers.at_work(kind)) is not None:
                consumers.kill(kind, number, within=seconds)
                blows[kind] -= 1
        model.Session.remove()
        time.sleep(0.05)
    return rounds.adds_up(portal, consumers, job_id)


def test_records_are_published_exactly_once_however_often_the_consumers_are_killed(
    portal: Portal, consumers: rounds.Consumers, chance: random.Random
) -> None:
    def blows() -> dict[str, int]:
        return {kind: chance.randint(0, BLOWS) for kind in rounds.WORK}

    everything = {f"harbour-2025-{number}" for number in range(1, RECORDS + 1)}
    for number in range(1, RECORDS + 1):
        portal.write(f"{number:02}.md", record(number))
    portal.write("broken.md", "")
    source_id = portal.source()

    report = harvest(portal, consumers, source_id, blows())
    assert rounds.counts(report) == {"added": RECORDS, "rejected": 1}
    rounds.are_there_once(everything)

    numbers = chance.sample(range(1, RECORDS + 1), 10)
    changed, gone = numbers[:7], numbers[7:]
    for number in changed:
        portal.write(f"{number:02}.md", record(number, objective="To show that a change arrives once."))
    for number in gone:
        (portal.folder / f"{number:02}.md").unlink()
    before = rounds.activities("changed")
    report = harvest(portal, consumers, source_id, blows())
    assert rounds.counts(report) == {
        "updated": len(changed),
        "withdrawn": len(gone),
        "unchanged": RECORDS - len(numbers),
        "rejected": 1,
    }
    hidden = {f"harbour-2025-{number}" for number in gone}
    assert {name for name, package in rounds.webinars().items() if package.private} == hidden
    assert rounds.indexed() == {name: "private" if name in hidden else "public" for name in everything}
    after = rounds.activities("changed")
    assert {name: after[name] - before[name] for name in everything if name not in hidden} == {
        name: int(int(name.rsplit("-", 1)[1]) in changed) for name in everything - hidden
    }

    written = rounds.activities("new") + rounds.activities("changed")
    report = harvest(portal, consumers, source_id, {"gather": 0, "fetch": 0})
    assert rounds.counts(report) == {"unchanged": RECORDS - len(gone), "rejected": 1}
    assert rounds.activities("new") + rounds.activities("changed") == written
