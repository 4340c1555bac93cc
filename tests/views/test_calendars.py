"""Calendars of sessions, as everybody gets them."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action
from icalendar import Calendar

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]


@pytest.fixture
def sessions() -> None:
    """Two sessions of one series of one program, one of another program, and one that is not released."""
    context = {"user": call_action("get_site_user")["name"]}
    for name in ("first", "second"):
        program = factories.Organization(name=f"{name}-program")
        common = {"owner_org": program["id"], "license_id": "cc-by", "publication_state": "released"}
        series = call_action(
            "package_create", context, type="webinar_series", name=f"{name}-2020", title=name, **common
        )
        for number, state in enumerate(("released", "released", "draft"), start=1):
            fields = {
                **common,
                "publication_state": state,
                "session_number": number,
                "in_series": [series["id"]],
            }
            call_action(
                "package_create",
                context,
                type="webinar",
                name=f"{name}-2020-{number}",
                title=f"{name} {number}",
                start=f"2020-03-0{number}T10:30:00-06:00",
                **fields,
            )


def _titles(answer: Any) -> list[str]:
    assert answer.content_type.startswith("text/calendar")
    return sorted(str(event["summary"]) for event in Calendar.from_ical(answer.body).events)


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("/webinar/sessions.ics", ["first 1", "first 2", "second 1", "second 2"]),
        ("/organization/first-program/sessions.ics", ["first 1", "first 2"]),
        ("/webinar_series/second-2020/sessions.ics", ["second 1", "second 2"]),
        ("/webinar/first-2020-2/session.ics", ["first 2"]),
        ("/es/webinar/first-2020-2/session.ics", ["first 2"]),
    ],
)
def test_a_calendar_has_what_is_public(app: Any, sessions: None, address: str, titles: list[str]) -> None:
    assert _titles(app.get(address)) == titles


@pytest.mark.parametrize(
    "address",
    [
        "/webinar/first-2020-3/session.ics",
        "/webinar/first-2020/session.ics",
        "/webinar_series/nothing/sessions.ics",
        "/organization/nobody/sessions.ics",
    ],
)
def test_what_is_not_there_or_not_public_is_not_found(app: Any, sessions: None, address: str) -> None:
    app.get(address, status=404)


def test_an_editors_calendar_holds_no_drafts_either(app: Any, sessions: None) -> None:
    editor = factories.SysadminWithToken()

    answer = app.get("/webinar/sessions.ics", headers={"Authorization": editor["token"]})

    assert len(_titles(answer)) == 4


def test_pages_lead_to_the_calendars(app: Any, sessions: None) -> None:
    for page, calendar in (
        ("/", "/webinar/sessions.ics"),
        ("/webinar_series/first-2020", "/webinar_series/first-2020/sessions.ics"),
        ("/webinar/first-2020-1", "/webinar/first-2020-1/session.ics"),
    ):
        assert f'href="{calendar}"' in app.get(page).body
