"""A chat and captions as sources of their own: from the file through the queue to what everybody reads, and no further."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers
from ckanext.opengovbelize.model import LedgerEntry, Review, Run
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.statistics import engagement

from .conftest import record
from .test_records_harvester import counts

pytestmark = [pytest.mark.server]

# Invented people without a role, and what must be seen of none of them.
PRIVATE = ("Quillfeather", "Wilmot", "Vask", "Petronel", "555-0107", "Reef Radio")
CHAT = """10:31:07 From Ana Invented to Everyone:
\tGood morning to all of you
10:32:15 From Wilmot Quillfeather to Ana Invented(Direct Message):
\tmy number is 501 555-0107, please do not share
10:40:11 From Petronel Vask (Reef Radio) to Everyone:
\tHow often are the tides measured?
10:40:40 From Ana Invented to Everyone:
\tReplying to "How often are the ti..."
\t
\tTwice a day, and the tables are public.
10:41:00 From Wilmot Quillfeather to Everyone:
\tI am the only fisherman of Barranco: who pays me for measuring the tides?
"""
CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ana Invented>The tide tables of the harbour are printed every month.

00:00:05.000 --> 00:00:09.000
<v Wilmot Quillfeather>My name is Wilmot Quillfeather and I measure tides.
"""


@pytest.fixture
def session(portal: Any) -> Any:
    """A portal that has the record of the session already."""
    portal.write("records/one.md", record(1))
    assert counts(portal.run(portal.source((portal.folder / "records").as_uri()))) == {"added": 1}
    return portal


def of_session(portal: Any, name: str, text: str) -> str:
    portal.write(f"{name}/{name}", text)
    address = (portal.folder / name / name).as_uri()
    return portal.source(address, name.replace(".", "-"), series="harbour-2025", session=1)


def everything() -> str:
    """All that was stored of the run, in whatever table of ours and harvest's, and all that is indexed."""
    model.Session.expire_all()
    rows: list[Any] = [
        *model.Session.query(Run),
        *model.Session.query(LedgerEntry),
        *model.Session.query(Review),
    ]
    stored = [
        str({name: value for name, value in vars(row).items() if not name.startswith("_")}) for row in rows
    ]
    objects = model.Session.execute(sa.text("SELECT content, guid FROM harvest_object")).fetchall()
    found = tk.get_action("package_search")({"ignore_auth": True}, {"include_private": True, "rows": 100})
    return json.dumps([stored, [tuple(row) for row in objects], found["results"]], default=str)


def test_a_chat_gives_its_session_questions_and_nobodys_name(session):
    source_id = of_session(session, "chat.txt", CHAT)
    assert counts(session.run(source_id)) == {"updated": 1}
    webinar = session.webinar(1)
    (question,) = webinar["questions"]
    assert question["question"] == "How often are the tides measured?"
    assert (question["answered"], question["answer"]) == (
        "in_writing",
        "Twice a day, and the tables are public.",
    )
    # What speaks of the asker waits for an editor.
    assert [row.reasons for row in model.Session.query(Review)] == [["altered", "speaks-of-asker"]]
    assert webinar.get("transcript") in (None, "")
    assert not [word for word in PRIVATE if word in everything()]
    assert counts(session.run(source_id)) == {"unchanged": 1}


def test_how_much_was_said_is_counted_from_the_same_file():
    (chat,) = read(CHAT.encode(), file="chat.txt")
    counted = engagement.of_record(chat, ["Ana Invented"])
    assert counted and (counted.messages, counted.questions, counted.answered, counted.chatters) == (
        4,
        2,
        1,
        2,
    )


def test_captions_become_a_transcript_only_where_that_is_switched_on(session, ckan_config, monkeypatch):
    source_id = of_session(session, "captions.vtt", CAPTIONS)
    session.run(source_id)
    assert not session.webinar(1).get("transcript")
    assert "tide tables of the harbour" not in everything()
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.publish_transcript", True)
    assert counts(session.run(source_id)) == {"updated": 1}
    transcript = session.webinar(1)["transcript"]
    assert "The tide tables of the harbour are printed every month." in transcript
    assert not [word for word in PRIVATE if word in everything()]
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.publish_transcript", False)
    session.run(source_id)
    assert not session.webinar(1).get("transcript")


def test_a_chat_alone_makes_no_session(portal):
    report = portal.run(of_session(portal, "chat.txt", CHAT))
    assert [(row["outcome"], row["reasons"]) for row in report["records"]] == [
        ("rejected", ["session-unknown"])
    ]
    assert helpers.call_action("package_search", fq="dataset_type:webinar")["count"] == 0
    assert not [word for word in PRIVATE if word in everything()]


def test_a_chat_beside_a_table_of_sessions_is_left_out_and_told(portal):
    portal.write(
        "year/year.csv", "Title,Date,Time\nNets,13 February 2025,10:30 AM\nTides,20 February 2025,10:30 AM\n"
    )
    portal.write("year/year_chat.txt", CHAT)
    report = portal.run(portal.source((portal.folder / "year").as_uri(), series="harbour-2025"))
    assert counts(report) == {"added": 2}
    (problem,) = report["problems"]
    assert (problem["code"], problem["file"]) == ("companion-left-out", "year_chat.txt")
    assert not [name for name in PRIVATE if name in everything()]
