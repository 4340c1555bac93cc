"""Pages as a reader gets them: former addresses, what editors see, how many queries a page costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.opengovbelize.catalogue import identity
from ckanext.opengovbelize.model import LedgerEntry, Run

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

Publish = Callable[..., dict[str, Any]]


@pytest.fixture
def publish(clean_db: None, clean_index: None) -> Publish:
    """Publish a webinar or a series of one invented program."""
    program = factories.Organization(name="sample-program")
    user = call_action("get_site_user")["name"]

    def create(**fields: Any) -> dict[str, Any]:
        defaults = {"owner_org": program["id"], "license_id": "cc-by", "publication_state": "released"}
        return call_action("package_create", {"user": user}, **{**defaults, **fields})

    return create


def _page(app: Any, path: str, **options: Any) -> BeautifulSoup:
    return BeautifulSoup(app.get(path, **options).body, "html.parser")


def test_an_empty_portal_says_so(app: Any) -> None:
    page = _page(app, "/")

    assert "Nothing has been published yet" in page.text
    assert [heading.text.strip() for heading in page.select("main h2, .ogb-home h2")] == ["Use the data"]


def test_home_tells_the_future_from_the_past(app: Any, publish: Publish) -> None:
    publish(type="webinar", name="past", title="Past one", start="2020-02-13T10:30:00-06:00")
    publish(type="webinar", name="future", title="Future one", start="2099-02-13T10:30:00-06:00")
    publish(
        type="webinar",
        name="cancelled",
        title="Cancelled one",
        start="2099-02-14T10:30:00-06:00",
        status="cancelled",
    )

    page = _page(app, "/")

    coming = page.select_one("section[aria-labelledby=next-sessions]")
    latest = page.select_one("section[aria-labelledby=latest-sessions]")
    assert coming
    assert latest
    assert [title.text for title in coming.select("h3")] == ["Future one"]
    assert [title.text for title in latest.select("h3")] == ["Past one"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/webinar", "1 webinar"),
        ("/webinar_series", "1 series"),
        ("/action_plan", "1 action plan"),
        ("/es/action_plan", "1 plan de acción"),
        ("/commitment?q=nothing", "Nothing found for “nothing”"),
        ("/participant_statistics", "Nothing found"),
    ],
)
def test_a_list_says_in_words_how_many_it_has_and_offers_orders_that_it_knows(
    app: Any, publish: Publish, address: str, found: str
) -> None:
    for type_ in ("webinar", "webinar_series", "action_plan"):
        publish(type=type_, name=type_.replace("_", "-"), title="One of its kind")

    page = _page(app, address)

    assert " ".join(heading.text.strip() for heading in page.select("h1")) == found
    by_session = [option for option in page.select("#field-order-by option") if "session" in option.text]
    assert bool(by_session) == (address == "/webinar")


def test_a_webinar_with_nothing_but_a_title_has_no_empty_headings(app: Any, publish: Publish) -> None:
    publish(type="webinar", name="bare", title="Bare")

    page = _page(app, "/webinar/bare")

    headings = [heading.text.strip() for heading in page.select(".ogb-page h1, .ogb-page h2")]
    assert headings == ["Bare", "About this record"]


def test_invented_series_mark_their_sessions_as_invented(app: Any, publish: Publish) -> None:
    series = publish(type="webinar_series", name="made-up", title="Made up", invented=True)
    publish(type="webinar", name="made-up-1", title="First", in_series=[series["id"]])
    publish(type="webinar", name="real", title="Real one")

    for path in ("/webinar/made-up-1", "/webinar_series/made-up"):
        assert "Invented sample data" in _page(app, path).select_one(".ogb-page").text
    assert "Invented sample data" not in _page(app, "/webinar/real").select_one(".ogb-page").text
    results = {item.h2.text.strip(): item.text for item in _page(app, "/dataset/").select(".dataset-item")}
    assert {title for title, text in results.items() if "Invented sample data" in text} == {
        "First",
        "Made up",
    }


def test_a_former_address_leads_to_the_present_one(app: Any, publish: Publish) -> None:
    webinar = publish(type="webinar", name="first-name", title="Session")
    user = call_action("get_site_user")["name"]
    call_action("package_patch", {"user": user}, id=webinar["id"], name="second-name")
    assert identity.renamed("first-name") == "second-name"

    response = app.get("/webinar/first-name", follow_redirects=False)

    assert response.status_code == 302
    assert response.location.endswith("/webinar/second-name")


def test_a_former_address_keeps_the_readers_language(app: Any, publish: Publish) -> None:
    webinar = publish(type="webinar", name="first-name", title="Session")
    user = call_action("get_site_user")["name"]
    call_action("package_patch", {"user": user}, id=webinar["id"], name="second-name")

    response = app.get("/es/webinar/first-name", follow_redirects=False)

    assert response.location.endswith("/es/webinar/second-name")


def _asked_of_the_api(app: Any, action: str, user: str = "", **asked: Any) -> Any:
    token = call_action("api_token_create", user=user, name="test")["token"] if user else ""
    headers = {"Authorization": token} if token else {}
    return app.post(f"/api/action/{action}", json=asked, headers=headers)


def test_the_api_shows_a_webinar_by_its_former_address(app: Any, publish: Publish) -> None:
    webinar = publish(type="webinar", name="first-name", title="Session")
    admin = factories.Sysadmin()["name"]
    call_action("package_patch", {"user": admin}, id=webinar["id"], name="second-name")

    shown = _asked_of_the_api(app, "package_show", id="first-name")
    assert (shown.status_code, shown.json["result"]["name"]) == (200, "second-name")
    # Whoever writes means the very name that he gives, and so does who takes it anew.
    assert _asked_of_the_api(app, "package_patch", admin, id="first-name", title="Other").status_code == 404
    assert _asked_of_the_api(app, "package_show", id="no-name-of-any").status_code == 404
    newer = publish(type="webinar", name="first-name", title="Another session")
    assert _asked_of_the_api(app, "package_show", id="first-name").json["result"]["id"] == newer["id"]


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        ("resource_create", {"package_id": "first-name", "url": "https://example.org/slides.pdf"}),
        ("package_revise", {"match": {"name": "first-name"}, "update": {"title": "Other"}}),
        ("package_resource_reorder", {"id": "first-name", "order": []}),
        ("package_update", {"id": "first-name", "title": "Other"}),
        ("package_delete", {"id": "first-name"}),
    ],
)
def test_nothing_is_written_by_a_former_address(
    app: Any, publish: Publish, action: str, asked: dict[str, Any]
) -> None:
    webinar = publish(type="webinar", name="first-name", title="Session")
    admin = factories.Sysadmin()["name"]
    call_action("package_patch", {"user": admin}, id=webinar["id"], name="second-name")
    before = call_action("package_show", id=webinar["id"])

    assert _asked_of_the_api(app, action, admin, **asked).status_code == 404
    assert call_action("package_show", id=webinar["id"]) == before


def test_the_api_says_of_the_former_address_of_a_hidden_webinar_that_there_is_none(
    app: Any, publish: Publish
) -> None:
    webinar = publish(type="webinar", name="first-name", title="Session")
    admin = factories.Sysadmin()["name"]
    changed = {"name": "second-name", "publication_state": "withdrawn"}
    call_action("package_patch", {"user": admin}, id=webinar["id"], **changed)

    hidden = _asked_of_the_api(app, "package_show", id="first-name")
    assert hidden.status_code == 404
    assert "second-name" not in hidden.body
    assert (
        _asked_of_the_api(app, "package_show", admin, id="first-name").json["result"]["name"] == "second-name"
    )


def test_a_former_address_of_a_hidden_webinar_gives_nothing_away(app: Any, publish: Publish) -> None:
    webinar = publish(type="webinar", name="first-name", title="Session")
    user = call_action("get_site_user")["name"]
    call_action(
        "package_patch",
        {"user": user},
        id=webinar["id"],
        name="second-name",
        publication_state="withdrawn",
    )

    response = app.get("/webinar/first-name", follow_redirects=False)

    assert response.status_code == 404
    assert "second-name" not in response.body


def test_a_list_of_sessions_costs_the_same_however_long(app: Any, publish: Publish) -> None:
    series = publish(type="webinar_series", name="long", title="Long")
    asked: list[str] = []

    def count(sender: str, **_: Any) -> None:
        asked.append(sender)

    counts = []
    with tk.signals.action_succeeded.connected_to(count):
        for number in (1, 2, 3):
            publish(type="webinar", name=f"long-{number}", title="Session", in_series=[series["id"]])
            asked.clear()
            app.get("/webinar_series/long")
            counts.append(asked.count("package_search") + asked.count("package_show"))

    assert counts[0] == counts[2]


def test_editors_and_nobody_else_see_where_a_webinar_was_harvested(app: Any, publish: Publish) -> None:
    webinar = publish(type="webinar", name="harvested", title="Harvested")
    editor = factories.UserWithToken()
    call_action("organization_member_create", id=webinar["owner_org"], username=editor["name"], role="editor")
    made = datetime(2026, 1, 2, 3, 4)
    run = Run(
        source_id="s1",
        organization_id=webinar["owner_org"],
        started_at=made,
        records=[],
        problems=[],
    )
    entry = LedgerEntry(
        source_id="s1",
        record_key="k",
        package_id=webinar["id"],
        content_hash="h",
        values={},
        proposals=[],
        trust=50,
        source_title="Folder of the coordination team",
        source_url="",
        source_created=made,
        changed_at=made,
    )
    model.Session.add_all([run, entry])
    model.Session.commit()

    seen = _page(app, "/webinar/harvested", headers={"Authorization": editor["token"]})
    public = app.get("/webinar/harvested").body

    box = seen.select_one("section[aria-labelledby=harvested-title]")
    assert box
    assert "Folder of the coordination team" in box.text
    assert box.a
    assert box.a["href"] == f"/opengovbelize/run/{run.id}"
    assert "Folder of the coordination team" not in public


def test_about_speaks_of_the_portal_and_not_of_its_software(app: Any) -> None:
    about = _page(app, "/about").select_one("article")
    assert about and "open government program" in about.text and "CKAN" not in about.text


def test_stock_datasets_keep_their_page(app: Any) -> None:
    user = call_action("get_site_user")["name"]
    organization = factories.Organization()
    call_action(
        "package_create",
        {"user": user},
        name="plain",
        title="Plain data",
        notes="Counts of pages.",
        owner_org=organization["id"],
    )

    page = _page(app, "/dataset/plain")

    assert page.h1.text.strip() == "Plain data"
    assert page.select_one("section.resources")
    assert model.Package.get("plain").type == "dataset"
