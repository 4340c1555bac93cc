"""Pages that have not changed are neither sent nor read again; what is not in order is."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.opengovbelize.model import Page
from ckanext.opengovbelize.runs import keys, pipeline
from ckanext.opengovbelize.runs.pages import Seen
from ckanext.opengovbelize.sources import archives, sitemaps
from ckanext.opengovbelize.sources import pages as list_pages

from ..soak.servers import Site
from ..sources.test_sitemaps import EVENT, sitemap
from .conftest import Portal, record
from .test_preview import ADDING, look
from .test_preview import SAMPLES as FORMATS

pytestmark = [pytest.mark.server]

RECORDS = {f"{number}.md": record(number) for number in (1, 2, 3)}
CAPTIONS = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Ana Invented>Welcome to the harbour.\n"
SAMPLES = Path("samples")


@pytest.fixture
def site(portal: Portal, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    made = Site(dict(RECORDS))
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.allowed_hosts", [f"127.0.0.1:{made.port}"])
    yield made
    made.end()


def counts(report: dict[str, Any]) -> dict[str, int]:
    return {outcome: number for outcome, number in report["counts"].items() if number}


def archive(pages: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name, text in pages.items():
            made.writestr(zipfile.ZipInfo(name), text)
    return data.getvalue()


def sent(site: Site) -> dict[str, int]:
    """Return which records were sent since the last look."""
    found = {name: number for name, number in site.sent.items() if name}
    site.sent.clear()
    return found


def test_a_page_that_has_not_changed_is_not_read(portal: Portal, site: Site, monkeypatch: Any) -> None:
    source_id = portal.source(site.url)
    portal.run(source_id)
    assert sent(site) == {"1.md": 1, "2.md": 1, "3.md": 1}
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "read", None)
        report = portal.run(source_id)
    assert (counts(report), sent(site)) == ({"unchanged": 3}, {})
    assert [row["name"] for row in report["records"]] == [f"harbour-2025-{number}" for number in (1, 2, 3)]


def test_every_kind_of_file_becomes_what_its_preview_shows_and_is_not_sent_again(
    portal: Portal, site: Site
) -> None:
    for path in FORMATS:
        if path.name in ADDING:
            continue
        editors = [{"name": portal.editor["name"], "capacity": "editor"}]
        portal.organization = factories.Organization(users=editors)
        site.pages = {path.name: path.read_bytes()}
        address = site.url + path.name
        # By itself it is taken for a repository, and asked for its list.
        config = {"format": "oai-dc"} if path.name == "oai-dc.xml" else {}
        found = look(portal, address, json.dumps(config))["records"]
        shown = sorted((row["outcome"], row["name"]) for row in found)
        sent(site)

        source_id = portal.source(address, f"source-of-{path.name.replace('.', '-')}", **config)
        first = portal.run(source_id)
        assert sorted((row["outcome"], row["name"]) for row in first["records"]) == shown, path.name
        assert sent(site) == {path.name: 1}

        second = counts(portal.run(source_id))
        stays = {"unchanged": first["counts"]["added"], "rejected": first["counts"]["rejected"]}
        assert second == {outcome: number for outcome, number in stays.items() if number}, path.name
        # What a plan's reports say already is known from the second run on.
        assert sent(site) == ({path.name: 1} if path.stem == "plan" else {}), path.name


def test_one_that_has_is_and_one_that_is_gone_is_withdrawn(portal: Portal, site: Site) -> None:
    source_id = portal.source(site.url)
    portal.run(source_id)
    sent(site)
    site.pages = {**RECORDS, "2.md": record(2, objective="To show what is read again.")}
    del site.pages["3.md"]
    report = portal.run(source_id)
    assert counts(report) == {"unchanged": 1, "updated": 1, "withdrawn": 1}
    assert sent(site) == {"2.md": 1}
    assert model.Session.query(Page).filter_by(kind="").count() == 2
    site.pages = dict(RECORDS)
    assert counts(portal.run(source_id)) == {"unchanged": 1, "updated": 2}


def test_what_is_rejected_for_what_it_says_is_told_again_and_not_read(portal: Portal, site: Site) -> None:
    site.pages = {**RECORDS, "broken.md": ""}
    source_id = portal.source(site.url)
    told = []
    for times in (1, 0, 0):
        report = portal.run(source_id)
        assert sent(site).get("broken.md", 0) == times
        told.append([row for row in report["records"] if row["outcome"] == "rejected"])
    assert [row["reasons"] for row in told[0]] == [["file-empty"]]
    assert told[0] == told[1] == told[2]
    site.pages = {**RECORDS, "broken.md": record(4)}
    assert counts(portal.run(source_id)) == {"unchanged": 3, "added": 1}


def test_what_is_rejected_keeps_public_what_it_said_before(portal: Portal, site: Site) -> None:
    source_id = portal.source(site.url)
    portal.run(source_id)
    site.pages = {**RECORDS, "3.md": ""}
    for _ in range(2):
        assert counts(portal.run(source_id)) == {"unchanged": 2, "rejected": 1}
    assert portal.webinar(3)["publication_state"] == "released"


def test_what_the_catalogue_refuses_is_judged_anew(portal: Portal, site: Site) -> None:
    """Captions are refused while their session is not there; that says nothing of the next run."""
    site.pages = {"captions.vtt": CAPTIONS}
    source_id = portal.source(f"{site.url}captions.vtt", series="harbour-2025", session=1)
    assert [row["reasons"] for row in portal.run(source_id)["records"]] == [["session-unknown"]]
    portal.write("1.md", record(1))
    assert counts(portal.run(portal.source(name="the-records"))) == {"added": 1}
    assert "rejected" not in counts(portal.run(source_id))


def test_everything_is_read_where_it_would_be_read_otherwise_now(portal: Portal, site: Site) -> None:
    source_id = portal.source(site.url)
    portal.run(source_id)
    sent(site)
    portal.configure(source_id, site.url, trust=70)
    portal.run(source_id)
    assert set(sent(site)) == set(RECORDS)


def test_what_was_never_published_is_read_again(portal: Portal, site: Site, monkeypatch: Any) -> None:
    """A server's word that nothing has changed says nothing of what became of it here."""
    source_id = portal.source(site.url)

    def fails(*_: Any, **__: Any) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr("ckanext.opengovbelize.catalogue.pipeline.publish", fails)
        assert portal.run(source_id)["counts"]["rejected"] == 3
    assert counts(portal.run(source_id)) == {"added": 3}


def test_a_source_that_is_one_page_is_asked_so_too(portal: Portal, site: Site) -> None:
    source_id = portal.source(f"{site.url}1.md")
    assert counts(portal.run(source_id)) == {"added": 1}
    assert counts(portal.run(source_id)) == {"unchanged": 1}
    assert site.sent == {"1.md": 1}


@pytest.mark.parametrize("tags", [True, False], ids=["a server that tells", "the same bytes"])
def test_an_archive_that_has_not_changed_is_not_unpacked(
    portal: Portal, site: Site, monkeypatch: Any, tags: bool
) -> None:
    site.tags = tags
    site.pages = {"records.zip": archive({**RECORDS, "broken.md": ""})}
    source_id = portal.source(f"{site.url}records.zip")
    first = portal.run(source_id)
    assert counts(first) == {"added": 3, "rejected": 1}
    sent(site)
    hashed: list[bytes] = []
    content_hash = keys.content_hash

    def hashing(hash_key: bytes, data: bytes, *more: Any) -> str:
        hashed.append(data)
        return content_hash(hash_key, data, *more)

    with monkeypatch.context() as patch:
        patch.setattr(archives, "_unpack", None)
        patch.setattr(keys, "content_hash", hashing)
        report = portal.run(source_id)
    assert hashed == ([] if tags else [site.pages["records.zip"]])
    assert counts(report) == {"unchanged": 3, "rejected": 1}
    assert sent(site) == ({} if tags else {"records.zip": 1})
    assert [row["label"] for row in report["records"]] == [row["label"] for row in first["records"]]
    changed = {**RECORDS, "2.md": record(2, objective="To show what is read again.")}
    del changed["3.md"]
    site.pages = {"records.zip": archive(changed)}
    assert counts(portal.run(source_id)) == {"unchanged": 1, "updated": 1, "withdrawn": 1}
    portal.configure(source_id, f"{site.url}records.zip", include="1.md", shrink_percent=100)
    assert counts(portal.run(source_id)) == {"unchanged": 1, "withdrawn": 1}


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


@pytest.mark.parametrize("tags", [True, False], ids=["a server that tells", "the same bytes"])
def test_a_list_that_has_not_changed_is_not_read_and_its_records_are_asked_for(
    portal: Portal, site: Site, monkeypatch: Any, tags: bool
) -> None:
    site.tags = tags
    source_id = portal.source(site.url)
    portal.run(source_id)
    site.sent.clear()
    site.pages = {**RECORDS, "2.md": record(2, objective="To show what is read again.")}
    with monkeypatch.context() as patch:
        patch.setattr(list_pages, "record_links", None)
        patch.setattr(list_pages, "reads_as_record", None)
        assert counts(portal.run(source_id)) == {"unchanged": 2, "updated": 1}
    assert site.sent == ({"2.md": 1} if tags else {"": 1, "1.md": 1, "2.md": 1, "3.md": 1})
    site.pages = {"1.md": RECORDS["1.md"], "2.md": site.pages["2.md"], "4.md": record(4)}
    assert counts(portal.run(source_id)) == {"unchanged": 2, "added": 1, "withdrawn": 1}


def test_a_list_with_a_name_in_an_address_is_kept_nowhere(portal: Portal, site: Site) -> None:
    """It is sent again in every run; its records are asked for only whether they have changed."""
    site.pages = {**RECORDS, "webinar-with-maria-lopez.md": record(4)}
    source_id = portal.source(site.url)
    portal.run(source_id)
    site.sent.clear()
    assert counts(portal.run(source_id)) == {"unchanged": 4}
    assert site.sent == {"": 1}
    rows = model.Session.query(Page).all()
    assert not [row for row in rows if "lopez" in repr([getattr(row, name) for name in Seen.__annotations__])]


def test_another_pattern_reads_the_list_anew(portal: Portal, site: Site) -> None:
    source_id = portal.source(site.url, shrink_percent=100)
    portal.run(source_id)
    portal.configure(source_id, site.url, shrink_percent=100, listing="*/1.md")
    assert counts(portal.run(source_id)) == {"unchanged": 1, "withdrawn": 2}


@pytest.mark.parametrize("tags", [True, False], ids=["a server that tells", "the same bytes"])
def test_pages_of_a_sitemap_that_describe_no_session_are_not_read_again(
    portal: Portal, site: Site, monkeypatch: Any, tags: bool
) -> None:
    site.tags = tags
    other = "<!doctype html><html><body><p>About the harbour</p></body></html>"
    site.pages = {
        "map.xml": sitemap(f"{site.url}part.xml", kind="sitemapindex"),
        "part.xml": sitemap(*(f"{site.url}{name}" for name in ("session.html", "about.html"))),
        "session.html": EVENT,
        "about.html": other,
    }
    source_id = portal.source(f"{site.url}map.xml")
    told = [portal.run(source_id)]
    site.sent.clear()
    with monkeypatch.context() as patch:
        for room in (list_pages, sitemaps):
            patch.setattr(room, "reads_as_record", None)
        patch.setattr(sitemaps.xml, "parse", None)
        told.append(portal.run(source_id))
    assert sent(site) == ({} if tags else dict.fromkeys(site.pages, 1))
    assert [counts(report) for report in told] == [{"added": 1}, {"unchanged": 1}]
    assert [[problem["message"][:52] for problem in report["problems"]] for report in told] == [
        ["Pages of the sitemap that describe no session: 1. Th"]
    ] * 2
    site.pages = {**site.pages, "about.html": EVENT.replace("1: Boats", "2: Nets")}
    report = portal.run(source_id)
    assert (counts(report), report["problems"]) == ({"unchanged": 1, "added": 1}, [])


def test_a_sitemap_that_cannot_be_had_withdraws_nothing(portal: Portal, site: Site) -> None:
    """Of five sessions only one is missing: fewer than the share that a shrunk list may lose."""
    pages = {f"{number}.md": record(number) for number in range(1, 6)}
    parts = {
        "some.xml": sitemap(*(f"{site.url}{number}.md" for number in range(1, 5))),
        "more.xml": sitemap(f"{site.url}5.md"),
    }
    index = sitemap(*(f"{site.url}{name}" for name in parts), kind="sitemapindex")
    site.pages = {"map.xml": index, **parts, **pages}
    source_id = portal.source(f"{site.url}map.xml", listing="*.md")
    assert counts(portal.run(source_id)) == {"added": 5}
    site.pages = {"map.xml": index, "some.xml": parts["some.xml"], **pages}
    report = portal.run(source_id)
    assert counts(report) == {"unchanged": 4}
    assert [problem["code"] for problem in report["problems"]] == ["address-status", "listing-partial"]
    site.pages = {"map.xml": index, **parts, **pages}
    site.sent.clear()
    assert counts(portal.run(source_id)) == {"unchanged": 5}
    assert sent(site) == {}


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
ENDS_FIRST = record(1).replace("10:30 AM - 12:00 PM", "12:30 PM - 10:00 AM")
GONE, KEPT = {"unchanged": 4, "withdrawn": 1, "rejected": 1}, {"unchanged": 4, "rejected": 1}


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
