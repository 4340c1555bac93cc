"""Addresses, accounts, names of files and titles of links that name somebody, and those that only look so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ckanext.opengovbelize.privacy.dictionary import is_ordinary, is_proper
from ckanext.opengovbelize.privacy.slugs import everyday_names, is_everyday_name, run_together, said_in
from ckanext.opengovbelize.privacy.vocabulary import phrases, word_set
from ckanext.opengovbelize.records.drafts import Draft
from ckanext.opengovbelize.records.problems import Problem
from ckanext.opengovbelize.records.session import Link
from hypothesis import assume, given
from hypothesis import strategies as st


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
        "cliff-harbour-talk.mp4",
        "files/BasilFerry-slides.pptx",
        "consuelo_puentes_charla_2020.mp3",
        "d/amparo.laguna/minutes.docx",
        "cv-basil-ferry.pdf",
        "users/anacoral2020",
        "equipo/ana",
        "team/jreed",
        "staff/ferry",
        "people/basil",
        "ferry-basil-slides.pdf",
        "files/Keisha-Penner.pdf",
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
        "victoria-bridge-slides.pdf",
        "coral-bleaching-talk.mp4",
        "grant-thornton-audit-2023.pdf",
        "equipo/cidh",
        "users/opendata2020",
        "people/census2022",
        "staff/ferry-timetable",
        "staff/north",
        "team/harbour",
        "people/rice",
        "team/victoria",
        "harbour/ferry",
        "boats/ferry-harbour.csv",
        "bridge-pearl-works.pdf",
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


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Cliff Harbour", "[withheld]"),
        ("Maya Pond", "[withheld]"),
        ("Slides - Basil Ferry", "Slides - [withheld]"),
        ("Amparo Laguna (recording)", "[withheld] (recording)"),
        ("PRESENTATION OF CLIFF HARBOUR", "PRESENTATION OF [withheld]"),
        ("Basil Ferry's video", "[withheld]'s video"),
        ("Basil Ferry on budgets", "[withheld] on budgets"),
        ("Ferry, Basil", "[withheld]"),
        ("Talk: Nettle, Penny (draft)", "Talk: [withheld] (draft)"),
        *(
            (title, title)
            for title in (
                "Victoria Harbour",
                "Pearl Bridge",
                "Crystal Waters",
                "Olive Branch",
                "Maya Mountains",
                "Sandy Rivers map",
                "Slides - Harbour Works",
                "Grant Thornton audit 2023",
                "Crystal Lake, Sandy Banks",
                "Pearl Bridge on maps",
                "Rice, Beans",
                "Video: Coral Bleaching",
            )
        ),
    ],
)
def test_a_title_of_a_link_that_is_nothing_but_a_name_is_masked(
    screened: Callable[..., Draft], title: str, shown: str
) -> None:
    draft = screened(links=[Link("shared", "https://data.example.org/1", title)])
    assert [link["title"] for link in draft.fields["links"]] == [shown]


_LAST = word_set("doubtful_family_names") - word_set("things") - word_set("everyday")


@given(
    st.sampled_from(sorted(word_set("everyday_given_names"))),
    st.sampled_from(sorted(_LAST)),
    st.sampled_from(["{}", "Slides - {}", "{} (2020)", "Video: {}", "Talk by {}"]),
)
def test_any_name_of_everyday_words_is_seen_in_a_title_and_in_a_files_name(
    first: str, last: str, form: str
) -> None:
    assume(f"{first} {last}" not in phrases("everyday_phrases"))
    name = f"{first} {last}".title()
    title = form.format(name)
    assert [title[start:end] for start, end in everyday_names(title)] == [name]
    assert is_everyday_name(said_in(f"{title}.pdf"))


@given(
    st.sampled_from(sorted(word_set("given_names"))),
    st.sampled_from(sorted(word_set("family_names"))),
    st.integers(1, 9999),
)
def test_a_name_and_a_number_run_together_are_an_account(first: str, last: str, number: int) -> None:
    assume(first not in word_set("place_given_names"))
    assume(len(first) > 2 and len(last) > 2 and not (is_ordinary(first + last) or is_proper(first + last)))
    account = f"{first}{last}{number}"
    text = f"the maps are shared by {account} every month"
    assert [text[start:end] for start, end in run_together(text)] == [account]


@pytest.mark.parametrize("text", ["budget2021 and table2022", "covid2019", "grantmoney2020", "opendata2020"])
def test_other_words_with_a_number_are_no_account(text: str) -> None:
    assert list(run_together(text)) == []


def test_an_account_is_masked_in_any_text(screened: Callable[..., Draft]) -> None:
    draft = screened(introduction="Follow pennymeadows77 for the maps.", file="pennymeadows77.md")
    assert draft.fields["notes"] == "Follow [withheld] for the maps."
    assert draft.file == "record.md"
