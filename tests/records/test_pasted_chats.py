"""Chats in the forms in which many programs save them or a person copies them into a record."""

from __future__ import annotations

import pytest
from ckanext.opengovbelize.records.reading import read

from .layouts import codes, record_of, session


def test_comments_below_a_page_are_not_its_chat() -> None:
    page = (
        "<html><body><main><h1>Webinar 2: Open books</h1><p>Date: 14 May 2020, 10:30 AM</p><h2>Chat</h2>"
        "<p>Ana Coral: how many boats were counted in the lagoon?<br>Shauna Quillfin: thanks to all</p>"
        '<section id="comments"><h3>1 Comment</h3><ol class="comment-list"><li>Rita Visitor: nice</li></ol></section>'
        "</main></body></html>"
    )
    record = record_of(page, "record.html")
    assert [message.author for message in record.messages] == ["Ana Coral", "Shauna Quillfin"]
    assert "beside-main-content" in codes(record)


STACKS = (
    "[10:31 AM] Orla Sandpiper\nWelcome everyone\n\n[10:33 AM] Ana Coral (Guest)\nWhich boats were counted?\nAll of them?\n",
    "Orla Sandpiper  10:31 AM\nWelcome everyone\n1 Like\n\nAna Coral (Guest)  10:33 AM\nWhich boats were counted?\nAll of them?\n",
    "Orla Sandpiper 14/05/2020 10:31\nWelcome everyone\n\nAna Coral (Guest) 14/05/2020 10:33\nWhich boats were counted?\n"
    "All of them?\nEdited\n",
)


@pytest.mark.parametrize("text", STACKS)
@pytest.mark.parametrize("label", ["Chat:\n\n", "Objective: To count.\n\n"])
def test_a_chat_copied_from_the_window_of_teams(text: str, label: str) -> None:
    record = session(label + text, "record.txt")
    assert [(message.author, message.text) for message in record.messages] == [
        ("Orla Sandpiper", "Welcome everyone"),
        ("Ana Coral (Guest)", "Which boats were counted?\nAll of them?"),
    ]


def test_links_with_titles_above_a_chat_are_no_messages() -> None:
    record = session(
        "Links shared\nGuide: https://www.example.org/guide\n\nChat\nAna Coral: hello\nOrla Sandpiper: welcome\n"
        "Ana Coral: how many boats?\n",
        "record.txt",
    )
    assert [(link.title, link.url) for link in record.links] == [("Guide", "https://www.example.org/guide")]
    assert [message.author for message in record.messages] == ["Ana Coral", "Orla Sandpiper", "Ana Coral"]


SPOKEN = [
    ("Orla Sandpiper", "Good morning, we begin"),
    ("Petronel Vask [Harbour School]", "How many boats are counted?"),
    ("Zed: Beach Radio", "thank you for that"),
    ("Petronel Vask [Harbour School]", "And who counts them?"),
    ("Zed: Beach Radio", "What do the figures show?"),
    ("Orla Sandpiper", "Thank you all"),
]


@pytest.mark.parametrize(
    "form",
    [
        "{name}: {text}",
        "from {name} to everyone: {text}",
        "From {name} to Everyone: 2:0{n} PM\n{text}",
        "from {name} to all participants:\t2:0{n} PM\n{text}",
        "{name} to Everyone (14:0{n} PM): {text}",
        "[14:0{n}] {name}\n{text}",
        "{name} 14:0{n}\n{text}",
        "{name} (14:0{n}): {text}",
        "{name} 14:0{n} PM: {text}",
        "14:0{n} {name}: {text}",
        "15/04/2021, 14:0{n} - {name}: {text}",
        "<{name}> {text}",
        "[14:0{n}] <{name}> {text}",
        "**{name}** {text}\n",
        "**{name}:** {text}\n",
        "{name}:\n{text}\n",
        "{name} says: {text}",
        "{name} - {text}",
        "{name} :{text}",
        "{name}: {text} (14:0{n})",
    ],
)
def test_chats_of_many_programs_tell_who_said_what(form: str) -> None:
    chat = "\n".join(form.format(name=name, text=text, n=n) for n, (name, text) in enumerate(SPOKEN))
    record = session(f"Facilitator: Orla Sandpiper, Analyst, Ministry of Reefs\n\nChat:\n\n{chat}")
    assert [(message.author, message.text) for message in record.messages] == SPOKEN
    assert codes(record) == []


def test_a_dash_in_names_and_a_colon_behind_them() -> None:
    chat = "\n".join(
        f"Wilma Grinagen - Min. of Fish: {text}"
        for text in ("hello", "How many boats?", "And nets?", "thanks")
    )
    authors = {message.author for message in session(f"Chat:\n\n{chat}").messages}
    assert authors == {"Wilma Grinagen - Min. of Fish"}


def test_a_link_in_a_message_is_part_of_it() -> None:
    record = session(
        "## Chat\n\nOrla Tern: see [the act](https://law.example.org/act)\n\nAna Coral: thanks\n"
    )
    assert record.messages[0].text == "see the act https://law.example.org/act"


def test_a_group_chat_with_numbers_for_names_and_notices() -> None:
    record = session(
        "Chat\n\n[08/11/2023, 17:35:41] ~ Orla Tern: Is it counted?\n[08/11/2023, 17:36:20] Ana Coral: It is weighed\n"
        "[08/11/2023, 17:40:00] +501 623-4455: Can fishers see it?\n[08/11/2023, 17:42:12] Orla Tern: This message was deleted.\n"
        "Messages and calls are end-to-end encrypted.\n",
        "a.txt",
    )
    assert [(message.author, message.text) for message in record.messages] == [
        ("~ Orla Tern", "Is it counted?"),
        ("Ana Coral", "It is weighed"),
        ("+501 623-4455", "Can fishers see it?"),
    ]


SLACK = """Ana Coral  10:31 AM
joined #boats along with Shauna Quillfin.
Ana Coral  10:32 AM
Is it counted?
Orla Tern  10:33 AM
Weighed.
10:34
Twice (edited)
Shauna Quillfin  10:35 AM
was added to #boats by Orla Tern.
"""
# The name on a line of its own.
SLACK_OVER = """Ana Coral
  10:32 AM
joined #boats.
Is it counted?

Orla Tern
  10:33 AM
Weighed.
10:34
Twice
"""
WHATSAPP = """[5/13/24, 10:30:00 AM] Orla Tern: \u200eMessages and calls are end-to-end encrypted. Only people in this chat can read them.
[5/13/24, 10:31:00\u202fAM] Orla Tern: \u200eOrla Tern added ~ Shauna Quillfin
[5/13/24, 10:32:00\u202fAM] Ana Coral: Is it counted?
\u200e[5/13/24, 10:33:00\u202fAM] Ana Coral: \u200eboats.pdf • \u200e3 pages \u200edocument omitted
[5/13/24, 10:34:00\u202fAM] ~ Shauna Quillfin: \u200eimagen omitida
[5/13/24, 10:35:00\u202fAM] Orla Tern: Weighed.
[5/13/24, 10:36:00\u202fAM] Orla Tern: Twice
"""


TEAMS_TWICE = """Is it counted? by Ana Coral
Ana Coral
10:31 AM
Is it counted?
Weighed. by Orla Tern
Orla Tern
10:32 AM
Weighed.
Twice by Orla Tern
Orla Tern
10:33 AM
Twice
"""


def test_a_message_that_ends_in_the_name_of_who_writes_next_stays_one() -> None:
    text = "Orla Tern\n10:31 AM\nThe report by Ana Coral\nAna Coral\n10:32 AM\nThanks\nOrla Tern\n10:33 AM\nWelcome\n"
    (record,) = read(text.encode(), file="chat.txt")
    assert [message.text for message in record.messages] == ["The report by Ana Coral", "Thanks", "Welcome"]


@pytest.mark.parametrize("text", [TEAMS_TWICE, SLACK, SLACK_OVER, WHATSAPP])
def test_what_a_program_tells_of_comings_and_files_is_nobodys_message(text: str) -> None:
    (record,) = read(text.encode(), file="chat.txt")
    assert [(message.author, message.text) for message in record.messages] == [
        ("Ana Coral", "Is it counted?"),
        ("Orla Tern", "Weighed."),
        ("Orla Tern", "Twice"),
    ]
    assert not record.problems


@pytest.mark.parametrize(
    "said", ["I joined the channel of boats", "Ana left her boat", "We omitted a document", "Ana Coral"]
)
def test_what_somebody_says_of_comings_and_files_is_a_message(said: str) -> None:
    text = f"13/05/2024, 10:31 - Orla Tern: {said}\n13/05/2024, 10:32 - Ana Coral: yes\n13/05/2024, 10:33 - Orla Tern: ok\n"
    (record,) = read(text.encode(), file="chat.txt")
    assert [message.text for message in record.messages] == [said, "yes", "ok"]


@pytest.mark.parametrize(
    ("form", "is_text"),
    [
        ("10:31:07 From Ana Coral : {}\n{}\n10:32:07 From Orla Tern : {}", True),
        ("12/10/2020 10:29 - Ana Coral: {}\n{}\n12/10/2020 10:32 - Orla Tern: {}", False),
        ("[12/10/2020, 10:29:05] Ana Coral: {}\n{}\n[12/10/2020, 10:32:00] Orla Tern: {}", False),
    ],
)
def test_day_and_time_begin_a_notice_only_in_a_chat_whose_entries_have_them(form: str, is_text: bool) -> None:
    lines = ("The next ones are", "12/10/2020 10:30 Shauna Quillfin joined", "thanks a lot")
    first, last = session(f"## Chat\n\n{form.format(*lines)}", "a.txt").messages
    assert first.text == ("\n".join(lines[:2]) if is_text else lines[0])
    assert last.text == lines[2]


def test_a_recording_below_a_chat_is_no_message() -> None:
    record = session(
        "Chat:\nOrla Tern: Is it open?\nAna Coral: Yes, every day\nOrla Tern: Thanks\n\nRecording: https://video.example.org/3\n",
        "a.txt",
    )
    assert [message.text for message in record.messages] == ["Is it open?", "Yes, every day", "Thanks"]
    assert [(one.kind, one.url) for one in record.materials] == [("video", "https://video.example.org/3")]


def test_a_group_chat_without_a_label_is_a_chat_and_never_a_venue() -> None:
    chat = (
        "16/7/20 10:29 a. m. - Ana Coral: Buenos días\n16/7/20 10:31 a. m. - +501 620-0103: ¿Cuántas lanchas hay?\n"
        "16/7/20 10:33 a. m. - Ana Coral: cuarenta\n16/7/20 10:35 a. m. - Maestra Wilma: soy Wilma Reef de Corozal\n"
    )
    record = record_of(f"Webinar 8: Lanchas\n\nFecha: 16 de julio de 2020\n\n{chat}", "record.txt")
    alone = record_of(chat, "grupo.txt")
    for one in (record, alone):
        assert [message.text for message in one.messages][1:3] == ["¿Cuántas lanchas hay?", "cuarenta"]
        assert (len(one.messages), one.venue_name) == (4, "")
    assert (record.belongs, alone.belongs) == ("", "chat")


def test_a_time_behind_a_bold_name_is_no_part_of_the_message() -> None:
    record = record_of(
        "# Webinar 3: Boats\n\n### Chat\n**Ana Coral** 10:28 Good morning\n**Orla R.** 10:40 Which boats?\n"
        "**Ana Coral** 10:41 All of them\n"
    )
    assert [(one.author, one.at, one.text) for one in record.messages][1] == (
        "Orla R.",
        "10:40",
        "Which boats?",
    )


SINGLE = [
    ("Orla Sandpiper", "good morning to all of you"),
    ("Bruno Lagoon", "Where is the number of boats in the lagoon told?"),
    ("Grace Marsh", "on the page of the office"),
]


@pytest.mark.parametrize("stamp", ["", "10:31 ", "14/05/2020, 10:31 - "])
@pytest.mark.parametrize("before", ["", "Objective: To count boats.\n\n", "Chat:\n\n"])
def test_a_chat_in_which_nobody_writes_twice(before: str, stamp: str) -> None:
    lines = "\n".join(f"{author}: {text}" for author, text in SINGLE)
    record = session(f"{before}{stamp}{lines}\n", "record.txt")
    assert [(message.author, message.text) for message in record.messages] == SINGLE
    assert (record.introduction, record.objective) == ("", "To count boats." if "Objective" in before else "")


def test_a_saved_chat_in_which_one_line_bears_its_time() -> None:
    lines = "\n".join(f"{author}: {text}" for author, text in SINGLE)
    (record,) = read(f"10:31 {lines}\n".encode(), file="chat.txt")
    assert [(message.author, message.text) for message in record.messages] == SINGLE


def test_terms_with_their_meaning_are_no_chat() -> None:
    terms = "Marine Reserves: where nobody fishes\nCoral Reefs: how they grow\nSea Grass: what lives there"
    record = session(f"Objective: To learn of these.\n\n{terms}\n", "record.txt")
    assert (len(record.messages), "Coral Reefs: how they grow" in record.objective) == (0, True)


@pytest.mark.parametrize("before", ["", "Chat:\n\n", "Objective: To count boats.\n\n"])
@pytest.mark.parametrize("day", ["", "14/05/2020 "])
def test_a_chat_may_have_the_time_below_the_name(before: str, day: str) -> None:
    chat = f"Grace Marsh\n{day}10:31 AM\nHow many boats are there?\nAre there four?\n\nBruno Lagoon\n{day}10:33 AM\nthanks\n"
    record = session(before + chat, "record.txt")
    assert [(message.author, message.text, message.at) for message in record.messages] == [
        ("Grace Marsh", "How many boats are there?\nAre there four?", f"{day}10:31 AM"),
        ("Bruno Lagoon", "thanks", f"{day}10:33 AM"),
    ]
    assert record.people == []


def test_whoever_has_a_time_of_day_for_an_office_is_no_speaker() -> None:
    assert session("Bruno Lagoon\n10:33 AM\nthanks\n", "record.txt").people == []


@pytest.mark.parametrize(
    ("said", "public"),
    [("Wren Halcyon, Buyer, Boat Office", True), ("Wren Halcyon, do you buy boats?", False)],
)
def test_who_is_presented_below_a_chat_that_nothing_announced(said: str, public: bool) -> None:
    lines = "\n".join(f"{author}: {text}" for author, text in SINGLE)
    record = session(f"{lines}\n\nSpeaker: {said}\n", "record.txt")
    assert [person.name for person in record.people] == ["Wren Halcyon"] * public
    assert len(record.messages) == len(SINGLE) + (not public)
