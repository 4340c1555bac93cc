"""Tables: the same rows come out of every format, and nothing that a file holds can hurt the reader."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime

import pytest
from ckanext.opengovbelize.records.tables import Sheet, cells, sheets
from hypothesis import given
from hypothesis import strategies as st

from .making import delimited, records, workbook

ROWS = [
    ["Number", "Title", "Text"],
    ["1", "First", 'says "yes", twice'],
    ["2", "Second", "one line\nand another"],
    ["3", "Last", "señal"],
]
CELLS = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
FORMATS = {
    "table.csv": delimited(ROWS),
    "semicolons.csv": delimited(ROWS, ";"),
    "table.tsv": delimited(ROWS, "\t"),
    "bars.txt": delimited(ROWS, "|"),
    "table.xlsx": workbook({"table": ROWS}),
    "table.json": records(ROWS),
    "table.yaml": b'- {Number: 1, Title: First, Text: \'says "yes", twice\'}\n- {Number: "2", Title: Second, Text: "one line\\nand another"}\n'
    b"- Number: 3\n  Title: Last\n  Text: se\xc3\xb1al\n",
}
SECONDS = 10


def only(data: bytes, file: str) -> Sheet:
    found = sheets(data, file=file)
    assert found is not None
    (sheet,), problems = found
    assert problems == []
    return sheet


@pytest.mark.parametrize("file", FORMATS)
def test_every_format_gives_the_same_rows(file: str) -> None:
    sheet = only(FORMATS[file], file)
    assert sheet.header == ROWS[0]
    assert [row.cells for row in sheet.rows] == CELLS


@pytest.mark.parametrize("file", ["table.csv", "table.xlsx"])
def test_a_format_is_told_by_content_not_by_name(file: str) -> None:
    assert [row.cells for row in only(FORMATS[file], "no-ending").rows] == CELLS


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_make_no_difference(encoding: str) -> None:
    data = FORMATS["table.csv"].decode().encode(encoding)
    assert [row.cells for row in only(data, "table.csv").rows] == CELLS


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_of_every_system(line_end: bytes) -> None:
    data = FORMATS["table.csv"].replace(b"\r\n", line_end)
    assert [row.cells["Title"] for row in only(data, "table.csv").rows] == ["First", "Second", "Last"]


def test_rows_are_counted_as_spreadsheet_programs_count_them() -> None:
    data = b'Number,Title\n1,"two\nlines"\n\n2,after a blank row\n'
    assert [row.place for row in only(data, "a.csv").rows] == ["row 2", "row 4"]
    sheet = only(workbook({"Plan A": [[], ["Number", "Title"], ["1", "a"], [], ["2", "b"]]}), "a.xlsx")
    assert [row.place for row in sheet.rows] == ["sheet Plan A, row 3", "sheet Plan A, row 5"]


def test_header_is_found_below_title_lines() -> None:
    rows = [["Plan of the year"], [], ["as of June"], *ROWS]
    assert [row.cells for row in only(delimited(rows), "a.csv").rows] == CELLS
    assert [row.cells for row in only(workbook({"s": rows}), "a.xlsx").rows] == CELLS


def test_typed_cells_become_plain_text() -> None:
    typed = [["a", "b", "c", "d", "e"], [1.0, 1.1, date(2021, 6, 30), True, "=1+1"]]
    (row,) = only(workbook({"s": typed}), "a.xlsx").rows
    # The last one is a formula; its cached value, which the program has not filled in, is 0.
    assert row.cells == {"a": "1", "b": "1.1", "c": "2021-06-30", "d": "true", "e": "0"}
    assert cells.text_of(datetime(2021, 6, 30, 10, 30)) == "2021-06-30 10:30:00"


@pytest.mark.parametrize(
    "text", ["", " ", "NA", "N/A", "n/a", "ND", "n.d.", "-", "–", "No data", "Sin datos", "nan", "\xa0"]
)
def test_what_sources_write_for_missing_is_missing(text: str) -> None:
    data = delimited([["a", "b"], ["1", text], ["2", "there"]])
    assert [row.cells for row in only(data, "a.csv").rows] == [{"a": "1"}, {"a": "2", "b": "there"}]


def test_ragged_and_blank_rows_and_repeated_headers() -> None:
    data = b"a,b,a\n1,2,3\n\n4\n5,6,7,8\n,,\n"
    rows = only(data, "a.csv").rows
    assert [row.cells for row in rows] == [{"a": "1", "b": "2"}, {"a": "4"}, {"a": "5", "b": "6"}]
    assert [row.surplus for row in rows] == [False, False, True]


def test_a_cell_merged_over_rows_counts_for_each_of_them() -> None:
    rows = [["Number", "Title"], [None, "a"], [None, "b"], ["2", "c"]]
    sheet = only(workbook({"s": rows}, merged=[("s", "A2:A3", "1")]), "a.xlsx")
    assert [row.cells["Number"] for row in sheet.rows] == ["1", "1", "2"]


def test_rows_inside_a_record_know_what_they_belong_to() -> None:
    data = b'{"plans": [{"number": 1.10, "goals": [{"title": "x"}, {"title": null}], "names": ["A; B"]}]}'
    found = sheets(data, file="a.json")
    assert found is not None
    assert {sheet.name: [row.cells for row in sheet.rows] for sheet in found[0]} == {
        "plans": [{"number": "1.10", "names": "A; B\n"}],
        "goals": [{"plans › number": "1.10", "plans › names": "A; B\n", "title": "x"}],
    }


def test_a_file_without_rows() -> None:
    assert only(b"a,b,c\n", "a.csv").rows == []
    assert sheets(b"", file="a.csv") is None
    assert sheets(b"\xef\xbb\xbf\r\n", file="a.csv") is None


@pytest.mark.parametrize(
    "data", [b"Only prose here.\nAnd here.", b"# Title\n\nText", b"%PDF-1.7", b"<html></html>"]
)
def test_what_is_no_table(data: bytes) -> None:
    assert sheets(data, file="a.txt") is None


PROSE = """Budgets, and how they are read

Solana Reedwater
Budget Analyst, Office of the Auditor

We opened a budget, found three numbers, and argued.

Links shared:

The guide to budgets
Numbers of the year
"""


def test_prose_is_no_table_though_there_are_commas_in_it() -> None:
    assert sheets(PROSE.encode(), file="notes.md") is None


def test_what_is_called_a_table_is_one_however_few_of_its_lines_look_it() -> None:
    table = b"Sessions of 2021\n\nAs agreed\nWith the ministry\nTitle,Start\nOpen budgets,2021-03-04\n"
    found = sheets(table, file="sessions.csv")
    assert found is not None
    assert ["Title", "Start"] in [line.cells for line in found[0][0].lines]
    assert sheets(table, file="sessions", content_type="text/csv") is not None


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    found = sheets(b'a,b\n1,"open\n2,c\n3,d\n', file="a.csv")
    assert found is not None
    assert [problem.code for problem in found[1]] == ["quote-unclosed"]


def test_a_truncated_workbook_is_told() -> None:
    data = FORMATS["table.xlsx"]
    for length in range(40, len(data), len(data) // 20):
        found = sheets(data[:length], file="table.xlsx")
        assert found is not None
        assert [(problem.code, problem.rejects, problem.file) for problem in found[1]] == [
            ("file-damaged", True, "table.xlsx")
        ]


def with_member(name: str, content: bytes) -> bytes:
    """Return the workbook with one member replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(FORMATS["table.xlsx"])) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
FAR_APART = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    b"</sheetData></worksheet>"
)


def calc(cell: bytes) -> bytes:
    """Return an OpenDocument sheet of one row."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr(
            "content.xml",
            b'<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            b'<o:body><o:spreadsheet><table:table table:name="a"><table:table-row>'
            + cell
            + b"</table:table-row></table:table>"
            b"</o:spreadsheet></o:body></o:document-content>",
        )
    return out.getvalue()


HOSTILE = {
    # The library would end the whole process with these: it asks for memory that no machine has.
    "cells far apart, with apostrophes": (
        "a.xlsx",
        lambda: with_member(SHEET, FAR_APART.replace(b'"', b"'")),
    ),
    "cells far apart, with blanks": (
        "a.xlsx",
        lambda: with_member(SHEET, FAR_APART.replace(b" r=", b"\n r = ")),
    ),
    "cells far apart, in another member": ("a.xlsx", lambda: with_member("xl/styles.xml", FAR_APART)),
    "a cell repeated without end": (
        "a.ods",
        lambda: calc(
            b"<table:table-cell table:number-columns-repeated = '2147483647'><text:p>x</text:p></table:table-cell>"
        ),
    ),
    "a cell behind a wide room": (
        "a.ods",
        lambda: calc(
            b"<table:table-cell table:number-columns-repeated='99999999'/><table:table-cell><text:p>x</text:p></table:table-cell>"
        ),
    ),
    "zip bomb": ("a.xlsx", lambda: with_member(SHEET, b" " * 250_000_000)),
    "cells far apart": ("a.xlsx", lambda: with_member(SHEET, FAR_APART)),
    "no sheet at all": ("a.xlsx", lambda: with_member(SHEET, b"<nothing")),
    "a million columns": ("a.csv", lambda: b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n1,2\n"),
    "deep JSON": ("a.json", lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "deep YAML": ("a.yaml", lambda: b"a: " + b"[" * 100_000 + b"]" * 100_000),
    "YAML in one line": ("a.yaml", lambda: b"- " * 50_000 + b"a"),
    "YAML bomb": (
        "a.yaml",
        lambda: (
            b"a0: &a0 [{x: y}, {x: y}]\n"
            + b"".join(
                b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 20)
            )
        ),
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused_quickly(case: str) -> None:
    file, make = HOSTILE[case]
    data = make()
    began = time.process_time()
    found = sheets(data, file=file)
    assert time.process_time() - began < SECONDS
    assert found is not None
    assert found[0] == []
    assert all(problem.rejects and problem.message for problem in found[1])
    assert found[1]


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    for file in ("a", "a.xlsx", "a.json", "a.yaml"):
        sheets(data, file=file)
        sheets(b"PK\x03\x04" + data, file=file)


@given(st.text(max_size=20))
def test_what_is_escaped_comes_back(text: str) -> None:
    written = cells.escape(text)
    assert cells.unescape(written) == text
    assert written[:1] not in set("=+-@\t\r") or not written
