"""The pages of progress: an institution reports, everybody reads, an administrator reopens."""

from __future__ import annotations

import csv
import io
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckanext.opengovbelize import config
from ckanext.opengovbelize.records.tables import reading

from tests.catalogue.conftest import show
from tests.progress.conftest import Program, program

__all__ = ["program"]

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

COMMITMENT = "sample-plan-final-1"
FORM = f"/commitment/{COMMITMENT}/report/1.1/2021-H1"
HISTORY = f"/commitment/{COMMITMENT}/reports/1.1/2021-H1"
OVERVIEW = "/action_plan/sample-plan/progress"
SENT = {"status": "SP", "progress": "Eleven boards publish.", "version": "0"}
LEAD = "editor of the lead"


class Browser:
    """A browser without script, in which one user has logged in."""

    def __init__(self, app: Any, program: Program, role: str) -> None:
        self.app = app
        self.headers = program.headers(role)

    def get(self, path: str, status: int = 200) -> BeautifulSoup:
        return BeautifulSoup(self.app.get(path, headers=self.headers, status=status).body, "html.parser")

    def post(self, path: str, data: dict[str, Any], status: int = 200) -> BeautifulSoup:
        answer = self.app.post(path, data=data, headers=self.headers, status=status)
        return BeautifulSoup(answer.body, "html.parser")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    go_to(monkeypatch, date(2021, 7, 1))


def go_to(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(config, "today", lambda: day)


@pytest.fixture
def lead(app: Any, program: Program) -> Browser:
    return Browser(app, program, LEAD)


def text_of(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


def value(page: BeautifulSoup, name: str) -> str:
    field: Any = page.find(attrs={"name": name})
    return (field.text if field.name == "textarea" else field["value"]).strip()


def test_an_editor_reports_and_everybody_reads_who_says_so(app, program, lead):
    form = lead.get(FORM)
    assert value(form, "version") == "0"
    assert [link["href"] for link in form.select(".breadcrumb a")][-2:] == [f"/commitment/{COMMITMENT}", FORM]
    assert "Report due by 31 July 2021" in text_of(form)

    lead.post(FORM, SENT)

    history = text_of(Browser(app, program, "anonymous").get(HISTORY))
    assert "Substantial progress" in history
    assert "Reported by the institution: Sample water, 1 July 2021 · version 1" in history
    assert "Correct the report" not in history
    assert program.users[LEAD] not in history


def test_plan_and_commitment_lead_to_these_pages(app, program, lead):
    lead.post(FORM, SENT)
    visitor = Browser(app, program, "anonymous")

    assert visitor.get(f"/commitment/{COMMITMENT}").find("a", href=HISTORY)
    assert lead.get("/action_plan/sample-plan").find("a", href=OVERVIEW)
    assert not visitor.get("/action_plan/sample-plan").find("a", href=OVERVIEW)


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(lead):
    page = lead.post(FORM, {**SENT, "status": "LP", "progress": "Two boards."})

    assert "it is required where nothing or little was done" in text_of(page)
    assert value(page, "progress") == "Two boards."
    assert page.find(id="report-challenges")["aria-invalid"] == "true"
    assert "reports" not in show(COMMITMENT)


def test_of_two_forms_the_second_sees_what_the_first_wrote_and_can_still_correct(app, program, lead):
    Browser(app, program, "sysadmin").post(FORM, {**SENT, "progress": "Ten boards."})

    page = lead.post(FORM, {**SENT, "status": "C", "progress": "All boards."})

    assert "Somebody has reported this meanwhile" in text_of(page)
    assert "Ten boards." in text_of(page)
    assert (value(page, "progress"), value(page, "version")) == ("All boards.", "1")
    lead.post(
        FORM, {"status": "C", "progress": "All boards.", "version": "1", "reason": "The last two came."}
    )
    (row,) = show(COMMITMENT)["reports"]
    assert (row["progress"], row["version"]) == ("All boards.", 2)
    assert "Ten boards." in text_of(lead.get(HISTORY))


def test_others_get_no_form(app, program):
    for role in ("anonymous", "member", "editor of another institution", "program's editor"):
        Browser(app, program, role).get(FORM, status=403)
        Browser(app, program, role).post(FORM, SENT, status=403)
    for role in ("anonymous", "member"):
        Browser(app, program, role).get(OVERVIEW, status=403)
    for path in (FORM.replace("1.1", "7"), FORM.replace("2021-H1", "1999"), "/action_plan/none/progress"):
        Browser(app, program, "sysadmin").get(path, status=404)
    assert "reports" not in show(COMMITMENT)


def test_the_overview_lists_what_an_institution_owes(lead):
    before = lead.get(OVERVIEW)
    assert [link["href"] for link in before.select("td a[aria-label]")] == [FORM, FORM.replace("H1", "H2")]
    assert "1 report is missing" in text_of(before)

    lead.post(FORM, SENT)

    assert "Everything is reported" in text_of(lead.get(OVERVIEW))
    assert "Reopen" not in text_of(lead.get(OVERVIEW))


def test_the_overview_asks_no_more_of_what_is_complete(lead):
    lead.post(FORM, {**SENT, "status": "C"})

    overview = text_of(lead.get(OVERVIEW))

    assert "Complete: no more reports are due." in overview
    assert "missing" not in overview


def test_an_administrator_sees_who_is_missing_and_reopens(app, program, lead, monkeypatch):
    go_to(monkeypatch, date(2022, 3, 1))
    assert "Ask the program's administrator" in text_of(lead.post(FORM, SENT))
    administrator = Browser(app, program, "program's administrator")
    assert "2021-H1: Sample water (1 report)" in text_of(administrator.get(OVERVIEW))

    reopening = {"period": "2021-H1", "institution": program.water["id"], "until": "2022-02-01"}
    page = administrator.post(f"{OVERVIEW}/reopen", reopening)
    assert "Give a day that has not passed." in text_of(page)
    administrator.post(f"{OVERVIEW}/reopen", {**reopening, "until": "2022-03-15"})

    assert "reopened for your institution until 15 March 2022" in text_of(lead.get(FORM))
    lead.post(f"{OVERVIEW}/reopen", reopening, status=403)
    lead.post(FORM, SENT)
    assert [row["late"] for row in show(COMMITMENT)["reports"]] == [True]


def test_a_spreadsheet_is_shown_first_and_published_then(app, program, lead):
    answer = app.get(f"{OVERVIEW}/template.xlsx", headers=lead.headers)
    sheets, problems = reading.sheets(answer.data, file="template.xlsx") or ([], [])
    assert not problems
    header, *rows = next([line.cells for line in sheet.lines] for sheet in sheets if sheet.name == "progress")
    indicator, period, status, progress = (
        header.index(name) for name in ("Indicator", "Period", "Status", "Progress")
    )
    assert [(row[indicator], row[period]) for row in rows] == [("1.1", "2021-H1"), ("1.1", "2021-H2")]
    first = [*rows[0], *[""] * (len(header) - len(rows[0]))]
    first[status], first[progress] = "SP", "Eleven boards <b>publish</b>."
    filled = io.StringIO()
    csv.writer(filled).writerows([header, first, *rows[1:]])

    preview = lead.post(
        OVERVIEW, {"upload": (BytesIO(filled.getvalue().encode()), "progress.csv"), "step": "preview"}
    )
    assert [row["data-outcome"] for row in preview.select("tr[data-outcome]")] == ["added"]
    assert "reports" not in show(COMMITMENT)

    done = lead.post(OVERVIEW, {"rows": value(preview, "rows"), "step": "apply"})
    assert "What became of each row" in text_of(done)
    assert [row["progress"] for row in show(COMMITMENT)["reports"]] == ["Eleven boards <b>publish</b>."]


@pytest.mark.parametrize(
    "sent", [{}, {"rows": "{"}, {"rows": "[1]"}, {"upload": (b"Name\nAna\n", "names.csv")}]
)
def test_what_is_no_report_is_refused_on_the_page(lead, sent):
    if "upload" in sent:
        content, name = sent["upload"]
        sent = {"upload": (BytesIO(content), name)}

    page = lead.post(OVERVIEW, {**sent, "step": "preview"})

    assert page.find(id="upload-error").text.strip()
    assert "Ana" not in text_of(page)


def test_the_form_of_a_commitment_shows_reports_and_keeps_them(app, program, lead):
    lead.post(FORM, SENT)
    coordinator = Browser(app, program, "program's editor")

    page = coordinator.get(f"/commitment/edit/{COMMITMENT}")

    assert page.find(id="field-reports").find("a")["href"].endswith("/reports/1.1/2021-H1")
    assert not page.find_all(attrs={"name": lambda name: name and name.startswith("reports")})
    fields = {
        field["name"]: field.get("value", "") if field.name == "input" else field.text
        for field in page.select("input[name], textarea[name]")
        if field.get("type") not in ("checkbox", "radio", "file") and "REPEATING" not in field["name"]
    }
    fields |= {
        select["name"]: chosen["value"]
        for select in page.select("select[name]")
        if (chosen := select.find("option", selected=True))
    }
    done = coordinator.post(
        f"/commitment/edit/{COMMITMENT}", {**fields, "title": "Open timetable", "save": ""}
    )
    assert not done.select(".error-explanation"), done.select(".error-explanation")[0].get_text(" ")
    saved = show(COMMITMENT)
    assert (saved["title"], len(saved["reports"])) == ("Open timetable", 1)
