"""Chats: where a name ends, what belongs to whom, and what is never read."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records import chat
from ckanext.opengovbelize.records.document import Block, Run
from ckanext.opengovbelize.records.reading import read
from hypothesis import given, settings
from hypothesis import strategies as st


def entries(text: str, *known: str) -> list[tuple[str, str]]:
    read = chat.read(blocks(text), known)
    return [(entry.author, "\n".join(entry.lines)) for entry in read.entries]


def blocks(text: str) -> list[Block]:
    lines = [line for line in text.split("\n") if line.strip()]
    return [Block("line", (Run(line),), f"line {number}") for number, line in enumerate(lines, 1)]


@pytest.mark.parametrize("sign", [":", " :", ": ", " : "])
def test_signs_between_name_and_text(sign: str) -> None:
    text = f"Orla Sandpiper{sign}hello\nAna Coral [Reef Club]{sign}how many boats?\nshauna{sign}nine"
    assert entries(text) == [
        ("Orla Sandpiper", "hello"),
        ("Ana Coral [Reef Club]", "how many boats?"),
        ("shauna", "nine"),
    ]


def test_a_name_that_always_has_a_colon_keeps_it() -> None:
    text = "Ana Coral: LC-FST:hello\nOrla Sandpiper:welcome\nAna Coral: LC-FST:how many?"
    assert [author for author, _ in entries(text)] == [
        "Ana Coral: LC-FST",
        "Orla Sandpiper",
        "Ana Coral: LC-FST",
    ]


def test_a_name_that_also_stands_alone_does_not() -> None:
    text = (
        "Orla Sandpiper: hello\nOrla Sandpiper: bye\nOrla Sandpiper: Reef Radio: who?\nAna: Reef Radio: it is"
    )
    assert entries(text)[2] == ("Orla Sandpiper", "Reef Radio: who?")


def test_a_known_name_ends_where_it_ends() -> None:
    assert entries("Orla Sandpiper: Reef Radio: hello", "Orla Sandpiper") == [
        ("Orla Sandpiper", "Reef Radio: hello")
    ]


@pytest.mark.parametrize(
    "message",
    [
        "12:30: can we start?",
        "Q: how many offices? A: nine",
        "https://data.example.org/a:b",
        "see https://data.example.org and 10:30",
        "good :)",
        "note: this is it",
    ],
)
def test_colons_in_the_text_stay_there(message: str) -> None:
    text = f"Orla Sandpiper:welcome\nAna Coral:{message}\nOrla Sandpiper:bye"
    assert entries(text)[1] == ("Ana Coral", message)


def test_lines_without_a_name_belong_to_the_entry_above() -> None:
    text = "Orla Sandpiper:the guide is here:\nhttps://data.example.org\nfirst: open it\nthe three steps are: one\nAna:ok"
    assert entries(text) == [
        (
            "Orla Sandpiper",
            "the guide is here:\nhttps://data.example.org\nfirst: open it\nthe three steps are: one",
        ),
        ("Ana", "ok"),
    ]


def test_in_doubt_a_line_is_an_entry_of_its_own() -> None:
    # A participant's words must not be published as the host's.
    text = "Orla Sandpiper: welcome\nmiguel: hello from the lagoon"
    assert entries(text)[1] == ("miguel", "hello from the lagoon")


@pytest.mark.parametrize(
    ("private", "text"),
    [
        (
            "10:00:00 From Ana Coral to Orla Sandpiper(Direct Message):\n\tmy number",
            "10:00:05 From Ben to Everyone:\n\thi",
        ),
        (
            "10:00:00  From  Ana  to  Orla Sandpiper (Privately) : my number",
            "10:00:05  From  Ben  to  Everyone : hi",
        ),
        ("10:00:00 De Ana a Orla(Mensaje directo):\n\tmi número", "10:00:05 De Ben a Todos:\n\thi"),
        ("10:00:00 From Ana to Hosts and panelists:\n\tmy number", "10:00:05 From Ben to Everyone:\n\thi"),
        ("Ana Coral (privately): my number", "Ben: hi"),
    ],
)
def test_private_messages_are_dropped_whole(private: str, text: str) -> None:
    more = "\nsecond line of what was private"
    if private.startswith("Ana"):
        more = "\nhttps://example.org/private"
    read = chat.read(blocks(f"{private}{more}\n{text}"))
    assert [(entry.author, entry.lines) for entry in read.entries] == [("Ben", ["hi"])]
    assert read.private == ["line 1"]


def test_reactions_are_no_messages_and_replies_know_what_they_answer() -> None:
    text = (
        '10:00:00 From Ana to Everyone:\n\tReplying to "how many bo..."\n\tnine\n'
        '10:00:01 From Ben to Everyone:\n\tReacted to "how many bo..." with 👍\n'
        '10:00:02 From Ben to Everyone:\n\tRemoved a 👍 reaction from "how many bo..."'
    )
    read = chat.read(blocks(text))
    assert [(entry.author, entry.lines, entry.reply_to) for entry in read.entries] == [
        ("Ana", ["nine"], "how many bo")
    ]


def test_a_saved_chat_within_a_copied_one() -> None:
    text = (
        "Orla Sandpiper: hello\nAna Coral: hi\n10:00:00 From Ben to Everyone:\n\tfrom my side: nothing\n"
        "Orla Sandpiper: thanks\nAna Coral: bye"
    )
    assert entries(text) == [
        ("Orla Sandpiper", "hello"),
        ("Ana Coral", "hi"),
        ("Ben", "from my side: nothing"),
        ("Orla Sandpiper", "thanks"),
        ("Ana Coral", "bye"),
    ]


def test_chats_of_other_tools() -> None:
    text = "13/02/2020, 10:31 - Ana Coral: hello\n[10:32] Ben Marsh: how many?\n10:33 Orla Sandpiper: nine"
    assert entries(text) == [("Ana Coral", "hello"), ("Ben Marsh", "how many?"), ("Orla Sandpiper", "nine")]


LINES = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["Orla Sandpiper", "Ana: LC", "ben"]),
            st.text("ab :?0./", min_size=1, max_size=30),
        ).map(lambda pair: f"{pair[0]}:x{pair[1]}"),
        st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60),
        st.sampled_from(
            ["10:00:00 From Ana to Everyone:", "\tindented", "10:00 Ben: hi", "https://example.org"]
        ),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_every_line_is_in_a_message_or_reported(lines: list[str]) -> None:
    given_blocks = [Block("line", (Run(line),), f"line {number}") for number, line in enumerate(lines, 1)]
    read = chat.read(given_blocks)
    seen = {place for entry in read.entries for place in entry.places}
    reported = {block.place for block in read.stray}
    for block in given_blocks:
        dropped = not block.text or read.private or "Reacted to" in block.text
        assert block.place in seen or block.place in reported or dropped


def test_a_chat_copied_with_its_addressees_and_without_times() -> None:
    (record,) = read(
        b"Webinar 1: Boats\n\nChat log:\nFrom Ottoline Marrowby to Everyone:\n hello from Reef College\n"
        b"From Belize to Mexico: a long way\nFrom Petronel Vask to Orla (Direct Message):\n between us\n"
        b"From Orla Sandpiper to Everyone: welcome\n",
        file="record.txt",
    )
    assert [(message.author, message.text) for message in record.messages] == [
        ("Ottoline Marrowby", "hello from Reef College\nFrom Belize to Mexico: a long way"),
        ("Orla Sandpiper", "welcome"),
    ]
    assert "private-message-left-out" in [problem.code for problem in record.problems]
