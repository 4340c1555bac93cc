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
        ("", "https://example.org/files/AttendanceList.pdf"),
        ("", "https://example.org/ParticipantList2020.xlsx"),
        ("", "https://example.org/guestlist.pdf"),
        ("", "https://example.org/get?file=attendance-list.xlsx"),
        ("", "https://example.org/get?id=5&file=%2Fkept%2Fparticipants"),
        ("", "https://example.org/d/lista-de-asistencia/edit"),
        ("", "https://example.org/d/attendance_sheet/view"),
        ("", "https://example.org/event/5/participants/"),
        ("Registration list", ""),
        ("", "https://example.org/Registrations.xlsx"),
        ("Listado de inscripciones", ""),
        ("Informe de asistencia", ""),
        ("Guest list", ""),
        ("Attendees spreadsheet", ""),
        ("List of participants by district", ""),
        # Of a school, or of the session about schools: where the name does not tell, nobody is published.
        ("School attendance report", "https://example.org/school-attendance.csv"),
        ("", "https://example.org/Open-budgets-attendance-report.xlsx"),
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
        ("Participants by district", "https://example.org/participants-by-district.csv"),
        ("Número de participantes", "https://example.org/numero-de-participantes.csv"),
        ("Workshop report: participants with disabilities", "https://example.org/report.pdf"),
        ("Informe de los participantes del foro", "https://example.org/informe.pdf"),
        ("Final report of participants' evaluation", "https://example.org/final.pdf"),
        ("Slides", "https://example.org/participants/slides.pdf?attendance=online"),
        ("Guest speakers", "https://example.org/guests"),
    ],
)
def test_other_things_with_such_words_are_none(title: str, url: str) -> None:
    assert not lists_people(title, url)


@pytest.mark.parametrize(
    ("title", "url", "expected"),
    [
        ("Attendance 2021", "https://example.org/attendance-2021.csv", False),
        ("School attendance report", "https://example.org/school-attendance.csv", False),
        ("Clinic attendance report 2020", "https://example.org/clinic-attendance.csv", False),
        ("Vehicle registration list", "https://example.org/registrations.csv", False),
        ("Attendance list", "https://example.org/a.csv", True),
        ("", "https://example.org/SignInSheet.pdf", True),
    ],
)
def test_among_figures_only_what_says_that_it_is_a_list_is_one(title: str, url: str, expected: bool) -> None:
    assert lists_people(title, url, among_figures=True) is expected


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
