"""A field that Solr refuses harms neither the run nor its record (ckanext-harvest #350)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ckan import model
from ckan.lib.search import SearchIndexError
from ckan.plugins import toolkit as tk
from ckan.tests import helpers
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestObject
from ckanext.opengovbelize.catalogue.reconcile import reconcile

from ..queues import consume
from . import stock
from .conftest import Portal, record
from .other_portal import served
from .test_records_harvester import counts

pytestmark = [pytest.mark.server]

LINEAGE = "All parameters were surveyed again. " * 1_500
NAMES = {f"levels-{number}" for number in range(3)}


@pytest.fixture
def address(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Another portal with three datasets, of which the second tells its lineage at length."""
    packages = [
        stock.dataset(number, lineage=LINEAGE if number == 1 else "Surveyed once.") for number in range(3)
    ]
    with served(stock.Answering(stock.by_id(packages))) as at:
        monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.allowed_hosts", [at.removeprefix("http://")])
        yield at


def stored() -> set[str]:
    return {name for (name,) in model.Session.query(model.Package.name).filter_by(type="dataset")}


def found() -> set[str]:
    return {
        row["name"] for row in helpers.call_action("package_search", fq="dataset_type:dataset")["results"]
    }


def gathered(portal: Portal, address: str) -> str:
    job_id = portal.start(portal.source(address))
    consume(queue.get_gather_consumer(), queue.gather_callback)
    return job_id


def test_in_stock_harvest_the_dataset_is_told_as_an_error_and_is_there_and_cannot_be_found(
    portal: Portal, address: str
) -> None:
    with stock.harvesting():
        job_id = gathered(portal, address)
        consume(queue.get_fetch_consumer(), queue.fetch_callback)
    helpers.call_action("harvest_jobs_run")
    stats = portal.job(job_id)["stats"]
    assert (stats["added"], stats["errored"]) == (2, 1)
    assert stored() == NAMES
    assert found() == NAMES - {"levels-1"}
    # So database and index drift apart, and nobody is told. Here that is found, and mended.
    assert len(reconcile().missing) == 1
    assert found() == NAMES


def test_in_stock_harvest_a_harvester_that_does_not_catch_it_ends_the_consumer_and_the_job_runs_for_ever(
    portal: Portal, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The complaint itself: ckanext-spatial's harvesters, among others, let it through."""

    def lets_it_through(self: stock.Stock, harvest_object: Any) -> bool:
        context = {"user": portal.editor["name"], "ignore_auth": True}
        tk.get_action("package_create")(context, self.package_of(harvest_object))
        return True

    monkeypatch.setattr(stock.Stock, "import_stage", lets_it_through)
    with stock.harvesting():
        job_id = gathered(portal, address)
        with pytest.raises(SearchIndexError, match="immense term"):
            consume(queue.get_fetch_consumer(), queue.fetch_callback)
        model.Session.remove()
        # Another consumer finds no message of it any more.
        consume(queue.get_fetch_consumer(), queue.fetch_callback)
    helpers.call_action("harvest_jobs_run")
    states = {each.guid[-1]: each.state for each in model.Session.query(HarvestObject)}
    assert states["1"] == "IMPORT"
    assert portal.job(job_id)["status"] == "Running"


def test_here_it_is_published_and_found(portal: Portal, address: str) -> None:
    job_id = portal.finish(portal.start(portal.source(address)))
    assert counts(portal.report(job_id)) == {"added": 3}
    assert portal.job(job_id)["status"] == "Finished"
    assert stored() == found() == NAMES


def test_here_the_words_of_a_long_session_are_found(portal: Portal) -> None:
    sentences = "\n\n".join(f"{LINEAGE[:720]} Part {number} of them." for number in range(60))
    assert len(sentences) > 40_000
    portal.write("long.md", record(1, objective=sentences))
    portal.write("short.md", record(2))
    assert counts(portal.run(portal.source())) == {"added": 2}
    assert len(portal.webinar(1)["objective"]) > 40_000
    found = helpers.call_action("package_search", q="surveyed", fq="dataset_type:webinar")["results"]
    assert [row["name"] for row in found] == ["harbour-2025-1"]
