"""What a source may be saved as, and what of it is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers
from ckanext.harvest.model import HarvestSource

from ..soak.servers import Site
from .conftest import Portal, record, serving

pytestmark = [pytest.mark.server]

FEED = "https://example.org/feed"


def test_two_sources_may_differ_by_their_query_only(portal: Portal) -> None:
    one = portal.source(f"{FEED}?series=1", "one")
    other = portal.source(f"{FEED}?series=2", "other")
    shown = helpers.call_action("harvest_source_show", id=other)
    assert (shown["url"], json.loads(shown["config"])) == (f"{FEED}?series=2", {})
    assert one != other


def test_the_same_address_and_configuration_are_refused(portal: Portal) -> None:
    source_id = portal.source(f"{FEED}?series=1", "harbour-records", trust=60)
    for url in (f"{FEED}?series=1", "https://EXAMPLE.org:443/feed/?series=1"):
        with pytest.raises(tk.ValidationError) as refused:
            portal.source(url, "other", trust=60)
        assert "already" in refused.value.error_dict["url"][0]
    portal.source(f"{FEED}?series=1", "third", trust=70)
    # Saving a source again is no second source.
    helpers.call_action(
        "harvest_source_update",
        {"user": portal.editor["name"], "ignore_auth": False},
        id=source_id, url=f"{FEED}?series=1", name="harbour-records", title="New title",
        source_type="opengovbelize_records", owner_org=portal.organization["id"], config='{"trust": 60}',
    )  # fmt: skip


def test_a_deleted_source_can_be_made_anew_and_not_be_restored_beside_the_new_one(portal: Portal) -> None:
    as_editor = {"user": portal.editor["name"], "ignore_auth": False}
    deleted = portal.source(FEED, "one", trust=60)
    helpers.call_action("harvest_source_delete", dict(as_editor), id=deleted)
    anew = portal.source(FEED, "other", trust=60)
    assert anew != deleted
    with pytest.raises(tk.ValidationError, match="already"):
        helpers.call_action("harvest_source_patch", dict(as_editor), id=deleted, state="active")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://ana:invented@example.org/records", "user name or password"),
        ("webcal://ana:invented@example.org/office.ics", "user name or password"),
        ("ftp://example.org/records", "must begin with https:, http: or file:"),
        ("javascript:alert(1)", "must begin with https:, http: or file:"),
        ("records of 2020", "must begin with https:, http: or file:"),
        ("https://", "Only addresses that begin with"),
        ("https://[example.org/records", "Copy it from the browser again"),
        ("https://example.org/feed?series=1&token=invented", '{"credentials": "NAME"}'),
    ],
)
def test_an_address_that_no_source_can_have_is_told_in_the_form(portal: Portal, url: str, said: str) -> None:
    """And a password in it is kept nowhere."""
    with pytest.raises(tk.ValidationError) as refused:
        portal.source(url, "other")
    (message,) = refused.value.error_dict["url"]
    assert said in message
    assert "invented" not in message


def test_a_calendars_secret_address_is_refused_only_where_it_would_be_published(portal: Portal) -> None:
    secret = "https://calendar.example.com/calendar/ical/office%40example.org/private-0a1b2c3d4e/basic.ics"
    with pytest.raises(tk.ValidationError, match="secret address of a calendar"):
        portal.source(secret, "published", public_page=True)
    portal.source(secret, "for-editors")


def test_a_source_of_an_address_that_is_refused_by_now_can_still_be_deleted(portal: Portal) -> None:
    source_id = portal.source(FEED)
    old: Any = HarvestSource.get(source_id)
    old.url = model.Package.get(source_id).url = "ftp://example.org/records"
    model.Session.commit()
    editor = {"user": portal.editor["name"], "ignore_auth": False}
    helpers.call_action("package_patch", dict(editor), id=source_id, state="deleted")
    assert model.Package.get(source_id).state == "deleted"


def test_a_source_keeps_its_configuration_after_a_run_and_can_be_changed_in_part(portal: Portal) -> None:
    portal.write("1.md", record(1))
    source_id = portal.source(trust=60)
    portal.run(source_id)
    helpers.call_action("harvest_sources_reindex")
    editor = {"user": portal.editor["name"], "ignore_auth": False}
    # The form of a source is filled with what this shows.
    shown = helpers.call_action("harvest_source_show", dict(editor), id=source_id)
    assert (json.loads(shown["config"]), shown["source_type"]) == ({"trust": 60}, "opengovbelize_records")
    organization = portal.organization["id"]
    patched = helpers.call_action("harvest_source_patch", dict(editor), id=source_id, owner_org=organization)
    assert json.loads(patched["config"]) == {"trust": 60}


def test_a_spanish_form_says_in_spanish_what_is_wrong_with_a_configuration(portal: Portal, app: Any) -> None:
    made = helpers.call_action("api_token_create", user=portal.editor["name"], name="test")
    values = {
        "url": FEED, "title": "Feed", "name": "feed", "source_type": "opengovbelize_records", "frequency": "MANUAL",
        "owner_org": portal.organization["id"], "config": '{"trust": 101, "session": "one"}',
    }  # fmt: skip
    page = app.post("/es/harvest/new", data=values, headers={"Authorization": made["token"]}).body
    for sentence in ("debe ser un número de 0 a 100, con dos decimales", "debe ser el número de una sesión"):
        assert sentence in page
    assert "Error parsing" not in page


@pytest.fixture
def site(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A web site of the operator's own network, which asks who is there."""
    with serving({"1.md": record(1)}, ckan_config, monkeypatch) as made:
        made.wants = "Bearer invented-0123456789"
        options = {"host": f"127.0.0.1:{made.port}", "authorization": made.wants, "organizations": "harbour"}
        for name, value in options.items():
            monkeypatch.setitem(ckan_config, f"ckanext.opengovbelize.credentials.harbour.{name}", value)
        yield made


def test_credentials_are_named_in_a_source_and_nowhere_shown(portal: Portal, site: Site, caplog: Any) -> None:
    source_id = portal.source(site.url, credentials="harbour")
    job_id = portal.finish(portal.start(source_id))
    assert portal.report(job_id)["counts"]["added"] == 1
    shown = json.dumps(
        [
            helpers.call_action("harvest_source_show", id=source_id),
            helpers.call_action("harvest_source_list"),
            portal.job(job_id),
            portal.report(job_id),
        ]
    )
    assert '\\"credentials\\": \\"harbour\\"' in shown
    assert "invented-0123456789" not in shown + caplog.text


def test_credentials_may_be_meant_for_the_query_of_the_address(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any, caplog: Any
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.credentials.harbour.authorization", "")
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.credentials.harbour.query", "token=invented-0123")
    report = portal.run(portal.source(site.url, credentials="harbour"))
    assert list(site.sent) == ["?token=invented-0123"]
    assert "invented-0123" not in json.dumps(report) + caplog.text


@pytest.mark.parametrize("name", ["other", "harbour"])
def test_credentials_of_another_name_or_organization_are_not_to_be_had(
    portal: Portal, site: Site, ckan_config: Any, monkeypatch: Any, name: str
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.credentials.harbour.organizations", "elsewhere")
    report = portal.run(portal.source(site.url, credentials=name))
    assert [problem["code"] for problem in report["problems"]] == ["credentials-unknown"]
    assert site.asked == 0


def test_a_password_is_no_name_of_credentials(portal: Portal) -> None:
    with pytest.raises(tk.ValidationError, match="Never write a password"):
        portal.source(FEED, credentials="Bearer 12 34")
