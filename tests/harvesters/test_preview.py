"""Every kind of source can be looked at before it is one, in the form of a source, and nothing is changed by that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from .conftest import record
from .test_records_harvester import example_site

pytestmark = [pytest.mark.server]

SAMPLES = sorted(
    path
    for path in Path("samples/formats").iterdir()
    if not path.name.startswith(("attendance-", "progress"))
)
# What only adds to a session that is not there, and says so.
ADDING = ("captions.vtt", "chat-teams.json", "chat-zoom.txt", "youtube.xml")


def look(portal: Any, url: str, config: str = "", user: str | None = None) -> dict[str, Any]:
    context = {"user": portal.editor["name"] if user is None else user, "ignore_auth": False}
    return tk.get_action("opengovbelize_source_preview")(
        context, {"url": url, "config": config, "owner_org": portal.organization["id"]}
    )


def test_every_kind_of_file_is_shown_and_nothing_is_written(portal, rows_written):
    rows_written()
    seen = {}
    for path in SAMPLES:
        (portal.folder / path.name).write_bytes(path.read_bytes())
        shown = look(portal, (portal.folder / path.name).as_uri())
        seen[path.name] = {row["outcome"] for row in shown["records"]}
        for row in shown["records"]:
            assert row["fields"] or row["problems"], path.name
    assert not rows_written()
    assert {name for name, outcomes in seen.items() if outcomes == {"rejected"}} == set(ADDING)


def test_a_long_list_is_shown_by_its_beginning(portal):
    for number in range(1, 15):
        portal.write(f"{number:02}.md", record(number))
    shown = look(portal, portal.folder.as_uri())
    assert (shown["found"], len(shown["records"])) == (14, 10)
    assert {row["outcome"] for row in shown["records"]} == {"added"}
    assert shown["problems"] == []


def test_what_is_wrong_is_told_in_words(portal):
    for url, config, field in (
        ("https://example.org/gone", "", "url"),
        ("gopher://example.org", "", "url"),
        (portal.folder.as_uri(), '{"trust": "much"}', "config"),
    ):
        with example_site() as web, pytest.raises(tk.ValidationError) as refused:
            web.assert_all_requests_are_fired = False
            web.get("https://example.org/gone", status=404, body="private words of a server")
            look(portal, url, config)
        assert list(refused.value.error_dict) == [field]
        assert "private words" not in str(refused.value)


def test_nobody_else_makes_the_portal_fetch(portal):
    for user in ("", factories.User()["name"]):
        with pytest.raises(tk.NotAuthorized):
            look(portal, portal.folder.as_uri(), user=user)


def test_the_form_has_the_button_and_the_page_shows_the_record(portal, app):
    editor = factories.UserWithToken()
    tk.get_action("organization_member_create")(
        {"ignore_auth": True, "user": ""},
        {"id": portal.organization["id"], "username": editor["name"], "role": "editor"},
    )
    headers = {"Authorization": editor["token"]}
    form = BeautifulSoup(app.get("/harvest/new", headers=headers).body, "html.parser")
    button = form.find("button", formaction=True)
    assert button and button["formaction"] == "/opengovbelize/source/preview"
    portal.write("one.md", record(1))
    values = {"url": portal.folder.as_uri(), "config": "", "owner_org": portal.organization["id"]}
    page = app.post("/opengovbelize/source/preview", data=values, headers=headers).body
    assert "Invented session 1" in page and "Harbour Hall" in page
    app.post("/opengovbelize/source/preview", data=values, status=403)
