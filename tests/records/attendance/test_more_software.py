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


def test_the_subject_of_a_meeting_is_read() -> None:
    assert report(GOTO_MEETING).topic == "Webinar 3: Counting boats"


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
