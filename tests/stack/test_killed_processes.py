"""Every process of a portal is killed while it harvests: nothing is lost or doubled, and nobody has to help.

``bin/test`` has one run; ``bin/test --soak tests/stack/test_killed_processes.py`` has twenty
rounds (``SOAK_ROUNDS``), in each of which one process is killed at one stage and others at random moments.
"""

from __future__ import annotations

import os
import random
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import requests

from stack import bootstrap, postgres, processes, servers, starting
from stack.settings import Settings
from stack.supervisor import Supervisor, wait

from ..harvesters.conftest import record
from ..soak.servers import Site, family, until

ROUNDS = int(os.environ.get("SOAK_ROUNDS", "20"))
RECORDS = 16
CONSUMERS = ("gather", "fetch")
VICTIMS = ("gather", "fetch", "scheduler", "worker", "web", "web worker", "redis", "solr", "postgres")
MANAGER = "supervisord"


CSRF = re.compile(r'name="_csrf_token"[^>]*(?:value|content)="([^"]+)"')
# The administrator's token, by portal.
_TOKENS: dict[Path, list[str]] = {}


class Api:
    """The administrator of a portal, who tries again where it does not answer."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.session = requests.Session()
        answers = list(_TOKENS.get(settings.state, ()))

        def has_token() -> bool:
            answers.append(self._token())
            return answers[-1].startswith("ey")

        if not answers:
            until(has_token, 120, lambda: f"The administrator gets no token: {answers[-1]}")
        _TOKENS[settings.state] = answers[-1:]
        self.headers = {"Authorization": answers[-1]}
        self.session = requests.Session()

    def _token(self) -> str:
        """Log in and return an API token, or else what was answered."""
        url = self.settings.local_url
        self.session = requests.Session()
        try:
            form = self.session.get(f"{url}/user/login").text
            found = CSRF.search(form)
            if not found:
                return form
            password = self.settings.keys.get("admin-password")
            values = {"login": bootstrap.ADMIN, "password": password, "_csrf_token": found[1]}
            home = self.session.post(f"{url}/user/login", values).text
            # CKAN changes it at every login.
            found = CSRF.search(home)
            if not found:
                return home
            made = self.session.post(
                f"{url}/api/3/action/api_token_create",
                json={"user": bootstrap.ADMIN, "name": f"{time.time()}"}, headers={"X-CSRFToken": found[1]},
            )  # fmt: skip
            return made.json()["result"]["token"] if made.status_code == 200 else made.text
        except requests.RequestException as error:
            return repr(error)

    def ask(self, action: str, **values: Any) -> requests.Response | None:
        """Call an action once; nothing where nobody answers."""
        try:
            return self.session.post(
                f"{self.settings.local_url}/api/3/action/{action}",
                json=values,
                headers=self.headers,
                timeout=60,
            )
        except requests.RequestException:
            return None

    def call(self, action: str, **values: Any) -> Any:
        """Call an action until it succeeds."""
        answers: list[Any] = []

        def succeeds() -> bool:
            answer = self.ask(action, **values)
            answers.append(answer is not None and (answer.status_code, answer.text[:300]))
            if answer is not None and answer.status_code == 200:
                answers.append(answer.json()["result"])
                return True
            return False

        until(succeeds, 120, lambda: f"{action}: {answers[-1]}")
        return answers[-1]


class Round:
    """One harvest of a web site with records of its own."""

    def __init__(self, settings: Settings, number: int, site: Site) -> None:
        self.settings, self.site = settings, site
        self.chance = random.Random(number)
        # Sessions are numbered up to 999.
        self.numbers = range(20 * number + 1, 20 * number + RECORDS + 1)
        site.pages = {f"{each}.md": record(each) for each in self.numbers}
        self.killed: Counter[str] = Counter()
        self.api = Api(settings)
        self.name = f"site-{number}"
        self.source_id = self.api.call(
            "harvest_source_create",
            name=self.name, title=self.name, url=site.url, source_type="opengovbelize_records",
            owner_org=bootstrap.ORGANIZATION["name"],
        )["id"]  # fmt: skip

    @property
    def manager(self) -> Supervisor:
        return Supervisor(self.settings, servers.remembered_ports(self.settings)["supervisor"])

    def start(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Ask for a job, whatever happens meanwhile, until there is one."""
        helper = threading.Thread(target=meanwhile)
        helper.start()

        def is_there() -> bool:
            self.api.ask("harvest_job_create", source_id=self.source_id)
            return bool(self.api.call("harvest_job_list", source_id=self.source_id))

        until(is_there, 60, lambda: "There is no job.")
        helper.join()

    def job(self) -> dict[str, Any]:
        (job,) = self.api.call("harvest_job_list", source_id=self.source_id)
        return job

    def has_begun(self, stage: str) -> bool:
        if stage == "gather":
            return self.site.asked > 0
        begun = "SELECT 1 FROM harvest_object WHERE import_started IS NOT NULL AND harvest_source_id ="
        return bool(query(self.settings, f"{begun} '{self.source_id}'"))

    def kill(self, victim: str) -> None:
        """Kill a process, at once."""
        manager = self.manager
        if victim == MANAGER:
            pid = manager.pid()
        else:
            name = victim.removesuffix(" worker")
            info = wait_for(lambda: running(manager, name))
            pid = info["pid"]
            if victim != name:
                pid = (family(pid)[1:] or [pid])[0]
        assert pid
        os.kill(pid, signal.SIGKILL)
        processes.wait_for_end([pid], 20)
        self.killed[victim] += 1

    def kill_manager(self) -> None:
        self.kill(MANAGER)
        starting.up(self.settings, samples=False)

    def ends_right(self) -> None:
        until(
            lambda: self.job()["status"] == "Finished",
            180,
            lambda: f"It hangs: {self.job()}, killed: {dict(self.killed)}",
        )
        names = {f"harbour-2025-{number}" for number in self.numbers}
        job = self.job()
        report = self.api.call("opengovbelize_run_show", job_id=job["id"])
        assert {outcome: number for outcome, number in report["counts"].items() if number} == {
            "added": RECORDS
        }
        assert report["finished_at"] and report["errors"] == job["stats"]["errored"] == 0
        mine = f"name IN ({', '.join(repr(name) for name in names)})"
        assert query(self.settings, f"SELECT count(*) FROM package WHERE {mine}") == (RECORDS,)
        assert query(self.settings, "SELECT count(*) FROM package WHERE name ~ '^harbour-2025-.*-'") == (0,)
        once = (
            "SELECT count(*), count(DISTINCT object_id) FROM activity WHERE object_id IN "
            f"(SELECT id FROM package WHERE {mine}) AND activity_type"
        )
        assert query(self.settings, f"{once} = 'new package'") == (RECORDS, RECORDS)
        assert query(self.settings, f"{once} = 'changed package'") == (0, 0)
        ledger = f"SELECT count(*) FROM opengovbelize_ledger WHERE source_id = '{self.source_id}'"
        assert query(self.settings, ledger) == (RECORDS,)
        until(lambda: self._indexed() == names, 60, lambda: f"In the index: {self._indexed()}")
        print(f"{self.name}: killed {dict(self.killed)}")

    def _indexed(self) -> set[str]:
        found = self.api.call("package_search", q="title:Invented", fq="dataset_type:webinar", rows=1000)
        names = Counter(row["name"] for row in found["results"])
        assert set(names.values()) <= {1}
        return {name for name in names if int(name.rsplit("-", 1)[1]) in self.numbers}


def running(manager: Supervisor, name: str) -> dict[str, Any] | None:
    info = manager.states()[name]
    return info if info["statename"] in ("RUNNING", "STARTING") and info["pid"] else None


def wait_for(condition: Callable[[], Any]) -> Any:
    found: list[Any] = []
    assert wait(lambda: found.append(condition()) or found[-1], 60)
    return found[-1]


def query(settings: Settings, sql: str) -> tuple[Any, ...]:
    """Return the first row; an empty one where there is none, or nobody answers."""
    try:
        connection = postgres.connect(
            settings, servers.remembered_ports(settings)["postgres"], postgres.databases(settings)[0]
        )
    except psycopg2.OperationalError:
        return ()
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone() or ()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site({}, seconds=0.1)
    yield made
    made.end()


@pytest.mark.server
def test_a_run_ends_right_though_processes_are_killed(running_portal: Settings, site: Site) -> None:
    """Those that no other test of bin/test kills: tests/soak/ has the consumers and the servers."""
    round_ = Round(running_portal, 0, site)
    round_.start(lambda: round_.kill("web worker"))
    until(lambda: round_.has_begun("gather"), 60, lambda: "Nothing is gathered.")
    for victim in ("scheduler", "worker", "solr"):
        round_.kill(victim)
    until(lambda: round_.has_begun("import"), 60, lambda: "Nothing is imported.")
    round_.kill_manager()
    round_.ends_right()


@pytest.mark.soak
@pytest.mark.parametrize("number", range(1, ROUNDS + 1))
def test_processes_are_killed_at_random_moments(running_portal: Settings, site: Site, number: int) -> None:
    """Round by round each process is the first to be killed, first while the site is read, then during the import."""
    everybody = (*VICTIMS, MANAGER)
    first, stage = everybody[number % len(everybody)], CONSUMERS[number // len(everybody) % 2]
    stage = "gather" if stage == "gather" else "import"
    round_ = Round(running_portal, number, site)
    round_.start()
    until(lambda: round_.has_begun(stage), 60, lambda: f"Nothing comes to {stage}.")
    for victim in (first, *round_.chance.choices(VICTIMS, k=4)):
        time.sleep(round_.chance.uniform(0, 1.5))
        if victim == MANAGER:
            round_.kill_manager()
        else:
            round_.kill(victim)
    round_.ends_right()
