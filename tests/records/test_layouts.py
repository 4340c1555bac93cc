"""Titles, dates, places and labels in the layouts of other offices."""

from __future__ import annotations

import pytest

from .layouts import codes, presented, record_of


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
    ("line", "number", "series"),
    [
        ('Tercera sesión del ciclo "Cuentas claras"', 3, "Cuentas claras"),
        ("Second webinar of the Open Books series", 2, "Open Books series"),
    ],
)
def test_a_session_counted_within_its_series(line: str, number: int, series: str) -> None:
    record = record_of(f"{line}\n\nTema: Cómo se lee un presupuesto\nFecha: 14 de mayo de 2020, 10:30\n")
    assert (record.number, record.series, record.title) == (number, series, "Cómo se lee un presupuesto")


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


def test_small_pictures_for_labels_are_no_words() -> None:
    record = record_of(
        "# Webinar 2: Books\n\n\N{CALENDAR} 2025-02-27 · \N{CLOCK FACE TEN OCLOCK} 10:30–11:45 · \N{PERSONAL COMPUTER} Virtual\n"
    )
    assert (record.mode, record.venue_name) == ("online", "")
    assert record.end and record.end.isoformat() == "2025-02-27T11:45:00-06:00"


def test_saint_in_a_venue_and_a_date_with_its_place() -> None:
    record = record_of(
        "Actividad: Taller 4 «Datos del agua»\n\nFecha y lugar: 14 de mayo de 2020, 14h30 a 16h00, Escuela St. Ignatius, Belmopán\n"
    )
    assert (record.number, record.title) == (4, "Datos del agua")
    assert (record.venue_name, record.locality) == ("Escuela St. Ignatius", "Belmopan")
    assert record.end and record.end.isoformat() == "2020-05-14T16:00:00-06:00"


def test_a_mode_before_the_venue_and_a_meeting_behind_the_town() -> None:
    record = record_of(
        "# Webinar 2: Books\n\n14 May 2020 · 14:00–15:30 · Hybrid: Reef Theatre, Belize City & Zoom\n"
    )
    assert (record.venue_name, record.locality, record.mode) == ("Reef Theatre", "Belize City", "hybrid")


def test_minutes_with_a_dash_before_the_title() -> None:
    record = record_of("# Minutes – Reef Clinic 14: Counting boats\n\nMinutes taken by Orla Sandpiper.\n")
    assert (record.number, record.title) == (14, "Counting boats")


def test_a_series_below_the_number_is_no_title() -> None:
    record = record_of(
        "MEMORIA DEL TERCER SEMINARIO WEB\nSerie «Cuentas Claras»\n\nTema: El plan\nFecha: 13 de febrero de 2020\n",
        "a.txt",
    )
    assert (record.number, record.title) == (3, "El plan")


def test_labels_in_two_languages() -> None:
    record = record_of(
        "# Webinar 5: Contracts\n\n**Date / Fecha:** 14 May 2020, 10:30\n\n**Speaker / Ponente:** Ana Coral, Analyst,"
        " Reef Agency\n\n**Objective / Objetivo:** To read one. / Leer uno.\n\n**Rapporteur / Relatora:** Shauna Quillfin\n"
    )
    assert presented(record) == [("speaker", "Ana Coral", "Analyst", "Reef Agency")]
    assert (record.objective, record.language) == ("To read one. / Leer uno.", "en")
    assert "Quillfin" not in repr(record)


@pytest.mark.parametrize(
    ("line", "venue", "mode"),
    [
        ("14 May 2020 | 10:30–12:00 | Reef Hall, Belize City | Hybrid", "Reef Hall", "hybrid"),
        ("Held Thursday, May 14, 2020, 10:30am-12:00pm at the Reef Hall, Belize City", "Reef Hall", ""),
        ("Held on 14 May 2020 at 10:30 A.M. in the Reef Hall, Belize City", "Reef Hall", ""),
        ("Date: 14 May 2020, 10:30\nVenue: Reef Dept. room, Belize City", "Reef Dept. room", ""),
    ],
)
def test_what_stands_before_and_behind_a_venue(line: str, venue: str, mode: str) -> None:
    record = record_of(f"Recap: Webinar 2 – Boats\n\n{line}\n")
    assert (record.number, record.title) == (2, "Boats")
    assert (str(record.start)[:16], record.venue_name, record.mode) == ("2020-05-14 10:30", venue, mode)


def test_a_flyer_with_a_picture_before_each_label() -> None:
    flyer = (
        "📢 WEBINAR 23: Open fields\n📅 Date: 22 October 2020\n🕥 Time: 10:30 AM – 12:00 PM\n📍 Venue: Zoom\n"
        "🎤 Speaker: Orla Sandpiper, Farmer, Field Office\n👤 Note taker: Shauna Quillfin\n"
    )
    record = record_of(flyer, "flyer.txt")
    assert (record.number, record.title, record.mode) == (23, "Open fields", "online")
    assert record.start and record.start.isoformat() == "2020-10-22T10:30:00-06:00"
    assert [person.name for person in record.people] == ["Orla Sandpiper"]
    assert "Quillfin" not in repr(record)
