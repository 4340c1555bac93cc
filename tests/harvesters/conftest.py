"""A harvest source that is run as the portal runs it: through the queue in Redis, by way of the actions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories, helpers
from ckanext.harvest import queue
from ckanext.opengovbelize.harvesters import consumers

from ..soak.servers import Site

RECORD = """# Harbour Open Government Webinars

Series: Harbour series

## Webinar {number}: {title}

**Date:** Thursday 13 February 2025, 10:30 AM - 12:00 PM (Belize time)

**Venue:** Harbour Hall, Belize City

**Facilitated by:** Ana Invented, Harbour Institute

**Objective:**

{objective}
"""


def record(number: int, title: str = "", objective: str = "To show how a record is harvested.") -> str:
    """Return a session record with invented people."""
    return RECORD.format(number=number, title=title or f"Invented session {number}", objective=objective)


class Portal:
    """One program with its folder of records, and an editor who harvests it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.editor = factories.User()
        self.organization = factories.Organization(
            name="harbour",
            title="Harbour Program",
            users=[{"name": self.editor["name"], "capacity": "editor"}],
        )

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)

    def source(self, url: str = "", name: str = "harbour-records", **config: Any) -> str:
        """Make a source as its editor does, and return its id."""
        return self._save_source("harvest_source_create", url, name, config)

    def configure(self, source_id: str, url: str = "", **config: Any) -> None:
        """Change the configuration of a source, as its editor does."""
        self._save_source("harvest_source_update", url, "harbour-records", config, id=source_id)

    def _save_source(self, action: str, url: str, name: str, config: dict[str, Any], **more: str) -> str:
        saved = helpers.call_action(
            action,
            {"user": self.editor["name"], "ignore_auth": False},
            url=url or self.folder.as_uri(),
            name=name,
            title=name.replace("-", " ").title(),
            source_type="opengovbelize_records",
            owner_org=self.organization["id"],
            config=json.dumps(config),
            **more,
        )
        return saved["id"]

    def run(self, source_id: str, **asked: Any) -> dict[str, Any]:
        """Run a source to its end, and return the report."""
        return self.report(self.finish(self.start(source_id, **asked)))

    def start(self, source_id: str, **asked: Any) -> str:
        """Put a job on the queue, and return its id."""
        context = {"user": self.editor["name"], "ignore_auth": False}
        return helpers.call_action("harvest_job_create", context, source_id=source_id, **asked)["id"]

    def finish(self, job_id: str) -> str:
        """Do what the consumers and the scheduler do."""
        consumers.work_all()
        helpers.call_action("harvest_jobs_run")
        return job_id

    def report(self, job_id: str) -> dict[str, Any]:
        return helpers.call_action("opengovbelize_run_show", job_id=job_id)

    def job(self, job_id: str) -> dict[str, Any]:
        return helpers.call_action("harvest_job_show", id=job_id)

    def webinar(self, number: int) -> dict[str, Any]:
        return helpers.call_action("package_show", id=f"harbour-2025-{number}")


@contextmanager
def serving(pages: Mapping[str, Any], ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A web site of the operator's own network."""
    made = Site(dict(pages))
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.allowed_hosts", [f"127.0.0.1:{made.port}"])
    try:
        yield made
    finally:
        made.end()


@pytest.fixture
def portal(
    with_plugins: None,
    clean_db: None,
    clean_index: None,
    tmp_path: Path,
    ckan_config: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Portal:
    """An empty portal whose operator has opened one folder."""
    queue.purge_queues()
    folder = tmp_path / "records"
    folder.mkdir()
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.source_folders", [str(folder)])
    return Portal(folder)


COUNTING = """
CREATE TABLE IF NOT EXISTS test_written (name text);
CREATE OR REPLACE FUNCTION test_count_write() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN INSERT INTO test_written VALUES (TG_TABLE_NAME); RETURN NULL; END $$;
"""


@pytest.fixture
def rows_written(portal: Portal) -> Any:
    """The rows that were written since the last look, by table, as PostgreSQL itself counts them."""
    tables = [
        name
        for (name,) in model.Session.execute(
            sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        )
        if name != "test_written"
    ]

    def run(sql: str) -> Any:
        return model.Session.execute(sa.text(sql))

    run(COUNTING)
    for table in tables:
        run(
            f'CREATE TRIGGER test_count AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION test_count_write()"
        )
    model.Session.commit()

    def look() -> dict[str, int]:
        counted = dict(run("SELECT name, count(*) FROM test_written GROUP BY name").fetchall())
        run("DELETE FROM test_written")
        model.Session.commit()
        return counted

    yield look
    model.Session.rollback()
    for table in tables:
        run(f'DROP TRIGGER test_count ON "{table}"')
    run("DROP FUNCTION test_count_write")
    run("DROP TABLE test_written")
    model.Session.commit()
