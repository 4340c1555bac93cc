"""People in descriptions in the vocabulary of schema.org: only a role makes one public."""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.opengovbelize.records.reading import read

from .contract import published
from .given_pages import EVENT, in_context, only, page


@pytest.mark.parametrize("name", ["attendee", "attendees", "contributor", "author"])
def test_who_attends_is_never_read(name: str) -> None:
    record = only(page(in_context({**EVENT, name: {"@type": "Person", "name": "Wilmot Quillfeather"}})))
    assert record.people == []
    assert "Quillfeather" not in published(record)


@pytest.mark.parametrize("name", ["attendee", "organizer", "author"])
def test_who_has_no_public_role_is_told_by_no_text(name: str) -> None:
    # Two words of the dictionary, which nothing but the role in the data shows to be a person.
    told = {"name": "Glycerine Ballard", "@type": "Person"}
    record = only(
        page(in_context({**EVENT, name: told, "description": "Glycerine Ballard opens the doors."}))
    )
    assert "opens the doors" in published(record)
    assert "Glycerine" not in published(record)


def test_an_organiser_who_looks_like_a_person_is_none() -> None:
    record = only(page(in_context({**EVENT, "organizer": ["Jacob Lantern", "Lagoon Office"]})))
    assert record.organisers == "Lagoon Office"
    assert "organiser-unclear" in [problem.code for problem in record.problems]


def test_a_group_that_performs_is_no_person() -> None:
    record = only(page(in_context({**EVENT, "performer": {"@type": "MusicGroup", "name": "Reef Riders"}})))
    assert record.people == []


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"contributor": {"@type": "Role", "roleName": "moderator", "contributor": {"name": "Orla Reef"}}}, "facilitator"),
        ({"performer": {"@type": "Role", "roleName": "Moderator", "performer": {"name": "Orla Reef"}}}, "facilitator"),
        *(
            ({"contributor": {"@type": "Person", "name": "Orla Reef", "jobTitle": job}}, "")
            for job in ("Lecturer", "Chair", "Host", "Facilitator")
        ),
        ({"performer": {"@type": "Person", "name": "Orla Reef", "jobTitle": "Chair"}}, "speaker"),
        ({"moderator": {"@type": "Person", "name": "Orla Reef"}}, "facilitator"),
        ({"performer": {"@type": "Role", "roleName": "Keynote", "performer": {"name": "Orla Reef"}}}, "speaker"),
        ({"performer": {"@type": "Role", "roleName": "Interpreter", "performer": {"name": "Orla Reef"}}}, ""),
        ({"contributor": {"@type": "Role", "roleName": "technician", "contributor": {"name": "Orla Reef"}}}, ""),
        ({"contributor": {"@type": "Person", "name": "Orla Reef"}}, ""),
    ],
)  # fmt: skip
def test_a_role_says_whether_somebody_is_public(named: dict[str, Any], expected: str) -> None:
    record = only(page(in_context({**EVENT, **named, "description": "With thanks to Orla Reef."})))
    assert [person.role for person in record.people] == ([expected] if expected else [])
    assert expected or record.others == ["Orla Reef"]


@pytest.mark.parametrize(
    "beside",
    [
        {"@type": "WebPage", "name": "x", "author": {"@type": "Person", "name": "Orla Reef"}},
        {"@type": "Event", "name": "Nets", "startDate": "2020-05-14", "organizer": {"@type": "Person", "name": "Orla Reef"}},
        {"@type": "Article", "comment": [{"@type": "Comment", "author": {"name": "Orla Reef"}}]},
    ],
)  # fmt: skip
def test_no_session_tells_whom_the_page_names_elsewhere(beside: dict[str, Any]) -> None:
    found = read(
        page(in_context({**EVENT, "description": "With thanks to Orla Reef."}, beside)), file="page.html"
    )
    assert "Orla Reef" in found[0].others


def test_what_people_and_parts_refer_to_is_followed() -> None:
    things = [
        {"@type": "Organization", "@id": "#office", "name": "Reef Office"},
        {"@type": "Person", "@id": "#ana", "name": "Ana Sample", "worksFor": {"@id": "#office"}},
    ]
    whole = {**EVENT, "name": "A week of boats", "subEvent": [{**EVENT, "performer": {"@id": "#ana"}}]}
    (record,) = read(page(in_context(*things, whole)), file="page.html")
    assert [(person.name, person.affiliation) for person in record.people] == [("Ana Sample", "Reef Office")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana Sample, Orla Reef", [("Ana Sample", ""), ("Orla Reef", "")]),
        ("Ana Sample and Orla Reef", [("Ana Sample", ""), ("Orla Reef", "")]),
        ("Ana Sample (Reef Office)", [("Ana Sample", "Reef Office")]),
        ("Sample, Ana", [("Ana Sample", "")]),
    ],
)
def test_a_name_may_hold_several_or_an_office(name: str, expected: list[tuple[str, str]]) -> None:
    record = only(page(in_context({**EVENT, "performer": {"@type": "Person", "name": name}})))
    assert [(person.name, person.affiliation) for person in record.people] == expected


@pytest.mark.parametrize(
    "texts",
    [
        [
            {"@language": "es", "@value": "Traiga un barco."},
            {"@language": "en", "@value": "Bring a boat.\nModerator: Orla Reef"},
        ],
        {"es": "Traiga un barco.", "en": "Bring a boat.\nModerator: Orla Reef"},
    ],
)
@pytest.mark.parametrize(("language", "said"), [("en", "Bring"), ("es", "Traiga"), (["es", "en"], "Bring")])
def test_of_several_languages_that_of_the_session_is_kept_and_a_role_counts_in_any(
    texts: Any, language: Any, said: str
) -> None:
    record = only(page(in_context({**EVENT, "description": texts, "inLanguage": language})))
    assert record.introduction.split()[0] == said
    assert [(person.role, person.name) for person in record.people] == [("facilitator", "Orla Reef")]


def test_one_who_performs_and_organises_is_the_body_that_organises() -> None:
    organiser = {"@type": "Organization", "name": "Civic Tech Cayo"}
    record = only(page(in_context(EVENT | {"organizer": organiser, "performer": "Civic Tech Cayo"})))
    assert (record.people, record.organisers) == ([], "Civic Tech Cayo")


def test_several_names_of_one_performer_are_several_people() -> None:
    record = only(
        page(in_context(EVENT | {"performer": {"@type": "Person", "name": ["Ana Coral", "Orla Sandpiper"]}}))
    )
    assert [person.name for person in record.people] == ["Ana Coral", "Orla Sandpiper"]


def test_several_names_of_one_who_attends_are_all_kept_back() -> None:
    attendee = {"@type": "Person", "name": ["Ana Coral", "Orla Sandpiper"]}
    record = only(
        page(in_context(EVENT | {"attendee": attendee, "description": "Orla Sandpiper asked for it."}))
    )
    assert "Sandpiper" not in published(record)


def test_speakers_whom_only_the_page_itself_tells() -> None:
    body = "<h1>Session 3: Boats</h1><p><b>Speakers</b></p><ul><li>Ana Coral, Reef Office</li><li>Orla Sandpiper, Analyst</li></ul>"
    record = only(page(in_context(EVENT), body=body))
    assert [(person.role, person.name) for person in record.people] == [
        ("speaker", "Ana Coral"),
        ("speaker", "Orla Sandpiper"),
    ]


def test_who_speaks_at_a_related_event_does_not_speak_at_this_one() -> None:
    page = (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Event", "name": "Boats",'
        ' "startDate": "2020-05-07T10:00:00-06:00"}</script><h1>Boats</h1><p>Speaker: Orla Sandpiper, Director, Reef Office</p>'
        "<h2>Related events</h2><h3>Fish</h3><p>Facilitator: Petronel Vask, Analyst, Lagoon Desk</p>"
    )
    (record,) = read(page.encode(), file="page.html", content_type="text/html")
    assert [person.name for person in record.people] == ["Orla Sandpiper"]
