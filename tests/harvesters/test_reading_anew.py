"""A run that reads all anew fetches and compares what its server calls unchanged, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories, helpers
from ckanext.harvest.model import HarvestObject
from ckanext.opengovbelize.model import Page

from ..soak.servers import Site
from .conftest import Portal, record, serving

pytestmark = [pytest.mark.server]

RECORDS = {f"{number}.md": record(number) for number in (1, 2, 3)}


@pytest.fixture
def site(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A web site with records."""
    with serving(RECORDS, ckan_config, monkeypatch) as made:
        yield made


@pytest.fixture
def source_id(portal: Portal, site: Site) -> str:
    """A source that was read, and of which nothing has changed since."""
    source_id = portal.source(site.url)
    portal.run(source_id)
    site.sent.clear()
    return source_id


def modified() -> list[Any]:
    return [row.metadata_modified for row in model.Session.query(model.Package).order_by("name")]


def test_all_is_fetched_and_nothing_that_is_the_same_is_written(
    portal: Portal, site: Site, source_id: str
) -> None:
    before = modified()
    report = portal.run(source_id, anew=True)
    assert (report["counts"]["unchanged"], report["found"]) == (3, 3)
    assert {name: site.sent[name] for name in RECORDS} == {"1.md": 1, "2.md": 1, "3.md": 1}
    assert modified() == before
    site.sent.clear()
    assert portal.run(source_id)["counts"]["unchanged"] == 3
    assert not any(site.sent[name] for name in RECORDS)


def test_what_is_the_same_is_compared_with_the_catalogue_once_more(portal: Portal, source_id: str) -> None:
    objects = model.Session.query(HarvestObject).filter_by(harvest_source_id=source_id)
    before = objects.count()
    portal.run(source_id)
    assert objects.count() == before
    portal.run(source_id, anew=True)
    assert objects.count() > before


def test_what_an_editor_changed_by_hand_stays(portal: Portal, source_id: str) -> None:
    editor = {"user": portal.editor["name"], "ignore_auth": False}
    helpers.call_action("package_patch", editor, id="harbour-2025-2", objective="What an editor wrote.")
    report = portal.run(source_id, anew=True)
    assert report["counts"]["unchanged"] == 3
    assert portal.webinar(2)["objective"] == "What an editor wrote."


def test_nothing_is_forgotten_where_no_run_can_start(portal: Portal, source_id: str) -> None:
    known = model.Session.query(Page).count()
    assert known
    job_id = portal.start(source_id)
    with pytest.raises(tk.ValidationError):
        portal.start(source_id, anew=True)
    model.Session.rollback()
    assert model.Session.query(Page).count() == known
    assert portal.report(portal.finish(job_id))["counts"]["unchanged"] == 3


def test_who_may_not_run_the_source_forgets_nothing_of_it(portal: Portal, source_id: str) -> None:
    known = model.Session.query(Page).count()
    stranger = {"user": factories.User()["name"], "ignore_auth": False}
    with pytest.raises(tk.NotAuthorized):
        helpers.call_action("harvest_job_create", stranger, source_id=source_id, anew=True)
    assert model.Session.query(Page).count() == known


def test_the_button_of_the_source_starts_such_a_run(
    portal: Portal, site: Site, source_id: str, app: Any
) -> None:
    headers = {"Authorization": factories.APIToken(user=portal.editor["name"])["token"]}
    page = app.get(f"/harvest/admin/{source_id}", headers=headers).body
    assert f"/opengovbelize/source/{source_id}/run?anew=1" in page
    app.post(f"/opengovbelize/source/{source_id}/run?anew=1", headers=headers)
    portal.finish("")
    assert {name: site.sent[name] for name in RECORDS} == {"1.md": 1, "2.md": 1, "3.md": 1}
