"""What is not released is seen nowhere: not in lists, feeds, the API or the stream of what was."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckanext.opengovbelize.catalogue import pipeline, visibility

from .conftest import draft, edit, search, show

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")]

NAME = "lagoon-dialogues-2020-1"
TITLE = "How a plan is made"
# Every public place that lists or shows datasets.
PLACES = [
    "/dataset",
    f"/webinar/{NAME}",
    "/webinar",
    "/organization/sample-program",
    "/organization/activity/sample-program",
    f"/webinar/activity/{NAME}",
    "/feeds/dataset.atom",
    "/feeds/organization/sample-program.atom",
    "/api/3/action/package_search",
    "/api/3/action/current_package_list_with_resources",
    "/api/3/action/package_list",
    f"/api/3/action/package_show?id={NAME}",
    f"/api/3/action/package_activity_list?id={NAME}",
    "/api/3/action/organization_activity_list?id=sample-program",
    "/api/3/action/recently_changed_packages_activity_list",
    "/catalog.ttl",
    f"/webinar/{NAME}.ttl",
]


def places_that_show_it(app) -> list[str]:
    return [place for place in PLACES if {TITLE, NAME} & words_of(app.get(place, status=None).body, place)]


def words_of(body: str, place: str) -> set[str]:
    # A refusal may repeat the address that was asked for.
    return {word for word in (TITLE, NAME) if word in body and (word == TITLE or NAME not in place)}


def activities(user: str = "") -> list[str]:
    try:
        rows = tk.get_action("package_activity_list")({"user": user}, {"id": NAME})
    except tk.NotAuthorized:
        return []
    return [row["activity_type"] for row in rows]


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "withdrawn"])
def test_only_released_is_public(state):
    assert visibility.private_for(state)
    assert not visibility.private_for("released")


def test_a_withdrawn_webinar_is_seen_nowhere_and_comes_back_everywhere(publish, source, editor, app):
    pages = source()
    publish(draft(), pages)
    publish(draft(fields={"audience": "All"}), pages)
    before = places_that_show_it(app)
    assert {"/dataset", f"/webinar/{NAME}", "/feeds/dataset.atom"} <= set(before)

    pipeline.withdraw(["record-1"], pages, editor["name"])

    assert places_that_show_it(app) == []
    assert activities() == []
    assert len(activities(editor["name"])) == 3

    publish(draft(fields={"audience": "All"}), pages)

    assert places_that_show_it(app) == before


def test_activities_of_a_draft_stay_with_editors_after_release(publish, source, editor, program):
    webinar = factories.Dataset(
        type="webinar",
        title=TITLE,
        name=NAME,
        owner_org=program["id"],
        publication_state="draft",
        objective="Not yet public.",
        user=editor,
    )
    assert search() == []

    visibility.set_state(webinar["id"], "released", {"user": editor["name"]})

    assert show(NAME)["private"] is False
    assert search() == [NAME]
    assert activities() == ["changed package"]


def test_an_editor_hides_a_webinar_by_its_state(publish, source, editor):
    publish(draft(), source())

    edit(NAME, editor, publication_state="draft")

    assert search("*:*", fq="dataset_type:webinar") == []
    assert activities() == []


@pytest.mark.parametrize("role", ["bulk", "patch"])
def test_ckans_own_switch_changes_the_state(publish, source, editor, program, role):
    publish(draft(), source())
    webinar = show(NAME)

    def switch(private):
        as_editor = {"user": editor["name"], "ignore_auth": role == "bulk"}
        if role == "bulk":
            action = "bulk_update_private" if private else "bulk_update_public"
            tk.get_action(action)(as_editor, {"datasets": [webinar["id"]], "org_id": program["id"]})
        else:
            tk.get_action("package_patch")(as_editor, {"id": NAME, "private": private})

    switch(private=True)
    assert (show(NAME)["private"], show(NAME)["publication_state"]) == (True, "draft")
    assert search(fq="dataset_type:webinar") == [] and activities() == []

    switch(private=True)
    publish(draft(fields={"audience": "All"}), source())
    assert show(NAME)["private"]

    switch(private=False)
    assert (show(NAME)["private"], show(NAME)["publication_state"]) == (False, "released")
    assert search(fq="dataset_type:webinar") == [NAME]


def test_ckans_own_switch_of_other_types_is_left_alone(program):
    name = factories.Dataset(owner_org=program["id"])["name"]
    tk.get_action("package_patch")({"user": factories.Sysadmin()["name"]}, {"id": name, "private": True})
    assert show(name)["private"] and "publication_state" not in show(name)


def test_a_switch_against_the_state_is_refused(publish, source, editor, program):
    publish(draft(), source())
    webinar = show(NAME)
    for wrong in ({"private": True}, {"private": False, "publication_state": "draft", "state": "active"}):
        stored = webinar if wrong["private"] else edit(NAME, editor, publication_state="draft")
        with pytest.raises(tk.ValidationError) as refused:
            tk.get_action("package_update")({"user": editor["name"]}, {**stored, **wrong})
        assert list(refused.value.error_dict) == ["private"]
    with pytest.raises(tk.ValidationError):
        factories.Dataset(
            type="webinar", owner_org=program["id"], publication_state="released", private=True, user=editor
        )


def test_who_changes_the_state_need_not_think_of_the_switch(publish, source, editor):
    publish(draft(), source())
    for state in ("draft", "released"):
        values = {**show(NAME), "publication_state": state}
        tk.get_action("package_update")({"user": editor["name"]}, values)
        assert show(NAME)["private"] is visibility.private_for(state)


def test_nothing_tells_of_views_of_a_hidden_webinars_material(publish, source, editor):
    def view_made():
        # As ckanext-activity notes it; CKAN's own plugins for views need not be loaded.
        about = {"object_id": show(NAME)["id"], "user_id": editor["id"], "activity_type": "new resource view"}
        as_editor = {"user": editor["name"], "ignore_auth": True}
        tk.get_action("activity_create")(as_editor, {**about, "data": {"title": TITLE}})

    def told():
        stream = tk.get_action("user_activity_list")({"user": factories.User()["name"]}, {"id": editor["id"]})
        return [row["activity_type"] for row in stream if "view" in row["activity_type"]]

    publish(draft(), source())
    view_made()
    assert told() == ["new resource view"]

    edit(NAME, editor, publication_state="draft")
    assert told() == []

    view_made()
    assert told() == []
