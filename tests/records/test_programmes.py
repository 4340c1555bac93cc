"""Tables of sessions within documents for people: the programme of a series on a page or in a letter."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

HEADER = ("No.", "Title", "Date", "Time", "Venue", "Speaker")
ROWS = (
    (
        "1",
        "What a register is",
        "7 March 2024",
        "10:00 AM - 11:30 AM",
        "Reef Hall, Dangriga",
        "Ana Sample, Reef Office",
    ),
    (
        "2",
        "Who may ask",
        "14 March 2024",
        "2:00 PM - 3:00 PM",
        "Lagoon House, Corozal",
        "Ben Sample, Reef Office",
    ),
)


def page(*parts: str) -> list[SessionRecord]:
    return read(f"<html><body>{''.join(parts)}</body></html>".encode(), file="programme.html")


def table(*rows: Sequence[str]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def document(rows: Sequence[Sequence[str]], title: str) -> bytes:
    """Return a Word document with a title and a table."""
    file = docx.Document()
    file.add_heading(title, 1)
    grid = file.add_table(len(rows), len(rows[0]))
    for row, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def codes(record: SessionRecord) -> list[str]:
    return [problem.code for problem in record.problems]


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_each_row_is_a_session_of_the_series_that_is_named_above(kind: str) -> None:
    title = "Coastal Data Series 2024"
    if kind == "html":
        records = page(f"<h1>{title}</h1>", table(HEADER, *ROWS))
    else:
        records = read(document([HEADER, *ROWS], title), file="programme.docx")
    assert [(record.series, record.number, record.title) for record in records] == [
        (title, 1, "What a register is"),
        (title, 2, "Who may ask"),
    ]
    assert [record.start and record.start.isoformat() for record in records] == [
        "2024-03-07T10:00:00-06:00",
        "2024-03-14T14:00:00-06:00",
    ]
    assert [(record.venue_name, record.locality) for record in records] == [
        ("Reef Hall", "Dangriga"),
        ("Lagoon House", "Corozal Town"),
    ]
    assert [[person.name for person in record.people] for record in records] == [
        ["Ana Sample"],
        ["Ben Sample"],
    ]


def test_what_the_page_says_beside_the_table_holds_for_all() -> None:
    short = [(*row[:4], row[5]) for row in (HEADER, *ROWS)]
    records = page(
        "<h1>Coastal Data Series 2024</h1><p>Venue: Reef Hall, Dangriga</p>"
        "<p>All webinars were moderated by Dora Sample, Specialist of the Reef Office.</p>",
        table(*short),
        "<p>Audience: fishers</p>",
    )
    for record, speaker in zip(records, ("Ana Sample", "Ben Sample"), strict=True):
        assert (record.venue_name, record.audience) == ("Reef Hall", "fishers")
        assert [(one.role, one.name) for one in record.people] == [
            ("speaker", speaker),
            ("facilitator", "Dora Sample"),
        ]


def test_links_in_cells_are_where_they_lead() -> None:
    first, second = page(
        table(
            ("Title", "Date", "Speaker", "Recording"),
            (
                "<a href='https://example.org/one'>What a register is</a>",
                "7 March 2024",
                "Ana Sample, Reef Office",
                "<a href='https://example.org/video-1'>Watch</a>",
            ),
            ("Who may ask", "14 March 2024", "Ben Sample, Reef Office", ""),
        )
    )
    assert [link.url for link in first.links] == ["https://example.org/one"]
    assert [(one.kind, one.url) for one in first.materials] == [("video", "https://example.org/video-1")]
    assert (second.links, second.materials) == ([], [])


def test_the_other_sessions_of_a_series_lend_a_record_nothing() -> None:
    (record,) = page(
        "<h1>Webinar 2: Who may ask</h1><p>Date: 14 March 2024, 2 PM</p><p>Speaker: Ben Sample, Clerk, Reef Office</p>"
        "<h2>All sessions</h2>",
        table(HEADER, *ROWS),
    )
    assert [person.name for person in record.people] == ["Ben Sample"]
    assert record.start and record.start.day == 14
    assert "table-left-out" in codes(record)


@pytest.mark.parametrize(
    "rows",
    [
        [("Date", "Time", "Session", "Speaker"), ("7 March 2024", "10:00", "Opening", "Ana Sample, Reef Office"),
         ("7 March 2024", "10:30", "Boats", "Ben Sample, Reef Office")],
        [("Time", "Title", "Speaker"), ("10:00", "Opening", "Ana Sample, Reef Office"), ("10:30", "Boats", "Ben Sample")],
    ],
    ids=["of-one-day", "without-days"],
)  # fmt: skip
def test_an_agenda_is_no_programme(rows: list[tuple[str, ...]]) -> None:
    (record,) = page("<h1>Webinar 3: Boats and nets</h1><p>7 March 2024, 10:00 AM</p>", table(*rows))
    assert record.title == "Boats and nets"


def test_a_chat_beside_the_table_belongs_to_no_session_and_is_told() -> None:
    first, second = page(
        table(HEADER, *ROWS),
        "<h2>Chat</h2><p>Ana: Good morning</p><p>Ben: What is a register?</p><p>Ana: A list</p>",
    )
    assert not first.messages and not second.messages
    assert "beside-table" in codes(first)


def test_a_table_in_markdown_hides_nothing_of_the_text_beside_it() -> None:
    (record,) = read(
        b"# Webinar 2: Nets\nDate: 14 March 2024, 10:00 AM\n\n| Title | Date | Venue |\n| --- | --- | --- |\n"
        b"| Boats | 7 March 2024 | Reef Hall |\n| Sails | 21 March 2024 | Reef Hall |\n",
        file="record.md",
    )
    assert (record.number, record.title) == (2, "Nets")
    assert "table-left-out" in codes(record)


@pytest.mark.parametrize("beside", ["", "All are welcome.\n\n"])
def test_a_table_of_speakers_names_their_sessions(beside: str) -> None:
    text = (
        f"# Boats and Tides Series 2020\n\n{beside}| No. | Title | Date |\n|---|---|---|\n"
        "| 1 | Counting boats | 10 September 2020, 14:00 |\n| 2 | Reading tides | 17 September 2020, 14:00 |\n\n"
        "## Speakers\n\n| Session | Speaker | Position | Institution |\n|---|---|---|---|\n"
        "| 1 | Orla Reef | Director | Ministry of Tides |\n| 2 | Tulio Bay | Researcher | Reef Observatory |\n"
    )
    records = read(text.encode(), file="programme.md")
    assert [(one.number, [(p.name, p.affiliation) for p in one.people]) for one in records] == [
        (1, [("Orla Reef", "Ministry of Tides")]),
        (2, [("Tulio Bay", "Reef Observatory")]),
    ]
