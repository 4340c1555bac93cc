"""Lists of pages that have not changed are not read again, and what cannot be had withdraws nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ckan import model
from ckanext.opengovbelize.model import Page
from ckanext.opengovbelize.runs.pages import Seen
from ckanext.opengovbelize.sources import pages as list_pages
from ckanext.opengovbelize.sources import sitemaps

from ..soak.servers import Site
from ..sources.test_sitemaps import EVENT, sitemap
from .conftest import Portal, record, serving
from .test_conditional import RECORDS, counts, sent

pytestmark = [pytest.mark.server]


@pytest.fixture
def site(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A web site with records."""
    with serving(RECORDS, ckan_config, monkeypatch) as made:
        yield made


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


def test_what_moved_to_another_page_of_an_answer_is_not_withdrawn(portal: Portal, site: Site) -> None:
    def page(*numbers: int, pages: int) -> str:
        rows = [
            {
                "series": "Harbour series",
                "number": n,
                "title": f"Harbour {n}",
                "start": f"2025-03-{n:02} 10:30",
            }
            for n in numbers
        ]
        return json.dumps({"sessions": rows, "meta": {"current_page": 1, "last_page": pages}})

    site.pages = {"sessions.json": page(1, 2, 3, pages=1)}
    source_id = portal.source(f"{site.url}sessions.json")
    assert counts(portal.run(source_id)) == {"added": 3}
    site.pages = {"sessions.json": page(2, 3, 4, pages=2)}
    report = portal.run(source_id)
    assert counts(report) == {"added": 1, "unchanged": 2}
    assert [problem["code"] for problem in report["problems"]] == ["listing-partial"]
    site.pages = {"sessions.json": page(2, 3, 4, pages=1)}
    assert counts(portal.run(source_id)) == {"unchanged": 3, "withdrawn": 1}


def test_a_list_on_several_pages_is_known_as_one(portal: Portal, site: Site) -> None:
    """A session that slides to the next page stays, and nothing is gone where that page does not answer."""

    def page(*numbers: int, following: str = "") -> str:
        links = "".join(f'<a href="{number}.md">{number}</a>' for number in numbers)
        return f"<html><body>{links}{following and f'<a rel=next href={following}>next</a>'}</body></html>"

    first, second = page(1, 2, following="older.html"), page(3)
    site.pages = {"list.html": first, "older.html": second, **RECORDS}
    source_id = portal.source(f"{site.url}list.html", listing="*.md")
    assert counts(portal.run(source_id)) == {"added": 3}
    site.sent.clear()
    assert counts(portal.run(source_id)) == {"unchanged": 3}
    assert sent(site) == {}
    site.pages = {"list.html": first, **RECORDS}
    report = portal.run(source_id)
    assert counts(report) == {"unchanged": 2}
    assert [problem["code"] for problem in report["problems"]] == ["address-status", "listing-partial"]
    slid = {"list.html": page(4, 1, following="older.html"), "older.html": page(2), "4.md": record(4)}
    site.pages = {**RECORDS, **slid}
    assert counts(portal.run(source_id)) == {"added": 1, "unchanged": 2, "withdrawn": 1}
