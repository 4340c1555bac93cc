"""A few damaged inputs for every reader; ``bin/test --soak tests/soak/test_fuzzing.py`` tries them by the thousand."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from .. import fuzzing


@pytest.mark.parametrize("kind", fuzzing.ALL)
def test_whatever_is_read_is_read_or_told(kind: str) -> None:
    @settings(
        max_examples=10,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(fuzzing.inputs(kind))
    def stands(data: bytes) -> None:
        fuzzing.stand(kind, data)

    stands()
