"""After a form was saved: what was published all the same, and is worth a look."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]


def test_deadlines_outside_the_plan_are_told_to_the_editor(app: Any) -> None:
    user = factories.UserWithToken(sysadmin=True)
    program = factories.Organization()
    common = {"owner_org": program["id"], "license_id": "cc-by", "publication_state": "released"}
    plan = factories.Dataset(type="action_plan", start="2021-01-01", end="2022-12-31", **common)
    form = {
        **common,
        "title": "Open wells",
        "name": "open-wells",
        "in_plan": plan["id"],
        "number": "1",
        "stage": "final",
        "end": "2031-01-01",
        "indicators-0-code": "1.1",
        "indicators-0-title": "Wells on the map",
        "indicators-0-deadline": "2030-12-31",
        "save": "",
    }
    page = app.post("/commitment/new", data=form, headers={"Authorization": user["token"]})

    assert page.status_code == 200
    assert "Indicators 1.1: This day is outside the plan" in page.body
    assert "End: This day is outside the plan" in page.body
    assert call_action("package_show", id="open-wells")["end"] == "2031-01-01"
