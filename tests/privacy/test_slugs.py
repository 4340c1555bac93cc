"""Addresses and names of files that name somebody, and those that only look so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ckanext.opengovbelize.records.drafts import Draft
from ckanext.opengovbelize.records.problems import Problem
from ckanext.opengovbelize.records.session import Link


def links(draft: Draft) -> list[str]:
    return [link["url"] for link in draft.fields.get("links", [])]


@pytest.mark.parametrize(
    "path",
    [
        "recordings/john-reedbank-notes",
        "notes-by-dawn-bridges.pdf",
        "files/MariaReedbankSpeech.docx",
        "form?who=Maria+Reedbank",
        "users/mreedbank1987/folder",
        "author/reedbank",
        "john.reedbank",
        "attendee/Orla-Kingfisher",
        "people/cliff-harbour",
        "team/amparo-laguna/",
        "staff/dquillfin",
        "cv/cliff-harbour.pdf",
        "profile?name=Dorla%20Quillfin",
        "audio/basil-ferry.mp3",
    ],
)
def test_an_address_that_names_somebody_is_left_out(screened: Callable[..., Draft], path: str) -> None:
    assert links(screened(links=[Link("shared", f"https://data.example.org/{path}", "Notes")])) == []


@pytest.mark.parametrize(
    "path",
    [
        "solana-reedwater-slides.pdf",
        "san-pedro-town-council/spanish-lookout-market.pdf",
        "george-price-centre-for-peace",
        "user/guide",
        "users/sign_in",
        "profile/belize",
        "drive/u/0/folders/1aBcDeFgMariaJkLm",
        "transparencia-y-acceso-a-la-informacion",
        "nelson-mandela-day",
        "amber-alert",
        "mercy-kitchen",
        "marco-legal",
        "people/solana-reedwater",
        "people/first-nations",
        "team/communications",
        "team/undp-belize",
        "participants/ckan",
        "will-rain",
        "mark-best",
        "crystal-ball",
        "staff/handbook.pdf",
        "participants/how-to-join",
        "victoria-harbour",
    ],
)
def test_an_address_of_a_thing_or_a_public_person_stays(screened: Callable[..., Draft], path: str) -> None:
    url = f"https://data.example.org/{path}"
    assert links(screened(links=[Link("shared", url, "Notes")])) == [url]


@pytest.mark.parametrize(
    ("file", "label"),
    [
        ("dawn-bridges-notes.md", "record.md"),
        ("MariaReedbank.docx", "record.docx"),
        ("Notas de Orlena Bridges.txt", "record.txt"),
        ("open-budgets-of-san-pedro.md", "open-budgets-of-san-pedro.md"),
    ],
)
def test_a_files_name_that_names_somebody_is_not_told(
    screened: Callable[..., Draft], file: str, label: str
) -> None:
    assert screened(file=file).file == label


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("sheet Dawn Bridges", "sheet [withheld]"),
        ("Maria Reedbank, row 2", "[withheld], row 2"),
        ("sheet May", "sheet May"),
    ],
)
def test_a_sheet_that_is_called_after_somebody_is_not_told(
    screened: Callable[..., Draft], place: str, told: str
) -> None:
    draft = screened(place=place, problems=[Problem("sheet-unknown", "Left out.", place=place)])
    assert (draft.place, draft.problems[0].place) == (told, told)
