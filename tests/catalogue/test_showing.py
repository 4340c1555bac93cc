"""What is kept of a dataset while it is saved is what CKAN shows of it: in the activity stream, in the index, to all."""

from __future__ import annotations

import json

import ckan.model as model
import ckan.plugins.toolkit as tk
import pytest
from ckan.lib.search import make_connection
from ckan.tests import helpers
from ckanext.activity.model import Activity
from ckanext.opengovbelize.catalogue import showing

from .conftest import draft

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]


def show(name: str, **more) -> dict:
    """Return what CKAN shows of a dataset, read from the database."""
    return helpers.call_action("package_show", {"use_cache": False}, id=name, **more)


def last_activity(package_id: str) -> Activity:
    return (
        model.Session.query(Activity)
        .filter_by(object_id=package_id)
        .order_by(Activity.timestamp.desc())
        .first()
    )


def extras(package: dict) -> dict:
    """Return a dataset's values by name, those of CKAN's default form among them, which the database keeps unordered."""
    return {**package, "extras": {row["key"]: row["value"] for row in package["extras"]}}


@pytest.fixture
def publish_again(publish, source):
    """Publishes a record of one source as often as it is called; returns the webinar's address."""
    pages = source()
    return lambda **fields: publish(draft(fields=fields), pages).name


@pytest.mark.parametrize("changes", [[{}], [{}, {"title": "Lagoon dialogues, opened anew"}]])
def test_activity_and_index_hold_what_ckan_shows(publish_again, changes):
    for change in changes:
        name = publish_again(**change)
    shown = show(name)
    (document,) = make_connection().search(f"name:{name}").docs

    assert last_activity(shown["id"]).activity_type == (
        "new package" if len(changes) == 1 else "changed package"
    )
    assert last_activity(shown["id"]).data["package"] == shown
    assert json.loads(document["validated_data_dict"]) == shown
    assert extras(json.loads(document["data_dict"])) == extras(showing.both_forms(name)[0])


@pytest.mark.parametrize(
    ("context", "asked"),
    [
        ({}, {"use_default_schema": True}),
        ({"validate": False, "use_cache": False}, {}),
        ({"use_cache": False}, {}),
    ],
)
def test_whoever_asks_otherwise_is_answered_by_ckan(publish_again, context, asked):
    name = publish_again()
    context = {"ignore_auth": True, "user": "", **context}
    usual = tk.get_action("package_show")({**context}, {"id": name, **asked})
    with showing.kept() as kept:
        answer = tk.get_action("package_show")({**context}, {"id": name, **asked})

    assert answer == usual
    assert kept == {}


def test_what_is_answered_is_the_askers_own(publish_again):
    with showing.kept() as kept:
        answer = tk.get_action("package_show")({"ignore_auth": True, "user": ""}, {"id": publish_again()})
        answer["resources"].append("something of the asker's")
        answer["title"] = "Something of the asker's"

    assert kept[answer["id"]][1] == show(answer["id"])


def test_nobody_sees_more_while_something_is_saved(publish_again, editor):
    name = publish_again()
    context = {"user": editor["name"]}
    tk.get_action("package_patch")(context, {"id": name, "publication_state": "draft"})
    with showing.kept(), pytest.raises(tk.NotAuthorized):
        tk.get_action("package_show")({"user": ""}, {"id": name})
