"""The page on which records are sent: who may, and what is said of what cannot be sent."""

from __future__ import annotations

import io
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from bs4 import BeautifulSoup
from ckan.common import config
from ckan.tests import factories

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

PAGE = "/opengovbelize/records/upload"


@pytest.fixture
def editor() -> dict[str, str]:
    """The header by which an editor of an organization is known."""
    user = factories.UserWithToken()
    factories.Organization(name="lagoon", users=[{"name": user["name"], "capacity": "editor"}])
    return {"Authorization": user["token"]}


def sent(text: str = "# One", **values: str) -> dict[str, Any]:
    return {"file": (io.BytesIO(text.encode()), "one.md"), **values}


def test_a_visitor_and_a_member_are_told_whom_it_is_for(app: Any) -> None:
    member = factories.UserWithToken()
    factories.Organization(users=[{"name": member["name"], "capacity": "member"}])

    for headers in ({}, {"Authorization": member["token"]}):
        answer = app.get(PAGE, headers=headers, status=403)
        assert "Log in as an editor of an organization to upload records." in answer.body


def test_another_organization_is_refused(app: Any, editor: dict[str, str]) -> None:
    factories.Organization(name="foreign")

    for values in (sent(owner_org="foreign"), {"token": "x", "owner_org": "foreign"}):
        answer = app.post(PAGE, data=values, headers=editor, status=403)
        assert "Only editors of the organization may upload records for it." in answer.body


def test_no_browser_keeps_the_answer(app: Any, editor: dict[str, str]) -> None:
    answer = app.post(PAGE, data=sent(owner_org="lagoon"), headers=editor)

    assert "no-store" in answer.headers["Cache-Control"]


def test_what_is_too_large_is_told_in_words(
    app: Any, editor: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(config, "ckanext.opengovbelize.max_upload_bytes", 1_000_000)

    answer = app.post(PAGE, data=sent("x" * 1_100_000), headers=editor, status=413)

    assert "larger than 1 MB together" in answer.body


@pytest.mark.parametrize("action", ["opengovbelize_record_preview", "opengovbelize_attendance_preview"])
def test_a_program_is_told_in_json_what_is_too_large(
    app: Any, editor: dict[str, str], monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    monkeypatch.setitem(config, "ckanext.opengovbelize.max_upload_bytes", 1_000_000)

    answer = app.post(f"/api/3/action/{action}", data=sent("x" * 1_100_000), headers=editor, status=413).json

    assert not answer["success"]
    assert "larger than 1 MB together" in answer["error"]["file"][0]


@pytest.mark.parametrize("series", ["Talks of rosa@example.net", "Talks, call +501 622-0147"])
def test_a_private_detail_in_the_name_of_a_series_is_told_at_once_and_not_repeated(
    app: Any, editor: dict[str, str], series: str
) -> None:
    """The preview promised a session that could not be published then."""
    values = sent("# A talk\n\n**Date:** 3 April 2025, 10:30 AM\n", series=series, owner_org="lagoon")

    answer = app.post("/api/3/action/opengovbelize_record_preview", data=values, headers=editor, status=409)

    assert "This text holds an e-mail address" in answer.json["error"]["series"][0]
    assert "rosa@" not in answer.body and "622-0147" not in answer.body


@pytest.mark.parametrize("session", ["first", "0", "-3", "2.5", "99999", "³"])
def test_a_session_that_is_no_number_is_told(app: Any, editor: dict[str, str], session: str) -> None:
    answer = app.post(PAGE, data=sent(session=session), headers=editor, status=400)

    assert "Session number: write it in figures and nothing else, such as 3." in answer.body


@pytest.mark.parametrize(("field", "label"), [("series", "Series"), ("plan", "Action plan")])
def test_a_title_longer_than_any_is_told_in_the_words_of_the_form(
    app: Any, editor: dict[str, str], field: str, label: str
) -> None:
    answer = app.post(PAGE, data=sent(**{field: "lagoon " * 80}), headers=editor, status=400)

    assert f"{label}: write its title, or the last part of the address of its page." in answer.body


def test_the_fields_of_a_form_are_files_over_the_api_too(app: Any, editor: dict[str, str]) -> None:
    record = (
        "# Webinar 1: How a plan is made\n\nSeries: Lagoon series\n\n**Date:** 13 February 2025, 10:30 AM\n"
    )
    values = {"owner_org": "lagoon", "file": (io.BytesIO(record.encode()), "1.md")}
    values["file.2"] = (io.BytesIO(b""), "empty.md")

    shown = app.post("/api/3/action/opengovbelize_record_preview", data=values, headers=editor).json["result"]
    token = {"owner_org": "lagoon", "token": shown["token"]}
    report = app.post("/api/3/action/opengovbelize_record_import", json=token, headers=editor).json["result"]

    assert (shown["counts"]["added"], shown["counts"]["rejected"]) == (1, 1)
    assert (report["counts"]["added"], report["counts"]["rejected"]) == (1, 1)


def test_the_source_of_uploads_is_called_in_the_readers_language(app: Any, editor: dict[str, str]) -> None:
    """On Spanish pages it stood in English, for visitors and, with its trust and fields, for editors."""
    values = sent("# A talk\n\n**Date:** 3 April 2025, 10:30 AM\n", owner_org="lagoon")
    token = app.post("/api/3/action/opengovbelize_record_preview", data=values, headers=editor).json["result"]
    values = {"owner_org": "lagoon", "token": token["token"]}
    report = app.post("/api/3/action/opengovbelize_record_import", json=values, headers=editor).json["result"]
    page = f"/webinar/{report['records'][0]['name']}"

    for headers, times in (({}, 1), (editor, 3)):
        english, spanish = (
            BeautifulSoup(app.get(path, headers=headers).body, "html.parser").text
            for path in (page, f"/es{page}")
        )
        assert english.count("Uploaded records") >= times
        assert spanish.count("Registros enviados") >= times
        assert "Uploaded records" not in spanish


def shown(app: Any, *changes: dict[str, Any], **more: Any) -> str:
    """Return what the page says of a record of which this would change."""
    record = {
        "type": "webinar",
        "name": "lagoon-2025-1",
        "label": "one.md",
        "outcome": "updated",
        "fields": {},
        "changes": list(changes),
        "reasons": [],
        "problems": [],
        **more,
    }
    answer = {"counts": {"updated": 1}, "records": [record], "problems": [], "token": "x"}
    with app.flask_app.test_request_context():
        return tk.render("opengovbelize/upload/answer.html", {"answer": answer})


def test_that_the_public_would_see_it_again_is_told(app: Any) -> None:
    state = {"field": "publication_state", "old": "withdrawn", "new": "released", "state": "changed"}

    assert "Released" in shown(app, state)


def test_that_only_its_sources_would_change_is_told(app: Any) -> None:
    sources = {"field": "sources", "old": [], "new": [{"title": "Uploaded records"}], "state": "changed"}

    assert "The upload is named as one more source." in shown(app, sources)


def test_that_questions_wait_is_told_before_anybody_publishes(app: Any) -> None:
    """A chat whose questions all wait changes nothing, and looked as if it had been read in vain."""
    question = {"question": "May a village see it?"}

    said = shown(app, outcome="unchanged", proposed=[question, question])

    assert "2 questions of it are published only once you have decided about them" in said
    assert "only once" not in shown(app, outcome="unchanged", proposed=[])
