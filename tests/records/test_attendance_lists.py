"""Lists of who took part are no session records, wherever somebody puts them: their rows would be sessions."""

from __future__ import annotations

from pathlib import Path

import pytest
from ckanext.opengovbelize.records.reading import read

FORMATS = Path(__file__).parents[2] / "samples" / "formats"
REPORTS = sorted(
    file.name
    for file in FORMATS.glob("attendance-*")
    if "sign-in" not in file.name and "gotowebinar" not in file.name
)
SHEETS = sorted(file.name for file in FORMATS.glob("attendance-*") if file.name not in REPORTS)


@pytest.mark.parametrize("called", ["", "session-record.txt", "sessions.csv"])
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_meeting_software_is_refused_whatever_it_is_called(name: str, called: str) -> None:
    (record,) = read((FORMATS / name).read_bytes(), file=called or name)
    assert [(problem.code, problem.rejects) for problem in record.problems] == [("attendance-report", True)]
    assert not (record.title or record.people or record.introduction)


@pytest.mark.parametrize("form", ["csv", "text", "markdown"])
def test_a_configured_format_does_not_let_one_in(form: str) -> None:
    (record,) = read((FORMATS / "attendance-webex.csv").read_bytes(), file="report.csv", form=form)
    assert [problem.code for problem in record.problems] == ["attendance-report"]


@pytest.mark.parametrize("name", SHEETS)
def test_a_sign_in_sheet_is_no_table_of_sessions(name: str) -> None:
    (record,) = read((FORMATS / name).read_bytes(), file=name)
    assert [(problem.code, problem.rejects) for problem in record.problems] == [("table-unknown", True)]


@pytest.mark.parametrize(
    "header",
    [
        "No.,Name,Institution,District,Date,Time,Signature",
        "Name,Organisation,Date,Venue",
        "Name,Date,Time,Venue,Phone",
        "Full name,E-mail,Date,Venue",
        "Participant,Session,Date,Duration",
        "Attendee name,Webinar,Date,Time,Venue",
        "Nombre,Institución,Fecha,Hora,Lugar,Firma",
        "Nombre del participante,Sesión,Fecha,Lugar",
    ],
)
def test_names_of_people_are_no_titles(header: str) -> None:
    columns = header.split(",")
    row = [
        {"Date": "7 March 2024", "Fecha": "7 de marzo de 2024"}.get(name, "Rosita Coralhead")
        for name in columns
    ]
    records = read(f"{header}\n{','.join(row)}\n".encode(), file="sheet.csv")
    assert [problem.code for record in records for problem in record.problems if problem.rejects] == [
        "table-unknown"
    ]
    assert not any(record.title for record in records)


@pytest.mark.parametrize(
    "header",
    [
        "Name,Date,Time,Venue",
        "Title,Date,Venue,E-mail",
        "Session name,Date,Attendees,Venue",
        "Nombre,Fecha,Lugar",
    ],
)
def test_tables_of_sessions_stay_what_they_are(header: str) -> None:
    row = [
        {"Date": "7 March 2024", "Fecha": "7 de marzo de 2024", "Time": "10:00"}.get(name, "Counting boats")
        for name in header.split(",")
    ]
    (record,) = read(f"{header}\n{','.join(row)}\n".encode(), file="sessions.csv")
    assert record.title == "Counting boats"


@pytest.mark.parametrize(
    "header",
    [
        "Name,Date,Institution,Venue",
        "Event name;Date;Start time;Institution",
        "Nombre,Fecha,Hora,Institución",
    ],
)
def test_titles_called_names_are_no_list_of_people(header: str) -> None:
    sign = ";" if ";" in header else ","
    said = {"Date": "{} March 2024", "Fecha": "{} de marzo de 2024", "Start time": "10:00", "Hora": "10:00"}
    said |= dict.fromkeys(("Institution", "Institución"), "Reef Office")
    rows = [
        sign.join(said.get(name, title).format(day) for name in header.split(sign))
        for day, title in ((7, "How nets are counted"), (14, "Cómo se cuentan barcos"))
    ]
    records = read("\n".join([header, *rows]).encode(), file="sessions.csv")
    assert [record.title for record in records] == ["How nets are counted", "Cómo se cuentan barcos"]


@pytest.mark.parametrize(
    "names",
    [
        ("rosita coralhead", "orla reef"),
        ("Rosita and Orla", "Ana maria reef"),
        ("Rosita Coralhead (Office for Nets)", "Orla Reef (Office for Nets)"),
        ("How nets are counted", "Rosita Coralhead"),
    ],
)
def test_a_list_of_people_on_several_days_stays_one_however_names_are_written(names: tuple[str, str]) -> None:
    rows = [
        f"{name},{day} March 2024,Reef Office,Reef Hall" for day, name in zip((7, 14), names, strict=True)
    ]
    records = read("\n".join(["Name,Date,Institution,Venue", *rows]).encode(), file="sheet.csv")
    assert [problem.code for problem in records[0].problems] == ["table-unknown"]
