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
import pstats
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import session_records
import sqlalchemy as sa
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckanext.harvest import queue
from ckanext.opengovbelize.harvesters import consumers as ours
from figures import AGAIN, BARE, CHANGED, FOUR, LOOP, ONE, THEIRS, TWO, Figures
from portal import Portal, act, peak, prepare, processor, wait_for
from rivals import Loop, bare, theirs

CATALOGUE = (
    *("package", "resource", "activity", "package_tag", "member"),
    *("opengovbelize_ledger", "opengovbelize_published", "opengovbelize_identity"),
)


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


def imported(portal: Portal, figures: Figures, name: str, slug: str, fetch: int, count: int) -> None:
    """Measure importing alone: fetch consumers are held until all is gathered."""
    source_id = portal.source(slug, count)
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


def scale(portal: Portal, figures: Figures, count: int) -> None:
    """Measure one, two and four fetch consumers, in turns: how fast the machine is changes meanwhile."""
    for turn in range(1, 3):
        for fetch in (1, 2, 4):
            imported(portal, figures, f"{fetch} fetch consumers", f"turn{turn}x{fetch}", fetch, count)
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
    options = parser.parse_args()
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
