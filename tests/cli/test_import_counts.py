"""Published tables of counts: imported with the same control as figures that are counted here."""

from __future__ import annotations

import io
from typing import Any

import pytest
import sqlalchemy as sa
import xlsxwriter
from ckan import model
from ckan.tests import factories, helpers
from ckanext.opengovbelize.catalogue.statistics import tables
from ckanext.opengovbelize.exports import statistics as exports

from .conftest import counts

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

NAME = "harbour-2021-1-participants"
TABLE = """Session,Sector,Participants
harbour-2021-1,Total,80
harbour-2021-1,Government,40
harbour-2021-1,Academia,25
harbour-2021-1,Civil society,12
harbour-2021-1,Private sector,0
harbour-2021-1,International,0
harbour-2021-1,Media,3
harbour-2021-1,unknown,0
"""


@pytest.fixture
def webinar(organization: dict[str, Any]) -> dict[str, Any]:
    return factories.Dataset(
        type="webinar",
        name="harbour-2021-1",
        title="Reading the harbour's accounts",
        mode="in-person",
        start="2021-03-04T10:30:00-06:00",
        end="2021-03-04T12:00:00-06:00",
        owner_org=organization["id"],
        publication_state="released",
    )


@pytest.fixture
def write(tmp_path):
    def write_(content, name="counts.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_


def published() -> dict[str, Any]:
    """What the public reads of sectors, by category."""
    dataset = helpers.call_action("package_show", {"user": ""}, id=NAME)
    resource = next(row["id"] for row in dataset["resources"] if row["datastore_active"])
    found = helpers.call_action("datastore_search", {"user": ""}, resource_id=resource, limit=500)
    return {row["category_1"]: row["value"] for row in found["records"] if row["mode"] == "_T"}


def codes(report):
    return sorted({problem["code"] for row in report["records"] for problem in row["problems"]})


def test_small_counts_of_a_table_are_withheld_and_what_would_give_them_away(run_json, webinar, write):
    status, report = run_json(write(TABLE))

    assert (status, counts(report)) == (0, {"added": 1})
    figures = published()
    assert (figures[""], figures["public-service"], figures["media"]) == (80, 40, None)
    hidden = 80 - sum(value for code, value in figures.items() if code and value)
    assert hidden >= 10


def test_the_second_time_nothing_changes_and_no_small_count_is_kept_anywhere(run_json, webinar, write):
    run_json(write(TABLE))

    assert counts(run_json(write(TABLE))[1]) == {"unchanged": 1}
    for table in (
        "opengovbelize_ledger",
        "opengovbelize_run",
        "opengovbelize_run_record",
        "opengovbelize_statistics_release",
        "harvest_object",
    ):
        rows = model.Session.execute(sa.text(f"SELECT * FROM {table}")).all()  # noqa: S608
        assert "Media" not in str(rows)
        assert "'media', '', '', 'attended', 3" not in str(rows)


def test_our_own_downloads_come_back_unchanged(run_json, webinar, write):
    run_json(write(TABLE))
    table = tables.table(helpers.call_action("package_show", id=NAME))
    assert table is not None

    for name, content in (("figures.csv", exports.csv(table)), ("figures.xlsx", exports.workbook(table))):
        assert counts(run_json(write(content, name))[1]) == {"unchanged": 1}


def test_a_dry_run_tells_and_writes_nothing(run_json, webinar, write):
    report = run_json(write(TABLE), "--dry-run")[1]

    assert counts(report) == {"added": 1}
    assert model.Package.get(NAME) is None


def test_a_correction_of_a_few_people_leaves_the_breakdown_where_it_was(run_json, webinar, write):
    run_json(write(TABLE))

    report = run_json(write(TABLE.replace(",80", ",83").replace("Government,40", "Government,43")))[1]

    assert codes(report) == ["figures-too-close"]
    assert (published()[""], published()["public-service"]) == (83, 40)


def test_a_workbook_is_read_too(run_json, webinar, write):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(TABLE.strip().split("\n")):
            sheet.write_row(number, 0, [int(cell) if cell.isdecimal() else cell for cell in line.split(",")])

    assert counts(run_json(write(out.getvalue(), "counts.xlsx"))[1]) == {"added": 1}


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("Total,80", "Total,81", "sums-differ"),
        ("Media,3", "Media,many", "count-unreadable"),
        ("Media,3", "Shoes,3", "category-unknown"),
        ("Academia,25", "Government,25", "row-twice"),
        ("harbour-2021-1", "harbour-2029-9", "session-unknown"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_the_reason(run_json, webinar, write, before, after, code):
    report = run_json(write(TABLE.replace(before, after)))[1]

    assert counts(report) == {"rejected": 1}
    assert code in codes(report)
    assert model.Package.get(NAME) is None


def test_sessions_of_another_program_are_not_touched(run_json, write):
    other = factories.Organization()
    factories.Dataset(type="webinar", name="harbour-2021-1", title="Theirs", owner_org=other["id"])

    assert codes(run_json(write(TABLE))[1]) == ["session-unknown"]
