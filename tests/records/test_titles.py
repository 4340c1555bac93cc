"""Numbers and series in titles, as calendars, feeds and video sites write them."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records import facts, titles
from ckanext.opengovbelize.records.session import SessionRecord

from .layouts import record_of


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Counting boats | Webinar 3 | Open River Series", (3, "Counting boats", "Open River Series")),
        ("Open River Series | Counting boats | Webinar 3", (3, "Counting boats", "Open River Series")),
        ("Counting boats - Webinar 3", (3, "Counting boats", "")),
        ("Counting boats – Session 3 – Open River Series", (3, "Counting boats", "Open River Series")),
        ("Open Mapping Series #3: Roads", (3, "Roads", "Open Mapping Series")),
        ("Serie Agua Abierta | Pozos | Webinario 2", (2, "Pozos", "Serie Agua Abierta")),
        ("Open River Series Webinar 3: Boats", (3, "Boats", "Open River Series")),
        # Sessions of a conference, each with numbers of its own.
        ("Fisheries – Session 2", (None, "Fisheries – Session 2", "")),
        (
            "Before and after: Webinar 3 and Webinar 4 | A look back",
            (None, "Before and after: Webinar 3 and Webinar 4 | A look back", ""),
        ),
        ("A - B", (None, "A - B", "")),
    ],
)
def test_number_title_and_series(stated: str, expected: tuple[int | None, str, str]) -> None:
    record = SessionRecord("")
    facts.title(record, stated)
    assert (record.number, record.title, record.series) == expected


@pytest.mark.parametrize(
    ("stated", "number"),
    [
        ("Open Government Program Webinar 4 - Reef health (full recording)", 4),
        ("Grabación del Webinario 2, completa", 2),
        ("Webinar 3 and Webinar 4 in short", None),
        ("Our webinars of 2024", None),
        ("Highlights of webinars 1 to 3", None),
        ("Best of webinars 2, 3 and 4", None),
    ],
)
def test_the_only_number_that_a_text_names(stated: str, number: int | None) -> None:
    assert titles.number_within(stated) == number


@pytest.mark.parametrize(
    ("title", "status", "invented"),
    [
        ("[Invented] Webinar 3: Counting boats", "", True),
        ("(Draft) Webinar 3: Counting boats", "", False),
        ("[CANCELLED] Webinar 3: Counting boats", "cancelled", False),
        ("[Pospuesto] Seminario web 3: Counting boats", "postponed", False),
    ],
)
def test_a_mark_in_brackets_is_no_part_of_a_title(title: str, status: str, *, invented: bool) -> None:
    record = record_of(f"# {title}\n\nDate: 7 May 2024, 10:30\n")
    assert (record.number, record.title) == (3, "Counting boats")
    assert (record.status, record.invented) == (status, invented)


def test_other_brackets_stay_where_they_are() -> None:
    record = record_of("# [Reef] Counting boats\n\nDate: 7 May 2024, 10:30\n")
    assert record.title == "[Reef] Counting boats"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Ministry invites all to the 5th webinar of the River Data series", (5, "River Data series")),
        ("We hold webinar 3 of the River Data Series 2024 on Thursday", (3, "River Data Series 2024")),
        ("El tercer seminario web del ciclo «Datos del río»", (3, "Datos del río")),
        ("The Trust holds the third webinar of its series", (None, "")),
        ("A series of maps", (None, "")),
    ],
)
def test_number_and_series_within_a_sentence(sentence: str, expected: tuple[int | None, str]) -> None:
    assert titles.of_series(sentence) == expected


def test_a_heading_below_the_number_is_the_title() -> None:
    record = record_of("# Webinar 3\n\n## Counting boats\n\nDate: 7 May 2024, 10:30\n\n## Books\n\nA list.\n")
    assert (record.number, record.title) == (3, "Counting boats")


def test_the_series_below_front_matter_that_holds_the_title() -> None:
    record = record_of(
        "---\ntitle: 'Webinar 3: Counting boats'\ndate: 2024-05-07 10:30\n---\n\n# River Data Series 2024\n\n## Other series\n"
    )
    assert (record.number, record.title, record.series) == (3, "Counting boats", "River Data Series 2024")


@pytest.mark.parametrize("note", ["POSTPONED", "(postponed)", "Aplazado"])
def test_a_number_that_is_only_said_to_be_postponed_has_its_title_below(note: str) -> None:
    record = record_of(
        f'WEBINAR FOUR - {note}\n\n"Counting boats"\n\n13 August 2026, 10:30 AM\n', "record.txt"
    )
    assert (record.number, record.title, record.status) == (4, "Counting boats", "postponed")
