"""Questions that wait for an editor: unseen by everybody else, decided once and for all."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_auth
from ckanext.opengovbelize.catalogue import pipeline
from ckanext.opengovbelize.records.drafts import Proposal

from tests.catalogue.conftest import draft, edit, show

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

NAME = "lagoon-dialogues-2020-1"
OPEN = {"code": "q-open", "question": "Where are the slides?", "answered": "unknown"}


def asking(text: str = "Who pays for the canoes?", key: str = "q-canoes", **values):
    """A record with one open question and one that waits."""
    proposal = Proposal(key, {"code": key, "question": text, "answered": "unknown"}, ["altered"])
    return draft(proposals=[proposal], fields={"questions": [OPEN], **values})


def waiting(user, **params):
    return tk.get_action("opengovbelize_review_list")({"user": user["name"]}, params)


def decide(user, decision, **values):
    review = waiting(user)[0]
    return tk.get_action("opengovbelize_review_decide")(
        {"user": user["name"]}, {"id": review["id"], "decision": decision, **values}
    )


def questions() -> list[str]:
    return [row["question"] for row in show(NAME)["questions"]]


def test_a_proposed_question_waits_outside_the_webinar(publish, source, editor):
    publish(asking(), source())

    assert questions() == ["Where are the slides?"]
    (review,) = waiting(editor, package_id=NAME)
    assert (review["row"]["question"], review["reasons"]) == ("Who pays for the canoes?", ["altered"])
    assert (review["package_name"], review["state"]) == (NAME, "proposed")


@pytest.mark.parametrize(
    ("decision", "correction", "published"),
    [
        ("accept", None, ["Where are the slides?", "Who pays for the canoes?"]),
        ("correct", {"question": "Who pays?"}, ["Where are the slides?", "Who pays?"]),
        ("reject", None, ["Where are the slides?"]),
    ],
)
def test_a_decision_outlives_harvests_withdrawal_and_return(
    decision, correction, published, publish, source, editor
):
    pages = source()
    publish(asking(), pages)
    decide(editor, decision, **({"correction": correction} if correction else {}))
    assert questions() == published
    assert waiting(editor) == []

    outcome = publish(asking(audience="All"), pages)
    assert questions() == published
    assert not [change for change in outcome.changes if change["state"] == "locked"]

    pipeline.withdraw(["record-1"], pages, editor["name"])
    publish(asking(audience="All"), pages)
    assert questions() == published
    assert waiting(editor) == []


def test_a_rejected_question_stays_out_when_the_screen_would_publish_it(publish, source, editor):
    pages = source()
    publish(asking(), pages)
    decide(editor, "reject")

    again = {"code": "q-canoes", "question": "Who pays for the canoes?", "answered": "unknown"}
    publish(draft(fields={"questions": [OPEN, again]}), pages)

    assert questions() == ["Where are the slides?"]


def test_a_question_that_the_source_dropped_waits_no_more(publish, source, editor):
    pages = source()
    publish(asking(), pages)

    publish(draft(fields={"questions": [OPEN]}), pages)

    assert waiting(editor) == []


def test_an_answer_that_is_taken_out_is_no_written_one(publish, source, editor):
    proposal = Proposal(
        "q",
        {
            "code": "q",
            "question": "Why?",
            "answered": "in_writing",
            "answer": "So.",
            "answered_by": "Institute",
        },
        ["answer-doubtful"],
    )
    publish(draft(proposals=[proposal]), source())

    decide(editor, "correct", correction={"answer": ""})

    (row,) = show(NAME)["questions"]
    assert row["answered"] == "unknown"
    assert not row.get("answer")
    assert not row.get("answered_by")


def test_an_accepted_question_may_still_be_edited_by_hand(publish, source, editor):
    pages = source()
    publish(asking(), pages)
    decide(editor, "accept")
    first, second = show(NAME)["questions"]
    edit(NAME, editor, questions=[first, {**second, "question": "Who pays for all canoes?"}])

    publish(asking(audience="All"), pages)

    assert questions() == ["Where are the slides?", "Who pays for all canoes?"]


@pytest.mark.parametrize(
    ("correction", "field"),
    [
        ({"question": "Ask ana@nowhere.example"}, "question"),
        ({"answer": "Call 501 822 1234"}, "answer"),
        ({"answered": "perhaps"}, "questions"),
        ({"question": " "}, "question"),
        ({"sector": "unknown"}, "sector"),
        ({}, "correction"),
    ],
)
def test_a_correction_is_checked_and_its_text_not_repeated(correction, field, publish, source, editor):
    publish(asking(), source())

    with pytest.raises(tk.ValidationError) as error:
        decide(editor, "correct", correction=correction)

    assert list(error.value.error_dict) == [field]
    assert not any(
        text.strip() and text in str(error.value.error_dict) for text in correction.values() if "@" in text
    )
    assert len(waiting(editor)) == 1
    assert questions() == ["Where are the slides?"]


class TestAccess:
    def test_only_editors_of_the_organization_see_and_decide(self, publish, source, editor, program):
        publish(asking(), source())
        stranger, member = factories.User(), factories.User()
        factories.Organization(users=[{"name": stranger["name"], "capacity": "admin"}])
        tk.get_action("organization_member_create")(
            {"ignore_auth": True, "user": editor["name"]},
            {"id": program["id"], "username": member["name"], "role": "member"},
        )
        review = waiting(editor)[0]

        assert waiting(stranger) == []
        for user in (stranger, member, {"name": ""}):
            with pytest.raises(tk.NotAuthorized):
                waiting(user, package_id=NAME)
            with pytest.raises(tk.NotAuthorized):
                tk.get_action("opengovbelize_review_decide")(
                    {"user": user["name"]}, {"id": review["id"], "decision": "accept"}
                )
        for user in (member, {"name": ""}):
            with pytest.raises(tk.NotAuthorized):
                waiting(user)

    def test_nobody_else_learns_whether_a_webinar_has_any(self, publish, source):
        publish(draft(), source())

        with pytest.raises(tk.NotAuthorized):
            call_auth("opengovbelize_review_list", {"user": "", "model": None}, organization_id=None)
