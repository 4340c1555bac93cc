"""Long rounds over damaged records, by hand: ``bin/test --soak``. No server is needed for these."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.reading import read

pytestmark = pytest.mark.soak

SAMPLES = sorted(path for path in Path("samples").rglob("*") if path.is_file())
ROUNDS = 400


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes cut, shuffled by line, doubled in part, or with some of them changed."""
    match chance.randrange(4):
        case 0:
            return data[: chance.randrange(len(data) + 1)]
        case 1:
            lines = data.splitlines(keepends=True)
            chance.shuffle(lines)
            return b"".join(lines)
        case 2:
            at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
            return data[:to] + data[at:]
        case _:
            changed = bytearray(data)
            for _ in range(1 + len(data) // 200):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            return bytes(changed)


@pytest.mark.parametrize("path", SAMPLES, ids=str)
def test_a_damaged_record_is_read_or_reported_and_never_an_error(path: Path) -> None:
    chance = random.Random(str(path))
    for _ in range(ROUNDS):
        records = read(damaged(path.read_bytes(), chance), file=path.name)
        for record in records:
            draft = screen(record, Policy(b"only for tests"))
            stated = (
                draft.fields.get("title") or draft.fields.get("start") or draft.fields.get("session_number")
            )
            assert stated or draft.fields or draft.problems
