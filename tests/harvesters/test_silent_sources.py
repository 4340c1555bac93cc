"""A source that is large, slow or silent holds up no other."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from ckan import model
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestObject
from ckanext.opengovbelize.harvesters import consumers, work
from ckanext.opengovbelize.runs import leases

from ..queues import consume
from ..soak.servers import Site, until
from .conftest import Portal, record, serving
from .test_gathering import PAGES, RECORDS

pytestmark = [pytest.mark.server]


@pytest.fixture
def site(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A web site with records, of which each fills a batch."""
    with serving(PAGES, ckan_config, monkeypatch) as made:
        monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.batch_size", 1)
        yield made


def test_in_stock_harvest_a_large_source_goes_before_the_small_ones(
    portal: Portal, ckan_config: Any, monkeypatch: Any
) -> None:
    """All its objects are in the queue before those of the next (#429, #568); ours take turns."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.batch_size", 1)
    for number in range(1, 4):
        portal.write(f"large/{number}.md", record(number))
    portal.write("small/4.md", record(4))
    for name in ("large", "small"):
        portal.start(portal.source((portal.folder / name).as_uri(), f"{name}-source"))
    consume(queue.get_gather_consumer(), queue.gather_callback)
    order = [
        harvest_object.source.title.split()[0]
        for harvest_object in model.Session.query(HarvestObject).order_by(HarvestObject.gathered)
    ]
    assert order == ["Large", "Large", "Large", "Small"]
    turns = []
    while lease := work.take(leases.IMPORT):
        turns.append(HarvestObject.get(lease.subject).source.title.split()[0])
        consumers._import(lease)
        model.Session.remove()
        leases.release(lease)
    assert turns.index("Small") <= 1


def test_a_source_that_never_answers_holds_up_no_other(portal: Portal, site: Site) -> None:
    """One consumer reads several at once, each in a thread (#429, #568)."""
    hung = portal.start(portal.source(site.url, "hung-source"))
    slow = threading.Thread(target=consumers.work_once, args=(leases.GATHER,))
    with site.halted():
        slow.start()
        until(lambda: site.asked, 20, lambda: "The site is not asked.")
        portal.write("6.md", record(6))
        quick = portal.start(portal.source(name="quick-source"))
        assert consumers.work_once(leases.GATHER)
        assert consumers.work_once(leases.IMPORT)
        assert portal.report(quick)["counts"]["added"] == 1
        assert slow.is_alive() and portal.job(hung)["gather_finished"] is None
        model.Session.remove()
    slow.join()
    assert portal.report(portal.finish(hung))["counts"]["added"] == RECORDS


def test_sources_that_never_answered_last_time_leave_threads_to_the_others(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any
) -> None:
    """However many there are: a consumer of three threads reads one of them at a time, and the others first."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.gathers_at_once", work.KEPT_FREE + 1)
    sick = [portal.source(f"{site.url}{number}.md", f"sick-source-{number}") for number in (1, 2, 3)]
    with site.halted(), monkeypatch.context() as patch:
        patch.setitem(ckan_config, "ckanext.opengovbelize.fetch_timeout", 1)
        patch.setitem(ckan_config, "ckanext.opengovbelize.fetch_retries", 0)
        for source_id in sick:
            assert [each["code"] for each in portal.run(source_id)["problems"]] == ["address-timeout"]
    asked = site.asked
    jobs = [portal.start(source_id) for source_id in sick]
    slow = threading.Thread(target=consumers.work_once, args=(leases.GATHER,))
    with site.halted():
        slow.start()
        until(lambda: site.asked > asked, 20, lambda: "The site is not asked.")
        portal.write("6.md", record(6))
        quick = portal.start(portal.source(name="quick-source"))
        assert consumers.work_once(leases.GATHER)
        assert portal.job(quick)["gather_finished"]
        model.Session.remove()
        # The other two wait for the first, and every thread but one for sources that answer.
        assert not consumers.work_once(leases.GATHER)
    slow.join()
    for job_id in jobs:
        assert portal.report(portal.finish(job_id))["problems"] == []


@pytest.mark.parametrize("how", ["halted", "dripping"])
def test_sources_that_keep_waiting_for_the_first_time_cost_the_others_one_time_limit(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any, how: str
) -> None:
    """Though one thread reads them all: each is asked once, and asked again when the others have had their turn."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.fetch_timeout", 1)
    sick = [
        portal.start(portal.source(f"{site.url}{number}.md", f"sick-source-{number}")) for number in (1, 2)
    ]
    portal.write("6.md", record(6))
    quick = portal.start(portal.source(name="quick-source"))
    with getattr(site, how)():
        for _ in sick:
            assert consumers.work_once(leases.GATHER)
        assert (site.asked, portal.job(quick)["gather_finished"]) == (len(sick), None)
        assert consumers.work_once(leases.GATHER)
        assert portal.job(quick)["gather_finished"]
        assert [portal.job(job_id)["gather_finished"] for job_id in sick] == [None, None]
        # They are slow from now on, whoever takes them.
        assert [is_slow for _id, is_slow in work.waiting(leases.GATHER)] == [True, True]
    for job_id in sick:
        report = portal.report(portal.finish(job_id))
        assert (report["problems"], report["errors"], report["counts"]["added"]) == ([], 0, 1)


def test_a_source_that_falls_silent_in_the_middle_lets_the_others_go_first(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.fetch_timeout", 1)
    slow = portal.start(portal.source(site.url, "slow-source"))
    portal.write("6.md", record(6))
    quick: list[str] = []

    def falls_silent(name: str) -> None:
        if name == "3.md" and not quick:
            quick.append(portal.start(portal.source(name="quick-source")))
            model.Session.remove()
            site.answers.clear()
            site.answers.wait()

    site.meanwhile = falls_silent
    assert consumers.work_once(leases.GATHER)
    assert portal.report(slow)["counts"]["waiting"] == 2
    assert consumers.work_once(leases.GATHER)
    assert portal.job(quick[0])["gather_finished"] and not portal.job(slow)["gather_finished"]
    site.answers.set()
    report = portal.report(portal.finish(slow))
    assert (report["problems"], report["errors"], report["counts"]["added"]) == ([], 0, RECORDS)


def test_a_server_that_stops_answering_is_left_alone(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any
) -> None:
    """Each of its pages would cost the whole time limit, up to gather_seconds."""
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.fetch_timeout", 1)
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.fetch_retries", 0)
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.fetch_patience", 2)
    site.pages = {f"{number}.md": record(number) for number in range(1, 10)}
    source_id = portal.source(site.url)
    assert portal.run(source_id)["counts"]["added"] == 9
    asked = site.asked

    def stops(name: str) -> None:
        if name and name != "1.md":
            site.answers.clear()
            site.answers.wait()

    site.meanwhile = stops
    report = portal.run(source_id)
    site.answers.set()
    # The list, a record, and three times in vain.
    assert site.asked - asked == 5
    codes = Counter(code for row in report["records"] for code in row["reasons"])
    assert codes == {"address-timeout": 3, "server-away": 5}
    assert (report["counts"]["unchanged"], report["counts"]["withdrawn"]) == (1, 0)
    assert [(each["code"], each["failure"]) for each in report["problems"]] == [("server-away", True)]
    site.meanwhile = lambda _name: None
    assert portal.run(source_id)["counts"]["unchanged"] == 9


def test_a_consumer_has_a_thread_for_each_source_that_it_reads_at_once(
    with_plugins: None, ckan_config: Any, monkeypatch: Any
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.gathers_at_once", 3)
    monkeypatch.setattr(leases, "end_when_hung", lambda: None)
    together = threading.Barrier(3, timeout=20)
    monkeypatch.setattr(consumers, "_run_or_end", lambda _kind: together.wait())
    monkeypatch.setattr(consumers, "_run", lambda _kind: together.wait())
    consumers.run(leases.GATHER)
    assert not together.broken
