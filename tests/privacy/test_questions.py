from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.questions import speaks_of_asker, substance

SUBSTANTIVE = [
    "What share of the datasets is updated each month?",
    "how is the catalogue paid for and is there documentation available",
    "Might you be able to share a bit more concerning (1) its development, (2) its function and (3) its use?",
    "Therefore it serves as the main desk?",
    "Will this series assist with defining priority areas? What approach will this take?",
    "I would like to know how citizens are consulted",
    "Ten to one: how often is the budget published?",
    "¿Cuántos conjuntos de datos se publican cada año?",
    "Quisiera saber cómo se evalúan los compromisos",
    "cuantos municipios participan en el plan",
    "¿Existe presupuesto para las comunidades rurales?",
    "Podrían explicar cómo se eligen los indicadores",
]

NOT_SUBSTANTIVE = [
    "Good morning everyone, how are you?",
    "Can you hear me?",
    "Could you speak louder Mr Reedwater?",
    "Will the powerpoint presentations be shared with us?",
    "Is this being recorded?",
    "What time is the next session?",
    "Could you send me the recording?",
    "Will we receive a certificate?",
    "Can everyone see my slides?",
    "it was having difficulties logging in, will the information be available for reference purpose.",
    "thank you all for this excellent session",
    "I will look at it shortly",
    "Buenos días a todos, ¿me escuchan?",
    "¿Van a compartir la presentación?",
    "¿A qué hora empieza la próxima sesión?",
    "¿Se puede enviar la grabación?",
    "No se oye bien",
    "Ditto",
    "?",
    "",
]


@pytest.mark.parametrize("text", SUBSTANTIVE)
def test_substantive_questions(text: str) -> None:
    assert substance(text) == text


@pytest.mark.parametrize("text", NOT_SUBSTANTIVE)
def test_greetings_sound_checks_and_logistics_are_no_questions(text: str) -> None:
    assert substance(text) == ""


def test_what_stands_around_a_question_is_left_out() -> None:
    text = "Good morning all. I am joining from the north. How often is the budget published? Thank you!"
    assert substance(text) == "How often is the budget published?"


@pytest.mark.parametrize(
    "text",
    ["As the manager of a farm, where do I find prices?", "How does my office publish?", "Soy maestra, ¿qué datos hay?",
     "¿Qué datos hay para mi escuela?", "I work at the port, which data is there?"],
)  # fmt: skip
def test_questions_that_speak_of_their_asker(text: str) -> None:
    assert speaks_of_asker(text)


@pytest.mark.parametrize("text", [text for text in SUBSTANTIVE if "would like" not in text])
def test_questions_that_do_not(text: str) -> None:
    assert not speaks_of_asker(text)
