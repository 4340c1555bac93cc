"""What a harvest is compared with: a plain loop, CKAN's own part alone, and ckanext-harvest's CKANHarvester."""

from __future__ import annotations

import argparse
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
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.lib import search
from ckan.tests import factories
from ckanext.harvest import queue
from figures import BARE, LOOP, THEIRS, Figures
from portal import ROOT, Portal, act, create, make_series, prepare, processor, site_user

REMOTE_INI = """
[app:main]
use = config:{root}/test.ini
ckan.site_id = benchmark_remote
"""


def consume(consumer: Any, callback: Any) -> None:
    """Let one of ckanext-harvest's consumers take all that waits.

    ``tests.queues`` has the same, which cannot be had from here: importing ``ckan.tests`` puts another package of that
    name before ours.
    """
    while True:
        method, header, body = consumer.basic_get(None)
        if body is None:
            return
        callback(consumer, method, header, body)


class Loop:
    """A plain loop of package_create over what ours published."""

    def __init__(self, values: list[dict[str, Any]]) -> None:
        self.values = values
        self.done = 0
        self.organization = factories.Organization(name="program-loop", title="Program loop")["id"]
        self.series = make_series(self.organization, "loop-series")

    def measure(self, figures: Figures, count: int) -> None:
        """Create the next packages."""
        part = self.values[self.done : self.done + count]
        user = site_user()
        started, used = time.perf_counter(), time.process_time()
        for number, values in enumerate(part, start=self.done + 1):
            data = {
                **values,
                "name": f"loop-{number}",
                "in_series": [self.series],
                "owner_org": self.organization,
            }
            tk.get_action("package_create")({"user": user, "ignore_auth": True}, data)
        figures.add(LOOP, len(part), time.perf_counter() - started, time.process_time() - used)
        self.done += len(part)


def bare(portal: Portal, figures: Figures, values: list[dict[str, Any]]) -> None:
    """Measure two processes that do nothing but CKAN's own part of an import."""
    organization = factories.Organization(name="program-bare", title="Program bare")["id"]
    series = make_series(organization, "bare-series")
    parts, running = (values[::2], values[1::2]), []
    with (portal.folder / "bare.log").open("ab") as log:
        for number, part in enumerate(parts):
            file = portal.folder / f"bare-{number}.json"
            file.write_text(
                json.dumps([
                    {**each, "name": f"bare-{number}-{place}", "in_series": [series], "owner_org": organization}
                    for place, each in enumerate(part)
                ])
            )  # fmt: skip
            running.append(
                subprocess.Popen(
                    [sys.executable, __file__, "--bare-part", str(file)],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                    env=os.environ | {"CKAN_INI": str(portal.ini)},
                )
            )  # fmt: skip
        for process in running:
            assert process.stdout and process.stdout.readline() == "ready\n"
        started, used = time.perf_counter(), processor(running)
        for process in running:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in running:
            assert process.stdout and process.stdout.readline() == "done\n"
        figures.add(BARE, len(values), time.perf_counter() - started, processor(running) - used)
        for process in running:
            process.communicate("end\n")


def bare_part(file: Path) -> None:
    """In a process of its own: create packages, each in a transaction, with one commit of the index a batch."""
    app: Any = make_app(load_config(os.environ["CKAN_INI"]))
    with app._wsgi_app.test_request_context():
        values, user = json.loads(file.read_text()), site_user()
        tk.get_action("package_search")({"ignore_auth": True}, {"q": "*:*"})
        print("ready", flush=True)
        sys.stdin.readline()
        for start in range(0, len(values), Portal.batch):
            ids = []
            for data in values[start : start + Portal.batch]:
                context: Any = {
                    "user": user,
                    "ignore_auth": True,
                    "defer_commit": True,
                    "return_id_only": True,
                }
                ids.append(tk.get_action("package_create")(context, data))
                model.Session.commit()
            search.rebuild(package_ids=ids, defer_commit=True)
            search.commit()
        print("done", flush=True)
        sys.stdin.readline()


@contextmanager
def remote(portal: Portal, values: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Serve packages from a CKAN of its own; yields its address, and the id of the series."""
    ini, packages = portal.folder / "remote.ini", portal.folder / "remote.json"
    ini.write_text(REMOTE_INI.format(root=ROOT))
    packages.write_text(json.dumps(values))
    # The two databases change places: CKAN wants another for its DataStore, which stays unused.
    main, datastore = os.environ["CKAN_SQLALCHEMY_URL"], os.environ["CKAN_DATASTORE_WRITE_URL"]
    reader = os.environ["CKAN_DATASTORE_READ_URL"].rpartition("/")[0]
    environment = os.environ | {
        "CKAN_INI": str(ini),
        "CKAN_SQLALCHEMY_URL": datastore,
        "CKAN_DATASTORE_WRITE_URL": main,
        "CKAN_DATASTORE_READ_URL": f"{reader}/{main.rpartition('/')[2]}",
    }
    log = (portal.folder / "remote.log").open("ab")
    made = subprocess.run(
        [sys.executable, __file__, "--fill-remote", str(packages)],
        env=environment, stdout=subprocess.PIPE, stderr=log, check=True, text=True,
    )  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", "127.0.0.1:0", "stack.web:application"],
        cwd=ROOT, env=environment, stdout=log, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stderr
        address = next(
            found[0] for line in server.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+", line))
        )
        yield {"address": address, "series": made.stdout.strip().splitlines()[-1]}
    finally:
        server.terminate()
        server.wait()


def fill_remote(packages: Path) -> None:
    """In the remote CKAN: make its tables and its packages; print the id of their series."""
    app: Any = make_app(load_config(os.environ["CKAN_INI"]))
    with app._wsgi_app.test_request_context():
        prepare()
        organization = factories.Organization(name="program-remote")["id"]
        series = make_series(organization, "remote-series")
        for number, values in enumerate(json.loads(packages.read_text()), start=1):
            create(**values, name=f"remote-{number}", in_series=[series], owner_org=organization)
    print(series)


def theirs(portal: Portal, figures: Figures, values: list[dict[str, Any]]) -> None:
    """Measure CKANHarvester."""
    organization = factories.Organization(name="program-theirs")["id"]
    with remote(portal, values) as served:
        make_series(organization, "remote-series", id=served["series"])
        source_id = act(
            "harvest_source_create", url=served["address"], name="source-theirs", title="Source theirs",
            source_type="ckan", owner_org=organization,
        )["id"]  # fmt: skip
        for name in (THEIRS, f"{THEIRS}, again"):
            started, used = time.perf_counter(), time.process_time()
            act("harvest_job_create", source_id=source_id)
            consume(queue.get_gather_consumer(), queue.gather_callback)
            consume(queue.get_fetch_consumer(), queue.fetch_callback)
            figures.add(name, len(values), time.perf_counter() - started, time.process_time() - used)
            act("harvest_jobs_run")
    query = model.Session.query(model.Package).filter_by(
        owner_org=organization, type="webinar", state="active"
    )
    assert query.count() == len(values), f"{query.count()} of {len(values)} were harvested"


def main() -> None:
    """Be one of the processes that a comparison needs beside its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--fill-remote", type=Path)
    parser.add_argument("--bare-part", type=Path)
    options = parser.parse_args()
    if options.fill_remote:
        fill_remote(options.fill_remote)
    else:
        bare_part(options.bare_part)


if __name__ == "__main__":
    main()
