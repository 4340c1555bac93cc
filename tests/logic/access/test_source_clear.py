"""Clearing a source hides what it published; deleting it does not, and lets others take its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import click
import pytest
from ckan import model
from ckan.tests import factories, helpers
from ckanext.harvest import cli as commands
from ckanext.harvest import model as harvest
from ckanext.harvest import queue

pytestmark = [
    pytest.mark.server,
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "clean_redis"),
]

RECORD = """# Lagoon Open Government Webinars

Series: Lagoon series

## Webinar 1: Invented lagoons

**Date:** Thursday 13 February 2025, 10:30 AM - 12:00 PM (Belize time)
"""


@pytest.fixture
def source(tmp_path: Path, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A source that has published one webinar."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.source_folders", [str(tmp_path)])
    (tmp_path / "session.md").write_text(RECORD)
    editor = factories.User()
    factories.Organization(name="lagoons", users=[{"name": editor["name"], "capacity": "editor"}])
    source = make_source(tmp_path, "lagoon", editor["name"])
    return {**source, "editor": editor["name"]}


def make_source(folder: Path, name: str, editor: str, trust: int = 50) -> dict[str, Any]:
    """Make a source and run it."""
    source = helpers.call_action(
        "harvest_source_create",
        {"user": editor, "ignore_auth": False},
        name=name,
        title=name.title(),
        url=folder.as_uri(),
        source_type="opengovbelize_records",
        owner_org="lagoons",
        config=json.dumps({"trust": trust}),
    )
    run(source["id"])
    return source


def run(source_id: str) -> None:
    helpers.call_action("harvest_job_create", source_id=source_id)
    for consumer, callback in (
        (queue.get_gather_consumer(), queue.gather_callback),
        (queue.get_fetch_consumer(), queue.fetch_callback),
    ):
        while (message := consumer.basic_get(None))[2] is not None:
            callback(consumer, *message)
    helpers.call_action("harvest_jobs_run")


def published() -> list[str]:
    found = tk.get_action("package_search")(
        {"user": "", "ignore_auth": False}, {"fq": "dataset_type:webinar"}
    )
    return [webinar["title"] for webinar in found["results"]]


def test_clearing_hides_and_a_run_brings_back(source: dict[str, Any]) -> None:
    assert published() == ["Invented lagoons"]
    as_editor = {"user": source["editor"], "ignore_auth": False}
    helpers.call_action("harvest_source_clear", as_editor, id=source["id"])
    assert published() == []
    assert model.Session.query(model.Package).filter_by(type="webinar", state="active").count() == 1
    assert model.Session.query(harvest.HarvestJob).count() == 0
    run(source["id"])
    assert published() == ["Invented lagoons"]


@pytest.fixture
def large(
    source: dict[str, Any], tmp_path: Path, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Any]:
    """The source with two webinars, of which one request withdraws one."""
    (tmp_path / "other.md").write_text(
        RECORD.replace("Webinar 1: Invented lagoons", "Webinar 2: Invented seas")
    )
    run(source["id"])
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.batch_size", 1)
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.clear_seconds", 0)
    return source


def test_clearing_a_large_source_is_repeated_until_nothing_is_left(large: dict[str, Any], app: Any) -> None:
    token = factories.SysadminWithToken()["token"]

    def clear(page: str, **asked: Any) -> Any:
        return app.post(page, headers={"Authorization": token}, **asked)

    refused = clear("/api/3/action/harvest_source_clear", json={"id": large["id"]}, status=409)
    assert "1 records of this source are left" in refused.json["error"]["id"][0]
    assert len(published()) == 1
    run(large["id"])
    button = f"/opengovbelize/source/{large['id']}/clear"
    with click.Context(click.Command("run")):
        # CKAN's development server answers within a command.
        page = clear(button).body
    assert "1 records of this source are left" in page
    assert "An error occurred" not in page
    assert "The source is cleared" in clear(button).body
    assert published() == []

    run(large["id"])
    assert len(published()) == 2
    with click.Context(commands.clear) as command:
        command.meta["flask_app"] = app.flask_app
        command.invoke(commands.clear, id=large["id"])
    assert published() == []


def test_deleting_and_clearing_withdraws_before_it_deletes(large: dict[str, Any], app: Any) -> None:
    button = f"/opengovbelize/source/{large['id']}/delete?clear=1"
    headers = {"Authorization": factories.SysadminWithToken()["token"]}

    app.post(button, status=403)
    assert len(published()) == 2
    assert "1 records of this source are left" in app.post(button, headers=headers).body
    assert (len(published()), model.Package.get(large["id"]).state) == (1, "active")
    assert "The source is deleted" in app.post(button, headers=headers).body
    assert (published(), model.Package.get(large["id"]).state) == ([], "deleted")


def test_clearing_a_deleted_source_promises_no_next_run(source: dict[str, Any], app: Any) -> None:
    headers = {"Authorization": factories.SysadminWithToken()["token"]}
    helpers.call_action("package_delete", {"user": source["editor"]}, id=source["id"])
    page = app.post(f"/opengovbelize/source/{source['id']}/clear", headers=headers).body
    assert "A deleted source brings nothing back" in page
    assert "Its next run brings it back" not in page
    assert published() == []


def test_an_address_alone_does_nothing_to_a_source(source: dict[str, Any], app: Any) -> None:
    headers = {"Authorization": factories.SysadminWithToken()["token"]}
    helpers.call_action("harvest_job_create", source_id=source["id"])
    (job,) = unfinished()
    stock = [f"/harvest/{act}/{source['id']}" for act in ("clear", "delete", "refresh")]
    stock.append(f"/harvest/{source['name']}/job/{job.id}/abort")
    ours = [f"/opengovbelize/source/{source['id']}/{act}" for act in ("clear", "delete", "run", "stop")]
    for address in (*stock, *ours):
        assert app.get(address, headers=headers, expect_errors=True).status_code in (404, 405)
    assert (published(), model.Package.get(source["id"]).state) == (["Invented lagoons"], "active")
    assert len(unfinished()) == 1


def unfinished() -> list[Any]:
    return list(model.Session.query(harvest.HarvestJob).filter(harvest.HarvestJob.status != "Finished"))


def test_buttons_start_and_stop_a_run(source: dict[str, Any], app: Any) -> None:
    token = helpers.call_action("api_token_create", user=source["editor"], name="test")["token"]

    def press(act: str, **asked: Any) -> Any:
        return app.post(f"/opengovbelize/source/{source['id']}/{act}", **asked)

    press("run", status=403)
    assert unfinished() == []
    headers = {"Authorization": token}
    assert "The run begins in a moment" in press("run", headers=headers).body
    assert len(unfinished()) == 1
    assert "is being read, or waits for its turn" in press("run", headers=headers).body
    press("stop", status=403)
    assert len(unfinished()) == 1
    assert "The run is stopped" in press("stop", headers=headers).body
    assert unfinished() == []


def test_clearing_is_for_editors(source: dict[str, Any]) -> None:
    with pytest.raises(tk.NotAuthorized):
        helpers.call_action(
            "harvest_source_clear", {"user": factories.User()["name"], "ignore_auth": False}, id=source["id"]
        )
    assert published() == ["Invented lagoons"]


def webinar() -> dict[str, Any]:
    return helpers.call_action("package_show", id="lagoon-2025-1")


@pytest.fixture
def copy(source: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    """A second, less trusted source of the same webinar, which knows its venue."""
    folder = tmp_path / "copy"
    folder.mkdir()
    (folder / "session.md").write_text(RECORD + "\n**Venue:** Lagoon Hall, Belize City\n")
    return make_source(folder, "copy", source["editor"], trust=10)


def test_clearing_leaves_what_another_source_has(source: dict[str, Any], copy: dict[str, Any]) -> None:
    as_editor = {"user": source["editor"], "ignore_auth": False}
    helpers.call_action("harvest_source_clear", as_editor, id=source["id"])
    assert published() == ["Invented lagoons"]
    assert [row["title"] for row in webinar()["sources"]] == ["Copy"]


@pytest.mark.parametrize(
    "action", ["harvest_source_delete", "harvest_source_update", "package_delete", "dataset_purge"]
)
def test_a_new_source_takes_the_place_of_a_deleted_one(
    source: dict[str, Any], tmp_path: Path, action: str
) -> None:
    values = {
        name: source[name] for name in ("id", "name", "title", "url", "source_type", "owner_org", "config")
    }
    helpers.call_action(action, {"user": source["editor"]}, **values, state="deleted")
    assert published() == ["Invented lagoons"]

    (tmp_path / "session.md").write_text(RECORD.replace("lagoons", "rivers").replace("10:30", "9:30"))
    (tmp_path / "other.md").write_text(
        RECORD.replace("Webinar 1: Invented lagoons", "Webinar 2: Invented seas")
    )
    anew = make_source(tmp_path, "anew", source["editor"], trust=0)
    assert sorted(published()) == ["Invented rivers", "Invented seas"]
    assert [row["title"] for row in webinar()["sources"]] == ["Anew"]

    (tmp_path / "session.md").unlink()
    run(anew["id"])
    assert published() == ["Invented seas"]


def test_a_deleted_source_no_longer_outranks_others(
    source: dict[str, Any], copy: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "copy" / "session.md").write_text(RECORD.replace("10:30 AM", "9:30 AM"))
    run(copy["id"])
    assert webinar()["start"] == "2025-02-13T10:30:00-06:00"
    helpers.call_action("package_delete", {"user": source["editor"]}, id=source["name"])
    assert published() == ["Invented lagoons"]
    run(copy["id"])
    assert webinar()["start"] == "2025-02-13T09:30:00-06:00"
    assert [row["title"] for row in webinar()["sources"]] == ["Copy"]


def test_a_restored_source_goes_on(source: dict[str, Any]) -> None:
    helpers.call_action("package_delete", {"user": source["editor"]}, id=source["id"])
    helpers.call_action("package_patch", {"user": source["editor"]}, id=source["id"], state="active")
    run(source["id"])
    assert published() == ["Invented lagoons"]
    helpers.call_action("harvest_source_clear", {"user": source["editor"]}, id=source["id"])
    assert published() == []


@pytest.mark.parametrize("action", ["harvest_source_clear", "harvest_source_reindex"])
def test_without_a_source_a_program_is_told_what_is_missing(action: str) -> None:
    with pytest.raises(tk.ValidationError, match="Missing value"):
        helpers.call_action(action, {"user": "", "ignore_auth": False})
