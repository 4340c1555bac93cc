"""The template for sessions: what it asks for is what is read."""

from __future__ import annotations

import io

import pytest
import python_calamine
import xlsxwriter
from ckanext.opengovbelize.records.reading import read

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins")]

SESSION = {
    "Title": "Boats",
    "Series": "Lagoon series",
    "Number": "1",
    "Start": "2020-05-07T10:30:00-06:00",
    "End": "2020-05-07T12:00:00-06:00",
    "Mode": "online",
    "Status": "held",
    "Languages": "en, es",
}


def test_the_template_filled_in_is_a_session_with_its_people_and_links(app):
    answer = app.get("/webinar/template.xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.get_data()))
    rows = {
        "webinar": SESSION,
        "webinar_people": {
            "Record": "1",
            "Role": "speaker",
            "Name": "Ana Sample",
            "Institution": "Lagoon Office",
        },
        "webinar_links": {
            "Record": "1",
            "Kind": "shared",
            "Title": "Guide",
            "Address": "https://data.example.org/guide",
        },
    }
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as filled:
        for name, row in rows.items():
            header = book.get_sheet_by_name(name).to_python()[0]
            assert set(row) <= set(header)
            sheet = filled.add_worksheet(name)
            sheet.write_row(0, 0, header)
            sheet.write_row(1, 0, [row.get(title, "") for title in header])
    (record,) = read(stream.getvalue(), file="sessions.xlsx")
    assert (record.title, record.series, record.number, record.mode, record.status) == (
        "Boats",
        "Lagoon series",
        1,
        "online",
        "held",
    )
    assert [(person.name, person.affiliation) for person in record.people] == [
        ("Ana Sample", "Lagoon Office")
    ]
    assert [link.url for link in record.links] == ["https://data.example.org/guide"]
    assert [problem.code for problem in record.problems] == []


def test_the_empty_template_says_that_it_is_empty(app):
    (record,) = read(app.get("/webinar/template.xlsx").get_data(), file="sessions.xlsx")
    assert [problem.code for problem in record.problems] == ["table-empty"]
