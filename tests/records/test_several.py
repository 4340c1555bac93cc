"""Documents that tell of several sessions: the programme of a series, a page about all of its webinars."""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.opengovbelize.records import several
from ckanext.opengovbelize.records.dividing import divide
from ckanext.opengovbelize.records.readers import markdown
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord
from hypothesis import given
from hypothesis import strategies as st

REGISTER = ("What a register is", "2024-03-07")
ASKING = ("Who may ask", "2024-03-14")


def sessions(text: str, file: str = "programme.md") -> list[SessionRecord]:
    return read(text.encode(), file=file)


def said(records: list[SessionRecord]) -> list[tuple[str, str]]:
    """Title and day of each session."""
    return [(record.title, record.start.date().isoformat() if record.start else "") for record in records]


def codes(record: SessionRecord) -> list[str]:
    return [problem.code for problem in record.problems]


@pytest.mark.parametrize(
    "text",
    [
        "Coastal Data Series 2024\n\n**Webinar 1: What a register is**\n\nDate: 7 March 2024, 10:00 AM\n\n"
        "**Webinar 2: Who may ask**\n\nDate: 14 March 2024, 10:00 AM\n",
        "## Webinar 1: What a register is\n\n7 March 2024, 10:00 AM\n\n## Webinar 2: Who may ask\n\n14 March 2024, 10 AM\n",
        "Thursday 7 March 2024, 10:00 AM - 11:30 AM\nWebinar 1: What a register is\nSpeaker: Ana Sample, Clerk, Reef Office\n\n"
        "Thursday 14 March 2024, 10:00 AM - 11:30 AM\nWebinar 2: Who may ask\nSpeaker: Ben Sample, Clerk, Reef Office\n",
        "- Webinar 1: What a register is (7 March 2024, 10:00 AM)\n- Webinar 2: Who may ask (14 March 2024, 10:00 AM)\n",
        "7 March 2024, 10:00 AM - Webinar 1: What a register is\n\n14 March 2024, 10:00 AM - Webinar 2: Who may ask\n",
        "# Events of the Reef Office\n\n## What a register is\nDate: 7 March 2024, 10:00 AM\nVenue: Reef Hall, Dangriga\n\n"
        "## Who may ask\nDate: 14 March 2024, 10:00 AM\nVenue: Reef Hall, Dangriga\n",
        "Webinar 1: What a register is. This session tells which registers offices keep, and why. Recorded on Thursday,"
        " March 7, 2024 10AM-11AM - at Reef Hall, Dangriga.\n\nWebinar 2: Who may ask. This session tells who may ask an"
        " office for what it keeps. Recorded on March 14, 2024 10AM-11AM - at Reef Hall, Dangriga\n",
    ],
    ids=["bold", "headings", "dates-above", "list", "dates-before", "without-numbers", "paragraphs"],
)
def test_each_session_has_its_own_title_and_day(text: str) -> None:
    assert said(sessions(text)) == [REGISTER, ASKING]


def test_days_without_their_year_are_never_mixed() -> None:
    records = sessions(
        "**Webinar 1: What a register is**\nDate: Thursday 7 March\n\n**Webinar 2: Who may ask**\n"
        "Thursday 14 March, 10:00 AM\n"
    )
    assert [(record.title, record.date_as_stated) for record in records] == [
        ("What a register is", "Thursday 7 March"),
        ("Who may ask", "Thursday 14 March, 10:00 AM"),
    ]


def test_a_link_above_does_not_hide_the_first_title() -> None:
    records = sessions(
        "Register at this link: <https://example.org/register>\n\n**Webinar 1: What a register is**\n\n"
        "Date: 7 March 2024, 10:00 AM\n\n**Webinar 2: Who may ask**\n\nDate: 14 March 2024, 10:00 AM\n"
    )
    assert said(records) == [REGISTER, ASKING]
    assert [link.url for record in records for link in record.links] == ["https://example.org/register"] * 2


def test_what_stands_first_belongs_to_all_and_the_rest_to_its_own_session() -> None:
    first, second = sessions(
        "# Coastal Data Series 2024\n\nAudience: fishers\n\n## Webinar 1: Boats\nDate: 7 March 2024, 10:00\n"
        "Venue: Reef Hall, Dangriga\nSpeaker: Ana Sample, Clerk, Reef Office\n\n## Webinar 2: Nets\n"
        "Date: 14 March 2024, 10:00\nVenue: Lagoon House, Corozal\nSpeaker: Ben Sample, Clerk, Reef Office\n"
    )
    assert (
        (first.series, first.audience)
        == (second.series, second.audience)
        == ("Coastal Data Series 2024", "fishers")
    )
    assert (first.venue_name, second.venue_name) == ("Reef Hall", "Lagoon House")
    assert [person.name for person in first.people] == ["Ana Sample"]
    assert [person.name for person in second.people] == ["Ben Sample"]


def test_a_paragraph_gives_title_text_day_place_and_link() -> None:
    page = (
        "<html><body><h1>All our webinars</h1><p>All webinars were facilitated by Ana Sample, Specialist of the Reef"
        " Office</p><p><a href='https://example.org/one'>Webinar 1: What a register is.</a> This session tells which"
        " registers offices keep. Recorded on March 7, 2024 10AM-11AM - at Reef Hall, Dangriga.</p><p>Webinar 2: Who may"
        " ask. This one tells who may ask. Recorded on March 14, 2024 10AM-11AM - at Reef Hall, Dangriga.</p></body></html>"
    )
    first, second = sessions(page, "webinars.html")
    assert (first.venue_name, first.locality) == ("Reef Hall", "Dangriga")
    assert "which registers offices keep" in first.introduction and "Recorded" not in first.introduction
    assert [link.url for link in first.links] == ["https://example.org/one"]
    assert [(person.role, person.name) for person in second.people] == [("facilitator", "Ana Sample")]


def test_a_paragraph_gives_its_day_without_a_time_too() -> None:
    first, second = sessions(
        "<html><body><p>Webinar 1: Boats. This one is on boats. Recorded on March 7, 2024.</p>"
        "<p>Webinar 2: Nets. This one is on nets. Recorded on March 14, 2024.</p></body></html>",
        "webinars.html",
    )
    assert (first.date_as_stated, second.date_as_stated) == ("March 7, 2024.", "March 14, 2024.")


def test_what_belongs_to_all_is_not_read_again_and_again() -> None:
    said = "Boats are counted on the coast.\n\n" * 300
    one, two = (f"## Webinar {n}: Nets\n{n} March 2024, 10:00 AM\n\n" for n in (1, 2))
    document = markdown.read(f"# Coastal Series\n\n{said}{one}{two}".encode())
    first, second = several.part(document.blocks, divide(document.blocks)[0]).sessions
    assert len(first.lines) > 300 and len(second.lines) < 150


def test_two_series_that_number_alike() -> None:
    records = sessions(
        "# Our webinars\n\n## First series\n\n### Webinar 1: What a register is\nDate: 7 March 2024, 10:00\n\n"
        "### Webinar 2: Nets\nDate: 8 March 2024, 10:00\n\n## Second series\n\n### Webinar 1: Who may ask\n"
        "Date: 14 March 2024, 10:00\n"
    )
    assert [(record.series, record.number) for record in records] == [
        ("First series", 1),
        ("First series", 2),
        ("Second series", 1),
    ]


def test_two_series_that_only_their_audiences_tell_apart() -> None:
    records = sessions(
        "Audience: Reef Committee.\n\n**Webinar 1: What a register is**\nDate: 7 March 2024, 10:00\n\n"
        "Audience: Fishers of the coast.\n\n**Webinar 1: Who may ask**\nDate: 14 March 2024, 10:00\n"
    )
    assert said(records) == [REGISTER, ASKING]
    assert [(record.series, record.number) for record in records] == [
        ("Reef Committee", 1),
        ("Fishers of the coast", 1),
    ]


def test_numbers_that_repeat_without_a_series_are_left_out_and_told() -> None:
    records = sessions(
        "**Webinar 1: What a register is**\nDate: 7 March 2024, 10:00\n\n**Webinar 1: Who may ask**\n"
        "Date: 14 March 2024, 10:00\n"
    )
    assert said(records) == [REGISTER, ASKING]
    assert [record.number for record in records] == [None, None]
    assert all("number-repeated" in codes(record) for record in records)


def test_each_is_known_by_its_number_wherever_it_stands() -> None:
    one, two = (
        "## Webinar 1: Boats\nDate: 7 March 2024, 10:00\n\n",
        "## Webinar 2: Nets\nDate: 14 March 2024, 10:00\n\n",
    )
    keys = {record.number: record.key for record in sessions(one + two)}
    assert {record.number: record.key for record in sessions(two + one)} == keys
    assert len(set(keys.values())) == 2


def test_reports_tell_where_in_the_document_each_stands() -> None:
    records = sessions("## Webinar 1: Boats\nDate: 7 March 2024\n\n## Webinar 2: Nets\nDate: 14 March 2024\n")
    assert [record.place for record in records] == ["line 1", "line 4"]


@pytest.mark.parametrize(
    "text",
    [
        "# Webinar 3: Boats\nDate: 21 March 2024, 10:00\n\n## Before this\n- Webinar 1: Nets (7 March 2024)\n"
        "- Webinar 2: Sails (14 March 2024)\n",
        "# Boats\nDate: 21 March 2024, 10:00\n\n## Registration\nUntil 14 March 2024\n\n## Recording\nPublished on 22 March 2024\n",
        "# Webinar 3: Boats\nDate: 21 March 2024, 10:00\n\n# Webinar 3: Boats\nThursday, March 21, 2024, 10:00 AM\n",
        "# Webinar 3: Boats\nDate: 21 March 2024, 10:00\n\n## Chat\nAna: Webinar 1: Nets, 7 March 2024\nBen: Webinar 2: Sails,"
        " 14 March 2024\n",
    ],
    ids=["earlier-ones-listed", "other-days", "title-twice", "in-a-chat"],
)
def test_a_record_that_mentions_other_days_is_of_one_session(text: str) -> None:
    assert said(sessions(text)) == [("Boats", "2024-03-21")]


@pytest.mark.parametrize(
    "text",
    [
        "# Webinar 3: Boats\n\n## Earlier sessions\n- Webinar 1: Nets (7 March 2024)\n- Webinar 2: Sails (14 March 2024)\n\n"
        "## Details\nDate: 21 March 2024, 10:00\n",
        "# Webinar 3: Boats\n\nDate: 21 March 2024, 10:00\n\n## Next webinar\n\n**Webinar 4: Nets**\n28 March 2024, 10:00\n",
        "**Webinar 3: Boats**\n21 March 2024, 10:00 AM\n\n**Webinar 3: Boats, what came of it**\nThe answers were sent on"
        " 28 March 2024.\n",
        "# Boats\n\n## When we meet\n21 March 2024, 10:00\n\n## Deadline for registration\n14 March 2024\n",
    ],
    ids=["earlier-ones-first", "next-one", "what-came-of-it", "deadline"],
)
def test_other_sessions_and_days_are_no_further_sessions(text: str) -> None:
    (record,) = sessions(text)
    assert (record.start and record.start.date().isoformat()) == "2024-03-21"


@pytest.mark.parametrize(
    "days",
    [
        "Day 1: 5 May 2024, 9:00 AM - 4:00 PM\nHow boats are counted\n\nDay 2: 6 May 2024, 9:00 AM - 12:30 PM\nClosing\n",
        "**Day 1: Sunday 5 May 2024, 9:00 AM - 4:00 PM**\n\n9:00 Welcome\n\n**Day 2: 6 May 2024, 9:00 AM - 12:30 PM**\n",
        "## Día 1: Conceptos\n\nFecha: 5 de mayo de 2024, 9:00 - 16:00\n\n## Día 2: Práctica\n\n"
        "Fecha: 6 de mayo de 2024, 9:00 - 12:30\n",
    ],
    ids=["lines", "bold", "headings"],
)
def test_an_event_of_several_days_is_one_from_its_first_start_to_its_last_end(days: str) -> None:
    (record,) = sessions(f"# Workshop on counting boats\n\n{days}")
    assert record.title == "Workshop on counting boats"
    assert (str(record.start), str(record.end)) == ("2024-05-05 09:00:00-06:00", "2024-05-06 12:30:00-06:00")


def test_days_of_an_event_without_times_are_all_kept_as_stated() -> None:
    (record,) = sessions(
        "# Workshop on boats\n\n### Day 1: 5 May 2024\n- Welcome\n\n### Day 2: 6 May 2024\n- Closing\n"
    )
    assert record.date_as_stated == "Day 1: 5 May 2024; Day 2: 6 May 2024"


def test_sentences_with_days_below_headings_make_no_sessions() -> None:
    (record,) = sessions(
        "# Minutes of Webinar 2: Nets\n\n## Follow-up of tasks\nThe list of nets is due on 30 April 2024.\n\n"
        "## Closing of the meeting\nThe next meeting is on 2 May 2024.\n"
    )
    assert (record.title, record.number) == ("Nets", 2)


@pytest.mark.parametrize(
    "below",
    [
        "## Chat\nZeno Coral: good morning\nYara Reef: What about the boats?\nZeno Coral: thanks\n",
        "**Chat**\n\nZeno Coral: good morning\nYara Reef: What about the boats?\nZeno Coral: thanks\n",
        "Chat:\nZeno Coral: good morning\nYara Reef: What about the boats?\nZeno Coral: thanks\n",
        "Zeno Coral: good morning\nYara Reef: What about the boats?\nZeno Coral: thanks\nYara Reef: bye\n",
        "## Materials\n- Webinar 1: <https://example.org/1.pdf>\n- Webinar 2: <https://example.org/2.pdf>\n",
        "Materials:\n- Slides: <https://example.org/1.pdf>\n",
        "## Speakers\nCleo Sample, Clerk, Reef Office\n",
    ],
    ids=["chat", "bold", "plain", "unlabelled", "materials", "plain-materials", "speakers"],
)
def test_what_stands_below_all_sessions_goes_to_none_that_it_may_not_be_of(below: str) -> None:
    records = sessions(
        "# Coastal Data Series 2024\n\n**Webinar 1: Boats**\n7 March 2024, 10:00 AM\n\n**Webinar 2: Nets**\n"
        f"14 March 2024, 10:00 AM\n\n{below}\n## Contact\nCoordinator: Dora Sample, Reef Office\n"
    )
    assert [record.title for record in records] == ["Boats", "Nets"]
    for record in records:
        assert not record.messages and not record.exchanges and not record.materials
        assert [(person.role, person.name) for person in record.people] == [("coordinator", "Dora Sample")]
    assert "below-sessions" in codes(records[0])


def test_a_chat_below_all_sessions_goes_to_the_one_that_it_names() -> None:
    first, second = sessions(
        "Webinar 1: Boats\nDate: 7 March 2024, 10:00 AM\n\nWebinar 2: Nets\nDate: 14 March 2024, 10:00 AM\n\n"
        "Chat of Webinar 1:\nZeno Coral: good morning\nYara Reef: What about the boats?\n",
        "programme.txt",
    )
    assert [message.text for message in first.messages] == ["good morning", "What about the boats?"]
    assert not second.messages and "below-sessions" not in codes(first)


def test_each_session_keeps_the_chat_below_it() -> None:
    first, second = sessions(
        "Webinar 1: Boats\nDate: 7 March 2024, 10:00 AM\nSlides: https://example.org/1.pdf\n\n"
        "Chat:\nZeno Coral: Webinar 2: Nets, when?\n\nWebinar 2: Nets\nDate: 14 March 2024, 10:00 AM\n"
        "Slides: https://example.org/2.pdf\n\nChat:\nYara Reef: good evening\n",
        "programme.txt",
    )
    assert said([first, second]) == [("Boats", "2024-03-07"), ("Nets", "2024-03-14")]
    assert [message.author for message in first.messages] == ["Zeno Coral"]
    assert [message.author for message in second.messages] == ["Yara Reef"]
    assert [material.url for material in second.materials] == ["https://example.org/2.pdf"]


def test_what_looks_like_a_title_within_one_chat_ends_it_not() -> None:
    (record,) = sessions(
        "Webinar 1: Boats\nDate: 7 March 2024, 10:00 AM\n\nChat:\nZeno Coral: When is the next?\n\n"
        "Webinar 2: Nets\nDate: 14 March 2024, 10:00 AM\n\nYara Reef: thanks\n",
        "record.txt",
    )
    assert "Yara Reef" in {message.author for message in record.messages}


def test_titles_without_days_of_their_own_are_told() -> None:
    (record,) = sessions(
        "# Workshop\nDay one: 7 March 2024\n\n## Session 1: Boats\n\n## Session 2: Nets\n\nDay two: 8 March 2024\n"
        "\n## Session 3: Sails\n"
    )
    assert "several-sessions" in codes(record)


@given(
    st.lists(
        st.sampled_from(
            ["Webinar 1: A boat", "7 March 2024", "14 March 2024", "**Webinar 2: Nets**", "## Sails", ""]
        )
    )
)
def test_any_order_of_titles_and_days_is_read(lines: list[str]) -> None:
    records: list[Any] = sessions("\n".join(["Reef Office", *lines]))
    assert records and "reader-failed" not in [code for record in records for code in codes(record)]


ONE_DAY = "# Open books day\n\n10 September 2020, online\n\n" + "\n\n".join(
    f"## {{kind}} {number}: {title}\n\n{time}\n\nSpeaker: {speaker}, Analyst, Ministry of Tides"
    for number, title, time, speaker in (
        (1, "Counting boats", "9:00 - 10:00", "Orla Reef"),
        (2, "Reading tides", "Time: 10:30 AM - 11:30 AM", "Tulio Bay"),
    )
)


def test_webinars_of_one_day_have_a_time_each() -> None:
    first, second = sessions(ONE_DAY.format(kind="Webinar"))
    assert [(str(one.start)[:16], one.title) for one in (first, second)] == [
        ("2020-09-10 09:00", "Counting boats"),
        ("2020-09-10 10:30", "Reading tides"),
    ]
    assert [person.name for person in second.people] == ["Tulio Bay"]


def test_sessions_of_one_day_are_its_agenda() -> None:
    assert len(sessions(ONE_DAY.format(kind="Session"))) == 1


@pytest.mark.parametrize("said", ["{name}: {text}", "14:0{minute}:00 From {name} to Everyone: {text}"])
def test_a_chat_without_a_label_ends_at_the_next_session(said: str) -> None:
    chat = "\n".join(
        said.format(name=name, minute=minute, text=text)
        for minute, (name, text) in enumerate(
            (("Zeno Private", "good morning"), ("Orla Reef", "welcome"), ("Zeno Private", "how many boats?"))
        )
    )
    records = sessions(
        f"Webinar 1: Counting boats\nDate: 10 September 2020, 14:00\n\n{chat}\n\n"
        f"Webinar 2: Reading tides\nDate: 17 September 2020, 14:00\n\n{chat}\n",
        "two.txt",
    )
    assert [(one.number, one.title, len(one.messages)) for one in records] == [
        (1, "Counting boats", 3),
        (2, "Reading tides", 3),
    ]
