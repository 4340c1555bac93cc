"""What somebody who looks after sources does: finds those that need a hand, and reads what to mend."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestSource
from ckanext.opengovbelize.harvesters import consumers
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]

RECORD = """\
Series: Lagoon series

## Webinar 1: How a plan is made

**Date:** Thursday 13 February 2025, 10:30 AM - 12:00 PM (Belize time)

**Facilitated by:** Rosa Muster, Lagoon Institute
"""
SMALL_PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
WIDE = (
    "Array.from(document.querySelectorAll('body *'))"
    ".filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility())"
    ".map(e => e.className)"
)


def add_sources(organization_id: str, number: int) -> None:
    """Add sources that have not run, as fast as the database takes them."""
    for each in range(number):
        url = f"https://sources.invalid/more/{each}"
        package = model.Package(
            name=f"more-{each}", title=f"More {each}", url=url, type="harvest", owner_org=organization_id
        )
        model.Session.add(package)
        model.Session.flush()
        model.Session.add(
            HarvestSource(
                id=package.id, url=url, title=package.title, type="opengovbelize_records",
                frequency="WEEKLY", next_run=datetime(2099, 1, 1),
            )
        )  # fmt: skip


@pytest.fixture
def editor(tmp_path: Path, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The token of an editor with sixty sources, three of which have run, one with a record that was rejected."""
    queue.purge_queues()
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.source_folders", [str(tmp_path)])
    user = factories.User(image_url="")
    organization = factories.Organization(
        title="Lagoon Program", image_url="", users=[{"name": user["name"], "capacity": "editor"}]
    )
    site_user = {"user": call_action("get_site_user")["name"]}
    for name, files in (
        ("well", {"1.md": RECORD}),
        ("rejected", {"1.md": RECORD, "empty.md": ""}),
        ("away", {}),
    ):
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_text(text)
        source = call_action(
            "harvest_source_create",
            dict(site_user),
            url=(tmp_path / name).as_uri(),
            name=f"source-{name}",
            title=f"Folder that is {name}",
            source_type="opengovbelize_records",
            owner_org=organization["id"],
            frequency="DAILY",
        )
        call_action("harvest_job_create", dict(site_user), source_id=source["id"])
    consumers.work_all()
    call_action("harvest_jobs_run")
    add_sources(organization["id"], 57)
    model.Session.commit()
    return call_action("api_token_create", user=user["name"], name="test")["token"]


def wide(page: Page) -> list[str]:
    """Return what stands out of the page to the right, as soon as all of its style sheets are there."""
    page.wait_for_load_state()
    return page.evaluate(WIDE)


def visit(browser: Browser, token: str, **options: Any) -> BrowserContext:
    return browser.new_context(extra_http_headers={"Authorization": token}, **options)


def test_what_needs_a_hand_is_found_on_a_small_phone_without_script(
    browser: Browser, portal: str, editor: str
) -> None:
    context = visit(browser, editor, java_script_enabled=False, viewport=SMALL_PHONE)
    page = context.new_page()
    page.goto(portal)
    page.get_by_role("link", name="Sources", exact=True).click()
    rows = page.locator(".ogb-sources-table tbody tr")
    expect(page.get_by_text("60 sources")).to_be_visible()
    expect(rows).to_have_count(50)
    expect(rows.nth(0)).to_contain_text("Folder that is away")
    expect(rows.nth(1)).to_contain_text("Folder that is rejected")
    page.get_by_role("link", name="2", exact=True).click()
    expect(rows).to_have_count(10)
    page.get_by_role("searchbox", name="Title or organization").fill("Folder that")
    page.get_by_role("button", name="Search").click()
    expect(rows).to_have_count(3)
    page.get_by_role("link", name="records rejected (1)").click()
    expect(rows).to_have_count(1)
    assert wide(page) == []
    rows.get_by_role("cell").get_by_role("link").click()
    expect(page.get_by_text("2 records were found.")).to_be_visible()
    expect(page.locator("tr[data-outcome=rejected]")).to_contain_text("empty.md")
    expect(page.get_by_role("link", name="CSV", exact=True)).to_be_visible()
    context.close()


@pytest.fixture
def administrator() -> str:
    """The token of the administrator of a program with three hundred sources."""
    user = factories.User(image_url="")
    organization = factories.Organization(
        name="lagoon", image_url="", users=[{"name": user["name"], "capacity": "admin"}]
    )
    add_sources(organization["id"], 300)
    model.Session.commit()
    return call_action("api_token_create", user=user["name"], name="test")["token"]


def test_one_of_hundreds_of_sources_is_trusted_more_on_a_small_phone_without_script(
    browser: Browser, portal: str, administrator: str
) -> None:
    context = visit(browser, administrator, java_script_enabled=False, viewport=SMALL_PHONE)
    page = context.new_page()
    page.goto(f"{portal}/organization/lagoon/trust")
    rows = page.locator(".ogb-trust tbody tr")
    expect(rows).to_have_count(50)
    expect(page.get_by_role("link", name="Next page", exact=True)).to_be_visible()
    assert wide(page) == []
    page.get_by_role("searchbox", name="Title of a source").fill("more 25")
    page.get_by_role("button", name="Search").click()
    expect(rows).to_have_count(11)
    place = page.get_by_role("spinbutton", name="Place of More 250")
    expect(place).to_have_value("251")
    place.fill("2")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("More 250: from place 251 to 2")).to_be_visible()
    expect(place).to_have_value("2")
    assert wide(page) == []
    page.get_by_role("button", name="Set this order").click()
    expect(page.get_by_text("The order is set.")).to_be_visible()
    expect(place).to_have_value("2")
    expect(rows).to_have_count(11)
    page.goto(f"{portal}/organization/lagoon/trust?page=6")
    expect(rows.last).to_contain_text("More 299")
    context.close()


def test_list_and_report_are_accessible(browser: Browser, portal: str, editor: str) -> None:
    context = visit(browser, editor, viewport=DESKTOP)
    page = context.new_page()
    found = {}
    page.goto(f"{portal}/opengovbelize/sources?q=Folder")
    found["list"] = Axe().run(page, context=".main").response["violations"]
    page.locator("tr[data-health=errors] td a").first.click()
    found["report"] = Axe().run(page, context=".main").response["violations"]
    told = {name: [(each["id"], each["nodes"][0]["html"]) for each in rows] for name, rows in found.items()}
    assert told == {"list": [], "report": []}
    context.close()


def test_the_order_of_trust_is_accessible(browser: Browser, portal: str, administrator: str) -> None:
    context = visit(browser, administrator, viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{portal}/organization/lagoon/trust")
    found = Axe().run(page, context=".primary").response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    context.close()
