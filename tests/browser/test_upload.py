"""An editor publishes records from her computer: she chooses files, sees what would change, and publishes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from ckan.tests import factories
from playwright.sync_api import Browser, Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]

PASSWORD = "lagoon-lagoon"  # noqa: S105
SMALL_PHONE = {"width": 360, "height": 740}
WIDE = (
    "Array.from(document.querySelectorAll('body *'))"
    ".filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility())"
    ".map(e => e.className)"
)
RECORD = """# Lagoon Open Government Webinars

Series: Lagoon series

## Webinar 1: How a plan is made

**Objective:** {objective}

**Date:** Thursday 13 February 2025, 10:30 AM - 12:00 PM (Belize time)

**Facilitated by:** Rosa Muster, Lagoon Institute
"""
CHAT = """\
10:41:03 From Pablo Anyone to Everyone: May a village council see what the ministry spent in its area?
10:42:10 From Rosa Muster to Everyone: Yes, ask for the annex by village.
"""


@pytest.fixture
def program(clean_db: None, clean_index: None) -> dict[str, Any]:
    user = factories.User(name="coordinator", password=PASSWORD, image_url="")
    return factories.Organization(
        name="sample-program",
        title="Sample Program",
        image_url="",
        users=[{"name": user["name"], "capacity": "editor"}],
    )


def file(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def log_in(page: Page, portal: str) -> None:
    page.goto(f"{portal}/user/login")
    page.fill("#field-login", "coordinator")
    page.fill("#field-password", PASSWORD)
    page.click("main button[type=submit], form button[type=submit]:has-text('Login')")


def record_of(page: Page, name: str) -> Any:
    return page.locator(".ogb-sent", has=page.get_by_role("heading", name=name))


def test_from_the_files_to_the_page_of_the_session(
    page: Page, portal: str, program: dict[str, Any], tmp_path: Path, foreign_requests: list[str]
) -> None:
    log_in(page, portal)
    page.goto(f"{portal}/webinar/")
    page.get_by_role("link", name="Upload records").click()
    assert_accessible(page)
    files = [
        file(tmp_path, "webinar-1.md", RECORD.format(objective="An invented objective.")),
        file(tmp_path, "webinar-1_chat.txt", CHAT),
    ]
    page.set_input_files("input[type=file]", files)
    page.get_by_role("button", name="Show what would change").click()

    expect(record_of(page, "webinar-1.md: added")).to_contain_text("How a plan is made")
    expect(record_of(page, "webinar-1_chat.txt: updated")).to_contain_text("May a village council")
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 2
    assert "Pablo" not in page.content()
    assert_accessible(page)

    page.get_by_role("button", name="Publish what is shown here").click()
    expect(page.get_by_role("heading", name="Uploaded records")).to_be_visible()
    page.get_by_role("link", name="lagoon-2025-1").first.click()
    expect(page.get_by_role("heading", name="How a plan is made")).to_be_visible()
    expect(page.locator("body")).to_contain_text("ask for the annex by village")
    assert foreign_requests == []


def test_a_correction_on_a_small_phone_without_script(
    browser: Browser, portal: str, program: dict[str, Any], tmp_path: Path
) -> None:
    page = browser.new_context(java_script_enabled=False, viewport=SMALL_PHONE).new_page()
    log_in(page, portal)
    for name, objective in (("webinar.md", "An inventd objective."), ("mended.md", "An invented objective.")):
        page.goto(f"{portal}/opengovbelize/records/upload")
        page.set_input_files("input[type=file]", file(tmp_path, name, RECORD.format(objective=objective)))
        page.get_by_role("button", name="Show what would change").click()
        expect(page.get_by_role("heading", name="What would change")).to_be_visible()
        page.wait_for_load_state()
        assert page.evaluate(WIDE) == []
        if name == "mended.md":
            expect(record_of(page, "mended.md: updated")).to_contain_text(
                "An inventd objective. → An invented objective."
            )
        page.get_by_role("button", name="Publish what is shown here").click()
        expect(page.get_by_role("heading", name="Uploaded records")).to_be_visible()

    page.get_by_role("link", name="Upload more records").click()
    expect(page.get_by_role("heading", name="Earlier uploads")).to_be_visible()
    expect(page.locator("section", has_text="Earlier uploads")).to_contain_text("1 updated")


def test_who_edits_nothing_and_who_chooses_nothing_is_told_so(
    browser: Browser, portal: str, program: dict[str, Any], tmp_path: Path
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    answer = page.goto(f"{portal}/opengovbelize/records/upload")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator("body")).to_contain_text("Log in as an editor of an organization to upload records.")

    log_in(page, portal)
    page.goto(f"{portal}/opengovbelize/records/upload")
    page.evaluate("document.querySelector('input[type=file]').required = false")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the files of your records first.")


def assert_accessible(page: Page) -> None:
    # The bar of those who are logged in is CKAN's own.
    found = (
        Axe().run(page, context={"exclude": [".account-masthead", ".flash-messages"]}).response["violations"]
    )
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
