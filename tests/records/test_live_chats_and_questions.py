"""Chats and questions that stand alone, as YouTube's replay, Webex and other programs give them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ckanext.opengovbelize.records.readers import recognise
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

from .contract import published

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"


def record(text: str, file: str) -> SessionRecord:
    (found,) = read(text.encode(), file=file)
    return found


def line(item: dict[str, Any]) -> str:
    return json.dumps({"replayChatItemAction": {"actions": [{"addChatItemAction": {"item": item}}]}})


def written(author: str, *runs: dict[str, Any], kind: str = "liveChatTextMessageRenderer") -> str:
    said = {
        "message": {"runs": list(runs)},
        "authorName": {"simpleText": author},
        "timestampText": {"simpleText": "0:10"},
    }
    return line({kind: said})


ASKED = written("Wren Halcyon", {"text": "How many boats are there? wren@example.org"})
PAID = written(
    "Petra Lindqvist",
    {"text": "For the reef "},
    {"emoji": {"emojiId": "🐠"}},
    kind="liveChatPaidMessageRenderer",
)
WELCOME = line({"liveChatViewerEngagementMessageRenderer": {"message": {"runs": [{"text": "Welcome!"}]}}})


def sample(file: str) -> SessionRecord:
    return record((SAMPLES / file).read_text(encoding="utf-8"), file)


def test_the_sample_of_a_live_chat() -> None:
    found = sample("chat-youtube.live_chat.json")
    assert [(one.author, one.text, one.at) for one in found.messages] == [
        ("Orla Sandpiper", "Good morning from San Ignacio", "0:10"),
        ("Petronel Vask", "How often are the tides measured? 🌊", "9:41"),
        ("Orla Sandpiper", "Twice a day.", "10:02"),
    ]


def test_the_sample_of_webex_questions() -> None:
    assert [(one.question, one.answer) for one in sample("questions-webex.txt").exchanges] == [
        ("How often are the tides measured?", "Twice a day.\nThe tables are on the page of the series."),
        ("Who keeps the tables?", ""),
    ]


@pytest.mark.parametrize("file", ["video.live_chat.json", "chat.txt", ""])
def test_the_replay_of_a_live_chat_belongs_to_a_session(file: str) -> None:
    found = record("\n".join((WELCOME, ASKED, PAID)), file)
    assert found.belongs == "chat"
    assert [(one.author, one.at) for one in found.messages] == [
        ("Wren Halcyon", "0:10"),
        ("Petra Lindqvist", "0:10"),
    ]
    assert found.messages[1].text == "For the reef 🐠"
    assert not [one for one in ("halcyon", "wren@", "lindqvist") if one in published(found).lower()]


# What the site says by itself, and who became a member, with the name of a person beside it.
ITS_OWN = [
    written("Shauna Quillfin", {"text": "Welcome to Reef Club!"}, kind=kind)
    for kind in (
        "liveChatMembershipItemRenderer",
        "liveChatViewerEngagementMessageRenderer",
        "liveChatSponsorshipsGiftPurchaseAnnouncementRenderer",
        "liveChatModeChangeMessageRenderer",
    )
]
NAMELESS = written("", {"text": "A message without an author"})


def test_what_the_site_of_a_live_chat_says_itself_is_nobodys_message() -> None:
    found = record("\n".join((*ITS_OWN, NAMELESS, ASKED, PAID)), "video.live_chat.json")
    assert [one.author for one in found.messages] == ["Wren Halcyon", "Petra Lindqvist"]
    assert not found.problems


def test_a_live_chat_that_is_cut_off_keeps_what_was_read_and_says_so() -> None:
    found = record(f"{ASKED}\n{PAID[:-40]}", "video.live_chat.json")
    assert len(found.messages) == 1
    assert [(problem.code, problem.rejects) for problem in found.problems] == [("file-damaged", False)]


def test_a_live_chat_in_which_nobody_wrote_is_empty() -> None:
    assert [problem.code for problem in record(WELCOME, "video.live_chat.json").problems] == ["chat-empty"]


QUESTIONS = """Starting time: Thu, May 7, 2020 10:30 am Belize Time
Finish time: Thu, May 7, 2020 12:00 pm Belize Time

Wren Halcyon (wren@example.org) - 10:41 AM
Q: How many boats are there?
Priority: N/A
Gil Mooring - 10:43 AM
A: There are 40 boats.
Most of them are old.

Petra Lindqvist (petra@example.org) - 10:50 AM
Q: Who counts them?
"""


def test_webex_report_of_questions_belongs_to_a_session_and_is_none() -> None:
    found = record(QUESTIONS, "Q&A.txt")
    assert (found.belongs, found.title, found.start) == ("chat", "", None)
    assert [(one.question, one.answer, one.asked_by, one.answered_by) for one in found.exchanges] == [
        (
            "How many boats are there?",
            "There are 40 boats.\nMost of them are old.",
            "Wren Halcyon",
            "Gil Mooring",
        ),
        ("Who counts them?", "", "Petra Lindqvist", ""),
    ]
    told = published(found).lower()
    assert [one for one in ("halcyon", "mooring", "lindqvist", "@example") if one in told] == []


BELOW = QUESTIONS.partition("\n\n")[2]


@pytest.mark.parametrize(
    "above",
    [
        *("", "Session name: Boats", "Event number: 123 456", "Meeting topic: Boats", "Training: Boats"),
        *(
            "Start time: 10:30",
            "End time: 12:00",
            "Date: 7 May 2020",
            "_" * 20,
            "Webex Q&A report",
            "Q & A",
            "Q&A",
        ),
        *("Questions and answers", "Question & Answers", "Session: Boats\n\nDate: 7 May 2020\n-----"),
    ],
)
def test_what_stands_above_webex_questions_leaves_them_a_report(above: str) -> None:
    found = record(f"{above}\n{BELOW}", "Q&A.txt")
    assert (found.belongs, len(found.exchanges)) == ("chat", 2)
    assert found.exchanges[0].answered_by == "Gil Mooring"


@pytest.mark.parametrize(
    "above",
    [
        "Counting boats",
        "Minutes of the meeting",
        "Where: Lagoon Hall",
        "Sessions were held at ten",
        "Updated: 7 May 2020",
        "The webex link is below",
    ],
)
def test_below_anything_else_they_are_no_report(above: str) -> None:
    assert recognise(f"{above}\n{BELOW}".encode(), file="Q&A.txt") != "questions"


def test_questions_of_that_form_below_the_parts_of_a_record_leave_it_a_session() -> None:
    text = f"Webinar 3: Counting boats\nDate: 7 May 2020, 10:30 AM - 12:00 PM\n\n{QUESTIONS.partition(chr(10) * 2)[2]}"
    found = record(text, "webinar-3.txt")
    assert (found.belongs, found.title) == ("", "Counting boats")


def test_a_report_of_a_poll_is_no_session() -> None:
    text = "Poll Session Name: Boats\nStarting time: Thu, May 7, 2020 10:30 am\n1. Do you own a boat?\na. Yes 5/10\nWren Halcyon\n"
    found = record(text, "poll.txt")
    assert [problem.code for problem in found.problems] == ["not-a-session"]
    assert "halcyon" not in published(found).lower()


def test_a_message_whose_text_stands_in_pieces_is_whole() -> None:
    pieces = [
        "Nine ",
        {"type": "bold", "text": "boats"},
        ", see ",
        {"type": "link", "text": "https://data.example.org"},
    ]
    told = {
        "type": "service",
        "date": "2020-05-07T10:30:00",
        "actor": "Gil Mooring",
        "action": "invite_members",
        "text": "",
    }
    messages = [told | {"id": 1, "members": ["Shauna Quillfin"]}]
    messages += [
        {"id": 2, "type": "message", "date": "2020-05-07T10:31:00", "from": "Wren Halcyon", "text": text}
        for text in ("How many?", pieces)
    ]
    found = record(
        json.dumps({"name": "Boats", "type": "public_supergroup", "messages": messages}), "result.json"
    )
    assert [one.text for one in found.messages] == ["How many?", "Nine boats, see https://data.example.org"]


def test_a_chat_in_which_a_message_says_more_of_its_author_than_the_name() -> None:
    message = {
        "timestamp": "2020-05-07T10:31:00-06:00",
        "content": "How many boats?",
        "author": {"id": "2", "name": "wrenh", "nickname": "Wren Halcyon"},
    }
    found = record(json.dumps({"guild": {"name": "Reef"}, "messages": [message]}), "chat.json")
    assert [(one.author, one.text) for one in found.messages] == [("Wren Halcyon", "How many boats?")]
    assert "halcyon" not in published(found).lower()
