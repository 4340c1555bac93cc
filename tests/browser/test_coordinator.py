"""A coordinator's whole way: files in, a preview with doubts, corrections, figures published; the public reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from ckan.tests import factories
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]

PASSWORD = "lagoon-lagoon"  # noqa: S105
PHONE = {"width": 375, "height": 812}


@pytest.fixture
def webinar(clean_db: None, clean_index: None) -> dict[str, Any]:
    """A session that was held in a room and online, and its coordinator."""
    user = factories.User(name="coordinator", password=PASSWORD, image_url="")
    program = factories.Organization(
        name="sample-program",
        title="Sample Program",
        image_url="",
        users=[{"name": user["name"], "capacity": "editor"}],
    )
    return factories.Dataset(
        type="webinar",
        name="sample-2021-1",
        title="Reading a public budget",
        start="2021-03-04T10:30:00-06:00",
        end="2021-03-04T12:00:00-06:00",
        mode="hybrid",
        owner_org=program["id"],
        publication_state="released",
        invented=True,
    )


def sheet(folder: Path) -> Path:
    """A sign-in sheet of 60 people."""
    sectors = ["Government"] * 32 + ["Academia"] * 25 + ["Media"] * 3
    lines = [
        f"Signer {number},Sample Office {number % 3},{sector},{'F' if number % 5 else 'M'},signer{number}@example.org"
        for number, sector in enumerate(sectors)
    ]
    path = folder / "sheet.csv"
    path.write_text("\n".join(["Name,Organisation,Sector,Gender,Email", *lines]), encoding="utf-8")
    return path


def meeting(folder: Path) -> Path:
    """A Zoom report of 30 people, two of whom may be one."""
    lines = [
        f"Visitor {number},visitor{number}@example.org,03/04/2021 10:28:00 AM,03/04/2021 11:58:00 AM,90,Yes"
        for number in range(28)
    ]
    lines += [
        "Marisol Tamarind,,03/04/2021 10:28:00 AM,03/04/2021 11:10:00 AM,42,Yes",
        "M Tamarind,,03/04/2021 11:12:00 AM,03/04/2021 11:58:00 AM,46,Yes",
    ]
    header = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
    path = folder / "meeting.csv"
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    return path


def log_in(page: Page, portal: str) -> None:
    page.goto(f"{portal}/user/login")
    page.fill("#field-login", "coordinator")
    page.fill("#field-password", PASSWORD)
    page.click("main button[type=submit], form button[type=submit]:has-text('Login')")


def test_from_the_files_to_the_public_page(
    page: Page, portal: str, webinar: dict[str, Any], tmp_path: Path, foreign_requests: list[str]
) -> None:
    log_in(page, portal)
    page.goto(f"{portal}/webinar/{webinar['name']}/participants")
    page.set_input_files("input[type=file]", [str(sheet(tmp_path)), str(meeting(tmp_path))])
    page.get_by_role("button", name="Show what would be published").click()

    expect(page.get_by_role("heading", name="What would be published")).to_be_visible()
    expect(page.locator("#answer")).to_contain_text("Zoom meeting participants report")
    attended = page.locator("table.ogb-figures tr", has=page.get_by_role("rowheader", name="Attended")).first
    expect(attended).to_contain_text("90")
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 2

    # The browser has kept the files: a correction needs no choosing again.
    page.get_by_label("This is one person").check()
    page.get_by_role("button", name="Show what would be published").click()
    expect(attended).to_contain_text("89")
    expect(page.get_by_label("One person:")).to_be_checked()
    _assert_accessible(page)

    page.get_by_role("button", name="Publish these figures").click()
    expect(page.get_by_text("The figures are published")).to_be_visible()
    assert page.url.endswith("/participant_statistics/sample-2021-1-participants")
    expect(page.locator("main, [role=main]")).to_contain_text("withheld")

    page.context.clear_cookies()
    page.goto(f"{portal}/webinar/{webinar['name']}")
    expect(page.locator("main, [role=main]").first).to_contain_text("89")
    assert "Tamarind" not in page.content()
    assert foreign_requests == []


def test_the_same_without_script(browser: Any, portal: str, webinar: dict[str, Any], tmp_path: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    log_in(page, portal)
    page.goto(f"{portal}/webinar/{webinar['name']}/participants")
    page.set_input_files("input[type=file]", str(sheet(tmp_path)))
    page.get_by_role("button", name="Show what would be published").click()
    expect(page.get_by_role("heading", name="What would be published")).to_be_visible()
    page.get_by_role("button", name="Publish these figures").click()

    expect(page.get_by_text("The figures are published")).to_be_visible()


def test_on_a_phone_without_script_nothing_of_the_header_lies_over_the_page(
    browser: Any, portal: str, webinar: dict[str, Any]
) -> None:
    page = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto(portal)
    _assert_stacked(page, "before the login")
    log_in(page, portal)
    for path in (f"/webinar/{webinar['name']}", f"/es/webinar/{webinar['name']}", "/opengovbelize/review"):
        page.goto(portal + path)
        _assert_stacked(page, path)


def _assert_stacked(page: Page, where: str) -> None:
    """Account, title of the site, menu and title of the page stand one below the other."""
    account = _bottom(page, ".account-masthead li :is(a, button)")
    brand = page.locator(".ogb-brand").bounding_box()
    first_tab = page.locator(".masthead .navbar-nav a").first.bounding_box()
    menu = _bottom(page, ".masthead :is(a, button, input)")
    title = page.get_by_role("heading", level=1).first.bounding_box()
    assert brand and first_tab and title
    assert account <= brand["y"] and brand["y"] + brand["height"] <= first_tab["y"], where
    assert menu <= title["y"], where


def _bottom(page: Page, selector: str) -> float:
    """Return where the lowest of these elements that can be seen ends."""
    boxes = [one.bounding_box() for one in page.locator(selector).all() if one.is_visible()]
    assert boxes, selector
    return max(box["y"] + box["height"] for box in boxes if box)


def test_a_table_that_nobody_knows_is_read_by_its_columns(
    page: Page, portal: str, webinar: dict[str, Any], tmp_path: Path
) -> None:
    rows = [f"Visitor {number},visitor{number}@example.org,{20 + number}" for number in range(40)]
    path = tmp_path / "other.csv"
    path.write_text("\n".join(["Who was it,Where to write,How long", *rows]), encoding="utf-8")
    log_in(page, portal)
    page.goto(f"{portal}/webinar/{webinar['name']}/participants")
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("button", name="Show what would be published").click()

    expect(page.get_by_text("Which column is which?")).to_be_visible()
    page.get_by_label("Name", exact=True).select_option("Who was it")
    page.get_by_label("E-mail address").select_option("Where to write")
    page.get_by_label("Minutes", exact=True).select_option("How long")
    page.get_by_role("button", name="Show what would be published").click()

    attended = page.locator("table.ogb-figures tr", has=page.get_by_role("rowheader", name="Attended")).first
    expect(attended).to_contain_text("40")


def _assert_accessible(page: Page) -> None:
    # The bar of those who are logged in is CKAN's own.
    found = (
        Axe().run(page, context={"exclude": [".account-masthead", ".flash-messages"]}).response["violations"]
    )
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
