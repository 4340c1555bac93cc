"""Whatever line of a sample carries something private: it does not come out of reader and screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.reading import read

from .conftest import POLICY
from .screened import output

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"
FORMATS = (
    "session-record.md",
    "session-record-es.md",
    "session-record.txt",
    "chat-saved.txt",
    "calendar.ics",
)
PRIVATE = ("6139090", "ballard", "reefgirl77", "quillfeather")


def _planted(file: str, secret: str) -> Iterator[str]:
    """Yield the sample with a secret behind each of its lines in turn."""
    lines = (SAMPLES / file).read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        if line.strip() and not line.lstrip().startswith("<"):
            yield "\n".join([*lines[:number], f"{line.rstrip()} {secret}", *lines[number + 1 :]])


@pytest.mark.parametrize("file", FORMATS)
@pytest.mark.parametrize(
    "secret",
    [
        "(contact Egbertha Quillfeather, 613-9090)",
        "- 613-9090 - .@reefgirl77",
        "glyc.ballard@example.com",
    ],
)
def test_nothing_private_comes_out_of_any_line(file: str, secret: str) -> None:
    for text in _planted(file, secret):
        shown = [output(screen(record, POLICY)) for record in read(text.encode(), file=file)]
        assert not [word for word in PRIVATE for text in shown if word in text]
