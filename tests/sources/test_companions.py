"""Chats and captions beside their sessions, in a folder and in a zip."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from ckanext.opengovbelize.sources import Limits, SourceConfig, open_source

RECORD = b"Webinar 1: Boats\nDate: 7 May 2020, 10:30 AM - 12:00 PM\n"
CHAT = b"10:31:07 From Ana Sample to Everyone:\n\tHello\n"
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"


def attached(folder: Path) -> dict[str, list[str]]:
    opened = open_source(folder.as_uri(), SourceConfig(), Limits(folders=None))
    return {found.key: [companion.key for companion in found.companions] for found in opened.records}


def test_a_chat_belongs_to_the_record_whose_name_it_begins_with(tmp_path: Path) -> None:
    for name in ("webinar-1.md", "webinar-10.md"):
        (tmp_path / name).write_bytes(RECORD)
    for name in ("webinar-1_chat.txt", "webinar-10.vtt", "meeting_saved_chat.txt"):
        (tmp_path / name).write_bytes(VTT if name.endswith("vtt") else CHAT)
    assert attached(tmp_path) == {
        "webinar-1.md": ["webinar-1_chat.txt"],
        "webinar-10.md": ["webinar-10.vtt"],
        # It says of which session it is in no way.
        "meeting_saved_chat.txt": [],
    }


def test_in_a_folder_with_one_record_all_belong_to_it(tmp_path: Path) -> None:
    for name, data in (
        ("one/record.md", RECORD),
        ("one/chat.txt", CHAT),
        ("one/captions.srt", VTT),
        ("two/record.md", RECORD),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert attached(tmp_path) == {"one/record.md": ["one/captions.srt", "one/chat.txt"], "two/record.md": []}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("GMT20200507-163000_RecordingnewChat.txt", CHAT),
        ("Boats – Chat.sbv", b"0:01:13.456,0:01:16.456\nAna Sample: Hello\n"),
        (
            "meeting_saved_closed_caption.txt",
            b"[Ana Sample] 10:31:07\nHello\n\n[Beto Muestra] 10:31:09\nHello\n",
        ),
        ("qa_report.csv", b"Question,Asker Name,Answer(s)\nWho counts?,Ana Sample,live answered\n"),
    ],
)
def test_what_programs_call_chats_lies_beside_a_report_of_who_took_part(
    tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / "record.md").write_bytes(RECORD)
    (tmp_path / "participants_900.csv").write_bytes(
        b"Name (Original Name),User Email,Total Duration (Minutes),Guest\n"
    )
    (tmp_path / name).write_bytes(data)
    assert attached(tmp_path)["record.md"] == [name]


def test_a_record_that_is_called_a_chat_stays_a_record(tmp_path: Path) -> None:
    (tmp_path / "record.md").write_bytes(RECORD)
    (tmp_path / "record-and-chat.md").write_bytes(RECORD + b"\nChat:\nAna Sample: hello\n")
    assert attached(tmp_path) == {"record.md": [], "record-and-chat.md": []}


def test_in_a_zip_too(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a/record.md", RECORD)
        archive.writestr("a/chat.txt", CHAT)
    (tmp_path / "records.zip").write_bytes(stream.getvalue())
    assert attached(tmp_path / "records.zip") == {"a/record.md": ["a/chat.txt"]}


def test_a_changed_chat_is_a_change_of_its_record(tmp_path: Path) -> None:
    (tmp_path / "record.md").write_bytes(RECORD)
    (tmp_path / "chat.txt").write_bytes(CHAT)
    limits = Limits(folders=None)
    (before,) = open_source(tmp_path.as_uri(), SourceConfig(), limits).records
    (tmp_path / "chat.txt").write_bytes(CHAT + CHAT)
    (after,) = open_source(tmp_path.as_uri(), SourceConfig(), limits).records
    assert before.whole != after.whole
