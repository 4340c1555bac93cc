"""Damaged inputs for every reader, as long as one likes: ``FUZZ_SECONDS=60 bin/test --soak tests/soak/test_fuzzing.py -s``.

How many were tried is printed at the end of each. No server is needed for these.
"""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import HealthCheck, given, seed, settings

from .. import fuzzing

pytestmark = pytest.mark.soak

SECONDS = float(os.environ.get("FUZZ_SECONDS", "30"))
_ROUND = 40


@pytest.mark.parametrize("kind", fuzzing.ALL)
def test_whatever_is_read_is_read_or_told(kind: str) -> None:
    end = time.monotonic() + SECONDS
    slowest = 0.0
    while time.monotonic() < end:

        @seed(time.time_ns())
        @settings(max_examples=_ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(fuzzing.inputs(kind))
        def stands(data: bytes) -> None:
            nonlocal slowest
            began = time.monotonic()
            fuzzing.stand(kind, data)
            slowest = max(slowest, time.monotonic() - began)

        stands()
    print(f"\n{kind}: {fuzzing.tried[kind]} inputs, the slowest took {slowest:.2f} s")
