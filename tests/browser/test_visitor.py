"""What a visitor does: from the home page to a session, a question, and a search."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "series"),
]

PAGES = ("/", "/webinar_series/sample-2020", "/webinar/sample-2020-1", "/dataset/", "/organization/")
SMALL_PHONE = {"width": 360, "height": 740}


def test_a_visitor_finds_a_question_and_its_answer(
    page: Page, portal: str, foreign_requests: list[str]
) -> None:
    page.goto(portal)
    expect(page.get_by_role("heading", name="Latest sessions")).to_be_visible()

    page.get_by_role("link", name="Sample series: budgets in the open").click()
    expect(page.get_by_text("2 of 3 planned sessions are recorded here.")).to_be_visible()
    sessions = page.locator("#sessions h3")
    expect(sessions).to_have_text(["Reading a public budget", "Asking for a public account"])

    page.get_by_role("link", name="Reading a public budget").click()
    expect(page.get_by_role("heading", level=1, name="Reading a public budget")).to_be_visible()
    when = page.locator(".ogb-facts time")
    expect(when).to_have_text("Thursday 13 February 2020, 10:30–12:00 (Belize time)")
    expect(page.get_by_text("Lagoon Learning Centre, Belmopan, Cayo")).to_be_visible()
    expect(page.locator(".ogb-page-head").get_by_text("Invented sample data")).to_be_visible()

    biography = page.get_by_text("Ana Sample has taught")
    expect(biography).to_be_hidden()
    page.get_by_text("Biography").first.click()
    expect(biography).to_be_visible()

    page.get_by_role("link", name="Questions 1").click()
    question = page.locator("#questions li").first
    expect(question).to_contain_text("May a village council see what the ministry spent in its area?")
    expect(question).to_contain_text("Answer by Sample Institute")
    expect(question).to_contain_text("Asked from: Public service")

    page.get_by_role("link", name="Next session Asking for a public account").click()
    expect(page).to_have_url(f"{portal}/webinar/sample-2020-2")
    assert foreign_requests == []


def test_a_visitor_narrows_a_search_by_facets(page: Page, portal: str, foreign_requests: list[str]) -> None:
    page.goto(portal)
    page.get_by_label("Search webinars, questions and data").fill("village council")
    page.locator(".ogb-search").get_by_role("button", name="Search").click()
    results = page.locator(".dataset-item")
    expect(results).to_have_count(1)
    expect(results).to_contain_text("Reading a public budget")

    page.goto(f"{portal}/dataset/")
    page.get_by_role("link", name="Access to information 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 result")
    expect(results).to_contain_text("Webinar · Sample series: budgets in the open (2020) · Session 2")
    expect(results).to_contain_text("Thursday 20 February 2020")
    expect(results).to_contain_text("Invented sample data")
    expect(page.locator(".filter-list")).to_contain_text("Access to information")
    assert foreign_requests == []


def test_everything_can_be_read_without_script_and_on_a_small_phone(browser: Browser, portal: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=SMALL_PHONE)
    page = context.new_page()

    for path in PAGES:
        page.goto(portal + path)
        assert page.locator("body").bounding_box()["width"] <= SMALL_PHONE["width"], path
        expect(page.get_by_role("link", name="Webinars", exact=True)).to_be_visible()

    page.goto(f"{portal}/webinar/sample-2020-1")
    page.get_by_text("Biography").first.click()
    expect(page.get_by_text("Ana Sample has taught")).to_be_visible()
    page.get_by_role("link", name="español").click()
    expect(page.locator(".ogb-facts time")).to_contain_text("Jueves 13 de febrero de 2020, 10:30–12:00")
    context.close()


def test_pages_are_accessible(page: Page, portal: str) -> None:
    found: dict[str, Any] = {}
    for path in PAGES:
        page.goto(portal + path)
        violations = Axe().run(page).response["violations"]
        found[path] = [(violation["id"], violation["nodes"][0]["html"]) for violation in violations]

    assert found == dict.fromkeys(PAGES, [])


def test_no_page_is_wider_than_a_small_phone(page: Page, portal: str) -> None:
    page.set_viewport_size(SMALL_PHONE)

    for path in PAGES:
        page.goto(portal + path)
        wide = page.evaluate(
            "Array.from(document.querySelectorAll('body *'))"
            ".filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility())"
            ".map(e => e.className)"
        )
        assert wide == [], path
