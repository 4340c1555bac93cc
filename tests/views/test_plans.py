"""The pages of plans and commitments, as an anonymous visitor gets them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from tests import plans

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

Get = Callable[[str], BeautifulSoup]
HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def get(app: Any) -> Get:
    """Fetch a page."""
    return lambda path: BeautifulSoup(app.get(path, status=200).text, "html.parser")


def words(element: Tag | BeautifulSoup | None) -> str:
    assert element is not None
    return " ".join(element.get_text(" ").split())


def injected(page: BeautifulSoup) -> bool:
    return any(words(script).startswith("alert") for script in page.find_all("script"))


def rows(page: BeautifulSoup) -> list[str]:
    return [words(row) for row in page.select(".ogb-tracker tbody tr")]


def test_the_tracker_tells_how_a_plan_stands(get: Get) -> None:
    plans.sample()

    page = get("/action_plan/sample-plan")

    assert "Invented sample data" in words(page.select_one(".ogb-page-head"))
    assert rows(page)[:3] == [
        "1 Open water board timetable Sample Water Department 1 overdue NS 1 C 1 SP 1 C 1",
        "2 Clinic waiting times in the open Ministry of Health 2 reports missing – 1 – 1",
        "3 Open data for statistics",
    ]
    table = page.select_one("#progress table")
    assert "January to June 2021 1 0 0 1 1" in words(table)
    assert "1.2 Complaints answered" in words(page.select_one("#overdue"))
    assert "Ministry of Health 2 reports missing" in words(page.select_one("#not-reported"))
    lists = words(page.select_one("#lists"))
    assert "1 Water timetables → Commitment 1" in lists
    assert "4 A museum of openness Dropped" in lists
    assert "1 Open water board timetable from Draft 1 , Draft 2" in lists
    assert page.select_one("#consultation-draft-list") is not None

    # Choices are plain links and fields: they work without script.
    assert rows(get("/action_plan/sample-plan?institution=Sample+Water+Department"))[0].startswith(
        "1 Open water"
    )
    assert len(rows(get("/action_plan/sample-plan?institution=Sample+Water+Department"))) == 1
    assert rows(get("/action_plan/sample-plan?stage=dropped")) == ["4 A museum of openness Dropped"]
    nothing = get(f"/action_plan/sample-plan?institution={HOSTILE}")
    assert "No commitment fits" in words(nothing)
    assert not injected(nothing)


def test_a_commitment_says_who_says_what(get: Get) -> None:
    plans.sample()

    page = get("/commitment/sample-plan-final-1")

    late = words(page.select("#indicator-1\\.2 .ogb-report")[0])
    assert late.startswith("July to December 2021 SP Substantial progress Late Reported by the institution")
    assert "Corrected: One board was counted twice." in late
    assert "Assessed by Sample Review Panel" in words(page.select_one("#assessments"))
    assert "Scale of five" in words(page.select_one("#assessments"))
    assert "Made from Draft 1 : Water timetables" in words(page.select_one("#lineage"))
    links = [link["href"] for link in page.select("#co-creation a")]
    assert links == ["/action_plan/sample-plan#consultation-draft-list", "/webinar/sample-2020-1"]
    citation = words(page.select_one(".ogb-citation"))
    assert citation.startswith("Sample Program. Commitment 1: Open water board timetable. Sample plan.")
    assert "/commitment/sample-plan-final-1" in citation

    merged = words(get("/commitment/sample-plan-draft-2"))
    assert "Its text is now part of commitment 1." in merged
    assert "Became Commitment 1" in merged
    webinar = get("/webinar/sample-2020-1")
    assert webinar.select_one('#commitments a[href="/commitment/sample-plan-final-1"]') is not None
    assert "Yes, from 2022 on." in words(webinar.select_one("#commitments"))
    home = get("/")
    assert "Sample plan" in words(home.select_one("section[aria-labelledby=plans]"))


def test_a_plan_without_periods_says_that_no_reports_are_public(get: Get) -> None:
    program = plans.factories.Organization()
    plan = plans.create(type="action_plan", name="first-plan", title="First plan", owner_org=program["id"])
    assert "No commitment of this plan has been published yet." in words(get("/action_plan/first-plan"))
    plans.create(
        type="commitment",
        name="first-plan-final-1",
        title=f"Improving {HOSTILE}",
        in_plan=plan["id"],
        number="1",
        stage="final",
        indicators=[{"code": "1.1", "title": f"Seen {HOSTILE}", "deadline": "2020-12-31"}],
        owner_org=program["id"],
    )

    page = get("/action_plan/first-plan")
    assert "No progress reports on this plan are public." in words(page)
    assert page.select_one("#overdue") is None
    assert "Only one of the two lists is public" in words(get("/action_plan/first-plan/compare"))
    for path in ("/action_plan/first-plan", "/commitment/first-plan-final-1"):
        assert not injected(get(path))


def test_lists_are_compared_and_downloaded_as_the_reader_may_see_them(app: Any, get: Get) -> None:
    plan = plans.sample()
    program = plan["owner_org"]
    first = plans.create(type="action_plan", name="first-plan", title="First plan", owner_org=program)
    plans.create(
        type="commitment", name="first-plan-final-1", title="Open statistics", in_plan=first["id"], number="1",
        stage="final", owner_org=program,
    )  # fmt: skip

    page = get("/action_plan/sample-plan/compare")
    assert [words(row) for row in page.select(".ogb-side-by-side tbody tr")] == [
        "1 Water timetables 2 Source of the water Its text is now part of commitment 1. Merged 1 Open water board timetable",
        "3 Clinic waiting times Kept 2 Clinic waiting times in the open",
        "New 3 Open data for statistics",
        "4 A museum of openness No institution could lead it. Dropped",
    ]
    other = words(get("/action_plan/sample-plan/compare?with=first-plan").select_one(".ogb-side-by-side"))
    assert other.startswith("First plan What became of it Sample plan Invented sample data")
    assert "1 Open statistics Not continued" in other

    def table() -> list[dict[str, str]]:
        text = app.get("/action_plan/sample-plan/plan.csv", status=200).get_data().decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def titles() -> list[str]:
        answer = json.loads(app.get("/action_plan/sample-plan/plan.json", status=200).get_data())
        return [each["title"] for each in answer["commitments"]]

    assert len(table()) == 6
    assert len(titles()) == 7
    assert app.get("/action_plan/sample-plan/plan.xlsx", status=200).get_data()[:2] == b"PK"
    app.get("/action_plan/sample-plan/plan.exe", status=404)
    app.get("/action_plan/sample-plan-final-1/plan.csv", status=404)

    plans.hide("sample-plan-final-1")
    assert len(table()) == 2
    assert "Open water board timetable" not in titles()
    hidden = "Open water board timetable"
    for path in (
        "/action_plan/sample-plan",
        "/action_plan/sample-plan/compare",
        "/commitment/sample-plan-draft-1",
    ):
        assert hidden not in words(get(path)), path
    plans.hide("sample-plan")
    for path in ("", "/compare", "/plan.json"):
        app.get(f"/action_plan/sample-plan{path}", status=404)
