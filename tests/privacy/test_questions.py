from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.questions import speaks_of_asker, substance, without_greeting

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


REGISTERS = [
    "Is the register of companies free?",
    "Can we see the register?",
    "Which registers are open?",
    "¿Dónde está el registro?",
]
NO_REGISTERS = [
    "Where do I register for the next webinar?",
    "Can all register again?",
    "Where is the register link?",
    "¿Dónde me registro?",
    "¿Hay registro para la próxima sesión?",
]

# Words of greeting, sound, links, slides, recordings, certificates and attendance, in another sense.
OTHER_SENSES = [
    "Good morning, who decides which commitments stay?",
    "Good morning who decides which commitments stay",
    "Hi all, is there a budget?",
    "Thanks, what about the coast?",
    "How are you measuring progress on the plan?",
    "Looking forward to 2030, which targets matter most?",
    "Thank you for joining us; what is expected of a country in its first year?",
    "Will the recording of the budget hearings be published by the municipality?",
    "Are council meetings recorded?",
    "How can a farmer get the link between the plan and the budget?",
    "What is the link between corruption and poverty?",
    "Does the government listen to you when you file a complaint?",
    "Can citizens hear the debates of the Senate live?",
    "How many schools have an internet connection?",
    "How can a citizen log in to the complaints system?",
    "Where can citizens sign up to comment on the draft?",
    "How long does it take to receive a land certificate?",
    "Is the attendance of senators published?",
    "Who sees the presentation of accounts before it is published?",
    "Can you share the link to the land registry data?",
    "At what time of the year is the budget presented to the House?",
    "When does the second action plan begin?",
    "Are questions from the public answered by ministers?",
    "Will the coffee growers be consulted before the export law changes?",
    "Is the volume of contracts without tender known?",
    "Is there anyone here who knows whether the land law was amended?",
    "Who pays for it?",
    "What about Toledo?",
    "Is it binding?",
    "Buenos días, ¿quién decide qué compromisos se quedan?",
    "¿Cómo están los avances del plan en el sur?",
    "¿Qué tal funciona el portal de datos en las aldeas?",
    "¿Se publicará la grabación de las audiencias del presupuesto?",
    "¿Los certificados de nacimiento se emiten en línea?",
    "¿La lista de asistencia de los diputados es pública?",
    "¿Cuántas escuelas tienen conexión a internet?",
    "¿A qué hora del año se presenta el presupuesto?",
    "¿Quién paga?",
]

# Nothing but greeting and the running of the session.
SESSION_ONLY = [
    "Hi all, how is everyone doing today?",
    "hello can u hear us",
    "Can you hear me now, Grace?",
    "Is there a problem with the sound?",
    "Is it just me or is the audio cutting out?",
    "How do I unmute myself?",
    "Could you go back to the slide with the budget?",
    "will the presenttions be shared wit us",
    "Can we have the slides in PDF?",
    "Could someone share the link again?",
    "Is it the same link for the next webinar on Thursday?",
    "Did the webinar start already?",
    "At what time do we break for lunch?",
    "Do we need to attend all three sessions to receive the certificate?",
    "Is there a sign-in sheet going around?",
    "Can you repeat the question please?",
    "May I ask a question?",
    "Can I leave early?",
    "Is anybody here from Corozal?",
    "¿Hola, cómo están?",
    "¿Se escucha bien?",
    "¿Pueden subir el volumen por favor?",
    "¿Ya empezó la sesión?",
    "¿Nos darán certificado de participación?",
    "¿Compartirán las diapositivas?",
    "¿Es el mismo enlace para mañana?",
]


@pytest.mark.parametrize("text", [*SUBSTANTIVE, *OTHER_SENSES, *REGISTERS])
def test_substantive_questions(text: str) -> None:
    assert without_greeting(substance(text)) == without_greeting(text) != ""


@pytest.mark.parametrize("text", [*NOT_SUBSTANTIVE, *SESSION_ONLY, *NO_REGISTERS])
def test_greetings_sound_checks_and_logistics_are_no_questions(text: str) -> None:
    assert substance(text) == ""


def test_what_stands_around_a_question_is_left_out() -> None:
    text = "Good morning all. I am joining from the north. How often is the budget published? Thank you!"
    assert substance(text) == "How often is the budget published?"


def test_a_statement_is_left_out_only_where_it_is_about_the_session() -> None:
    text = "The link between plan and budget is weak. The slides were fine. How is it mended?"
    assert substance(text) == "The link between plan and budget is weak. How is it mended?"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Good morning, who decides?", "who decides?"),
        ("Good morning all who decides", "who decides"),
        ("Hi Orla how is it counted?", "how is it counted?"),
        ("Hola Orla ¿cómo se cuenta?", "¿cómo se cuenta?"),
        ("Good governance needs what?", "Good governance needs what?"),
    ],
)
def test_a_question_is_told_without_its_greeting(text: str, question: str) -> None:
    assert without_greeting(text) == question


@pytest.mark.parametrize(
    "text",
    ["As the manager of a farm, where do I find prices?", "How does my office publish?", "Soy maestra, ¿qué datos hay?",
     "¿Qué datos hay para mi escuela?", "I work at the port, which data is there?",
     "No audio here in the harbour office. Which data is there?"],
)  # fmt: skip
def test_questions_that_speak_of_their_asker(text: str) -> None:
    assert speaks_of_asker(text)


@pytest.mark.parametrize("text", [text for text in SUBSTANTIVE if "would like" not in text])
def test_questions_that_do_not(text: str) -> None:
    assert not speaks_of_asker(text)
