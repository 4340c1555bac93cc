"""People in tables of sessions: who is public, and what stands in the cells about them."""

from __future__ import annotations

import io
import json
import time

import pytest
import xlsxwriter
from ckanext.opengovbelize.records.reading import read

from .contract import published
from .given_tables import SESSION, records
from .layouts import codes, presented


def test_people_whose_session_is_not_there_are_told() -> None:
    data = json.dumps(
        {
            "sessions": [{"number": "1", "title": "A", "start": "2020-05-07 10:30", "venue": "x"}],
            "people": [{"record": "9", "name": "Ana Sample", "role": "speaker"}],
        }
    )
    (record,) = records(data, "sessions.json")
    assert [(p.code, p.place) for p in record.problems] == [("row-without-session", "people, row 1")]


def test_no_cell_tells_the_contact_of_a_session() -> None:
    text = "Title,Start,Venue,Contact,Description\nBoats,2020-05-07 10:30,Reef Hall,Glycerine Ballard,Glycerine Ballard opens.\n"
    (record,) = records(text)
    assert "Glycerine" not in published(record)


def test_a_person_with_a_courtesy_title_is_no_organiser() -> None:
    (record,) = records("Title,Start,Organizer\nBoats,2020-05-07 10:30,Ms. Orla Reef; Lagoon Desk\n")
    assert (record.organisers, record.others) == ("Lagoon Desk", ["Orla Reef"])


@pytest.mark.parametrize("rows", ["registrations", "participants", "contact", "created_by", "people"])
def test_people_without_a_role_are_nobody_public(rows: str) -> None:
    session = SESSION | {
        "speakers": [{"name": "Orla Sandpiper", "organisation": "Reef Office"}],
        "moderators": [{"name": "Wren Halcyon"}],
        rows: [{"name": "Shauna Quillfin", "organisation": "Reef School", "email": "sq@example.org"}],
    }
    (record,) = read(json.dumps({"sessions": [session]}).encode(), file="sessions.json")
    assert [(one.role, one.name) for one in record.people] == [
        ("speaker", "Orla Sandpiper"),
        ("facilitator", "Wren Halcyon"),
    ]
    assert record.others == ["Shauna Quillfin"]
    assert "people-without-role" in [problem.code for problem in record.problems]


def test_a_sheet_of_participants_makes_nobody_a_speaker() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name, rows in (
            (
                "Sessions",
                [("No", "Title", "Start", "Duration (min)"), (1, "Boats", "2020-05-07 10:30:00", 90)],
            ),
            ("2. Speakers", [("Session", "Name", "Institution"), (1, "Orla Sandpiper", "Reef Office")]),
            ("List", [("Session", "Name", "Institution"), (1, "Shauna Quillfin", "Reef School")]),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    (record,) = read(stream.getvalue(), file="sessions.xlsx")
    assert [(one.role, one.name) for one in record.people] == [("speaker", "Orla Sandpiper")]
    assert str(record.end) == "2020-05-07 12:00:00-06:00"


@pytest.mark.parametrize(
    ("stated", "role"),
    [
        ("2. Ponentes", "speaker"),
        ("Keynote speaker", "speaker"),
        ("our guest speakers", "speaker"),
        ("Lista de ponentes", "speaker"),
        ("Ponentes de la sesión", "speaker"),
        ("Speakers' contact details", "speaker"),
        ("Información de ponentes", "speaker"),
        ("Moderator/Speaker", "facilitator"),
        ("Co-host", "host"),
        ("coordination contacts", "coordinator"),
        *(
            (stated, "")
            for stated in (
                *(
                    "Interpreter for the speaker",
                    "Asistente del ponente",
                    "Not a speaker",
                    "Registered by moderator",
                ),
                *(
                    "Invitado",
                    "Expert witness",
                    "Persona quien tomó notas",
                    "Attendee (invited by host)",
                    "quien",
                ),
                *(
                    "Chair holder",
                    "Guest of the host",
                    "participants and speakers",
                    "guests and speakers",
                    "contact",
                ),
                *("asistentes y ponentes", "invitados", "host institution staff", "contact for speakers"),
            )
        ),
    ],
)
def test_the_role_that_a_list_or_a_cell_states_as_a_whole(stated: str, role: str) -> None:
    in_cell = SESSION | {"people": [{"name": "Shauna Quillfin", "role": stated}]}
    (record,) = read(json.dumps([in_cell]).encode(), file="sessions.json")
    assert [one.role for one in record.people] == [role] * bool(role)
    (record,) = read(
        json.dumps([SESSION | {stated: [{"name": "Shauna Quillfin"}]}]).encode(), file="sessions.json"
    )
    assert [one.role for one in record.people] == [role] * bool(role)


def test_people_without_a_role_are_remembered_where_they_belong() -> None:
    sessions = [
        SESSION
        | {"number": number, "title": f"Boats {number}", "guests": [{"name": name}, {"name": "ANA CORAL"}]}
        for number, name in ((1, "Shauna Quillfin"), (2, "Petra Kingfisher"))
    ]
    registered = [{"session": 9, "name": "Wren Halcyon"}]
    found = records(json.dumps({"sessions": sessions, "registrations": registered}), "sessions.json")
    assert [set(record.others) for record in found] == [
        {"Shauna Quillfin", "Ana Coral", "Wren Halcyon"},
        {"Petra Kingfisher", "Ana Coral", "Wren Halcyon"},
    ]


def test_counted_speakers_stand_in_the_order_of_their_numbers() -> None:
    text = "Title,Date,Speaker 2,Speaker 10,Venue\nBoats,2020-05-07,Orla Sandpiper,Wren Halcyon,Reef Hall\n"
    (record,) = read(text.encode(), file="sessions.csv")
    assert [one.name for one in record.people] == ["Orla Sandpiper", "Wren Halcyon"]


def test_a_venue_of_several_values_is_no_person() -> None:
    session = SESSION | {"venue": {"name": "Reef House", "city": "Belmopan"}, "speaker": "Orla Sandpiper"}
    (record,) = read(json.dumps([session]).encode(), file="sessions.json")
    assert (record.venue_name, record.locality) == ("Reef House", "Belmopan")
    assert [one.name for one in record.people] == ["Orla Sandpiper"]


def test_columns_that_count_their_speakers() -> None:
    text = (
        "Session #,Session Title,Date,Start,End,Speaker 1,Speaker 1 organisation,Speaker 2,Registered by,Attendee list\n"
        "3,Boats,2020-05-07,10:30,12:00,Orla Sandpiper,Reef Office,Wren Halcyon,Shauna Quillfin,Petra Kingfisher\n"
    )
    (record,) = read(text.encode(), file="sessions.csv")
    assert (record.number, record.title) == (3, "Boats")
    assert [(one.name, one.affiliation) for one in record.people] == [
        ("Orla Sandpiper", "Reef Office"),
        ("Wren Halcyon", ""),
    ]
    assert record.others == ["Shauna Quillfin", "Petra Kingfisher"]
    assert not any(word in published(record) for word in ("Quillfin", "Kingfisher"))
    assert record.problems == []


@pytest.mark.parametrize(
    "header",
    ["Speaker #,Speaker", "# Speakers,Speaker", "Speaker #,Speaker 1", "Status,Speaker 1", "Cost,Speaker #1"],
)
def test_how_many_speak_is_no_name_of_one(header: str) -> None:
    text = f"Title,Date,Start time,{header}\nBoats,2020-05-07,10:30,1,Orla Sandpiper\n"
    (record,) = read(text.encode(), file="sessions.csv")
    assert [person.name for person in record.people] == ["Orla Sandpiper"]
    assert not any(problem.rejects for problem in record.problems)


def test_an_organiser_who_may_be_a_person_is_left_out_and_told() -> None:
    person, office = records(
        "Title,Start,Venue,Organizer,Host Institutions\nFish,2020-05-28 10:30,Dangriga,Petronel Vask,Coral Watch\n"
        "Nets,2020-05-29 10:30,Dangriga,Reef Unit,\n"
    )
    assert (person.organisers, office.organisers) == ("Coral Watch", "Reef Unit")
    assert "organiser-unclear" in codes(person) and "organiser-unclear" not in codes(office)
    assert "Vask" not in published(person)


@pytest.mark.parametrize(
    "stated",
    [
        "petronel vask", "VASK, PETRONEL", "petronel.vask", "Petronel Vask & Orla Reef", "Petronel Vask (Reef Unit)",
        "Reef Unit (Petronel Vask)", "Reef Unit / Petronel Vask", "Petronel Vask, Clerk",
    ],
)  # fmt: skip
def test_an_organiser_is_no_person_however_the_name_is_written(stated: str) -> None:
    (record,) = records(f'Title,Start,Venue,Organizer\nFish,2020-05-28 10:30,Dangriga,"{stated}"\n')
    assert (record.organisers, "organiser-unclear" in codes(record)) == ("", True)


def test_names_beside_days_are_no_titles_of_sessions() -> None:
    (record,) = records("Name,Date,Mode\nPetronel Vask,2020-05-28,online\nOrla Reef,2020-05-29,online\n")
    assert (record.title, codes(record)) == ("", ["table-unknown"])
    (record,) = records("Name,Date,Speaker,Email\nPetronel Vask,2020-05-28,Orla Reef,p@example.org\n")
    assert (record.title, codes(record)) == ("", ["table-unknown"])


def test_people_within_a_session_that_names_many_others_and_its_days_apart() -> None:
    session = {
        "Title": "Fish",
        "Venue": "Dangriga",
        "start_date": "2020-05-28",
        "start_time": "10:30",
        "created_by": "Petronel Vask",
        "submitted_by": "Orla Quillfeather",
        "speakers": [{"name": "Ana Sample"}],
    }
    nets = {**session, "Title": "Nets", "start_date": "2020-05-29", "speakers": [{"name": "Orla Reef"}]}
    found = records(json.dumps([session, nets]), "sessions.json")
    assert [[one.name for one in record.people] for record in found] == [["Ana Sample"], ["Orla Reef"]]
    assert not any(word in published(*found) for word in ("Vask", "Quillfeather"))


def test_who_made_a_table_is_no_session_below_it() -> None:
    text = "Title,Date,Venue\nBoats,2020-06-04 10:30,Reef Hall\nPrepared by: Gwen Trew,,\nAttendees: Gwen Trew,,\nWebinar 5: Roads,,\n"
    found = read(text.encode(), file="sessions.csv")
    assert [record.title for record in found][:2] == ["Boats", "Roads"]
    assert ("Trew" in repr(found), sum("row-left-out" in repr(record) for record in found) > 0) == (
        False,
        True,
    )


def test_where_somebody_works_is_no_given_name_behind_a_comma() -> None:
    text = 'Title,Date,Speakers\nBoats,2020-06-04 10:30,"Wren Halcyon, River Office; Ana Coral, River Watch; Tern, Ivo"\n'
    (record,) = records(text, "sessions.csv")
    assert [person.name for person in record.people] == ["Wren Halcyon", "Ana Coral", "Ivo Tern"]


def test_two_full_names_that_and_joins_are_two_people() -> None:
    text = (
        "N.º;Nombre del webinario;Fecha;Horario;Facilita;Expositores\n"
        "1;Pozos;21/05/2020;10:30-12:00;Orla Sandpiper;Ana Coral y Wren Halcyon\n"
        "2;Ríos;28/05/2020;10:30-12:00;Orla Sandpiper;Ivo Ortega y Tern\n"
    )
    wells, rivers = records(text, "sesiones.csv")
    assert (wells.number, wells.title) == (1, "Pozos")
    assert [one.name for one in wells.people if one.role == "speaker"] == ["Ana Coral", "Wren Halcyon"]
    assert [one.name for one in rivers.people if one.role == "speaker"] == ["Ivo Ortega y Tern"]


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Ana Coral / Orla Sandpiper", ["Ana Coral", "Orla Sandpiper"]),
        ("Ana Coral, Reef Office / Orla Sandpiper, Analyst", ["Ana Coral", "Orla Sandpiper"]),
        ("Ana Coral, Reef / Coast Office", ["Ana Coral"]),
    ],
)
def test_people_whom_a_stroke_parts(stated: str, names: list[str]) -> None:
    (record,) = records(f'Title,Start,Venue,Speaker\nBoats,2020-05-07 10:30,Hall,"{stated}"\n')
    assert [person.name for person in record.people] == names


def test_headers_that_ask_as_forms_do() -> None:
    header = (
        "Timestamp,Email Address,What is the title of the event?,Date of the event,Start time,Where will it take place?,"
        "Name of presenter(s),What is your name?,Please enter the name"
    )
    row = "1/4/2020 9:12,wren@example.org,Boats,7 May 2020,10:30 AM,Reef House,Ana Coral,Wren Halcyon,Wren Halcyon"
    (record,) = records(f"{header}\n{row}\n")
    assert (record.title, record.venue_name) == ("Boats", "Reef House")
    assert [(person.role, person.name) for person in record.people] == [("speaker", "Ana Coral")]
    assert "Halcyon" not in published(record)


def test_a_cell_of_many_blanks_costs_no_time() -> None:
    began = time.perf_counter()
    (record,) = records(f"title,date,speakers\nBoats,2024-05-03,Ana{' ' * 20_000}Sample\n", "sessions.csv")
    assert time.perf_counter() - began < 2
    assert [person.name for person in record.people] == ["Ana Sample"]


def people_of(text: str) -> list[list[tuple[str, str, str, str]]]:
    return [presented(record) for record in records(text)]


ORLA = ("speaker", "Orla Reef", "Director", "Reef Office")
TULIO = ("speaker", "Tulio Bay", "Analyst", "Lagoon Desk")


@pytest.mark.parametrize(
    "columns",
    [
        "Speaker,Position,Institution",
        "Presenter,Presenter Title,Presenter Organisation",
        "Nombre del ponente,Cargo del ponente,Institución del ponente",
    ],
)
def test_what_stands_beside_a_speaker_is_the_speakers(columns: str) -> None:
    found = people_of(
        f"Title,Start,{columns}\nBoats,2020-05-07 10:30,Orla Reef,Director,Reef Office\n"
        "Nets,2020-05-14 10:30,Tulio Bay,Analyst,Lagoon Desk\n"
    )
    assert found == [[ORLA], [TULIO]]


def test_several_lines_of_a_cell_and_of_the_one_beside_it_belong_together() -> None:
    (found,) = people_of(
        'Title,Start,Speakers,Position,Institution\nBoats,2020-05-07 10:30,"Orla Reef\nTulio Bay","Director\nAnalyst",'
        '"Reef Office\nLagoon Desk"\n'
    )
    assert found == [ORLA, TULIO]


def test_institutions_that_cannot_be_shared_out_are_nobodys() -> None:
    (found,) = people_of(
        'Title,Start,Speakers,Institution\nBoats,2020-05-07 10:30,"Orla Reef\nTulio Bay",Reef Office\n'
    )
    assert found == [("speaker", "Orla Reef", "", ""), ("speaker", "Tulio Bay", "", "")]


@pytest.mark.parametrize("below", [",,,", "1,Boats,2020-05-07 10:30,"])
def test_a_row_that_only_names_another_speaker_goes_on_with_the_session_above(below: str) -> None:
    found = people_of(
        "No,Title,Start,Speaker,Position,Institution\n1,Boats,2020-05-07 10:30,Orla Reef,Director,Reef Office\n"
        f"{below}Tulio Bay,Analyst,Lagoon Desk\n2,Nets,2020-05-14 10:30,Tulio Bay,Analyst,Lagoon Desk\n"
    )
    assert found == [[ORLA, TULIO], [TULIO]]


def test_given_and_family_names_in_columns_of_their_own() -> None:
    session = SESSION | {"presenters": [{"firstName": "Orla", "lastName": "Reef", "jobTitle": "Director"}]}
    (record,) = records(json.dumps({"sessions": [session]}), "sessions.json")
    assert presented(record) == [("speaker", "Orla Reef", "Director", "")]


def test_the_role_of_a_listed_speaker_may_be_an_office_and_nobody_who_took_part_speaks() -> None:
    listed = [{"name": "Orla Reef", "role": "Director"}, {"name": "Wren Halcyon", "role": "Participant"}]
    (record,) = records(json.dumps({"sessions": [SESSION | {"speakers": listed}]}), "sessions.json")
    assert presented(record) == [("speaker", "Orla Reef", "Director", "")]


def test_a_speaker_below_a_private_session_is_not_one_of_the_session_above_it() -> None:
    found = records(
        "Title,Start,Private,Speaker\nBoats,2020-05-07 10:30,no,Orla Reef\nBoard,2020-05-08 10:30,yes,\n,,,Wren Halcyon\n"
    )
    assert [[person.name for person in record.people] for record in found if record.title] == [["Orla Reef"]]


def test_a_row_of_json_without_a_title_is_not_of_the_session_above() -> None:
    listed = [SESSION | {"speaker": "Orla Reef"}, {"speaker": "Wren Halcyon"}]
    found = records(json.dumps({"sessions": listed}), "sessions.json")
    assert [person.name for person in found[0].people] == ["Orla Reef"]
