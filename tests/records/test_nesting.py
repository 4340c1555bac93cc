"""Files of each format that are what they say, and go deeper than anybody can follow: told in seconds, never walked into.

What is nested without a format round it every reader stands by its contract (``HOSTILE``).
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from ckanext.opengovbelize.records import packages, xml
from ckanext.opengovbelize.records.figures import reading as figures
from ckanext.opengovbelize.records.plans import reading as plans
from ckanext.opengovbelize.records.reading import read

from .contract import SECONDS

DEEP = 100_000
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)


def nested(start: str, end: str = "", inside: str = "x") -> str:
    return start * DEEP + inside + end * DEEP


def zipped(**members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return data.getvalue()


def word(body: str) -> bytes:
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped(**{"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document})


def atom(content: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Session 1: Boats</title>'
        f'<content type="xhtml">{content}</content></entry></feed>'
    )


FILES: dict[str, tuple[str, Callable[[], str | bytes]]] = {
    "sessions in JSON": ("a.json", lambda: f'{{"sessions": {nested("[", "]", "")}}}'),
    "Indico": ("a.json", lambda: f'{{"results": [{{"_type": "Conference", "contributions": {nested("[", "]", "")}}}]}}'),
    "a chat of Teams": ("chat.json", lambda: f'{{"value": [{{"replies": {nested("[", "]", "")}}}]}}'),
    "a calendar": ("a.ics", lambda: f"BEGIN:VCALENDAR\r\n{nested('BEGIN:VEVENT' + chr(10), 'END:VEVENT' + chr(10), '')}END:VCALENDAR"),
    "RSS": ("a.xml", lambda: f'<rss version="2.0"><channel>{nested("<item>", "</item>")}</channel></rss>'),
    "Atom": ("a.xml", lambda: atom(nested("<div>", "</div>"))),
    "Dublin Core": ("a.xml", lambda: f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{nested("<record>", "</record>")}</OAI-PMH>'),
    "JSON-LD": ("a.html", lambda: f'<!doctype html><script type="application/ld+json">{nested(chr(123) + chr(34) + "@graph" + chr(34) + ":[", "]" + chr(125), "")}</script>'),
    "microdata": ("a.html", lambda: f'<!doctype html><body>{nested("<div itemscope itemprop=subEvent itemtype=https://schema.org/Event>")}'),
    "divisions": ("a.html", lambda: f"<!doctype html><body><h1>Webinar 1: Boats</h1>{nested('<div>')}"),
    "tables": ("a.html", lambda: f"<!doctype html><body><h1>Webinar 1: Boats</h1>{nested('<table><tr><td>')}"),
    "lists": ("a.md", lambda: f"# Webinar 1: Boats\n\n{nested('- ')}"),
    "quotations": ("a.md", lambda: f"# Webinar 1: Boats\n\n{nested('> ')}"),
    "links": ("a.md", lambda: f"# Webinar 1: Boats\n\n{nested('![', '](y)')}"),
    "Word": ("a.docx", lambda: word(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", "<w:p/>"))),
    "PDF": ("a.pdf", lambda: f"%PDF-1.4\n1 0 obj\n{nested('<</A ', '>>', '1')}\nendobj\ntrailer<</Root 1 0 R>>"),
    "captions": ("a.vtt", lambda: f"WEBVTT\n\n00:00.000 --> 00:01.000\n{nested('<v A>', '</v>')}"),
    "a zip under another name": ("a.md", lambda: zipped(**{"a.zip": "x"})),
    "Word in Word": ("a.docx", lambda: zipped(**{"[Content_Types].xml": TYPES, "word/document.xml": word("").decode("latin-1")})),
}  # fmt: skip
TABLES: dict[str, tuple[str, str]] = {
    "a plan in JSON": ("a.json", f'{{"plan": {{"title": "Tide plan"}}, "commitments": {nested("[", "]", "")}}}'),
    "a plan in YAML": ("a.yaml", f"plan:\n  title: Tide plan\ncommitments: {nested('[', ']', '')}"),
    "a plan that holds itself": ("a.yaml", "plan: &a\n  title: Tide plan\n  milestones: *a\ncommitments: [*a]\n"),
    "a plan that doubles": (
        "a.yaml",
        "plan:\n  title: Tide plan\ncommitments:\n- &a0 {title: Open wells}\n"
        + "".join(f"- &a{n} {{title: x, milestones: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 20)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_deep_record_is_told_in_seconds(case: str) -> None:
    file, make = FILES[case]
    made = make()
    data = made if isinstance(made, bytes) else made.encode()
    began = time.process_time()
    records = read(data, file=file)
    assert time.process_time() - began < SECONDS
    codes = [problem.code for record in records for problem in record.problems]
    assert codes and "reader-failed" not in codes


@pytest.mark.parametrize("case", ["RSS", "Atom", "Word"])
def test_what_a_library_would_walk_into_is_never_given_to_it(case: str) -> None:
    file, make = FILES[case]
    made = make()
    (record,) = read(made if isinstance(made, bytes) else made.encode(), file=file)
    assert [problem.code for problem in record.problems if problem.rejects][:1] == ["file-refused"]


@pytest.mark.parametrize("case", TABLES)
def test_a_deep_table_is_refused_in_seconds(case: str) -> None:
    file, text = TABLES[case]
    began = time.process_time()
    records = plans.read(text.encode(), file=file) or []
    assert time.process_time() - began < SECONDS
    assert any(problem.rejects for record in records for problem in record.problems)
    for table in figures.read(text.encode(), file=file) or []:
        assert any(problem.rejects for problem in table.problems)
    assert time.process_time() - began < 2 * SECONDS


def test_a_deep_dataset_of_another_portal_is_refused() -> None:
    record = packages.read(
        f'{{"package": {{"type": "webinar", "people": {nested("[", "]", "")}}}}}'.encode(), file="a"
    )
    assert any(problem.rejects for problem in record.problems)


@pytest.mark.parametrize(("depth", "deep"), [(xml.DEEPEST, False), (xml.DEEPEST + 1, True)])
def test_depth_is_counted_and_not_length(depth: int, deep: bool) -> None:
    assert xml.is_too_deep(b"<a>" * depth + b"</a>" * depth) is deep
    assert not xml.is_too_deep(b"<a>" + b"<b></b>" * 10_000 + b"</a>")
