"""Clearing a source hides what it published. Stock harvest would delete it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories, helpers
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
    organization = factories.Organization(users=[{"name": editor["name"], "capacity": "editor"}])
    source = helpers.call_action(
        "harvest_source_create",
        {"user": editor["name"], "ignore_auth": False},
        name="lagoon",
        title="Lagoon",
        url=tmp_path.as_uri(),
        source_type="opengovbelize_records",
        owner_org=organization["id"],
        config="{}",
    )
    run(source["id"])
    return {**source, "editor": editor["name"]}


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


def test_clearing_is_for_editors(source: dict[str, Any]) -> None:
    with pytest.raises(tk.NotAuthorized):
        helpers.call_action(
            "harvest_source_clear", {"user": factories.User()["name"], "ignore_auth": False}, id=source["id"]
        )
    assert published() == ["Invented lagoons"]
