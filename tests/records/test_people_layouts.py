"""People in the layouts in which other offices present them."""

from __future__ import annotations

import pytest
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


def test_speakers_in_columns_of_tab_stops() -> None:
    record = session(
        "Speakers:\n\tOrla Sandpiper\tSenior Adviser\tOffice of Reefs\n\tAna Coral\tDirector\tReef Agency\n",
        "record.txt",
    )
    assert presented(record) == [
        ("speaker", "Orla Sandpiper", "Senior Adviser", "Office of Reefs"),
        ("speaker", "Ana Coral", "Director", "Reef Agency"),
    ]


def test_a_table_of_people_with_their_roles() -> None:
    record = session(
        "| Name | Role | Institution |\n|---|---|---|\n| Ana Coral | Speaker | Reef Agency |\n"
        "| Orla Sandpiper | Moderator | Sample Trust |\n"
    )
    assert [(person.role, person.name) for person in record.people] == [
        ("speaker", "Ana Coral"),
        ("facilitator", "Orla Sandpiper"),
    ]


def test_a_table_of_positions_presents_speakers_whatever_stands_before_it() -> None:
    record = session(
        "| Contact | Wren Halcyon – wren@example.org |\n|---|---|\n\n"
        "| Name | Position | Organisation |\n|---|---|---|\n| Ana Coral | Director | Reef Agency |\n"
    )
    assert [(person.role, person.name) for person in record.people] == [
        ("coordinator", "Wren Halcyon"),
        ("speaker", "Ana Coral"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "**Participants**\n\n| Name | Position | Organisation |\n|---|---|---|\n| Shauna Quillfin | Clerk | Reef Agency |",
        "**Who came**\n\n| Name | Position | Organisation |\n|---|---|---|\n| Shauna Quillfin | Clerk | Reef Agency |",
        "| Name | Position | Organisation | Signature |\n|---|---|---|---|\n| Shauna Quillfin | Clerk | Reef Agency | x |",
        "| Name | Organisation | E-mail |\n|---|---|---|\n| Shauna Quillfin | Reef Agency | sq@example.org |",
    ],
)
def test_a_list_of_participants_makes_nobody_a_speaker(table: str) -> None:
    record = session(f"| Contact | Wren Halcyon |\n|---|---|\n\n{table}")
    assert [person.name for person in record.people] == ["Wren Halcyon"]
    assert "unplaced-line" in codes(record)


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


@pytest.mark.parametrize(
    "lines",
    [
        "Participants: Petra Kingfisher, Otto Quarrie, Ina Brook",
        "## Participants\n\n- Petra Kingfisher\n- Otto Quarrie",
        "**Present:** Orla Sandpiper, Petra Kingfisher, 21 others",
        "Asistentes: Petra Kingfisher y Otto Quarrie",
    ],
)
def test_those_who_took_part_are_no_audience(lines: str) -> None:
    record = session(lines)
    assert (record.audience, record.introduction, record.people) == ("", "", [])
    assert set(codes(record)) == {"unplaced-line"}


def test_kinds_of_people_are_an_audience() -> None:
    assert session("Participants: Officials, teachers and journalists").audience


@pytest.mark.parametrize("row", ["| Passcode | 4455 |", "| Passcode: | 4455xy |", "| Contraseña | 4455 |"])
def test_a_password_in_a_table_is_no_position(row: str) -> None:
    record = record_of(
        f"| Webinar 3 | Open books |\n|---|---|\n| Date | 14 May 2020, 10:30 |\n"
        f"| Moderator | Orla Sandpiper, Sample Trust |\n{row}\n"
    )
    assert presented(record) == [("facilitator", "Orla Sandpiper", "", "Sample Trust")]
    assert (record.number, record.title) == (3, "Open books")
    assert codes(record) == ["meeting-access-left-out"]


def test_people_presented_with_their_position_first() -> None:
    record = session(
        "Speakers:\n\n- Director of Planning, Ministry of Reefs: Ana Coral\n- Analyst: Orla Sandpiper"
    )
    assert presented(record) == [
        ("speaker", "Ana Coral", "Director of Planning", "Ministry of Reefs"),
        ("speaker", "Orla Sandpiper", "Analyst", ""),
    ]


def test_what_stands_below_a_list_of_people_is_no_biography() -> None:
    record = session(
        "The session will be facilitated by Ms. Orla Sandpiper, Programme Officer at the Sample Trust.\n\n"
        "Our speakers are:\n\n• Ana Coral, Director, Reef Agency\n\nKindly confirm that you come by Wednesday of this week."
    )
    assert presented(record) == [
        ("facilitator", "Orla Sandpiper", "Programme Officer", "Sample Trust"),
        ("speaker", "Ana Coral", "Director", "Reef Agency"),
    ]
    assert not any(person.biography for person in record.people)


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


def test_a_column_of_speakers_says_what_they_are() -> None:
    record = session(
        "### Lo demás\n\n| Ponente | Cargo | País |\n|---|---|---|\n| Ana Coral | Directora | México |\n"
    )
    assert [(person.role, person.name, person.country) for person in record.people] == [
        ("speaker", "Ana Coral", "MX")
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


def test_a_person_under_another_label_is_no_office_of_the_one_above() -> None:
    record = session(
        "Speakers:\n\nAna Coral\nFellow, Reef Agency\n\nDiscussant: wally the diver\n\nInterpreter: Yolanda Ixchel\n",
        "a.txt",
    )
    assert presented(record) == [("speaker", "Ana Coral", "Fellow", "Reef Agency")]
    assert codes(record) == ["unplaced-line", "unplaced-line"]


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


def test_an_item_that_names_nobody_is_no_office_of_the_item_above() -> None:
    record = session(
        "Speakers\n\n- Ana Coral, Analyst, Reef Agency\n- the diver of the year\n- Orla Tern, Director\n"
    )
    assert presented(record) == [
        ("speaker", "Ana Coral", "Analyst", "Reef Agency"),
        ("speaker", "Orla Tern", "Director", ""),
    ]
    assert "unplaced-line" in codes(record)


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


def test_a_registration_page_is_no_office() -> None:
    record = record_of(
        "Webinar 3: Counting boats\n\nFacilitator: Ana Coral\n\nRegistration: https://forms.example.org/3\n"
    )
    assert presented(record) == [("facilitator", "Ana Coral", "", "")]


def test_what_is_noted_behind_a_name_is_no_office() -> None:
    record = record_of(
        "Webinar 3: Counting boats\n\nLocal coordination: Ms. Ana Coral a@example.org and Mr. Orla Reef (no longer here)\n"
    )
    assert [(one.name, one.position, one.affiliation) for one in record.people] == [
        ("Ana Coral", "", ""),
        ("Orla Reef", "", ""),
    ]


def test_a_sign_for_at_is_no_handle() -> None:
    record = record_of("Webinar 3: Boats\n\nSpeakers\n\nAna Coral\nPresident @ Sample Federation\n")
    assert presented(record) == [("speaker", "Ana Coral", "President", "Sample Federation")]


@pytest.mark.parametrize(
    "line",
    [
        "NOTE TAKER: Shauna Quillfin",
        "author: Shauna Quillfin",
        "Contact for registration: Shauna Quillfin, 620-0103",
        "Intérprete: Shauna Quillfin",
        "Minutes taken by Shauna Quillfin",
        "Attended by: Shauna Quillfin, Petra Kingfisher",
    ],
)
@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_whom_another_label_names_below_a_facilitator_is_nobody_public(line: str, apart: str) -> None:
    record = session(f"Chair: Orla Sandpiper{apart}{line}", "record.txt")
    assert [person.name for person in record.people] == ["Orla Sandpiper"]
    assert "Quillfin" not in repr(record.people)


@pytest.mark.parametrize(
    ("line", "position"),
    [
        ("Secretary: Coast Office", "Secretary: Coast Office"),
        ("**Secretary:** Coast Office", "Secretary: Coast Office"),
        ("Secretary: Shauna Quillfin", ""),
        ("Secretary: Shauna", ""),
        ("Catering: Coast Office", ""),
    ],
)
def test_a_label_of_staff_before_an_office_is_the_position_of_the_name_above(
    line: str, position: str
) -> None:
    record = session(f"## Speakers\n\nPia Coral\n{line}\n\nOrla Tern\nDirector: Reef Office")
    assert [(one.name, one.position) for one in record.people] == [
        ("Pia Coral", position),
        ("Orla Tern", "Director: Reef Office"),
    ]
    assert ("Shauna" in repr(record), codes(record)) == (False, [] if position else ["unplaced-line"])


def test_comments_below_a_host_are_no_more_hosts() -> None:
    record = session(
        "Host: Orla Sandpiper (Sample Trust)\n\nWhat people wrote\nShauna Quillfin: when will it be out?\nPetra Kingfisher: Great\n",
        "record.txt",
    )
    assert presented(record) == [("host", "Orla Sandpiper", "", "Sample Trust")]


def test_a_sentence_on_the_session_is_no_biography_of_the_host_above() -> None:
    page = (
        "<h1>Webinar 2: Open books</h1><dl><dt>Date</dt><dd>14 May 2020, 10:30</dd><dt>Host</dt><dd>Orla Sandpiper,"
        " Sample Trust</dd></dl><p>The session explained how a budget is read, and who may ask for what.</p>"
    )
    record = record_of(page, "record.html")
    assert (record.people[0].biography, record.introduction[:21]) == ("", "The session explained")


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


@pytest.mark.parametrize(
    "below",
    [
        "| Support | Shauna Quillfin |",
        "| Scribe | Shauna Quillfin |",
        "\n| # | Name | Village | Tel. |\n|---|---|---|---|\n| 1 | Shauna Quillfin | Corozal | 605-1212 |",
        "\n## Desarrollo\n\nShauna Quillfin comentó que no hay lanchas.",
        "\nThanks to Shauna Quillfin for the flyer.",
        "\nSe agradece la presencia de: Shauna Quillfin y los niños.",
    ],
)
def test_what_stands_below_a_table_of_labels_is_nobody_public(below: str) -> None:
    record = session(
        f"| Venue | Reef Hall, Belize City |\n|---|---|\n| Moderator | Orla Sandpiper |\n{below}"
    )
    assert presented(record) == [("facilitator", "Orla Sandpiper", "", "")]
    assert record.locality == "Belize City"
    assert "Quillfin" not in f"{record.people}{record.introduction}{record.locality}"


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


@pytest.mark.parametrize("heading", ["Speakers", "Attendance", "Desarrollo"])
@pytest.mark.parametrize("column", ["Community", "Village", "Tel.", "Signature", "Sex", "Cédula"])
def test_who_stands_in_a_table_with_what_is_nobodys_business(heading: str, column: str) -> None:
    record = session(
        f"## {heading}\n\n| Name | {column} |\n|---|---|\n| Ana Coral | 605-1212 |\n| Orla Sandpiper | x |\n"
    )
    public = heading == "Speakers" and column in ("Community", "Village", "Tel.")
    assert (
        presented(record)
        == [("speaker", "Ana Coral", "", ""), ("speaker", "Orla Sandpiper", "", "")] * public
    )
    assert "605-1212" not in f"{record.people}{record.introduction}{record.locality}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Facilitators:\n\nOrla Reef, Director, Coast Office\n\nBelize\n\nPia Coral, Clerk, Town Office",
            ["Orla Reef", "Pia Coral"],
        ),
        (
            "Hosts:\n\nOrla Reef, Director, Coast Office\n\nFirst day\n\nPia Coral, Clerk, Town Office",
            ["Orla Reef", "Pia Coral"],
        ),
        ("Hosts:\n\nOrla Reef, Director, Coast Office\n\nFirst day\n\nShauna Quillfin: why?", ["Orla Reef"]),
        (
            "Host:\n\nOrla Reef, Director, Coast Office\n\nFirst day\n\nShauna Quillfin, Clerk, Town Office",
            ["Orla Reef"],
        ),
    ],
)
def test_who_stands_below_a_short_line_under_one_role(text: str, found: list[str]) -> None:
    assert [person.name for person in session(text, "record.txt").people] == found


def test_where_a_clerk_works_stands_on_a_line_of_its_own() -> None:
    record = session(
        "Facilitators:\n\nPia Coral, Clerk\n\nTown Watch Belize\n\nShauna Quillfin: when?", "record.txt"
    )
    assert presented(record) == [("facilitator", "Pia Coral", "Clerk", "Town Watch Belize")]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (". She left early because her son was sick and she had to go home at once.", "line 4"),
        (", Analyst, Reef Office. She left before the end.", "line 4"),
        ("\n\nShe was late.", "line 6"),
        (", who left early to see her daughter.", "line 4"),
        ("\nSe disculpó por llegar tarde.", "line 5"),
    ],
)
def test_what_somebody_did_in_the_session_is_neither_office_nor_biography(lines: str, told: str) -> None:
    record = session(f"Moderator: Orla Sandpiper{lines}", "a.txt")
    (person,) = record.people
    assert (person.role, person.name, person.biography) == ("facilitator", "Orla Sandpiper", "")
    assert person.position in ("", "Analyst")
    assert [(problem.code, problem.place) for problem in record.problems] == [("unplaced-line", told)]


def test_a_short_sentence_on_a_person_is_a_biography() -> None:
    (person,) = session("Speaker: Orla Sandpiper. She teaches how to count.", "a.txt").people
    assert (person.position, person.biography) == ("", "She teaches how to count.")


BOTH = [
    ("facilitator", "Orla Sandpiper", "Analyst", "Reef Office"),
    ("facilitator", "Ana Coral", "Head", "Coast Office"),
]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Facilitators:", "{}", "Belize", "{}", "Canada"], BOTH),
        (["Facilitators", "First day", "{}", "Second day", "{}"], BOTH),
        (["Facilitators:", "{}", "Helpers of the day", "{}"], BOTH[:1]),
        (["Facilitator:", "{}", "Helpers", "{}"], BOTH[:1]),
    ],
)
def test_facilitators_on_lines_without_a_blank_line_between(lines: list[str], found: list) -> None:
    people = iter(["Orla Sandpiper, Analyst, Reef Office", "Ana Coral, Head, Coast Office"])
    text = "\n".join(next(people) if line == "{}" else line for line in lines)
    record = session(f"{text}\n", "a.txt")
    assert presented(record) == found
    assert "Coast" not in record.introduction


def test_somebody_below_the_heading_of_others_is_no_introduction_however_long_the_line() -> None:
    helper = "Ana Coral, Head of the Department of Boats, Coast Office of Corales"
    record = session(f"Facilitator: Orla Sandpiper, Analyst, Reef Office\n\nHelpers\n\n{helper}\n", "a.txt")
    assert "Ana Coral" not in repr(record)


@pytest.mark.parametrize(
    "text", ["Everybody who keeps a boat", "All residents of Belize City", "Todas las personas con lancha"]
)
def test_where_everybody_is_invited_it_is_said_for_whom_a_session_is(text: str) -> None:
    record = session(f"Invited: {text}", "a.txt")
    assert (record.audience, record.problems) == (text, [])


@pytest.mark.parametrize(
    "text", ["All fishers and Ana Coral", "Ana Coral and all fishers", "All of them came"]
)
def test_a_list_with_somebodys_name_tells_not_for_whom_a_session_is(text: str) -> None:
    record = session(f"Invited: {text}", "a.txt")
    assert (record.audience, codes(record)) == ("", ["unplaced-line"])


def test_an_agenda_without_a_label_introduces_nothing() -> None:
    agenda = "10:30 Opening words and welcome to all: Ana Coral\n10:45 Counting boats in the lagoon: Orla Sandpiper"
    record = session(agenda, "a.txt")
    assert (record.introduction, codes(record)) == ("", ["unplaced-line"] * 2)


@pytest.mark.parametrize(
    "below",
    [
        '\n\n**What people said**\n\n"A fine talk" - Shauna Quillfin\n',
        '\n\nFeedback received\n\n- "A fine talk" - Shauna Quillfin\n',
    ],
)
def test_what_stands_below_a_heading_that_nobody_knows_is_not_of_the_speaker_above(below: str) -> None:
    told = "Orla has counted boats for twelve years, and she teaches how to count them."
    record = session(f"Speaker: Orla Sandpiper, Analyst, Reef Office\n\n{told}{below}")
    (person,) = record.people
    assert (person.position, person.affiliation, person.biography) == ("Analyst", "Reef Office", told)
    assert "Quillfin" not in repr(record)


@pytest.mark.parametrize(
    "footer",
    ["©2020 by Reef Program. Designed by Jasper Olm.", "Website designed by Jasper Olm", "Powered by Reef"],
)
def test_the_foot_of_a_page_is_nobodys_office(footer: str) -> None:
    record = session(f"## Presenter\n\nOrla Sandpiper\n\nCartographer, Survey Office\n\n{footer}\n")
    assert presented(record) == [("speaker", "Orla Sandpiper", "Cartographer", "Survey Office")]
    assert codes(record) == ["beside-main-content"]


def test_a_line_below_the_date_says_that_a_session_is_online() -> None:
    text = b"# Session 6: Maps\n\nWednesday, 1 July 2020, 9:00 AM - 10:30 AM\n\nOnline via Microsoft Teams\n"
    record = record_of(text.decode(), "a.md")
    assert (record.mode, record.venue_name, codes(record)) == ("online", "", [])


@pytest.mark.parametrize(
    "below",
    [
        "15 March 2024, 10:00 AM", "registered 15 March 2024", "orla@example.org", "+501 600 1234", "Belmopan", "Present",
    ],
)  # fmt: skip
def test_a_name_over_what_is_no_office_is_nobody_who_speaks(below: str) -> None:
    record = session(f"Nets for all\n14 March 2024, 10:00 AM\n\nOrla Sandpiper\n{below}\n", "record.txt")
    assert not record.people


@pytest.mark.parametrize(
    "heading", ["Apologies received", "Signed", "Yours sincerely,", "Disculpas recibidas"]
)
def test_who_stands_below_apologies_or_signs_has_no_role(heading: str) -> None:
    record = session(
        f"Nets for all\n14 March 2024, 10:00 AM\n\n{heading}\n\nOrla Sandpiper\nClerk\nReef Office\n",
        "record.txt",
    )
    assert not record.people
