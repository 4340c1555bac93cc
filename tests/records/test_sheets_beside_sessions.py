"""Lists of people and links beside the sessions of a workbook, and within those of JSON and YAML."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence

import pytest
import xlsxwriter
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.records.session import SessionRecord

SESSIONS = [
    ("Number", "Title", "Date", "Venue"),
    ("1", "Boats", "2020-05-07", "Lagoon Hall"),
    ("2", "Nets", "2020-05-14", "Lagoon Hall"),
]


def records(sheets: Mapping[str, Sequence[Sequence[str]]], hidden: str = "") -> list[SessionRecord]:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name == hidden:
                sheet.hide()
    return read(stream.getvalue(), file="sessions.xlsx")


def speakers(found: list[SessionRecord]) -> list[list[str]]:
    return [[person.name for person in record.people] for record in found]


def told(found: list[SessionRecord]) -> list[tuple[str, str]]:
    return [(p.code, p.place) for record in found for p in record.problems if p.code != "time-missing"]


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("Record", "Boats", "Nets"),
        ("Session", "1", "2"),
        ("Webinar No", "1", "2"),
        ("Webinar", "Webinar 1", "Webinar 2"),
        ("Session", "Session 1: Boats", "Session 2: Nets"),
        ("Name of the session", "Boats", "Nets"),
        ("Título de la sesión", "Boats", "Nets"),
        # Whatever stands over titles of sessions and nothing else.
        ("Title", "Boats", "Nets"),
        ("Tema", "BOATS", "nets"),
        ("What", "Boats", "Nets"),
    ],
)
def test_speakers_belong_to_the_session_that_their_row_names(header: str, first: str, second: str) -> None:
    rows = [
        (header, "Role", "Name"),
        (first, "Speaker", "Orla Sandpiper"),
        (second, "Host", "Tulio Marlstone"),
    ]
    found = records({"Sessions": SESSIONS, "People": rows})
    assert speakers(found) == [["Orla Sandpiper"], ["Tulio Marlstone"]]
    assert told(found) == []


def test_links_belong_to_the_session_that_their_row_names() -> None:
    links = [("Theme", "URL"), ("Nets", "https://www.example.org/nets")]
    _boats, nets = records({"Sessions": SESSIONS, "Links": links})
    assert [link.url for link in nets.links] == ["https://www.example.org/nets"]


def test_a_count_of_people_is_no_number_of_a_session() -> None:
    rows = [("No.", "Role", "Name"), ("1", "Speaker", "Orla Sandpiper"), ("2", "Speaker", "Tulio Marlstone")]
    found = records({"Sessions": SESSIONS, "People": rows})
    assert speakers(found) == [[], []]
    assert told(found) == [("sheet-unknown", "sheet People")]


def test_a_webinar_of_another_title_is_not_the_one_with_its_number() -> None:
    rows = [("Session", "Role", "Name"), ("Session 2: Boats", "Speaker", "Orla Sandpiper")]
    found = records({"Sessions": SESSIONS, "People": rows})
    assert speakers(found) == [[], []]
    assert told(found) == [("row-without-session", "sheet People, row 2")]


def test_people_without_a_role_are_withheld_from_the_session_that_their_row_names() -> None:
    rows = [("Title", "Name"), ("Nets", "Wilhelmina Dray")]
    found = records({"Sessions": SESSIONS, "Participants": rows})
    assert speakers(found) == [[], []]
    assert [record.others for record in found] == [[], ["Wilhelmina Dray"]]


def test_a_hidden_sheet_is_left_out_and_told() -> None:
    rows = [("Session", "Role", "Name"), ("1", "Speaker", "Orla Sandpiper")]
    found = records({"Sessions": SESSIONS, "People": rows}, hidden="People")
    assert speakers(found) == [[], []]
    assert told(found) == [("sheet-hidden", "sheet People")]


def test_sessions_on_a_hidden_sheet_alone_are_refused_with_the_reason() -> None:
    (record,) = records({"Notes": [("Nothing here",)], "Sessions": SESSIONS}, hidden="Sessions")
    assert told([record]) == [("table-unknown", ""), ("sheet-hidden", "sheet Sessions")]


def test_a_sheet_that_is_none_of_these_is_told() -> None:
    tasks = [("Task", "Done"), ("Book the hall", "yes")]
    found = records({"Sessions": SESSIONS, "Tasks": tasks, "Instructions": [("Read",), ("this",)]})
    assert told(found) == [("sheet-unknown", "sheet Tasks")]


def test_lists_within_records_tell_that_these_are_sessions() -> None:
    data = [
        {"title": "Boats", "date": "2020-05-07", "speakers": [{"name": "Orla Sandpiper"}]},
        {"title": "Nets", "date": "2020-05-14", "venue": {"name": "Lagoon Hall", "city": "Toledo"}},
    ]
    boats, nets = read(json.dumps(data).encode(), file="sessions.json")
    assert speakers([boats, nets]) == [["Orla Sandpiper"], []]
    assert (nets.venue_name, nets.locality) == ("Lagoon Hall", "Toledo")


def test_rows_with_one_address_are_one_session_if_they_say_the_same() -> None:
    rows = "Title,Date,Venue,URL\n" + "".join(
        f"{title},2020-05-{day},Hall,https://www.example.org/\n"
        for title, day in (("Boats", "07"), ("Nets", "14"), ("boats", "21"))
    )
    boats, nets = read(rows.encode(), file="sessions.csv")
    assert [str(record.start or record.date_as_stated) for record in (boats, nets)] == [
        "2020-05-21",
        "2020-05-14",
    ]
    assert ("row-repeated", "row 4") in told([boats])


@pytest.mark.parametrize(
    ("names", "kept"), [(("Petronel Vask", "Wally Bridges"), False), (("Slides", "Map of the nets"), True)]
)
def test_links_that_are_each_for_somebody_are_left_out_and_told(names: Sequence[str], kept: bool) -> None:
    rows = [
        (session, name, f"https://example.org/{session}") for session, name in zip("12", names, strict=True)
    ]
    found = records({"Sessions": SESSIONS, "Files": [("Session", "Name", "Link"), *rows]})
    assert [len(record.links) for record in found] == [int(kept)] * 2
    assert told(found) == ([] if kept else [("sheet-unknown", "sheet Files")])


@pytest.mark.parametrize(
    "top", [{"description": "All on boats"}, {"program": "Reef Program"}, {"version": 2}]
)
def test_what_stands_around_the_sessions_of_json_is_no_list_that_is_left_out(top: dict[str, object]) -> None:
    session = {"title": "Boats", "date": "2020-05-07", "speakers": [{"name": "Orla Reef"}]}
    found = read(json.dumps({**top, "sessions": [session]}).encode(), file="sessions.json")
    assert speakers(found) == [["Orla Reef"]]
    assert told(found) == []


@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("filtered", [False, True])
def test_what_somebody_hid_in_a_sheet_is_left_out_and_told(*, filtered: bool, grouped: bool) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("Notes").write(1, 0, "Nothing here")
        sheet = book.add_worksheet("Sessions")
        rows = [
            ("Number", "Title", "Date", "Venue", "Speaker"),
            *((*row, "Orla Sandpiper") for row in SESSIONS[1:]),
        ]
        for number, row in enumerate(rows):
            # A table may begin anywhere.
            sheet.write_row(number + 1, 1, row)
        if filtered:
            sheet.autofilter(1, 1, 3, 5)
            sheet.filter_column(2, "x == Boats")
        sheet.set_row(3, None, None, {"hidden": True, "level": 1 if grouped else 0})
        sheet.set_column(5, 5, None, None, {"hidden": True})
    found = read(stream.getvalue(), file="sessions.xlsx")
    # A filter or a folded group hides nothing from whoever looks for it.
    assert [record.title for record in found] == (["Boats", "Nets"] if filtered or grouped else ["Boats"])
    assert speakers(found) == [[] for _ in found]
    assert ("cells-hidden", "sheet Sessions") in told(found)
    assert all(record.others == ["Orla Sandpiper"] for record in found)


def _with_hidden_columns(header: Sequence[str], row: Sequence[str], columns: str) -> SessionRecord:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sessions")
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, row)
        for column in columns:
            sheet.set_column(f"{column}:{column}", None, None, {"hidden": True})
    (record,) = read(stream.getvalue(), file="sessions.xlsx")
    return record


def test_hidden_columns_that_tell_which_session_it_is_and_that_it_is_private_count() -> None:
    header = ("No", "Series", "Title", "Date", "Venue", "Private", "Status")
    row = ("4", "River Series", "Boats", "2020-05-07 10:30", "Lagoon Hall", "no", "cancelled")
    record = _with_hidden_columns(header, row, "ABFG")
    assert (record.number, record.series, record.status) == (4, "River Series", "cancelled")
    private = tuple("yes" if text == "no" else text for text in row)
    hidden, shown = (_with_hidden_columns(header, private, columns) for columns in ("F", ""))
    assert hidden == shown
    assert any(problem.rejects for problem in hidden.problems)


def test_a_hidden_place_is_nobodys_name() -> None:
    header = ("Title", "Date", "Venue", "Town", "Contact")
    row = ("A visit to Coral Bay", "2020-05-07 10:30", "Lagoon Hall", "Coral Bay", "Petronel Vask")
    assert _with_hidden_columns(header, row, "DE").others == ["Petronel Vask"]


def test_a_column_no_counts_sessions_where_it_repeats_and_else_its_own_rows() -> None:
    header = ("No.", "Name", "Institution")
    people = [
        ("1", "Ana Coral", "Reef Agency"),
        ("1", "Wren Halcyon", "Reef Agency"),
        ("2", "Orla Sandpiper", "Pier"),
    ]
    tied = records({"Sessions": SESSIONS, "Speakers": [header, *people]})
    assert speakers(tied) == [["Ana Coral", "Wren Halcyon"], ["Orla Sandpiper"]]

    counted = records({"Sessions": SESSIONS, "Speakers": [header, *people[:1], ("2", *people[2][1:])]})
    assert speakers(counted) == [[], []]
    assert told(counted) == [("sheet-unknown", "sheet Speakers")]


def test_what_a_link_leads_to_may_be_called_its_description() -> None:
    links = [("Session", "Link", "Description"), ("1", "https://example.org/tides", "Tide tables")]
    found = records({"Sessions": SESSIONS, "Links": links})
    assert [link.title for link in found[0].links] == ["Tide tables"]
