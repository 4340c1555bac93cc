"""What was written in a session, kept as a table: chats, and reports of questions."""

from __future__ import annotations

import json

import pytest
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import Person, SessionRecord, take_along

ENGLISH = (
    'Q&A Report,\nReport Generated:,"07/09/2020 12:10:32 PM"\nTopic,Webinar ID,Actual Start Time,# Question\n'
    'Boats,123 4567 8901,"07/09/2020 10:29:00 AM",3\n\nQuestion Details\n#,Question,Asker Name,Asker Email,Answer(s)\n'
    "1,Which rivers are monitored?,Petronel Vask,vask@example.org,Nine rivers are monitored.\n"
    "2,Does petronel know who pays for the boats?,Anonymous Attendee,,live answered\n"
)
SPANISH = (
    "\ufeffInforme de preguntas y respuestas\n#;Pregunta;Nombre de quien pregunta;Correo electrónico;Respuesta(s)\n"
    "1;¿Qué ríos se vigilan?;Petronel Vask;vask@example.org;Se vigilan nueve ríos.\n"
    "2;¿Quién paga los barcos?;Participante anónimo;;Respondida en vivo\n"
)


def screened(text: str, file: str):
    (companion,) = read(text.encode(), file=file)
    assert companion.belongs == "chat"
    people = [Person("speaker", "Solana Reedwater", affiliation="Coralia")]
    record = SessionRecord("s.md", number=4, title="Boats", people=people)
    take_along(record, companion)
    draft = screen(record, Policy(b"key"))
    told = json.dumps(draft.as_dict(), ensure_ascii=False)
    assert not any(name in told.lower() for name in ("petronel", "vask"))
    return draft


@pytest.mark.parametrize("text", [ENGLISH, SPANISH])
def test_zooms_report_of_questions(text: str) -> None:
    draft = screened(text, "qa_report.csv")
    rows = [*draft.fields.get("questions", []), *(proposal.row for proposal in draft.proposals)]
    told = {row["question"][:9]: (row["answer"], row["answered"]) for row in rows}
    assert told[rows[-1]["question"][:9]] and len(rows) == 2
    assert ("", "in_session") in told.values()
    # Nobody says who wrote the answer, so an editor decides.
    waiting = [proposal for proposal in draft.proposals if "answer-doubtful" in proposal.reasons]
    assert [proposal.row["answered"] for proposal in waiting] == ["in_writing"]


@pytest.mark.parametrize(
    "text",
    [
        'Time,Name,Message\n10:32,"Vask, Petronel",Who counts the boats?\n10:33,Solana Reedwater,Nine people count the boats.\n',
        "Hora;De;Para;Mensaje\n10:32;Petronel Vask;Todos;Who counts the boats?\n10:32;Petronel Vask;Solana Reedwater;secret\n"
        "10:33;Solana Reedwater;Todos;Nine people count the boats.\n",
    ],
)
def test_a_chat_with_a_row_for_each_message(text: str) -> None:
    draft = screened(text, "chat.csv")
    (question,) = [*draft.fields.get("questions", []), *(proposal.row for proposal in draft.proposals)]
    assert question["answer"] == "Nine people count the boats."
    assert "secret" not in json.dumps(draft.as_dict())


@pytest.mark.parametrize(
    "text",
    [
        "Time,Name,Message,Private\n10:32,Petronel Vask,Who counts?,FALSE\n10:33,Petronel Vask,secret,TRUE\n",
        "Time,Name,Message,Es privado\n10:32,Petronel Vask,Who counts?,No\n10:33,Petronel Vask,secret,Sí\n",
        "Time,Name,Message,Kind\n10:32,Petronel Vask,Who counts?,Chat\n10:33,Petronel Vask,secret,Direct message\n",
        "Time,Name,Message,Visibility\n10:32,Petronel Vask,Who counts?,All\n10:33,Petronel Vask,secret,Private\n",
        "Time,Name,Message,Recipient type\n10:32,Petronel Vask,Who counts?,Everyone\n10:33,Petronel Vask,secret,Panelists\n",
    ],
)
def test_a_row_that_says_to_be_private_is_left_out_and_it_is_told(text: str) -> None:
    (record,) = read(text.encode(), file="chat.csv")
    assert [message.text for message in record.messages] == ["Who counts?"]
    assert [problem.code for problem in record.problems] == ["private-message-left-out"]


@pytest.mark.parametrize(
    "notice",
    ["Joined the server.", "Pinned a message.", 'Reacted to "Who counts?" with 👍', "Petronel Vask left"],
)
def test_what_a_program_tells_in_a_row_is_no_message(notice: str) -> None:
    rows = [
        ["Time", "Name", "Message"],
        ["10:32", "Petronel Vask", "Who counts?"],
        ["10:33", "Petronel Vask", notice],
    ]
    text = "\n".join(";".join(row) for row in rows)
    (record,) = read(text.encode(), file="chat.csv")
    assert [message.text for message in record.messages] == ["Who counts?"]


def test_alone_it_is_no_session() -> None:
    (record,) = read(ENGLISH.encode(), file="qa_report.csv")
    assert (record.belongs, record.title, record.number) == ("chat", "", None)


@pytest.mark.parametrize(
    "text",
    [
        "Timestamp,Name,Comments\n2020-05-07 10:00,Petronel Vask,Why was there no lunch?\n",
        "Name,Email,Phone,Message\nPetronel Vask,vask@example.org,600 1234,May I come?\n",
        "Name,Organisation,Message\nPetronel Vask,Reef School,May I come?\n",
        "First Name,Last Name,Question,Answer\nPetronel,Vask,What do you do?,Fisher\n",
    ],
)
def test_what_people_wrote_in_forms_is_no_chat(text: str) -> None:
    (record,) = read(text.encode(), file="form.csv")
    assert (record.belongs, record.messages, record.exchanges) == ("", [], [])
