"""A few damaged inputs for every reader; ``bin/test --soak tests/soak/test_fuzzing.py`` tries them by the thousand."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from .. import fuzzing


@pytest.mark.parametrize("kind", fuzzing.ALL)
def test_whatever_is_read_is_read_or_told(kind: str) -> None:
    @settings(
        # A Word document takes as long as all others together.
        max_examples=3 if kind == "docx" else 8,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(fuzzing.inputs(kind))
    def stands(data: bytes) -> None:
        fuzzing.stand(kind, data)

    stands()


# What long rounds found, each mended since.
FOUND = {
    "a feed's namespace that cannot be taken apart": (
        "feed",
        b'<rss xmlns:a="http://purl.org/elemen\xe2\x80\xa8ts/"><a:b/></rss>',
    ),
    "a number of which a tag was cut off": (
        "captions",
        b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v A B>We read <p>620-0103</p>to the boats.\n",
    ),
    "an address in a column's name, with quotation marks": (
        "plan",
        b'commitments:\n- number: 1\n  title: Tide tables\n  "co\\"q.feather@mail.example.com\\"_x": a\n',
    ),
    "a name of a field that is none": (
        "package",
        b'{"package": {"type": "webinar", "publication_state": "", "title": "Boats", "a q.feather@mail.example.com": 1}}',
    ),
    "a lone number for a time": (
        "attendance",
        b"Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\nA B,,69,70,1\n",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once_is_found_no_more(name: str) -> None:
    fuzzing.stand(*FOUND[name])
