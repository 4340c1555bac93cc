"""Several hundred sources: a list that stays manageable, and each run when it is due."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import ckan.plugins.toolkit as tk
import pysolr
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories, helpers
from ckanext.harvest.model import HarvestJob, HarvestSource
from ckanext.opengovbelize.catalogue.ledger import now
from ckanext.opengovbelize.harvesters import consumers
from ckanext.opengovbelize.model import Run, RunRecord
from ckanext.opengovbelize.runs import health
from freezegun import freeze_time

from .conftest import Portal, record

pytestmark = [pytest.mark.server]


def insert_source(portal: Portal, number: int, **more: Any) -> str:
    """Make a source as it lies in the database, without its form: three hundred of these take a minute."""
    id_ = str(uuid4())
    model.Session.add(
        model.Package(
            id=id_, name=f"many-{number:03}", title=f"Source {number:03}", type="harvest",
            owner_org=portal.organization["id"],
        )
    )  # fmt: skip
    values = {"frequency": "DAILY", "next_run": now() + datetime.timedelta(hours=5), **more}
    model.Session.add(
        HarvestSource(
            id=id_, url=f"file:/many/{number}", title=f"Source {number:03}", type="opengovbelize_records", **values
        )
    )  # fmt: skip
    return id_


def insert_run(source_id: str, *, rejected: int = 0, failure: bool = False, ago: int = 1) -> None:
    moment = now() - datetime.timedelta(hours=ago)
    job = HarvestJob(source_id=source_id, status="Finished", created=moment)
    model.Session.add(job)
    model.Session.flush()
    run = Run(
        source_id=source_id, job_id=job.id, organization_id="", started_at=moment, gathered_at=moment,
        finished_at=moment, seconds={},
        records=[{"key": "k", "type": "webinar", "name": "n", "label": "l", "outcome": "unchanged", "changes": [],
                  "reasons": [], "problems": []}],
        problems=[{"code": "address-timeout", "message": "…", "failure": True}] if failure else [],
    )  # fmt: skip
    model.Session.add(run)
    model.Session.flush()
    for number in range(rejected):
        model.Session.add(
            RunRecord(
                run_id=run.id, key=str(number), type="webinar", name="", label=f"{number}.md", outcome="rejected",
                changes=[], reasons=["record-empty"], problems=[],
            )
        )  # fmt: skip


def listed(portal: Portal, user: str = "", **asked: Any) -> dict[str, Any]:
    context = {"user": user or portal.editor["name"], "ignore_auth": False}
    return helpers.call_action("opengovbelize_source_list", context, **asked)


@contextmanager
def counting() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    sa.event.listen(model.meta.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(model.meta.engine, "before_cursor_execute", note)


def jobs_read(call: Callable[[], object]) -> int:
    """Return how many rows of ckanext-harvest's table of jobs PostgreSQL reads for a call."""

    def read() -> int:
        statistics = "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables"
        return model.Session.execute(sa.text(f"{statistics} WHERE relname = 'harvest_job'")).scalar_one()

    before = read()
    call()
    return read() - before


def test_the_sources_of_jobs_that_ended_together_reach_the_index_together(
    portal: Portal, monkeypatch: Any
) -> None:
    """ckanext-harvest waits for Solr's commit for each: three hundred sources took two minutes of the scheduler."""
    for number in (1, 2, 3):
        portal.write(f"{number}/session.md", record(number))
        portal.start(portal.source((portal.folder / str(number)).as_uri(), f"source-{number}"))
    consumers.work_all()
    sent: list[str] = []
    add, commit = pysolr.Solr.add, pysolr.Solr.commit

    def adding(solr: Any, docs: Any, *more: Any, **options: Any) -> Any:
        sent.append("document and commit" if options.get("commit") else "document")
        return add(solr, docs, *more, **options)

    def committing(solr: Any, *more: Any, **options: Any) -> Any:
        sent.append("commit")
        return commit(solr, *more, **options)

    with monkeypatch.context() as patch:
        patch.setattr(pysolr.Solr, "add", adding)
        patch.setattr(pysolr.Solr, "commit", committing)
        helpers.call_action("harvest_jobs_run")
    assert sent == [*["document"] * 3, "commit"]
    assert {job.status for job in model.Session.query(HarvestJob)} == {"Finished"}


def test_the_scheduler_counts_the_objects_of_no_job_that_has_just_been_made(portal: Portal) -> None:
    """ckanext-harvest counts them five times for each source that is due; the figures of what ended are told."""
    portal.write("session.md", record(1))
    source_id = portal.source()
    row: Any = HarvestSource.get(source_id)
    row.frequency, row.next_run = "DAILY", datetime.datetime(2020, 1, 1)
    row.save()
    with counting() as statements:
        helpers.call_action("harvest_jobs_run")
    assert not [each for each in statements if "FROM harvest_gather_error" in each]
    consumers.work_all()
    helpers.call_action("harvest_jobs_run")
    told = helpers.call_action("harvest_source_show_status", {"return_stats": False}, id=source_id)
    assert told["last_job"]["stats"]["added"] == 1


def test_three_hundred_sources_cost_as_many_queries_as_three(portal: Portal, app: Any) -> None:
    for number in range(3):
        insert_run(insert_source(portal, number))
    model.Session.commit()
    listed(portal)
    with counting() as few:
        assert listed(portal)["found"] == 3
    for number in range(3, 300):
        source_id = insert_source(portal, number)
        insert_run(source_id, rejected=number % 50 == 0, failure=number % 70 == 0)
        insert_run(source_id, ago=30)
    model.Session.commit()
    with counting() as many:
        page = listed(portal, limit=100)
    assert len(many) == len(few)
    # Nor is the whole history of all of them gone through for each.
    assert jobs_read(health.numbers) <= model.Session.query(HarvestJob).count()
    assert (page["found"], len(page["sources"])) == (300, 100)
    assert page["numbers"] | {"running": 0} == {
        "failing": 4, "errors": 5, "overdue": 0, "running": 0, "never": 0, "well": 291, "inactive": 0,
    }  # fmt: skip
    # What needs somebody stands first.
    assert [row["health"] for row in page["sources"][:10]] == ["failing"] * 4 + ["errors"] * 5 + ["well"]
    assert [row["name"] for row in listed(portal, health="failing")["sources"]] == [
        f"many-{number:03}" for number in (70, 140, 210, 280)
    ]
    last = listed(portal, health="well", limit=200, offset=200)["sources"]
    assert len(last) == 91
    assert last[-1]["last_run"]["counts"]["unchanged"] == 1
    assert [row["name"] for row in listed(portal, q="ource 12")["sources"]] == [
        f"many-{number}" for number in range(120, 130)
    ]
    assert listed(portal, q="100%")["found"] == 0

    failing = listed(portal, health="failing")["sources"][0]
    assert failing["last_success"] < failing["last_run"]["started_at"]
    token = helpers.call_action("api_token_create", user=portal.editor["name"], name="test")["token"]
    page = app.get("/opengovbelize/sources?q=Source&page=2", headers={"Authorization": token}).body
    assert "300 sources" in page
    assert page.count("<tr data-health=") == 50


def test_health_follows_the_last_run(portal: Portal) -> None:
    portal.write("one.md", record(1))
    source_id = portal.source()

    def health() -> str:
        return listed(portal)["sources"][0]["health"]

    assert health() == "never"
    job_id = portal.start(source_id)
    assert health() == "running"
    portal.finish(job_id)
    assert health() == "well"
    portal.write("broken.md", "")
    portal.run(source_id)
    assert health() == "errors"
    (portal.folder / "broken.md").unlink()
    (portal.folder / "one.md").unlink()
    portal.run(source_id)
    assert health() == "failing"
    model.Session.query(HarvestSource).update({"next_run": now() - datetime.timedelta(hours=3)})
    model.Session.commit()
    assert health() == "overdue"
    model.Session.query(HarvestSource).update({"active": False})
    model.Session.commit()
    assert health() == "inactive"


def test_editors_see_the_sources_of_their_organizations_only(portal: Portal) -> None:
    insert_source(portal, 1)
    model.Session.commit()
    stranger, other = factories.User(), factories.User()
    factories.Organization(users=[{"name": other["name"], "capacity": "editor"}])
    assert listed(portal)["found"] == 1
    assert listed(portal, other["name"])["found"] == 0
    for user in (stranger["name"], "nobody"):
        with pytest.raises(tk.NotAuthorized):
            listed(portal, user)
    assert listed(portal, factories.Sysadmin()["name"])["found"] == 1


def test_a_source_runs_when_it_is_due_and_not_before(portal: Portal) -> None:
    portal.write("one.md", record(1))
    source_id = portal.source()
    helpers.call_action(
        "harvest_source_patch",
        {"user": portal.editor["name"], "ignore_auth": False},
        id=source_id,
        frequency="DAILY",
        config=json.dumps({}),
    )

    def runs_at(day: int, hour: int) -> int:
        with freeze_time(datetime.datetime(2031, 5, day, hour), tick=True):
            helpers.call_action("harvest_jobs_run")
            portal.finish("")
        return model.Session.query(HarvestJob).filter_by(source_id=source_id, status="Finished").count()

    # Due at once when it was made; then a day after each run.
    assert runs_at(1, 12) == 1
    assert runs_at(2, 11) == 1
    assert runs_at(2, 13) == 2
    assert runs_at(2, 14) == 2
    # After a day without a scheduler it runs once, not once for each day that it missed.
    assert runs_at(9, 12) == 3
    assert runs_at(9, 13) == 3
    next_run = model.Session.query(HarvestSource.next_run).filter_by(id=source_id).scalar()
    assert next_run.isoformat().startswith("2031-05-10T12")
