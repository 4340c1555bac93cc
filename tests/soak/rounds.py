"""Consumers as processes of their own, and what has to hold after a harvest, whatever happened meanwhile."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ckan import model
from ckan.lib.search import make_connection
from ckan.tests import helpers
from ckanext.activity.model import Activity
from ckanext.harvest.model import HarvestObject
from ckanext.opengovbelize.cli.consume import KINDS
from ckanext.opengovbelize.model import Lease, LedgerEntry

from stack.supervisor import wait

from ..harvesters.conftest import Portal

ROOT = Path(__file__).parents[2]

# The longest that a blow waits after the consumer took its message, in seconds: about as long as it works.
WORK = {"gather": 1.5, "fetch": 0.8}

INI = """
[app:main]
use = config:{root}/test.ini
ckanext.opengovbelize.source_folders = {folder}
ckanext.opengovbelize.batch_size = 4
{options}
"""


class Consumers:
    """Consumers of each kind; one that is killed is replaced, as the process manager does."""

    def __init__(self, ini: Path, each: int, chance: random.Random) -> None:
        self.chance = chance
        self.log = ini.with_name("consumers.log")
        with self.log.open("ab") as log:
            self.nursery = subprocess.Popen(
                [sys.executable, "-m", "tests.soak.nursery"],
                cwd=ROOT, env=os.environ | {"CKAN_INI": str(ini)}, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip
        self.running = {(kind, number): self._start(kind) for kind in WORK for number in range(each)}
        self.killed: Counter[str] = Counter()

    def _start(self, kind: str) -> int:
        assert self.nursery.stdin and self.nursery.stdout
        print(kind, file=self.nursery.stdin, flush=True)
        # What CKAN prints while it is loaded comes first.
        line = next((line for line in self.nursery.stdout if line.strip().isdecimal()), "")
        assert line, f"No consumer starts:\n{self.log.read_text()}"
        return int(line)

    def assert_alive(self) -> None:
        for (kind, _), pid in self.running.items():
            assert is_alive(pid), f"The {kind} consumer ended by itself:\n{self.log.read_text()}"

    def at_work(self, kind: str) -> int | None:
        """Return the number of a consumer that has a lease."""
        leases = model.Session.query(Lease.worker).filter_by(kind=KINDS[kind])
        pids = {int(worker.rsplit("/", 2)[1]) for (worker,) in leases}
        return next((n for (k, n), pid in self.running.items() if k == kind and pid in pids), None)

    def kill(self, kind: str, number: int, within: float = 0) -> None:
        time.sleep(self.chance.uniform(0, within))
        end(self.running[kind, number])
        self.killed[kind] += 1
        self.running[kind, number] = self._start(kind)

    def end(self) -> None:
        for pid in self.running.values():
            end(pid)
        self.nursery.kill()
        self.nursery.wait()


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def end(pid: int) -> None:
    """Kill a process, and wait until it is gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    assert wait(lambda: not is_alive(pid), 20)


@contextmanager
def running(
    portal: Portal, folder: Path, *, each: int, chance: random.Random, options: str = ""
) -> Iterator[Consumers]:
    """Run so many consumers of each kind, with more options of the configuration."""
    ini = folder / "consumers.ini"
    ini.write_text(INI.format(root=ROOT, folder=portal.folder, options=options))
    consumers = Consumers(ini, each, chance)
    try:
        yield consumers
    finally:
        consumers.end()
        print(f"killed: {dict(consumers.killed)}\n{consumers.log.read_text()[-6000:]}")


def has_finished(portal: Portal, job_id: str) -> bool:
    """Do what the scheduler does, and say whether the job has ended."""
    helpers.call_action("harvest_jobs_run")
    model.Session.remove()
    return portal.job(job_id)["status"] == "Finished"


def adds_up(portal: Portal, consumers: Consumers, job_id: str) -> dict[str, Any]:
    """Check that a job that has ended left nothing behind and tells one set of numbers; return its report."""
    job, report = portal.job(job_id), portal.report(job_id)
    assert report["finished_at"]
    assert sum(report["counts"].values()) == len(report["records"])
    assert job["stats"] == {
        "added": report["counts"]["added"],
        "updated": report["counts"]["updated"],
        "not modified": report["counts"]["unchanged"],
        "deleted": report["counts"]["withdrawn"],
        "errored": report["errors"],
    }
    # Records may be rejected; the source as a whole can be read.
    assert report["errors"] == report["counts"]["rejected"], (report["problems"], consumers.log.read_text())
    assert model.Session.query(HarvestObject).filter(HarvestObject.content.isnot(None)).count() == 0
    return report


def counts(report: dict[str, Any]) -> dict[str, int]:
    return {outcome: number for outcome, number in report["counts"].items() if number}


def are_there_once(names: Collection[str]) -> None:
    """Check that these webinars and no others are in the catalogue, each written once, and in the index."""
    assert set(webinars()) == set(names)
    assert indexed() == dict.fromkeys(names, "public")
    assert activities("new") == dict.fromkeys(names, 1)
    assert not activities("changed")
    assert model.Session.query(LedgerEntry).count() == len(names)


def webinars() -> dict[str, model.Package]:
    """Return the webinars by address, as the database has them."""
    return {
        package.name: package
        for package in model.Session.query(model.Package).filter_by(type="webinar", state="active")
    }


def indexed() -> dict[str, str]:
    """Return what the index says of each webinar: public or private."""
    docs = make_connection().search("*:*", rows=1000, fl="name,capacity,dataset_type").docs
    return {doc["name"]: doc["capacity"] for doc in docs if doc["dataset_type"] == "webinar"}


def activities(kind: str) -> Counter[str]:
    """Return how often each webinar was written, as its activity stream tells."""
    names = {package.id: package.name for package in webinars().values()}
    rows = model.Session.query(Activity.object_id).filter_by(activity_type=f"{kind} package")
    return Counter(names[object_id] for (object_id,) in rows if object_id in names)
