"""Numbers and series in titles, as calendars, feeds and video sites write them."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records import facts, titles
from ckanext.opengovbelize.records.session import SessionRecord


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
