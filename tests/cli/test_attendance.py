"""``ckan opengovbelize attendance``, as a coordinator and a program use it: without a server, writing nothing."""

from __future__ import annotations

import json

import ckan.plugins.toolkit as tk
import pytest
from ckanext.opengovbelize.cli.attendance import command
from click.testing import CliRunner

HEADER = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
SHEET = "No.,Name,Sector,District,Gender"


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setitem(tk.config, "ckanext.opengovbelize.timezone", "America/Belize")

    def run_(*arguments):
        return CliRunner().invoke(command, [*map(str, arguments)])

    return run_


@pytest.fixture
def preview(run):
    def preview_(*arguments):
        result = run(*arguments, "--json")
        return result.exit_code, json.loads(result.stdout)

    return preview_


@pytest.fixture
def meeting(tmp_path):
    def meeting_(day, people, name=None):
        lines = [HEADER] + [
            f"{chr(65 + n // 26) * 3}{chr(97 + n % 26) * 3} Reefton,p{n}@example.org,2025-05-{day:02} 10:00:00,2025-05-{day:02} 11:30:00,90,Yes"
            for n in range(people)
        ]
        path = tmp_path / (name or f"meeting-{day}.csv")
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return meeting_


@pytest.fixture
def sheet(tmp_path):
    def sheet_(people, name="sheet.csv"):
        lines = [SHEET] + [
            f"{n},{chr(97 + n) * 4} Lagoona,{'NGO' if n % 2 else 'Government'},Cayo,F" for n in range(people)
        ]
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return sheet_


def figure(report, session, measure="attended", mode="_T", dimension="", category=""):
    """Return value and status of the one row that tells this."""
    [row] = [
        row
        for row in report["tables"]
        if (row["session"], row["measure"], row["mode"], row["dimension_1"], row["category_1"])
        == (session, measure, mode, dimension, category)
        and not row["dimension_2"]
    ]
    return row["value"], row["status"]


def test_a_file_gives_its_counts_and_the_tables_as_they_would_be_published(preview, meeting):
    code, report = preview(meeting(4, 12))
    [file] = report["files"]
    assert code == 0
    assert (file["kind"], file["code"]) == ("Zoom meeting participants report", "zoom-meeting")
    assert file["counts"]["unique_attendees"] == 12
    assert file["problems"] == file["doubts"] == []
    assert figure(report, "2025-05-04") == (12, "A")
    assert figure(report, "2025-05-04", mode="in-person")[1] == "Q"
    assert set(report["tables"][0]) == {
        *("series", "session", "mode", "dimension_1", "category_1", "dimension_2", "category_2"),
        *("measure", "value", "status", "release"),
    }


def test_a_sheet_without_a_day_belongs_to_the_only_session(preview, meeting, sheet):
    code, report = preview(meeting(4, 12), sheet(14))
    assert code == 0
    assert figure(report, "2025-05-04") == (26, "A")
    assert figure(report, "2025-05-04", mode="in-person") == (14, "A")


def test_a_sheet_among_several_sessions_is_placed_by_hand(preview, meeting, sheet):
    files = (meeting(4, 12), meeting(11, 20), sheet(14))
    code, report = preview(*files)
    assert code == 1
    assert [problem["code"] for problem in report["files"][2]["problems"]] == ["session-unknown"]
    assert "--session" in report["files"][2]["problems"][0]["message"]
    code, report = preview(*files, "--session", "2025-05-11=sheet.csv")
    assert code == 0
    assert figure(report, "2025-05-11") == (34, "A")


def test_a_number_that_is_given_for_one_file_holds_for_all_of_its_day(preview, meeting):
    one, two = meeting(4, 12), meeting(4, 15, "second-room.csv")
    _code, report = preview(one, two, "--session", f"3={one}")
    assert {file["session"] for file in report["files"]} == {"3"}


def test_several_sessions_give_the_figures_of_the_series(preview, meeting):
    _code, report = preview(meeting(4, 12), meeting(11, 30))
    assert figure(report, "_T", "participants") == (30, "A")
    assert figure(report, "_T", "attendances") == (42, "A")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(preview, meeting, tmp_path):
    (tmp_path / "photo.csv").write_bytes(bytes(range(256)) * 50)
    code, report = preview(tmp_path / "photo.csv", tmp_path / "nowhere.csv", meeting(4, 12))
    assert code == 1
    assert [[problem["code"] for problem in file["problems"]] for file in report["files"]] == [
        ["file-unreadable"],
        ["file-unreadable"],
        [],
    ]
    assert figure(report, "2025-05-04") == (12, "A")


def test_corrections_join_rows_and_add_people(preview, meeting):
    path = meeting(4, 12)
    _code, report = preview(path, "--same", "meeting-4.csv:2+3", "--people", f"{path}:4=3")
    assert report["files"][0]["counts"]["people_after_review"] == 13
    assert report["files"][0]["counts"]["unique_attendees"] == 12
    assert figure(report, "2025-05-04") == (13, "A")


def test_what_is_doubtful_is_told_by_row_and_by_name_on_demand_only(preview, run, meeting):
    path = meeting(4, 12)
    path.write_text(
        path.read_text() + "\niPhone,,2025-05-04 10:00:00,2025-05-04 11:00:00,60,Yes", encoding="utf-8"
    )
    _code, report = preview(path)
    [doubt] = report["files"][0]["doubts"]
    assert (doubt["code"], doubt["names"]) == ("device-instead-of-name", [])
    assert [(row["file"], row["row"]) for row in doubt["rows"]] == [("meeting-4.csv", 14)]
    assert "? meeting-4.csv:14: " in run(path).stdout
    assert "iPhone" not in run(path).stdout
    assert "? iPhone (meeting-4.csv:14)" in run(path, "--names").stdout


def test_a_table_that_nobody_knows_is_read_by_chosen_columns(preview, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("Wer,Firma,Von\n" + "\n".join(f"Anna Kai{n},Hafen,2025-05-04 10:0{n}" for n in range(9)))
    code, report = preview(path)
    assert code == 1
    assert report["files"][0]["columns"] == ["Wer", "Firma", "Von"]
    code, report = preview(path, "--column", "name=Wer", "--column", "joined=Von")
    assert code == 0
    assert report["files"][0]["code"] == "chosen-columns"
    assert report["files"][0]["counts"]["unique_attendees"] == 9


def test_a_mode_that_cannot_occur_is_no_secret(preview, meeting):
    _code, report = preview(meeting(4, 12), "--mode", "online")
    assert figure(report, "2025-05-04", mode="in-person") == (None, "M")
    assert figure(report, "2025-05-04", mode="online") == (12, "A")


def test_in_words_a_small_figure_is_withheld_and_nothing_is_called_zero(run, meeting, sheet):
    result = run(meeting(4, 12), sheet(14))
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "unique attendees 12" in lines
    assert "attended, in-person 14" in lines
    assert "attended by gender not collected" not in lines
    assert any(line.startswith("attended") and line.endswith("withheld") for line in lines)
    assert lines[-1] == "This was a preview: nothing was written."


@pytest.mark.parametrize(
    "options",
    [
        ("--threshold", "4"),
        ("--same", "meeting-4.csv:2"),
        ("--same", "other.csv:2+3"),
        ("--people", "meeting-4.csv:2"),
        ("--session", "meeting-4.csv"),
        ("--session", "3=other.csv"),
        ("--column", "shoe size=Size"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_in_plain_words(run, meeting, options):
    result = run(meeting(4, 12), *options)
    assert result.exit_code == 2
    assert options[0] in result.stderr
    assert "Traceback" not in result.output


def test_a_higher_threshold_withholds_more(preview, meeting):
    assert figure(preview(meeting(4, 12), "--threshold", "13")[1], "2025-05-04") == (None, "Q")


def test_nothing_is_written(run, meeting, tmp_path):
    path = meeting(4, 12)
    before = path.read_bytes()
    run(path)
    assert [one.name for one in tmp_path.iterdir()] == ["meeting-4.csv"]
    assert path.read_bytes() == before
