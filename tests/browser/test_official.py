"""What an official does: logs in, makes a harvest source, runs it, reads the report, reviews a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.harvest import queue
from playwright.sync_api import Browser, Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]

RECORD = """\
Series: Lagoon series

## Webinar 1: How a plan is made

An invented session about the steps from an idea to a commitment.

**Date:** Thursday 13 February 2025, 10:30 AM - 12:00 PM (Belize time)

**Venue:** Lagoon Hall, Belize City

**Facilitated by:** Rosa Muster, Lagoon Institute

Chat transcript:

Rosa Muster: Good morning to all
Casimiro Inventado: Good morning
Casimiro Inventado: How many commitments may an action plan have?
Rosa Muster: Casimiro, at most fifteen commitments in one action plan.
Wendolyn Fictional: I am the manager of a water board. How can my board take part in the co-creation of the plan?
"""

PUBLISHED = "How many commitments may an action plan have?"
PROPOSED = "How can my board take part in the co-creation of the plan?"
CORRECTED = "How can a water board take part in the co-creation of the plan?"


@pytest.fixture
def folder(tmp_path: Path, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of records that the operator has opened."""
    queue.purge_queues()
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.source_folders", [str(tmp_path)])
    (tmp_path / "webinar-1.md").write_text(RECORD, encoding="utf-8")
    return tmp_path


@pytest.fixture
def official(clean_db: None, clean_index: None) -> dict[str, str]:
    """An editor of an invented program, with the password."""
    official = factories.User(name="official", password="lagoon-lagoon", image_url="")
    factories.Organization(
        name="lagoon",
        title="Lagoon Program",
        image_url="",
        users=[{"name": official["name"], "capacity": "editor"}],
    )
    return {"name": official["name"], "password": "lagoon-lagoon"}


def _run_the_queue() -> None:
    """Do what the consumers and the scheduler do, until nothing waits."""
    for consumer, callback in (
        (queue.get_gather_consumer(), queue.gather_callback),
        (queue.get_fetch_consumer(), queue.fetch_callback),
    ):
        while True:
            method, header, body = consumer.basic_get(None)
            if body is None:
                break
            callback(consumer, method, header, body)
    call_action("harvest_jobs_run")


def _follow(page: Page, link: str) -> None:
    """Click a link once the page's scripts have taken hold of it."""
    page.wait_for_load_state()
    page.get_by_role("link", name=link).click()


def test_an_official_harvests_records_and_reviews_a_question(
    page: Page,
    browser: Browser,
    portal: str,
    official: dict[str, str],
    folder: Path,
    foreign_requests: list[str],
) -> None:
    page.goto(f"{portal}/user/login")
    page.get_by_label("Username or Email").fill(official["name"])
    page.get_by_label("Password", exact=True).fill(official["password"])
    page.get_by_role("button", name="Login").click()

    _follow(page, "Sources")
    _follow(page, "Add Harvest Source")
    page.get_by_role("textbox", name="URL").fill(folder.as_uri())
    # Typed, since the form derives the source's address from the keys, once its script has made the preview.
    expect(page.locator(".slug-preview-value")).to_be_visible()
    page.get_by_label("Title").press_sequentially("Folder of the lagoon")
    expect(page.locator(".slug-preview-value")).to_have_text("folder-of-the-lagoon")
    page.locator("input[name=source_type][value=opengovbelize_records]").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Folder of the lagoon")).to_be_visible()

    _follow(page, "Manage the source")
    page.wait_for_load_state()
    page.get_by_role("button", name="Run now").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".flash-messages")).to_contain_text("The run begins in a moment")
    _run_the_queue()

    page.reload()
    page.get_by_role("link", name="View full job report").click()
    expect(page.get_by_text("1 record was found.")).to_be_visible()
    record = page.locator(".ogb-run-records tbody tr")
    expect(record).to_contain_text("webinar-1.md")
    expect(record).to_contain_text("added")
    record.get_by_role("link").first.click()
    webinar = page.url
    page.goto(f"{portal}/harvest/folder-of-the-lagoon")
    assert page.locator(".dataset-heading a").get_attribute("href") in webinar
    page.goto(webinar)

    questions = page.locator("#questions")
    expect(questions).to_contain_text(PUBLISHED)
    expect(questions).not_to_contain_text(PROPOSED)
    review = page.locator("#review")
    expect(review).to_contain_text("1 question waits for your decision")
    expect(review).to_contain_text(PROPOSED)

    page.get_by_role("link", name="To review").click()
    page.get_by_text("Correct it, then publish").click()
    page.get_by_label("Question", exact=True).fill(CORRECTED)
    page.get_by_role("button", name="Publish the corrected question").click()
    expect(page.locator(".flash-messages")).to_contain_text("The corrected question is published.")
    expect(page.get_by_text("Nothing waits for you.")).to_be_visible()

    visitor = browser.new_context().new_page()
    visitor.goto(webinar)
    expect(visitor.locator("#questions")).to_contain_text(CORRECTED)
    expect(visitor.locator("#review")).to_have_count(0)
    for name in ("Casimiro", "Wendolyn", "manager", "Folder of the lagoon/"):
        assert name not in visitor.content()
    assert foreign_requests == []
