"""Who is mentioned in what the organisers wrote, and what only looks like a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from ckanext.opengovbelize.privacy.known import Known
from ckanext.opengovbelize.privacy.mentions import mentioned
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.drafts import Draft
from ckanext.opengovbelize.records.session import Person, SessionRecord

from .conftest import POLICY, make_record

KNOWN = Known((frozenset({"solana", "reedwater"}),), ("vask lagoon works",))


def names(text: str, *, careful: bool = False) -> list[str]:
    return [text[start:end] for start, end in mentioned(text, KNOWN, careful=careful)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bramwell Quillfeather counted the boats.", ["Bramwell Quillfeather"]),
        ("Yesterday Ana Coral came from Belmopan.", ["Ana Coral"]),
        ("Hon. Maria Lopez, Minister of Education, will open the session.", ["Maria Lopez"]),
        ("It was the idea of Mayor Quillfeather and of Dr. Grace Young.", ["Quillfeather", "Grace Young"]),
        ("La idea es de Juan Pérez de la Cruz y de doña Petronel.", ["Juan Pérez de la Cruz", "Petronel"]),
        ("The analyst thanks Policy Director Maria Lopez of Reef College.", ["Maria Lopez"]),
        ("The Ministry of Health and Maria Lopez wrote it.", ["Maria Lopez"]),
        ("Please confirm to Wren Kingfisher (wren@example.net) by Wednesday.", ["Wren Kingfisher"]),
        ("Write to the Reef Office (office@example.net) by Wednesday.", []),
        ("A Talk With Maria Lopez on Open Government", ["Maria Lopez"]),
        ("Counting boats with BRAMWELL QUILLFEATHER", ["BRAMWELL QUILLFEATHER"]),
        ("With thanks to Carlos, who took the notes.", ["Carlos"]),
        ("Solana Quillfeather shares a given name with the speaker.", ["Solana Quillfeather"]),
        ("Contact Glycerine Ballard at glyc@example.org or 613-9090.", ["Glycerine Ballard"]),
        ("Please register with Wilbert Oarsman.", ["Wilbert Oarsman"]),
        ("Escriban a Leopoldina Tinamou.", ["Leopoldina Tinamou"]),
        ("Photo: Mercy Ballard", ["Mercy Ballard"]),
        ("Publish judgments. Coordinated by Perpetuo Fane.", ["Perpetuo Fane"]),
        ("The initiative, led by Open Ownership, publishes owners.", []),
        ("Contact Reef Hall at 613-9090.", []),
        ("Contact Tracing Apps for Towns", []),
        ("Organised with Grace Marsh", ["Grace Marsh"]),
        ("We thank Grace Marsh and Bob Current for the boats.", ["Grace Marsh", "Bob Current"]),
        ("The boats came late. Thanks to Amber Strand for the tea.", ["Amber Strand"]),
        ("Organizado con Marina Brisa y con la escuela.", ["Marina Brisa"]),
        ("Counting Boats with Ana Coral", ["Ana Coral"]),
        ("The list was organised with Open Knowledge and Reef Keepers.", []),
        ("Thanks to Belize City, Caye Caulker and Young Leaders for the halls.", []),
        ("El Marco Legal y el Amber Alert no nombran a nadie.", []),
        ("The reports are handed out by Basil Bridges.", ["Basil Bridges"]),
        ("Thanks to Amber Strand and Basil Bridges for the room.", ["Amber Strand", "Basil Bridges"]),
        (
            "The hall was full. Sign language: Misty Bridges. Apoyo: Amparo Puentes.",
            ["Misty Bridges", "Amparo Puentes"],
        ),
        ("The list is based on Clay Rivers's study.", ["Clay Rivers"]),
        ("The Amber Alert's rules and Open Ownership's guide are read by Young Leaders by June.", []),
        ("Support: Help Desk. Notes: Budget Speech. Translation: Google Translate.", []),
        ('The boats belong to Orlo "Spike" Quill.', ['Orlo "Spike" Quill']),
        ("The boats belong to W. D. Reed.", ["W. D. Reed"]),
    ],
)
def test_people_are_found(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Solana Reedwater presents; Solana María Reedwater is her full name.",
        "She studied at Laval University, the University of Sherbrooke and Universidad Rafael Landívar.",
        "The George Price Centre for Peace is near the Philip Goldson International Airport and St. John's College.",
        "The Escazú Agreement, the Sarbanes-Oxley Act and the Belize Coast Guard Service are named.",
        "Se hablará de la Ley General de Transparencia, del Acuerdo de Escazú y de Transparencia Mexicana.",
        "People of San Pedro, Altun Ha, Benque Viejo del Carmen and Orange Walk came after Hurricane Lisa.",
        "Power BI, Google Sheets and Open Data Kit are shown. The Young Diplomats of Canada went to Washington DC.",
        "La sala está en Benque Viejo del Carmen y abre a las tres.",
        "National Action Plan: Theory of Change and Next Steps for Belize",
        "Transformation to an Open Public Administration in Belize (2019-2021)",
        "The pumps come from Vask Lagoon Works.",
        "Masters and B.A. Degrees in Economics",
    ],
)
def test_institutions_places_plans_and_titles_stay(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text", ["Oxfam Intermón", "Ramada Princess", "Banquitas House of Culture", "CITO room"]
)
def test_the_name_of_a_body_or_a_venue_needs_no_dictionary(text: str) -> None:
    assert names(text, careful=True) == []


def test_a_field_for_bodies_names_no_person_either() -> None:
    assert names("Reef Trust; Maria Lopez; Ana Coral; Hon. Petronel Vask", careful=True) == [
        "Maria Lopez",
        "Ana Coral",
        "Petronel Vask",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Slides by Orlena Bridges",
        "Orlena Bridges's shop",
        "Notes of Orlena Bridges",
        "Home of Orlena Bridges",
    ],
)
def test_what_is_somebodys_names_a_person_in_such_a_field_too(text: str) -> None:
    assert names(text, careful=True) == ["Orlena Bridges"]


def test_who_is_mentioned_only_is_withheld_everywhere(screened: Callable[..., Draft]) -> None:
    draft = screened(
        ("guest 1", "What does Quillfeather say about the budget?"),
        introduction="Budgets were first read by Bramwell Quillfeather of Reef College.",
        certificate_rule="Certificates are signed by Hon. Maria Lopez.",
        title="Budgets as quillfeather reads them",
        places={"introduction": "line 7"},
    )
    assert draft.fields["notes"] == "Budgets were first read by [withheld] of Reef College."
    assert draft.fields["certificate_rule"] == "Certificates are signed by Hon. [withheld]."
    assert draft.fields["title"] == "Budgets as [withheld] reads them"
    assert [proposal.row["question"] for proposal in draft.proposals] == [
        "What does [withheld] say about the budget?"
    ]
    assert ("withheld", "line 7", "notes") in [(p.code, p.place, p.field) for p in draft.problems]
    assert not any("Quillfeather" in problem.message for problem in draft.problems)


def test_a_biography_tells_of_its_person_only() -> None:
    person = Person(
        "speaker",
        "Solana Reedwater",
        position="Assistant to Maria Lopez",
        affiliation="Office of Statistics",
        biography="Solana studied at Laval University under Tobias Quillfeather.",
    )
    (row,) = screen(replace(make_record(), people=[person]), POLICY).fields["people"]
    assert row["biography"] == "Solana studied at Laval University under [withheld]."
    assert row["position"] == "Assistant to [withheld]"
    assert row["affiliation"] == "Office of Statistics"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dra. Ana Mar is on leave, so ask the desk.", ["Ana Mar"]),
        ("Ministerio de Salud (Dra. Ana Mar)", ["Ana Mar"]),
        ("The Sir Barry Bowen Street is closed.", []),
        ("The Dr. Martin Luther Hospital opens.", []),
    ],
)
def test_behind_a_title_an_everyday_word_is_a_family_name(text, names):
    assert [text[start:end] for start, end in mentioned(text, Known())] == names


def test_whom_a_biography_calls_family_is_mentioned() -> None:
    assert names("He lives with his wife Dorla in Hopkins and his son plays football.") == ["Dorla"]


@pytest.mark.parametrize(
    "organisers", ["Mortimer Halcroft", "Reef Unit; Petronel Vask", "Dr. Orla Sandpiper"]
)
def test_who_sees_to_a_session_is_not_published_as_an_organiser(organisers: str) -> None:
    record = SessionRecord("a.md", organisers=organisers)
    shown = str(screen(record, POLICY).as_dict())
    assert not any(word in shown for word in ("Halcroft", "Vask", "Kingfisher"))


@pytest.mark.parametrize(
    "organisers",
    [
        "Garifuna Collective",
        "Ya'axche Conservation Trust",
        "Universidad de Sherbrooke",
        "Coral Watch",
        "SATIIM",
    ],
)
def test_a_body_that_organises_keeps_the_words_that_no_dictionary_has(organisers: str) -> None:
    record = SessionRecord("a.md", organisers=organisers)
    assert screen(record, POLICY).fields["organisers"] == organisers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A Talk With Dr. Coral Fields", ["Coral Fields"]),
        ("Dr. Wren Kingfisher", ["Wren Kingfisher"]),
        ("Opening by the Hon. Minister of Works", []),
        ("Sandpiper Dr. Belize City", []),
    ],
)
def test_behind_a_title_everyday_words_of_a_headline_are_a_name(text: str, found: list[str]) -> None:
    assert names(text) == names(text, careful=True) == found
