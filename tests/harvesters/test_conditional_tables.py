"""Tables of plans and counts are read together or not at all, and rows go only where it is certain that they are gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckanext.opengovbelize.runs import keys, pipeline

from ..soak.servers import Site
from .conftest import Portal, record, serving
from .test_conditional import RECORDS, archive, counts, sent

pytestmark = [pytest.mark.server]

SAMPLES = Path("samples")


@pytest.fixture
def site(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A web site with records."""
    with serving(RECORDS, ckan_config, monkeypatch) as made:
        yield made


@pytest.mark.parametrize("tags", [True, False], ids=["a server that tells", "the same bytes"])
@pytest.mark.parametrize("packed", [False, True], ids=["by itself", "in an archive"])
def test_a_plan_that_has_not_changed_is_not_read(
    portal: Portal, site: Site, monkeypatch: Any, tags: bool, packed: bool
) -> None:
    """The second run tells what its reports say already, which no ledger tells; from then on nothing is read."""
    site.tags = tags
    text = (SAMPLES / "formats" / "plan.yaml").read_text()
    site.pages = {"plan.yaml": text, "plan.zip": archive({"plan.yaml": text})}
    name = "plan.zip" if packed else "plan.yaml"
    source_id = portal.source(f"{site.url}{name}")
    assert counts(portal.run(source_id)) == {"added": 5}
    assert counts(portal.run(source_id)) == {"unchanged": 5}
    sent(site)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline.plans, "read", None)
        report = portal.run(source_id)
    assert counts(report) == {"unchanged": 5}
    assert {row["type"] for row in report["records"]} == {"action_plan", "commitment", "progress_report"}
    assert all(row["name"] and row["label"] for row in report["records"])
    assert sent(site) == ({} if tags else {name: 1})
    tk.get_action("package_delete")(
        {"ignore_auth": True, "user": portal.editor["name"]}, {"id": report["records"][-1]["name"]}
    )
    portal.run(source_id)
    assert sent(site) == {name: 1}


def test_tables_that_need_each_other_are_read_together(portal: Portal, site: Site) -> None:
    """A list of commitments belongs to the plan that another table brings along, changed or not."""
    site.pages = {
        "plan.csv": "title,start,end\nHarbour plan,2021-01-01,2022-12-31\n",
        "commitments.csv": "number,stage,title\n1,final,Open boats\n",
    }
    source_id = portal.source(site.url)
    assert counts(portal.run(source_id)) == {"added": 2}
    site.pages = {
        **site.pages,
        "commitments.csv": "number,stage,title\n1,final,Open boats\n2,final,Open nets\n",
    }
    assert counts(portal.run(source_id)) == {"unchanged": 2, "added": 1}


@pytest.mark.parametrize("tags", [True, False], ids=["a server that tells", "the same bytes"])
def test_counts_that_have_not_changed_are_not_read(
    portal: Portal, site: Site, monkeypatch: Any, tags: bool
) -> None:
    site.tags = tags
    portal.write("1.md", record(1))
    portal.run(portal.source(name="the-records"))
    table = "Session,Mode,Participants\nharbour-2025-1,Total,48\n"
    site.pages = {"counts.csv": table}
    source_id = portal.source(f"{site.url}counts.csv")
    assert counts(portal.run(source_id)) == {"added": 1}
    sent(site)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline.counts_tables, "read", None)
        assert counts(portal.run(source_id)) == {"unchanged": 1}
    assert sent(site) == ({} if tags else {"counts.csv": 1})
    site.pages = {"counts.csv": table.replace("48", "51")}
    assert counts(portal.run(source_id)) == {"updated": 1}


TABLES = {
    "plan.csv": "title,start,end\nHarbour plan,2021-01-01,2022-12-31\n",
    "commitments.csv": "number,stage,title\n1,final,Open boats\n2,final,Open nets\n3,final,Open quays\n",
    "drafts.csv": "number,stage,title\n1,draft,Boats\n",
}


@pytest.mark.parametrize("tags", [True, False], ids=["a server that tells", "the same bytes"])
def test_tables_of_a_plan_in_several_files_are_read_only_where_one_has_changed(
    portal: Portal, site: Site, monkeypatch: Any, tags: bool
) -> None:
    site.tags = tags
    site.pages = dict(TABLES)
    source_id = portal.source(site.url)
    assert counts(portal.run(source_id)) == {"added": 5}
    sent(site)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline.plans, "read", None)
        report = portal.run(source_id)
    assert counts(report) == {"unchanged": 5}
    assert all(row["name"] and row["label"] for row in report["records"])
    assert sent(site) == ({} if tags else dict.fromkeys(TABLES, 1))
    changed = {**TABLES, "drafts.csv": "number,stage,title\n1,draft,Small boats\n"}
    site.pages = changed
    assert counts(portal.run(source_id)) == {"unchanged": 4, "updated": 1}
    assert sent(site) == dict.fromkeys(TABLES, 1)
    site.pages = {name: text for name, text in changed.items() if name != "drafts.csv"}
    assert counts(portal.run(source_id)) == {"unchanged": 4, "withdrawn": 1}
    assert sent(site) == dict.fromkeys(site.pages, 1)
    assert counts(portal.run(source_id)) == {"unchanged": 4}
    assert sent(site) == ({} if tags else dict.fromkeys(site.pages, 1))
    tk.get_action("package_delete")(
        {"ignore_auth": True, "user": portal.editor["name"]}, {"id": "harbour-plan-final-2"}
    )
    portal.run(source_id)
    assert sent(site) == dict.fromkeys(site.pages, 1)


def test_a_table_that_cannot_be_had_withdraws_nothing(portal: Portal, site: Site) -> None:
    site.pages = dict(TABLES)
    source_id = portal.source(site.url)
    portal.run(source_id)
    links = dict(site.pages)
    site.meanwhile = lambda name: setattr(
        site, "pages", {**links, "drafts.csv": None} if name == "drafts.csv" else links
    )
    report = portal.run(source_id)
    assert counts(report) == {"unchanged": 4, "rejected": 1}
    assert portal.report(report["job_id"])["problems"] == []


NOTE = "What the office wrote down for itself.\n"

GONE, KEPT = {"unchanged": 4, "withdrawn": 1, "rejected": 1}, {"unchanged": 4, "rejected": 1}
ENDS_FIRST = record(1).replace("10:30 AM - 12:00 PM", "12:30 PM - 10:00 AM")


@pytest.mark.parametrize(
    ("tags", "beside", "becomes", "outcomes"),
    [
        # What can be read and is no table holds none of the rows.
        (True, NOTE, NOTE, GONE),
        (False, NOTE, NOTE, GONE),
        (True, ENDS_FIRST, ENDS_FIRST, GONE),
        # A session was published of it, so that it is no table whatever has happened to it.
        (True, record(1), None, GONE),
        # It cannot be had, or may be a damaged table: the row may have moved there.
        (True, None, None, KEPT),
        (True, NOTE, b"PK\x03\x04 half of a workbook", KEPT),
    ],
    ids=[
        "a note",
        "a note of a server without tags",
        "a rejected session",
        "a session that is away",
        "away",
        "damaged",
    ],
)
def test_a_row_goes_though_a_page_is_rejected_that_certainly_does_not_hold_it(
    portal: Portal, site: Site, tags: bool, beside: str | None, becomes: str | bytes | None, outcomes: Any
) -> None:
    site.tags = tags
    pages: dict[str, Any] = {**TABLES, "beside": beside}
    site.pages = pages
    source_id = portal.source(site.url)
    portal.run(source_id)
    fewer = TABLES["commitments.csv"].replace("3,final,Open quays\n", "")
    site.pages = {**pages, "commitments.csv": fewer, "beside": becomes}
    assert counts(portal.run(source_id)) == outcomes


def test_a_page_that_answers_in_place_of_a_table_withdraws_none_of_its_rows(
    portal: Portal, site: Site
) -> None:
    site.pages = dict(TABLES)
    source_id = portal.source(site.url)
    portal.run(source_id)
    site.pages = {**TABLES, "drafts.csv": "<html><body><p>Closed for repairs.</p></body></html>"}
    assert counts(portal.run(source_id)) == KEPT


def test_rows_that_were_published_before_keys_told_their_file_stay_while_a_page_is_rejected(
    portal: Portal, site: Site, monkeypatch: Any
) -> None:
    site.pages = {**TABLES, "beside": NOTE}
    source_id = portal.source(site.url)
    with monkeypatch.context() as patch:
        patch.setattr(keys, "row_key", lambda key, address, row: keys.record_key(key, f"{address}\n{row}"))
        portal.run(source_id)
    fewer = TABLES["commitments.csv"].replace("3,final,Open quays\n", "")
    site.pages = {**site.pages, "commitments.csv": fewer}
    assert counts(portal.run(source_id)) == KEPT
    site.pages = {name: text for name, text in site.pages.items() if name != "beside"}
    assert counts(portal.run(source_id)) == {"unchanged": 4, "withdrawn": 1}
