"""Layouts of people, meetings and chats in which other offices keep the same things."""

from __future__ import annotations

import textwrap

import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import Person, SessionRecord


def record_of(text: str, file: str = "record.md") -> SessionRecord:
    (record,) = read(text.encode(), file=file)
    return record


def session(text: str, file: str = "record.md") -> SessionRecord:
    return record_of(f"Webinar 2: Open books\nDate: 14 May 2020, 10:30 AM\n\n{text}\n", file)


def codes(record: SessionRecord) -> list[str]:
    return [problem.code for problem in record.problems]


def presented(record: SessionRecord) -> list[tuple[str, str, str, str]]:
    return [(person.role, person.name, person.position, person.affiliation) for person in record.people]


# People


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


def test_comments_below_a_page_are_not_its_chat() -> None:
    page = (
        "<html><body><main><h1>Webinar 2: Open books</h1><p>Date: 14 May 2020, 10:30 AM</p><h2>Chat</h2>"
        "<p>Ana Coral: how many boats were counted in the lagoon?<br>Shauna Quillfin: thanks to all</p>"
        '<section id="comments"><h3>1 Comment</h3><ol class="comment-list"><li>Rita Visitor: nice</li></ol></section>'
        "</main></body></html>"
    )
    record = record_of(page, "record.html")
    assert [message.author for message in record.messages] == ["Ana Coral", "Shauna Quillfin"]
    assert "beside-main-content" in codes(record)


# When and where


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Originally planned for 12 March 2020, 9:00-10:30; POSTPONED", "postponed"),
        ("12 March 2020, 9:00 AM - 10:30 AM (cancelled)", "cancelled"),
        ("12 March 2020, 9:00 AM - 10:30 AM, new date to be confirmed", ""),
    ],
)
def test_what_is_said_about_a_date_is_no_venue(said: str, status: str) -> None:
    record = record_of(f"Webinar 4: Open books\nDate: {said}\n")
    assert (record.venue_name, record.status) == ("", status)
    assert record.start is not None


def test_the_topic_is_the_title_where_there_is_no_other() -> None:
    record = record_of(
        "| Webinar no. | 3 |\n|---|---|\n| Topic | Plans, people and boats |\n| Date | 14 May 2020, 10:30 |\n"
    )
    assert (record.number, record.title, record.topics) == (3, "Plans, people and boats", [])


# How to enter a meeting

INVITATION = """Join Zoom Meeting
https://us02web.zoom.us/j/8123456789?pwd=QuayQuay
Meeting ID: 812 3456 789
Passcode: Quay77
One tap mobile
+13017158592,,8123456789# US
Dial-in: +1 301 715 8592"""


@pytest.mark.parametrize(
    "lines",
    [
        INVITATION,
        "Venue: Online, via Zoom: https://us02web.zoom.us/j/8123456789?pwd=QuayQuay (Passcode: Quay77)",
        "| Zoom link | https://us02web.zoom.us/j/8123456789?pwd=QuayQuay |\n|---|---|\n| Password | Quay77 |",
        "Modalidad: en línea\nID de la reunión: 812 3456 789\nContraseña: Quay77",
        "Join [here](https://teams.microsoft.com/l/meetup-join/19%3ameeting_QuayQuay).",
    ],
)
def test_what_opens_a_meeting_is_left_out_and_tells_the_mode(lines: str) -> None:
    record = session(lines)
    assert "Quay" not in repr(record)
    assert "812" not in repr(record)
    assert (record.mode, record.venue_name) == ("online", "")
    assert "meeting-access-left-out" in codes(record)


def test_a_room_and_a_meeting_make_a_session_hybrid() -> None:
    record = session(f"Venue: BTEC, Belize City\n\n{INVITATION}")
    assert (record.mode, record.venue_name) == ("hybrid", "BTEC")


def test_a_recording_and_a_registration_page_are_no_way_into_a_meeting() -> None:
    record = session(
        "Recording: https://us02web.zoom.us/rec/share/abc\n\n"
        "Links shared:\nRegistration: https://us02web.zoom.us/webinar/register/abc\n"
    )
    assert [material.url for material in record.materials] == ["https://us02web.zoom.us/rec/share/abc"]
    assert [link.url for link in record.links] == ["https://us02web.zoom.us/webinar/register/abc"]
    assert "meeting-access-left-out" not in codes(record)


# Chats

STACKS = (
    "[10:31 AM] Orla Sandpiper\nWelcome everyone\n\n[10:33 AM] Ana Coral (Guest)\nWhich boats were counted?\nAll of them?\n",
    "Orla Sandpiper  10:31 AM\nWelcome everyone\n1 Like\n\nAna Coral (Guest)  10:33 AM\nWhich boats were counted?\nAll of them?\n",
    "Orla Sandpiper 14/05/2020 10:31\nWelcome everyone\n\nAna Coral (Guest) 14/05/2020 10:33\nWhich boats were counted?\n"
    "All of them?\nEdited\n",
)


@pytest.mark.parametrize("text", STACKS)
@pytest.mark.parametrize("label", ["Chat:\n\n", "Objective: To count.\n\n"])
def test_a_chat_copied_from_the_window_of_teams(text: str, label: str) -> None:
    record = session(label + text, "record.txt")
    assert [(message.author, message.text) for message in record.messages] == [
        ("Orla Sandpiper", "Welcome everyone"),
        ("Ana Coral (Guest)", "Which boats were counted?\nAll of them?"),
    ]


def test_links_with_titles_above_a_chat_are_no_messages() -> None:
    record = session(
        "Links shared\nGuide: https://www.example.org/guide\n\nChat\nAna Coral: hello\nOrla Sandpiper: welcome\n"
        "Ana Coral: how many boats?\n",
        "record.txt",
    )
    assert [(link.title, link.url) for link in record.links] == [("Guide", "https://www.example.org/guide")]
    assert [message.author for message in record.messages] == ["Ana Coral", "Orla Sandpiper", "Ana Coral"]


def test_people_are_what_the_layout_says() -> None:
    record = session("Facilitator: Wren Halcyon, Sample Trust")
    assert record.people == [
        Person("facilitator", "Wren Halcyon", affiliation="Sample Trust", place=record.people[0].place)
    ]


# When


WHEN_AND_WHERE = [
    "Date: Thursday 7 May 2020, 10:30 AM - 12:00 PM\nTime: 10:30 AM - 12:00 PM\nVenue: Reef Hall, Belize City",
    "Date: Thursday 7th May, 2020 at 10.30 a.m.\nTime: 10:30 to noon\nVenue: Reef Hall, Belize City",
    "Date: 7 May 2020, 10:30 AM to 12:00 PM, Reef Hall, Belize City\nHora: 10:30 a 12:00",
    "Date: 7 May 2020, 10:30 AM - 12:00 PM | Venue: Reef Hall, Belize City",
    "Venue: Reef Hall, Belize City. Date: 7 May 2020, 10:30 AM - 12:00 PM",
    "Lugar: Reef Hall, Belize City; Fecha: 7 de mayo de 2020, 10:30 a 12:00",
    "| Field | Detail |\n|---|---|\n| Date | 7 May 2020, 10:30 - 12:00 |\n| Venue | Reef Hall, Belize City |",
    "| Date | Venue |\n|---|---|\n| 7 May 2020, 10:30 - 12:00 | Reef Hall, Belize City |",
    "Date Thursday 7 May 2020, 10:30 - 12:00\n\nVenue: Reef Hall, Belize City",
    "Day – Thursday 7 May 2020, 10:30 - 12:00\n\nVenue: Reef Hall, Belize City",
    "1. Date: 7 May 2020, 10:30 - 12:00\n2. Venue: Reef Hall, Belize City",
    "7 May 2020, 10:30 - 12:00\n\nVenue: Reef Hall, Belize City\n\n**Date:** 7 May 2020, 10:30 - 12:00",
]


@pytest.mark.parametrize("lines", WHEN_AND_WHERE)
@pytest.mark.parametrize("file", ["record.md", "record.txt"])
def test_date_and_venue_in_many_layouts_leave_nothing_over(lines: str, file: str) -> None:
    if file.endswith(".txt") and "|---" in lines:
        return
    record = record_of(f"Webinar 3: Counting boats\n\n{lines}\n", file)
    assert str(record.start) == "2020-05-07 10:30:00-06:00"
    assert str(record.end) == "2020-05-07 12:00:00-06:00"
    assert (record.venue_name, record.locality) == ("Reef Hall", "Belize City")
    assert codes(record) == []


def test_a_line_below_a_date_is_told_by_its_own_place() -> None:
    record = record_of(
        "Webinar 3: Counting boats\n\nDate: 7 May 2020, 10:30\nBring a pencil\nVenue: Reef Hall, Belize City\n"
    )
    assert (record.venue_name, [(problem.code, problem.place) for problem in record.problems]) == (
        "Reef Hall",
        [("unplaced-line", "line 4")],
    )


EVERY_PART = """Webinar 3: Counting boats
Series: Reef series

Date: 7 May 2020, 10:30
Venue: Reef Hall, Belize City

Speakers:

Ana Coral
Director
Reef Agency

Follow us:

Facebook https://www.facebook.com/SampleForum

Links shared:
https://data.example.org/plan

Presentation: https://files.example.org/s.pdf

Facilitated by Orla Sandpiper, Analyst, Sample Trust

Objective:
To count boats.
"""


@pytest.mark.parametrize("extra", ["Bring a zingwort pencil", "Zingwort", "Zingwort: a thing", "- zingwort"])
def test_a_line_put_anywhere_is_in_the_record_or_told(extra: str) -> None:
    lines = EVERY_PART.splitlines()
    for position in range(len(lines) + 1):
        record = record_of("\n".join([*lines[:position], extra, *lines[position:]]), "record.txt")
        told = f"line {position + 1}" in [problem.place for problem in record.problems]
        assert told or "zingwort" in repr(record).lower(), position


def test_labels_that_only_the_style_of_a_page_sets_apart() -> None:
    rows = (
        ("Date", "7 May 2020, 10:30"),
        ("Venue", "Reef Hall, Belize City"),
        ("Moderator", "Ana Coral, Reef Agency"),
    )
    page = "".join(f"<div><span>{label}</span><span>{value}</span></div>" for label, value in rows)
    record = record_of(f"<h1>Webinar 3: Counting boats</h1>{page}", "record.html")
    assert (str(record.start)[:16], record.venue_name) == ("2020-05-07 10:30", "Reef Hall")
    assert presented(record) == [("facilitator", "Ana Coral", "", "Reef Agency")]
    assert codes(record) == []


def test_two_dates_that_differ_are_told_and_never_mixed() -> None:
    record = record_of("Webinar 3: Counting boats\n\nDate: 7 May 2020\nDate: 9 June 2020, 2:00 PM\n")
    assert (record.start, record.date_as_stated, record.venue_name) == (None, "7 May 2020", "")
    assert [(problem.code, problem.place) for problem in record.problems] == [
        ("time-missing", "line 3"),
        ("unplaced-line", "line 4"),
    ]


def test_a_date_without_time_said_twice_is_placed_both_times() -> None:
    record = record_of("Webinar 3: Counting boats\n\n7 May 2020\n\nDate: May 7, 2020\n")
    assert codes(record) == ["time-missing"]


# Chats of other programs


SPOKEN = [
    ("Orla Sandpiper", "Good morning, we begin"),
    ("Petronel Vask [Harbour School]", "How many boats are counted?"),
    ("Zed: Beach Radio", "thank you for that"),
    ("Petronel Vask [Harbour School]", "And who counts them?"),
    ("Zed: Beach Radio", "What do the figures show?"),
    ("Orla Sandpiper", "Thank you all"),
]


@pytest.mark.parametrize(
    "form",
    [
        "{name}: {text}",
        "from {name} to everyone: {text}",
        "From {name} to Everyone: 2:0{n} PM\n{text}",
        "from {name} to all participants:\t2:0{n} PM\n{text}",
        "{name} to Everyone (14:0{n} PM): {text}",
        "[14:0{n}] {name}\n{text}",
        "{name} 14:0{n}\n{text}",
        "{name} (14:0{n}): {text}",
        "{name} 14:0{n} PM: {text}",
        "14:0{n} {name}: {text}",
        "15/04/2021, 14:0{n} - {name}: {text}",
        "<{name}> {text}",
        "[14:0{n}] <{name}> {text}",
        "**{name}** {text}\n",
        "**{name}:** {text}\n",
        "{name}:\n{text}\n",
        "{name} says: {text}",
        "{name} - {text}",
        "{name} :{text}",
        "{name}: {text} (14:0{n})",
    ],
)
def test_chats_of_many_programs_tell_who_said_what(form: str) -> None:
    chat = "\n".join(form.format(name=name, text=text, n=n) for n, (name, text) in enumerate(SPOKEN))
    record = session(f"Facilitator: Orla Sandpiper, Analyst, Ministry of Reefs\n\nChat:\n\n{chat}")
    assert [(message.author, message.text) for message in record.messages] == SPOKEN
    assert codes(record) == []


def test_a_dash_in_names_and_a_colon_behind_them() -> None:
    chat = "\n".join(
        f"Wilma Grinagen - Min. of Fish: {text}"
        for text in ("hello", "How many boats?", "And nets?", "thanks")
    )
    authors = {message.author for message in session(f"Chat:\n\n{chat}").messages}
    assert authors == {"Wilma Grinagen - Min. of Fish"}


# Documents broken and dressed by programs


def test_lines_that_only_the_width_of_a_page_parts_are_joined() -> None:
    lines = [
        "Facilitator: Orla Sandpiper, Specialist for data, Sample Institute for Open Government of the Coast",
        "Objective: to follow a commitment from its adoption to its last milestone and to ask for what is missing",
        "Biographies:",
        "- Orla Sandpiper: Orla leads a team of four that counts boats along the coast. She taught before.",
    ]
    text = "\n".join("\n".join(textwrap.wrap(line, 78)) for line in lines)
    record = session(text, "record.txt")
    (person,) = record.people
    assert person.affiliation == "Sample Institute for Open Government of the Coast"
    assert (
        person.biography == "Orla leads a team of four that counts boats along the coast. She taught before."
    )
    assert record.objective.endswith("milestone and to ask for what is missing")
    assert codes(record) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://www.google.com/url?q=https://data.example.org/plan&sa=D&source=editors&ust=1",
        "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fdata.example.org%2Fplan&data=05%7Cana%40example.net",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fdata.example.org%2Fplan&h=AT0",
    ],
)
def test_a_link_is_the_one_behind_what_a_program_put_round_it(address: str) -> None:
    assert [link.url for link in session(f"Links shared:\n\n- {address}").links] == [
        "https://data.example.org/plan"
    ]


@pytest.mark.parametrize("sign", [" – ", " - "])
def test_a_dash_behind_every_label_marks_them_all(sign: str) -> None:
    record = record_of(
        f"Webinar 2: Open books\nDate{sign}14 May 2020, 10:30 AM\nVenue{sign}Reef Hall, Belize City\n"
        f"Objective{sign}To read a budget together\nFacilitator{sign}Orla Sandpiper, Analyst, Ministry of Reefs\n"
    )
    assert presented(record) == [("facilitator", "Orla Sandpiper", "Analyst", "Ministry of Reefs")]
    assert codes(record) == []


def test_a_number_said_twice_is_one() -> None:
    record = record_of(
        "# Webinar 2 – Open books\n\n## 1. Session number\n\n2\n\n## 2. Date\n\n14 May 2020, 10:30\n"
    )
    assert (record.number, codes(record)) == (2, [])


def test_accounts_named_by_their_network_are_social_media_wherever_they_stand() -> None:
    page = (
        "<h1>Webinar 2: Open books</h1><dl><dt>Date</dt><dd>14 May 2020, 10:30</dd><dt>Links shared</dt>"
        "<dd>https://data.example.org/plan</dd><dt>Facebook</dt><dd>https://www.facebook.com/SampleForum</dd></dl>"
    )
    assert [(link.kind, link.title) for link in record_of(page, "record.html").links] == [
        ("shared", ""),
        ("social_media", "Facebook"),
    ]


# What stands round a record, and beside its lines


def test_a_place_below_the_date_is_the_venue_and_no_line_is_lost() -> None:
    record = record_of(
        "Open Books Series\nWebinar No. 3\nBUDGETS THAT PEOPLE CAN READ\nFriday 21st May, 2021\n9:30 am to 11:00 am\n"
        "Lagoon Learning Centre\nSan Ignacio Town\n",
        "record.txt",
    )
    assert (record.venue_name, record.locality, record.district) == (
        "Lagoon Learning Centre",
        "San Ignacio",
        "BZ-CY",
    )
    assert codes(record) == []


def test_a_line_beside_a_date_in_one_paragraph_is_told_where_it_is_nothing() -> None:
    record = record_of(
        "# Webinar 3: Open books\n\nFriday 21 May 2021, 9:30 am to 11:00 am\nBring a pencil and a copy of the budget\n"
    )
    assert [(problem.code, problem.place) for problem in record.problems] == [("unplaced-line", "line 4")]


def test_series_place_and_date_on_one_line_with_points() -> None:
    record = record_of(
        "# Webinar 3: Open books\n\n*Open Books series* · 21 May 2021 · 9:30 am – 11:00 am · Reef Hall, Dangriga\n"
    )
    assert (record.series, record.venue_name, record.locality) == (
        "Open Books series",
        "Reef Hall",
        "Dangriga",
    )
    assert codes(record) == []


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


def test_what_belongs_to_a_mail_is_left_out() -> None:
    record = record_of(
        "From: Petra Kingfisher <petra.k@example.net>\nSent: Monday, May 3, 2021 10:14 AM\nTo: All\n"
        "Subject: FW: Webinar 3: Open books\n\nDate: 14 May 2020, 10:30 AM\nVenue: Reef Hall, Dangriga\n\n"
        "--\nPetra Kingfisher\nReef School | 622-4455\n",
        "record.txt",
    )
    assert (record.number, record.title, str(record.start)[:10]) == (3, "Open books", "2020-05-14")
    assert (record.introduction, record.people) == ("", [])
    assert codes(record) == ["mail-left-out"]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (
            "# Webinar 3: Open books\n\n~~Date: 21 May 2021, 9:30~~\n\nNew date: 28 May 2021, 9:30\n",
            "record.md",
        ),
        (
            "<h1>Webinar 3: Open books</h1><p><s>Date: 21 May 2021, 9:30</s></p><p>New date: 28 May 2021, 9:30</p>",
            "record.html",
        ),
    ],
)
def test_what_is_struck_out_is_not_read(text: str, file: str) -> None:
    record = record_of(text, file)
    assert (str(record.start)[:10], codes(record)) == ("2021-05-28", [])


def test_an_agenda_is_told_and_gives_no_date() -> None:
    record = session(
        "| Time | Item | Who |\n|---|---|---|\n| 9:30 | Welcome | Petra Kingfisher |\n| 9:40 | Budgets | Ana Coral |"
    )
    assert (str(record.start), record.people) == ("2020-05-14 10:30:00-06:00", [])
    assert [(problem.code, problem.place) for problem in record.problems] == [
        ("unplaced-line", "table 1, row 1")
    ]


@pytest.mark.parametrize(
    ("line", "number", "series"),
    [
        ('Tercera sesión del ciclo "Cuentas claras"', 3, "Cuentas claras"),
        ("Second webinar of the Open Books series", 2, "Open Books series"),
    ],
)
def test_a_session_counted_within_its_series(line: str, number: int, series: str) -> None:
    record = record_of(f"{line}\n\nTema: Cómo se lee un presupuesto\nFecha: 14 de mayo de 2020, 10:30\n")
    assert (record.number, record.series, record.title) == (number, series, "Cómo se lee un presupuesto")


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
    ("sentence", "venue", "locality", "mode"),
    [
        (
            "You are invited to a talk on Friday, 21 May 2021 from 9:30 a.m. to 11:00 a.m. at the Lagoon Learning"
            " Centre in San Ignacio, and online.",
            "Lagoon Learning Centre",
            "San Ignacio",
            "hybrid",
        ),
        (
            "La sesión se realizará el viernes 21 de mayo de 2021 de 9:30 a 11:00 en la Casa del Mar, Corozal, para"
            " quienes quieran leer un presupuesto.",
            "Casa del Mar",
            "Corozal Town",
            "",
        ),
        (
            "The session takes place on Friday 21 May 2021 at 9:30 a.m. and all may come to it as they please.",
            "",
            "",
            "",
        ),
    ],
)
def test_date_and_place_in_a_sentence_of_an_invitation(
    sentence: str, venue: str, locality: str, mode: str
) -> None:
    record = record_of(f"Webinar 3: Open books\n\n{sentence}\n", "record.txt")
    assert str(record.start) == "2021-05-21 09:30:00-06:00"
    assert (record.venue_name, record.locality, record.mode) == (venue, locality, mode)


# Names


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


# Titles


@pytest.mark.parametrize(
    ("line", "number", "title", "series"),
    [
        ("Sesión n.º 5: El agua", 5, "El agua", ""),
        ("Lunch Talk 9: Complaints", 9, "Complaints", ""),
        ("Learning Hub #12 | Owners", 12, "Owners", ""),
        (
            "Minutes of Webinar 7 – Coastal Data Series 2024",
            7,
            "Who owns the beach?",
            "Coastal Data Series 2024",
        ),
        ("Acta de la sesión 3: Mapas", 3, "Mapas", ""),
    ],
)
def test_numbered_titles_in_other_words(line: str, number: int, title: str, series: str) -> None:
    record = record_of(f"{line}\n\nTopic: Who owns the beach?\n\nDate: 14 May 2020, 10:30 AM\n")
    assert (record.number, record.title, record.series) == (number, title, series)


def test_a_title_that_only_says_what_kind_of_document_it_is_is_none() -> None:
    record = record_of("---\ntitle: Minutes\n---\n\nTopic: Who owns the beach?\n\n14 May 2020, 10:30 AM\n")
    assert record.title == "Who owns the beach?"


# Links


def test_what_a_link_within_a_sentence_leads_to_is_kept() -> None:
    record = session(
        "Objective: Read [the atlas](https://atlas.example.org/) and see [the slides](https://e.example.org/a) of"
        " [Ana Coral](https://ana.example.org/).\n\nVenue: Reef Hall, Belmopan, and [YouTube Live](https://www.youtube.com/live/a)"
    )
    assert [(link.title, link.url) for link in record.links] == [("the atlas", "https://atlas.example.org/")]
    assert [(one.kind, one.url) for one in record.materials] == [
        ("presentation", "https://e.example.org/a"),
        ("video", "https://www.youtube.com/live/a"),
    ]
    assert (record.venue_name, record.mode) == ("Reef Hall", "hybrid")


def test_an_address_under_a_name_of_its_own_is_no_recording() -> None:
    record = session(
        "Recording: https://video.example.org/3\nTender portal: https://tenders.example.org/", "a.txt"
    )
    assert [one.url for one in record.materials] == ["https://video.example.org/3"]
    assert [(link.title, link.url) for link in record.links] == [
        ("Tender portal", "https://tenders.example.org/")
    ]


def test_a_link_in_a_message_is_part_of_it() -> None:
    record = session(
        "## Chat\n\nOrla Tern: see [the act](https://law.example.org/act)\n\nAna Coral: thanks\n"
    )
    assert record.messages[0].text == "see the act https://law.example.org/act"


def test_small_pictures_for_labels_are_no_words() -> None:
    record = record_of(
        "# Webinar 2: Books\n\n\N{CALENDAR} 2025-02-27 · \N{CLOCK FACE TEN OCLOCK} 10:30–11:45 · \N{PERSONAL COMPUTER} Virtual\n"
    )
    assert (record.mode, record.venue_name) == ("online", "")
    assert record.end and record.end.isoformat() == "2025-02-27T11:45:00-06:00"


# What stands round a record


def test_the_frame_of_a_web_site_is_left_out_of_a_copied_page() -> None:
    record = record_of(
        "Skip to content\nHome\nAbout\nEvents\n\nHome » Events » Session 3\n\nWebinar 2: Open books\nPosted on June 2, 2021 by admin\n\n"
        "Date: 14 May 2020, 10:30 AM\n\nChat:\nOrla Tern: Is it open?\nAna Coral: Yes, every day\nOrla Tern: Thanks\n\n"
        "Share this:\nFacebook\n\n2 Comments\nWilmot Quill says:\nWill there be one on salaries?\nLeave a Reply\n",
        "page.txt",
    )
    assert (record.title, record.introduction) == ("Open books", "")
    assert [message.text for message in record.messages] == ["Is it open?", "Yes, every day", "Thanks"]
    assert set(codes(record)) == {"beside-main-content"}


def test_what_passes_a_mail_on_is_left_out_and_its_names_are_known_to_the_screen() -> None:
    record = record_of(
        "From: Rosalind Cutlass <rc@example.org>\nTo: Documentation\nSubject: FW: Record of session 2, Open Justice Series (please publish)\n\n"
        "Dear Faustino,\n\nplease find the record below.\n\nBest,\nRosalind\n\n---------- Forwarded message ---------\n\n"
        "Session 2: What a judgment tells\n\nDate: 14 May 2020, 10:30 AM\n",
        "mail.txt",
    )
    assert (record.title, record.number, record.series) == ("What a judgment tells", 2, "Open Justice Series")
    assert (record.introduction, codes(record)) == ("", ["mail-left-out"])
    assert record.others == ["Rosalind Cutlass"]


def test_an_agenda_without_times_is_no_objective() -> None:
    record = session("Objective\n\nCount boats.\n\nAgenda\n\nWelcome\n\nTalk", "a.txt")
    assert (record.objective, codes(record)) == ("Count boats.", ["unplaced-line"] * 3)


def test_the_files_of_a_mail_saved_as_text_are_told_once_and_not_read() -> None:
    attached = "\n".join(
        "JVBERi0xLjQKJcfsj6IKNSAwIG9iago8PC9MZW5ndGggNiAwIFIvRmlsdGVyIC9GbGF0ZURlY29kZT4+"[:76]
        for _ in range(5_000)
    )
    record = session(
        f"Chat:\nOrla Tern: Is it open?\nAna Coral: Yes, every day\nOrla Tern: Thanks\n\n{attached}\n",
        "mail.txt",
    )
    assert [message.text for message in record.messages] == ["Is it open?", "Yes, every day", "Thanks"]
    assert codes(record) == ["line-too-long"]


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


def test_saint_in_a_venue_and_a_date_with_its_place() -> None:
    record = record_of(
        "Actividad: Taller 4 «Datos del agua»\n\nFecha y lugar: 14 de mayo de 2020, 14h30 a 16h00, Escuela St. Ignatius, Belmopán\n"
    )
    assert (record.number, record.title) == (4, "Datos del agua")
    assert (record.venue_name, record.locality) == ("Escuela St. Ignatius", "Belmopan")
    assert record.end and record.end.isoformat() == "2020-05-14T16:00:00-06:00"


def test_a_group_chat_with_numbers_for_names_and_notices() -> None:
    record = session(
        "Chat\n\n[08/11/2023, 17:35:41] ~ Orla Tern: Is it counted?\n[08/11/2023, 17:36:20] Ana Coral: It is weighed\n"
        "[08/11/2023, 17:40:00] +501 623-4455: Can fishers see it?\n[08/11/2023, 17:42:12] Orla Tern: This message was deleted.\n"
        "Messages and calls are end-to-end encrypted.\n",
        "a.txt",
    )
    assert [(message.author, message.text) for message in record.messages] == [
        ("~ Orla Tern", "Is it counted?"),
        ("Ana Coral", "It is weighed"),
        ("+501 623-4455", "Can fishers see it?"),
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


def test_a_recording_below_a_chat_is_no_message() -> None:
    record = session(
        "Chat:\nOrla Tern: Is it open?\nAna Coral: Yes, every day\nOrla Tern: Thanks\n\nRecording: https://video.example.org/3\n",
        "a.txt",
    )
    assert [message.text for message in record.messages] == ["Is it open?", "Yes, every day", "Thanks"]
    assert [(one.kind, one.url) for one in record.materials] == [("video", "https://video.example.org/3")]


def test_an_item_that_names_nobody_is_no_office_of_the_item_above() -> None:
    record = session(
        "Speakers\n\n- Ana Coral, Analyst, Reef Agency\n- the diver of the year\n- Orla Tern, Director\n"
    )
    assert presented(record) == [
        ("speaker", "Ana Coral", "Analyst", "Reef Agency"),
        ("speaker", "Orla Tern", "Director", ""),
    ]
    assert "unplaced-line" in codes(record)


def test_a_mode_before_the_venue_and_a_meeting_behind_the_town() -> None:
    record = record_of(
        "# Webinar 2: Books\n\n14 May 2020 · 14:00–15:30 · Hybrid: Reef Theatre, Belize City & Zoom\n"
    )
    assert (record.venue_name, record.locality, record.mode) == ("Reef Theatre", "Belize City", "hybrid")


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


def test_minutes_with_a_dash_before_the_title() -> None:
    record = record_of("# Minutes – Reef Clinic 14: Counting boats\n\nMinutes taken by Orla Sandpiper.\n")
    assert (record.number, record.title) == (14, "Counting boats")


def test_an_encoded_mail_is_read_and_what_signs_it_is_left_out() -> None:
    record = record_of(
        "From: Orla Sandpiper <orla@example.org>\nTo: wilmot@example.org\n"
        "Subject: =?utf-8?Q?Webinar_4:_Boats_=E2=80=93_nets?=\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        "Webinar 4: Boats =E2=80=93 nets\n\nSpeaker: Mar=C3=ADa Coral, Director, Ministry of =\nReefs\n\n"
        "Objective: To count.\n\nBest regards,\nOrla\n+501 620-0103\n",
        "mail.txt",
    )
    assert (record.number, record.title, record.objective) == (4, "Boats – nets", "To count.")
    assert presented(record) == [("speaker", "María Coral", "Director", "Ministry of Reefs")]


def test_what_is_noted_behind_a_name_is_no_office() -> None:
    record = record_of(
        "Webinar 3: Counting boats\n\nLocal coordination: Ms. Ana Coral a@example.org and Mr. Orla Reef (no longer here)\n"
    )
    assert [(one.name, one.position, one.affiliation) for one in record.people] == [
        ("Ana Coral", "", ""),
        ("Orla Reef", "", ""),
    ]


def test_a_group_chat_without_a_label_is_a_chat_and_never_a_venue() -> None:
    chat = (
        "16/7/20 10:29 a. m. - Ana Coral: Buenos días\n16/7/20 10:31 a. m. - +501 620-0103: ¿Cuántas lanchas hay?\n"
        "16/7/20 10:33 a. m. - Ana Coral: cuarenta\n16/7/20 10:35 a. m. - Maestra Wilma: soy Wilma Reef de Corozal\n"
    )
    record = record_of(f"Webinar 8: Lanchas\n\nFecha: 16 de julio de 2020\n\n{chat}", "record.txt")
    alone = record_of(chat, "grupo.txt")
    for one in (record, alone):
        assert [message.text for message in one.messages][1:3] == ["¿Cuántas lanchas hay?", "cuarenta"]
        assert (len(one.messages), one.venue_name) == (4, "")
    assert (record.belongs, alone.belongs) == ("", "chat")


def test_a_time_behind_a_bold_name_is_no_part_of_the_message() -> None:
    record = record_of(
        "# Webinar 3: Boats\n\n### Chat\n**Ana Coral** 10:28 Good morning\n**Orla R.** 10:40 Which boats?\n"
        "**Ana Coral** 10:41 All of them\n"
    )
    assert [(one.author, one.at, one.text) for one in record.messages][1] == (
        "Orla R.",
        "10:40",
        "Which boats?",
    )


def test_a_sign_for_at_is_no_handle() -> None:
    record = record_of("Webinar 3: Boats\n\nSpeakers\n\nAna Coral\nPresident @ Sample Federation\n")
    assert presented(record) == [("speaker", "Ana Coral", "President", "Sample Federation")]
