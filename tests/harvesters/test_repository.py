"""A repository over OAI-PMH through the queue: what it deletes is withdrawn, however much it is."""

from __future__ import annotations

import pytest

from ..sources.test_oai_pmh import BASE, Repository
from .test_records_harvester import counts, example_site

pytestmark = [pytest.mark.server]


def test_records_are_added_once_and_deleted_ones_withdrawn(portal):
    repository = Repository(*[f"2020-05-0{day}" for day in range(1, 6)])
    address = BASE.replace("repository.example.org", "example.org")
    with example_site() as web:
        web.add_callback("GET", address, repository)
        source_id = portal.source(address, series="boats-2020")
        assert counts(portal.run(source_id)) == {"added": 5}
        repository.asked.clear()
        assert counts(portal.run(source_id)) == {"unchanged": 5}
        assert "ListRecords" not in {asked.get("verb") for asked in repository.asked}
        repository.changed["oai:x:5"] = "2020-07-01"
        repository.deleted = {"oai:x:1", "oai:x:2", "oai:x:3", "oai:x:4"}
        report = portal.run(source_id)
    assert counts(report) == {"unchanged": 1, "withdrawn": 4}
    assert report["problems"] == []


def test_records_that_are_no_sessions_are_told_again_and_not_fetched(portal):
    repository = Repository(*[f"2020-05-0{day}" for day in range(1, 6)])
    repository.papers = {"oai:x:2", "oai:x:4"}
    address = BASE.replace("repository.example.org", "example.org")
    with example_site() as web:
        web.add_callback("GET", address, repository)
        source_id = portal.source(address, series="boats-2020")
        first = portal.run(source_id)
        repository.asked.clear()
        again = portal.run(source_id)
        assert {asked.get("verb") for asked in repository.asked} == {None, "ListIdentifiers"}
        repository.changed["oai:x:4"] = "2020-07-01"
        repository.papers = {"oai:x:2"}
        changed = portal.run(source_id)
    assert counts(first) == {"added": 3, "rejected": 2}
    assert counts(again) == {"unchanged": 3, "rejected": 2}
    told = [[row for row in report["records"] if row["outcome"] == "rejected"] for report in (first, again)]
    assert told[0] == told[1]
    assert {reason for row in told[0] for reason in row["reasons"]} == {"not-a-session"}
    assert counts(changed) == {"unchanged": 3, "added": 1, "rejected": 1}
