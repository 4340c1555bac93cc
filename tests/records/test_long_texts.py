"""A file with more text than anybody keeps of a session is told at once; reading all of it takes minutes."""

from __future__ import annotations

from pathlib import Path

import pytest
from ckanext.opengovbelize.records.reading import belongs, read

SAMPLES = Path(__file__).parents[2] / "samples/formats"
RECORDS = [f"session-record.{suffix}" for suffix in ("md", "txt", "html", "docx", "pdf")]
CHATS = [
    *("chat-saved.txt", "chat-zoom.txt", "chat-teams.json", "chat-slack.json", "chat-youtube.live_chat.json"),
    *("captions.vtt", "questions-webex.txt"),
]
HEAD = "# Webinar 1: How a plan is made\n\n**Date:** 13 February 2025, 10:30 AM\n\n"
# A picture as Word and Google Docs put it into a page or a text.
PICTURE = f"data:image/png;base64,{'iVBORw0KGgo' * 300_000}"


def codes(data: bytes, file: str, most: int = 2_500_000) -> list[str]:
    records = read(data, file=file, most_characters=most)
    return [problem.code for record in records for problem in record.problems]


@pytest.mark.parametrize("name", [*RECORDS, *CHATS])
def test_a_text_is_read_up_to_the_limit_and_not_beyond(name: str) -> None:
    data = (SAMPLES / name).read_bytes()

    assert codes(data, name, most=30) == ["text-too-long"]
    assert "text-too-long" not in codes(data, name)


def test_how_to_mend_it_is_told_and_nothing_is_repeated() -> None:
    (record,) = read(
        (HEAD + "Rosa Muster spoke.\n" * 60_000).encode(), file="1.md", most_characters=1_000_000
    )

    (problem,) = record.problems
    assert (problem.file, problem.rejects) == ("1.md", True)
    for words in ("more than 1 million characters", "by itself", "part the file", "max_record_characters"):
        assert words in problem.message
    assert "Rosa" not in repr(record)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("1.html", f"<html><body><h1>Webinar 1: A plan</h1><p>Boats</p><img src='{PICTURE}'></body></html>"),
        ("1.md", f"{HEAD}Boats ![a boat][image1]\n\n[image1]: <{PICTURE}>\n"),
        ("1.html", "<html><body>" + "<p class='MsoNormal' style='margin:0'><span>a</span></p>" * 50_000),
    ],
)
def test_pictures_and_markup_are_no_text(name: str, text: str) -> None:
    assert len(text) > 2_500_000
    assert "text-too-long" not in codes(text.encode(), name)


def test_the_chat_of_a_long_webinar_is_no_long_text() -> None:
    line = "10:41:03 From Pablo Anyone to Everyone: May a village council see what the ministry spent?\n"
    chat = line * (2_100_000 // len(line))

    assert codes(chat.encode(), "chat.txt") == []
    assert belongs(chat.encode(), file="chat.txt")
    assert not belongs(chat.encode(), file="chat.txt", most_characters=1_000_000)


def test_a_table_is_no_text() -> None:
    """Tables have limits of their own, in rows and cells."""
    rows = "".join(f"{number},Boats {number},2025-02-13\n" for number in range(1, 20))

    assert "text-too-long" not in codes(("Number,Title,Date\n" + rows).encode(), "sessions.csv", most=30)
