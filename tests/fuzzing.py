"""Inputs that nobody would write, for every reader, and what each of them must do with any of these.

An input is one of our sample files, damaged: cut, doubled, mixed with another, with words of every format and with
private strings put in between, in an encoding that it does not state. In a zip the damage is done to a member too, so
that the reader gets as far as the text.
"""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ckanext.opengovbelize.privacy.packages import screen_package
from ckanext.opengovbelize.privacy.plans import screen_plan
from ckanext.opengovbelize.privacy.policy import Policy
from ckanext.opengovbelize.privacy.screen import screen
from ckanext.opengovbelize.records import packages
from ckanext.opengovbelize.records.attendance import reading as attendance
from ckanext.opengovbelize.records.drafts import Draft
from ckanext.opengovbelize.records.figures import reading as figures
from ckanext.opengovbelize.records.plans import reading as plans
from ckanext.opengovbelize.records.readers import READERS
from ckanext.opengovbelize.records.reading import read
from hypothesis import strategies as st

from .records.services import answers

POLICY = Policy(b"only for tests", ("example.org",), transcript=True)
# Invented, and private wherever they stand.
PLANTED = ("q.feather@mail.example.com", "620-0103")
# Of a processor: a busy machine is no fault of the reader.
SECONDS = 20
_LARGEST = 60_000
_READ = 3

SAMPLES = {path.name: path.read_bytes() for path in sorted(Path("samples/formats").iterdir())}
_PACKAGE = {
    "package": {
        "type": "webinar",
        "publication_state": "released",
        "name": "a-1",
        "title": "Boats",
        "start": "2020-05-07T10:30:00-06:00",
        "people": [{"role": "speaker", "name": "Ana Sample", "email": "ana@example.org"}],
        "questions": [{"question": "How many boats are there?", "answer": "Four."}],
        "translations": [{"field": "title", "language": "es", "text": "Barcos"}],
        "resources": [{"url": "https://www.example.org/1.pdf", "name": "Slides"}],
    },
    "references": {},
    "organizations": {},
}
SAMPLES["package.json"] = json.dumps(_PACKAGE, indent=1).encode()
SAMPLES |= {f"service-{name}.json": json.dumps(answer).encode() for name, answer in answers.ALL.items()}

_MAIL, _PHONE = PLANTED
_WORDS = [
    *("\x00", "\ufeff", "\u2028", "\u202e", "\u0301", "\U0001f600", "\ud800", "\r", "\n\n\n", "\t" * 9, "," * 50, '"', "'"),
    *("<", ">", "</", "]]>", "<!--", "<![CDATA[", "&x;", "&#0;", "&#x1F600;", "<!DOCTYPE a [<!ENTITY x 'y'>]>", "<a " * 200),
    *("{", "}", "[", "]", "[" * 500, '{"a":' * 200, "null", "true", "-1", "1e999", "9" * 400, "NaN", "\\ud800", "\\u0000"),
    *("BEGIN:VEVENT", "END:VEVENT", "RRULE:FREQ=SECONDLY\r\n", "RRULE:FREQ=YEARLY;COUNT=999999999\r\n", "DTSTART:99991231T235959Z"),
    *("DTSTART;TZID=Nowhere/Land:20200101T000000", "EXDATE:", "RECURRENCE-ID:", "DURATION:-P9999999D", "X;=:"),
    *("2020-02-30", "0000-00-00", "9999-12-31T23:59:59-23:59", "31/12/99", "12/11/10", "25:61 PM", "Thursday 32 Smarch"),
    *("Date: ", "Speaker: ", "Venue: ", "Webinar 999999999999999999999: ", "Series: ", "Chat:\n", "# ", "| a | b |\n|---|---|\n", "Q: ", "\nA (a, b): "),
    *("WEBVTT\n\n", "00:00:01.000 --> 99:99:99.999\n", "<v >", "10:31:07 From a to Everyone:\n\t", "a: &a [*a]\n", "- - - -", "!!python/object:os.system x"),
    *("javascript:alert(1)", "data:text/html,x", "https://", "http://[::1", "file:///etc/passwd", "=HYPERLINK(1)", "%00", "%s%n"),
    *("@type", "@graph", "startDate", "_type", "yt:videoId", "itemscope itemtype='https://schema.org/Event'", "oai_dc:dc"),
]  # fmt: skip
_PRIVATE = [
    f" {_MAIL} ",
    f" {_PHONE} ",
    f"\n10:40:11 From Zenobia Quillfeather to Everyone:\n\twrite to {_MAIL} or call {_PHONE}\n",
    f"Speaker: Zenobia Quillfeather, {_MAIL}\n",
    f"<p>Contact: {_MAIL}, tel. {_PHONE}</p>",
    f'"{_MAIL}"',
    f"https://www.example.org/u?mail={_MAIL}",
    f"Date: 7 May 2020 call {_PHONE}",
]
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "shift_jis", "cp037")

_edit = st.tuples(
    st.sampled_from(
        ("cut", "double", "drop", "put", "put", "put", "plant", "plant", "byte", "mix", "encode")
    ),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(0, 10_000),
)


def inputs(kind: str) -> st.SearchStrategy[bytes]:
    """Return the inputs for one reader: samples of its own format more often than others."""
    own = [name for name in SAMPLES if _is_of(kind, name)] or list(SAMPLES)
    base = st.one_of(st.sampled_from(own), st.sampled_from(own), st.sampled_from(list(SAMPLES)))
    damaged = st.tuples(base, st.lists(_edit, min_size=1, max_size=8), st.booleans())
    return st.one_of(damaged.map(lambda given: _damaged(*given)), st.binary(max_size=300))


def _is_of(kind: str, name: str) -> bool:
    words = {
        "oai-dc": "oai-dc",
        "schema.org": "event",
        "chat": "chat-",
        "teams-chat": "chat-teams",
        "package": "package",
        "json-feed": "json-feed",
    }
    words |= {"youtube-chat": "chat-youtube", "questions": "questions", "slack-chat": "chat-slack"}
    words |= {"icalendar": "calendar", "attendance": "attendance-", "plan": "plan.", "figures": "csv"}
    words |= {"markdown": ".md", "text": "session-record.txt", "feed": "feed", "captions": "captions"}
    return words.get(kind, f".{kind}") in name or (kind == "indico" and "indico" in name)


def _damaged(name: str, edits: list[tuple[str, float, float, int]], within: bool) -> bytes:
    data = SAMPLES[name]
    if within and data.startswith(b"PK"):
        return _with_member(data, edits)
    for edit in edits:
        data = _edited(data, *edit)[:_LARGEST] if not data.startswith(b"PK") else _edited(data, *edit)
    return data


def _edited(data: bytes, how: str, first: float, second: float, number: int) -> bytes:
    start, end = sorted((int(first * len(data)), int(second * len(data))))
    match how:
        case "cut":
            return data[:start]
        case "double":
            return data[:end] + data[start:]
        case "drop":
            return data[:start] + data[end:]
        case "put" | "plant":
            words = _WORDS if how == "put" else _PRIVATE
            return data[:start] + words[number % len(words)].encode("utf-8", "surrogatepass") + data[start:]
        case "byte":
            return data[:start] + bytes([number % 256]) + data[start + 1 :]
        case "mix":
            other = list(SAMPLES.values())[number % len(SAMPLES)]
            return data[:start] + other[: end - start] + data[end:]
        case _:
            text = data.decode("utf-8", "replace")
            return text.encode(_ENCODINGS[number % len(_ENCODINGS)], "replace")


def _with_member(data: bytes, edits: list[tuple[str, float, float, int]]) -> bytes:
    """Return a zip of which one member is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    # The text of a document or workbook stands in one of these.
    telling = [
        name
        for name in members
        if name.endswith(("document.xml", "sheet1.xml", "sharedStrings.xml", "content.xml"))
    ]
    wanted = (telling or list(members))[edits[0][3] % max(1, len(telling))]
    for edit in edits:
        members[wanted] = _edited(members[wanted], *edit)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _sessions(form: str) -> Callable[[bytes], Iterator[Draft]]:
    def drafts(data: bytes) -> Iterator[Draft]:
        records = read(data, file="input", form=form)
        assert records, "neither a record nor a reason"
        for record in records:
            assert not any(problem.code == "reader-failed" for problem in record.problems), (
                "the reader raised"
            )
        for record in records[:_READ]:
            yield screen(record, POLICY)

    return drafts


def _plan(data: bytes) -> Iterator[Draft]:
    for record in (plans.read(data, file="input") or [])[:_READ]:
        yield screen_plan(record, POLICY)


def _figures(data: bytes) -> Iterator[Draft]:
    for table in figures.read(data, file="input") or []:
        # What it says beside counts is looked up in the catalogue, and only its problems are shown.
        yield Draft("input", problems=table.problems)


def _attendance(data: bytes) -> Iterator[Draft]:
    yield Draft("input", problems=attendance.read(data, file="input").problems)


def _package(data: bytes) -> Iterator[Draft]:
    yield from screen_package(packages.read(data, file="input"), POLICY)
    yield from screen_package(packages.read(data, file="input"), POLICY, reviewed=True)


ALL: dict[str, Callable[[bytes], Iterator[Draft]]] = {
    **{reader.name: _sessions(reader.name) for reader in READERS},
    "recognised": _sessions(""),
    "plan": _plan,
    "figures": _figures,
    "attendance": _attendance,
    "package": _package,
}
tried: Counter[str] = Counter()


def stand(kind: str, data: bytes) -> None:
    """Read an input as this kind: no error, no hang, and nothing private in what may be stored or shown."""
    tried[kind] += 1
    began = time.process_time()
    for draft in ALL[kind](data):
        _holds_nothing_private(draft.as_dict())
    assert time.process_time() - began < SECONDS, "it took too long"


def _holds_nothing_private(draft: dict[str, Any]) -> None:
    told = json.dumps(draft, ensure_ascii=False)
    for planted in PLANTED:
        assert planted not in told, (
            f"{planted} in {told[max(0, told.index(planted) - 200) : told.index(planted) + 60]}"
        )
