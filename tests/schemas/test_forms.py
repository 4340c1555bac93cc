"""The form, as a civil servant fills it in."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.opengovbelize.schemas import forms, reading

SERVER = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2020-02-13T10:30:00-06:00", "2020-02-13T10:30"),
        ("2020-02-13T10:30:15-06:00", "2020-02-13T10:30:15"),
        ("2020-02-13T10:30", "2020-02-13T10:30"),
        # Another offset would be lost in a field for local time.
        ("2020-02-13T10:30:00-05:00", ""),
        ("yesterday", ""),
        (None, ""),
    ],
)
def test_local_time_of_the_form(stored: Any, shown: str) -> None:
    assert forms.time(stored, "America/Belize") == shown
    assert forms.time("2020-02-13T10:30:00-06:00", "No/Such") == ""


@pytest.mark.server
def test_rows_of_a_form_keep_their_order_and_all_their_values(with_plugins: None) -> None:
    sent = {"type": "commitment", "title": "Open wells", "events-1-kind": "webinar", "events-1-code": "e"}
    sent |= {f"milestones-{number}-code": f"1.{number}" for number in range(12)}
    sent |= {f"milestones-{number}-title": f"Step {number}" for number in range(12)}
    sent |= {"events-REPEATING-INDEX0-kind": "webinar", "no-such-field": "x"}

    assert forms.with_rows(sent) == {
        "type": "commitment",
        "title": "Open wells",
        "events": [{"kind": "webinar", "code": "e"}],
        "milestones": [{"code": f"1.{number}", "title": f"Step {number}"} for number in range(12)],
        "events-REPEATING-INDEX0-kind": "webinar",
        "no-such-field": "x",
    }
    assert forms.with_rows({"type": "dataset", "links-0-url": "a"}) == {"type": "dataset", "links-0-url": "a"}


class TestForm:
    pytestmark = SERVER

    def test_every_field_is_there_so_that_saving_loses_none(self, app: Any) -> None:
        user = factories.UserWithToken(sysadmin=True)
        factories.Organization()
        for name, schema in reading.program_schemas().items():
            page = _page(app, f"/{name}/new", user)
            named = {control.get("name") for control in page.select("[name]")}
            for field in reading.fields(schema):
                rows = field.get("repeating_subfields", [])
                if field["field_name"] == "reports" or field.get("form_snippet", "") is None:
                    # These change on pages of their own; an update that does not name them keeps them.
                    continue
                wanted = {f"{field['field_name']}-REPEATING-INDEX0-{row['field_name']}" for row in rows}
                assert (wanted or {field["field_name"]}) <= named, field["field_name"]

    def test_a_session_is_saved_at_once_and_edited(self, app: Any) -> None:
        user = factories.UserWithToken()
        program = factories.Organization(users=[{"name": user["name"], "capacity": "editor"}])
        other = factories.Organization()
        for organization, name in ((program, "ours"), (other, "theirs")):
            factories.Dataset(type="webinar_series", name=name, title=name, owner_org=organization["id"])
        page = _page(app, "/webinar/new", user)
        options = [option.text for option in page.select("#field-in_series option")]
        assert options == ["", "ours"]

        answer = _send(app, "/webinar/new", user, {**_filled(program), "people-0-code": ""})
        assert answer.status_code == 302
        saved = call_action("package_show", id="a-session")
        assert saved["state"] == "active"
        assert saved["start"] == "2020-03-05T10:30:00-06:00"
        assert saved["people"] == [{"code": "speaker-ana-sample", "name": "Ana Sample", "role": "speaker"}]

        page = _page(app, "/webinar/edit/a-session", user)
        assert page.select_one("#field-start")["value"] == "2020-03-05T10:30"
        assert page.select_one("[name=people-0-code]")["value"] == "speaker-ana-sample"

    def test_series_of_one_title_are_told_apart_by_their_years(self, app: Any) -> None:
        user = factories.UserWithToken()
        program = factories.Organization(users=[{"name": user["name"], "capacity": "editor"}])
        for year in (2021, 2020):
            name = f"lagoon-{year}"
            factories.Dataset(type="webinar_series", name=name, title="Lagoon", owner_org=program["id"])
        page = _page(app, "/webinar/new", user)
        options = [option.text for option in page.select("#field-in_series option")]
        assert options == ["", "Lagoon (2020)", "Lagoon (2021)"]

    def test_complaints_stand_at_their_fields(self, app: Any) -> None:
        user = factories.UserWithToken()
        program = factories.Organization(users=[{"name": user["name"], "capacity": "editor"}])
        wrong = {
            **_filled(program),
            "end": "2020-03-05T10:00",
            "people-0-role": "guest",
            "notes": "Call 610-0177.",
        }

        page = BeautifulSoup(_send(app, "/webinar/new", user, wrong).body, "html.parser")

        complained = {
            entry["data-field-label"] for entry in page.select(".error-explanation [data-field-label]")
        }
        assert complained == {"end", "notes", "people-1", "people-1-role"}
        assert "610-0177" not in page.select_one(".error-explanation").text


def _filled(program: dict[str, Any]) -> dict[str, str]:
    return {
        "_ckan_phase": "",
        "title": "A session",
        "name": "a-session",
        "owner_org": program["id"],
        "start": "2020-03-05T10:30",
        "people-0-role": "speaker",
        "people-0-name": "Ana Sample",
        "people-1-role": "",
        "people-1-name": "",
        "questions-0-question": "",
        "questions-0-sector": "unknown",
        "save": "",
    }


def _page(app: Any, path: str, user: dict[str, Any]) -> BeautifulSoup:
    return BeautifulSoup(app.get(path, headers={"Authorization": user["token"]}).body, "html.parser")


def _send(app: Any, path: str, user: dict[str, Any], values: dict[str, str]) -> Any:
    return app.post(path, headers={"Authorization": user["token"]}, data=values, follow_redirects=False)
