"""Announcements, invitations and press releases: sessions as programs tell of them before they are held."""

from __future__ import annotations

import io

import docx
import pytest
from ckanext.opengovbelize.records import dates
from ckanext.opengovbelize.records.reading import read

from .layouts import presented, record_of, session

ANA = ("facilitator", "Ana Coral", "", "")
ORLA = ("speaker", "Orla Reef", "Director of Fisheries", "Ministry of Tides")
TULIO = ("speaker", "Tulio Bay", "Researcher", "Reef Observatory")
NAMES = [("speaker", name, "", "") for name in ("Orla Reef", "Tulio Bay", "Wren Halcyon")]


@pytest.mark.parametrize(
    "text",
    [
        "10/Sep/2020 14:00-15:30",
        "10 September 2020, 14h00 à 15h30",
        "Thursday the 10th of September 2020, 14:00 to 15:30 (Belize)",
    ],
)
def test_further_ways_to_write_a_day(text: str) -> None:
    when = dates.read(text)
    assert (str(when.start)[:16], str(when.end)[:16]) == ("2020-09-10 14:00", "2020-09-10 15:30")


def test_hours_on_the_clock() -> None:
    assert str(dates.read("10 September 2020 at 2 o'clock in the afternoon").start)[:16] == "2020-09-10 14:00"


@pytest.mark.parametrize(
    "lines",
    [
        "# Open books\n\n## Date and time\n\nThu, September 10, 2020\n\n2:00 PM – 3:30 PM CST",
        "Thursday, 10 September 2020\n\n2:00 PM – 3:30 PM (Belize)\n\n# Open books",
        "# Open books\n\n## 10 September 2020 | 2:00 PM - 3:30 PM\n\n## Objective\n\nTo read one.",
    ],
)
def test_the_time_stands_on_a_line_of_its_own(lines: str) -> None:
    record = record_of(lines)
    assert (str(record.start)[:16], str(record.end)[:16]) == ("2020-09-10 14:00", "2020-09-10 15:30")


RELEASE = (
    "Belmopan, 8 September 2020\n\n"
    'The Trust of the Islands will hold the webinar "Open books" on Thursday, 10 September 2020, from 2:00 p.m. to'
    " 3:30 p.m. (Belize time), as part of its program.\n\n"
)


def test_the_day_of_a_press_release_is_not_that_of_the_session() -> None:
    record = record_of(f"# Trust opens the books\n\n{RELEASE}")
    assert (str(record.start)[:16], str(record.end)[:16]) == ("2020-09-10 14:00", "2020-09-10 15:30")


def test_a_deadline_is_not_the_day_of_the_session() -> None:
    record = record_of(
        "Webinar 3: Open books\n\nWe invite you to Webinar 3, which will take place on Thursday, September 10, 2020 at"
        " 10:30 a.m. at the Sample Centre, Belmopan.\n\nPlease confirm your attendance by Monday 7 September.\n"
    )
    assert str(record.start)[:16] == "2020-09-10 10:30"


def test_the_topic_of_an_invitation_is_the_numbered_title() -> None:
    record = record_of(
        "Topic: Webinar 4: Open Parliament\nTime: Sep 17, 2020 02:00 PM America/Belize\n", "a.txt"
    )
    assert (record.number, record.title) == (4, "Open Parliament")


def test_an_online_event_has_no_venue() -> None:
    record = session("## Location\n\nOnline event")
    assert (record.venue_name, record.mode) == ("", "online")


def test_languages_with_interpretation_are_both_told_once() -> None:
    assert session("Language: English, with interpretation into Spanish").languages == ["en", "es"]
    assert session("Languages: English and Spanish / inglés y español").languages == ["en", "es"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Speakers:\nOrla Reef\nTulio Bay\nWren Halcyon", NAMES),
        ("Speakers:\nOrla Reef\nTulio Bay", NAMES[:2]),
        ("Moderator: Ana Coral; Panelists: Orla Reef, Tulio Bay and Wren Halcyon", [ANA, *NAMES]),
        ("Featuring:\n\n* Orla Reef\n* Tulio Bay", NAMES[:2]),
        (
            "Opening remarks: Orla Reef, Director of Fisheries, Ministry of Tides\n"
            "Moderation – Ana Coral, Researcher, Reef Observatory",
            [ORLA, ("facilitator", "Ana Coral", "Researcher", "Reef Observatory")],
        ),
        (
            "Palabras de apertura: Orla Reef, Director of Fisheries, Ministry of Tides",
            [ORLA],
        ),
        (
            "Speakers\n\nOrla Reef is the Director of Fisheries at the Ministry of Tides. She counts boats.\n\n"
            "Tulio Bay is a Researcher at the Reef Observatory. He has written two books.",
            [ORLA, TULIO],
        ),
        (
            "Speakers\n\n**Orla Reef** – Director of Fisheries, Ministry of Tides. Orla counts boats.\n\n"
            "**Tulio Bay** – Researcher, Reef Observatory. Tulio dives.",
            [ORLA, TULIO],
        ),
        (
            "| Name | Position | Institution | Role |\n|---|---|---|---|\n"
            "| Orla Reef | Director of Fisheries | Ministry of Tides | Speaker |\n"
            "| Ana Coral | Researcher | Reef Observatory | Moderator |",
            [ORLA, ("facilitator", "Ana Coral", "Researcher", "Reef Observatory")],
        ),
        (
            "The webinar will be moderated by Ana Coral. The speakers will be Orla Reef, Director of Fisheries of the"
            " Ministry of Tides, and Tulio Bay, Researcher of the Reef Observatory.",
            [ANA, ORLA, TULIO],
        ),
        (
            "Venue: Reef Hall, Dangriga\nHosted by Orla Reef, Director of Fisheries, Ministry of Tides",
            [("host", *ORLA[1:])],
        ),
    ],
)
def test_people_as_announcements_present_them(lines: str, expected: list[tuple[str, str, str, str]]) -> None:
    record = session(lines)
    assert presented(record) == expected
    assert record.venue_name in ("", "Reef Hall")


@pytest.mark.parametrize(
    "lines",
    [
        "Speakers:\nAna Coral\nReef Watch\n\nOrla Reef\nMinistry of Tides",
        "The speakers were asked about boats by Zeno Private, and answered.",
        "Featuring:\n\n* Open data for boats\n* Tides and maps",
        "Opening remarks: ten minutes",
    ],
)
def test_what_only_looks_like_a_speaker(lines: str) -> None:
    names = [person.name for person in session(lines).people]
    assert not {"Reef Watch", "Zeno Private", "Open Data"} & set(names)
    assert names in ([], ["Ana Coral", "Orla Reef"])


def test_who_took_part_is_no_speaker_below_the_biographies() -> None:
    record = session(
        "Speakers\n\nOrla Reef is the Director of Fisheries at the Ministry of Tides. She counts boats.\n\n"
        "Zeno Private is a Teacher at the Coast School. He asked how boats are counted."
    )
    assert [person.name for person in record.people] == ["Orla Reef"]


def test_parts_of_a_word_document_that_are_items_of_its_list() -> None:
    document = docx.Document()
    document.add_paragraph("Webinar 12: Citizen audits", style="Title")
    document.add_paragraph("1 December 2020 | 2:00 PM - 3:00 PM | Reef Hall, Dangriga", style="Subtitle")
    for label, lines in (
        ("Speakers", ["Orla Reef, Director of Fisheries, Ministry of Tides"]),
        ("Objectives", ["Learn what a citizen audit is.", "Plan one."]),
    ):
        document.add_paragraph(label, style="List Number")
        for line in lines:
            document.add_paragraph(line, style="List Bullet 2")
    stream = io.BytesIO()
    document.save(stream)
    (record,) = read(stream.getvalue(), file="audits.docx")
    assert (str(record.start)[:16], record.venue_name) == ("2020-12-01 14:00", "Reef Hall")
    assert presented(record) == [ORLA]
    assert record.objective == "- Learn what a citizen audit is.\n- Plan one."


def test_items_of_an_agenda_are_no_labels() -> None:
    record = session("## What we do\n\n1. Welcome\n2. Speakers\n3. Questions\n4. Zeno Private reads a poem")
    assert (record.people, record.exchanges) == ([], [])


def test_how_one_registers_is_no_venue_and_hashtags_are_no_office() -> None:
    record = session(
        "**Where:** Online via Zoom. Register here: [Registration form](https://forms.example.org/reg)\n\n"
        "Moderator: Ana Coral, Reef Watch Trust\n\n#OpenBooks #Reefs\n"
    )
    assert (record.venue_name, record.mode) == ("", "online")
    assert [(person.name, person.position) for person in record.people] == [("Ana Coral", "")]


def test_a_series_that_stands_behind_the_number() -> None:
    record = record_of(
        "Open standards\n\nWebinar 7 of the Open Books Series\n\n19 November 2020, 9:00 AM", "a.txt"
    )
    assert (record.number, record.series) == (7, "Open Books Series")


@pytest.mark.parametrize(
    "until", [" - register by 5 May", ". Please confirm before noon", ". Confirme antes del lunes"]
)
def test_a_day_stays_that_of_the_session_where_a_deadline_follows(until: str) -> None:
    record = record_of(
        f"# Webinar 3: Boats\n\nThursday 7 May 2020, 10:00 AM{until}\n\nSpeaker: Orla Sandpiper, Director\n"
    )
    assert record.start is not None
    assert record.start.isoformat() == "2020-05-07T10:00:00-06:00"


@pytest.mark.parametrize(
    "text",
    [
        "PRESS RELEASE\n\nReef Office opens its books\n\nBelmopan, 2 May 2024 – The Reef Office will hold the third webinar"
        ' of the Reef Series, "How books open", on Tuesday, 7 May 2024 at 10:30 a.m. in the hall.\n',
        "COMUNICADO DE PRENSA\n\nLa Oficina abre sus libros\n\nBelmopán, 2 de mayo de 2024 – La Oficina realizará el tercer"
        ' seminario web de la serie "Reef Series", titulado "How books open", el martes 7 de mayo de 2024 a las 10:30 a.m.\n',
    ],
)
def test_a_press_release_announces_number_series_title_and_day(text: str) -> None:
    record = record_of(text, "release.txt")
    assert (record.number, record.series, record.title) == (3, "Reef Series", "How books open")
    assert str(record.start) == "2024-05-07 10:30:00-06:00"
    assert record.people == []


def test_an_earlier_webinar_that_a_text_mentions_gives_no_number() -> None:
    record = record_of(
        "# Counting boats\n\nDate: 7 May 2024, 10:30\n\nThe session goes on where the first webinar of the River Series ended,"
        " and shows how boats are counted along the coast.\n"
    )
    assert (record.number, record.title) == (None, "Counting boats")
