"""How long the tracker of a large plan takes, beside CKAN's own list of datasets.

    bin/test --exec python benchmarks/tracker.py

Makes two plans of 30 commitments, 150 indicators and 8 periods, one with 1,200 progress reports and one with 120,
and 20 ordinary datasets. Then it asks for ``/dataset/`` and for the tracker in turns, as an anonymous visitor of one
server process (Flask's test client: no network, no web server, no page cache), and prints the medians of the warm
requests, their ratio, and how many queries each request sends to PostgreSQL and to Solr.

The databases and the index of the test configuration are emptied first.
"""

from __future__ import annotations

import cProfile
import pstats
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import pysolr
from ckan.cli import load_config
from ckan.cli.db import _run_migrations
from ckan.config.middleware import make_app
from ckan.lib.search import clear_all
from ckan.tests import factories
from ckan.tests.helpers import call_action
from sqlalchemy import event

TEST_INI = Path(__file__).parent.parent / "test.ini"
TARGET = 1.5
ROUNDS = 30
WARM_UP = 5
COMMITMENTS = 30
INDICATORS = 5
YEARS = (2022, 2023, 2024, 2025)
STATUSES = ("NS", "LP", "SP", "C")
LIST = "/dataset/"
SMALL, LARGE = "/action_plan/plan-120", "/action_plan/plan-1200"
WRITER = "opengovbelize_writes_reports"


def main() -> int:
    """Measure and print; the exit status is 1 where a target is missed."""
    app: Any = make_app(load_config(str(TEST_INI)))
    with app._wsgi_app.test_request_context():
        fill()
    client = app._wsgi_app.test_client()

    def get(path: str) -> str:
        response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}.")
        return response.get_data(as_text=True)

    if "--profile" in sys.argv:
        profile(get)
        return 0
    queries = {path: counted(get, path) for path in (LIST, SMALL, LARGE)}
    medians = {path: statistics.median(times) for path, times in measured(get, (LIST, SMALL, LARGE)).items()}
    for path in (LIST, SMALL, LARGE):
        ratio = medians[path] / medians[LIST]
        told = queries[path]
        sent = f"SQL {told['sql']:3}   Solr {told['solr']:2}"
        print(f"{path:28} {medians[path] * 1000:7.1f} ms   {ratio:4.2f} times   {sent}")
    fast = medians[LARGE] <= TARGET * medians[LIST]
    same = queries[SMALL] == queries[LARGE]
    print(
        f"at most {TARGET} times: {'yes' if fast else 'NO'}; as many queries with 120 as with 1,200: {same}"
    )
    return 0 if fast and same else 1


def measured(get: Callable[[str], str], paths: tuple[str, ...]) -> dict[str, list[float]]:
    """Return the times of warm requests, taken in turns."""
    times: dict[str, list[float]] = {path: [] for path in paths}
    for number in range(WARM_UP + ROUNDS):
        for path in paths:
            start = time.perf_counter()
            get(path)
            if number >= WARM_UP:
                times[path].append(time.perf_counter() - start)
    return times


def counted(get: Callable[[str], str], path: str) -> Counter[str]:
    """Return how many queries a warm request sends."""
    get(path)
    with counting() as counts:
        get(path)
    return counts


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """Count the queries to PostgreSQL and to Solr."""
    counts: Counter[str] = Counter(sql=0, solr=0)
    send = pysolr.Solr._send_request

    def note_sql(*_args: Any) -> None:
        counts["sql"] += 1

    def note_solr(*args: Any, **options: Any) -> Any:
        counts["solr"] += 1
        return send(*args, **options)

    engine = model.meta.engine
    event.listen(engine, "before_cursor_execute", note_sql)
    pysolr.Solr._send_request = note_solr
    try:
        yield counts
    finally:
        event.remove(engine, "before_cursor_execute", note_sql)
        pysolr.Solr._send_request = send


def profile(get: Callable[[str], str]) -> None:
    """Print where the time of the large plan's tracker goes."""
    for _number in range(WARM_UP):
        get(LARGE)
    profiler = cProfile.Profile()
    profiler.enable()
    for _number in range(10):
        get(LARGE)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(60)


def fill() -> None:
    """Empty the databases and the index; make the plans and the datasets."""
    model.repo.rebuild_db()
    for plugin in ("activity", "harvest", "opengovbelize"):
        _run_migrations(plugin, "head", True)
    clear_all()
    program = factories.Organization(name="program", title="Program")
    leads: list[dict[str, Any]] = [
        factories.Organization(name=f"lead-{n}", title=f"Department {n}") for n in range(6)
    ]
    for every, name in ((1, "plan-1200"), (10, "plan-120")):
        make_plan(name, program, leads, every)
    for number in range(20):
        create(
            name=f"dataset-{number}",
            title=f"Dataset {number}",
            notes="Numbers that anybody may use. " * 10,
            owner_org=program["id"],
            license_id="cc-by",
            tags=[{"name": "numbers"}],
            resources=[{"url": f"https://www.example.org/{number}.csv", "format": "CSV"}],
        )


def make_plan(name: str, program: dict[str, Any], leads: list[dict[str, Any]], every: int) -> None:
    """Make a plan with a report for every so-manieth indicator and period."""
    common = {
        "owner_org": program["id"],
        "license_id": "cc-by",
        "publication_state": "released",
        "invented": True,
    }
    plan = create(
        type="action_plan",
        name=name,
        title=f"Plan {name}",
        start=f"{YEARS[0]}-01-01",
        end=f"{YEARS[-1]}-12-31",
        periods=[
            period for year in YEARS
            for period in (
                {"code": f"{year}-H1", "start": f"{year}-01-01", "end": f"{year}-06-30", "due": f"{year}-07-31"},
                {"code": f"{year}-H2", "start": f"{year}-07-01", "end": f"{year}-12-31", "due": f"{year + 1}-01-31"},
            )
        ],
        **common,
    )  # fmt: skip
    counter = 0
    for number in range(1, COMMITMENTS + 1):
        lead = leads[number % len(leads)]
        indicators = [
            {
                "code": f"{number}.{place}",
                "title": f"Indicator {place} of commitment {number}, with a title as long as they are",
                "deadline": f"{YEARS[place % 4]}-12-31",
                "lead": lead["id"],
            }
            for place in range(1, INDICATORS + 1)
        ]
        reports = []
        for indicator in indicators:
            for place, period in enumerate(plan["periods"]):
                counter += 1
                if counter % every == 0:
                    reports.append(report(indicator["code"], period, place, lead["title"]))
        create(
            type="commitment",
            name=f"{name}-final-{number}",
            title=f"Commitment {number}: what is promised, in a title of the usual length",
            in_plan=plan["id"],
            number=str(number),
            stage="final",
            action="What will be done. " * 40,
            lead=[lead["title"]],
            policy_areas=["open-data" if number % 2 else "education"],
            indicators=indicators,
            reports=reports,
            **common,
        )


def report(indicator: str, period: dict[str, Any], place: int, institution: str) -> dict[str, Any]:
    """Return a row of a commitment, moving on with the periods."""
    return {
        "code": f"{indicator}_{period['code']}",
        "indicator": indicator,
        "period": period["code"],
        "status": STATUSES[min(3, (place + len(indicator)) // 3)],
        "progress": "What was done in this half-year, in a few sentences. " * 4,
        "challenges": "What stood in the way.",
        "evidence": "https://www.example.org/evidence",
        "institution": institution,
        "reported": period["due"],
        "late": False,
        "version": 1,
    }


def create(**fields: Any) -> dict[str, Any]:
    """Make a dataset, reports included: as the room that writes them does."""
    context: Any = {"user": call_action("get_site_user")["name"], "ignore_auth": True, WRITER: True}
    return tk.get_action("package_create")(context, fields)


if __name__ == "__main__":
    raise SystemExit(main())
