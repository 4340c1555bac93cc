"""The history of a source does not grow without end (ckanext-harvest #567, #480)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from ckan import model
from ckan.tests import helpers
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestGatherError, HarvestJob, HarvestObject
from ckanext.opengovbelize.model import Run
from ckanext.opengovbelize.runs import retention

from ..queues import consume
from . import stock
from .conftest import Portal, record
from .other_portal import served

pytestmark = [pytest.mark.server]

TABLES = (HarvestJob, HarvestObject, Run)


def rows() -> list[int]:
    return [model.Session.query(table).count() for table in TABLES]


def run_often(portal: Portal, source_id: str, times: int) -> None:
    for number in range(times):
        portal.write("one.md", record(1, objective=f"To show version {number} of what is harvested."))
        portal.run(source_id)


def test_in_stock_harvest_every_run_leaves_a_copy_of_each_dataset_for_good(
    portal: Portal, monkeypatch: Any, ckan_config: Any
) -> None:
    """The complaint itself: what a source has changed three times lies in the table three times, whole."""
    answering = stock.Answering({})
    with stock.harvesting(), served(answering) as address:
        monkeypatch.setitem(
            ckan_config, "ckanext.opengovbelize.allowed_hosts", [address.removeprefix("http://")]
        )
        source_id = portal.source(address)
        for run in range(3):
            changed = [
                {**stock.dataset(n), "metadata_modified": f"202{run}-02-13T10:30:00"} for n in range(4)
            ]
            answering.state.packages = stock.by_id(changed)
            portal.start(source_id)
            consume(queue.get_gather_consumer(), queue.gather_callback)
            consume(queue.get_fetch_consumer(), queue.fetch_callback)
            helpers.call_action("harvest_jobs_run")
    kept = model.Session.query(HarvestObject).all()
    assert len(kept) == 3 * 4
    assert all(len(each.content) > 100 for each in kept)


def test_a_run_leaves_no_copy_of_a_record(portal: Portal) -> None:
    for number in range(4):
        portal.write(f"{number}.md", record(number + 1))
    source_id = portal.source()
    run_often(portal, source_id, 3)
    kept = model.Session.query(HarvestObject).all()
    assert (len(kept), [each.content for each in kept if each.content]) == (3, [])


def test_so_many_runs_are_kept_however_often_a_source_runs(
    portal: Portal, monkeypatch: Any, ckan_config: Any
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.keep_runs", 2)
    source_id = portal.source()
    for _ in range(2):
        run_often(portal, source_id, 3)
        assert retention.clear().jobs
        assert rows() == [2, 2, 2]
    assert portal.run(source_id)["counts"]["unchanged"] == 1


def test_old_runs_go_but_the_last_one_stays(portal: Portal) -> None:
    source_id = portal.source("file:/nowhere")
    for _ in range(3):
        portal.run(source_id)
    old = datetime.now() - timedelta(days=1000)
    model.Session.query(HarvestJob).update({"created": old})
    model.Session.query(Run).update({"started_at": old})
    model.Session.commit()
    assert model.Session.query(HarvestGatherError).count() == 3
    cleared = retention.clear()
    assert (cleared.jobs, model.Session.query(HarvestGatherError).count()) == (2, 1)
    assert not any(retention.clear().as_dict().values())


def test_a_job_that_runs_is_never_cleared(portal: Portal, monkeypatch: Any, ckan_config: Any) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.keep_runs", 1)
    portal.write("one.md", record(1))
    source_id = portal.source()
    job_id = portal.start(source_id)
    model.Session.query(HarvestJob).update({"created": datetime(2020, 1, 1)})
    model.Session.commit()
    retention.clear()
    assert portal.report(portal.finish(job_id))["counts"]["added"] == 1
