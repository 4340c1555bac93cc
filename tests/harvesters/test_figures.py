"""What a monitoring server reads."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories, helpers
from ckanext.harvest.model import HarvestObject
from ckanext.opengovbelize.harvesters import consumers
from ckanext.opengovbelize.runs import leases
from prometheus_client.parser import text_string_to_metric_families

from .conftest import Portal, record

pytestmark = [pytest.mark.server]

ADDRESS = "/opengovbelize/metrics"
TOKEN = "a-long-random-text"


@pytest.fixture
def scrape(portal: Portal, app: Any, monkeypatch: pytest.MonkeyPatch, ckan_config: Any) -> Any:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.metrics_token", TOKEN)

    def read() -> dict[tuple[str, ...], float]:
        body = app.get(ADDRESS, headers={"Authorization": f"Bearer {TOKEN}"}).body
        return {
            (sample.name.removeprefix("opengovbelize_"), *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(body)
            for sample in family.samples
        }

    return read


def test_what_waits_is_counted_with_its_age(portal: Portal, scrape: Any) -> None:
    portal.write("one.md", record(1))
    portal.write("broken.md", "")
    job_id = portal.start(portal.source())
    figures = scrape()
    assert figures["waiting", "gather"] == 1
    assert figures["runs", "running"] == 0
    consumers.work_once(leases.GATHER)
    model.Session.query(HarvestObject).update(
        {HarvestObject.gathered: HarvestObject.gathered - sa.text("interval '90 seconds'")}
    )
    model.Session.commit()
    leases.take(leases.IMPORT, "somebody-works")
    figures = scrape()
    assert (figures["waiting", "gather"], figures["waiting", "import"]) == (0, 1)
    assert 90 <= figures["oldest_waiting_seconds", "import"] < 200
    assert figures["oldest_waiting_seconds", "gather"] == 0
    assert figures["leases", "import", "live"] == 1
    assert figures["sources", "running"] == 1
    model.Session.execute(sa.text("UPDATE opengovbelize_lease SET until = '-infinity'"))
    model.Session.commit()
    assert scrape()["leases", "import", "expired"] == 1

    report = portal.report(portal.finish(job_id))
    figures = scrape()
    assert figures["runs", "with_errors"] == 1
    for outcome, number in report["counts"].items():
        assert figures["run_records", outcome] == number
    assert figures["sources", "errors"] == 1
    assert figures["index_pending",] == 0
    assert figures["queue_up",] == 1


def test_only_the_operator_reads_them(
    portal: Portal, app: Any, scrape: Any, monkeypatch: Any, ckan_config: Any
) -> None:
    for authorization in ("", "Bearer wrong", f"Basic {TOKEN}", TOKEN):
        app.get(ADDRESS, headers={"Authorization": authorization}, status=403)
    editor = helpers.call_action("api_token_create", user=portal.editor["name"], name="test")["token"]
    app.get(ADDRESS, headers={"Authorization": editor}, status=403)
    sysadmin = factories.SysadminWithToken()
    assert "opengovbelize_runs" in app.get(ADDRESS, headers={"Authorization": sysadmin["token"]}).body
    # Without a token in the configuration, an empty one opens nothing.
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.metrics_token", "")
    app.get(ADDRESS, headers={"Authorization": "Bearer "}, status=403)
