"""Harvests in the middle of which a server stands still or goes: the run ends right, nothing is lost or doubled.

``bin/test`` lets each server be away for seconds, all in one run; ``bin/test --soak`` one at a time for twenty
(``SOAK_SECONDS``), halted, stopped as an operator does, and killed.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckanext.opengovbelize.runs import sweeper

from ..harvesters.conftest import Portal, portal, record
from . import rounds, servers

__all__ = ["portal"]

SECONDS = float(os.environ.get("SOAK_SECONDS", "20"))
RECORDS = 32
ALL = {f"{number:02}.md": record(number) for number in range(1, RECORDS + 1)}

OPTIONS = """
ckanext.opengovbelize.allowed_hosts = 127.0.0.1:{port}
ckanext.opengovbelize.fetch_timeout = {timeout}
ckanext.opengovbelize.fetch_retries = 4
ckanext.opengovbelize.poll_seconds = 1
"""


@pytest.fixture
def site() -> Iterator[servers.Site]:
    """A web site that takes its time, so that there is a middle of the gathering."""
    made = servers.Site(ALL, seconds=0.1)
    yield made
    made.end()


class Round:
    """One run of a web site's records, during which something happens."""

    def __init__(self, portal: Portal, site: servers.Site, consumers: rounds.Consumers) -> None:
        self.portal, self.site, self.consumers = portal, site, consumers
        self.job_id = portal.start(portal.source(site.url))

    def gathers(self) -> bool:
        """Tell whether the site is being read."""
        return self.site.asked > RECORDS // 4

    def imports(self, at_least: int = 1) -> bool:
        """Tell whether so many records have been imported."""
        model.Session.remove()
        report = self.portal.report(self.job_id) if self.portal.job(self.job_id)["gather_started"] else None
        return bool(report and report["counts"]["added"] >= at_least)

    def wait(self, condition: Any) -> None:
        servers.until(
            condition, 120, lambda: f"{self.portal.job(self.job_id)} {self.consumers.log.read_text()}"
        )

    def ends_right(self) -> None:
        def ended() -> bool:
            self.consumers.assert_alive()
            return rounds.has_finished(self.portal, self.job_id)

        self.wait(ended)
        # What Solr missed is in the index after the scheduler's next sweep.
        sweeper.sweep()
        report = rounds.adds_up(self.portal, self.consumers, self.job_id)
        assert rounds.counts(report) == {"added": RECORDS}, report
        rounds.are_there_once({f"harbour-2025-{number}" for number in range(1, RECORDS + 1)})


@pytest.fixture
def round_(
    portal: Portal, site: servers.Site, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Round]:
    timeout = 2 if request.node.get_closest_marker("server") else 30
    options = OPTIONS.format(port=site.port, timeout=timeout)
    with rounds.running(portal, tmp_path, each=1, chance=random.Random(1), options=options) as consumers:
        yield Round(portal, site, consumers)


def killed(server: servers.Server) -> None:
    model.Session.remove()
    server.kill()


def away(absence: AbstractContextManager[None], seconds: float) -> None:
    model.Session.remove()
    with absence:
        time.sleep(seconds)


@pytest.mark.server
def test_a_run_ends_right_though_every_server_is_away_for_seconds(round_: Round) -> None:
    round_.wait(round_.gathers)
    away(round_.site.halted(), 3)
    round_.wait(round_.imports)
    killed(servers.Server("redis"))
    away(servers.Server("postgres").halted(), 3)
    round_.wait(lambda: round_.imports(8))
    away(servers.Server("solr").halted(), 3)
    killed(servers.Server("postgres"))
    round_.ends_right()


@pytest.mark.soak
@pytest.mark.parametrize("how", ["halted", "stopped", "killed"])
@pytest.mark.parametrize("stage", ["gather", "import"])
@pytest.mark.parametrize("name", servers.KINDS)
def test_a_run_ends_right_though_a_server_is_away(round_: Round, name: str, stage: str, how: str) -> None:
    round_.wait(round_.gathers if stage == "gather" else round_.imports)
    server = servers.Server(name)
    if how == "killed":
        killed(server)
    else:
        away(getattr(server, how)(), SECONDS)
    round_.ends_right()


@pytest.mark.soak
@pytest.mark.parametrize("how", ["halted", "stopped"])
def test_a_run_ends_right_though_the_web_site_is_away(round_: Round, how: str) -> None:
    round_.wait(round_.gathers)
    away(getattr(round_.site, how)(), SECONDS)
    round_.ends_right()
