"""Datasets of another portal: what is taken over, what of it never is, and what cannot hurt."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckanext.opengovbelize.privacy.packages import screen_package
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.records import packages

POLICY = Policy(b"only for tests", ("example.org",))
PRIVATE = ("Quillfeather", "620-0103", "q.feather@mail.example.com")
SESSION: dict[str, Any] = {
    "id": "a" * 36,
    "type": "webinar",
    "publication_state": "released",
    "name": "lagoon-2020-1",
    "title": "Session 1: Reading a lagoon",
    "session_number": 1,
    "start": "2020-03-05T10:30:00-06:00",
    "in_series": ["b" * 36],
    "license_id": "cc-by",
    "author": "Zenobia Quillfeather",
    "maintainer_email": "q.feather@mail.example.com",
    "people": [
        {
            "code": "speaker-ana-sample",
            "role": "speaker",
            "name": "Ana Sample",
            "email": "ana@mail.example.com",
        },
        {
            "code": "coordinator-ben-sample",
            "role": "coordinator",
            "name": "Ben Sample",
            "email": "ben@example.org",
        },
    ],
    "questions": [
        {
            "code": "1",
            "question": "How deep is the lagoon?",
            "answered": "in_writing",
            "answer": "Four metres.",
        },
        {"code": "2", "question": "Why did Zenobia Quillfeather say that it is deep?"},
    ],
    "links": [
        {"code": "guide", "kind": "shared", "title": "Guide", "url": "https://www.example.org/guide"},
        {"code": "no", "kind": "shared", "title": "No", "url": "javascript:alert(1)"},
    ],
    "translations": [
        {"code": "t1", "field": "questions", "row": "1", "language": "es", "text": "¿Qué profundidad tiene?"},
        {"code": "t2", "field": "questions", "row": "2", "language": "es", "text": "¿Por qué lo dijo?"},
    ],
    "tags": [{"name": "water"}, {"name": "lagoon"}],
    "resources": [{"code": "r", "kind": "video", "name": "Recording", "url": "https://video.example.org/1"}],
}


def content(package: Any, **more: Any) -> bytes:
    return json.dumps({"package": package, "references": {"b" * 36: "lagoon-2020"}, **more}).encode()


def drafts(package: Any, *, reviewed: bool = False) -> list[Any]:
    return screen_package(packages.read(content(package), file="webinar/1"), POLICY, reviewed=reviewed)


def test_a_session_comes_over_with_its_own_codes():
    (draft,) = drafts(SESSION)
    assert draft.series_fields == {"name": "lagoon-2020"}
    assert draft.fields["name"] == "lagoon-2020-1"
    assert draft.fields["tag_string"] == "lagoon, water"
    assert [row["code"] for row in draft.fields["people"]] == ["speaker-ana-sample", "coordinator-ben-sample"]
    assert [row["url"] for row in draft.fields["links"]] == ["https://www.example.org/guide"]
    assert draft.resources[0]["url"] == "https://video.example.org/1"
    (question,) = draft.fields["questions"]
    # A question has the code that this portal gives it, and its translation goes by that.
    assert len(question["code"]) == 64
    assert [row["row"] for row in draft.fields["translations"]] == [question["code"]]


def test_what_names_somebody_waits_for_an_editor():
    (draft,) = drafts(SESSION)
    assert [proposal.reasons for proposal in draft.proposals] == [["altered"]]
    assert not any(word in str(draft.as_dict()) for word in PRIVATE)


def test_addresses_of_mail_are_published_of_coordinators_on_our_domains_alone():
    (draft,) = drafts(SESSION, reviewed=True)
    assert [row.get("email", "") for row in draft.fields["people"]] == ["", "ben@example.org"]


def test_where_an_editor_vouches_only_contact_details_go():
    package = {
        **SESSION,
        "objective": "To hear Zenobia Quillfeather. Call 620-0103 or q.feather@mail.example.com.",
    }
    (draft,) = drafts(package, reviewed=True)
    assert draft.proposals == []
    assert len(draft.fields["questions"]) == 2
    assert "Zenobia Quillfeather" in draft.fields["objective"]
    assert not any(word in str(draft.as_dict()) for word in PRIVATE[1:])


@pytest.mark.parametrize("reviewed", [False, True])
@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://www.example.org/level report.pdf", True),
        ("https://www.example.org/level.p 620-0103 df", False),
        ("https://www.example.org/level q.feather@mail.example.com", False),
    ],
)
def test_what_is_private_behind_a_blank_in_an_address_costs_the_address(
    url: str, linked: bool, reviewed: bool
):
    draft, *_ = drafts({**SESSION, "resources": [{"name": "Levels", "url": url}]}, reviewed=reviewed)
    assert bool(draft.resources) is linked


@pytest.mark.parametrize(
    ("type_", "name", "reviewed", "linked"),
    [
        ("webinar", "Attendance 2021", False, False),
        ("webinar", "Attendance 2021", True, True),
        ("webinar", "List of participants", True, False),
        ("dataset", "Attendance 2021", False, True),
        ("dataset", "List of participants", True, False),
    ],
)
def test_lists_of_people_are_not_linked_to_but_figures_are(
    type_: str, name: str, reviewed: bool, linked: bool
):
    resource = {"name": name, "url": "https://www.example.org/a.csv"}
    draft, *_ = drafts({**SESSION, "type": type_, "resources": [resource]}, reviewed=reviewed)
    assert bool(draft.resources) is linked


def test_nobody_vouches_for_ordinary_datasets():
    package = {
        "id": "c",
        "type": "dataset",
        "title": "Levels",
        "notes": "Kept by Zenobia Quillfeather.",
        "name": "levels",
    }
    (draft,) = drafts(package, reviewed=True)
    assert draft.fields["title"] == "Levels"
    assert "Quillfeather" not in str(draft.as_dict())


@pytest.mark.parametrize(
    "named",
    [
        {"maintainer": "Grace Marsh"},
        {"contact": [{"name": "Grace Marsh", "email": "grace@example.com"}]},
        {"creator": [{"name": "Grace Marsh"}]},
        {"contact_name": "Grace Marsh"},
        {"extras": [{"key": "contact_name", "value": "Grace Marsh"}]},
    ],
)
def test_no_text_tells_whom_to_ask_for_the_data(named: dict[str, Any]):
    package = {
        "id": "c",
        "type": "dataset",
        "name": "levels",
        "title": "Levels",
        "notes": "Grace Marsh keeps them.",
    }
    (draft,) = drafts({**package, **named})
    assert draft.fields["title"] == "Levels"
    assert "Grace" not in str(draft.as_dict())


def test_people_in_roles_that_are_not_public_stay_away():
    people = [{"role": "attendee", "name": "Grace Marsh"}, *SESSION["people"]]
    (draft,) = drafts({**SESSION, "people": people, "notes": "Grace Marsh came."})
    assert [row["name"] for row in draft.fields["people"]] == ["Ana Sample", "Ben Sample"]
    assert "Grace" not in str(draft.as_dict())


@pytest.mark.parametrize("planted", [" ".join(PRIVATE), PRIVATE[1], PRIVATE[2], "<script>alert(1)</script>"])
@pytest.mark.parametrize("name", [*SESSION, "mode", "status", "district", "language", "timezone", "video"])
def test_nothing_private_passes_wherever_it_stands(name: str, planted: str):
    for value in (planted, [planted], [{"code": planted, "role": planted, "name": planted, "url": planted}]):
        for draft in drafts({**SESSION, name: value}):
            told = json.dumps(draft.as_dict())
            assert PRIVATE[1] not in told and PRIVATE[2] not in told


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        b'{"package": []}',
        b'{"package": {"type": "webinar"}}',
        b'{"package": {"type": {"a": 1}}}',
        content({**SESSION, "type": "geodata"}),
        content(
            {**SESSION, "people": {"a": [{"b": [[[[[1]]]]]}]}, "tags": 3, "resources": "x", "in_series": 4}
        ),
        content({**SESSION, "title": 7, "questions": [{"question": None, "code": 3}], "reports": [{}]}),
    ],
)
def test_an_answer_that_is_none_is_told(data: bytes):
    drafts = screen_package(packages.read(data, file="x"), POLICY)
    assert drafts
    for draft in drafts:
        assert draft.fields or any(problem.rejects for problem in draft.problems)
