"""Where editors decide about waiting questions, and nobody else."""

from __future__ import annotations

from typing import Any, NamedTuple

import ckan.model as model
import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.opengovbelize.catalogue import pipeline
from ckanext.opengovbelize.catalogue.ledger import Source
from ckanext.opengovbelize.model import Review
from ckanext.opengovbelize.records.drafts import Draft, Proposal

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

QUESTION = "How can my board take part in the plan?"


class Editor(NamedTuple):
    """An editor, and what waits for the editor's decision."""

    headers: dict[str, str]
    webinar: str
    review_id: str

    @property
    def page(self) -> str:
        return f"/webinar/{self.webinar}"

    @property
    def decision(self) -> str:
        return f"/opengovbelize/review/{self.review_id}"


@pytest.fixture
def editor(clean_db: None, clean_index: None) -> Editor:
    """An editor of the program, on whose webinar a question waits."""
    editor = factories.UserWithToken()
    program = factories.Organization(users=[{"name": editor["name"], "capacity": "editor"}])
    row = {
        "code": "k1",
        "question": QUESTION,
        "topic": "",
        "sector": "unknown",
        "answered": "unknown",
        "answer": "",
        "answered_by": "",
    }
    draft = Draft(
        file="session.md",
        fields={"title": "Session", "start": "2020-02-13T10:30:00-06:00"},
        proposals=[Proposal("k1", row, ["speaks-of-asker"])],
    )
    source = Source("s1", program["id"], "Folder")
    (outcome,) = pipeline.publish([pipeline.Incoming(draft, "record", "hash")], source, editor["name"])
    return Editor({"Authorization": editor["token"]}, outcome.name, _waiting().id)


def _waiting() -> Review:
    return model.Session.query(Review).populate_existing().one()


def _text(app: Any, path: str, **options: Any) -> str:
    return BeautifulSoup(app.get(path, **options).body, "html.parser").text


def test_an_editor_sees_what_waits_and_why(app: Any, editor: Editor) -> None:
    for path in (editor.page, "/opengovbelize/review"):
        text = _text(app, path, headers=editor.headers)

        assert QUESTION in text
        assert "It speaks of the person who asked." in text


def test_others_see_nothing_of_it(app: Any, editor: Editor) -> None:
    stranger = {"Authorization": factories.UserWithToken()["token"]}

    assert QUESTION not in _text(app, editor.page)
    assert QUESTION not in _text(app, editor.page, headers=stranger)
    app.get("/opengovbelize/review", status=403)
    app.post(editor.decision, data={"decision": "accepted"}, headers=stranger, status=403)
    assert _waiting().state == "proposed"


@pytest.mark.parametrize(
    ("form", "published"),
    [
        ({"decision": "accepted"}, [QUESTION]),
        ({"decision": "rejected"}, []),
        (
            {"decision": "corrected", "question": "How can a board take part?", "answered": "no"},
            ["How can a board take part?"],
        ),
    ],
)
def test_a_decision_is_published(
    app: Any, editor: Editor, form: dict[str, str], published: list[str]
) -> None:
    form = {**form, "came_from": editor.page}

    response = app.post(editor.decision, data=form, headers=editor.headers, follow_redirects=False)

    assert response.location.endswith(editor.page)
    webinar = call_action("package_show", id=editor.webinar)
    assert [row["question"] for row in webinar.get("questions", [])] == published


def test_a_correction_with_an_address_is_refused_in_plain_words(app: Any, editor: Editor) -> None:
    form = {"decision": "corrected", "question": "Who answers at someone@example.com?"}

    page = app.post(editor.decision, data=form, headers=editor.headers)

    assert "Take it out" in page.body
    assert "someone@example.com" not in page.body
    assert _waiting().state == "proposed"


@pytest.mark.parametrize(
    "where", ["/es/opengovbelize/review", "/es{page}", "{page}", "/opengovbelize/review?page=2"]
)
def test_a_decision_leads_back_to_the_page_in_its_language(app: Any, editor: Editor, where: str) -> None:
    path = where.format(page=editor.page)
    page = BeautifulSoup(app.get(path, headers=editor.headers).body, "html.parser")
    form = page.find("form", action=lambda action: bool(action) and editor.review_id in action)
    sent = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}

    response = app.post(
        form["action"], data={**sent, "decision": "accepted"}, headers=editor.headers, follow_redirects=False
    )

    assert response.location.endswith(path) and ("/es/" in path) == ("/es/" in response.location)


def test_a_decision_leads_to_no_other_site(app: Any, editor: Editor) -> None:
    form = {"decision": "rejected", "came_from": "https://elsewhere.example.com/"}

    response = app.post(editor.decision, data=form, headers=editor.headers, follow_redirects=False)

    assert response.location.endswith("/opengovbelize/review")
