"""The sample records: one invented session in every format, read to one and the same record."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import Person, SessionRecord

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"

PEOPLE = [
    Person(
        "speaker",
        "Solana Reedwater",
        "Budget Analyst, Office of the Auditor",
        "Government of Coralia",
        biography="Solana Reedwater has read budgets for twelve years. She holds a degree in Public Accounts from the"
        " University of Coralia and teaches on Saturdays.",
    ),
    Person(
        "speaker",
        "Óscar Peñafiel",
        "Head of Open Data",
        "Reef Observatory",
        biography="Óscar counts reef fish by day and datasets by night.",
    ),
    Person(
        "facilitator",
        "Orla Sandpiper",
        "Specialist of the Department for Public Budgets",
        "Organization of Sample States",
    ),
    Person("coordinator", "Wren Halcyon", email="wren.halcyon@example.org"),
    Person("coordinator", "Tobias Marlin", email="tobias.marlin@example.org"),
]
CHAT = [
    ("Orla Sandpiper", "Good morning, we start in ten minutes"),
    ("Bramwell Quillfeather [Ministry of Tides]", "Good morning from the Ministry of Tides"),
    ("Petronel: Reef Radio", "hello to all"),
    ("Orla Sandpiper", "The guide is here:\nhttps://data.example.org/guide"),
    ("Bramwell Quillfeather [Ministry of Tides]", "What share of the budget goes to roads?"),
    ("Solana Reedwater", "about a tenth: see page 12"),
    ("Petronel: Reef Radio", "thank you!"),
]


def record_of(name: str) -> SessionRecord:
    (record,) = read((SAMPLES / name).read_bytes(), file=name)
    return record


@pytest.mark.parametrize("suffix", ["md", "txt", "html", "docx"])
def test_the_same_session_from_every_format(suffix: str) -> None:
    record = record_of(f"session-record.{suffix}")
    values = {name: value for name, value in asdict(record).items() if isinstance(value, str | bool | int)}
    assert values == {
        "file": f"session-record.{suffix}",
        "language": "en",
        "series": "For interested participants of the Open Government practice circle",
        "program": "SAMPLE WEBINARS PROGRAM",
        "project": "Small Islands, Open Books (2019-2021)",
        "number": 2,
        "title": "Reading a budget together",
        "introduction": "Everything here is made up. We open a public budget, find three numbers in it that everybody"
        " argues about, and learn what each of them means in practice.",
        "date_as_stated": "",
        "timezone": "America/Belize",
        "venue_name": "Lagoon Learning Centre",
        "locality": "San Ignacio",
        "district": "BZ-CY",
        "mode": "hybrid",
        "status": "",
        "audience": "",
        "objective": "To read one page of a budget without help.",
        "rationale": "Budgets are long and people are busy. The session takes one page and reads it slowly. Only"
        " participants attending all sessions (in person or through webinar) will receive a certificate of completion.",
        "certificate_rule": "Only participants attending all sessions (in person or through webinar) will receive a"
        " certificate of completion.",
        "organisers": "Sample Trust and the Institute of Invented Studies",
        "funders": "Embassy of Coralia",
        "address": "",
        "belongs": "",
        "key": "",
        "place": "",
        "invented": True,
    }
    assert record.start and record.start.isoformat() == "2020-05-13T14:00:00-06:00"
    assert record.end and record.end.isoformat() == "2020-05-13T15:30:00-06:00"
    assert sorted(map(_without_place, record.people)) == sorted(map(_without_place, PEOPLE))
    assert [(link.kind, link.url) for link in record.links if link.kind == "social_media"] == [
        ("social_media", "https://www.facebook.com/SampleOpenGov")
    ]
    assert [link.url for link in record.links if link.kind == "shared"] == [
        "https://budget.example.org/",
        "https://data.example.org/guide",
    ]
    assert [(material.kind, material.url) for material in record.materials] == [
        ("presentation", "https://data.example.org/budget/slides.pdf"),
        ("presentation", ""),
        ("video", ""),
    ]
    assert len({material.title for material in record.materials}) == 3
    assert [(message.author, message.text) for message in record.messages] == CHAT
    told = [problem.code for problem in record.problems if problem.code != "beside-main-content"]
    assert told == ["material-without-address"] * 2
    assert all(problem.place and problem.file == record.file for problem in record.problems)


def test_a_record_in_spanish() -> None:
    record = record_of("session-record-es.md")
    assert (record.language, record.number, record.title) == ("es", 2, "Leer juntos un presupuesto")
    assert record.start and record.start.isoformat() == "2020-05-13T14:00:00-06:00"
    assert (record.venue_name, record.district, record.mode) == ("Centro de la Laguna", "BZ-CY", "hybrid")
    assert (record.organisers, record.funders) == (
        "Fundación de Muestra y el Instituto de Estudios Inventados",
        "Embajada de Coralia",
    )
    assert [(person.role, person.name, person.affiliation) for person in record.people] == [
        ("speaker", "Solana Reedwater", "Gobierno de Coralia"),
        ("speaker", "Óscar Peñafiel", "Observatorio del Arrecife"),
        ("facilitator", "Orla Sandpiper", "Organización de Estados de Muestra"),
        ("coordinator", "Wren Halcyon", ""),
        ("coordinator", "Tobias Marlin", ""),
    ]
    assert record.people[1].biography == "Cuenta peces de día y datos de noche."
    assert record.certificate_rule.startswith("Solo quienes participen en todas las sesiones")
    assert [(material.kind, material.url) for material in record.materials] == [
        ("presentation", "https://data.example.org/presupuesto/laminas.pdf"),
        ("video", ""),
    ]
    assert record.messages[1].text == "¿Cuánto se gasta en caminos?"
    assert record.invented


def test_saved_chats_of_three_kinds_in_one_record() -> None:
    record = record_of("chat-saved.txt")
    assert [(message.at, message.author, message.text) for message in record.messages] == [
        ("10:31:07", "Orla Sandpiper", "Good morning from San Ignacio"),
        ("10:32:02", "Petronel Vask (Reef Radio)", "Hello all\nwe are three in the room"),
        ("10:36:51", "Bramwell Quillfeather", "Good morning!"),
        ("10:52:30", "Ignace Thornapple", "Ten to one: how often is the catalogue updated?"),
        ("10:53:01", "Ignace Thornapple", "From my side nothing else to Everyone: thanks"),
        ("10:31:07", "Orla Sandpiper", "The first part is over"),
        ("10:32:11", "Cosimo Larkwhistle : Pelican Traders", "links: https://data.example.org/a"),
        ("10:41:09", "Tamsin Oakapple", "first line\nsecond line of the same message"),
        ("00:00:12", "Orla Sandpiper", "Welcome back"),
        ("00:02:30", "Cosimo Larkwhistle: Pelican Traders", "Which licence should a table have?"),
        ("01:29:50", "Tamsin Oakapple", "👏"),
    ]
    assert record.messages[2].reply_to == "Good morning from S"
    assert [problem.code for problem in record.problems] == ["private-message-left-out"]


def test_a_copied_chat_with_names_and_texts_that_hold_colons() -> None:
    record = record_of("chat-copied.txt")
    assert [(message.author, message.text) for message in record.messages] == [
        ("Orla Sandpiper", "Good morning, we start in ten minutes"),
        ("Bramwell Quillfeather [Ministry of Tides]", "Morning from the Ministry of Tides"),
        ("Petronel: Reef Radio", "hello to all"),
        ("Orla Sandpiper", "Slides are here:\nhttps://data.example.org/slides"),
        ("Ignace Thornapple", "https://data.example.org/catalogue"),
        ("Ignace Thornapple", "that is the catalogue I spoke of: see the first page"),
        ("Fermina and Leandro Palmasola P&L Bakery", "we are two on one computer"),
        ("turtle_ign", "follow me at @turtle_ign"),
        ("Cosimo Larkwhistle", "12:30: can we have the time of the next session?"),
        ("Tamsin Oakapple - Min. Lagoon", "Morning :)"),
        ("Orla Sandpiper", "Q: how many offices? A: nine so far"),
        ("Petronel: Reef Radio", "thank you!"),
    ]
    assert record.problems == []


def _without_place(person: Person) -> list[str]:
    return [value for name, value in asdict(person).items() if name != "place"]
