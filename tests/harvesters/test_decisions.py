"""An editor's decision about a doubtful record counts within minutes: its source is read again at once."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.tests import helpers
from ckanext.harvest.model import HarvestJob, HarvestSource
from ckanext.opengovbelize.model import Doubt
from ckanext.opengovbelize.runs import decisions, reports

from .conftest import Portal

pytestmark = [pytest.mark.server]

# Invented.
RECORD = """# How a plan is made

**Date:** {day} February 2025, 10:30 AM - 12:00 PM (Belize time)

**Facilitated by:** Ana Invented, Harbour Institute

**Objective:** To show how a record is harvested.
"""


@pytest.fixture
def doubtful(portal: Portal) -> str:
    """Return the id of a source whose one record may be the session of another source, at another time."""
    ids = []
    for name, day in (("page", "Thursday 13"), ("calendar", "Thursday 20")):
        portal.write(f"{name}/session.md", RECORD.format(day=day))
        ids.append(portal.source((portal.folder / name).as_uri(), name))
        portal.run(ids[-1])
    assert model.Session.query(Doubt).count() == 1
    return ids[-1]


def decide(portal: Portal, decision: str) -> dict[str, Any]:
    (doubt,) = model.Session.query(Doubt)
    context = {"user": portal.editor["name"], "ignore_auth": False}
    return helpers.call_action("opengovbelize_doubt_decide", context, id=doubt.id, decision=decision)


def jobs(source_id: str) -> list[str]:
    rows = model.Session.query(HarvestJob).filter_by(source_id=source_id).order_by(HarvestJob.created)
    return [job.status for job in rows]


def webinars() -> int:
    return helpers.call_action("package_search", fq="dataset_type:webinar")["count"]


@pytest.mark.parametrize(("decision", "found"), [("same", 1), ("different", 2)])
def test_it_counts_at_once(portal: Portal, doubtful: str, decision: str, found: int) -> None:
    assert (jobs(doubtful), webinars()) == (["Finished"], 1)
    assert decide(portal, decision)["run"]
    assert jobs(doubtful) == ["Finished", "Running"]
    portal.finish("")
    assert (jobs(doubtful), webinars()) == (["Finished"] * 2, found)
    # One run is enough, however often the scheduler looks.
    assert decisions.run_sources() == []


def test_one_that_comes_while_the_source_is_read_is_followed_by_another_run(
    portal: Portal, doubtful: str
) -> None:
    """The record may have been read already; a second decision about the source makes no third run."""
    job_id = portal.start(doubtful)
    reports.start(doubtful, portal.organization["id"], job_id)
    model.Session.commit()
    for decision in ("same", "different"):
        assert decide(portal, decision)["run"]
    assert jobs(doubtful) == ["Finished", "Running"]
    portal.finish(job_id)
    assert decisions.run_sources() == [doubtful]
    portal.finish("")
    assert (jobs(doubtful), webinars(), decisions.run_sources()) == (["Finished"] * 3, 2, [])


def test_where_nothing_reads_the_source_the_answer_says_so(portal: Portal, doubtful: str) -> None:
    model.Session.query(HarvestSource).filter_by(id=doubtful).update({"active": False})
    model.Session.commit()
    assert not decide(portal, "same")["run"]
    assert jobs(doubtful) == ["Finished"]
