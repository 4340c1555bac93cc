"""A web address that stands with a person is published where it has a place, or told: never lost in silence."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

PAGE = "https://reefs.example.org/solana"
SLIDES = "https://reefs.example.org/boats.pptx"
TABLE = "| Name | Position | Institution |\n|---|---|---|\n"


def record_of(text: str) -> SessionRecord:
    text = f"# Webinar 1: Boats\n\n14 May 2020, 10:30 - 12:00\n\n{text}\n\n## Objective\n\nTo count.\n"
    (record,) = read(text.encode(), file="record.md")
    return record


def told(record: SessionRecord) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in record.problems]


@pytest.mark.parametrize("label", ["Speakers", "Facilitators", "Coordinators", "Ponentes"])
@pytest.mark.parametrize(
    "lines",
    [
        f"- Solana Reedwater, Analyst, Ministry of Reefs, {PAGE}",
        f"- [Solana Reedwater]({PAGE}), Analyst, Ministry of Reefs",
        f"- Solana Reedwater, Analyst, Ministry of Reefs ([profile]({PAGE}))",
        f"- Solana Reedwater, Analyst, Ministry of Reefs. Website: <{PAGE}>",
        f"- Solana Reedwater ({PAGE}), Analyst, Ministry of Reefs",
        "- Solana Reedwater, Analyst, Ministry of Reefs, www.reefs.example.org",
        f"Solana Reedwater\nAnalyst\nMinistry of Reefs\n{PAGE}",
        f"Name: Solana Reedwater\nPosition: Analyst\nInstitution: Ministry of Reefs\nWebsite: {PAGE}",
        f"{TABLE}| [Solana Reedwater]({PAGE}) | Analyst | Ministry of Reefs |",
        f"{TABLE}| Solana Reedwater | Analyst | Ministry of Reefs {PAGE} |",
        f"| Name | Position | Institution | Web |\n|---|---|---|---|\n| Solana Reedwater | Analyst | Ministry of Reefs | {PAGE} |",
    ],
)
def test_a_page_on_the_line_of_a_person_is_told_and_not_published(label: str, lines: str) -> None:
    record = record_of(f"## {label}\n\n{lines}")
    (person,) = record.people
    assert (person.name, person.position, person.affiliation) == (
        "Solana Reedwater", "Analyst", "Ministry of Reefs",
    )  # fmt: skip
    assert told(record) == [("person-link-left-out", "people")]
    assert record.problems[0].place and "example.org" not in record.problems[0].message
    assert (record.links, record.materials, record.address) == ([], [], "")


def test_each_line_with_an_address_is_told_by_its_place() -> None:
    record = record_of(
        f"Speakers: Solana Reedwater (Reef Club, {PAGE}); Óscar Peñafiel (Reef Club)\n\n"
        f"Facilitator: Orla Sandpiper, Reef Club, {PAGE}"
    )
    assert [person.name for person in record.people] == [
        "Solana Reedwater", "Óscar Peñafiel", "Orla Sandpiper",
    ]  # fmt: skip
    assert [problem.place for problem in record.problems] == ["line 5", "line 7"]


@pytest.mark.parametrize(
    "line",
    [
        f"- Solana Reedwater, Analyst, Reef Club ([Presentation]({SLIDES}))",
        f"- Solana Reedwater, Analyst, Reef Club\n  [Slides]({SLIDES})",
        f"{TABLE}| Solana Reedwater | Analyst | Reef Club [Slides]({SLIDES}) |",
    ],
)
def test_slides_on_the_line_of_a_speaker_are_published(line: str) -> None:
    record = record_of(f"## Speakers\n\n{line}")
    assert [(person.position, person.affiliation) for person in record.people] == [("Analyst", "Reef Club")]
    assert [(material.kind, material.url) for material in record.materials] == [("presentation", SLIDES)]
    assert told(record) == []


def test_a_position_that_sounds_like_a_video_is_none() -> None:
    record = record_of(f"Speaker: Solana Reedwater, [Director of Video]({PAGE}), Reef Club")
    assert (record.people[0].position, record.materials) == ("Director of Video", [])
    assert told(record) == [("person-link-left-out", "people")]


@pytest.mark.parametrize(
    "line",
    [
        "[Wren Halcyon](mailto:w@example.org)",
        "Wren Halcyon ([e-mail](mailto:w@example.org?subject=Boats))",
        "[w@example.org](mailto:w@example.org) – Wren Halcyon, w@example.org",
    ],
)
def test_an_e_mail_address_behind_a_link_is_read(line: str) -> None:
    record = record_of(f"## Coordinators\n\n- {line}")
    assert [(person.name, person.email) for person in record.people] == [("Wren Halcyon", "w@example.org")]
    assert told(record) == []


def test_an_address_in_a_biography_stays_in_it() -> None:
    record = record_of(
        f"Speaker: Solana Reedwater (Reef Club)\n\n## Biographies\n\n### Solana Reedwater\n\nShe counts boats: {PAGE}"
    )
    assert record.people[0].biography == f"She counts boats: {PAGE}"
    assert told(record) == []


def test_a_link_behind_the_words_of_a_biography_is_told() -> None:
    record = record_of(
        f"Speaker: Solana Reedwater (Reef Club)\n\n## Biographies\n\n### [Solana Reedwater]({PAGE})\n\n"
        "She counts [boats](https://boats.example.org) all day."
    )
    assert record.people[0].biography == "She counts boats all day."
    assert [problem.place for problem in record.problems] == ["line 9", "line 11"]


def test_a_link_within_the_page_leads_nowhere_else() -> None:
    record = record_of("Speaker: [Solana Reedwater](#solana), Analyst, Reef Club")
    assert (told(record), record.people[0].name) == ([], "Solana Reedwater")


def test_a_page_in_a_table_of_sessions_is_told() -> None:
    (record,) = read(
        f'Title,Date,Speakers\nBoats,2020-05-14 10:30,"Solana Reedwater, Analyst, Reef Club, {PAGE}"\n'.encode(),
        file="sessions.csv",
    )
    assert (record.people[0].position, record.people[0].affiliation) == ("Analyst", "Reef Club")
    assert told(record) == [("person-link-left-out", "people")]
