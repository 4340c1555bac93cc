"""Chats and captions that are saved as files of their own: what becomes of each, and how they join their session."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.reading import belongs, read
from ckanext.opengovbelize.records.session import Person, SessionRecord, take_along

from .contract import HOSTILE

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"


def only(data: bytes | str, file: str) -> SessionRecord:
    (record,) = read(data.encode() if isinstance(data, str) else data, file=file)
    return record


def said(record: SessionRecord) -> list[tuple[str, str]]:
    return [(message.author, message.text) for message in [*record.messages, *record.captions]]


def test_zooms_chat() -> None:
    record = only((SAMPLES / "chat-zoom.txt").read_bytes(), "chat-zoom.txt")
    assert record.belongs == "chat"
    assert said(record) == [
        ("Orla Sandpiper", "Good morning from San Ignacio"),
        ("Wilmot Quillfeather", "Hello all\nwe are three in the room"),
        ("Petronel Vask (Reef Radio)", "How often are the tides measured?"),
        ("Orla Sandpiper", "Twice a day, and the tables are on the page of the series."),
    ]
    assert [problem.code for problem in record.problems] == ["private-message-left-out"]


def test_teams_chat_without_events_deleted_messages_and_reactions() -> None:
    record = only((SAMPLES / "chat-teams.json").read_bytes(), "chat-teams.json")
    assert said(record) == [
        ("Orla Sandpiper", "Good morning"),
        ("Wilmot Quillfeather", "Hi & welcome Orla Sandpiper"),
        ("Orla Sandpiper", "The table https://data.example.org/tides"),
    ]
    assert record.messages[2].reply_to.startswith("Hi & welcome")


def test_slacks_chat_without_comings_programs_and_codes() -> None:
    record = only((SAMPLES / "chat-slack.json").read_bytes(), "chat-slack.json")
    assert record.belongs == "chat"
    assert said(record) == [
        ("Orla Sandpiper", "Good morning from San Ignacio"),
        ("Petronel Vask", "How often are the tides measured?\nAnd by whom?"),
        (
            "Orla Sandpiper",
            "Twice a day & by Petronel Vask's office: the table https://data.example.org/tides",
        ),
    ]
    assert record.messages[2].reply_to == "How often are the tides measured? And by whom?"


def slack(**said: object) -> str:
    messages = [{"type": "message", "ts": "1590683400.000100", "user": "U01", "text": "Hello", **said}]
    return json.dumps({"ok": True, "messages": messages})


@pytest.mark.parametrize(
    "said",
    [
        {"channel_type": "im"},
        {"channel_type": "mpim"},
        *(
            {"subtype": kind}
            for kind in ("channel_join", "channel_topic", "tombstone", "bot_message", "message_deleted")
        ),
        {"bot_id": "B01"},
        {"text": None},
        {"user": 7},
    ],
)
def test_what_nobody_wrote_to_a_channel_of_slack_is_no_message(said: dict[str, object]) -> None:
    assert [problem.code for problem in only(slack(**said), "chat.json").problems] == ["chat-empty"]


def test_a_file_that_is_sent_with_words_is_a_message() -> None:
    assert said(only(slack(subtype="file_share", files=[{"name": "a.pdf"}]), "chat.json")) == [
        ("U01", "Hello")
    ]


def test_whom_slack_names_by_a_code_is_known_to_the_screen_alone() -> None:
    record = only(slack(text="<@U09|Wilmot Quillfeather> will tell"), "chat.json")
    assert (said(record), record.others) == (
        [("U01", "Wilmot Quillfeather will tell")],
        ["Wilmot Quillfeather"],
    )


def test_captions_with_and_without_voice_tags() -> None:
    record = only((SAMPLES / "captions.vtt").read_bytes(), "captions.vtt")
    assert record.belongs == "captions"
    assert said(record) == [
        ("Orla Sandpiper", "Welcome to the fourth session."),
        ("Solana Reedwater", "Thank you. Today we read a table of tides\ntogether & slowly."),
        ("Wilmot Quillfeather", "my question is about roads"),
    ]


@pytest.mark.parametrize(
    ("file", "data", "expected"),
    [
        (
            "captions.srt",
            "1\r\n00:00:01,000 --> 00:00:02,000\r\nAna Sample: Good morning\r\nto you\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nWelcome\r\n",
            [("Ana Sample", "Good morning\nto you"), ("", "Welcome")],
        ),
        (
            "chat.txt",
            "10:31:00 De Ana Sample à Tout le monde:\n\tBonjour\n10:32:00 De Beto Muestra à Ana Sample(Message direct):"
            "\n\tmon numéro\n10:33:00 De Beto Muestra à Tout le monde:\n\tA réagi à \"Bonjour\" avec 👍\n"
            "10:34:00 De Beto Muestra à Tout le monde:\n\tCombien ?\n",
            [("Ana Sample", "Bonjour"), ("Beto Muestra", "Combien ?")],
        ),
        (
            "chat.txt",
            "from Ana Sample to everyone:    10:31 AM\nHello\nfrom Beto Muestra to host (privately):    10:32 AM\nmy number\nfrom Beto Muestra to everyone:    10:33 AM\nHow many?\n",
            [("Ana Sample", "Hello"), ("Beto Muestra", "How many?")],
        ),
        ("chat.txt", "00:00:12\tAna Sample:\tHello\r\n00:01:03\tBeto: Reef Radio:\tGood morning\r\n", [("Ana Sample", "Hello"), ("Beto: Reef Radio", "Good morning")]),
        ("meeting_chat.txt", "Ana Sample: hello\nBeto Muestra: how many?\n", [("Ana Sample", "hello"), ("Beto Muestra", "how many?")]),
        ("x.txt", "10:31:07\t From  Ana Sample  to  Everyone : hello\n10:32:00\t From  Beto Muestra  to  Ana Sample (Privately) : no\n", [("Ana Sample", "hello")]),
    ],
)  # fmt: skip
def test_other_forms(file: str, data: str, expected: list[tuple[str, str]]) -> None:
    assert said(only(data, file)) == expected


@pytest.mark.parametrize(
    "file", ["session-record.md", "chat-copied.txt", "chat-saved.txt", "sessions-events.csv", "calendar.ics"]
)
def test_a_record_with_a_chat_in_it_is_a_record(file: str) -> None:
    assert not belongs((SAMPLES / file).read_bytes(), file=file)


def test_a_title_over_a_saved_chat_makes_it_a_record() -> None:
    record = only("Webinar 1: Boats\n10:31:07 From Ana Sample to Everyone:\n\tHello\n", "chat.txt")
    assert (record.belongs, record.title, len(record.messages)) == ("", "Boats", 1)


@pytest.mark.parametrize("form", ["chat", "teams-chat", "captions"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_content_is_stood(form: str, hostile: str) -> None:
    records = read(HOSTILE[hostile], file="x", form=form)
    assert not any(problem.code == "reader-failed" for record in records for problem in record.problems)


@pytest.mark.parametrize("file", ["chat-zoom.txt", "chat-teams.json", "chat-slack.json", "captions.vtt"])
def test_every_encoding_and_every_cut(file: str) -> None:
    text = (SAMPLES / file).read_text("utf-8")
    plain = said(only(text, file))
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        assert said(only(text.encode(encoding), file)) == plain
    for length in range(1, len(text), 7):
        assert all(
            r.problems or r.messages or r.captions or r.title for r in read(text[:length].encode(), file=file)
        )


def test_beside_its_session_a_chat_is_screened_like_one_in_it() -> None:
    record = SessionRecord(
        "session.md",
        number=4,
        title="Tides",
        people=[
            Person("facilitator", "Orla Sandpiper", affiliation="Lagoon Desk"),
            Person("speaker", "Solana Reedwater", affiliation="Coralia"),
        ],
    )
    for file in ("chat-zoom.txt", "captions.vtt"):
        take_along(record, only((SAMPLES / file).read_bytes(), file))
    draft = screen(record, Policy(b"key"))
    (question,) = draft.fields["questions"]
    assert (question["question"], question["answered_by"]) == (
        "How often are the tides measured?",
        "Lagoon Desk",
    )
    assert "transcript" not in draft.fields
    told = screen(record, Policy(b"key", transcript=True)).as_dict()
    assert "Coralia: Today we read a table of tides together & slowly." in told["fields"]["transcript"]
    for name in ("Quillfeather", "Petronel", "Vask"):
        assert name not in json.dumps(told)


@pytest.mark.parametrize(
    "lines",
    [
        "10:00:12\t From  Orla Sandpiper : Good morning\n10:01:15\t From  Petronel Vask - Reef Radio : How many boats?\n"
        "10:02:00\t From  Orla Sandpiper : Four boats",
        "Orla Sandpiper  10:00 AM\nGood morning\n\nPetronel Vask - Reef Radio  10:01 AM\nEdited\nHow many boats?\n\n"
        "[10:02 AM] Orla Sandpiper\nFour boats\nlike 2",
        '09/07/2020, 09:58 - Messages and calls are end-to-end encrypted.\n09/07/2020, 09:58 - Orla created group "Boats"\n'
        "09/07/2020, 10:00 - Orla Sandpiper: Good morning\n09/07/2020, 10:01 - Petronel Vask - Reef Radio: How many boats?\n"
        "09/07/2020, 10:02 - Petronel Vask left\n09/07/2020, 10:02 - Orla Sandpiper: Four boats <This message was edited>",
    ],
)
def test_a_chat_is_one_whatever_its_file_is_called(lines: str) -> None:
    record = only(lines, "notes.txt")
    assert record.belongs == "chat"
    assert said(record) == [
        ("Orla Sandpiper", "Good morning"),
        ("Petronel Vask - Reef Radio", "How many boats?"),
        ("Orla Sandpiper", "Four boats"),
    ]


@pytest.mark.parametrize("whom", ["All panelists", "Hosts and panelists", "Todos los panelistas"])
@pytest.mark.parametrize(
    "form",
    [
        "10:3{n}:00 From {author} to {whom}:\n\t{text}\n",
        "10:3{n}:00\t From  {author}  to  {whom} : {text}\n",
        "from {author} to {whom}:    10:3{n} AM\n{text}\n",
    ],
)
def test_what_is_written_to_those_who_run_a_session_is_private(form: str, whom: str) -> None:
    chat = "".join(
        form.format(n=number, author=author, whom=to, text=text)
        for number, (author, to, text) in enumerate(
            [
                ("Orla Sandpiper", "All panelists and attendees", "Good morning"),
                ("Wilmot Quillfeather", whom, "Could you mute Petronel Vask?"),
                ("Petronel Vask", "Everyone", "Who counts?"),
            ]
        )
    )
    record = only(chat, "chat.txt")
    assert [text for _, text in said(record)] == ["Good morning", "Who counts?"]
    assert [problem.code for problem in record.problems] == ["private-message-left-out"]


def test_whom_a_message_of_teams_mentions_is_nobody_public() -> None:
    message = {
        "messageType": "message",
        "from": {"user": {"displayName": "Wilmot Quillfeather"}},
        "body": {"contentType": "html", "content": '<p><at id="0">Petronel Vask</at>&nbsp;who counts?</p>'},
    }
    assert said(only(json.dumps({"value": [message]}), "chat.json")) == [
        ("Wilmot Quillfeather", "who counts?")
    ]


def test_marks_of_television_in_captions_belong_to_no_name() -> None:
    record = only(
        "1\n00:00:01,000 --> 00:00:04,500\n{\\an8}<i>Orla Sandpiper:</i> Welcome.\n\n"
        "2\n00:00:05,000 --> 00:00:09,250\n>> WILMOT QUILLFEATHER: Sorry.\n",
        "captions.srt",
    )
    assert said(record) == [("Orla Sandpiper", "Welcome."), ("WILMOT QUILLFEATHER", "Sorry.")]


SBV = (
    "0:01:13.456,0:01:16.456\nOrla Sandpiper: Good morning\n\n"
    "0:03:20.100,0:03:23.100\nPetronel Vask: Who counts?\nand since when?\n"
)


@pytest.mark.parametrize("file", ["Boats (2020-07-09).sbv", "Boats – Chat.txt"])
def test_google_meets_chat_has_a_message_for_each_cue(file: str) -> None:
    record = only(SBV, file)
    assert record.belongs == "chat"
    assert said(record) == [
        ("Orla Sandpiper", "Good morning"),
        ("Petronel Vask", "Who counts?\nand since when?"),
    ]


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("c.sbv", "0:00:01.000,0:00:04.000\nOrla Sandpiper: Welcome\n\n0:00:04.000,0:00:07.000\nto the session\n"),
        ("c.srt", "00:00:01,000 --> 00:00:04,000\n[Orla Sandpiper]: Welcome\n\n00:00:04,000 --> 00:00:07,000\nto the session\n"),
        (
            "c.vtt",
            'WEBVTT\n\n1 "Orla Sandpiper" (1234567)\n00:00:01.000 --> 00:00:04.000\nWelcome\n\n'
            "2\n00:00:04.000 --> 00:00:07.000\nto the session\n",
        ),
    ],
)  # fmt: skip
def test_captions_by_youtube_without_numbers_and_by_webex(file: str, data: str) -> None:
    for ends in ("\n", "\r\n", "\r"):
        record = only(data.replace("\n", ends), file)
        assert record.belongs == "captions"
        assert said(record) == [("Orla Sandpiper", "Welcome"), ("", "to the session")]


def test_whom_a_message_of_teams_is_about_is_withheld_and_makes_it_wait() -> None:
    message = {
        "messageType": "message",
        "from": {"user": {"displayName": "Wilmot Quillfeather"}},
        "body": {
            "contentType": "html",
            "content": '<p>Is <at id="0">Young Grace</at> the auditor of the boats?</p>',
        },
    }
    record = SessionRecord("s.md", number=4, title="Boats")
    take_along(record, only(json.dumps({"value": [message]}), "chat.json"))
    draft = screen(record, Policy(b"key"))
    assert [proposal.row["question"] for proposal in draft.proposals] == [
        "Is [withheld] the auditor of the boats?"
    ]
