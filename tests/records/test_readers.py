"""Each format's reader against the contract, and what is peculiar to the format."""

from __future__ import annotations

import html
import io
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
import weasyprint
from ckanext.opengovbelize.records import readers
from ckanext.opengovbelize.records.encoding import decode
from ckanext.opengovbelize.records.readers import markdown
from ckanext.opengovbelize.records.reading import read
from hypothesis import given
from hypothesis import strategies as st

from .contract import HEADER, ReaderContract

FORMATS = Path(__file__).parents[2] / "samples" / "formats"


class TestText(ReaderContract):
    file = "record.txt"

    def make(self, lines: list[str]) -> bytes:
        return "\n".join(lines).encode()


class TestMarkdown(ReaderContract):
    file = "record.md"

    def make(self, lines: list[str]) -> bytes:
        # A heading makes it Markdown, whatever the rest is.
        return "\n".join([f"# {lines[0]}", "", *lines[1:]]).encode()

    def test_lines_that_look_like_definitions_of_links_are_kept(self) -> None:
        chat = ["", "## Chat", "", "Orla Sandpiper: hello", "", "[Guest]: what is a boat?"]
        messages = self.only(self.make(HEADER + chat)).messages
        assert "what is a boat?" in messages[-1].text

    def test_a_list_in_front_matter_stands_in_brackets(self) -> None:
        data = b'---\ntitle: Open books\ndate: 2020-05-07\ntopics: [maps, "open roads"]\n---\n\nWe read.\n'
        (record,) = read(data, file="record.md")
        assert record.topics == ["maps", "open roads"]

    def test_front_matter_is_a_header(self) -> None:
        data = b'---\ntitle: "Webinar 2: Maps"\ndate: 2020-05-07\nstart: "10:30"\ndistrict: Toledo\n---\n\n# Webinar 2: Maps\n'
        record = self.only(data)
        assert (record.number, record.title, record.district) == (2, "Maps", "BZ-TOL")
        assert record.start and record.start.isoformat() == "2020-05-07T10:30:00-06:00"

    def test_places_are_lines(self) -> None:
        record = self.only(b"# Webinar 1: Boats\n\nDate: 30 February 2020, 10:30\n")
        assert [(problem.code, problem.place) for problem in record.problems] == [
            ("date-unreadable", "line 3")
        ]

    @given(st.text(alphabet=" .,:;-=+#$%^{}()]>\"'|/@?1aé\u00a0\u2028", max_size=14).map(str.strip))
    def test_a_line_without_marks_is_the_same_as_one_with_marks_beside_it(self, line: str) -> None:
        marked = markdown.read(f"See {line} here **now**".encode()).blocks
        plain = markdown.read(f"See {line} here now".encode()).blocks
        assert [block.text for block in plain] == [block.text for block in marked]


class TestHtml(ReaderContract):
    file = "record.html"

    def make(self, lines: list[str]) -> bytes:
        return "\n".join(
            ["<html><body>", *(f"<p>{line}</p>" for line in map(_escaped, lines)), "</body></html>"]
        ).encode()

    def test_scripts_styles_and_furniture_are_not_read(self) -> None:
        page = (
            "<html><head><style>Objective: style</style></head><body><nav><p>Objective: menu</p></nav><main>"
            "<h1>Webinar 1: Boats</h1><p>This paragraph is here so that the main part of the page is long enough to"
            " be one, as the main part of a page mostly is, with a sentence or two on what the session is about and"
            " whom it is for, and when it was.</p>"
            "<script>Objective: script</script><p>Objective: To count boats.</p>"
            "<p hidden>Rationale: hidden</p><p style='display: none'>Rationale: hidden too</p>"
            "</main><footer><p>Objective: footer</p></footer></body></html>"
        )
        record = self.only(page.encode())
        assert (record.objective, record.rationale) == ("To count boats.", "")
        assert ("beside-main-content", "footer, line 1") in [(p.code, p.place) for p in record.problems]

    @pytest.mark.parametrize("main", ["main", "article", "div"])
    def test_the_header_of_the_page_is_read_without_its_furniture(self, main: str) -> None:
        page = (
            "<html><body><div class='cookie-banner'>We like cookies</div><header><a href='/'>Home</a>"
            "<nav><a href='/all'>All sessions</a></nav><h1>Sample Webinars Program</h1>"
            "<p>Series: Reef series</p><ul><li><a href='/about'>About us</a></li></ul></header>"
            f"<{main}><h2>Webinar 1: Boats</h2><p>Date: 14 May 2020, 10:30 AM</p><p>Objective: To count boats, and to"
            " count them well, so that everybody in the lagoon and on the reef knows how many boats there are, where"
            " they are, whose they are, and what they do there all day long.</p>"
            f"</{main}><aside><p>Webinar 2: Nets</p><p>Date: 20 May 2020</p></aside>"
            "<footer><p>© 2020 Sample Site. All rights reserved.</p></footer></body></html>"
        )
        record = self.only(page.encode())
        assert (record.program, record.series, record.title) == (
            "Sample Webinars Program",
            "Reef series",
            "Boats",
        )
        told = [(p.code, p.place) for p in record.problems if p.code != "time-missing"]
        assert ("beside-main-content", "aside, line 1") in told
        assert len(told) == 1

    def test_a_declared_encoding_is_used(self) -> None:
        page = '<html><head><meta charset="iso-8859-15"></head><body><h1>Webinar 1: Pêches à 5 €</h1></body></html>'
        assert self.only(page.encode("iso-8859-15")).title == "Pêches à 5 €"

    def test_lines_of_the_source_count_where_they_are_a_chat(self) -> None:
        page = "<h1>Webinar 1: Boats</h1><p>It is about\nboats.</p><h2>Chat</h2><p>Ana Coral:how many?\nOrla Sandpiper:nine</p>"
        record = self.only(page.encode())
        assert [message.author for message in record.messages] == ["Ana Coral", "Orla Sandpiper"]

    def test_links_lead_to_the_web_only(self) -> None:
        page = (
            "<h1>Webinar 1: Boats</h1><h2>Links shared</h2><ul>"
            '<li><a href="javascript:alert(1)">one</a></li><li><a href="data:text/html,x">two</a></li>'
            '<li><a href="/local">three</a></li><li><a href="https://data.example.org/">four</a></li></ul>'
        )
        record = self.only(page.encode())
        assert [link.url for link in record.links] == ["https://data.example.org/"]
        assert [problem.code for problem in record.problems].count("link-without-address") == 3


class TestDocx(ReaderContract):
    file = "record.docx"
    # python-docx, which makes the file here, is slow.
    long_line = 1_000_000

    def make(self, lines: list[str]) -> bytes:
        document = docx.Document()
        for line in lines:
            document.add_paragraph(_without_controls(line))
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    def encoded(self, lines: list[str], encoding: str) -> bytes | None:
        return None

    def test_tables_and_bold_labels(self) -> None:
        document = docx.Document()
        document.add_heading("Webinar 2: Boats", 1)
        table = document.add_table(rows=0, cols=2)
        for label, value in (
            ("Fecha", "14 de mayo de 2020"),
            ("Hora", "10:30 a. m. a 12:00 m."),
            ("Sede", "Punta Gorda"),
        ):
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, value
        document.add_paragraph().add_run("Objetivo").bold = True
        document.add_paragraph("Contar barcas.")
        stream = io.BytesIO()
        document.save(stream)
        record = self.only(stream.getvalue())
        assert (record.language, record.locality, record.objective) == ("es", "Punta Gorda", "Contar barcas.")
        assert record.end and record.end.isoformat() == "2020-05-14T12:00:00-06:00"

    def test_a_decompression_bomb_is_refused(self) -> None:
        record = self.only(_zip({"word/document.xml": b"<a>" + b" " * 60_000_000 + b"</a>"}))
        assert [(problem.code, problem.rejects) for problem in record.problems] == [("file-too-large", True)]

    def test_entities_are_refused(self) -> None:
        bomb = b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>'
        record = self.only(_zip({"word/document.xml": bomb}))
        assert [(problem.code, problem.rejects) for problem in record.problems] == [("file-refused", True)]

    def test_a_damaged_part_is_told(self) -> None:
        record = self.only(_zip({"word/document.xml": b"<w:document"}))
        assert [(problem.code, problem.rejects) for problem in record.problems] == [("file-damaged", True)]


class TestPdf(ReaderContract):
    file = "record.pdf"
    form = "pdf"
    # A PDF breaks lines by itself.
    long_line = 0

    def make(self, lines: list[str]) -> bytes:
        body = "".join(f"<p>{html.escape(_without_controls(line[:3000]))}</p>" for line in lines)
        return weasyprint.HTML(string=f"<style>p {{ margin: 0 0 8pt }}</style>{body}").write_pdf()

    def encoded(self, lines: list[str], encoding: str) -> bytes | None:
        return None

    # Neither line ends nor lines of megabytes are in it.
    test_line_ends_of_every_system = None
    test_a_line_of_megabytes_is_told_not_read = None

    def test_headings_links_and_labels_beside_their_values(self) -> None:
        page = (
            "<style>th { width: 4cm }</style><h1>Webinar 2: Reading a budget</h1><table><tr><th>Date<td>13 May 2020, 14:00 - 15:30</tr>"
            "<tr><th>Venue<td>Lagoon Learning Centre, San Ignacio</tr></table><h2>Objective</h2><p>To read one page without help, and to"
            " find three numbers in it that everybody argues about, as people do.</p><h2>Materials</h2>"
            "<p><a href='https://data.example.org/slides.pdf'>Presentation</a></p>"
        )
        record = self.only(weasyprint.HTML(string=page).write_pdf())
        assert (record.number, record.title, record.district) == (2, "Reading a budget", "BZ-CY")
        assert record.end and record.end.isoformat() == "2020-05-13T15:30:00-06:00"
        assert record.objective == (
            "To read one page without help, and to find three numbers in it that everybody argues about, as people do."
        )
        assert [material.url for material in record.materials] == ["https://data.example.org/slides.pdf"]

    def test_pictures_of_pages_are_told(self) -> None:
        (problem,) = self.only(
            weasyprint.HTML(string="<svg width='9' height='9'></svg>").write_pdf()
        ).problems
        assert (problem.code, problem.rejects) == ("pdf-without-text", True)

    def test_nothing_of_a_damaged_file_is_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        read(b"%PDF-Quillfeather" + self.make(HEADER)[5:], file=self.file)
        read(b"Quillfeather", file=self.file, form="pdf")
        assert not caplog.records

    def test_a_password_is_told(self) -> None:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(self.make(HEADER)))
        writer.encrypt("secret", algorithm="RC4-128")
        stream = io.BytesIO()
        writer.write(stream)
        assert [problem.code for problem in self.only(stream.getvalue()).problems] == ["file-locked"]


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0rest",
        b"{\\rtf1 x}",
        b"\x89PNG\r\n",
        b"\xff\xd8\xffx",
        b"PK\x03\x04cut",
    ],
)
def test_what_people_send_by_mistake_is_told_with_a_mend(data: bytes) -> None:
    (record,) = read(data, file="record.md")
    (problem,) = record.problems
    assert problem.rejects and problem.code in ("format-unsupported", "file-damaged")
    assert "." in problem.message


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".xlsx", ".ods"])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x00" * 4000, "file-empty"),
        (bytes(range(256)) * 9, "format-unsupported"),
        (b"J\xf1w(ab", "file-damaged"),
        (b"PK\x03\x04" + bytes(range(200)), "file-damaged"),
        (b"%PDF-1.7\n" + bytes(range(200)), "file-damaged"),
    ],
)
def test_bytes_that_are_no_document_are_told_with_file_and_mend(data: bytes, code: str, suffix: str) -> None:
    (record,) = read(data, file=f"record{suffix}")
    (problem,) = record.problems
    assert (problem.code, problem.file, problem.rejects) == (code, f"record{suffix}", True)
    assert problem.message.count(".") >= 2


@pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.99])
@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".xlsx"])
def test_a_document_cut_off_is_told_with_file_and_mend(suffix: str, part: float) -> None:
    data = next(iter(sorted(FORMATS.glob(f"*{suffix}")))).read_bytes()
    (record,) = read(data[: int(len(data) * part)], file=f"record{suffix}")
    rejecting = [problem for problem in record.problems if problem.rejects]
    assert [(problem.code, problem.file) for problem in rejecting] == [("file-damaged", f"record{suffix}")]


@pytest.mark.parametrize(
    ("data", "file", "content_type", "form"),
    [
        (b"<!doctype html><p>x", "page.md", "", "html"),
        (b"\xef\xbb\xbf<html><body>x", "page", "text/plain", "html"),
        (b"Webinar 1: x\nDate: y", "page", "", "text"),
        (b"# Webinar 1: x", "page.txt", "", "markdown"),
        (b"plain", "page.md", "", "markdown"),
        (b"<p>x</p><p>y</p><p>z</p>", "page", "", "html"),
    ],
)
def test_the_content_tells_the_format(data: bytes, file: str, content_type: str, form: str) -> None:
    assert readers.recognise(data, file=file, content_type=content_type) == form


def test_short_windows_1252_is_not_misread() -> None:
    assert decode("Inés – Peñafiel".encode("cp1252")) == ("Inés – Peñafiel", True)


def test_a_file_cut_within_a_letter_is_read_and_told() -> None:
    assert decode("Webinar on mañ".encode()[:-1]) == ("Webinar on ma", False)


def _escaped(line: str) -> str:
    return _without_controls(line) if line.startswith("<") else html.escape(line)


def _without_controls(line: str) -> str:
    if line.isascii() and line.isprintable():
        return line
    return "".join(character for character in line if character.isprintable() or character == "\t")


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_what_the_writer_of_a_word_document_hid_is_not_read() -> None:
    document = docx.Document()
    document.add_paragraph("Webinar 1: Boats")
    paragraph = document.add_paragraph("Objective: To count boats")
    hidden = paragraph.add_run(" that Orlena hid")
    hidden.font.hidden = True
    shown = paragraph.add_run(" that float")
    shown.font.hidden = False
    stream = io.BytesIO()
    document.save(stream)
    (record,) = read(stream.getvalue(), file="record.docx")
    assert record.objective == "To count boats that float"
