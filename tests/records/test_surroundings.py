"""What stands round a record or within its lines: mails, web sites, ways into a meeting, links."""

from __future__ import annotations

import textwrap

import pytest

from .layouts import codes, presented, record_of, session

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


def test_accounts_named_by_their_network_are_social_media_wherever_they_stand() -> None:
    page = (
        "<h1>Webinar 2: Open books</h1><dl><dt>Date</dt><dd>14 May 2020, 10:30</dd><dt>Links shared</dt>"
        "<dd>https://data.example.org/plan</dd><dt>Facebook</dt><dd>https://www.facebook.com/SampleForum</dd></dl>"
    )
    assert [(link.kind, link.title) for link in record_of(page, "record.html").links] == [
        ("shared", ""),
        ("social_media", "Facebook"),
    ]


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


def test_the_archive_of_a_mailing_list_names_no_sender_and_its_stars_are_bold_text() -> None:
    record = record_of(
        "Petra Kingfisher petrak at example.net\nTue Jan 7 22:59:25 UTC 2014\n\n*Introducing open books*\n\n"
        "*Thursday, January 16, 2014 10:00 - 11:30 AM*\n\n*Presenters*\n\n*Orla Sandpiper*\nDirector, Reef Office\n",
        "record.txt",
    )
    assert (record.title, str(record.start)[:16]) == ("Introducing open books", "2014-01-16 10:00")
    assert [(person.role, person.name, person.position) for person in record.people] == [
        ("speaker", "Orla Sandpiper", "Director")
    ]
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


@pytest.mark.parametrize(
    "caption",
    [
        "Photo: Shauna Quillfin asks about the list.",
        "Photo credit: Shauna Quillfin",
        "Fotografía 2: la maestra Shauna Quillfin",
        "De izquierda a derecha: Orla Sandpiper y Shauna Quillfin.",
    ],
)
def test_whom_a_picture_shows_has_no_role(caption: str) -> None:
    page = (
        "<h1>Webinar 2: Open books</h1><p>Date: 14 May 2020, 10:30</p><p>Host: Orla Sandpiper</p>"
        f"<figure><img src='a.jpg'><figcaption>{caption.partition(': ')[2] or caption}</figcaption></figure>"
    )
    for record in (session(f"Host: Orla Sandpiper\n\n{caption}"), record_of(page, "record.html")):
        assert "Quillfin" not in repr(record)
        assert codes(record) == ["beside-main-content"]


def test_a_picture_leads_to_slides_and_video_but_to_nobodys_page() -> None:
    caption = (
        "Shauna Quillfin with <a href='https://example.org/5'>her slides</a> and <a href='https://youtu.be/5'>Shauna</a>."
        " Photo: <a href='https://pictures.example.org/quillfin'>the photographer</a>, <a href='/5.pptx'>more slides</a>"
    )
    page = f"<h1>Webinar 2: Open books</h1><p>Date: 14 May 2020, 10:30</p><figure><figcaption>{caption}</figcaption></figure>"
    record = record_of(page, "record.html")
    assert [(one.kind, one.title, one.url) for one in record.materials] == [
        ("presentation", "Presentation", "https://example.org/5"),
        ("video", "Video", "https://youtu.be/5"),
    ]
    assert not record.links
    assert not any(word in repr(record) for word in ("Quillfin", "Shauna", "photographer"))


def test_a_page_of_photographs_is_a_link() -> None:
    record = session("Links shared:\nPhotos: https://pictures.example.org/2", "record.txt")
    assert [link.url for link in record.links] == ["https://pictures.example.org/2"]


LAW = "Thanks to a law of 2019, anybody may read them."


@pytest.mark.parametrize(
    "thanks",
    [
        LAW,
        *(
            LAW.replace("a law", by)
            for by in ("Belize's law", "the Reef Office", "Caye Caulker", "Orange Walk")
        ),
    ],
)
def test_thanks_to_nobody_is_prose(thanks: str) -> None:
    told = f"Budgets of towns are public.\n\n{thanks}\n\nThis webinar shows how."
    record = session(f"## Introduction\n\n{told}")
    assert (record.introduction, codes(record)) == (told, [])


@pytest.mark.parametrize(
    "line",
    [
        "We thank Quilla Zorn for the photographs.",
        "Thanks to Quilla for the photographs.",
        "Many thanks to the Reef Office and to Quilla Zorn.",
        "Gracias a Quilla Zorn por las fotos.",
        "The minutes were taken by Quilla Zorn.",
        "We thank Quilla Zorn for the photographs\nand Quilla Reef for the notes.",
    ],
)
def test_a_statement_on_who_helped_interrupts_prose_and_is_told(line: str) -> None:
    record = session(f"## Introduction\n\nBudgets of towns are public.\n\n{line}\n\nThis webinar shows how.")
    assert record.introduction == "Budgets of towns are public.\n\nThis webinar shows how."
    assert ("Quilla" in repr(record), set(codes(record))) == (False, {"unplaced-line"})


def test_a_person_below_a_statement_in_prose_is_read() -> None:
    told = "Budgets of towns are public.\n\nWe thank Quilla Zorn for the photographs."
    record = session(f"## Introduction\n\n{told}\n\nOrla Sandpiper\nDirector, Reef Office")
    assert presented(record) == [("speaker", "Orla Sandpiper", "Director", "Reef Office")]
    assert record.introduction == "Budgets of towns are public."
