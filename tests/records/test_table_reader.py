"""Tables of sessions, speakers and links, against the contract and in the forms in which offices keep them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import yaml
from ckanext.opengovbelize.records.reading import read

from .contract import Contract, Given, published
from .given_tables import records
from .layouts import codes

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"
HEADER = ("Number", "Title", "Start", "End", "Introduction", "Venue")


def _row(given: Given) -> list[str]:
    return [str(given.number), given.title, given.start, given.end, given.text, given.place]


class TestCsv(Contract):
    file = "sessions.csv"
    form = "csv"

    def sessions(self, given: list[Given]) -> bytes:
        stream = io.StringIO()
        csv.writer(stream).writerows([HEADER, *map(_row, given)])
        return stream.getvalue().encode()

    def test_a_ragged_row_is_told(self) -> None:
        data = (
            self.sessions([Given(1, "Boats", 7)])
            + b"2,Nets,2020-05-14 10:30,12:00,,,surplus\r\n3,Reefs,2020-05-21 10:30\r\n"
        )
        records = self.read(data)
        assert [record.title for record in records] == ["Boats", "Nets", "Reefs"]
        assert [(p.code, p.place) for p in records[1].problems] == [("row-ragged", "row 3")]


class TestJson(Contract):
    file = "sessions.json"
    form = "json"

    def sessions(self, given: list[Given]) -> bytes:
        return json.dumps(
            {"sessions": [dict(zip(HEADER, _row(session), strict=True)) for session in given]},
            ensure_ascii=False,
        ).encode()


class TestYaml(Contract):
    file = "sessions.yaml"
    form = "yaml"

    def sessions(self, given: list[Given]) -> bytes:
        rows = [dict(zip(HEADER, _row(session), strict=True)) for session in given]
        return yaml.safe_dump({"sessions": rows}, allow_unicode=True).encode()


class TestXlsx(Contract):
    file = "sessions.xlsx"
    form = "xlsx"

    def sessions(self, given: list[Given]) -> bytes:
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            sheet = book.add_worksheet("sessions")
            for number, row in enumerate([HEADER, *map(_row, given)]):
                sheet.write_row(number, 0, row)
        return stream.getvalue()

    def in_encoding(self, given: list[Given], encoding: str) -> bytes | None:
        return None


class TestOds(Contract):
    file = "sessions.ods"
    form = "ods"

    def sessions(self, given: list[Given]) -> bytes:
        return ods([list(HEADER), *map(_row, given)])

    def in_encoding(self, given: list[Given], encoding: str) -> bytes | None:
        return None

    def test_a_cell_that_is_repeated_a_million_times_is_refused(self) -> None:
        (record,) = read(
            ods([["Title", "Start", "Venue"], ["x", "y", "z"]], repeated=1_000_000), file=self.file
        )
        assert [problem.code for problem in record.problems] == ["file-too-large"]


def ods(
    rows: list[list[str]], repeated: int = 1, *, columns: str = "", rows_as: dict[int, str] | None = None
) -> bytes:
    """Return an OpenDocument spreadsheet, as plain as one can be.

    Args:
        rows: the texts of its cells.
        repeated: how often each cell stands there.
        columns: what it says of its columns.
        rows_as: the element of each row that is no plain one, with ``{}`` where its cells stand.
    """
    from xml.sax.saxutils import escape

    def cell(text: str) -> str:
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in _storable(text).split("\n"))
        return f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">{lines}</table:table-cell>'

    plain = "<table:table-row>{}</table:table-row>"
    body = columns + "".join(
        (rows_as or {}).get(number, plain).format("".join(map(cell, row))) for number, row in enumerate(rows)
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0"'
        f' xmlns:text="{names}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="sessions">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def _storable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable() or letter == "\n")


def test_the_sample_in_another_portals_header() -> None:
    boats, repeated, reefs, untitled, backwards = read(
        (SAMPLES / "sessions-events.csv").read_bytes(), file="sessions-events.csv"
    )
    assert (boats.series, boats.number, boats.title) == ("Lagoon Data Series", 1, "Counting boats")
    assert boats.start and boats.start.isoformat() == "2020-05-07T10:30:00-06:00"
    assert (boats.organisers, boats.mode, boats.district) == (
        "Lagoon Desk; Reef Observatory",
        "in-person",
        "BZ-CY",
    )
    assert boats.introduction == "Bring a boat. (changed)"
    assert [(p.code, p.place) for p in boats.problems] == [("row-repeated", "row 5")]
    assert repeated.start and repeated.start.isoformat() == "2020-05-14T10:30:00-06:00"
    assert reefs.start and reefs.start.isoformat() == "2020-06-04T10:30:00-06:00"
    assert [(p.code, p.place) for p in reefs.problems] == [("date-decided", "row 4")]
    assert codes(untitled) == ["title-missing"]
    assert codes(backwards) == ["end-before-start"]
    assert "desk@example.org" not in str(vars(boats))


def test_the_sample_workbook_with_people_and_links() -> None:
    first, second = read((SAMPLES / "sessions.xlsx").read_bytes(), file="sessions.xlsx")
    assert [(person.role, person.name, person.affiliation) for person in first.people] == [
        ("speaker", "Solana Reedwater", "Government of Coralia"),
        ("facilitator", "Orla Sandpiper", "Organization of Sample States"),
    ]
    assert [(link.kind, link.title, link.url) for link in first.links] == [
        ("shared", "Guide", "https://data.example.org/guide")
    ]
    assert (second.number, second.people, second.mode) == (2, [], "online")


def test_rows_that_share_the_address_of_a_list_stay_sessions_of_their_own() -> None:
    found = records(
        "Title,URL,Start\nA,https://e.example.org/all,2020-05-07 10:30\nB,https://e.example.org/all,2020-05-14 10:30\n"
    )
    assert [(record.title, record.address) for record in found] == [("A", ""), ("B", "")]
    assert len({record.key for record in found}) == 2


def test_a_table_of_something_else_is_no_session() -> None:
    (record,) = records("Item,Price\nBoat,12\nNet,3\n")
    assert codes(record) == ["table-unknown"]


def test_a_field_that_records_have_no_place_for_is_read_all_the_same() -> None:
    table = b"Title,Start,Number,License\nBoats,2020-05-07T10:30:00-06:00,1,CC BY\nNets,2020-05-14T10:30:00-06:00,2,\n"
    boats, nets = read(table, file="sessions.csv")
    assert (boats.stated, nets.stated) == ({"license_id": "cc-by"}, {})
    assert boats.problems == nets.problems == []


def test_what_a_list_says_once_holds_for_all_of_its_sessions() -> None:
    people = [{"name": "Orla Tern", "role": "speaker"}, "Petra Kingfisher"]
    sessions = [
        {
            "title": "Session 1: Boats",
            "start": "2020-05-07 10:30",
            "venue_name": "Reef Hall",
            "people": people,
            "facilitators": [{"name": "Ana Coral"}],
            "attendees": ["x"],
        },
        {
            "title": "Session 2: Ships",
            "start": "2020-05-14 10:30",
            "venue_name": "Reef Hall",
            "links": ["https://e.example.org/a"],
        },
    ]
    first, second = records(json.dumps({"series": "Lagoon Series", "sessions": sessions}), "sessions.json")
    assert (first.series, second.series) == ("Lagoon Series", "Lagoon Series")
    assert [(one.role, one.name) for one in first.people] == [
        ("speaker", "Orla Tern"),
        ("facilitator", "Ana Coral"),
    ]
    assert [link.url for link in second.links] == ["https://e.example.org/a"]


def test_a_sum_under_a_table_is_no_session() -> None:
    (record,) = records("No.,Title,Date,Place\n1,Boats,2020-05-07 10:30,Reef Hall\nTotal,1,,\n")
    assert (record.title, codes(record)) == ("Boats", ["row-left-out"])


def test_audience_and_eligibility_are_both_kept_and_a_column_that_stands_twice_is_told() -> None:
    (record,) = records(
        "Title,Start,Eligibility,Target Audience,Description,Description\n"
        'Boats,2020-05-07 10:30,Anyone,"Town Clerks, Students",One,Two\n'
    )
    assert (record.audience, record.introduction) == ("Town Clerks, Students; Anyone", "One")
    assert codes(record) == ["column-unknown"]


@pytest.mark.parametrize("file", ["export.ndjson", "export.json", "export"])
def test_a_file_with_one_object_in_each_line_is_a_table(file: str) -> None:
    rows = [
        {"Title": f"Session {n}: Boats", "Date": f"2020-05-0{n} 10:30", "Venue": "Dangriga"} for n in (1, 2)
    ]
    found = records("\n".join(map(json.dumps, rows)) + "\n", file)
    assert [record.number for record in found] == [1, 2]


def test_a_broken_line_of_such_a_file_is_told_with_its_place() -> None:
    (record,) = records('{"Title": "Boats"}\n{"Title": "Nets", "Da\n', "export.ndjson")
    assert [(problem.code, problem.place) for problem in record.problems] == [("file-damaged", "line 2")]


def test_the_kind_of_an_event_is_no_mode_but_where_it_says_one() -> None:
    head = "Event Type,Title,Start,Online\n"
    workshop, online = records(
        f"{head}Workshops and courses,Boats,2020-05-07 10:30,No\nOnline event,Nets,2020-05-14 10:30,\n"
    )
    assert (workshop.mode, online.mode) == ("in-person", "online")


@pytest.mark.parametrize(
    "head",
    [
        "Event title,Event date,Start time,End time,Event location,Presenter name,Presenter email,Submitted by",
        "Título del evento,Fecha del evento,Hora de inicio,Hora de fin,Lugar del evento,Nombre del ponente,Correo,Creado por",
    ],
)
def test_the_answers_to_a_form_are_a_table_of_sessions(head: str) -> None:
    found = records(
        f"Timestamp,{head}\n3/2/2020 9:11:12,Boats,3/26/2020,10:30 AM,12:00 PM,Dangriga,Ana Sample,a@example.org,"
        "Petronel Quillfeather\n3/3/2020 9:11:12,Nets,4/2/2020,10:30 AM,12:00 PM,Dangriga,Orla Reef,o@example.org,\n"
    )
    assert [str(record.start) for record in found] == [
        "2020-03-26 10:30:00-06:00",
        "2020-04-02 10:30:00-06:00",
    ]
    assert [[one.name for one in record.people] for record in found] == [["Ana Sample"], ["Orla Reef"]]
    assert not any(word in published(*found) for word in ("Quillfeather", "@example"))


def test_an_export_of_an_office_calendar_is_a_table_without_what_is_private_there() -> None:
    (record,) = records(
        "Subject,Start Date,Start Time,End Date,End Time,All day event,Meeting Organizer,Required Attendees,"
        "Optional Attendees,Description,Location,Private,Sensitivity\n"
        "Webinar 8: Fish,5/28/2020,10:30:00 AM,5/28/2020,12:00:00 PM,False,Petronel Vask,"
        '"Quillfeather, Orla; Sandpiper, Ana",Ana Marchbank,Quillfeather opens and Marchbank closes.,Dangriga,False,Normal\n'
        "Dentist,5/29/2020,9:00:00 AM,5/29/2020,10:00:00 AM,False,Petronel Vask,,,,,True,Private\n"
    )
    assert (str(record.start), str(record.end)) == ("2020-05-28 10:30:00-06:00", "2020-05-28 12:00:00-06:00")
    assert "event-private" in [problem.code for problem in record.problems]
    shown = published(record)
    assert not any(word in shown for word in ("Vask", "Quillfeather", "Sandpiper", "Marchbank", "Dentist"))


def test_a_table_with_speakers_is_one_of_sessions_whatever_else_it_has() -> None:
    (record,) = records(
        "Name,Date,Duration,Speaker,Institution,Email\nNets of the coast,2020-05-28,60,Orla Reef,Reef Unit,o@example.org\n"
    )
    assert (record.title, [person.name for person in record.people]) == ("Nets of the coast", ["Orla Reef"])
    (record,) = records("Name,Date,Mode,Speaker\nReef Nets,2020-05-28,online,Orla Reef\n")
    assert record.title == "Reef Nets"


@pytest.mark.parametrize("header", ["Speakers", "Moderators / Speakers"])
@pytest.mark.parametrize("sign", [" ", "\n"])
def test_a_cell_gives_each_of_its_people_the_role_that_stands_before(header: str, sign: str) -> None:
    cell = sign.join(
        [
            "MODERATORS",
            "1. Ana Sample, Clerk, Reef Office",
            "SPEAKERS",
            "1. Orla Reef, Analyst, Reef Unit",
            "2. Wren Tern",
        ]
    )
    (record,) = records(f'Title,Date,Time,{header}\nFish,2020-05-28,10:30,"{cell}"\n')
    assert [(one.role, one.name, one.affiliation) for one in record.people] == [
        ("facilitator", "Ana Sample", "Reef Office"),
        ("speaker", "Orla Reef", "Reef Unit"),
        ("speaker", "Wren Tern", ""),
    ]


def test_a_column_of_people_with_their_roles_tells_a_table_of_sessions() -> None:
    (record,) = records("Title,Date,Moderators / Speakers\nFish,2020-05-28,SPEAKERS 1. Orla Reef\n")
    assert [one.name for one in record.people] == ["Orla Reef"]


def test_who_stands_below_another_word_or_no_role_at_all_is_nobody_public() -> None:
    first, second = records(
        "Title,Date,Time,Moderators / Speakers\n"
        "Fish,2020-05-28,10:30,SPEAKERS 1. Orla Reef PARTICIPANTS 1. Petronel Vask 2. Wren Tern\n"
        "Nets,2020-05-29,10:30,Petronel Vask\n"
    )
    assert [one.name for one in first.people] == ["Orla Reef"] and not second.people
    assert "people-without-role" in codes(first) and "people-without-role" in codes(second)
    assert "Petronel Vask" in first.others and "Petronel Vask" in second.others


def test_a_value_that_is_none_of_its_list_is_told_and_not_repeated() -> None:
    (record,) = read(
        b"Number,Title,Start,Mode,Status\n2,Boats,2020-05-14T10:30:00-06:00,with Orlena Bridges,by boat\n",
        file="t.csv",
    )
    assert (record.mode, record.status) == ("", "")
    assert [(p.code, p.field) for p in record.problems] == [
        ("value-unreadable", "mode"),
        ("value-unreadable", "status"),
    ]
    assert "Orlena" not in published(record)


def test_the_series_in_a_title_above_the_header() -> None:
    (record,) = records(
        "Open Coast Series 2024 – Schedule of Webinars,,,\nNo,Title,Start,Venue\n1,Boats,2024-05-07 10:30,Reef House\n"
    )
    assert record.series == "Open Coast Series 2024"


WITH_DRAFT = [
    ["Title", "Start", "Venue", "Speaker"],
    ["Boats", "2020-05-07 10:30", "Reef Hall", "Orla Reef"],
    ["Draft", "2020-05-14 10:30", "Reef Hall", "Wren Halcyon"],
]
HIDDEN = '<table:table-row table:visibility="collapse">{}</table:table-row>'


def test_a_row_that_is_hidden_in_an_opendocument_sheet_is_left_out_and_told() -> None:
    (record,) = read(ods(WITH_DRAFT, rows_as={2: HIDDEN}), file="sessions.ods")
    assert (record.title, record.others) == ("Boats", ["Wren Halcyon"])
    assert "cells-hidden" in [problem.code for problem in record.problems]


@pytest.mark.parametrize(
    "row",
    [
        HIDDEN.replace("collapse", "filter"),
        f'<table:table-row-group table:display="false">{HIDDEN}</table:table-row-group>',
    ],
    ids=["filter", "folded-group"],
)
def test_what_a_filter_or_a_group_hides_in_an_opendocument_sheet_is_read(row: str) -> None:
    found = read(ods(WITH_DRAFT, rows_as={2: row}), file="sessions.ods")
    assert [record.title for record in found] == ["Boats", "Draft"]


def test_a_column_that_is_hidden_in_an_opendocument_sheet_is_left_out() -> None:
    columns = '<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>'
    found = read(ods(WITH_DRAFT, columns=columns), file="sessions.ods")
    assert [record.people for record in found] == [[], []]
    assert found[0].venue_name == "Reef Hall"


@pytest.mark.parametrize(
    ("online", "presence", "mode"),
    [
        ("Yes", "Yes", "hybrid"),
        ("Yes", "No", "online"),
        ("No", "Yes", "in-person"),
        ("x", "", "online"),
        ("", "✓", "in-person"),
        ("No", "", "in-person"),
        ("Zoom", "", "online"),
        ("", "onsite", "in-person"),
        ("", "hybrid", "hybrid"),
        ("No", "No", ""),
    ],
)
def test_two_columns_tell_how_people_take_part(online: str, presence: str, mode: str) -> None:
    text = f"Title,Start,Venue,Online,Presence\nBoats,2020-05-07 10:30,Reef Hall,{online},{presence}\n"
    (record,) = read(text.encode(), file="sessions.csv")
    assert record.mode == mode


@pytest.mark.parametrize(
    "table",
    [
        "#,Title,Start\n1,Boats,2020-05-07 10:30\n2,Nets,2020-05-14 10:30\n",
        "N°,Title,Start\n1,Boats,2020-05-07 10:30\n2,Nets,2020-05-14 10:30\n",
        "Webinar,Date,Presenter\n1. Boats,2020-05-07 10:30,Orla Reef\n2. Nets,2020-05-14 10:30,Orla Reef\n",
        "Webinar,Date,Recording\n1 - Boats,2020-05-07 10:30,\n2 - Nets,2020-05-14 10:30,\n",
    ],
)
def test_the_number_of_a_session_in_a_column_of_signs_or_before_its_title(table: str) -> None:
    found = read(table.encode(), file="sessions.csv")
    assert [(record.number, record.title) for record in found] == [(1, "Boats"), (2, "Nets")]


def test_figures_at_the_beginning_of_some_titles_are_no_numbers() -> None:
    text = "Title,Start,Venue\n3 ways to count boats,2020-05-07 10:30,Hall\n10. Nets,2020-05-14 10:30,Hall\nReefs,2020-05-21 10:30,Hall\n"
    found = read(text.encode(), file="sessions.csv")
    assert [record.number for record in found] == [None, None, None]
