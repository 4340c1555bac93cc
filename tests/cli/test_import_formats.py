"""Calendars, tables, feeds and chats on the whole road: what is added, what of it is the same webinar, what is withdrawn."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers

from .conftest import counts

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"
ROW = "{number},Title {number},Lagoon Data Series,2020-05-{day:02} 10:30,12:00,Belmopan\n"
HEADER = "Number,Title,Series,Start,End,Venue\n"


@pytest.fixture
def imported(run_json):
    """Import, and return the report."""
    return lambda *arguments: run_json(*arguments)[1]


def table(folder: Path, *numbers: int, titles: dict[int, str] | None = None) -> Path:
    rows = [
        ROW.format(number=number, day=number).replace(
            f"Title {number}", (titles or {}).get(number, f"Title {number}")
        )
        for number in numbers
    ]
    path = folder / "sessions.csv"
    path.write_text(HEADER + "".join(rows))
    return path


def webinar(name: str) -> dict:
    return helpers.call_action("package_show", id=name)


def names() -> set[str]:
    return {
        package.name
        for package in model.Session.query(model.Package).filter_by(type="webinar", state="active")
    }


def test_a_row_that_changes_is_one_update_and_one_that_is_inserted_moves_no_other(imported, tmp_path):
    assert counts(imported(str(table(tmp_path, 1, 3)))) == {"added": 2}
    assert counts(imported(str(table(tmp_path, 1, 3)))) == {"unchanged": 2}
    assert counts(imported(str(table(tmp_path, 1, 2, 3)))) == {"added": 1, "unchanged": 2}
    assert counts(imported(str(table(tmp_path, 3, 2, 1, titles={2: "Another"})))) == {
        "updated": 1,
        "unchanged": 2,
    }
    assert counts(imported(str(table(tmp_path, 2, 3, titles={2: "Another"})))) == {
        "unchanged": 2,
        "withdrawn": 1,
    }
    assert names() == {f"lagoon-data-2020-{number}" for number in (1, 2, 3)}


def test_a_row_that_cannot_be_read_any_more_loses_nothing(imported, tmp_path):
    imported(str(table(tmp_path, 1, 2, 3)))
    path = tmp_path / "sessions.csv"
    path.write_text(
        HEADER + ROW.format(number=1, day=1) + ",,,,12:00,Belmopan\n" + ROW.format(number=3, day=3)
    )
    result = imported(str(path))
    assert counts(result) == {"unchanged": 2, "rejected": 1}
    assert webinar("lagoon-data-2020-2")["publication_state"] == "released"


def test_a_calendar_and_a_table_tell_of_the_same_webinars(imported, tmp_path):
    assert counts(imported(str(SAMPLES / "sessions-events.csv"))) == {"added": 3, "rejected": 2}
    result = imported(str(SAMPLES / "calendar.ics"))
    assert counts(result) == {"added": 3, "updated": 2}
    assert webinar("lagoon-data-2020-2")["status"] == "cancelled"
    assert len(webinar("lagoon-data-2020-1")["sources"]) == 2
    assert counts(imported(str(SAMPLES / "calendar.ics"))) == {"unchanged": 5}
    assert "Quillfeather" not in json.dumps(result)


def test_a_video_is_added_to_its_session_and_makes_none(imported, tmp_path):
    imported(str(SAMPLES / "sessions.xlsx"))
    assert counts(imported(str(SAMPLES / "youtube.xml"))) == {"updated": 2}
    assert [r["kind"] for r in webinar("lagoon-data-2020-1")["resources"]] == ["video"]
    assert webinar("lagoon-data-2020-2")["title"] == "Mending nets"
    assert counts(imported(str(SAMPLES / "youtube.xml"))) == {"unchanged": 2}


def test_a_video_of_nothing_that_is_known_is_told(imported):
    result = imported(str(SAMPLES / "youtube.xml"))
    assert [record["reasons"] for record in result["records"]] == [["session-unknown"]] * 2
    assert names() == set()


def test_a_chat_beside_its_record_is_screened_with_it(imported, tmp_path):
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "tides.md").write_text(
        "# Webinar 4: Reading tides\n\nSeries: Lagoon Data Series\n\nDate: 28 May 2020, 10:30 AM - 12:00 PM\n\nFacilitator: Orla Sandpiper, Lagoon Desk\n"
    )
    assert counts(imported(str(tmp_path / "records"))) == {"added": 1}
    shutil.copy(SAMPLES / "chat-zoom.txt", tmp_path / "records" / "tides_chat.txt")
    result = imported(str(tmp_path / "records"))
    assert counts(result) == {"updated": 1}
    (question,) = webinar("lagoon-data-2020-4")["questions"]
    assert question["question"] == "How often are the tides measured?"
    assert "Quillfeather" not in json.dumps([result, webinar("lagoon-data-2020-4")])
    assert counts(imported(str(tmp_path / "records"))) == {"unchanged": 1}


def test_a_chat_by_itself_is_told_its_session(imported, tmp_path):
    imported(str(table(tmp_path, 1)))
    (record,) = imported(
        *(str(SAMPLES / "chat-zoom.txt"), "--series", "lagoon-data-2020", "--session", "1", "--dry-run")
    )["records"]
    assert (record["name"], record["outcome"], record["reasons"]) == (names().pop(), "updated", [])


def test_a_chat_by_itself_belongs_to_nothing(imported):
    (record,) = imported(str(SAMPLES / "chat-zoom.txt"))["records"]
    assert (record["outcome"], record["reasons"]) == ("rejected", ["session-unknown"])


def test_editors_see_which_source_gave_which_field_and_lift_a_lock(imported, tmp_path):
    imported(str(table(tmp_path, 1)))
    name = "lagoon-data-2020-1"
    helpers.call_action(
        "package_patch",
        {"user": factories.Sysadmin()["name"]},
        id=name,
        venue_name="Another hall",
        title="By hand",
    )
    imported(str(table(tmp_path, 1, titles={1: "Changed at the source"})))
    assert webinar(name)["title"] == "By hand"
    held = {unit["field"]: unit for unit in helpers.call_action("opengovbelize_provenance_show", id=name)}
    assert held["title"]["locked"] and not held["start"]["locked"]
    assert held["start"]["sources"] == [source["title"] for source in webinar(name)["sources"]]
    helpers.call_action(
        "opengovbelize_lock_lift", {"user": factories.Sysadmin()["name"]}, id=name, field="title"
    )
    assert webinar(name)["title"] == "Changed at the source"
    assert counts(imported(str(table(tmp_path, 1, titles={1: "Once more"})))) == {"updated": 1}
    assert webinar(name)["title"] == "Once more"


def test_a_row_that_an_editor_deleted_comes_back_with_its_lock_lifted(imported):
    imported(str(SAMPLES / "sessions.xlsx"))
    name = "lagoon-data-2020-1"
    helpers.call_action(
        "package_patch", {"user": factories.Sysadmin()["name"]}, id=name, people=webinar(name)["people"][1:]
    )
    imported(str(SAMPLES / "sessions.xlsx"))
    (held,) = [
        unit for unit in helpers.call_action("opengovbelize_provenance_show", id=name) if unit["locked"]
    ]
    assert (held["field"], held["text"]) == ("people", "Solana Reedwater")
    helpers.call_action(
        "opengovbelize_lock_lift",
        {"user": factories.Sysadmin()["name"]},
        id=name,
        field="people",
        row=held["row"],
    )
    assert {person["name"] for person in webinar(name)["people"]} == {"Solana Reedwater", "Orla Sandpiper"}
    with pytest.raises(tk.ObjectNotFound):
        helpers.call_action(
            "opengovbelize_lock_lift",
            {"user": factories.Sysadmin()["name"]},
            id=name,
            field="people",
            row=held["row"],
        )


def test_only_editors_see_it(imported, tmp_path, app):
    imported(str(table(tmp_path, 1)))
    stranger = factories.User()
    with pytest.raises(tk.NotAuthorized):
        helpers.call_action(
            "opengovbelize_provenance_show",
            {"user": stranger["name"], "ignore_auth": False},
            id="lagoon-data-2020-1",
        )
    assert "Which source gave which field" not in app.get("/webinar/lagoon-data-2020-1").body
    editor = factories.SysadminWithToken()
    page = app.get("/webinar/lagoon-data-2020-1", headers={"Authorization": editor["token"]}).body
    assert "Which source gave which field" in page
