"""Questions and answers of the minutes pass the same screen as those of a chat, and wait for the same reasons."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.drafts import Draft
from ckanext.opengovbelize.records.session import Exchange

from .conftest import POLICY, make_record

BOATS, FOUR = "How many boats does the lagoon have?", "The lagoon has four boats."


def screened(*exchanges: Exchange, chat: tuple[tuple[str, str], ...] = (), **values: Any) -> Draft:
    return screen(make_record(*chat, exchanges=list(exchanges), **values), POLICY)


def test_a_question_is_published_with_the_answer_that_was_given_in_the_session() -> None:
    draft = screened(Exchange(BOATS, FOUR))
    (row,) = draft.fields["questions"]
    assert (row["question"], row["answer"], row["answered"]) == (BOATS, FOUR, "in_session")
    assert (row["sector"], row["answered_by"], draft.proposals) == ("unknown", "", [])


@pytest.mark.parametrize(
    ("exchange", "answered"),
    [(Exchange(BOATS, FOUR, in_writing=True), "in_writing"), (Exchange(BOATS), "unknown")],
)
def test_a_written_answer_is_one_and_a_missing_one_is_not_known(exchange: Exchange, answered: str) -> None:
    assert [row["answered"] for row in screened(exchange).fields["questions"]] == [answered]


def test_whom_the_minutes_name_as_asking_stays_unknown_everywhere() -> None:
    draft = screened(
        Exchange(BOATS, "Petronel knows: four boats.", asked_by="Petronel Vask, Ceiba University"),
        introduction="Petronel Vask opened the session on boats.",
    )
    assert "Vask" not in json.dumps(draft.as_dict()) and "Petronel" not in json.dumps(draft.as_dict())
    (proposal,) = draft.proposals
    assert (proposal.reasons, proposal.row["sector"]) == (["altered"], "education")


def test_who_answers_in_a_public_role_is_shown_as_an_institution() -> None:
    (row,) = screened(Exchange(BOATS, FOUR, answered_by="Solana Reedwater")).fields["questions"]
    assert row["answered_by"] == "Office of Statistics of Coralia"


def test_an_answer_of_somebody_without_a_public_role_waits() -> None:
    draft = screened(Exchange(BOATS, FOUR, answered_by="Petronel Vask"))
    (proposal,) = draft.proposals
    assert (proposal.reasons, proposal.row["answered_by"]) == (["answer-doubtful"], "")
    assert "questions" not in draft.fields


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        ("How many boats does Zenobia Quillfeather have in the lagoon?", FOUR, "altered"),
        (BOATS, "Ask Zenobia Quillfeather at 620-0103 about the boats of the lagoon.", "altered"),
        ("As the manager of the harbour, how do I count the boats?", FOUR, "speaks-of-asker"),
    ],
)
def test_what_is_masked_or_speaks_of_its_asker_waits(question: str, answer: str, reason: str) -> None:
    draft = screened(Exchange(question, answer, place="line 9"))
    (proposal,) = draft.proposals
    assert proposal.reasons == [reason]
    told = json.dumps(draft.as_dict())
    assert not any(private in told for private in ("Quillfeather", "Zenobia", "620-0103"))


def test_what_is_only_about_the_session_is_left_out_as_in_a_chat() -> None:
    draft = screened(Exchange("Will the slides be shared?", "Yes."))
    assert ("questions" in draft.fields, draft.proposals) == (False, [])


def test_a_question_without_a_question_mark_is_one_where_it_is_marked_so() -> None:
    (row,) = screened(Exchange("Budget of the harbour for new boats", FOUR)).fields["questions"]
    assert row["question"] == "Budget of the harbour for new boats"


def test_the_same_question_in_chat_and_minutes_is_one() -> None:
    draft = screened(Exchange(BOATS, FOUR), chat=(("Guest 1", BOATS),))
    assert [row["answer"] for row in draft.fields["questions"]] == [FOUR]


def test_what_minutes_hold_is_a_question_unless_it_only_runs_the_session() -> None:
    draft = screened(
        Exchange("Is the list published the day before?", FOUR), Exchange("Can you hear me?", "Yes.")
    )
    assert [row["question"] for row in draft.fields["questions"]] == ["Is the list published the day before?"]
    (problem,) = [one for one in draft.problems if one.code == "session-question-left-out"]
    assert ": 1." in problem.message
