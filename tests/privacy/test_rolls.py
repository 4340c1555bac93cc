"""Lists of who took part are recognised by their titles and the names of their files."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.privacy.rolls import lists_people
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.session import Link, Material, SessionRecord


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Attendance", "https://example.org/a.pdf"),
        ("List of participants", "https://example.org/a"),
        ("", "https://example.org/attendance-list.pdf"),
        ("", "https://example.org/participants-2020.csv"),
        ("Lista de asistencia", ""),
        ("Webinar 5: Zoom attendance report", "https://example.org/5"),
    ],
)
def test_a_list_of_people_is_known(title: str, url: str) -> None:
    assert lists_people(title, url)


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Participants' guide", "https://example.org/guide.pdf"),
        ("Registration", "https://example.org/registrations"),
        ("Report on public participation", "https://example.org/participation.csv"),
        ("School attendance report", "https://example.org/school-attendance.csv"),
    ],
)
def test_other_things_with_such_words_are_none(title: str, url: str) -> None:
    assert not lists_people(title, url)


def test_such_a_list_is_not_linked_to() -> None:
    record = SessionRecord(
        "x",
        title="Boats",
        links=[Link("shared", "https://example.org/a", "Attendance")],
        materials=[Material("other", "https://example.org/attendees.xlsx", "Table")],
    )
    draft = screen(record, Policy(b"only for tests"))
    assert not draft.resources
    assert "links" not in draft.fields
    assert [problem.code for problem in draft.problems] == ["link-withheld", "link-withheld"]
