"""Lists of those who came that other software writes: the same two people, and who held the meeting."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.attendance.counts import counts
from ckanext.opengovbelize.records.attendance.model import AttendanceFile
from ckanext.opengovbelize.records.attendance.reading import read
from ckanext.opengovbelize.records.reading import read as read_record

GOTO_MEETING = """Meeting Date:,"April 23, 2020",,,
Meeting Subject:,Webinar 3: Counting boats,,,
Organizer:,Gil Mooring,,,
Details,,,,
Name,Email Address,Join Time,Leave Time,Time in Session (minutes)
Gil Mooring,gil@example.org,10:25 AM CST,12:01 PM CST,96
Wren Halcyon,wren@example.org,10:30 AM CST,11:58 AM CST,88
Petra Lindqvist,petra@example.org,10:35 AM CST,11:00 AM CST,25
Petra Lindqvist,petra@example.org,11:05 AM CST,11:59 AM CST,54
"""
BIG_BLUE_BUTTON = """Name,Moderator,Talk time,Messages,Join,Left,Duration
Gil Mooring,TRUE,00:10:00,3,4/23/2020 10:25:00,4/23/2020 12:01:00,01:36:00
Wren Halcyon,FALSE,00:00:00,1,4/23/2020 10:30:00,4/23/2020 11:58:00,01:28:00
Petra Lindqvist,FALSE,00:00:00,0,4/23/2020 10:35:00,4/23/2020 11:59:00,01:24:00
Anonymous,,,,,,
"""
JITSI = """Participant,Email,Joined at,Left at,Duration
Wren Halcyon,wren@example.org,2020-04-23 10:30:00,2020-04-23 11:58:00,1:28:00
Petra Lindqvist,,2020-04-23 10:35:00,2020-04-23 11:59:00,1:24:00
"""
ZOOM_MEETING = """Nom (nom original),Adresse e-mail,Heure d'arrivée,Heure de départ,Durée (minutes),Invité
Wren Halcyon,wren@example.org,23/04/2020 10:30:00,23/04/2020 11:58:00,88,Oui
Petra Lindqvist,,23/04/2020 10:35:00,23/04/2020 11:59:00,84,Oui
"""
ZOOM_WEBINAR = """Détails sur l'hôte
A participé,Nom d'utilisateur (nom original),E-mail,Heure d'arrivée,Heure de départ,Durée de la session (minutes)
Oui,Gil Mooring,gil@example.org,23/04/2020 10:25:00,23/04/2020 12:01:00,96
Détails sur les participants
A participé,Nom d'utilisateur (nom original),E-mail,Heure d'inscription,Heure d'arrivée,Heure de départ,Est un invité
Oui,Wren Halcyon,wren@example.org,20/04/2020 09:00:00,23/04/2020 10:30:00,23/04/2020 11:58:00,Oui
Oui,Petra Lindqvist,petra@example.org,20/04/2020 09:00:00,23/04/2020 10:35:00,23/04/2020 11:59:00,Oui
Non,Bruno Keel,bruno@example.org,20/04/2020 09:00:00,--,--,
"""
PORTUGUESE_MEETING = """Nome (nome original),E-mail,Horário de entrada,Horário de saída,Duração (minutos),Convidado
Wren Halcyon,wren@example.org,23/04/2020 10:30:00,23/04/2020 11:58:00,88,Sim
Petra Lindqvist,,23/04/2020 10:35:00,23/04/2020 11:59:00,84,Sim
"""
PORTUGUESE_WEBINAR = """Detalhes do anfitrião
Participou,Nome de usuário (nome original),E-mail,Horário de entrada,Horário de saída,Tempo na sessão (minutos)
Sim,Gil Mooring,gil@example.org,23/04/2020 10:25:00,23/04/2020 12:01:00,96
Detalhes do participante
Participou,Nome de usuário (nome original),E-mail,Horário de inscrição,Horário de entrada,Horário de saída,Convidado
Sim,Wren Halcyon,wren@example.org,20/04/2020 09:00:00,23/04/2020 10:30:00,23/04/2020 11:58:00,Sim
Sim,Petra Lindqvist,petra@example.org,20/04/2020 09:00:00,23/04/2020 10:35:00,23/04/2020 11:59:00,Sim
Não,Bruno Keel,bruno@example.org,20/04/2020 09:00:00,--,--,
"""
BIG_BLUE_BUTTON_SPANISH = """Nombre,Moderador,Tiempo hablando,Mensajes,Tiempo en línea,Hora de entrada,Hora de salida
Gil Mooring,VERDADERO,00:10:00,3,01:36:00,23/04/2020 10:25:00,23/04/2020 12:01:00
Wren Halcyon,FALSO,00:00:00,1,01:28:00,23/04/2020 10:30:00,23/04/2020 11:58:00
Petra Lindqvist,FALSO,00:00:00,0,01:24:00,23/04/2020 10:35:00,23/04/2020 11:59:00
"""
MEET_ADD_ON = """Names,Email,Arrival time,Left time,Duration
Wren Halcyon,wren@example.org,10:30 AM,11:58 AM,88
Petra Lindqvist,petra@example.org,10:35 AM,11:59 AM,84
"""
WORDS_ALONE = """Name,Joined,Left,Total
Wren Halcyon,23.04.2020 10:30:00,23.04.2020 11:58:00,88
Petra Lindqvist,23.04.2020 10:35:00,23.04.2020 11:59:00,84
"""
EVENTBRITE = """Order #,Order Date,First Name,Last Name,Email,Ticket Type,Attendee Status,Checked In
1,2020-04-20 09:00:00,Wren,Halcyon,wren@example.org,General,Checked In,Yes
2,2020-04-20 09:00:00,Petra,Lindqvist,petra@example.org,General,Checked In,Yes
3,2020-04-20 09:00:00,Bruno,Keel,bruno@example.org,General,Attending,No
4,2020-04-20 09:00:00,Orla,Sandpiper,orla@example.org,General,Not Attending,No
"""
MEETINGS = {
    "GoToMeeting": (GOTO_MEETING, "meeting", 1),
    "BigBlueButton": (BIG_BLUE_BUTTON, "meeting", 1),
    "Jitsi Meet": (JITSI, "meeting", 0),
    "Zoom meeting in French": (ZOOM_MEETING, "zoom-meeting", 0),
    "Zoom webinar in French": (ZOOM_WEBINAR, "zoom-webinar", 1),
    "Zoom meeting in Portuguese": (PORTUGUESE_MEETING, "zoom-meeting", 0),
    "Zoom webinar in Portuguese": (PORTUGUESE_WEBINAR, "zoom-webinar", 1),
    "BigBlueButton in Spanish": (BIG_BLUE_BUTTON_SPANISH, "meeting", 1),
    "an add-on of Google Meet": (MEET_ADD_ON, "meeting", 0),
    "Joined and Left alone": (WORDS_ALONE, "meeting", 0),
}
REGISTERED = "First Name,Last Name,Email,Registration Time,Approval Status\nWren,Halcyon,wren@example.org,04/20/2020 09:00:00 AM,approved\n"
SECTIONS = {
    "a remark above the headers": (
        "Attendee Details\n*The duration is of the first visit only\n"
        "Attended,First Name,Last Name,Email Address,Join Time,Leave Time,Time in Session,Registration Date/Time\n"
        "Yes,Wren,Halcyon,wren@example.org,04/23/2020 10:30 AM,04/23/2020 11:58 AM,1 hour 28 minutes,04/20/2020 09:00 AM\n",
        (1, 1, 0),
    ),
    "the registrations of a meeting": (
        f"Registration Report\nTopic,Meeting ID,Start Time\nBoats,1,04/23/2020 10:00:00 AM\nRegistrant Details\n{REGISTERED}",
        (0, 1, 1),
    ),
}
PEOPLE = ("Mooring", "Halcyon", "Lindqvist", "Keel", "example.org")


def report(text: str) -> AttendanceFile:
    return read(text.encode(), file="report.csv")


@pytest.mark.parametrize("software", MEETINGS)
def test_the_list_of_a_meeting_is_known(software: str) -> None:
    text, code, hosts = MEETINGS[software]
    found = counts(report(text))
    assert report(text).kind.code == code
    assert (found["unique_attendees"], found["hosts_and_panelists_excluded"]) == (2, hosts)
    assert (found["minutes"]["75_and_more"], found["minutes"]["unknown"]) == (2, 0)


@pytest.mark.parametrize("text", [*(text for text, _code, _hosts in MEETINGS.values()), EVENTBRITE])
def test_it_is_no_session_and_its_people_are_told_to_nobody(text: str) -> None:
    (record,) = read_record(text.encode(), file="report.csv")
    assert [problem.code for problem in record.problems] == ["attendance-report"]
    told = str([*record.problems, *report(text).problems])
    assert [name for name in PEOPLE if name in told] == []


@pytest.mark.parametrize("form", SECTIONS)
def test_a_section_is_read_from_its_headers_on(form: str) -> None:
    text, expected = SECTIONS[form]
    found = counts(report(text))
    assert (found["unique_attendees"], found["registered"], found["no_shows"]) == expected


def test_of_whom_a_report_was_cut_off_in_the_middle_is_not_counted() -> None:
    row = "<row><login>{}</login><session-name>{}</session-name><date-created>2020-04-23T10:30:00-06:00</date-created></row>"
    text = (
        "<results><report-meeting-attendance>"
        + row.format("wren@example.org", "Wren")
        + row[:25].format("pet")
    )
    assert counts(report(text))["unique_attendees"] == 1
    assert [problem.code for problem in report(text).problems] == ["file-damaged"]


def test_an_address_written_as_a_link_is_the_same_address() -> None:
    text = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
    for name, email in (("Wren Halcyon", "WREN@example.org"), ("W. H.", "mailto:wren@example.org")):
        text += f"{name},{email},04/23/2020 10:00:00,04/23/2020 10:30:00,30,Yes\n"
    assert counts(report(text))["unique_attendees"] == 1


def test_marks_that_nobody_sees_part_no_person() -> None:
    row = "{},,04/23/2020 {}:00:00,04/23/2020 {}:30:00,30,Yes\n"
    text = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
    text += row.format("\u200eWren Halcyon\u200f 🌴\ufe0f", 10, 10) + row.format("Wren Halcyon 🌴", 11, 11)
    assert counts(report(text))["unique_attendees"] == 1


def test_the_subject_of_a_meeting_is_read() -> None:
    assert report(GOTO_MEETING).topic == "Webinar 3: Counting boats"


WHOVA = """First Name,Last Name,Email,Company,Check-in Status,Check-in Time
Wren,Halcyon,wren@example.org,River Watch,Checked in,2020-04-23 10:00
Petra,Lindqvist,petra@example.org,Reef Office,Not checked in,
"""


def test_a_status_of_checking_in_tells_who_came() -> None:
    found = counts(report(WHOVA))
    assert (report(WHOVA).kind.code, found["registered"], found["unique_attendees"]) == ("check-in", 2, 1)


@pytest.mark.parametrize("role", ["Cohost", "Co-host", "Alternate host", "Host"])
def test_who_holds_a_webex_meeting_together_with_others_is_no_attendee(role: str) -> None:
    text = (
        "Meeting Name,Meeting Start Time,Display Name,Role,Attendee Email,Join Time,Leave Time,Connection Type\n"
        f"Boats,2020-04-23 10:00:00,Gil Mooring,{role},gil@example.org,2020-04-23 10:00:00,2020-04-23 11:00:00,Web app\n"
        "Boats,2020-04-23 10:00:00,Wren Halcyon,Attendee,,2020-04-23 10:00:00,2020-04-23 11:00:00,Web app\n"
    )
    found = counts(report(text))
    assert (found["unique_attendees"], found["hosts_and_panelists_excluded"]) == (1, 1)


@pytest.mark.parametrize("software", MEETINGS)
@pytest.mark.parametrize("behind", ["", ";;;", "\t"])
def test_lines_that_excel_put_whole_into_quotes_are_taken_apart(software: str, behind: str) -> None:
    text, code, hosts = MEETINGS[software]
    lines = ['"' + line.replace('"', '""') + '"' + behind for line in text.splitlines()]
    found = counts(report("\n".join(lines)))
    assert report("\n".join(lines)).kind.code == code
    assert (found["unique_attendees"], found["hosts_and_panelists_excluded"]) == (2, hosts)


def test_of_tickets_those_that_were_checked_in_came() -> None:
    found = counts(report(EVENTBRITE))
    assert (report(EVENTBRITE).kind.code, found["registered"], found["unique_attendees"]) == (
        "check-in",
        3,
        2,
    )


GOOGLE_FORM = """Timestamp,Full name,Email Address,Organization,District
4/23/2020 10:31:05,Wren Halcyon,wren@example.org,River Watch,Cayo
4/23/2020 10:33:05,Petra Lindqvist,petra@example.org,Reef Office,Belize
"""
MICROSOFT_FORM = """ID,Start time,Completion time,Email,Name,Full name,Organization,District
1,4/23/2020 10:30:05,4/23/2020 10:31:05,anonymous,,Wren Halcyon,River Watch,Cayo
2,4/23/2020 10:32:05,4/23/2020 10:33:05,anonymous,,Petra Lindqvist,Reef Office,Belize
"""
KOBO = """start,end,What is your name?,District,Organization,_id,_submission_time,_submitted_by
2020-04-23T10:30:05-06:00,2020-04-23T10:31:00-06:00,Wren Halcyon,Cayo,River Watch,1,2020-04-23T16:31:10,gil
2020-04-23T10:32:05-06:00,2020-04-23T10:33:00-06:00,Petra Lindqvist,Belize,Reef Office,2,2020-04-23T16:33:10,gil
"""


@pytest.mark.parametrize("text", [GOOGLE_FORM, MICROSOFT_FORM, KOBO])
def test_a_form_that_was_filled_in_on_one_day_is_a_sign_in_sheet(text: str) -> None:
    found = counts(report(text))
    assert (report(text).kind.code, found["unique_attendees"]) == ("sign-in", 2)
    assert found["dimensions"]["district"] == {"Belize": 1, "Cayo": 1}


def test_a_form_that_was_filled_in_over_days_may_be_a_registration_and_is_asked_about() -> None:
    text = GOOGLE_FORM.replace("4/23/2020 10:31", "4/21/2020 10:31")
    assert [problem.code for problem in report(text).problems] == ["attendance-unknown"]


def test_a_sheet_on_which_people_wrote_when_they_came_and_went_is_still_one() -> None:
    text = "Name,Time in,Time out,Organization\nWren Halcyon,10:30,12:00,River Watch\n"
    assert report(text).kind.code == "sign-in"
