"""What every reader of session records must stand: the same tests for each format.

``Contract`` is what all formats have in common; ``ReaderContract`` adds what documents for people must stand.
"""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import dataclass
from functools import cache

import pytest
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

HEADER = ["Webinar 3: Counting boats", "Date: 14 May 2020, 10:30 AM - 12:00 PM"]
CHAT = [
    "Chat:",
    "Orla Sandpiper: Good morning, the first message",
    'Petronel Vask: she said "count them"',
    "and went on in a second line",
    "Orla Sandpiper: Thank you, the last message",
]
# Of a processor: a busy machine is no fault of the reader.
SECONDS = 20


@dataclass(frozen=True)
class Given:
    """A session that a test puts into a file: ``day`` of May 2020, from 10:30 to 12:00 in Belize."""

    number: int
    title: str
    day: int = 14
    text: str = ""
    place: str = ""

    @property
    def start(self) -> str:
        return f"2020-05-{self.day:02}T10:30:00-06:00"

    @property
    def end(self) -> str:
        return f"2020-05-{self.day:02}T12:00:00-06:00"


BOATS, NETS, REEFS = (
    Given(3, "Counting boats", 7),
    Given(4, "Mending nets", 14),
    Given(5, "Mapping reefs", 21),
)


def published(*records: SessionRecord) -> str:
    """Return all that may be published or told of records."""
    return str([screen(record, Policy(b"only-for-tests")).as_dict() for record in records])


@cache
def _zip_bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("word/document.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "content.xml"):
            archive.writestr(name, b"<a>" + b" " * 60_000_000 + b"</a>")
    return stream.getvalue()


_ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x0 "lol">' + "".join(
    f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10)
)
HOSTILE: dict[str, bytes] = {
    "zeros": b"\x00" * 5000,
    "noise": bytes(range(256)) * 40,
    "one long line": b"a: b, " * 1_700_000,
    "deep JSON": b"[" * 200_000,
    "deep JSON objects": b'{"a":' * 100_000,
    "deep XML": b"<a>" * 200_000,
    "deep HTML": b"<html><body>" + b"<div>" * 50_000,
    "entities": (_ENTITIES + "]><rss><channel><item><title>&x9;</title></item></channel></rss>").encode(),
    "outside entity": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<rss><channel><title>&x;</title><item><title>&x;</title></item></channel></rss>",
    "aliases": b"a: &a [x,x]\n"
    + b"".join(b"%c: &%c [*%c,*%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 121)),
    "endless calendar": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20200101T000000Z\r\n"
    b"SUMMARY:For ever\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "cut archive": b"PK\x03\x04" + b"\x00" * 100,
    "numbers": b'{"results": [{"_type": "Conference", "id": 1e999, "title": ' + b"9" * 5_000 + b"}]}",
    "lone surrogates": b'[{"title": "\\ud800", "start": "\\udfff"}]',
}


class Contract:
    """A format's test class inherits this, and says how a file of the format is made from sessions."""

    file = ""
    form = ""

    def sessions(self, given: list[Given]) -> bytes:
        """Return a file of the format with these sessions, in this order."""
        raise NotImplementedError

    def in_encoding(self, given: list[Given], encoding: str) -> bytes | None:
        """Return the same file in another encoding, or None where the format has none."""
        return self.sessions(given).decode("utf-8").encode(encoding)

    def broken(self) -> bytes:
        """Return a file with BOATS, then a session that nobody can read, then REEFS."""
        return self.sessions([BOATS, Given(0, "", 0), REEFS])

    def read(self, data: bytes) -> list[SessionRecord]:
        return read(data, file=self.file)

    def forced(self, data: bytes) -> list[SessionRecord]:
        """Read it as a file of the format, whatever it is."""
        return read(data, file=self.file, form=self.form)

    def good(self, data: bytes) -> list[SessionRecord]:
        """Return the records that can be published."""
        return [record for record in self.read(data) if not any(p.rejects for p in record.problems)]

    def test_an_empty_file_is_told(self) -> None:
        for data in (b"", b"\n \n", b"\xef\xbb\xbf"):
            assert [problem.code for record in self.read(data) for problem in record.problems] == [
                "file-empty"
            ]

    def test_a_file_without_a_session_gives_none(self) -> None:
        records = self.read(self.sessions([]))
        assert all(any(problem.rejects for problem in record.problems) for record in records)

    def test_one_session_is_one_record(self) -> None:
        (record,) = self.good(self.sessions([BOATS]))
        assert (record.number, record.title) == (3, "Counting boats")
        assert record.start and record.start.isoformat() == BOATS.start
        assert record.end and record.end.isoformat() == BOATS.end

    def test_the_first_and_the_last_session_are_kept(self) -> None:
        records = self.good(self.sessions([BOATS, NETS, REEFS]))
        assert [(record.number, record.title) for record in records] == [
            (3, "Counting boats"),
            (4, "Mending nets"),
            (5, "Mapping reefs"),
        ]

    def test_a_session_keeps_its_key_wherever_it_stands(self) -> None:
        before = {record.title: record.key for record in self.good(self.sessions([BOATS, NETS]))}
        after = {record.title: record.key for record in self.good(self.sessions([REEFS, NETS, BOATS]))}
        assert after.items() >= before.items()
        assert len(set(after.values())) == 3 or not any(after.values())

    def test_every_encoding_gives_the_same(self) -> None:
        given = [Given(1, "Contar peces y ñandúes – Óscar", 7)]
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
            data = self.in_encoding(given, encoding)
            if data is not None:
                (record,) = self.good(data)
                assert record.title == "Contar peces y ñandúes – Óscar", encoding

    def test_a_text_keeps_its_line_breaks_and_quotation_marks(self) -> None:
        (record,) = self.good(
            self.sessions([Given(1, "Boats", 7, 'She said: "count them", and then,\nwe did.')])
        )
        assert record.introduction.split() == [
            "She",
            "said:",
            '"count',
            'them",',
            "and",
            "then,",
            "we",
            "did.",
        ]

    def test_what_is_broken_harms_only_itself(self) -> None:
        records = self.good(self.broken())
        assert [record.title for record in records] == ["Counting boats", "Mapping reefs"]

    def test_a_truncated_file_gives_records_or_a_reason(self) -> None:
        data = self.sessions([BOATS, NETS, REEFS])
        for length in range(1, len(data), max(1, len(data) // 40)):
            records = self.read(data[:length])
            assert all(record.title or record.problems for record in records)
            assert not _failed(records), length

    @pytest.mark.parametrize("hostile", [*HOSTILE, "zip bomb"])
    def test_hostile_content_is_told_soon(self, hostile: str) -> None:
        data = _zip_bomb() if hostile == "zip bomb" else HOSTILE[hostile]
        began = time.process_time()
        records = self.forced(data)
        assert time.process_time() - began < SECONDS
        assert len(records) < 2_000
        assert not _failed(records)
        assert "root:" not in str(records)

    def test_damage_anywhere_is_stood(self) -> None:
        data = self.sessions([BOATS, NETS, REEFS])
        for position in range(0, len(data), max(1, len(data) // 60)):
            for damage in (b"\x00", b"\xff\xfe", b'"', b"<", b"\n"):
                records = self.forced(data[:position] + damage + data[position + 1 :])
                assert not _failed(records), (position, damage)

    def test_no_problem_repeats_what_a_session_says(self) -> None:
        secret = "Quillfeather 620-0103 q.feather@example.org"
        given = [
            Given(1, secret, 0, secret, secret),
            Given(0, "", 0, secret, secret),
            Given(3, secret, 7, secret),
        ]
        for record in self.read(self.sessions(given)):
            for problem in record.problems:
                told = f"{problem.code} {problem.message} {problem.place} {problem.field}"
                assert not any(word in told for word in secret.split())


def _failed(records: list[SessionRecord]) -> bool:
    return any(problem.code == "reader-failed" for record in records for problem in record.problems)


class ReaderContract(Contract):
    """A format of documents inherits this, and says how a file of the format is made from lines."""

    long_line = 10_000_000

    def make(self, lines: list[str]) -> bytes:
        """Return a file of the format in which each of the lines is one."""
        raise NotImplementedError

    def sessions(self, given: list[Given]) -> bytes:
        lines: list[str] = []
        for session in given:
            lines += [
                f"Webinar {session.number}: {session.title}",
                f"Date: {session.day} May 2020, 10:30 AM - 12:00 PM",
                f"Introduction: {session.text}" if session.text else "",
                f"Venue: {session.place}" if session.place else "",
            ]
        return self.make([line for text in lines if text for line in text.split("\n")] or ["-"])

    def in_encoding(self, given: list[Given], encoding: str) -> bytes | None:
        return None  # tested with more lines below

    def broken(self) -> bytes:
        # A document without a title in its middle is one document: its lines belong to the session above.
        return self.sessions([BOATS, REEFS])

    def encoded(self, lines: list[str], encoding: str) -> bytes | None:
        """Return the same file in another encoding, or None where the format has none."""
        return self.make(lines).decode("utf-8").encode(encoding)

    def only(self, data: bytes) -> SessionRecord:
        """Read a file in which one record is expected."""
        records = read(data, file=self.file)
        assert len(records) == 1
        return records[0]

    def test_empty_file_is_rejected(self) -> None:
        record = self.only(b"")
        assert [(problem.code, problem.rejects, problem.file) for problem in record.problems] == [
            ("file-empty", True, self.file)
        ]

    def test_header_only_is_a_record(self) -> None:
        record = self.only(self.make(HEADER))
        assert (record.number, record.title) == (3, "Counting boats")
        assert record.start and record.start.isoformat() == "2020-05-14T10:30:00-06:00"
        assert record.end and record.end.isoformat() == "2020-05-14T12:00:00-06:00"
        assert record.messages == []
        assert not any(problem.rejects for problem in record.problems)

    def test_first_and_last_message_are_kept_with_the_lines_between(self) -> None:
        messages = self.only(self.make(HEADER + CHAT)).messages
        assert [(message.number, message.author, message.text) for message in messages] == [
            (1, "Orla Sandpiper", "Good morning, the first message"),
            (2, "Petronel Vask", 'she said "count them"\nand went on in a second line'),
            (3, "Orla Sandpiper", "Thank you, the last message"),
        ]
        assert all(message.place for message in messages)

    def test_encodings_make_no_difference(self) -> None:
        lines = ["Webinar 3: Contar peces", "Fecha: 14 de mayo de 2020, 10:30", "Ponente: Óscar Peñafiel"]
        plain = self.only(self.make(lines))
        assert plain.people[0].name == "Óscar Peñafiel"
        for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
            data = self.encoded(lines, encoding)
            if data is None:
                continue
            record = self.only(data)
            assert (record.title, record.start) == (plain.title, plain.start), encoding
            assert record.people[0].name == "Óscar Peñafiel", encoding

    def test_line_ends_of_every_system(self) -> None:
        data = self.make(HEADER + CHAT)
        expected = self.only(data).messages
        for line_end in (b"\r\n", b"\r"):
            if self.encoded(HEADER, "utf-8") is not None:
                assert self.only(data.replace(b"\n", line_end)).messages == expected

    def test_ragged_lines_harm_only_themselves(self) -> None:
        ragged = [
            "\t\t  Venue:\t\tBTEC,   Belize City  ",
            ":",
            "::: :",
            "Objective",
            "\t:\t",
            "|",
            "To count.",
        ]
        record = self.only(self.make(HEADER + ragged + CHAT))
        assert (record.venue_name, record.district) == ("BTEC", "BZ-BZ")
        assert "To count." in record.objective
        assert len(record.messages) == 3

    def test_truncated_file_gives_a_record_or_a_reason(self) -> None:
        data = self.make(HEADER + CHAT)
        for length in range(1, len(data), max(1, len(data) // 40)):
            record = self.only(data[:length])
            assert record.title or any(problem.rejects for problem in record.problems)

    def test_nul_bytes_and_noise(self) -> None:
        data = self.make(HEADER + CHAT)
        for hostile in (b"\x00" * 5000, bytes(range(256)) * 40, data + b"\x00" * 500, data[::-1]):
            assert read(hostile, file=self.file)

    def test_a_line_of_megabytes_is_told_not_read(self) -> None:
        data = self.make([*HEADER, "a: b, " * (self.long_line // 6)])
        began = time.process_time()
        record = self.only(data)
        assert time.process_time() - began < SECONDS
        assert record.title == "Counting boats"
        assert "line-too-long" in [problem.code for problem in record.problems]

    def test_deeply_nested_markup(self) -> None:
        began = time.process_time()
        for nested in ("<div>" * 50_000, "> " * 50_000, "- " * 50_000, "[" * 50_000, "*" * 50_001 + "a"):
            assert read(self.make([*HEADER, nested]), file=self.file)
        assert time.process_time() - began < SECONDS

    def test_problems_never_repeat_what_the_file_says(self) -> None:
        secret = "Quillfeather 620-0103 q.feather@example.org"
        lines = [
            *HEADER,
            "Date: on a day with " + secret,
            f"District: {secret}",
            f"{secret}!",
            f"Status: {secret}",
        ]
        problems = self.only(self.make(lines)).problems
        assert problems
        for problem in problems:
            told = f"{problem.code} {problem.message} {problem.place} {problem.field}"
            assert not any(word in told for word in secret.split())
