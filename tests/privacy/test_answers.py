"""Which message answers which question, seen from the draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from ckanext.opengovbelize.privacy.answers import without_vocative
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.drafts import Draft

from .conftest import POLICY, make_record

BUDGET = ("Tavaro Basiliskey", "How often is the budget published?")
LICENCE = ("Ysmeria Zapoton", "Which licence allows a newspaper to print the figures?")
PORTAL = ("Cordalia Tamalitos", "Is the catalogue the main entrance for the public?")


def only(draft: Draft, question: str) -> dict[str, str]:
    return next(row for row in draft.fields["questions"] if row["question"] == question)


def test_an_answer_that_fits_one_question_only(screened: Callable[..., Draft]) -> None:
    draft = screened(BUDGET, LICENCE, ("Solana Reedwater", "The budget is published every quarter."))
    row = only(draft, BUDGET[1])
    assert row["answered"] == "in_writing"
    assert row["answer"] == "The budget is published every quarter."
    assert row["answered_by"] == "Office of Statistics of Coralia"
    assert only(draft, LICENCE[1])["answered"] == "unknown"


def test_an_answer_that_names_the_asker_is_published_without_the_name(screened: Callable[..., Draft]) -> None:
    draft = screened(BUDGET, LICENCE, ("Orla Sandpiper", "Hi Ysmeria, any open one does"))
    assert only(draft, LICENCE[1])["answer"] == "any open one does"


@pytest.mark.parametrize(
    "answer", ["Guest 3: any open one does", "@Guest 3 any open one does", "guest 3, any open one does"]
)
def test_an_answer_to_somebody_whose_name_is_none(screened: Callable[..., Draft], answer: str) -> None:
    draft = screened(BUDGET, ("Guest 3", LICENCE[1]), ("Guest 33", "hello"), ("Orla Sandpiper", answer))
    assert only(draft, LICENCE[1])["answer"] == "any open one does"


def test_an_answer_that_replies_to_the_question() -> None:
    record = make_record(BUDGET, LICENCE, ("Orla Sandpiper", "Each quarter"))
    record.messages[2] = replace(record.messages[2], reply_to="How often is the bud...")
    assert only(screen(record, POLICY), BUDGET[1])["answer"] == "Each quarter"


def test_yes_answers_the_question_that_wants_yes_or_no(screened: Callable[..., Draft]) -> None:
    draft = screened(BUDGET, PORTAL, ("OSC CORALIA", "yes, it is one single window"))
    assert only(draft, PORTAL[1])["answer"] == "yes, it is one single window"


BINDING = ("Quillan Breadnutt", "Is the plan binding?")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is the plan binding?", "No."),
        ("Is the plan binding?", "Yes, it is"),
        ("¿Es obligatorio el plan?", "¡Sí!"),
    ],
)
def test_a_bare_yes_or_no_answers_what_stands_right_before_it(
    screened: Callable[..., Draft], question: str, answer: str
) -> None:
    draft = screened(BUDGET, ("Quillan Breadnutt", question), ("Solana Reedwater", answer))
    assert only(draft, question)["answer"] == answer
    assert only(draft, BUDGET[1])["answered"] == "unknown"


def test_a_bare_yes_answers_no_question_but_the_one_before_it(screened: Callable[..., Draft]) -> None:
    late = screened(BINDING, BUDGET, ("Solana Reedwater", "Yes"))
    assert {row["answered"] for row in late.fields["questions"]} == {"unknown"}
    (proposal,) = screened(PORTAL, BINDING, ("Solana Reedwater", "Yes")).proposals
    assert (proposal.row["question"], proposal.reasons) == (BINDING[1], ["answer-doubtful"])


def test_a_link_that_follows_an_answer_belongs_to_it(screened: Callable[..., Draft]) -> None:
    draft = screened(
        ("Tavaro Basiliskey", "Is the opensource code of the catalogue documented?"),
        ("OSC CORALIA", "You will find here our open source code:"),
        ("OSC CORALIA", "https://code.example.org/catalogue"),
    )
    (row,) = draft.fields["questions"]
    assert row["answer"] == "You will find here our open source code:\nhttps://code.example.org/catalogue"


def test_a_doubtful_pairing_waits_for_an_editor(screened: Callable[..., Draft]) -> None:
    draft = screened(BUDGET, ("Solana Reedwater", "Every quarter since the reform"))
    (proposal,) = draft.proposals
    assert proposal.reasons == ["answer-doubtful"]
    assert proposal.row["answer"] == "Every quarter since the reform"
    assert "questions" not in draft.fields


@pytest.mark.parametrize("author", ["Quillan Breadnutt", "Solana", "Halcyon", "Coralia"])
def test_nobody_else_answers(screened: Callable[..., Draft], author: str) -> None:
    draft = screened(BUDGET, (author, "The budget is published every quarter."))
    assert only(draft, BUDGET[1])["answered"] == "unknown"


def test_an_answer_by_voice_is_known_as_such(screened: Callable[..., Draft]) -> None:
    draft = screened(BUDGET, ("Orla Sandpiper", "Tavaro, this was answered live"))
    assert only(draft, BUDGET[1])["answered"] == "in_session"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Hi Ana, yes it is", "yes it is"),
        ("@Ana yes", "yes"),
        ("Ana: yes", "yes"),
        ("Dear Ms. Pech, yes", "yes"),
        ("yes it is, Ana.", "yes it is"),
        ("yes, Ana Pech asked it", "yes, Ana Pech asked it"),
        ("Analysis: yes", "Analysis: yes"),
    ],
)
def test_an_address_is_stripped(text: str, rest: str) -> None:
    assert without_vocative(text, ("ana", "pech")) == rest


def test_a_yes_behind_another_open_question_waits(screened: Callable[..., Draft]) -> None:
    child = ("Ysmeria Zapoton", "Our students count too, may they register at 16?")
    draft = screened(PORTAL, child, ("Solana Reedwater", "Yes, from 16 on with a signature"))
    assert not any(row["answer"] for row in draft.fields.get("questions", []))
    assert any("answer-doubtful" in proposal.reasons for proposal in draft.proposals)


def test_of_several_questions_of_the_one_who_is_named_an_answer_gets_the_one_that_it_fits(
    screened: Callable[..., Draft],
) -> None:
    draft = screened(
        ("Ysmeria Zapoton", "Who prints the figures of the budget hearings?"),
        ("Ysmeria Zapoton", LICENCE[1]),
        ("Orla Sandpiper", "Ysmeria, the ministry prints the figures of the budget hearings."),
    )
    answers = {
        row["question"]: row["answer"]
        for row in [*draft.fields["questions"], *(p.row for p in draft.proposals)]
    }
    assert answers[LICENCE[1]] == ""
    assert answers["Who prints the figures of the budget hearings?"].startswith("the ministry prints")


def test_an_answer_that_names_somebody_who_asked_nothing_waits(screened: Callable[..., Draft]) -> None:
    draft = screened(
        ("Ysmeria Zapoton", "hello to all"),
        BUDGET,
        ("Orla Sandpiper", "Ysmeria, the budget is published every quarter."),
    )
    (proposal,) = draft.proposals
    assert proposal.row["question"] == BUDGET[1] and "answer-doubtful" in proposal.reasons
    assert "Ysmeria" not in proposal.row["answer"]


def test_an_answer_finds_the_asker_who_wrote_the_office_first(screened: Callable[..., Draft]) -> None:
    draft = screened(
        ("Ministry of Finance - Ysmeria Zapoton", LICENCE[1]),
        BUDGET,
        ("Orla Sandpiper", "Ysmeria: any open one does"),
    )
    row = only(draft, LICENCE[1])
    assert (row["answer"], row["sector"]) == ("any open one does", "public-service")
