"""Records made of a few lines, for the tests of layouts."""

from __future__ import annotations

from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord


def record_of(text: str, file: str = "record.md") -> SessionRecord:
    (record,) = read(text.encode(), file=file)
    return record


def session(text: str, file: str = "record.md") -> SessionRecord:
    return record_of(f"Webinar 2: Open books\nDate: 14 May 2020, 10:30 AM\n\n{text}\n", file)


def codes(record: SessionRecord) -> list[str]:
    return [problem.code for problem in record.problems]


def presented(record: SessionRecord) -> list[tuple[str, str, str, str]]:
    return [(person.role, person.name, person.position, person.affiliation) for person in record.people]
