"""What every reader of session records must stand: the same tests for each format."""

from __future__ import annotations

import time

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
SECONDS = 20


class ReaderContract:
    """A format's test class inherits this, and says how a file of the format is made from lines."""

    file = ""
    long_line = 10_000_000

    def make(self, lines: list[str]) -> bytes:
        """Return a file of the format in which each of the lines is one."""
        raise NotImplementedError

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
        began = time.monotonic()
        record = self.only(data)
        assert time.monotonic() - began < SECONDS
        assert record.title == "Counting boats"
        assert "line-too-long" in [problem.code for problem in record.problems]

    def test_deeply_nested_markup(self) -> None:
        began = time.monotonic()
        for nested in ("<div>" * 50_000, "> " * 50_000, "- " * 50_000, "[" * 50_000, "*" * 50_001 + "a"):
            assert read(self.make([*HEADER, nested]), file=self.file)
        assert time.monotonic() - began < SECONDS

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
