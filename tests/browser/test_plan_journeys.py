"""Two journeys through a plan: a visitor follows a promise, an institution keeps it current."""

from __future__ import annotations

import copy
import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.opengovbelize import config
from ckanext.opengovbelize.exports import plans as exports
from playwright.sync_api import Browser, Page, expect

from tests.plans import create

pytestmark = [
    pytest.mark.browser,
    pytest.mark.server,
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]

PASSWORD = "lagoon-lagoon"  # noqa: S105


class Sample(NamedTuple):
    """An invented plan, those who report on it, and a day that is a number of days from now."""

    plan: dict[str, Any]
    commitment: dict[str, Any]
    day: Callable[[int], str]


@pytest.fixture
def sample(clean_db: None, clean_index: None) -> Sample:
    """A plan of which one period is closed, one takes late reports and one is open, whatever day it is."""
    users = {
        name: factories.User(name=name, password=PASSWORD, image_url="")
        for name in ("editor", "administrator")
    }
    program, water, clinics = (
        factories.Organization(
            name=name,
            title=title,
            image_url="",
            users=[{"name": users[user]["name"], "capacity": capacity}] if user else [],
        )
        for name, title, user, capacity in (
            ("sample-program", "Sample Program", "administrator", "admin"),
            ("sample-water", "Sample Water Department", "editor", "editor"),
            ("sample-clinics", "Sample Clinics", "", ""),
        )
    )
    today = config.today()

    def day(distance: int) -> str:
        return (today + timedelta(days=distance)).isoformat()

    periods = [
        {"code": "P1", "title": "First period", "start": day(-400), "end": day(-221), "due": day(-200)},
        {"code": "P2", "title": "Second period", "start": day(-220), "end": day(-41), "due": day(-20)},
        {"code": "P3", "title": "Third period", "start": day(-40), "end": day(140), "due": day(161)},
    ]
    common = {"owner_org": program["id"], "invented": True}
    plan = create(
        type="action_plan",
        name="sample-plan",
        title="Sample plan of the lagoon",
        start=day(-400),
        end=day(300),
        periods=periods,
        **common,
    )
    common |= {"type": "commitment", "in_plan": plan["id"]}
    timetables = create(
        name="sample-plan-draft-1", title="Water timetables", number="1", stage="draft", **common
    )
    create(
        name="sample-plan-draft-2",
        title="A museum of openness",
        number="2",
        stage="dropped",
        became_of="No institution could lead it.",
        **common,
    )
    commitment = create(
        name="sample-plan-final-1",
        title="Open water board timetable",
        number="1",
        stage="final",
        derived_from=[timetables["id"]],
        lead=["Sample Water Department"],
        indicators=[
            {"code": "1.1", "title": "Boards that publish", "deadline": day(200), "lead": water["id"]},
            {"code": "1.2", "title": "Complaints answered", "deadline": day(250), "lead": water["id"]},
        ],
        **common,
    )
    create(
        name="sample-plan-final-2",
        title="Waiting times of clinics",
        number="2",
        stage="final",
        lead=["Sample Clinics"],
        indicators=[{"code": "2.1", "title": "Clinics that publish", "lead": clinics["id"]}],
        **common,
    )
    return Sample(plan, commitment, day)


@pytest.fixture
def script_errors(page: Page) -> list[str]:
    """What the scripts of the visited pages complain about."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    return found


def test_a_visitor_follows_a_promise_from_the_draft_to_the_corrected_report(
    page: Page,
    portal: str,
    sample: Sample,
    foreign_requests: list[str],
    script_errors: list[str],
    tmp_path: Path,
) -> None:
    _report("1.1", "P2", "C", progress="All boards publish.")
    _report(
        "1.1",
        "P2",
        "SP",
        progress="Eleven of twelve boards publish.",
        version=1,
        reason="One was counted twice.",
    )

    page.goto(portal)
    page.get_by_role("link", name="Sample plan of the lagoon").click()
    rows = page.locator(".ogb-tracker tbody tr")
    expect(rows).to_have_count(4)
    expect(page.locator("#not-reported")).to_contain_text("Sample Clinics")

    _assert_accessible(page)
    page.get_by_label("Latest status").select_option(label="Substantial progress")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(rows).to_have_count(1)
    page.get_by_label("Latest status").select_option(label="All")
    page.get_by_label("Institution").select_option(label="Sample Clinics")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Waiting times of clinics")
    page.get_by_role("link", name="Show all").click()
    page.locator(".ogb-tracker").get_by_role("link", name="Open water board timetable").click()

    indicator = page.locator("[id='indicator-1.1']")
    expect(indicator).to_contain_text("Reported by the institution")
    expect(indicator).to_contain_text("One was counted twice.")
    _assert_accessible(page)
    page.locator("#lineage dl").get_by_role("link", name="Draft 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Water timetables")
    page.locator("#lineage dl").get_by_role("link", name="Commitment 1").click()

    indicator.get_by_role("link", name="All versions of the report on 1.1, P2").click()
    versions = page.locator(".ogb-versions > li")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("Eleven of twelve boards publish.")
    expect(versions.first).to_contain_text("One was counted twice.")
    expect(versions.last).to_contain_text("All boards publish.")
    _assert_accessible(page)

    page.locator(".breadcrumb").get_by_role("link", name="Sample plan of the lagoon").click()
    page.get_by_role("link", name="Compare draft and final").click()
    table = page.locator(".ogb-side-by-side tbody tr")
    expect(table.filter(has_text="Open water board timetable")).to_contain_text("Kept")
    expect(table.filter(has_text="A museum of openness")).to_contain_text("Dropped")
    expect(table.filter(has_text="Waiting times of clinics")).to_contain_text("New")
    _assert_accessible(page)

    page.locator(".breadcrumb").get_by_role("link", name="Sample plan of the lagoon").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    download.value.save_as(tmp_path / "plan.csv")
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {(row["Indicator"], row["Period"]): row["Status"] for row in csv.DictReader(file)}
    assert len(told) == 9
    assert {key: status for key, status in told.items() if status} == {("1.1", "P2"): "SP"}
    assert foreign_requests == []
    assert script_errors == []


def test_an_institution_reports_corrects_and_sends_a_spreadsheet(
    page: Page,
    portal: str,
    sample: Sample,
    foreign_requests: list[str],
    script_errors: list[str],
    tmp_path: Path,
) -> None:
    _log_in(page, portal, "editor")
    page.goto(f"{portal}/action_plan/sample-plan")
    page.get_by_role("link", name="Report progress").click()
    expect(page.get_by_role("heading", level=2, name="First period")).to_have_count(0)
    late = page.get_by_role("region", name="Second period")
    third = page.get_by_role("region", name="Third period")
    expect(late.locator("tbody tr")).to_have_count(2)

    third.get_by_role("link", name="Report on 1.1, P3").click()
    page.get_by_label("Status").select_option(label="Limited progress")
    page.get_by_label("What was done").fill("Two of twelve boards publish.")
    page.get_by_role("button", name="Publish the report").click()
    expect(page.get_by_role("heading", name="The report was not taken")).to_be_visible()
    expect(page.get_by_label("Challenges")).to_have_attribute("aria-invalid", "true")
    _assert_accessible(page)
    expect(page.get_by_label("Status")).to_have_value("LP")
    expect(page.get_by_label("What was done")).to_have_value("Two of twelve boards publish.")
    page.get_by_label("Challenges").fill("Some boards have no computer.")
    page.get_by_role("button", name="Publish the report").click()
    expect(page.locator(".flash-messages")).to_contain_text("The report is published.")

    page.get_by_role("link", name="Correct the report").click()
    page.get_by_label("Status").select_option(label="Substantial progress")
    page.get_by_label("What was done").fill("Nine of twelve boards publish.")
    page.get_by_label("Reason for the correction").fill("Seven boards had not been asked.")
    page.get_by_role("button", name="Publish the correction").click()
    expect(page.locator(".ogb-versions > li")).to_have_count(2)
    expect(page.locator(".ogb-versions > li").first).to_contain_text("Seven boards had not been asked.")

    workbook = tmp_path / "progress.xlsx"
    workbook.write_bytes(_filled_in(sample))
    page.goto(f"{portal}/action_plan/sample-plan/progress")
    page.get_by_label("File (.xlsx or .csv)").set_input_files(workbook)
    page.get_by_role("button", name="Show what would happen").click()
    answer = page.get_by_role("region", name="What would become of each row").locator("tbody tr")
    expect(answer).to_have_count(3)
    expect(answer.locator("td:nth-child(5)")).to_have_text(["unchanged", "added", "rejected"])
    expect(answer.last).to_contain_text("Say under “Challenges” what stood in the way")
    assert _reported() == {("1.1", "P3"): "SP"}
    _assert_accessible(page)

    page.get_by_role("button", name="Publish these reports").click()
    expect(page.get_by_role("heading", name="What became of each row")).to_be_visible()
    assert _reported() == {("1.1", "P3"): "SP", ("1.2", "P3"): "C"}

    page.locator(".breadcrumb").get_by_role("link", name="Sample plan of the lagoon").click()
    row = page.locator(".ogb-tracker tbody tr").filter(has_text="Open water board timetable")
    expect(row.locator("td[data-label=P3] abbr[title]")).to_have_text(["SP", "C"])
    assert foreign_requests == []
    assert [error for error in script_errors if "400" not in error] == []


def test_an_administrator_reopens_a_period_for_an_institution(
    page: Page, browser: Browser, portal: str, sample: Sample
) -> None:
    form = f"{portal}/commitment/sample-plan-final-1/report/1.1/P1"
    institution = browser.new_context().new_page()
    _log_in(institution, portal, "editor")
    institution.goto(form)
    expect(institution.get_by_text("Reporting on this period ended on")).to_be_visible()

    _log_in(page, portal, "administrator")
    page.goto(f"{portal}/action_plan/sample-plan/progress")
    reopen = page.get_by_role("region", name="Reopen a period")
    reopen.get_by_label("Period").select_option(label="First period")
    reopen.get_by_label("Institution").select_option(label="Sample Water Department")
    reopen.get_by_label("Last day").fill(sample.day(7))
    reopen.get_by_role("button", name="Reopen").click()
    expect(page.locator(".flash-messages")).to_contain_text("Sample Water Department may report on")
    expect(reopen).to_contain_text("Reopened so far")
    _assert_accessible(page)

    institution.goto(form)
    expect(institution.get_by_text("This period was reopened for your institution")).to_be_visible()
    institution.get_by_label("Status").select_option(label="Complete")
    institution.get_by_role("button", name="Publish the report").click()
    expect(institution.locator(".ogb-versions")).to_contain_text("Late")


def _log_in(page: Page, portal: str, name: str) -> None:
    page.goto(f"{portal}/user/login")
    page.get_by_label("Username or Email").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Login").click()


def _assert_accessible(page: Page) -> None:
    # The bar of those who are logged in and the place of messages are CKAN's own.
    violations = (
        Axe().run(page, context={"exclude": [".account-masthead", ".flash-messages"]}).response["violations"]
    )
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in violations] == []


def _report(indicator: str, period: str, status: str, **fields: Any) -> None:
    call_action(
        "opengovbelize_progress_report_save",
        {"user": "editor"},
        **{"id": "sample-plan-final-1", "indicator": indicator, "period": period, "status": status, **fields},
    )


def _reported() -> dict[tuple[str, str], str]:
    """Return the statuses that stand there now."""
    found = call_action("opengovbelize_progress_report_list", plan="sample-plan")
    return {(row["indicator"], row["period"]): row["status"] for row in found}


def _filled_in(sample: Sample) -> bytes:
    """Return the plan's workbook with a row as it was, a new one, and one that lacks its challenges."""
    commitment = copy.deepcopy(call_action("package_show", id=sample.commitment["id"]))
    commitment["reports"] += [
        {"indicator": "1.2", "period": "P3", "status": "C", "progress": "All were answered."},
        {"indicator": "1.2", "period": "P2", "status": "NS"},
    ]
    return exports.workbook(sample.plan, [commitment])
