"""Questions and answers in the minutes of a session: marked as such, each question with its answer."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

BOATS, FOUR = "How many boats are there?", "There are four."
WHO, OFFICE = "Who counts them?", "The Reef Office does."


def record_of(text: str, file: str = "minutes.md") -> SessionRecord:
    text = f"# Webinar 1: Boats\n\n14 May 2020, 10:30 - 12:00\n\n{text}\n\n## Objective\n\nTo count.\n"
    (record,) = read(text.encode(), file=file)
    return record


def codes(record: SessionRecord) -> list[str]:
    return [problem.code for problem in record.problems]


def said(record: SessionRecord) -> list[tuple[str, str]]:
    return [(exchange.question, exchange.answer) for exchange in record.exchanges]


@pytest.mark.parametrize(
    "label", ["## Questions and answers\n\n", "**Q&A**\n\n", "Preguntas y respuestas:\n\n", ""]
)
@pytest.mark.parametrize(
    "form",
    [
        "Q: {}\nA: {}\n\nQ: {}\nA: {}",
        "**Q:** {}\n\n**A:** {}\n\n**Q:** {}\n\n**A:** {}",
        "Q1. {}\nA1. {}\nQ2. {}\nA2. {}",
        "- Question: {}\n- Answer: {}\n- Question: {}\n- Answer: {}",
        "Question 1 – {}\n\nAnswer – {}\n\nQuestion 2 – {}\n\nAnswer – {}",
        "P: {}\nR: {}\nP: {}\nR: {}",
        "Pregunta: {}\n\nRespuesta: {}\n\nPregunta: {}\n\nRespuesta: {}",
        "| Question | Answer |\n|---|---|\n| {} | {} |\n| {} | {} |",
    ],
)
def test_questions_with_their_answers(label: str, form: str) -> None:
    record = record_of(label + form.format(BOATS, FOUR, WHO, OFFICE))
    assert said(record) == [(BOATS, FOUR), (WHO, OFFICE)]
    assert (record.objective, record.introduction, record.messages) == ("To count.", "", [])
    assert record.problems == []
    assert all(exchange.place for exchange in record.exchanges)


def test_a_text_file_and_a_page_are_read_alike() -> None:
    text = (
        f"Webinar 1: Boats\n\n14 May 2020, 10:30 - 12:00\n\nQuestions and answers\n\nQ: {BOATS}\nA: {FOUR}\n"
    )
    page = f"<h1>Webinar 1: Boats</h1><p>14 May 2020, 10:30<h2>Q&amp;A</h2><p>Q: {BOATS}<br>A: {FOUR}</p>"
    for data, file in ((text, "a.txt"), (page, "a.html")):
        (record,) = read(data.encode(), file=file)
        assert said(record) == [(BOATS, FOUR)], file


def test_an_answer_may_run_over_lines_or_be_missing_or_be_two() -> None:
    record = record_of(
        f"## Questions\n\nQ: {BOATS}\nA: There are four.\nTwo of them leak.\n\nA: Five, with the new one.\n\nQ: {WHO}\n"
    )
    assert said(record) == [(BOATS, "There are four.\nTwo of them leak.\nFive, with the new one."), (WHO, "")]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Question (Petronel Vask, Ceiba Club):", "Answer (Solana Reedwater):"),
        ("Question from Petronel Vask, Ceiba Club:", "Answer by Solana Reedwater:"),
        ("Pregunta de Petronel Vask, Ceiba Club:", "Respuesta de Solana Reedwater:"),
    ],
)
def test_who_asks_and_who_answers_stand_apart(question: str, answer: str) -> None:
    (exchange,) = record_of(f"{question} {BOATS}\n\n{answer} {FOUR}").exchanges
    assert (exchange.question, exchange.asked_by) == (BOATS, "Petronel Vask, Ceiba Club")
    assert (exchange.answer, exchange.answered_by) == (FOUR, "Solana Reedwater")


@pytest.mark.parametrize(
    ("label", "in_writing"),
    [("Questions and answers", False), ("Written answers", True), ("Respuestas por escrito", True)],
)
def test_answers_are_written_ones_where_the_record_says_so(label: str, in_writing: bool) -> None:
    (exchange,) = record_of(f"## {label}\n\nQ: {BOATS}\nA: {FOUR}").exchanges
    assert exchange.in_writing is in_writing


@pytest.mark.parametrize(
    "text",
    [
        "A: There are four.",
        "P: 620-0103",
        "Questions? Write to the Reef Office.",
        "Question time was short and lively.",
        "Answers: see below",
    ],
)
def test_what_is_no_question_is_told_or_read_as_before(text: str) -> None:
    record = record_of(text)
    assert (record.exchanges, record.objective) == ([], "To count.")
    assert [problem.code for problem in record.problems] == ["unplaced-line"]


def test_what_stands_between_is_told() -> None:
    record = record_of(
        f"## Questions\n\nMany people spoke.\n\nQ: {BOATS}\n\nA: {FOUR}\n\nThen there was coffee."
    )
    assert said(record) == [(BOATS, FOUR)]
    assert [(problem.code, problem.place) for problem in record.problems] == [
        ("unplaced-line", "line 7"),
        ("unplaced-line", "line 13"),
    ]


def test_questions_in_a_chat_stay_the_chats() -> None:
    chat = f"## Chat\n\nPetronel Vask: {BOATS}\nOrla Sandpiper: {FOUR}\nPetronel Vask: thanks"
    record = record_of(f"{chat}\n\n## Questions and answers\n\nQ: {WHO}\nA: {OFFICE}")
    assert [message.author for message in record.messages] == [
        "Petronel Vask",
        "Orla Sandpiper",
        "Petronel Vask",
    ]
    assert said(record) == [(WHO, OFFICE)]


@pytest.mark.parametrize(
    "form",
    [
        "## Questions and answers\n\n### {}\n\n{}\n\n### {}\n\n{}",
        "## Preguntas frecuentes\n\n**{}**\n\n{}\n\n**{}** (Wilmot Quill, Reef Watch)\n\n{}",
        "## FAQ\n\n{}\n\n{}\n\n{}\n\n{}",
        "| No. | Question | Asked by | Answer |\n|---|---|---|---|\n| 1 | {} | Wilmot Quill | {} |\n| 2 | {} | | {} |",
        "**Q (floor, Wilmot Quill):** {}\n**A – Tern-Ack:** {}\n\n**Q:** {}\n**A – Orla Tern:** {}",
        "Q1 - Wilmot Quill: {}\nA: {}\nQ2 (Wilmot Quill): {}\nA: {}",
    ],
)
def test_headings_columns_and_names_beside_questions(form: str) -> None:
    record = record_of(form.format(BOATS, FOUR, WHO, OFFICE))
    assert said(record) == [(BOATS, FOUR), (WHO, OFFICE)]
    assert (record.objective, codes(record)) == ("To count.", [])
    assert all(exchange.certain for exchange in record.exchanges)
    assert {exchange.asked_by for exchange in record.exchanges} <= {
        "",
        "Wilmot Quill",
        "Wilmot Quill, Reef Watch",
        "floor, Wilmot Quill",
    }


def test_answers_to_frequent_questions_were_written() -> None:
    (exchange,) = record_of(f"## Frequently asked questions\n\n### {BOATS}\n\n{FOUR}").exchanges
    assert exchange.in_writing


def test_what_stands_below_a_question_that_nothing_sets_apart_is_a_doubtful_answer() -> None:
    record = record_of(f"## Questions from the floor\n\n{BOATS}\n\n{FOUR}")
    assert [(exchange.question, exchange.answer, exchange.certain) for exchange in record.exchanges] == [
        (BOATS, FOUR, False)
    ]
    assert not screen(record, Policy(b"only-for-tests")).fields.get("questions")


@pytest.mark.parametrize("words", ["Not answered for lack of time.", "Sin respuesta.", "-"])
def test_words_that_say_there_was_no_answer_are_none(words: str) -> None:
    assert said(record_of(f"## Questions and answers\n\n### {BOATS}\n\n{words}")) == [(BOATS, "")]


def test_a_list_of_terms_holds_questions_with_their_answers() -> None:
    page = (
        "<h1>Webinar 1: Boats</h1><h2>Questions and answers</h2><dl><dt>How many boats are there? (Wilmot Reef)</dt>"
        "<dd>There are four.</dd><dt>Who counts them?</dt><dd>The Reef Office does.</dd></dl>"
    )
    (record,) = read(page.encode(), file="minutes.html")
    assert said(record) == [(BOATS, FOUR), (WHO, OFFICE)]
    assert record.exchanges[0].asked_by == "Wilmot Reef"


@pytest.mark.parametrize("answer", ["Ana Coral: There are four.", "There are four. (Ana Coral)"])
def test_the_speaker_whom_an_answer_names_gave_it(answer: str) -> None:
    record = record_of(
        f"Speaker: Ana Coral, Director, Reef Office\n\n## Questions\n\nQ: {BOATS}\nA: {answer}"
    )
    assert said(record) == [(BOATS, FOUR)]
    assert record.exchanges[0].answered_by == "Ana Coral"
    other = record_of(f"## Questions\n\nQ: {BOATS}\nA: {answer}")
    assert (said(other), other.exchanges[0].answered_by) == ([(BOATS, answer)], "")


@pytest.mark.parametrize(
    "question",
    [
        "Q. (Petronel Vask) {}",
        "P1. (Petronel Vask): {}",
        "Q – Petronel Vask: {}",
        "Ms. Petronel Vask from the coast asked: {}",
        "La señora Petronel Vask preguntó: {}",
    ],
)
@pytest.mark.parametrize("answer", ["A. (Dr. Reedwater) {}", "A: Dr. Reedwater: {}", "R. {} (Dr. Reedwater)"])
def test_askers_before_the_question_and_answerers_by_family_name(question: str, answer: str) -> None:
    text = (
        f"Speaker: Dr. Solana Reedwater\n\n## Questions\n\n{question.format(BOATS)}\n\n{answer.format(FOUR)}"
    )
    (exchange,) = record_of(text).exchanges
    assert (exchange.question, exchange.answer) == (BOATS, FOUR)
    assert ("Vask" in exchange.asked_by, exchange.answered_by) == (True, "Dr. Solana Reedwater")


def test_who_asks_in_a_list_without_marks() -> None:
    record = record_of(
        f"Speaker: Dr. Solana Reedwater\n\n## Questions\n\n**Petronel V. (Corozal):** {BOATS}\n\n"
        f"**Dr. Reedwater:** {FOUR}\n\n**Online participant:** {WHO}\n\n{OFFICE}\n\n**Sr. Vask:** ¿Y quién paga?\n\nNadie.\n"
    )
    assert said(record) == [(BOATS, FOUR), (WHO, OFFICE), ("¿Y quién paga?", "Nadie.")]
    assert (record.exchanges[0].answered_by, record.exchanges[1].asked_by) == ("Dr. Solana Reedwater", "")


def test_an_answer_below_what_was_left_out_answers_nothing_above() -> None:
    record = record_of(
        f"Q: {BOATS}\nA: {FOUR}\n\nMr. Vask wanted to know if it is open.\n\nA: Yes, on Mondays."
    )
    assert said(record) == [(BOATS, FOUR)]
    assert codes(record) == ["unplaced-line", "unplaced-line"]


@pytest.mark.parametrize(
    ("answer", "is_public"),
    [
        ("A: Orla Tern: {}", True),
        ("A (Ms. Orla Tern): {}", True),
        ("A: {} (Orla Tern)", True),
        ("A: Mr. Tern: {}", False),
        ("A (Mr. Tern): {}", False),
        ("A. (Mr. Tern) {}", False),
        ("Mr. Tern answered: {}", False),
        ("A: {} (Mr. Tern)", False),
    ],
)
def test_whoever_shares_the_speakers_family_name_answers_for_no_office(answer: str, is_public: bool) -> None:
    text = f"Speaker: Orla Tern, Analyst, Reef Office\n\n## Questions\n\nQ: {BOATS}\n\n{answer.format(FOUR)}"
    screened = screen(record_of(text), Policy(b"only-for-tests"))
    rows = screened.fields.get("questions", [])
    assert [row["answered_by"] for row in rows] == (["Reef Office"] if is_public else [])
    assert len(screened.proposals) == (0 if is_public else 1)


@pytest.mark.parametrize("who", ["Many citizens", "This session", "The Ministry of Finance"])
def test_prose_that_tells_what_was_asked_stays_prose(who: str) -> None:
    told = f"Boats are public.\n\n{who} asked: {BOATS}\n\nThis webinar shows how."
    record = record_of(f"## Introduction\n\n{told}")
    assert (record.introduction, record.exchanges, codes(record)) == (told, [], [])


@pytest.mark.parametrize(
    ("form", "answer"),
    [
        ("Q: {}\nA: {}\n\nP. Coral thanked everybody for coming.", FOUR),
        ("P. {}\nR. {}\n\nP. Coral thanked everybody for coming.", FOUR),
        ("Q: {}\n\nA. Sample of the Reef Club said {}", ""),
        ("Q. {}\n\nA. Sample of the Reef Club said {}", ""),
        ("Q: {}\nA. Sample of the Reef Club said {}\n\nQ: How?\nA: So.", ""),
    ],
)
def test_the_initial_of_a_name_marks_nothing(form: str, answer: str) -> None:
    record = record_of(f"## Questions\n\n{form.format(BOATS, FOUR)}")
    assert (said(record)[0], codes(record)) == ((BOATS, answer), ["unplaced-line"])
    assert "Coral" not in repr(record.exchanges)


@pytest.mark.parametrize(
    "answer", ["Nobody.", "Boats, nets and lines.", "45 boats.", "The Reef Office does."]
)
def test_a_letter_with_a_point_marks_what_no_name_follows(answer: str) -> None:
    text = f"## Questions\n\nQ. {BOATS}\n\nA. {FOUR}\n\nQ. Boats: who counts them?\n\nA. {answer}"
    assert said(record_of(text)) == [(BOATS, FOUR), ("Boats: who counts them?", answer)]


@pytest.mark.parametrize("topic", ["Ambergris Caye: ", "Marine Reserves: ", "(Budget) ", "[Act of 2019] "])
def test_the_topic_of_a_question_did_not_ask_it(topic: str) -> None:
    (exchange,) = record_of(f"Q: {topic}{BOATS}\nA: (See the Boats Act) {FOUR}").exchanges
    assert (exchange.question, exchange.asked_by) == (f"{topic}{BOATS}", "")
    assert (exchange.answer, exchange.answered_by) == (f"(See the Boats Act) {FOUR}", "")


@pytest.mark.parametrize(
    "asker", ["Mr. Vask: ", "Petronel Vask, Ceiba Club: ", "(Petronel Vask) ", "(the floor): "]
)
def test_who_is_named_before_a_question_asked_it(asker: str) -> None:
    (exchange,) = record_of(f"Q: {asker}{BOATS}\nA: {FOUR}").exchanges
    assert (exchange.question, exchange.asked_by) == (BOATS, asker.strip(" :()"))


@pytest.mark.parametrize("asker", ["Petronel Vask: ", "(Petronel) "])
def test_a_question_that_may_begin_with_its_askers_name_is_not_published(asker: str) -> None:
    record = record_of(f"## Questions\n\nQ: {asker}{BOATS}\nA: {FOUR}")
    assert not screen(record, Policy(b"only-for-tests")).fields.get("questions")


@pytest.mark.parametrize(
    "form", ["Q2 - {}: who keeps them?", "Q2: ({}) who keeps them?", "P2. [{}]: who keeps them?"]
)
@pytest.mark.parametrize(
    ("named", "question"),
    [
        ("Marine Reserves", "Marine Reserves: who keeps them?"),
        # Everyday words that the record never uses as such may be the name of whoever asked.
        ("Grace Marsh", "who keeps them?"),
    ],
)
def test_a_topic_before_a_question_is_one_that_the_record_speaks_of(
    form: str, named: str, question: str
) -> None:
    record = record_of(
        f"Rationale: Fish live in marine reserves.\n\n## Questions and answers\n\n{form.format(named)}\nA2: Rangers."
    )
    assert said(record) == [(question, "Rangers.")]
