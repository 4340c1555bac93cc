"""The worked example of docs/extend.md: a new format is one file and one entry."""

from __future__ import annotations

import configparser
import io
import re
import textwrap
from pathlib import Path
from types import ModuleType

from ckanext.opengovbelize.records.problems import Problem
from ckanext.opengovbelize.records.readers import READERS, find
from ckanext.opengovbelize.records.readers import read as read_with
from ckanext.opengovbelize.records.readers.content import Content, Reader
from ckanext.opengovbelize.records.session import SessionRecord

from .contract import Contract, Given

DOCUMENT = Path(__file__).parents[2] / "docs" / "extend.md"
SECTION = DOCUMENT.read_text("utf-8").split("## Add a reader\n")[1].split("\n## ")[0]


def _blocks(language: str) -> list[str]:
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", SECTION, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block) for _indent, block in found]


def _example() -> Reader:
    code, entry = _blocks("python")
    ini = ModuleType("ini")
    exec(compile(code, str(DOCUMENT), "exec"), ini.__dict__)
    return eval(f"({entry})", {"Reader": Reader, "ini": ini})[0]


KNOWN = (_example(), *READERS)


class TestExample(Contract):
    file = "sessions.ini"
    form = "ini"

    def sessions(self, given: list[Given]) -> bytes:
        parser = configparser.ConfigParser(interpolation=None)
        for session in given:
            parser[f"boats-{session.number}"] = {
                "title": f"Session {session.number}: {session.title}" if session.title else "",
                "start": session.start,
                "end": session.end,
                "text": session.text,
                "place": session.place,
            }
        stream = io.StringIO()
        parser.write(stream)
        return stream.getvalue().encode()

    def read(self, data: bytes) -> list[SessionRecord]:
        if not data.strip(b"\xef\xbb\xbf \n"):
            return super().read(data)
        return read_with(Content(data, self.file), among=KNOWN)

    def forced(self, data: bytes) -> list[SessionRecord]:
        return read_with(Content(data, self.file), self.form, KNOWN)


def test_the_example_is_recognised_by_its_content_and_nothing_else_is() -> None:
    (sample,) = _blocks("ini")
    (record,) = read_with(Content(sample.encode(), "no-name"), among=KNOWN)
    assert (record.key, record.number, record.title) == ("practice-1", 1, "Finding what your office has")
    assert (record.venue_name, record.district) == ("Lagoon Learning Centre", "BZ-CY")
    other = find(Content(b"Webinar 1: [Boats]\n= and nets"), among=KNOWN)
    assert not isinstance(other, Problem) and other.name == "text"
