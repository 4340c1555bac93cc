"""A portal whose sources are folders, with its consumers in processes of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import session_records
import sqlalchemy as sa
from ckan.cli.db import _run_migrations
from ckan.lib import search
from ckan.tests import factories, helpers
from ckanext.harvest import queue

ROOT = Path(__file__).resolve().parent.parent
INI = """
[app:main]
use = config:{root}/test.ini
ckan.plugins = {plugins} ckan_harvester
ckanext.opengovbelize.source_folders = {folder}
ckanext.opengovbelize.poll_seconds = 1
ckanext.opengovbelize.max_records = 50000
"""
TICKS = os.sysconf("SC_CLK_TCK")


def act(action: str, /, **values: Any) -> Any:
    """Call an action as the site's own user."""
    return helpers.call_action(action, {"user": site_user()}, **values)


def site_user() -> str:
    """Return the name of the site's own user."""
    return tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]


class Portal:
    """A portal whose sources are folders."""

    # Records of a harvest object: each fetch consumer gets one to warm up.
    batch = 50

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ini = folder / "ckan.ini"
        common = (ROOT / "stack/common.ini").read_text()
        found = re.search(r"^ckan\.plugins = (.*)$", common, re.MULTILINE)
        assert found
        self.plugins = found[1]
        self.warmed = 0
        self.ini.write_text(INI.format(root=ROOT, folder=folder, plugins=self.plugins))

    def source(self, name: str, count: int) -> str:
        """Write records and make their source; return its id."""
        session_records.write(self.folder / name, name, count)
        organization = factories.Organization(name=f"program-{name}", title=f"Program {name}")
        made = act(
            "harvest_source_create",
            url=(self.folder / name).as_uri(),
            name=f"source-{name}",
            title=f"Source {name}",
            source_type="opengovbelize_records",
            owner_org=organization["id"],
            config=json.dumps({"series": name}),
        )
        return made["id"]

    def run(self, source_id: str) -> tuple[float, dict[str, Any]]:
        """Run a source with the consumers that wait; return the seconds that it took, and its report."""
        act("harvest_jobs_run")
        started = time.perf_counter()
        job_id = act("harvest_job_create", source_id=source_id)["id"]
        wait_for("SELECT finished_at FROM opengovbelize_run WHERE job_id = :id", id=job_id)
        seconds = time.perf_counter() - started
        act("harvest_jobs_run")
        return seconds, act("opengovbelize_run_show", job_id=job_id)

    @contextmanager
    def consumers(self, fetch: int) -> Iterator[list[subprocess.Popen[bytes]]]:
        """Run one gather consumer and some fetch consumers, and wait until they wait for work."""
        running = []
        with (self.folder / "consumers.log").open("ab") as log:
            for kind in ("gather", *["fetch"] * fetch):
                running.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "stack.consumer", kind],
                        cwd=ROOT,
                        stdout=log,
                        stderr=log,
                        env=os.environ | {"CKAN_INI": str(self.ini)},
                    )  # fmt: skip
                )
        try:
            redis: Any = queue.get_connection()
            # The others stand by.
            waiting = 1 + min(fetch, os.cpu_count() or 1)
            while int(redis.info("clients")["blocked_clients"]) < waiting:
                time.sleep(0.1)
            # Consumers live long: what a process loads once, dictionaries above all, is no matter of one run.
            self.warmed += 1
            self.run(self.source(f"warm{self.warmed}", self.batch * fetch))
            yield running
        finally:
            for process in running:
                process.terminate()
                process.wait()


def wait_for(query: str, **values: Any) -> Any:
    """Return what a query gives as soon as it gives anything."""
    while True:
        found = model.Session.execute(sa.text(query), values).scalar()
        model.Session.rollback()
        if found:
            return found
        time.sleep(0.05)


def processor(processes: list[subprocess.Popen[bytes]]) -> float:
    """Return the processor seconds that processes have used."""
    fields = [Path(f"/proc/{each.pid}/stat").read_text().rpartition(")")[2].split() for each in processes]
    return sum(int(each[11]) + int(each[12]) for each in fields) / TICKS


def peak(process: subprocess.Popen[bytes]) -> int:
    """Return the most memory that a process had, in MB."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text())
    return int(found[1]) // 1024 if found else 0


def create(**values: Any) -> str:
    """Create a package as a script does."""
    context: Any = {"user": site_user(), "ignore_auth": True}
    return tk.get_action("package_create")(context, values)["id"]


def make_series(organization_id: str, name: str, **more: Any) -> str:
    """Create a series, and return its id."""
    return create(
        type="webinar_series", name=name, title=name, license_id="cc-by", publication_state="released",
        invented=True, owner_org=organization_id, **more,
    )  # fmt: skip


def prepare() -> None:
    """Empty the databases, the queues and the index."""
    engine: Any = model.meta.engine
    model.repo.rebuild_db()
    for plugin in ("activity", "harvest", "opengovbelize"):
        _run_migrations(plugin, "head", True)
    # Migrations leave an engine behind that opens a connection for every transaction.
    model.init_model(engine)
    search.clear_all()
