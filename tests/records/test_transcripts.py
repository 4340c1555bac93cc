"""What software wrote down of what was said aloud is no chat: nobody wrote it, and it is published where switched on."""

from __future__ import annotations

import io
import json

import pytest
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records import transcripts
from ckanext.opengovbelize.records.document import line
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import Person, SessionRecord, take_along
from docx import Document

OTTER = (
    "Orla Sandpiper  0:03  \nGood morning.\n\nPetronel Vask  0:20  \nWho audits the rivers?\n\n"
    "Solana Reedwater  1:00:41  \nThe institute audits the rivers.\n\nTranscribed by https://otter.ai\n"
)
TEAMS = (
    "Boats-20200709_103000-Meeting Recording\nJuly 9, 2020, 4:30PM\n1h 32m 10s\n\nOrla Sandpiper started transcription\n\n"
    "Orla Sandpiper   0:03\nGood morning.\n\nPetronel Vask   0:20\nWho audits the rivers?\n\n"
    "Solana Reedwater   0:41\nThe institute audits the rivers.\n\nOrla Sandpiper stopped transcription\n"
)
TEAMS_OLD = (
    "0:0:0.0 --> 0:0:3.280\nOrla Sandpiper\nGood morning.\n0:0:3.280 --> 0:0:8.0\nPetronel Vask\nWho audits the rivers?\n"
    "0:0:9.0 --> 0:0:10.0\nSolana Reedwater\nThe institute audits the rivers.\n"
)
ZOOM = (
    "[Orla Sandpiper] 10:31:07\nGood morning.\n\n[Petronel Vask] 10:31:20\nWho audits the rivers?\n\n"
    "[Solana Reedwater] 10:31:41\nThe institute audits\n\n[Solana Reedwater] 10:31:44\nthe rivers.\n"
)
MEET = (
    "Jul 9, 2020\nBoats - Transcript\nAttendees\nOrla Sandpiper, Petronel Vask, Wilmot Quillfeather\n\n00:00:00\n\n"
    "Orla Sandpiper: Good morning.\nPetronel Vask: Who audits the rivers?\n\n00:05:12\n\n"
    "Solana Reedwater: The institute audits the rivers.\nMeeting ended after 00:32:10 👋\n"
    "This editable transcript was computer generated and might contain errors.\n"
)


def in_word(text: str) -> bytes:
    document, stream = Document(), io.BytesIO()
    for paragraph in text.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("text", [OTTER, TEAMS, TEAMS_OLD, ZOOM, MEET])
@pytest.mark.parametrize("written", [str.encode, in_word])
def test_each_voice_says_its_own(text: str, written) -> None:
    (record,) = read(written(text), file="notes.docx" if written is in_word else "notes.txt")
    assert record.belongs == "captions"
    assert [(voice.author, " ".join(voice.text.split())) for voice in record.captions] == [
        ("Orla Sandpiper", "Good morning."),
        ("Petronel Vask", "Who audits the rivers?"),
        ("Solana Reedwater", "The institute audits the rivers."),
    ]
    assert not record.messages


@pytest.mark.parametrize(
    "text",
    [
        # Chats, with times of the day.
        "Orla Sandpiper  10:00 AM\nGood morning\n\nPetronel Vask  10:01 AM\nHow many boats?\n",
        "Orla Sandpiper  10:00\nGood morning\n\nPetronel Vask  10:01\nHow many boats?\n",
        # A record of a session with what its speakers say below.
        "Webinar 4: Boats\nDate: 9 July 2020\nSpeakers:\nOrla Sandpiper\nSolana Reedwater\n",
        # A record with its programme, in the afternoon, and one with the chapters of its recording.
        "Webinar 4: Boats\nDate: 9 July 2020\nProgramme\nWelcome 1:30\nThe host opens.\nOrla Sandpiper 1:45\nOf boats.\n",
        "Webinar 4: Boats\nSpeaker: Orla Sandpiper, Director, Lagoon Desk\nOrla Sandpiper 2:15\nOf boats.\n"
        "Petronel Vask 20:40\nOf rivers.\n",
        # An agenda.
        "Welcome  0:00\nBudgets  0:30\nContracts  1:00\n",
    ],
)
def test_what_is_no_transcript(text: str) -> None:
    assert not transcripts.is_transcript([line(row, "") for row in text.split("\n") if row])


@pytest.mark.parametrize("written", [str.encode, in_word])
def test_a_record_with_its_transcript_below_stays_a_session(written) -> None:
    text = (
        "Webinar 4: Boats\n\nDate: 9 July 2020, 10:30 AM\n\nVenue: Lagoon Desk, Belize City\n\n"
        "Speaker: Orla Sandpiper, Director, Lagoon Desk\n\nTranscript\n\n" + OTTER
    )
    (record,) = read(written(text), file="notes.docx" if written is in_word else "notes.txt")
    assert (record.belongs, record.number, record.title) == ("", 4, "Boats")
    assert [person.name for person in record.people] == ["Orla Sandpiper"]
    assert [voice.author for voice in record.captions] == [
        "Orla Sandpiper",
        "Petronel Vask",
        "Solana Reedwater",
    ]
    assert not record.messages


def test_voices_that_a_program_lists_as_speakers_are_none() -> None:
    head = "Boats\nThu, Jul 9, 2020 10:30AM • 1:02:03\nSUMMARY KEYWORDS\nboats, rivers\nSPEAKERS\nOrla Sandpiper, Petronel Vask\n\n"
    (record,) = read((head + OTTER).encode(), file="notes.txt")
    assert (record.belongs, record.people) == ("captions", [])


def test_who_was_there_is_known_to_the_screen_alone() -> None:
    record = SessionRecord(
        "s.md",
        number=4,
        title="Boats",
        people=[Person("speaker", "Orla Sandpiper", affiliation="Lagoon Desk")],
    )
    (companion,) = read(
        MEET.replace("Good morning.", "Today wilmot and I count the boats of the lagoon.").encode(),
        file="t.txt",
    )
    take_along(record, companion)
    draft = json.dumps(screen(record, Policy(b"key", transcript=True)).as_dict())
    assert "The institute audits the rivers." in draft
    assert not any(name in draft.lower() for name in ("wilmot", "quillfeather", "petronel", "vask"))
