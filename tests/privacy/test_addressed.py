"""Who is greeted, thanked or signs with one name alone, though it is an ordinary word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ckanext.opengovbelize.privacy.name_words import known_phrases
from ckanext.opengovbelize.privacy.vocabulary import phrases, word_set
from ckanext.opengovbelize.records.drafts import Draft
from hypothesis import assume, given
from hypothesis import strategies as st

from .screened import published, waiting
from .test_person_signs import names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thanks, Cliff, for the projector.", ["Cliff"]),
        ("Doors open at six. thanks, cliff", ["cliff"]),
        ("gracias, consuelo, por la sala", ["consuelo"]),
        ("Hi Cliff, please publish this session.", ["Cliff"]),
        ("Dear Gwenetha,\nthe text is below.", ["Gwenetha"]),
        ("Good morning Lance - the text is below.", []),
        ("Hola Amparo: aquí va el texto.", ["Amparo"]),
        ("Best,\nCliff", ["Cliff"]),
        ("Thank you so much, Penny, for the room.", ["Penny"]),
        ("Con cariño,\nConsuelo", ["Consuelo"]),
        ("Saludos cordiales,\n- Amparo", ["Amparo"]),
        ("Regards\nMaria.", ["Maria"]),
    ],
)
def test_one_name_is_somebody_there(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, everybody!",
        "Hi all, please join early.",
        "Dear participants, the text is below.",
        "Good morning Belize, the text is below.",
        "Best,\nReef Office",
        "Best regards,\nThe Reef Office",
        "With thanks, mercy and hope in hand, we go on.",
        "Thanks, Speednet, for the line.",
        "Give thanks, patience, and time.",
        "Hello Solana, the text is below.",
        "Hi UNDP, the text is below.",
        "Hello CZKX, the text is below.",
        "It is done. thanks, will.",
    ],
)
def test_everybody_and_bodies_are_greeted_too(text: str) -> None:
    assert names(text) == []


@given(
    st.sampled_from(sorted(phrases("greetings_before_name"))),
    st.sampled_from(sorted(word_set("given_names") | word_set("everyday_given_names"))),
    st.sampled_from([",", "!", ":", ".", "\n"]),
)
def test_any_given_name_is_found_behind_any_greeting(greeting: str, name: str, sign: str) -> None:
    assume(name not in known_phrases())
    said = name.capitalize()
    (found,) = names(f"{greeting.capitalize()} {said}{sign} the text is below.")
    assert found.endswith(said)


def test_in_the_chat_too(screened: Callable[..., Draft]) -> None:
    draft = screened(("guest", "thanks, cliff, but how is the budget of the schools published?"))
    assert not any("cliff" in question for question in published(draft) + waiting(draft))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Basil, can you say how the budget is read?", "[withheld], can you say how the budget is read?"),
        ("Budgets, can you say how they are read?", "Budgets, can you say how they are read?"),
    ],
)
def test_whom_a_message_calls_first_is_withheld(
    screened: Callable[..., Draft], text: str, shown: str
) -> None:
    draft = screened(("guest", text))
    assert published(draft) + waiting(draft) == [shown]


def test_a_signature_on_a_line_of_its_own_goes_whole(screened: Callable[..., Draft]) -> None:
    draft = screened(("guest", "How often is the data updated?\n\nHyacinth Zorbek"))
    assert not any("Hyacinth" in question for question in published(draft) + waiting(draft))
