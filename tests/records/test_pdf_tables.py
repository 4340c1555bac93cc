"""Tables in a PDF are read as those of Word and of pages are, with rules round their cells or without."""

from __future__ import annotations

import time

import pytest
import weasyprint
from ckanext.opengovbelize.records.document import Block
from ckanext.opengovbelize.records.readers import pdf
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord
from hypothesis import given, settings
from hypothesis import strategies as st

from .. import fuzzing

STYLE = "th, td { padding: 4pt 12pt 4pt 2pt; text-align: left; vertical-align: top } table { width: 100% }"
DRESSES = {
    "rules": "table { border-collapse: collapse } th, td { border: 1px solid black }",
    "boxes": "th, td { border: 1px solid black }",
    "lines between rows": "table { border-collapse: collapse } tr { border-bottom: 1px solid black }",
    "no rules": "",
}
HEADER = "<h1>Webinar 2: Counting boats</h1><p>Date: 14 May 2020, 10:30 AM - 12:00 PM</p>"
OBJECTIVE = "<h2>Objective</h2><p>To count the boats.</p>"
COLUMNS = "<tr><th>Name<th>Position<th>Institution</tr>"
SPEAKERS = (
    f"<h2>Speakers</h2><table>{COLUMNS}<tr><td>Solana Reedwater<td>Analyst of the coast, of its rivers and of"
    " whatever floats on them in the rain<td>Ministry of Reefs</tr>"
    "<tr><td>Óscar Peñafiel<td>Director<td>Reef Club</tr></table>"
)
everywhere = pytest.mark.parametrize("dress", DRESSES)


def made(body: str, dress: str = "rules", more: str = "") -> bytes:
    return weasyprint.HTML(string=f"<style>{STYLE}{DRESSES[dress]}{more}</style>{body}").write_pdf()


def record_of(data: bytes) -> SessionRecord:
    (record,) = read(data, file="record.pdf")
    return record


def rows_of(data: bytes) -> list[list[str]]:
    rows = [block for block in pdf.read(data).blocks if block.kind == "row"]
    return [[" / ".join(line.text for line in cell) for cell in row.cells] for row in rows]


@everywhere
def test_a_table_of_speakers(dress: str) -> None:
    record = record_of(made(HEADER + SPEAKERS + OBJECTIVE, dress))
    assert [(p.role, p.name, p.position, p.affiliation) for p in record.people] == [
        (
            "speaker",
            "Solana Reedwater",
            "Analyst of the coast, of its rivers and of whatever floats on them in the rain",
            "Ministry of Reefs",
        ),
        ("speaker", "Óscar Peñafiel", "Director", "Reef Club"),
    ]
    assert (record.number, record.title, record.objective) == (2, "Counting boats", "To count the boats.")
    assert record.problems == []


@everywhere
def test_labels_beside_their_values(dress: str) -> None:
    rows = {
        "Webinar": "2 - Counting boats",
        "Date": "14 May 2020, 10:30 AM - 12:00 PM",
        "Venue": "Lagoon Learning Centre, San Ignacio",
        "Objective": "To count the boats of the lagoon, of the rivers and of the sea, so that everybody can do it again"
        " with a pencil, a sheet of paper and one quiet afternoon.",
    }
    cells = "".join(f"<tr><td>{label}<td>{value}</tr>" for label, value in rows.items())
    record = record_of(made(f"<table>{cells}</table>", dress))
    assert (record.number, record.title, record.locality) == (2, "Counting boats", "San Ignacio")
    assert record.start and record.start.isoformat() == "2020-05-14T10:30:00-06:00"
    assert (record.objective, record.problems) == (rows["Objective"], [])


@everywhere
def test_a_chat_in_a_table(dress: str) -> None:
    said = [
        ("10:31", "Orla Sandpiper", "Good morning"),
        (
            "10:32",
            "Petronel Vask",
            "How many boats are there, and who is it that counts them every year in the lagoon?",
        ),
        ("10:33", "Orla Sandpiper", "There are four."),
    ]
    rows = "".join(f"<tr><td>{at}<td>{who}<td>{text}</tr>" for at, who, text in said)
    table = f"<h2>Chat</h2><table><tr><th>Time<th>Name<th>Message</tr>{rows}</table>"
    record = record_of(made(HEADER + OBJECTIVE + table, dress))
    assert [(message.at, message.author, message.text) for message in record.messages] == said


@everywhere
@pytest.mark.parametrize("head", ["repeated", "once"])
def test_a_table_over_several_pages_is_one(dress: str, head: str) -> None:
    names = [f"{first} {last}" for first in ("Ana", "Rui", "Eva", "Ida", "Leo") for last in _FAMILIES]
    rows = "".join(f"<tr><td>{name}<td>Analyst<td>Ministry of Reefs</tr>" for name in names)
    columns = f"<thead>{COLUMNS}</thead>" if head == "repeated" else COLUMNS
    table = f"<h2>Speakers</h2><table>{columns}{rows}</table>"
    footer = "@page { @bottom-center { content: 'Page ' counter(page) } }"
    data = made(HEADER + table + OBJECTIVE, dress, footer)
    assert (
        len({block.place.partition("page ")[2] for block in pdf.read(data).blocks if block.kind == "row"}) > 1
    )
    assert [row[0] for row in rows_of(data)] == ["Name", *names]
    record = record_of(data)
    assert [person.name for person in record.people] == names
    assert record.objective.startswith("To count the boats.")


def test_a_row_that_a_page_parts_is_one() -> None:
    story = " ".join(f"She counted the boats of the lagoon {number} times." for number in range(90))
    table = f"<table><tr><td>Title<td>Counting boats</tr><tr><td>Rationale<td>{story}</tr></table>"
    data = made("<p style='height: 560pt'>Webinar 2</p>" + table)
    assert rows_of(data)[1][1].replace(" / ", " ") == story


def test_a_row_is_known_by_its_place() -> None:
    places = [block.place for block in pdf.read(made(HEADER + SPEAKERS)).blocks if block.kind == "row"]
    assert places == ["table 1, row 1 (page 1)", "table 1, row 2 (page 1)", "table 1, row 3 (page 1)"]


@everywhere
def test_nothing_is_read_twice_or_lost(dress: str) -> None:
    data = made(f"<p>Before</p>{SPEAKERS}<p>Between</p>{SPEAKERS}<p>After</p>", dress)

    def texts(blocks: list[Block]) -> list[str]:
        return [
            text
            for block in blocks
            for text in (block.text, *(line.text for cell in block.cells for line in cell))
            if text
        ]

    said = texts(pdf.read(data).blocks)
    assert said[0] == "Before" and said[-1] == "After" and said.count("Between") == 1
    for text, times in [
        ("Solana Reedwater", 2),
        ("Óscar Peñafiel", 2),
        ("Ministry of Reefs", 2),
        ("Director", 2),
    ]:
        assert said.count(text) == times, text
    assert sum("floats on them in the rain" in text for text in said) == 2


def test_merged_cells_keep_their_columns() -> None:
    table = (
        f"<table><tr><th colspan=3>Speakers</tr>{COLUMNS}<tr><td>Solana Reedwater<td>Analyst<td rowspan=2>Reef Club</tr>"
        "<tr><td>Óscar Peñafiel<td>Director</tr></table>"
    )
    assert rows_of(made(table)) == [
        ["Name", "Position", "Institution"],
        ["Solana Reedwater", "Analyst", "Reef Club"],
        ["Óscar Peñafiel", "Director", ""],
    ]
    assert [person.role for person in record_of(made(HEADER + table)).people] == ["speaker", "speaker"]


def test_letters_that_are_drawn_as_one_are_told_apart() -> None:
    assert rows_of(made("<table><tr><td>Name<td>Óscar Peña\ufb01el</tr></table>"))[0][1] == "Óscar Peñafiel"


def test_links_in_cells_keep_their_targets() -> None:
    table = "<table><tr><td>Title<td>Boats</tr><tr><td>Presentation<td><a href='https://data.example.org/1.pdf'>Slides</a></tr></table>"
    record = record_of(made(f"<h1>Webinar 2</h1><p>14 May 2020, 10:30</p>{table}"))
    assert [material.url for material in record.materials] == ["https://data.example.org/1.pdf"]


@pytest.mark.parametrize(
    "body",
    [
        "<p style='text-align: justify; width: 150pt'>"
        + "Nobody believes incomprehensible circumstances. " * 12,
        "<p style='border: 1px solid; padding: 9pt'>What is in a box is no table.</p>",
        "<div style='columns: 2'>" + "<p>Two columns of prose are read one after the other.</p>" * 20,
        "<p>One line</p><svg width=300 height=200>"
        + "<path d='M0 0 L300 200 M0 200 L300 0' stroke='black'/>" * 50,
    ],
)
def test_what_is_no_table_is_none(body: str) -> None:
    assert rows_of(made(body)) == []


@pytest.mark.parametrize(
    ("hostile", "code"),
    [
        ("1 0 0 1 0 0 cm q " * 400_000, "page-too-heavy"),
        ("BT /F1 9 Tf (a) Tj ET " * 60_000, ""),
        (
            "".join(
                f"{n % 600} {n % 800} m {n % 600} 800 l S 0 {n % 800} m 600 {n % 800} l S "
                for n in range(9_000)
            ),
            "",
        ),
        (
            "BT /F1 9 Tf "
            + "".join(f"1 0 0 1 {n % 3 * 99} {n // 3 % 800} Tm (ab) Tj " for n in range(30_000))
            + "ET",
            "",
        ),
        ("/X Do " * 9 + "q " * 50_000, ""),
    ],
)
def test_a_page_that_draws_without_end_is_told_soon(hostile: str, code: str) -> None:
    data = _raw(hostile.encode())
    began = time.process_time()
    problems = pdf.read(data).problems
    assert time.process_time() - began < 10
    assert not code or [problem.code for problem in problems] == [code]


TEXTS = st.sampled_from(
    ["Name", "Position", "Ana Bolen", "Director", "Ministry of Reefs", "Q: how many boats?", "Webinar 2: Boats", "Speakers",
     "14 May 2020", "https://example.org/a", "10:31", "Question", "x" * 60, fuzzing.PLANTED[0]]
)  # fmt: skip
PLACES = st.integers(0, 9)


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(st.lists(PLACES), st.lists(PLACES), st.lists(st.tuples(PLACES, PLACES, TEXTS), max_size=40))
def test_whatever_stands_between_rules_is_read_or_told(
    across: list[int], down: list[int], said: list[tuple[int, int, str]]
) -> None:
    drawn = [f"40 {40 + 70 * y} m 580 {40 + 70 * y} l S" for y in across]
    drawn += [f"{40 + 60 * x} 40 1 630 re f" for x in down]
    drawn += [f"1 0 0 1 {44 + 60 * x} {45 + 70 * y} Tm ({text}) Tj" for x, y, text in said]
    fuzzing.stand("pdf", _raw(f"BT /F1 9 Tf {' '.join(drawn)} ET".encode()))


_FAMILIES = ("Bolen", "Teal", "Coral", "Marlin", "Sandpiper", "Halcyon", "Reedwater", "Quill", "Fenn", "Moor")


def _raw(content: bytes) -> bytes:
    """Return a PDF of one page with this content, and a form /X that shows itself and the like without end."""
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length %d >>"
    inner = b"/X Do " * 9
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 6 0 R >>"
        b" /XObject << /X 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content),
        form % len(inner) + b" stream\n" + inner + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj %s endobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 7\n0000000000 65535 f \n%strailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(body),
        )
    )


def test_columns_with_little_room_between_them() -> None:
    tight = "table { width: auto; border-spacing: 0 } th, td { padding: 1pt 4pt 1pt 0; white-space: nowrap }"
    people = "".join(
        f"<tr><td>{name}<td>{job}<td>{office}</tr>"
        for name, job, office in (
            ("Eudora Lamprey-Cox", "Inspector", "Port Authority"),
            ("Ana Coral", "Chief Analyst", "Reef Agency"),
        )
    )
    record = record_of(
        made(f"{HEADER}<h2>Speakers</h2><table>{COLUMNS}{people}</table>{OBJECTIVE}", "no rules", tight)
    )
    assert [(p.name, p.position, p.affiliation) for p in record.people] == [
        ("Eudora Lamprey-Cox", "Inspector", "Port Authority"),
        ("Ana Coral", "Chief Analyst", "Reef Agency"),
    ]
    assert record.objective == "To count the boats."


def test_every_cell_of_a_row_on_two_lines() -> None:
    narrow = "table { width: 190pt; border-spacing: 0 } th, td { padding: 1pt 4pt 1pt 0; font-size: 10pt; line-height: 1.4 }"
    people = "<tr><td>Ernestine Caye-Bolton<td>Contractor General<td>Office of Contracts</tr><tr><td>Ana Coral<td>Analyst<td>Reef Agency</tr>"
    record = record_of(made(f"{HEADER}<h2>Speakers</h2><table>{COLUMNS}{people}</table>", "no rules", narrow))
    assert [(p.name, p.position, p.affiliation) for p in record.people] == [
        ("Ernestine Caye-Bolton", "Contractor General", "Office of Contracts"),
        ("Ana Coral", "Analyst", "Reef Agency"),
    ]


FRAME = (
    "@page { margin: 3cm; @top-left { content: 'Ministry of Reefs' } @bottom-left { content: 'Printed by Wilmot Quill' }"
    " @bottom-right { content: 'Page ' counter(page) ' of ' counter(pages) } }"
)


def test_heads_feet_and_numbers_of_pages_are_in_no_text() -> None:
    story = "".join(f"<p>She counted the boats of the lagoon {number} times.</p>" for number in range(60))
    record = record_of(made(f"{HEADER}<h2>Rationale</h2>{story}", "no rules", FRAME))
    told = [line for line in record.rationale.split("\n") if line]
    assert told == [f"She counted the boats of the lagoon {number} times." for number in range(60)]
    assert not any(word in str(vars(record)) for word in ("Quill", "Page 2"))
    assert [problem.code for problem in record.problems] == ["page-frame-left-out", "unplaced-line"]


def test_what_stands_on_one_page_only_is_no_frame() -> None:
    record = record_of(
        made(f"{HEADER}<h2>Objective</h2><p>To count.</p><p style='break-before: page'>Twice.</p>")
    )
    assert (record.objective, record.problems) == ("To count.\n\nTwice.", [])


def test_entries_of_a_chat_are_not_run_together() -> None:
    chat = "Orla Tern: The register is at https://boats.example.org/register<br>Ana Coral: How many boats are in it?<br>Orla Tern: Five"
    record = record_of(made(f"{HEADER}<h2>Chat</h2><p>{chat}</p>"))
    assert [message.author for message in record.messages] == ["Orla Tern", "Ana Coral", "Orla Tern"]


JUSTIFIED = (
    "body { text-align: justify; hyphens: auto } td, th { text-align: justify; padding: 1pt; font-size: 8pt }"
)


def test_even_margins_cost_no_first_word_of_a_cell() -> None:
    data = made(
        "<table style='width: 240pt'><tr><th style='width: 40pt'>Date<th>Title</tr>"
        "<tr><td>10 September 2020<td>Boats</tr><tr><td>17 September 2020<td>Nets</tr></table>",
        "rules",
        JUSTIFIED,
    )
    assert [row[0] for row in rows_of(data)] == ["Date", "10 September 2020", "17 September 2020"]


def test_even_margins_and_cut_words_cost_nothing_of_a_sentence() -> None:
    sentence = "To rewrite considerable documentation understandably, the community-led administration everywhere meets."
    record = record_of(
        made(
            f"{HEADER}<div lang=en style='width: 130pt'><h2>Objective</h2><p>{sentence}</p></div>",
            "rules",
            JUSTIFIED,
        )
    )
    assert record.objective == sentence
