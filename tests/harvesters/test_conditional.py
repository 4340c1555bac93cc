"""Pages that have not changed are neither sent nor read again; what is not in order is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ckan import model
from ckanext.opengovbelize.model import Page
from ckanext.opengovbelize.runs import pipeline

from ..soak.servers import Site
from .conftest import Portal, record

pytestmark = [pytest.mark.server]

RECORDS = {f"{number}.md": record(number) for number in (1, 2, 3)}


@pytest.fixture
def site(portal: Portal, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    made = Site(dict(RECORDS))
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.allowed_hosts", [f"127.0.0.1:{made.port}"])
    yield made
    made.end()


def counts(report: dict[str, Any]) -> dict[str, int]:
    return {outcome: number for outcome, number in report["counts"].items() if number}


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


def test_one_that_has_is_and_one_that_is_gone_is_withdrawn(portal: Portal, site: Site) -> None:
    source_id = portal.source(site.url)
    portal.run(source_id)
    sent(site)
    site.pages = {**RECORDS, "2.md": record(2, objective="To show what is read again.")}
    del site.pages["3.md"]
    report = portal.run(source_id)
    assert counts(report) == {"unchanged": 1, "updated": 1, "withdrawn": 1}
    assert sent(site) == {"2.md": 1}
    assert model.Session.query(Page).count() == 2
    site.pages = dict(RECORDS)
    assert counts(portal.run(source_id)) == {"unchanged": 1, "updated": 2}


def test_what_was_rejected_is_read_and_told_again(portal: Portal, site: Site) -> None:
    site.pages = {**RECORDS, "broken.md": ""}
    source_id = portal.source(site.url)
    for number in range(2):
        assert portal.run(source_id)["counts"]["rejected"] == 1
        assert sent(site).get("broken.md") == 1, number


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
