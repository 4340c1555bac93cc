"""An erased text comes back by no action, whatever it writes."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import ckan.authz as authz
import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories, helpers
from ckanext.opengovbelize.logic.erase import erasing, keeping_out
from ckanext.opengovbelize.model import Erased
from werkzeug.datastructures import FileStorage

from tests.conftest import PLUGINS_WITH_TABLES

pytestmark = pytest.mark.server

NAME = "Añelí Xocolkan"
SPELLINGS = (
    "With ANELI  xocolkan",
    "aneli-xocolkan",
    "A&ntilde;el&iacute; Xocolkan",
    "by An%CC%83eli%20Xocolkan",
)
PORTAL = pytest.StashKey[dict[str, str]]()


@pytest.fixture
def portal(
    request: pytest.FixtureRequest,
    with_plugins: None,
    reset_db: Callable[[], None],
    migrate_db_for: Callable[[str], None],
    reset_index: Callable[[], None],
) -> dict[str, str]:
    """Ids of one thing of each kind, in a portal where one name was erased; made once, as nothing is stored."""
    module = request.node.getparent(pytest.Module)
    if PORTAL not in module.stash:
        reset_db()
        for plugin in PLUGINS_WITH_TABLES:
            migrate_db_for(plugin)
        reset_index()
        module.stash[PORTAL] = _things()
    return module.stash[PORTAL]


def _things() -> dict[str, str]:
    editor = factories.User(fullname="Somebody", about="Edits.")
    organization = factories.Organization(users=[{"name": editor["name"], "capacity": "admin"}])
    dataset = factories.Dataset(owner_org=organization["id"])
    resource = factories.Resource(package_id=dataset["id"])
    series = factories.Dataset(type="webinar_series", owner_org=organization["id"], license_id="cc-by")
    table = call(
        "datastore_create", resource={"package_id": dataset["id"]}, fields=[{"id": "speaker", "type": "text"}]
    )
    source = call(
        "harvest_source_create",
        name="rivers",
        title="Rivers",
        url="https://example.org/rivers",
        source_type="opengovbelize_records",
        owner_org=organization["id"],
    )
    erasing.erase(NAME)
    return {
        "user": editor["id"],
        "editor": editor["name"],
        "organization": organization["id"],
        "group": factories.Group()["id"],
        "dataset": dataset["id"],
        "resource": resource["id"],
        "series": series["id"],
        "table": table["resource_id"],
        "source": source["id"],
    }


def call(action: str, **data: Any) -> Any:
    site = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return helpers.call_action(action, {"user": site, "ignore_auth": True}, **data)


def refusal(action: str, **data: Any) -> dict[str, Any]:
    """Return which fields an action refuses; its words never hold the name."""
    with pytest.raises(tk.ValidationError) as refused:
        call(action, **data)
    model.Session.rollback()
    text = str(refused.value)
    assert "erased at somebody's request" in text
    assert "xocolkan" not in text.lower()
    return refused.value.error_dict


def test_no_spelling_comes_back(portal: dict[str, str]) -> None:
    for spelling in SPELLINGS:
        assert set(refusal("package_patch", id=portal["dataset"], notes=spelling)) == {"notes"}


# An action, the thing that it changes, and a field with the name, which is the one that it refuses.
WRITES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("package_create", "", {"title": NAME}),
    ("package_update", "dataset", {"maintainer": NAME}),
    ("package_patch", "dataset", {"extras": [{"key": "speaker", "value": NAME}]}),
    ("package_patch", "dataset", {"resources": [{"url": "https://example.org", "name": NAME}]}),
    ("package_patch", "series", {"aliases": ["Rivers", NAME]}),
    ("package_patch", "series", {"social_media": [{"title": NAME, "url": "https://example.org"}]}),
    ("package_patch", "series", {"tags": [{"name": "aneli-xocolkan"}]}),
    ("resource_patch", "resource", {"description": NAME}),
    ("harvest_source_patch", "source", {"title": NAME}),
    ("harvest_source_patch", "source", {"config": '{"series": "A\\u00f1el\\u00ed Xocolkan"}'}),
    ("organization_patch", "organization", {"description": NAME}),
    ("group_patch", "group", {"title": NAME}),
    ("group_create", "", {"name": "aneli-xocolkan"}),
    ("user_patch", "user", {"about": NAME}),
    ("user_create", "", {"fullname": NAME}),
    ("config_option_update", "", {"ckan.site_about": NAME}),
)


def test_no_kind_of_record_takes_it_back(portal: dict[str, str]) -> None:
    for action, thing, written in WRITES:
        target = {"id": portal[thing]} if thing else {}
        assert set(refusal(action, **target, **written)) == set(written), action
    revision = {"match": {"id": portal["dataset"]}, "update": {"title": NAME}}
    assert set(refusal("package_revise", **revision)) == {"title"}


def test_a_resource_and_its_file_are_refused(portal: dict[str, str]) -> None:
    new = {"package_id": portal["dataset"], "url": "https://example.org"}
    assert set(refusal("resource_create", **new, name=NAME)) == {"name"}
    upload = FileStorage(io.BytesIO(b"-"), filename="aneli_xocolkan.csv")
    assert set(refusal("resource_create", **new, upload=upload)) == {"upload"}


def test_no_table_takes_it_back(portal: dict[str, str]) -> None:
    table = {"resource_id": portal["table"], "force": True}
    for records in ([{"speaker": "Somebody"}, {"speaker": NAME}], [{NAME: "Somebody"}]):
        assert set(refusal("datastore_create", **table, records=records)) == {"records"}
        assert set(refusal("datastore_upsert", **table, records=records, method="insert")) == {"records"}
    columns = [{"id": "speaker", "type": "text", "info": {"label": NAME}}]
    assert set(refusal("datastore_create", **table, fields=columns)) == {"fields"}


def test_a_field_named_after_it_is_not_named(portal: dict[str, str]) -> None:
    assert set(refusal("package_patch", id=portal["dataset"], **{NAME: "x"})) == {"message"}


def test_a_form_shows_the_complaint_at_its_field(app: Any, portal: dict[str, str]) -> None:
    token = call("api_token_create", user=portal["editor"], name="form")["token"]
    page = app.post(
        f"/webinar_series/edit/{portal['series']}",
        headers={"Authorization": token},
        data={"title": "Rivers", "social_media-0-title": NAME, "social_media-0-url": "https://example.org"},
    )
    assert page.status_code == 200
    assert "erased at somebody" in page.body


def test_innocent_texts_pass(portal: dict[str, str]) -> None:
    assert call("package_patch", id=portal["dataset"], notes="Somebody else")["notes"] == "Somebody else"
    records = [{"speaker": "Somebody"}]
    call("datastore_upsert", resource_id=portal["table"], records=records, method="insert", force=True)


def test_outsiders_do_not_learn_what_was_erased(portal: dict[str, str]) -> None:
    outsider = {"user": factories.User()["name"], "ignore_auth": False}
    with pytest.raises(tk.NotAuthorized):
        tk.get_action("package_patch")(dict(outsider), {"id": portal["dataset"], "title": NAME})
    with pytest.raises(tk.NotAuthorized):
        tk.get_action("organization_create")(dict(outsider, user=""), {"name": "rivers", "title": NAME})


def test_the_owner_of_an_account_of_that_name_can_still_change_it(portal: dict[str, str]) -> None:
    account = factories.User(name="before")
    model.User.get("before").fullname = NAME
    model.User.get("before").name = "aneli-xocolkan"
    model.Session.commit()
    changed = {"id": account["id"], "email": "x@example.org", "password": "New-pass-1 aneli xocolkan"}
    owner = {"user": "aneli-xocolkan", "ignore_auth": False}
    assert tk.get_action("user_patch")(dict(owner), {**changed, "about": "Hello"})["about"] == "Hello"
    call(
        "organization_patch",
        id=portal["organization"],
        users=[{"name": "aneli-xocolkan", "capacity": "editor"}],
    )
    assert set(refusal("user_patch", id=account["id"], about=NAME)) == {"about"}


def test_every_action_that_is_kept_clean_has_a_rule_of_who_may_call_it(portal: dict[str, str]) -> None:
    """The refusal asks it, before it tells anything."""
    assert set(keeping_out.chained_actions()) <= set(authz.auth_functions_list())


def test_nothing_is_read_where_nothing_was_erased(
    portal: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_out, "erased_texts", frozenset)
    monkeypatch.setattr(keeping_out, "contains_erased", None)
    assert model.Session.query(Erased).count() == 1
    assert call("package_patch", id=portal["dataset"], notes="With anybody")["notes"] == "With anybody"
