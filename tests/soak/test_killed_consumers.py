"""Harvests whose consumers are killed at random moments: nothing may be lost, doubled or left hanging.

The first round is run by ``bin/test``, the others by ``bin/test --soak``, in about a minute each.
``SOAK_ROUNDS=5 bin/test --soak tests/soak/test_killed_consumers.py`` runs five.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.lib.search import make_connection
from ckan.tests import helpers
from ckanext.activity.model import Activity
from ckanext.harvest.model import HarvestObject
from ckanext.opengovbelize.cli.consume import KINDS
from ckanext.opengovbelize.model import Lease, LedgerEntry

from ..harvesters.conftest import Portal, portal, record

__all__ = ["portal"]

ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("SOAK_ROUNDS", "21"))
RECORDS = 24

# How often consumers of each kind are killed at most in one job.
BLOWS = 4
# The longest that a blow waits after the consumer took its message, in seconds: about as long as it works.
WORK = {"gather": 1.5, "fetch": 0.8}

INI = """
[app:main]
use = config:{root}/test.ini
ckanext.opengovbelize.source_folders = {folder}
ckanext.opengovbelize.batch_size = 4
"""


class Consumers:
    """Two consumers of each kind, started again whenever they end, as the process manager does."""

    def __init__(self, ini: Path, chance: random.Random) -> None:
        self.chance = chance
        self.log = ini.with_name("consumers.log")
        self.environment = os.environ | {"CKAN_INI": str(ini)}
        self.running = {(kind, number): self._start(kind) for kind in WORK for number in (1, 2)}
        self.killed: Counter[str] = Counter()

    def _start(self, kind: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "stack.consumer", kind],
                cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def assert_alive(self) -> None:
        for (kind, _), process in self.running.items():
            assert process.poll() is None, f"The {kind} consumer ended by itself:\n{self.log.read_text()}"

    def at_work(self, kind: str) -> int | None:
        """Return the number of a consumer that has a lease."""
        leases = model.Session.query(Lease.worker).filter_by(kind=KINDS[kind])
        pids = {int(worker.rsplit("/", 2)[1]) for (worker,) in leases}
        return next(
            (n for (k, n), process in self.running.items() if k == kind and process.pid in pids), None
        )

    def kill(self, kind: str, number: int, within: float = 0) -> None:
        time.sleep(self.chance.uniform(0, within))
        process = self.running[kind, number]
        process.kill()
        process.wait()
        self.killed[kind] += 1
        self.running[kind, number] = self._start(kind)

    def end(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()


@pytest.fixture(
    params=[
        pytest.param(number, marks=pytest.mark.soak if number > 1 else pytest.mark.server)
        for number in range(1, ROUNDS + 1)
    ]
)
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)


@pytest.fixture
def consumers(portal: Portal, tmp_path: Path, chance: random.Random) -> Iterator[Consumers]:
    ini = tmp_path / "consumers.ini"
    ini.write_text(INI.format(root=ROOT, folder=portal.folder))
    running = Consumers(ini, chance)
    yield running
    running.end()
    print(f"killed: {dict(running.killed)}\n{running.log.read_text()[-6000:]}")


def harvest(portal: Portal, consumers: Consumers, source_id: str, blows: dict[str, int]) -> dict[str, Any]:
    """Run a source to its end, with that many blows to each consumer, and return the report."""
    job_id = portal.start(source_id)
    deadline = time.monotonic() + 300
    while portal.job(job_id)["status"] != "Finished":
        assert time.monotonic() < deadline, f"The job hangs:\n{portal.job(job_id)}"
        consumers.assert_alive()
        for kind in WORK:
            if blows[kind] and (number := consumers.at_work(kind)):
                consumers.kill(kind, number, within=WORK[kind])
                blows[kind] -= 1
        helpers.call_action("harvest_jobs_run")
        model.Session.remove()
        time.sleep(0.05)
    job = portal.job(job_id)
    report = portal.report(job_id)
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


def test_records_are_published_exactly_once_however_often_the_consumers_are_killed(
    portal: Portal, consumers: Consumers, chance: random.Random
) -> None:
    def blows() -> dict[str, int]:
        return {kind: chance.randint(0, BLOWS) for kind in WORK}

    everything = {f"harbour-2025-{number}" for number in range(1, RECORDS + 1)}
    for number in range(1, RECORDS + 1):
        portal.write(f"{number:02}.md", record(number))
    portal.write("broken.md", "")
    source_id = portal.source()

    report = harvest(portal, consumers, source_id, blows())
    assert counts(report) == {"added": RECORDS, "rejected": 1}
    assert set(webinars()) == everything
    assert indexed() == dict.fromkeys(everything, "public")
    assert activities("new") == dict.fromkeys(everything, 1)
    assert model.Session.query(LedgerEntry).count() == RECORDS

    numbers = chance.sample(range(1, RECORDS + 1), 10)
    changed, gone = numbers[:7], numbers[7:]
    for number in changed:
        portal.write(f"{number:02}.md", record(number, objective="To show that a change arrives once."))
    for number in gone:
        (portal.folder / f"{number:02}.md").unlink()
    before = activities("changed")
    report = harvest(portal, consumers, source_id, blows())
    assert counts(report) == {
        "updated": len(changed),
        "withdrawn": len(gone),
        "unchanged": RECORDS - len(numbers),
        "rejected": 1,
    }
    hidden = {f"harbour-2025-{number}" for number in gone}
    assert {name for name, package in webinars().items() if package.private} == hidden
    assert indexed() == {name: "private" if name in hidden else "public" for name in everything}
    after = activities("changed")
    assert {name: after[name] - before[name] for name in everything if name not in hidden} == {
        name: int(int(name.rsplit("-", 1)[1]) in changed) for name in everything - hidden
    }

    written = activities("new") + activities("changed")
    report = harvest(portal, consumers, source_id, {"gather": 0, "fetch": 0})
    assert counts(report) == {"unchanged": RECORDS - len(gone), "rejected": 1}
    assert activities("new") + activities("changed") == written
