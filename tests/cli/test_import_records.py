"""``ckan opengovbelize import``, as an operator and a program use it."""

from __future__ import annotations

import json
import os
import subprocess

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import helpers
from ckanext.opengovbelize.model import Run, RunRecord

from .conftest import counts

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

RECORD = """# Lighthouse Open Government Webinars

Series: Lighthouse series

## Webinar {number}: {title}

An invented session.

**Date:** Thursday 13 February 2025, 10:30 AM - 12:00 PM (Belize time)

**Venue:** Lighthouse Hall, Belize City
"""
TABLES = (
    "package",
    "resource",
    "activity",
    "package_tag",
    "member",
    "opengovbelize_ledger",
    "opengovbelize_run",
    "opengovbelize_run_record",
)


def record(number, title="Invented"):
    return RECORD.format(number=number, title=title)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "records").mkdir()
    for number in (1, 2):
        (tmp_path / "records" / f"{number}.md").write_text(record(number))
    return tmp_path / "records"


def rows():
    return {
        table: model.Session.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() for table in TABLES
    }


def test_a_folder_is_imported_and_the_second_time_nothing_changes(run_json, folder):
    status, report = run_json(folder)
    assert (status, counts(report), report["problems"]) == (0, {"added": 2}, [])
    assert [row["name"] for row in report["records"]] == ["lighthouse-2025-1", "lighthouse-2025-2"]
    assert helpers.call_action("package_show", id="lighthouse-2025-1")["private"] is False
    before = rows()
    status, report = run_json(folder)
    assert (status, counts(report)) == (0, {"unchanged": 2})
    assert report["records"][0]["fields"]["title"]
    after = rows()
    assert after.pop("opengovbelize_run") == before.pop("opengovbelize_run") + 1
    assert after == before


def test_a_dry_run_foretells_two_files_of_one_webinar(run_json, folder):
    (folder / "1-again.md").write_text(record(1))
    (folder / "2-changed.md").write_text(record(2).replace("Lighthouse Hall", "Lighthouse Garden"))
    _, foretold = run_json(folder, "--dry-run")
    _, done = run_json(folder)
    assert counts(foretold) == counts(done)
    for before, after in zip(foretold["records"], done["records"], strict=True):
        assert (before["outcome"], before["name"]) == (after["outcome"], after["name"])
        assert before["fields"].keys() == after["fields"].keys()
        assert before["fields"]["license_id"] == "cc-by"
    assert counts(done)["added"] == 2


def test_a_dry_run_foretells_one_webinar_in_two_sources(run_json, folder, tmp_path):
    other = tmp_path / "other.md"
    other.write_text(record(1))
    _, foretold = run_json(folder, other, "--dry-run")
    _, done = run_json(folder, other)
    assert [row["outcome"] for row in foretold["records"]] == ["added", "added", "updated"]
    assert [row["outcome"] for row in done["records"]] == ["added", "added", "updated"]


def test_a_dry_run_tells_fields_with_their_own_types(run_json, folder):
    (folder / "2.md").write_text(record(2).replace("An invented session.", "A session."))
    _, report = run_json(folder, "--dry-run")
    assert [row["fields"]["invented"] for row in report["records"]] == [True, False]


def test_of_several_sources_the_unreadable_one_is_told(run_json, folder):
    status, report = run_json(folder / "1.md", folder / "nobody-has-it.md", folder / "2.md")
    assert (status, counts(report)) == (2, {"added": 2})
    (problem,) = report["problems"]
    assert (problem["code"], problem["place"]) == ("file-unreadable", "source 2 of 3")


def test_json_is_one_object_of_the_documented_shape(run_json, folder):
    (folder / "3.md").write_text("")
    status, report = run_json(folder)
    assert status == 1
    assert set(report) == {"counts", "records", "problems"}
    assert report["counts"] == {"added": 2, "updated": 0, "unchanged": 0, "withdrawn": 0, "rejected": 1}
    assert sum(report["counts"].values()) == len(report["records"])
    for row in report["records"]:
        assert {"type", "name", "outcome", "fields", "changes", "problems"} <= set(row)
        for problem in row["problems"]:
            assert set(problem) == {"code", "file", "place", "field", "message"}
    added = report["records"][0]
    assert (added["type"], added["fields"]["in_series"]) == ("webinar", ["lighthouse-2025"])


def test_a_rejected_record_says_why(run_json, folder):
    (folder / "3.md").write_text("Date: 14 May 2020, 10:30")
    _status, report = run_json(folder)
    (rejected,) = [row for row in report["records"] if row["outcome"] == "rejected"]
    assert rejected["reasons"] == ["title-missing"]


def test_a_dry_run_tells_everything_and_writes_nothing(run_json, folder):
    before = rows()
    status, report = run_json(folder, "--dry-run")
    assert (status, counts(report)) == (0, {"added": 2})
    assert report["records"][0]["fields"]["session_number"] in (1, "1")
    assert rows() == before

    run_json(folder)
    (folder / "1.md").write_text(record(1, "A title that was mended"))
    before = rows()
    _status, report = run_json(folder, "--dry-run")
    assert counts(report) == {"updated": 1, "unchanged": 1}
    (change,) = report["records"][0]["changes"]
    assert (change["field"], change["state"]) == ("title", "changed")
    assert "A title that was mended" in change["new"]
    assert rows() == before


def test_the_text_of_a_dry_run_is_for_people(run, folder):
    run(folder)
    (folder / "1.md").write_text(record(1, "A title that was mended"))
    (folder / "3.md").write_text("")
    (folder / "4.md").write_text(record(4) + "\n**Speaker:** Ana Sample, Director, Invented Office\n")
    result = run(folder, "--dry-run")
    assert result.exit_code == 1
    assert "people: 1 row\n" in result.stdout
    assert "updated    lighthouse-2025-1  (1.md)" in result.stdout
    assert "A title that was mended" in result.stdout
    assert "1 added, 1 updated, 1 unchanged, 1 rejected" in result.stdout
    assert "nothing was written" in result.stdout


def test_a_file_that_is_gone_from_a_folder_is_withdrawn(run_json, folder):
    run_json(folder)
    (folder / "2.md").unlink()
    status, report = run_json(folder)
    assert (status, counts(report)) == (0, {"unchanged": 1, "withdrawn": 1})
    assert helpers.call_action("package_show", id="lighthouse-2025-2")["private"] is True


def test_the_same_path_written_otherwise_is_the_same_source(run_json, folder, monkeypatch):
    run_json(folder)
    monkeypatch.chdir(folder)
    assert counts(run_json(".")[1]) == {"unchanged": 2}
    assert counts(run_json(f"{folder.as_uri()}/../records/")[1]) == {"unchanged": 2}


def test_a_source_that_cannot_be_read_stops_no_other(run_json, folder):
    status, report = run_json(folder / "absent", folder)
    assert (status, counts(report)) == (2, {"added": 2})
    (problem,) = report["problems"]
    assert (problem["code"], problem["file"]) == ("file-unreadable", "absent")


def test_only_standard_error_repeats_the_path_that_the_operator_typed(run, folder):
    path = folder / "john-reed.md"
    result = run(path)
    assert result.exit_code == 2
    assert str(path) in result.stderr
    assert "reed" not in result.stdout


def test_standard_output_holds_the_object_and_nothing_else(organization, folder, ckan_config):
    words = [
        "ckan",
        "-c",
        ckan_config["__file__"],
        "opengovbelize",
        "import",
        folder,
        "--organization",
        "lighthouse",
    ]
    done = subprocess.run([*words, "--json"], capture_output=True, env=os.environ, check=False)
    assert done.returncode == 0
    assert counts(json.loads(done.stdout)) == {"added": 2}


def test_an_import_leaves_a_report_and_one_row_of_it(run, folder):
    run(folder)
    (stored,) = model.Session.query(Run)
    assert [row.outcome for row in model.Session.query(RunRecord)] == ["added", "added"]
    assert stored.finished_at and stored.seconds["publish"] > 0
    report = helpers.call_action("opengovbelize_run_show", id=stored.id)
    assert report["counts"]["added"] == 2


def test_an_unknown_organization_or_user_is_told(run, folder):
    result = run(folder, "--user", "nobody-here")
    assert result.exit_code == 2
    assert "there is no such user" in result.stderr
    assert model.Session.query(Run).count() == 0


def test_an_address_with_a_key_is_not_published(run):
    """Nothing is fetched: it is refused before that."""
    address = "https://sources.invalid/feed?token=invented"
    result = run(address, "--public-page")
    assert result.exit_code == 2
    assert "The address holds a key, a token or a password" in result.stdout
    assert "invented" not in result.stdout
