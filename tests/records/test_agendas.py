"""The agenda of one session in a table: what is done when, which is left out and told, and who speaks."""

from __future__ import annotations

import pytest

from .layouts import presented, record_of

SESSION = "# Webinar 5: Open books\n\nDate: 7 May 2024, 10:30 AM - 12:00 PM\n\n"
ORLA = ("speaker", "Orla Reef", "Director", "Reef Office")
TULIO = ("speaker", "Tulio Bay", "", "")


def people(agenda: str) -> list[tuple[str, str, str, str]]:
    return presented(record_of(SESSION + agenda))


@pytest.mark.parametrize(
    "agenda",
    [
        "| Time | Topic | Presenter |\n|---|---|---|\n| 10:30 | Opening | Orla Reef, Director, Reef Office |\n"
        "| 10:45 | Ledgers | Tulio Bay |\n",
        "| Time | Topic | Speaker | Position | Institution |\n|---|---|---|---|---|\n"
        "| 10:30 | Opening | Orla Reef | Director | Reef Office |\n| 10:45 | Ledgers | Tulio Bay | | |\n",
        "| Activity | Speaker |\n|---|---|\n| Opening | Orla Reef (Director, Reef Office) |\n| Ledgers | Tulio Bay |\n",
        "| Hora | Actividad | Ponente | Responsable |\n|---|---|---|---|\n"
        "| 10:30 | Apertura | Orla Reef, Director, Reef Office | Wren Halcyon |\n| 10:45 | Libros | Tulio Bay | Wren Halcyon |\n",
    ],
    ids=["office-on-line", "office-in-columns", "without-times", "with-tasks"],
)
def test_who_speaks_by_the_agenda_is_a_speaker(agenda: str) -> None:
    assert people(agenda) == [ORLA, TULIO]


def test_who_is_no_person_speaks_not() -> None:
    agenda = (
        "| Time | Topic | Speaker |\n|---|---|---|\n| 10:30 | Opening | Orla Reef, Director, Reef Office |\n"
        "| 10:45 | Break | Coffee Break |\n| 11:00 | Talk | All Participants |\n| 11:15 | Groups | Working Group |\n"
        "| 11:30 | Closing | Reef Office |\n| 11:45 | Preguntas | Todos |\n| 11:50 | Thanks | TBC |\n"
    )
    assert people(agenda) == [ORLA]


def test_who_takes_part_by_the_agenda_has_no_role() -> None:
    agenda = "| Time | Topic | Participants |\n|---|---|---|\n| 10:30 | Opening | Wren Halcyon |\n| 10:45 | Talk | Tulio Bay |\n"
    assert people(agenda) == []


def test_who_leads_the_parts_of_a_session_is_a_facilitator() -> None:
    agenda = "| Time | Activity | Facilitator |\n|---|---|---|\n| 10:30 | Opening | Orla Reef |\n| 10:45 | Work | Tulio Bay |\n"
    assert [person[:2] for person in people(agenda)] == [
        ("facilitator", "Orla Reef"),
        ("facilitator", "Tulio Bay"),
    ]


def test_the_agenda_is_told_and_what_stands_below_is_read() -> None:
    record = record_of(
        f"{SESSION}| Time | Topic | Speaker |\n|---|---|---|\n| 10:30 | Opening | Orla Reef |\n| 10:45 | Talk | Tulio Bay |\n\n"
        "## Links\n\n- [Guide](https://example.org/guide)\n"
    )
    assert [(problem.code, problem.place) for problem in record.problems] == [
        ("unplaced-line", "table 1, row 1")
    ]
    assert [link.url for link in record.links] == ["https://example.org/guide"]


def test_who_interprets_or_reports_does_not_speak_and_who_leads_a_team_does() -> None:
    agenda = (
        "| Time | Topic | Speaker |\n|---|---|---|\n| 10:30 | Opening | Orla Reef, Team Leader |\n"
        "| 10:45 | Talk | Tulio Bay (interpreter) |\n| 11:00 | Notes | Wren Halcyon, Rapporteur |\n"
    )
    assert people(agenda) == [("speaker", "Orla Reef", "Team Leader", "")]
