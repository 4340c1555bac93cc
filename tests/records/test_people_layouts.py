"""People in the layouts in which other offices present them."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import Person

from .layouts import codes, presented, record_of, session


@pytest.mark.parametrize(
    "line",
    [
        "- **Orla Sandpiper** (Analyst, Ministry of Reefs) – Orla has counted boats for ten years. She dives.",
        "- Orla Sandpiper (Analyst, Ministry of Reefs). Orla has counted boats for ten years. She dives.",
        "**Orla Sandpiper**, Analyst, Ministry of Reefs. Orla has counted boats for ten years. She dives.",
    ],
)
def test_position_and_biography_on_the_line_of_the_name(line: str) -> None:
    (person,) = session(f"Speakers\n\n{line}").people
    assert (person.name, person.position, person.affiliation) == (
        "Orla Sandpiper",
        "Analyst",
        "Ministry of Reefs",
    )
    assert person.biography.startswith("Orla has counted boats")


def test_names_together_and_their_addresses_together() -> None:
    record = session("Coordinators: Ana Coral and Wren Halcyon (whalcyon@example.org, acoral@example.org)")
    assert [(person.name, person.email) for person in record.people] == [
        ("Ana Coral", "acoral@example.org"),
        ("Wren Halcyon", "whalcyon@example.org"),
    ]


def test_two_names_and_one_address_of_one_of_them() -> None:
    record = session("Coordinators: Ana Coral and Wren Halcyon (whalcyon@example.org)")
    assert [(person.name, person.email) for person in record.people][-1] == (
        "Wren Halcyon",
        "whalcyon@example.org",
    )


def test_a_paragraph_about_a_speaker_is_a_biography_wherever_it_stands() -> None:
    record = session(
        "Speaker: Ana Coral, Director, Reef Agency\n\nCertificate: For those who attend all sessions.\n\n"
        "**About Ana Coral.** Ana has counted boats since 2010."
    )
    (person,) = record.people
    assert person.biography == "Ana has counted boats since 2010."
    assert record.certificate_rule == "For those who attend all sessions."


def test_lists_of_a_document_saved_as_html_by_word() -> None:
    page = (
        "<html><body><p>Webinar 2: Open books</p><p><b>Date</b>: 14 May 2020, 10:30 AM</p><p><b>Panelists</b></p>"
        "<p class=MsoListParagraph>·<span>&nbsp;&nbsp;&nbsp; </span>Ana Coral, Director, Reef Agency</p>"
        "<p class=MsoListParagraph>·<span>&nbsp;&nbsp;&nbsp; </span>Orla Sandpiper, Analyst, Sample Trust</p></body></html>"
    )
    assert [person.name for person in record_of(page, "record.html").people] == [
        "Ana Coral",
        "Orla Sandpiper",
    ]


def test_people_are_what_the_layout_says() -> None:
    record = session("Facilitator: Wren Halcyon, Sample Trust")
    assert record.people == [
        Person("facilitator", "Wren Halcyon", affiliation="Sample Trust", place=record.people[0].place)
    ]


def test_people_presented_with_their_position_first() -> None:
    record = session(
        "Speakers:\n\n- Director of Planning, Ministry of Reefs: Ana Coral\n- Analyst: Orla Sandpiper"
    )
    assert presented(record) == [
        ("speaker", "Ana Coral", "Director of Planning", "Ministry of Reefs"),
        ("speaker", "Orla Sandpiper", "Analyst", ""),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("K. T. Wagner: Analyst, Ministry of Reefs", ("K. T. Wagner", "Analyst", "Ministry of Reefs")),
        (
            "Prof. Delroy St. Claire-Usher, Dean, Sample College",
            ("Prof. Delroy St. Claire-Usher", "Dean", "Sample College"),
        ),
        ("Mr. Alrick St. John, Director, Reef Agency", ("Alrick St. John", "Director", "Reef Agency")),
        ("Thierry d’Aubigny, Analyst, Reef Agency", ("Thierry d’Aubigny", "Analyst", "Reef Agency")),
        ("Mr. Justice (ret.) Percival O'Hara-Blunt, Judge", ("Justice Percival O'Hara-Blunt", "Judge", "")),
        ("Ana Coral (Good Governance Unit)", ("Ana Coral", "", "Good Governance Unit")),
        (
            "Mx. Alexis R. Tern-Ack (they/them), Fellow, Reef Agency",
            ("Alexis R. Tern-Ack", "Fellow", "Reef Agency"),
        ),
        (
            "Hon. Tricia St.-Pierre, M.P., Chair, Reef Committee",
            ("Hon. Tricia St.-Pierre", "Chair", "Reef Committee"),
        ),
        ("Comm. (Ret'd) Leroy Usher-Ba, JP, Analyst", ("Comm. Leroy Usher-Ba", "Analyst", "")),
        ('"DJ" Kareem Arnold (journalist)', ('"DJ" Kareem Arnold', "journalist", "")),
        ("Prof. Emer. Wally Brack", ("Prof. Emer. Wally Brack", "", "")),
        ('Javier "Javi" Sosa (journalist)', ('Javier "Javi" Sosa', "journalist", "")),
        ("Dr. h.c. Eloise Tern, Registrar General", ("Dr. h.c. Eloise Tern", "Registrar General", "")),
        (
            "Ana Coral, Analyst, Sample University (Ghana)",
            ("Ana Coral", "Analyst", "Sample University (Ghana)"),
        ),
        (
            "Ana Coral – Geographer (Sample University, Ghana)",
            ("Ana Coral", "Geographer", "Sample University, Ghana"),
        ),
    ],
)
def test_points_titles_and_particles_within_a_name(line: str, expected: tuple[str, str, str]) -> None:
    (person,) = session(f"Speakers:\n\n- {line}").people
    assert (person.name, person.position, person.affiliation) == expected


def test_a_talk_in_quotation_marks_is_no_office() -> None:
    (person,) = session('Speakers:\n\n- Aina Coral, Analyst, Reef Agency - "Reefs as data"').people
    assert (person.position, person.affiliation, person.biography) == (
        "Analyst",
        "Reef Agency",
        '"Reefs as data"',
    )


def test_two_speakers_one_below_the_other_whatever_their_titles() -> None:
    record = session(
        "EXPOSITORES\n\nM.Sc. Jacinta Xiloj\nAlcaldesa, Municipio de Muestra\n\nArq. Fernando Böhm\nAsesor, ONU-Muestra\n",
        "a.txt",
    )
    assert [person.name for person in record.people] == ["M.Sc. Jacinta Xiloj", "Arq. Fernando Böhm"]


@pytest.mark.parametrize("label", ["Panel", "Panelists", "Ponencias"])
def test_a_word_over_names_says_what_they_are(label: str) -> None:
    record = session(f"{label}\n\n- Ana Coral – Director, Reef Agency\n- Orla Tern (analyst)\n")
    assert [(person.role, person.name) for person in record.people] == [
        ("speaker", "Ana Coral"),
        ("speaker", "Orla Tern"),
    ]


def test_a_telephone_between_two_coordinators_costs_neither() -> None:
    line = (
        "Coordinación: Sra. Petra Coral (petra@example.org, tel. 422-3141) y Sr. Iván Tern (ivan@example.com)"
    )
    record = session(line)
    assert [(person.name, person.email) for person in record.people] == [
        ("Petra Coral", "petra@example.org"),
        ("Iván Tern", "ivan@example.com"),
    ]


def test_labels_in_capitals_need_no_sign() -> None:
    record = record_of(
        "OPEN HEALTH SERIES 2023\n\nWebinar 2: Open books\n\nWHEN      May 14th, 2020      2 - 3:30 pm\nWHERE     Reef Hall, Belize City\n\n"
        "WITH      Dr. Ramiro Coral, Director of Supplies\n          Nurse Gwen Tern-Ack, Matron, Reef Hospital\n\n"
        "HOSTED BY Ministry of Reefs\n\nCOORD.    Melva Pott, melva@example.org, tel 223 0005\n          Clive Quill, clive@example.com\n",
        "a.txt",
    )
    assert [(person.role, person.name, person.affiliation) for person in record.people] == [
        ("speaker", "Dr. Ramiro Coral", ""),
        ("speaker", "Nurse Gwen Tern-Ack", "Reef Hospital"),
        ("coordinator", "Melva Pott", ""),
        ("coordinator", "Clive Quill", ""),
    ]
    assert (record.organisers, record.venue_name, record.locality) == (
        "Ministry of Reefs",
        "Reef Hall",
        "Belize City",
    )


def test_people_with_semicolons_one_with_the_office_first() -> None:
    record = session(
        "Expositores: Ing. Fulgencio Coral (Instituto del Arrecife); Mtra. Renée Tern, consultora; y el señor Director Octavio Rey-Mora"
    )
    assert [person.name for person in record.people] == [
        "Ing. Fulgencio Coral",
        "Mtra. Renée Tern",
        "Octavio Rey-Mora",
    ]
    assert record.people[2].position == "Director"


def test_a_coordinator_without_an_address_behind_one_with() -> None:
    record = session("Coordinators: Ana Coral, ana@example.org; Keron Tern, WhatsApp 615-2345")
    assert [(person.name, person.email) for person in record.people] == [
        ("Ana Coral", "ana@example.org"),
        ("Keron Tern", ""),
    ]


def test_labels_as_questions_in_a_list() -> None:
    record = record_of(
        "Sesión 3. ¿Cuánto cuesta un bache?\n\n- Cuándo: 27/05/2021 a las 4 de la tarde (duración: 90 minutos)\n"
        "- Dónde: Casa del Arrecife, Belmopán\n- Quién habla: Ing. Casimiro Coral, Director de Obras; Lcda. Úrsula D'Ávila\n"
        "- Quién modera: Prof. Nelly Tern\n"
    )
    assert [(person.role, person.name) for person in record.people] == [
        ("speaker", "Ing. Casimiro Coral"),
        ("speaker", "Lcda. Úrsula D'Ávila"),
        ("facilitator", "Prof. Nelly Tern"),
    ]
    assert record.start and record.start.isoformat() == "2021-05-27T16:00:00-06:00"
    assert record.end and record.end.isoformat() == "2021-05-27T17:30:00-06:00"
    assert (record.venue_name, record.locality) == ("Casa del Arrecife", "Belmopan")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Ana Coral, Specialist of the Office of Boats and Orla Sandpiper, Program Manager, Sample Trust",
            [
                ("Ana Coral", "Specialist", "Office of Boats"),
                ("Orla Sandpiper", "Program Manager", "Sample Trust"),
            ],
        ),
        (
            "Ana Coral, Director of Parks and Green Spaces, Ministry of Reefs",
            [("Ana Coral", "Director of Parks and Green Spaces", "Ministry of Reefs")],
        ),
    ],
)
def test_two_facilitators_with_their_offices_in_one_sentence(
    line: str, expected: list[tuple[str, str, str]]
) -> None:
    record = record_of(f"Webinar 3: Counting boats\n\nFacilitated by {line}\n")
    assert presented(record) == [("facilitator", *person) for person in expected]


def test_a_sign_for_at_is_no_handle() -> None:
    record = record_of("Webinar 3: Boats\n\nSpeakers\n\nAna Coral\nPresident @ Sample Federation\n")
    assert presented(record) == [("speaker", "Ana Coral", "President", "Sample Federation")]


@pytest.mark.parametrize(
    ("label", "contact"),
    [("Contact", True), ("For more information contact", True), ("Coordination team", False)],
)
def test_a_contact_is_told_from_a_coordinator(label: str, contact: bool) -> None:
    (person,) = session(f"{label}: Wren Halcyon (w@example.org)").people
    assert (person.role, person.contact) == ("coordinator", contact)


def test_offices_of_towns_and_titles_of_spanish_speakers() -> None:
    record = session("Imparte: Biól. Norberto Ceibal, Tesorería de Corales")
    assert presented(record) == [("speaker", "Biól. Norberto Ceibal", "", "Tesorería de Corales")]


def test_an_office_that_the_width_of_a_page_breaks() -> None:
    record = session(
        "Speakers      Mr. Ivo Tern-Kew, Auditor, Audit Office of\n              Corales", "record.txt"
    )
    assert presented(record) == [("speaker", "Ivo Tern-Kew", "Auditor", "Audit Office of Corales")]


def test_roles_in_the_past_and_in_whose_charge() -> None:
    record = session(
        "Asistieron: Shauna Quillfin y 12 personas más.\n\nExpuso: Dra. Ana Coral, hidróloga, Instituto del Arrecife\n\n"
        "Bajo la moderación de Orla Sandpiper\n\nTaller a cargo de Petra Coral, Analista\n",
        "a.txt",
    )
    assert [(one.role, one.name) for one in record.people] == [
        ("speaker", "Dra. Ana Coral"),
        ("facilitator", "Orla Sandpiper"),
        ("speaker", "Petra Coral"),
    ]


def test_where_a_clerk_works_stands_on_a_line_of_its_own() -> None:
    record = session(
        "Facilitators:\n\nPia Coral, Clerk\n\nTown Watch Belize\n\nShauna Quillfin: when?", "record.txt"
    )
    assert presented(record) == [("facilitator", "Pia Coral", "Clerk", "Town Watch Belize")]


def test_a_short_sentence_on_a_person_is_a_biography() -> None:
    (person,) = session("Speaker: Orla Sandpiper. She teaches how to count.", "a.txt").people
    assert (person.position, person.biography) == ("", "She teaches how to count.")


def test_an_agenda_without_a_label_introduces_nothing() -> None:
    agenda = "10:30 Opening words and welcome to all: Ana Coral\n10:45 Counting boats in the lagoon: Orla Sandpiper"
    record = session(agenda, "a.txt")
    assert (record.introduction, codes(record)) == ("", ["unplaced-line"] * 2)


def test_a_line_below_the_date_says_that_a_session_is_online() -> None:
    text = b"# Session 6: Maps\n\nWednesday, 1 July 2020, 9:00 AM - 10:30 AM\n\nOnline via Microsoft Teams\n"
    record = record_of(text.decode(), "a.md")
    assert (record.mode, record.venue_name, codes(record)) == ("online", "", [])


@pytest.mark.parametrize(
    "lines",
    [
        "Ana Coral (Clerk, Reef Office)\nand\nOrla Sandpiper (Analyst, Ministry of Reefs)\n",
        "Ana Coral\n(Clerk, Reef Office)\nand\nOrla Sandpiper\n[Analyst, Ministry of Reefs]\n",
        "Ana Coral [Clerk, Reef Office]\ny Orla Sandpiper [Analyst, Ministry of Reefs]\n",
    ],
)
def test_brackets_and_the_word_and_stand_between_speakers(lines: str) -> None:
    assert presented(session(f"Speakers:\n{lines}", "record.txt")) == [
        ("speaker", "Ana Coral", "Clerk", "Reef Office"),
        ("speaker", "Orla Sandpiper", "Analyst", "Ministry of Reefs"),
    ]


def test_a_row_of_a_table_gives_each_of_its_people_the_role_that_stands_before() -> None:
    record = session(
        "| Field | Detail |\n|---|---|\n| Who | MODERADORA 1. Ana Coral, Clerk, Reef Office PONENTES 1. Orla Sandpiper"
        " PARTICIPANTES 1. Zeno Reef, Nurse |\n"
    )
    assert [(one.role, one.name) for one in record.people] == [
        ("facilitator", "Ana Coral"),
        ("speaker", "Orla Sandpiper"),
    ]


def test_each_numbered_line_of_plain_text_names_a_speaker() -> None:
    record = session("Speakers:\n1. Ana Coral\n2. Orla Tern\n3) Wally Bridges\n", "a.txt")
    assert [person.name for person in record.people] == ["Ana Coral", "Orla Tern", "Wally Bridges"]


def test_a_time_between_a_speaker_and_the_office_is_no_part_of_it() -> None:
    record = session(
        "Speakers:\n\nAna Coral\n10:00 - 10:30\nAnalyst, Reef Agency\n\nOrla Tern, Director\n", "a.txt"
    )
    assert presented(record) == [
        ("speaker", "Ana Coral", "Analyst", "Reef Agency"),
        ("speaker", "Orla Tern", "Director", ""),
    ]


@pytest.mark.parametrize(
    "second",
    ["Orla Sandpiper, Ministry of Reefs", "Orla Sandpiper, Analyst", "Orla Sandpiper (Ministry of Reefs)"],
)
@pytest.mark.parametrize(
    "office", ["National Met Service", "Ridge to Reef", "Blue Marlin", "Coast Watch Belize"]
)
def test_in_a_list_in_which_each_item_has_an_office_two_names_are_a_person_and_an_office(
    office: str, second: str
) -> None:
    record = session(f"Speakers:\n- Ana Coral, {office}\n- {second}")
    assert [person.name for person in record.people] == ["Ana Coral", "Orla Sandpiper"]
    assert office in (record.people[0].position, record.people[0].affiliation)


def test_in_a_list_of_names_alone_an_item_may_name_two() -> None:
    record = session("Speakers:\n- Ana Coral, Wren Halcyon\n- Orla Sandpiper")
    assert [person.name for person in record.people] == ["Ana Coral", "Wren Halcyon", "Orla Sandpiper"]


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("REEF, Orla (Director, Reef Office)", ("speaker", "Orla Reef", "Director", "Reef Office")),
        (
            "PECH CORAL, Ana María, Analyst, Lagoon Desk",
            ("speaker", "Ana María Pech Coral", "Analyst", "Lagoon Desk"),
        ),
        ("ANA CORAL, Analyst, Lagoon Desk", ("speaker", "ANA CORAL", "Analyst", "Lagoon Desk")),
        ("ANA CORAL, Oceana", ("speaker", "ANA CORAL", "Oceana", "")),
    ],
)
def test_a_family_name_in_capitals_may_stand_first(line: str, person: tuple[str, str, str, str]) -> None:
    assert presented(session(f"Speakers:\n\n- {line}\n")) == [person]


def test_an_institution_in_capitals_before_a_town_is_nobody() -> None:
    assert presented(session("Speakers:\n\n- BELTRAIDE, Belize City\n")) == []


def test_several_with_their_family_names_first_on_one_line() -> None:
    record = session("Speakers: REEF, Orla (Director, Reef Office); BAY, Tulio (Analyst)\n")
    assert [person[1:3] for person in presented(record)] == [
        ("Orla Reef", "Director"),
        ("Tulio Bay", "Analyst"),
    ]


def test_a_sentence_on_an_office_below_the_host_is_not_about_the_host() -> None:
    record = session(
        "Hosted by Orla Reef\n\nThe Reef Office counts all boats of the coast every year, and publishes the counts.\n"
    )
    assert presented(record) == [("host", "Orla Reef", "", "")]
    assert record.people[0].biography == ""


def test_a_biography_below_the_host_is_about_the_host() -> None:
    record = session(
        "Hosted by Orla Reef\n\nShe has led the Reef Office of the coast since the year 2009, and dives.\n"
    )
    assert record.people[0].biography.startswith("She has led")


def test_whom_a_calendar_lists_as_who_has_no_role() -> None:
    assert presented(session("Who: Orla Reef (organizer), Wren Halcyon\n")) == []
    assert presented(session("Who: Orla Reef, Director\n")) == [("speaker", "Orla Reef", "Director", "")]


def test_labels_that_give_both_endings() -> None:
    record = session("Moderador/a: Orla Reef\n\nPonente(s): Tulio Bay\n")
    assert [person[:2] for person in presented(record)] == [
        ("facilitator", "Orla Reef"),
        ("speaker", "Tulio Bay"),
    ]


def test_a_body_on_the_card_of_a_speaker_is_no_speaker() -> None:
    page = (
        "<h1>Webinar 2: Open books</h1><h2>Speakers</h2>"
        "<div><h3>Ana Coral</h3><p>Senior Researcher</p><p>Independent Reporting Mechanism</p></div>"
    )
    (record,) = read(page.encode(), file="webinar-2.html")
    assert [(person.name, person.position, person.affiliation) for person in record.people] == [
        ("Ana Coral", "Senior Researcher", "Independent Reporting Mechanism")
    ]


def test_a_linked_address_right_behind_a_name_is_no_part_of_it() -> None:
    page = (
        "<h1>Webinar 2: Open books</h1><h2>Coordinators</h2>"
        '<ul><li>Ana Coral<a href="mailto:coral@example.org">coral@example.org</a></li></ul>'
    )
    (record,) = read(page.encode(), file="webinar-2.html")
    assert [(person.name, person.email) for person in record.people] == [("Ana Coral", "coral@example.org")]
