"""The page on which an editor sees a doubtful record beside the session, and decides."""

from __future__ import annotations

import ckan.model as model
import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckanext.opengovbelize.catalogue import pipeline
from ckanext.opengovbelize.catalogue.ledger import Source
from ckanext.opengovbelize.model import Doubt
from ckanext.opengovbelize.records.drafts import Draft

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

FIELDS = {"title": "How a plan is made", "start": "2020-03-05T10:30:00-06:00", "locality": "Belmopan"}


def test_both_stand_side_by_side_for_editors_and_one_click_decides(app):
    editor = factories.UserWithToken()
    program = factories.Organization(users=[{"name": editor["name"], "capacity": "editor"}])
    for title, start in (("Pages", "2020-03-05T10:30:00-06:00"), ("Calendar", "2020-03-12T10:30:00-06:00")):
        one = Draft(file="session.md", fields={**FIELDS, "start": start})
        pipeline.publish(
            [pipeline.Incoming(one, "record", start)], Source(title, program["id"], title), editor["name"]
        )
    (row,) = model.Session.query(Doubt)
    package = model.Package.get(row.package_id)
    page, headers = f"/webinar/{package.name}", {"Authorization": editor["token"]}
    assert "may tell of this session" not in app.get(page).body

    for address in (page, "/opengovbelize/review"):
        table = BeautifulSoup(app.get(address, headers=headers).body, "html.parser").select_one(
            ".ogb-review table"
        )
        cells = {
            line.th.get_text(): [cell.get_text() for cell in line.find_all("td")]
            for line in table.select("tbody tr")
        }
        assert cells["When"] == [
            "Thursday 5 March 2020, 10:30 (Belize time)",
            "Thursday 12 March 2020, 10:30 (Belize time)",
        ]
        assert cells["Title"] == ["How a plan is made"] * 2
    spanish = app.get(f"/es{page}", headers=headers).body
    assert "La misma sesión" in spanish

    decision = f"/opengovbelize/doubt/{row.id}"
    app.post(decision, data={"decision": "same"}, status=403)
    answer = app.post(
        decision, data={"decision": "same", "came_from": page}, headers=headers, follow_redirects=False
    )
    assert answer.status_code == 302
    model.Session.expire_all()
    assert model.Session.query(Doubt).one().state == "same"
    assert "may tell of this session" not in app.get(page, headers=headers).body


def test_records_that_may_tell_of_one_session_stand_together(app):
    editor = factories.UserWithToken()
    program = factories.Organization(users=[{"name": editor["name"], "capacity": "editor"}])
    for title, start in (("Pages", "05"), ("Calendar", "12"), ("Feed", "19")):
        one = Draft(file="session.md", fields={**FIELDS, "start": f"2020-03-{start}T10:30:00-06:00"})
        pipeline.publish(
            [pipeline.Incoming(one, "record", start)], Source(title, program["id"], title), editor["name"]
        )
    headers = {"Authorization": editor["token"]}
    page = BeautifulSoup(app.get("/opengovbelize/review", headers=headers).body, "html.parser")
    (section,) = page.select("div.ogb-review")
    assert {region["aria-label"] for region in section.select("[role=region]")} == {
        "Side by side with Calendar",
        "Side by side with Feed",
    }
