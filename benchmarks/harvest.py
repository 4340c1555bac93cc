"""How fast a source is harvested, beside a plain loop of package_create and ckanext-harvest's own CKANHarvester.

    bin/test --exec python benchmarks/harvest.py [--records 2000] [--loop 400] [--theirs 150]
    bin/test --exec python benchmarks/harvest.py --scale 400
    bin/test --exec python benchmarks/harvest.py --memory 1000 20000
    bin/test --exec python benchmarks/harvest.py --profile --records 200

Writes invented session records (15 filled fields, 3 resources each, benchmarks/session_records.py) into a folder and
harvests them as the portal does: one gather consumer and one, two or four fetch consumers, each a process of its own.
A run counts from its start until its report is finished, so reading, screening, validation, activities and the index
are all in. The plain loop creates what ours published, as it is; its parts are run between the others, so that
whatever else the machine does meets all of them. ``processor`` is the processor time of our processes or of the loop's,
without that of PostgreSQL and Solr.

``two bare processes`` is the bound that CKAN's own code sets: the same packages by package_create in two processes,
committed one by one and indexed in batches as ours are, with nothing read, screened, matched, locked or reported.

CKANHarvester takes the same packages from a second CKAN, served by gunicorn, with a database of its own (that of the
DataStore, which nothing else uses here), through ckanext-harvest's own consumers' functions, in one process.

``--memory`` harvests that many records and prints the most memory that the gather and the fetch consumer had; it ends
importing after 200 records, since a batch knows nothing of how many there are.

The databases and the index of the test configuration are emptied first.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import session_records
import sqlalchemy as sa
from ckan.cli import load_config
from ckan.cli.db import _run_migrations
from ckan.config.middleware import make_app
from ckan.lib import search
from ckan.tests import factories, helpers
from ckanext.harvest import queue
from ckanext.opengovbelize.harvesters import consumers as ours

ROOT = Path(__file__).resolve().parent.parent
INI = """
[app:main]
use = config:{root}/test.ini
ckan.plugins = {plugins} ckan_harvester
ckanext.opengovbelize.source_folders = {folder}
ckanext.opengovbelize.poll_seconds = 1
ckanext.opengovbelize.max_records = 50000
"""
REMOTE_INI = """
[app:main]
use = config:{root}/test.ini
ckan.site_id = benchmark_remote
"""
LOOP, ONE, TWO, FOUR = "plain loop", "one import process", "two import processes", "four import processes"
BARE = "two bare processes"
THEIRS, AGAIN, CHANGED = "CKANHarvester", "unchanged", "one changed"
TICKS = os.sysconf("SC_CLK_TCK")
CATALOGUE = (
    *("package", "resource", "activity", "package_tag", "member"),
    *("opengovbelize_ledger", "opengovbelize_published", "opengovbelize_identity"),
)


def act(action: str, /, **values: Any) -> Any:
    """Call an action as the site's own user."""
    return helpers.call_action(action, {"user": site_user()}, **values)


def site_user() -> str:
    """Return the name of the site's own user."""
    return tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]


@dataclass
class Figures:
    """What was measured: packages and seconds by name."""

    packages: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, packages: int, seconds: float, processor: float = 0) -> None:
        """Add a measurement, and print it."""
        self.packages[name] = self.packages.get(name, 0) + packages
        self.seconds[name] = self.seconds.get(name, 0) + seconds
        own = f"   processor {1000 * processor / packages:6.1f} ms each" if processor else ""
        print(
            f"{name:22} {packages:6} in {seconds:8.2f} s = {packages / seconds:8.1f} a second"
            f"   load {os.getloadavg()[0]:4.1f}{own}",
            flush=True,
        )

    def rate(self, name: str) -> float:
        """Return packages a second."""
        return self.packages[name] / self.seconds[name] if name in self.seconds else float("nan")

    def times(self, name: str, other: str) -> float:
        """Return how many times as fast one is as the other."""
        return self.rate(name) / self.rate(other)


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
            while int(redis.info("clients")["blocked_clients"]) < len(running):
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


def harvested(portal: Portal, figures: Figures, name: str, fetch: int, count: int) -> str:
    """Measure a first run; return the source's id."""
    slug = name.split()[0]
    source_id = portal.source(slug, count)
    with portal.consumers(fetch) as running:
        before = processor(running)
        seconds, report = portal.run(source_id)
        used = processor(running) - before
    assert report["counts"]["added"] == count, report["counts"]
    figures.add(name, count, seconds, used)
    stages = ", ".join(f"{stage} {spent:.1f}" for stage, spent in report["seconds"].items())
    print(f"    seconds by stage: {stages}")
    return source_id


def imported(portal: Portal, figures: Figures, name: str, fetch: int, count: int) -> None:
    """Measure importing alone: fetch consumers are held until all is gathered."""
    source_id = portal.source(f"only{fetch}", count)
    with portal.consumers(fetch) as (_gather, *fetching):
        for process in fetching:
            process.send_signal(signal.SIGSTOP)
        job_id = act("harvest_job_create", source_id=source_id)["id"]
        wait_for("SELECT gathered_at FROM opengovbelize_run WHERE job_id = :id", id=job_id)
        started, used = time.perf_counter(), processor(fetching)
        for process in fetching:
            process.send_signal(signal.SIGCONT)
        wait_for("SELECT finished_at FROM opengovbelize_run WHERE job_id = :id", id=job_id)
        figures.add(name, count, time.perf_counter() - started, processor(fetching) - used)
    act("harvest_jobs_run")


def published(source_id: str, count: int) -> list[dict[str, Any]]:
    """Return packages as ours made them, without what CKAN gives."""
    rows = model.Session.execute(
        sa.text("SELECT package_id FROM opengovbelize_ledger WHERE source_id = :id ORDER BY id LIMIT :count"),
        {"id": source_id, "count": count},
    )
    return [stated(act("package_show", id=id_)) for (id_,) in rows.all()]


def stated(package: dict[str, Any]) -> dict[str, Any]:
    """Return what somebody states of a package."""
    schema = tk.h.scheming_get_dataset_schema(package["type"])
    names = {each["field_name"] for each in schema["dataset_fields"]} - {"name", "owner_org", "in_series"}
    of_resources = {each["field_name"] for each in schema["resource_fields"]}
    values = {name: package[name] for name in names if package.get(name)}
    values["resources"] = [
        {name: row[name] for name in of_resources if row.get(name)} for row in package["resources"]
    ]
    return {**values, "type": package["type"]}


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


def again(portal: Portal, figures: Figures, source_id: str, slug: str, count: int) -> None:
    """Measure an unchanged run, and one with one changed record."""
    with portal.consumers(1):
        before = written()
        seconds, report = portal.run(source_id)
        assert report["counts"]["unchanged"] == count, report["counts"]
        figures.add(AGAIN, count, seconds)
        print(f"    rows of the catalogue that were written: {written() - before}")
        session_records.write_one(portal.folder / slug, slug, count // 2, more="One sentence is new.")
        seconds, report = portal.run(source_id)
        assert report["counts"]["updated"] == 1, report["counts"]
        figures.add(CHANGED, 1, seconds)


def written() -> int:
    """Return how many rows of the catalogue were ever written, as PostgreSQL counts them."""
    # Other processes tell their numbers when they have been idle for a second.
    time.sleep(2.5)
    model.Session.rollback()
    query = """
        SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables WHERE relname = ANY(:names)
    """
    return int(model.Session.execute(sa.text(query), {"names": list(CATALOGUE)}).scalar() or 0)


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


def consume(consumer: Any, callback: Any) -> None:
    """Let one of ckanext-harvest's consumers take all that waits."""
    while True:
        method, header, body = consumer.basic_get(None)
        if body is None:
            return
        callback(consumer, method, header, body)


def memory(portal: Portal, counts: list[int]) -> None:
    """Print the most memory that consumers have with so many records."""
    for count in counts:
        source_id = portal.source(f"memory{count}", count)
        with portal.consumers(1) as (gather, fetch):
            job_id = act("harvest_job_create", source_id=source_id)["id"]
            done = (
                "SELECT count(*) >= 200 FROM opengovbelize_run_record WHERE outcome = 'added' AND run_id = ("
            )
            wait_for(f"{done}SELECT id FROM opengovbelize_run WHERE job_id = :id)", id=job_id)
            importing = peak(fetch)
            fetch.kill()
            wait_for("SELECT gathered_at FROM opengovbelize_run WHERE job_id = :id", id=job_id)
            print(f"{count:6} records: gather {peak(gather):4} MB, import {importing:4} MB", flush=True)
        act("harvest_job_abort", id=job_id)
        ours.work_all()


def profile(portal: Portal, count: int) -> None:
    """Print where the time of a first run goes, in one process."""
    act("harvest_job_create", source_id=portal.source("profile", count))
    for kind in ours.KINDS:
        profiler = cProfile.Profile()
        profiler.enable()
        while ours.work_once(kind):
            pass
        profiler.disable()
        print(f"{kind} of {count}")
        for order, lines in (("cumulative", 90), ("tottime", 40)):
            pstats.Stats(profiler).sort_stats(order).print_stats(lines)


def prepare() -> None:
    """Empty the databases, the queues and the index."""
    engine = model.meta.engine
    model.repo.rebuild_db()
    for plugin in ("activity", "harvest", "opengovbelize"):
        _run_migrations(plugin, "head", True)
    # Migrations leave an engine behind that opens a connection for every transaction.
    model.init_model(engine)
    search.clear_all()


def scale(portal: Portal, figures: Figures, count: int) -> None:
    """Measure one, two and four fetch consumers."""
    for fetch in (1, 2, 4):
        imported(portal, figures, f"{fetch} fetch consumers", fetch, count)
    for fetch, other, target in ((2, 1, 1.4), (4, 2, 1)):
        times = figures.times(f"{fetch} fetch consumers", f"{other} fetch consumers")
        print(
            f"{fetch} fetch consumers to {other}: {times:.2f}   wanted {target}: {'yes' if times >= target else 'NO'}"
        )


def measure(portal: Portal, options: argparse.Namespace) -> int:
    """Measure all in turns; return 1 where a target is missed."""
    figures = Figures()
    count, part = options.records, options.loop // 4
    source_id = harvested(portal, figures, ONE, 1, count)
    values = published(source_id, max(options.loop, options.theirs))
    loop = Loop(values)
    loop.measure(figures, part)
    again(portal, figures, source_id, "one", count)
    harvested(portal, figures, TWO, 2, count)
    loop.measure(figures, part)
    bare(portal, figures, values)
    if options.theirs:
        theirs(portal, figures, values[: options.theirs])
    loop.measure(figures, part)
    harvested(portal, figures, FOUR, 4, count)
    loop.measure(figures, part)
    scale(portal, figures, min(count, 400))
    targets = [
        (ONE, LOOP, None), (TWO, LOOP, 3), (ONE, THEIRS, None), (TWO, THEIRS, 5),
        (BARE, LOOP, None), (BARE, THEIRS, None),
        (TWO, ONE, None), (FOUR, TWO, None), (AGAIN, ONE, 50), (AGAIN, TWO, None),
    ]  # fmt: skip
    missed = 0
    for name, other, target in targets:
        times = figures.times(name, other)
        wanted = f"   wanted {target}: {'yes' if times >= target else 'NO'}" if target else ""
        missed += bool(target and times < target)
        print(f"{name} to {other}: {times:.2f}{wanted}")
    return int(bool(missed))


def main() -> int:
    """Measure and print; the exit status is 1 where a target is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--loop", type=int, default=400)
    parser.add_argument("--theirs", type=int, default=150)
    parser.add_argument("--memory", type=int, nargs="+")
    parser.add_argument("--scale", type=int, help="measure fetch consumers only, with so many records")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--fill-remote", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--bare-part", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill_remote:
        fill_remote(options.fill_remote)
        return 0
    if options.bare_part:
        bare_part(options.bare_part)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        portal = Portal(Path(folder))
        app: Any = make_app(load_config(str(portal.ini)))
        with app._wsgi_app.test_request_context():
            prepare()
            queue.purge_queues()
            if options.memory:
                memory(portal, options.memory)
            elif options.scale:
                scale(portal, Figures(), options.scale)
            elif options.profile:
                profile(portal, options.records)
            else:
                return measure(portal, options)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
