"""Tables of sessions made of a few lines, for the tests of their reader."""

from __future__ import annotations

from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

SESSION = {
    "number": 1,
    "title": "Boats",
    "start": "2020-05-07T10:30:00-06:00",
    "end": "2020-05-07T12:00:00-06:00",
}


def records(text: str, file: str = "sessions.csv") -> list[SessionRecord]:
    return read(text.encode(), file=file)
