"""A gathering that is killed goes on where it was; one that somebody ends publishes and asks for nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories, helpers
from ckanext.harvest.model import HarvestObject
from ckanext.opengovbelize.catalogue.ledger import RETIRED
from ckanext.opengovbelize.harvesters import consumers
from ckanext.opengovbelize.model import LedgerEntry, Run, RunRecord
from ckanext.opengovbelize.runs import leases, sweeper

from ..soak.servers import Site
from .conftest import Portal, serving
from .test_gathering import PAGES, RECORDS, is_added_once

pytestmark = [pytest.mark.server]


@pytest.fixture
def site(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A web site with records, of which each fills a batch."""
    with serving(PAGES, ckan_config, monkeypatch) as made:
        monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.batch_size", 1)
        yield made


@pytest.mark.parametrize("meanwhile", ["nothing", "imported", "objects lost"])
def test_a_gathering_that_is_killed_in_the_middle_goes_on_where_it_was(
    portal: Portal, site: Site, monkeypatch: Any, meanwhile: str
) -> None:
    job_id = portal.start(portal.source(site.url))
    beats: list[int] = []

    def dies(*_: Any) -> None:
        beats.append(1)
        if len(beats) == 4:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(leases.Lease, "beat", dies)
        consumers.work_once(leases.GATHER)
    model.Session.remove()
    assert portal.report(job_id)["counts"]["waiting"] == 3
    if meanwhile == "imported":
        assert consumers.work_once(leases.IMPORT) and consumers.work_once(leases.IMPORT)
    elif meanwhile == "objects lost":
        # ckanext-harvest's own consumer deletes what a gathering had made that breaks off.
        model.Session.execute(sa.text("DELETE FROM harvest_object"))
        model.Session.commit()
    assert is_added_once(portal, job_id)["errors"] == 0
    objects = [state for (state,) in model.Session.query(HarvestObject.state)]
    assert objects == ["COMPLETE"] * RECORDS


@pytest.mark.parametrize(
    ("action", "stays"),
    [
        ("harvest_job_abort", 3),
        ("harvest_source_clear", 0),
        ("harvest_source_delete", 3),
        ("package_delete", 3),
        ("dataset_purge", 3),
        ("harvest_source_patch", 3),
        ("bulk_update_delete", 3),
    ],
)
def test_what_is_ended_in_the_middle_publishes_nothing_more(
    portal: Portal, site: Site, action: str, stays: int
) -> None:
    source_id = portal.source(site.url)
    job_id = portal.start(source_id)

    def while_asked_for(name: str) -> None:
        if name == "4.md":
            while consumers.work_once(leases.IMPORT):
                pass
            values = {
                "harvest_job_abort": {"id": job_id},
                "harvest_source_patch": {"id": source_id, "state": "deleted"},
                "bulk_update_delete": {"datasets": [source_id], "org_id": portal.organization["id"]},
            }.get(action, {"id": source_id})
            helpers.call_action(action, {"user": factories.Sysadmin()["name"]}, **values)
            model.Session.remove()

    site.meanwhile = while_asked_for
    consumers.work_all()
    sweeper.sweep()

    # No work is left, and the consumer works on.
    assert not any(sweeper.sweep().as_dict().values())
    assert helpers.call_action("package_search", fq="dataset_type:webinar")["count"] == stays
    told = {outcome for (outcome,) in model.Session.query(RunRecord.outcome)}
    assert told == {"added"}
    assert model.Session.query(Run).one().finished_at
    if action not in ("harvest_job_abort", "harvest_source_clear"):
        assert {entry.trust for entry in model.Session.query(LedgerEntry)} == {RETIRED}
        return
    site.meanwhile = lambda _name: None
    report = portal.run(source_id)
    assert report["errors"] == 0
    assert helpers.call_action("package_search", fq="dataset_type:webinar")["count"] == RECORDS


def test_an_aborted_gathering_asks_for_no_further_page(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing is handed over at which it would find out: ten records are handed over together first."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.batch_size", 50)
    monkeypatch.setattr(leases, "LOOK_SECONDS", 0)
    job_id = portal.start(portal.source(site.url))
    asked: list[str] = []

    def while_asked_for(name: str) -> None:
        asked.append(name)
        if name == "2.md":
            helpers.call_action("harvest_job_abort", id=job_id)
            model.Session.remove()

    site.meanwhile = while_asked_for
    consumers.work_all()
    assert asked == ["", "1.md", "2.md"]
    assert portal.report(job_id)["finished_at"]


@pytest.mark.parametrize("action", ["organization_delete", "organization_purge"])
def test_an_organization_that_goes_ends_what_its_sources_do(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any, action: str
) -> None:
    monkeypatch.setitem(ckan_config, "ckan.auth.create_unowned_dataset", True)
    job_id = portal.start(portal.source(site.url))

    def while_asked_for(name: str) -> None:
        if name == "4.md":
            admin = {"user": factories.Sysadmin()["name"]}
            helpers.call_action(action, admin, id=portal.organization["id"])
            model.Session.remove()

    site.meanwhile = while_asked_for
    portal.finish(job_id)
    assert not any(sweeper.sweep().as_dict().values())
    assert helpers.call_action("package_search", fq="dataset_type:webinar")["count"] == 0
    assert portal.job(job_id)["status"] == "Finished"


def test_a_source_that_is_read_or_deleted_starts_no_run_and_says_so(portal: Portal, app: Any) -> None:
    source_id = portal.source()
    job_id = portal.start(source_id)
    headers = {"Authorization": factories.SysadminWithToken()["token"]}

    def said() -> str:
        asked = {"headers": headers, "json": {"source_id": source_id}, "status": 409}
        return app.post("/api/3/action/harvest_job_create", **asked).json["error"]["source_id"][0]

    assert "is being read" in said()
    portal.finish(job_id)
    helpers.call_action("harvest_source_delete", {"user": portal.editor["name"]}, id=source_id)
    assert "was deleted" in said()
