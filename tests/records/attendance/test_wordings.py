"""Reports as other languages, versions and offices word them: the same two people, an hour and ten minutes."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.attendance.counts import counts
from ckanext.opengovbelize.records.attendance.reading import read
from ckanext.opengovbelize.records.reading import read as read_record

TEAMS = {
    "German": (
        "1. Zusammenfassung\nTitel der Besprechung\tBoote\n\n2. Teilnehmer\n"
        "Name\tErster Beitritt\tLetztes Verlassen\tBesprechungsdauer\tE-Mail\tTeilnehmer-ID (UPN)\tRolle\n",
        ("Organisator", "Teilnehmer"),
        "1 Std. 2 Min.",
    ),
    "French": (
        "1. Résumé\nTitre de la réunion\tBateaux\n\n2. Participants\n"
        "Nom\tPremière participation\tDernier départ\tDurée de la réunion\tE-mail\tID de participant (UPN)\tRôle\n",
        ("Organisateur", "Participant"),
        "1 h 2 min",
    ),
    "French of 2025": (
        "1. Récapitulatif\nTitre de la réunion\tBateaux\n\n2. Participants\n"
        "Nom\tPremière connexion\tDernière déconnexion\tDurée de la réunion\tE-mail\tID de participant (UPN)\tRôle\n",
        ("Intervenant", "Participant"),
        "1 h 2 min",
    ),
    "Portuguese": (
        "1. Resumo\nTítulo da reunião\tBarcos\n\n2. Participantes\n"
        "Nome\tPrimeira entrada\tÚltima saída\tDuração da reunião\tE-mail\tID do participante (UPN)\tFunção\n",
        ("Apresentador", "Participante"),
        "1 h 2 min",
    ),
    "English of an event": (
        "1. Summary\nEvent title\tBoats\n\n2. Participants\n"
        "Name\tFirst Join\tLast Leave\tIn-Event Duration\tEmail\tParticipant ID (UPN)\tRole\n",
        ("Co-organizer", "Attendee"),
        "1h 2m",
    ),
    "Spanish": (
        "1. Resumen\nTítulo de la reunión\tBarcos\n\n2. Participantes\n"
        "Nombre\tPrimera unión\tÚltimo abandono\tDuración de la reunión\tCorreo electrónico"
        "\tId. del participante (UPN)\tRol\n",
        ("Organizador", "Asistente"),
        "1 h 2 min",
    ),
}


def row(name, email, role, length):
    return f"{name}\t17.5.2020, 10:00:00\t17.5.2020, 12:00:00\t{length}\t{email}\t{email}\t{role}\n"


def told(text, **options):
    file = read(text.encode("utf-16"), file="report.csv", **options)
    found = counts(file)
    minutes = tuple(found.get("minutes", {}).values())[:4]
    return file.kind.code, found["unique_attendees"], found["hosts_and_panelists_excluded"], minutes


@pytest.mark.parametrize("language", TEAMS)
def test_teams_in_the_language_of_the_computer(language):
    header, (host, guest), hour = TEAMS[language]
    text = header + row("Petronel Vask", "vask@example.org", host, hour)
    text += row("Orla Sandpiper", "orla@example.org", guest, hour) + row("Bruno Keel", "", guest, "10 min")
    assert told(text) == ("teams-current", 2, 1, (1, 0, 1, 0))
    assert read(text.encode("utf-16"), file="report.csv").topic in ("Boote", "Bateaux", "Barcos", "Boats")


@pytest.mark.parametrize(
    ("header", "came", "went"),
    [
        ("Vollständiger Name\tBenutzeraktion\tZeitstempel", "Beigetreten", "Verlassen"),
        ("Nombre completo\tAcción del usuario\tMarca de tiempo", "Se unió", "Salió"),
        ("Nom complet\tAction de l'utilisateur\tHorodatage", "A rejoint", "A quitté"),
    ],
)
def test_old_lists_of_teams_in_other_languages(header, came, went):
    lines = [header]
    for name, end in (("Orla Sandpiper", "11:02"), ("Bruno Keel", "10:10")):
        lines += [f"{name}\t{came}\t17/5/2020, 10:00:00", f"{name}\t{went}\t17/5/2020, {end}:00"]
    assert told("\n".join(lines)) == ("teams-old", 2, 0, (1, 0, 1, 0))


@pytest.mark.parametrize(
    "header",
    [
        "Topic,Meeting ID,Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)",
        "Tema,ID de reunión,Nombre (nombre original),Correo electrónico,Hora para unirse,Hora para salir"
        ",Duración (minutos)",
    ],
)
def test_a_meeting_of_zoom_that_repeats_its_topic_in_every_line(header):
    text = f"{header}\nBoats,1,Orla Sandpiper,,2020-05-17 10:00:00,2020-05-17 11:02:00,120\n"
    text += "Boats,1,Bruno Keel,,2020-05-17 10:00:00,2020-05-17 10:10:00,120\n"
    assert told(text) == ("zoom-meeting", 2, 0, (1, 0, 1, 0))


def test_the_host_of_a_zoom_meeting_is_known_by_a_spanish_block():
    text = "Tema,ID de reunión,Nombre del anfitrión,Correo electrónico del anfitrión,Hora de inicio\n"
    text += "Barcos,1,Petronel Vask,vask@example.org,2020-05-17 10:00:00\n\n"
    text += "Nombre (nombre original),Correo electrónico,Hora de entrada,Hora de salida,Duración (minutos)\n"
    text += "Petronel Vask,vask@example.org,2020-05-17 10:00:00,2020-05-17 11:02:00,62\n"
    text += "Orla Sandpiper,,2020-05-17 10:00:00,2020-05-17 11:02:00,62\n"
    assert told(text) == ("zoom-meeting", 1, 1, (0, 0, 1, 0))


def test_webex_without_the_meeting_and_with_cells_written_as_formulas():
    text = "Attendee Name,Attendee Email,Join Time,Leave Time,Attendance Duration,Connection Type\n"
    text += '"=""Sandpiper, Orla""",,2020-05-17 10:00:00,"=""2020-05-17 11:02:00""",62 mins,App\n'
    text += "Orla Sandpiper,,2020-05-17 10:00:00,2020-05-17 10:10:00,10 mins,App\n"
    text += "Bruno Keel,,2020-05-17 10:00:00,2020-05-17 10:10:00,10 mins,App\n"
    assert told(text) == ("webex", 2, 0, (1, 0, 1, 0))


def test_google_meet_with_times_of_the_day_only():
    text = "First name,Last name,Email,Duration,Time joined,Time exited\n"
    text += "Orla,Sandpiper,orla@example.org,1 hr 10 min,10:02 AM,11:12 AM\n"
    text += "Bruno,Keel,,10 min,10:05 AM,10:15 AM\nBruno,Keel,,5 min,10:20 AM,10:25 AM\n"
    assert told(text) == ("google-meet", 2, 0, (0, 1, 1, 0))


@pytest.mark.parametrize(
    "header",
    [
        "Participant's Full Name",
        "Nombre completo del participante",
        "NAME (in block letters)",
        "Apellido(s) y nombre(s)",
    ],
)
def test_names_by_what_a_sheet_calls_them(header):
    assert told(f"{header},Signature\nOrla Sandpiper,\nBruno Keel,\n")[:2] == ("sign-in", 2)


@pytest.mark.parametrize("header", ["Name of organisation", "Company name", "Nombre de la institución"])
def test_an_institutions_name_is_nobodys(header):
    assert read(f"{header},Signature\nCeiba Data Club,\n".encode(), file="x.csv").kind.code == "unknown"


def test_a_report_in_a_language_that_nobody_knows_is_no_sign_in_sheet():
    text = "Name,Gekomen,Gegaan,E-mail\nOrla Sandpiper,17-5-2020 10:00,17-5-2020 11:02,\n"
    file = read(text.encode(), file="x.csv")
    assert (file.kind.code, list(file.columns)) == ("unknown", ["Name", "Gekomen", "Gegaan", "E-mail"])


def test_headers_merged_over_two_lines_name_nobody():
    text = "No.,Name,Sex,,District\nNo.,Name,M,F,District\n1,Orla Sandpiper,,x,Cayo\n2,Bruno Keel,x,,Toledo\n"
    file = read(text.encode(), file="x.csv")
    assert counts(file)["dimensions"]["gender"] == {"F": 1, "M": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nombre,Apellidos,Correo electrónico,Duración,Hora de entrada,Hora de salida\n"
            "Orla,Sandpiper,,1 h 10 min,10:02,11:12\nOrla,Keel,,10 min,10:05,10:15\n",
            ("google-meet", 2, 0, (1, 0, 1, 0)),
        ),
        (
            "Nombre,Apellido,Correo electrónico del asistente,Hora de entrada,Hora de salida,Tipo de conexión\n"
            "Orla,Sandpiper,,2020-05-17 10:00:00,2020-05-17 11:02:00,App\n"
            "Orla,Keel,,2020-05-17 10:00:00,2020-05-17 10:10:00,App\n",
            ("webex", 2, 0, (1, 0, 1, 0)),
        ),
        ("Nombre,Apellidos,Firma\nOrla,Sandpiper,\nOrla,Keel,\n", ("sign-in", 2, 0, ())),
    ],
)
def test_a_column_called_name_beside_one_for_the_family_holds_given_names(text, expected):
    assert told(text) == expected


def test_adobe_connects_report_as_a_table():
    text = (
        "transcript-id,asset-id,sco-id,login,session-name,sco-name,date-created,date-end,participant-name\n"
    )
    text += "1,1,9,,Orla Sandpiper,Boats,2020-05-17T12:00:00.000-04:00,2020-05-17T13:02:00.000-04:00,Orla Sandpiper\n"
    text += (
        "2,1,9,b@example.org,Bruno,Boats,2020-05-17T12:00:00.000-04:00,2020-05-17T12:10:00.000-04:00,Bruno\n"
    )
    assert told(text) == ("adobe-connect", 2, 0, (1, 0, 1, 0))


def test_gotowebinars_report_tells_who_registered():
    text = "Attendee Report\nWebinar Name,Webinar ID\nBoats,123\n\nAttendee Details\n"
    text += "Attended,First Name,Last Name,Email Address,Registration Date/Time,Join Time,Leave Time,Time in Session (minutes)\n"
    came = '"Apr 01, 2020 09:00 AM CST","May 17, 2020 10:00 AM CST","May 17, 2020 11:02 AM CST",62\n'
    text += f"Yes,Orla,Sandpiper,orla@example.org,{came}"
    text += 'No,Bruno,Keel,bruno@example.org,"Apr 01, 2020 09:00 AM CST",--,--,--\n'
    assert told(text) == ("gotowebinar", 1, 0, (0, 0, 1, 0))
    found = counts(read(text.encode(), file="x.csv"))
    assert (found["registered"], found["no_shows"]) == (2, 1)


def test_who_only_registered_did_not_come():
    text = "Registration Report\nAttendee Details\nFirst Name,Last Name,Email,Registration Time,Approval Status\n"
    text += 'Orla,Sandpiper,orla@example.org,"May 01, 2020 09:00 AM",approved\n'
    file = read(text.encode(), file="x.csv")
    found = counts(file)
    assert (found["registered"], found["no_shows"], found["unique_attendees"]) == (1, 1, 0)
    assert [problem.code for problem in file.problems] == ["registrations-only"]
    header = "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole\tRegistration Time\n"
    text = f"1. Summary\nMeeting title\tBoats\n\n2. Participants\n{header}"
    text += (
        "Orla Sandpiper\t5/17/20, 10:00:00 AM\t5/17/20, 11:02:00 AM\t1h 2m\t\tAttendee\t5/1/20, 9:00:00 AM\n"
    )
    text += "Bruno Keel\t\t\t\t\t\t5/1/20, 9:00:00 AM\n"
    found = counts(read(text.encode("utf-16"), file="x.csv"))
    assert (found["registered"], found["no_shows"], found["unique_attendees"]) == (2, 1, 1)


def test_a_report_of_registrations_is_no_session_record():
    text = "First Name,Last Name,Email,Registration Time,Approval Status\nOrla,Sandpiper,o@example.org,2020-05-01,approved\n"
    (record,) = read_record(f"Registration Report\nAttendee Details\n{text}".encode(), file="x.csv")
    assert [problem.code for problem in record.problems] == ["attendance-report"]
