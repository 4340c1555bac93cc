"""The reports of questions and of polls that Webex saves as text, alone: they belong to a session and are none."""

from __future__ import annotations

import re

from ..problems import Problem
from ..session import Exchange, SessionRecord
from ..words import squeeze
from .content import Content, unreadable
from .text import split_lines

MEDIA_TYPE = "text/x-questions"
# "Ana Sample (ana@example.org) - 10:41 AM", with the question or the answer on the next line.
_HEAD = re.compile(
    r"\s*(?P<name>\S.{0,90}?)(?:\s*\([^()\s]{0,200}\))?\s+-\s+(?P<at>\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?)\s*"
)
_SAID = re.compile(r"\s*(?P<kind>[QA])\s*:\s*(?P<text>.*)", re.DOTALL)
_BESIDE = re.compile(r"\s*(?:Priority\s*:.*|_{5,}|-{5,})\s*", re.IGNORECASE)
_POLL = re.compile(r"\s*(?:webex\s+)?poll (?:session name|results?|report)\s*:?", re.IGNORECASE)
# What stands above the questions: of which meeting they are.
_ABOVE = re.compile(
    r"\s*(?:webex|questions? (?:and|&) answers?|q ?& ?a\b"
    r"|(?:session|event|meeting|training)(?: name| number| topic)?\s*:"
    r"|(?:starting|start|finish|end) time\s*:|date\s*:|[_-]{5,})",
    re.IGNORECASE,
)
_LINES_LOOKED_AT = 60
_LONGEST_LINE = 400

_IS_POLL = Problem(
    "not-a-session",
    "This is a report of a poll, which says who answered what. It is no session, and nothing of it was kept. Take it"
    " out of the source.",
    rejects=True,
)


def recognises(content: Content) -> bool:
    """Tell a report of questions by what stands above the first and how the rest is made, one of a poll by its start.

    In the record of a session questions may stand in the same form below other things.
    """
    lines = [row for row in content.sample.split("\n")[:_LINES_LOOKED_AT] if row.strip()]
    first = next((at for at, row in enumerate(lines) if _head(row)), None)
    if first is None or not all(_ABOVE.match(row) for row in lines[:first]):
        return _is_poll(lines)
    asked = [_SAID.match(below) for above, below in zip(lines, lines[1:], strict=False) if _head(above)]
    formed = sum(bool(_head(row) or _SAID.match(row) or _BESIDE.fullmatch(row)) for row in lines[first:])
    begins = asked[0] if asked else None
    return begins is not None and begins["kind"] == "Q" and formed * 2 >= len(lines) - first


def _is_poll(lines: list[str]) -> bool:
    return bool(lines) and _POLL.match(lines[0]) is not None


def _head(row: str) -> re.Match[str] | None:
    return _HEAD.fullmatch(row) if len(row) <= _LONGEST_LINE else None


def read(content: Content) -> list[SessionRecord]:
    """Read the questions with their answers; who asked is known to the privacy screen only."""
    lines = split_lines(content.text)
    if _is_poll([row for row in lines if row.strip()]):
        return [unreadable(content, _IS_POLL)]
    record = SessionRecord(content.file, belongs="chat")
    name, kind = "", ""
    for number, row in enumerate(lines, 1):
        if head := _head(row):
            name, kind = squeeze(head["name"]), ""
        elif said := _SAID.match(row):
            kind = said["kind"]
            if kind == "Q":
                record.exchanges.append(
                    Exchange(squeeze(said["text"]), asked_by=name, in_writing=True, place=f"line {number}")
                )
            elif record.exchanges:
                last = record.exchanges[-1]
                last.answer = "\n".join(filter(None, (last.answer, squeeze(said["text"]))))
                last.answered_by = last.answered_by or name
        elif _BESIDE.fullmatch(row) or not row.strip():
            kind = "" if row.strip() else kind
        elif record.exchanges and kind:
            last = record.exchanges[-1]
            field = "question" if kind == "Q" else "answer"
            setattr(last, field, f"{getattr(last, field)}\n{squeeze(row)}")
    return [record]
