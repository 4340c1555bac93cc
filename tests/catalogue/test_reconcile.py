"""Every drift between database, index and our tables is made for real, found, told and mended."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib.search.common import make_connection
from ckan.tests import helpers
from ckanext.opengovbelize.catalogue import ledger
from ckanext.opengovbelize.catalogue.reconcile import reconcile, when_due
from ckanext.opengovbelize.cli.reconcile import command
from ckanext.opengovbelize.model import Identity, LedgerEntry, Published
from click.testing import CliRunner

from stack import scheduler

from ..harvesters.conftest import Portal, portal, record

__all__ = ["portal"]

pytestmark = [pytest.mark.server]


@pytest.fixture
def harvested(portal: Portal) -> Portal:
    for number in (1, 2, 3):
        portal.write(f"{number}.md", record(number))
    portal.run(portal.source())
    assert reconcile(dry_run=True).found == 0
    return portal


def documents() -> dict[str, dict[str, Any]]:
    docs = make_connection(decode_dates=False).search("*:*", rows=100, fl="*").docs
    return {doc["id"]: doc for doc in docs if doc["dataset_type"] == "webinar"}


def is_mended(**expected: list[str]) -> None:
    """A dry run finds it and changes nothing; the next run mends it; a third finds nothing."""
    for dry_run in (True, False):
        drift = reconcile(dry_run=dry_run)
        assert {
            name: ids for name, ids in drift.as_dict().items() if isinstance(ids, list) and ids
        } == expected
    assert reconcile(dry_run=True).found == 0
    assert len(documents()) == 3


def test_a_ghost_in_the_index_goes(harvested: Portal) -> None:
    ghost = {
        **next(iter(documents().values())),
        "id": "no-such-dataset",
        "index_id": "0" * 32,
        "name": "ghost",
    }
    ghost.pop("_version_", None)
    make_connection().add([ghost], commit=True)
    is_mended(ghosts=["0" * 32])


def test_a_purged_dataset_leaves_no_ghost(harvested: Portal) -> None:
    webinar_id = harvested.webinar(1)["id"]
    model.Session.execute(sa.text("DELETE FROM activity WHERE object_id = :id"), {"id": webinar_id})
    model.Session.get_one(model.Package, webinar_id).purge()
    model.Session.commit()
    drift = reconcile()
    assert len(drift.ghosts) == 1
    assert webinar_id not in documents()
    assert model.Session.query(LedgerEntry).filter_by(package_id=webinar_id).count() == 0


def test_a_dataset_that_is_missing_comes_in(harvested: Portal) -> None:
    webinar_id = harvested.webinar(2)["id"]
    make_connection().delete(q=f'id:"{webinar_id}"', commit=True)
    is_mended(missing=[webinar_id])


@pytest.mark.parametrize(
    "change",
    [
        "title = title, metadata_modified = metadata_modified + interval '1 minute'",
        "private = true",
        "name = 'renamed'",
    ],
)
def test_a_document_of_another_version_is_made_anew(harvested: Portal, change: str) -> None:
    webinar_id = harvested.webinar(3)["id"]
    model.Session.execute(sa.text(f"UPDATE package SET {change} WHERE id = :id"), {"id": webinar_id})
    model.Session.commit()
    drift = reconcile()
    assert drift.stale == [webinar_id]
    assert reconcile(dry_run=True).found == 0


def test_a_dataset_that_no_record_would_find_is_given_its_keys(harvested: Portal) -> None:
    webinar_id = harvested.webinar(1)["id"]
    model.Session.query(Identity).filter_by(package_id=webinar_id).delete()
    model.Session.commit()
    is_mended(unkeyed=[webinar_id])


def test_a_dataset_of_which_nobody_knows_what_was_published_is_read_anew(harvested: Portal) -> None:
    webinar_id = harvested.webinar(1)["id"]
    model.Session.query(Published).filter_by(package_id=webinar_id).delete()
    model.Session.commit()
    is_mended(unpublished=[webinar_id])
    source_id = helpers.call_action("harvest_source_list")[0]["id"]
    assert sum(harvested.run(source_id)["counts"].values()) == 3
    assert model.Session.get(Published, webinar_id)


def test_it_is_done_again_when_it_is_due_whoever_has_been_started_anew(
    harvested: Portal, monkeypatch: Any, ckan_config: Any
) -> None:
    make_connection().delete(q=f'id:"{harvested.webinar(2)["id"]}"', commit=True)
    found = when_due()
    assert found is not None and (found.found, found.mended) == (1, True)
    assert when_due() is None
    later = ledger.now() + timedelta(hours=ckan_config["ckanext.opengovbelize.reconcile_hours"])
    monkeypatch.setattr(ledger, "now", lambda: later)
    with monkeypatch.context() as patch:
        patch.setattr("ckanext.opengovbelize.catalogue.reconcile.make_connection", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            when_due()
    # What failed is still due.
    assert when_due() is not None and when_due() is None


def test_the_scheduler_does_it_also_where_another_task_fails(harvested: Portal, monkeypatch: Any) -> None:
    def fails() -> None:
        raise ValueError("what somebody wrote")

    told: list[tuple[str, ...]] = []
    make_connection().delete(q=f'id:"{harvested.webinar(2)["id"]}"', commit=True)
    monkeypatch.setattr(scheduler.log, "error", lambda *words: told.append(words))
    monkeypatch.setattr(scheduler, "TASKS", (fails, *scheduler.TASKS))
    scheduler.do_all()
    assert reconcile(dry_run=True).found == 0
    assert told == [("%s failed: %s", "fails", "ValueError")]


def test_the_command_tells_a_program(harvested: Portal) -> None:
    webinar_id = harvested.webinar(2)["id"]
    make_connection().delete(q=f'id:"{webinar_id}"', commit=True)
    result = CliRunner().invoke(command, ["--dry-run", "--json"])
    assert (result.exit_code, json.loads(result.stdout)["missing"]) == (1, [webinar_id])
    result = CliRunner().invoke(command, [])
    assert (result.exit_code, "datasets that are not in the index: 1" in result.stdout) == (0, True)
    assert CliRunner().invoke(command, ["--dry-run"]).exit_code == 0
