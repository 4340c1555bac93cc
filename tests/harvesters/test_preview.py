"""Every kind of source can be looked at before it is one, in the form of a source, and nothing is changed by that."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.opengovbelize.runs import preview
from ckanext.opengovbelize.sources.config import CHECKS

from ..soak.servers import Site
from ..sources.test_oai_pmh import BASE, Repository
from ..sources.test_sitemaps import EVENT, SITE, sitemap
from .conftest import record
from .other_portal import OtherPortal, served, without_extension
from .test_records_harvester import example_site

pytestmark = [pytest.mark.server]

SAMPLES = sorted(
    path
    for path in Path("samples/formats").iterdir()
    if not path.name.startswith(("attendance-", "progress"))
)
# What only adds to a session that is not there, and says so.
ADDING = (
    *("captions.vtt", "chat-slack.json", "chat-teams.json", "chat-youtube.live_chat.json", "chat-zoom.txt"),
    *("questions-webex.txt", "youtube.xml"),
)


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


def test_records_are_counted_and_not_files(portal):
    calendar = Path("samples/formats/calendar.ics")
    (portal.folder / calendar.name).write_bytes(calendar.read_bytes())
    shown = look(portal, (portal.folder / calendar.name).as_uri())
    assert shown["found"] == len(shown["records"]) == 5


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
    explained = [code.text for code in form.select("#ogb-source-help li code:first-child")]
    assert sorted(explained) == sorted(CHECKS)
    portal.write("one.md", record(1))
    values = {"url": portal.folder.as_uri(), "config": "", "owner_org": portal.organization["id"]}
    page = app.post("/opengovbelize/source/preview", data=values, headers=headers).body
    assert "Invented session 1" in page and "Harbour Hall" in page
    # In words, as the webinar's page will say it.
    assert "13 February 2025, 10:30 (UTC-06:00)" in page and "Belize District" in page
    assert "in_series" not in page
    app.post("/opengovbelize/source/preview", data=values, status=403)


def test_another_portal_is_shown(portal, rows_written, ckan_config, monkeypatch):
    """Fourteen datasets, of which the first are fetched whole, by their types."""
    ids = [f"00000000-0000-4000-8000-{number:012}" for number in range(14)]
    packages = {
        id_: {
            "id": id_,
            "type": "dataset",
            "name": f"levels-{number}",
            "title": f"Water levels {number}",
            "notes": "Levels of an invented lagoon.",
            "metadata_modified": "2025-02-13T10:30:00",
            "author_email": "q.feather@mail.example.com",
            "resources": [{"url": "https://www.example.org/levels.csv", "name": "Levels", "format": "CSV"}],
        }
        for number, id_ in enumerate(ids)
    }
    packages[ids[13]] |= {
        "type": "webinar",
        "publication_state": "released",
        "title": "Session 1: Boats",
        "start": "2025-02-13T10:30:00-06:00",
    }
    other = OtherPortal(without_extension(packages))
    with served(other) as address:
        monkeypatch.setitem(
            ckan_config, "ckanext.opengovbelize.allowed_hosts", [address.removeprefix("http://")]
        )
        rows_written()
        shown = look(portal, address)
        asked = other.searches()
        assert look(portal, f"{address}/api/3", '{"format": "ckan"}')["found"] == 14
        other.broken = True
        with pytest.raises(tk.ValidationError) as refused:
            look(portal, address, '{"format": "ckan"}')
    assert not rows_written()
    assert (shown["found"], shown["problems"]) == (14, [])
    assert [row["type"] for row in shown["records"]] == ["webinar", *["dataset"] * 9]
    assert {row["outcome"] for row in shown["records"]} == {"added"}
    titles = [str(row["fields"]) for row in shown["records"]]
    assert "Boats" in titles[0] and "Water levels 0" in titles[1]
    assert "q.feather" not in str(shown)
    fetched = [
        id_ for search in asked if "fl" not in search for id_ in re.findall(r'"([\w-]{36})"', search["fq"])
    ]
    assert {*ids[:9], ids[13]} <= set(fetched)
    assert "private words" not in str(refused.value)


def test_a_repository_is_shown(portal, rows_written):
    repository = Repository(*[f"2020-05-0{day}" for day in range(1, 6)])
    repository.papers = {"oai:x:2"}
    repository.deleted = {"oai:x:3"}
    address = BASE.replace("repository.example.org", "example.org")
    with example_site() as web:
        web.add_callback("GET", address, repository)
        rows_written()
        shown = look(portal, address, '{"series": "boats-2020"}')
    assert not rows_written()
    assert shown["found"] == 4
    assert [row["outcome"] for row in shown["records"]] == ["added", "rejected", "added", "added"]
    assert [problem["code"] for problem in shown["records"][1]["problems"]] == ["not-a-session"]
    assert "Boats 1" in str(shown["records"][0]["fields"])


@pytest.mark.parametrize("listing", ["", "*/webinars/*"])
def test_a_sitemap_is_shown(portal, rows_written, listing):
    """Without a pattern only pages that describe a session are shown, however many others come before them."""
    others = [f"{SITE}/about/{number}" for number in range(12)]
    sessions = [f"{SITE}/webinars/{number}" for number in (1, 2)]
    with example_site() as web:
        web.assert_all_requests_are_fired = False
        for number, url in enumerate(sessions, 1):
            web.get(
                url, body=EVENT.replace("1: Boats", f"{number}: Boats {number}"), content_type="text/html"
            )
        for url in others:
            web.get(url, body="<html><body><p>About us</p></body></html>", content_type="text/html")
        web.get(f"{SITE}/sitemap.xml", body=sitemap(*others, *sessions), content_type="application/xml")
        rows_written()
        shown = look(portal, f"{SITE}/sitemap.xml", json.dumps({"listing": listing}))
    assert not rows_written()
    assert [row["outcome"] for row in shown["records"]] == ["added", "added"]
    assert "Boats 2" in str(shown["records"][1]["fields"])
    assert [problem["code"] for problem in shown["problems"]] == ([] if listing else ["page-skipped"])


def test_nobody_waits_for_a_large_or_slow_site(portal, ckan_config, monkeypatch):
    """Of a sitemap without a pattern every page has to be fetched, until time is up."""
    pages: dict[str, str | bytes] = {
        f"{number}.html": f"<html><body><p>Page {number}</p></body></html>" for number in range(50)
    }
    pages["1.html"] = EVENT
    site = Site(pages)
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.allowed_hosts", [f"127.0.0.1:{site.port}"])
    monkeypatch.setattr(preview, "SECONDS", 1.5)
    pages["map.xml"] = sitemap(*(f"{site.url}{number}.html" for number in range(50)))
    site.seconds = 0.2
    try:
        shown = look(portal, f"{site.url}map.xml")
        assert [row["outcome"] for row in shown["records"]] == ["added"]
        assert site.asked < 12
        with site.halted(), pytest.raises(tk.ValidationError) as refused:
            look(portal, f"{site.url}map.xml")
        assert "in time" in str(refused.value) or "too slowly" in str(refused.value)
    finally:
        site.end()
