"""To whom a message was written: what everybody may read, and what nobody else may."""

from __future__ import annotations

import time

import pytest
from ckanext.opengovbelize.records import chat_addressees
from ckanext.opengovbelize.records.reading import read


@pytest.mark.parametrize(
    "target",
    [
        *("Everyone", "Everyone (in Main Session)", "Everyone in Meeting", "All panelists and attendees"),
        *("All - Entire Audience", "Todos", "Todo el mundo", "Todos los panelistas y asistentes"),
        *("todas y todos", "Tous les participants", "Hosts, panelists and attendees"),
        *("Alle", "Alle Teilnehmer", "Todos os participantes", "Public"),
    ],
)
def test_everybody(target: str) -> None:
    assert chat_addressees.is_everyone(target)


@pytest.mark.parametrize(
    "target",
    [
        *("All panelists", "Hosts and panelists", "Todos los panelistas", "Organizers and Panelists Only"),
        *("Orla Sandpiper", "Allen Everyman", "Me", "Todor Vask", ""),
        *(
            "Gastgeber",
            "Anfitriões e painelistas",
            "Alle Diskussionsteilnehmer",
            "The public relations office",
        ),
    ],
)
def test_not_everybody(target: str) -> None:
    assert not chat_addressees.is_everyone(target)


@pytest.mark.parametrize(
    ("rest", "author", "text", "private"),
    [
        ("Ana Sample to Everyone: from my side nothing to Everyone: thanks", "Ana Sample", "from my side nothing to Everyone: thanks", False),
        ("Ana Sample to Orla(Direct Message): please say to Everyone: hello", "Ana Sample", "please say to Everyone: hello", True),
        ("Ana: Reef Radio  to  Everyone : hello", "Ana: Reef Radio", "hello", False),
        ("From Me to You to Everyone:", "From Me to You", "", False),
        ("Ana Sample para Orla (Privado) : hola", "Ana Sample", "hola", True),
        ("Ana Sample to Everyone (10:31 AM): hello", "Ana Sample", "hello", False),
    ],
)  # fmt: skip
def test_the_head_of_a_message_ends_at_its_first_colon(
    rest: str, author: str, text: str, private: bool
) -> None:
    found = chat_addressees.split(rest)
    assert found is not None and found[:3] == (author, text, private)


COPIED = [
    # Zoom in Spanish, by its version.
    (
        "10:31:07 a. m. De Orla Sandpiper para Todo el mundo:\n\tBuenos días\n"
        "10:33:15 a. m. De Petronel Vask para Todo el mundo:\n\t¿Quién cuenta?\n"
        "10:33:40 a. m. De Petronel Vask para Orla Sandpiper (Privado):\n\tsecreto\n"
    ),
    (
        "10:31:07\t De  Orla Sandpiper  a  Todos : Buenos días\n"
        "10:32:11\t De  Petronel Vask  a  Todos los panelistas y asistentes : ¿Quién cuenta?\n"
        "10:33:15\t De  Petronel Vask  a  Orla Sandpiper(Privado) : secreto\n"
    ),
    # Zoom's window, as it is copied.
    (
        "From Orla Sandpiper to Everyone 10:31 AM\nBuenos días\nFrom Petronel Vask to Everyone 10:32 AM\n¿Quién cuenta?\n"
        "From Me to Petronel Vask (Direct Message) 10:32 AM\nsecreto\n"
    ),
    (
        "Orla Sandpiper a Todos 10:31 a. m.\nBuenos días\n\nPetronel Vask a Todos 10:32 a. m.\n¿Quién cuenta?\n\n"
        "Petronel Vask a Usted 10:32 a. m.\nsecreto\n"
    ),
    # Webex and GoTo.
    (
        "de Orla Sandpiper para todos:    10:31\nBuenos días\nde Petronel Vask para todos:    10:32\n¿Quién cuenta?\n"
        "de Petronel Vask para Orla Sandpiper (en privado):    10:33\nsecreto\n"
    ),
    (
        "Orla Sandpiper (to All - Entire Audience): 10:31 AM: Buenos días\n"
        "Petronel Vask (to Organizers and Panelists Only): 10:32 AM: secreto\n"
        "Petronel Vask (to Everyone): 10:33 AM: ¿Quién cuenta?\nOrla Sandpiper (to Petronel Vask): 10:35 AM: secreto\n"
    ),
    (
        "Orla Sandpiper (to Everyone): 10:31 AM: Buenos días\nPetronel Vask (to Organizer(s) Only): 10:32 AM: secreto\n"
        "Petronel Vask (to Everyone): 10:33 AM: ¿Quién cuenta?\n"
    ),
    (
        "From Orla Sandpiper to All Participants: (10:31:00 AM)\nBuenos días\n"
        "From Petronel Vask to Orla Sandpiper: (10:32:00 AM)\nsecreto\n"
        "From Petronel Vask to All Participants: (10:33:00 AM)\n¿Quién cuenta?\n"
    ),
    (
        "10:31:07 Von Orla Sandpiper an Alle:\n\tBuenos días\n10:32:00 Von Petronel Vask an Orla Sandpiper(Direktnachricht):\n"
        "\tsecreto\n10:33:00 Von Petronel Vask an Alle:\n\t¿Quién cuenta?\n"
    ),
    (
        "10:31:07 De Orla Sandpiper para Todos:\n\tBuenos días\n10:32:00 De Petronel Vask para Orla Sandpiper(Mensagem direta):\n"
        "\tsecreto\n10:33:00 De Petronel Vask para Todos:\n\t¿Quién cuenta?\n"
    ),
    # Without times: one who wrote to everyone writes to somebody, or somebody to one of them.
    (
        "From Orla Sandpiper to Everyone:\nBuenos días\nFrom Shauna Quillfin to Bruno Keel:\nsecreto\n"
        "From Petronel Vask to Everyone:\n¿Quién cuenta?\n"
    ),
    (
        "From Orla Sandpiper to Everyone: Buenos días\nFrom Shauna Quillfin to Orla Sandpiper: secreto\n"
        "From Petronel Vask to Everyone: ¿Quién cuenta?\nFrom Petronel Vask to Shauna Quillfin: secreto\n"
    ),
    (
        "From Orla Sandpiper to Everyone:  10:31 AM\nBuenos días\nFrom Shauna Quillfin to Me:  (Privately) 10:32 AM\nsecreto\n"
        "From Petronel Vask to Everyone:  10:33 AM\n¿Quién cuenta?\n"
    ),
    # Adobe Connect.
    (
        "Orla Sandpiper :Buenos días\nPetronel Vask (privately to Orla Sandpiper): secreto\n"
        "Petronel Vask :¿Quién cuenta?\n"
    ),
    (
        "Orla Sandpiper :Buenos días\nPetronel Vask privately to Orla Sandpiper: secreto\n"
        "Petronel Vask :¿Quién cuenta?\n"
    ),
]


@pytest.mark.parametrize("text", COPIED)
def test_only_what_everybody_was_told_is_read(text: str) -> None:
    (record,) = read(text.encode(), file="chat.txt")
    assert [(message.author, message.text) for message in record.messages] == [
        ("Orla Sandpiper", "Buenos días"),
        ("Petronel Vask", "¿Quién cuenta?"),
    ]
    assert "private-message-left-out" in [problem.code for problem in record.problems]


@pytest.mark.parametrize(
    "notice",
    [
        *(
            'Se quitó la reacción ❤️ de "Buenos..."',
            'Reaccionó con 👍 a "Buenos..."',
            'Reaccionó a "Buenos..." con 👍',
        ),
        *('Reagiu a "Buenos..." com 👍', 'Reagierte auf "Buenos..." mit 👍', 'Hat auf "Buenos..." reagiert'),
        *('Removed a 👍 reaction from "Buenos..."', 'Ha reaccionado a "Buenos..." con 👍'),
    ],
)
def test_a_reaction_is_no_message(notice: str) -> None:
    text = f"00:00:12\tOrla Sandpiper:\tBuenos días\n00:09:10\tPetronel Vask:\t{notice}\n"
    (record,) = read(text.encode(), file="chat.txt")
    assert [message.text for message in record.messages] == ["Buenos días"]


@pytest.mark.parametrize("replies", ["Respuesta a", "Respondiendo a", "Replying to", "En respuesta a"])
def test_a_reply_tells_what_it_replies_to(replies: str) -> None:
    text = f'00:00:12\tOrla Sandpiper:\t¿Quién?\n00:09:10\tPetronel Vask:\t{replies} "¿Quién..."\n\nYo.\n'
    (record,) = read(text.encode(), file="chat.txt")
    assert (record.messages[1].reply_to, record.messages[1].text) == ("¿Quién", "Yo.")


def test_a_bar_between_time_and_name_is_no_part_of_the_name() -> None:
    text = (
        "0:12 | Orla Sandpiper: Good morning\n3:40 | Petronel Vask: Who counts?\n1:02:10 | Reef Fan 77: 👏\n"
    )
    (record,) = read(text.encode(), file="live_chat.txt")
    assert [message.author for message in record.messages] == [
        "Orla Sandpiper",
        "Petronel Vask",
        "Reef Fan 77",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Ana Sample" + " " * 9_000 + "0:0x",
        "From " + "to " * 3_000 + ": x",
        "Ana ( " * 1_500 + ": x",
        "0:12\tAna" + " " * 9_000 + "(Privado\t:\thola",
    ],
)
def test_a_hostile_line_costs_no_time(line: str) -> None:
    begun = time.process_time()
    read(f"{line}\n".encode() * 4, file="chat.txt")
    assert time.process_time() - begun < 3
