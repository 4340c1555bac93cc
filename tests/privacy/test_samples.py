"""The samples of the project name people in public roles only: the screen masks nothing in their headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from ckanext.opengovbelize.privacy.patterns import WITHHELD
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.reading import read

from .conftest import POLICY

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = sorted([*SAMPLES.glob("program/*.md"), *SAMPLES.glob("formats/session-record*")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_masked_in_the_header_of_a_sample(path: Path) -> None:
    for record in read(path.read_bytes(), file=path.name):
        draft = screen(record, POLICY)
        told = {name: value for name, value in draft.fields.items() if name not in ("questions", "messages")}
        assert WITHHELD not in str(told) + str(draft.resources) + draft.series + draft.program
        assert "withheld" not in [problem.code for problem in draft.problems]
