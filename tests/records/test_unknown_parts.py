"""A part that nobody knows, put at every place of a record in every layout: kept, or told by its place."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import asdict

import docx
import pytest
from ckanext.opengovbelize.records.reading import read

from .layouts import record_of, session

TITLE, DATE = "Webinar 2: Counting boats", "Date: 14 May 2020, 10:30 AM - 12:00 PM"
UNKNOWN = ("What we talked about", "The cycle of an action plan.")
PARTS = [
    ("Objective", "To count the boats of the lagoon."),
    ("Rationale", "Boats are many and nobody counts them."),
    ("Speakers", "Solana Reedwater, Analyst, Reef Institute"),
    ("Biographies", "Solana Reedwater: She reads budgets."),
    ("Links shared", "https://data.example.org/guide"),
    ("Certificate", "Those who attend get a certificate."),
]
CHAT = ("Chat", "Orla Sandpiper: hello to all of you")

Parts = list[tuple[str, str]]


def _markdown(parts: Parts, label: str = "## {}") -> bytes:
    return "\n\n".join([f"# {TITLE}", DATE, *(f"{label.format(a)}\n\n{b}" for a, b in parts)]).encode()


def _table(parts: Parts) -> bytes:
    rows = ["| Webinar | 2 - Counting boats |", "|---|---|", "| Date | 14 May 2020, 10:30 AM |"]
    return "\n".join([*rows, *(f"| {a} | {b} |" for a, b in parts)]).encode()


def _text(parts: Parts) -> bytes:
    return "\n\n".join([TITLE, DATE, *(f"{a}\n{b}" for a, b in parts)]).encode()


def _html(parts: Parts) -> bytes:
    return f"<h1>{TITLE}</h1><p>{DATE}</p>{''.join(f'<h2>{a}</h2><p>{b}</p>' for a, b in parts)}".encode()


def _docx(parts: Parts) -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 1)
    document.add_paragraph(DATE)
    for label, text in parts:
        document.add_heading(label, 2)
        document.add_paragraph(text)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


LAYOUTS: dict[str, tuple[str, Callable[[Parts], bytes]]] = {
    "headings": ("a.md", _markdown),
    "bold": ("a.md", lambda parts: _markdown(parts, "**{}**")),
    "table": ("a.md", _table),
    "text": ("a.txt", _text),
    "html": ("a.html", _html),
    "docx": ("a.docx", _docx),
}


@pytest.mark.parametrize("position", range(len(PARTS) + 1))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_unknown_part_is_kept_or_told(layout: str, position: int) -> None:
    file, make = LAYOUTS[layout]
    (record,) = read(make([*PARTS[:position], UNKNOWN, *PARTS[position:], CHAT]), file=file)
    kept = str({name: value for name, value in asdict(record).items() if name != "messages"})
    lost = [text for text in UNKNOWN if text not in kept]
    told = {problem.place for problem in record.problems if problem.code == "unplaced-line"}
    # A row of a table has one place for its label and its value.
    assert len(told) >= (min(1, len(lost)) if layout == "table" else len(lost))
    assert record.messages and record.objective.startswith("To count the boats")


@pytest.mark.parametrize("label", ["{}", "## {}", "**{}**", "{}:"])
def test_what_follows_the_table_of_a_header_is_no_part_of_its_last_row(label: str) -> None:
    table = _table(PARTS[:2]).decode()
    record = read(f"{table}\n\n{label.format(UNKNOWN[0])}\n\n{UNKNOWN[1]}\n".encode(), file="a.md")[0]
    assert record.rationale == PARTS[1][1]
    assert [(problem.code, problem.place) for problem in record.problems] == [
        ("unplaced-line", "line 7"),
        ("unplaced-line", "line 9"),
    ]


@pytest.mark.parametrize(
    "label", ["Participants' questions", "Questions of the participants", "Preguntas de participantes"]
)
def test_questions_under_any_usual_heading_are_no_part_of_the_prose_above(label: str) -> None:
    record = session(
        f"Rationale: Boats cost money.\n\n**{label}**\n\n1. Who pays? (asked by Shauna Quillfin)\n"
    )
    assert record.rationale == "Boats cost money."
    assert [exchange.asked_by for exchange in record.exchanges] == ["Shauna Quillfin"]


def test_a_label_of_several_dates_is_no_part_of_what_is_stated() -> None:
    record = record_of("# Webinar 6: Boats\n\n**Dates:** 3 and 4 September 2026\n\n**Venue:** Reef House\n")
    assert record.date_as_stated == "3 and 4 September 2026"
