"""The order of trust: administrators see what another order would change, set it, and the next runs follow it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib import jobs
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from ckanext.harvest.model import HarvestSource
from ckanext.opengovbelize.catalogue import reconcile, trust

from .conftest import record
from .test_many_sources import counting, insert_source
from .test_records_harvester import counts

pytestmark = [pytest.mark.server]

FIRST, SECOND = "To show what the first source says.", "To show what the second source says."


@pytest.fixture
def admin(portal: Any) -> dict[str, Any]:
    user = factories.UserWithToken()
    helpers.call_action(
        "organization_member_create", id=portal.organization["id"], username=user["name"], role="admin"
    )
    return user


@pytest.fixture
def sources(portal: Any) -> list[str]:
    """Two sources of one session, which differ in its objective; the first one counts."""
    portal.write("first/one.md", record(1, objective=FIRST))
    portal.write("second/uno.md", record(1, objective=SECOND))
    portal.write("second/dos.md", record(2))
    made = [
        portal.source((portal.folder / name).as_uri(), f"{name}-source", shrink_percent=40)
        for name in ("first", "second")
    ]
    for source_id in made:
        portal.run(source_id)
    return made


def order(user: dict[str, Any], portal: Any, ids: list[str], **more: Any) -> dict[str, Any]:
    context = {"user": user["name"], "ignore_auth": False}
    return tk.get_action("opengovbelize_trust_order")(
        context, {"organization_id": portal.organization["name"], "sources": ids, **more}
    )


def test_a_preview_tells_the_change_and_the_order_makes_it(portal, sources, admin):
    first, second = sources
    effect = order(admin, portal, [second, first], dry_run=True)
    assert (effect["shared"], effect["looked_at"]) == (1, 1)
    (change,) = effect["changes"]
    assert (change["name"], change["field"]) == ("harbour-2025-1", "objective")
    assert "first" in change["old"] and "second" in change["new"]
    assert [source["trust"] for source in effect["sources"]] == [50, 50]
    assert counts(portal.run(second)) == {"unchanged": 2}
    assert portal.webinar(1)["objective"] == FIRST

    effect = order(admin, portal, [second, first])
    assert [(source["id"], source["trust"]) for source in effect["sources"]] == [(second, 60), (first, 50)]
    assert counts(portal.run(second)) == {"updated": 1, "unchanged": 1}
    assert counts(portal.run(first)) == {"unchanged": 1}
    assert portal.webinar(1)["objective"] == SECOND
    assert [counts(portal.run(id_)) for id_ in sources] == [{"unchanged": 1}, {"unchanged": 2}]
    # What else stood in the configuration stays.
    saved: Any = HarvestSource.get(second)
    assert json.loads(saved.config) == {"trust": 60, "shrink_percent": 40}
    assert (saved.title, saved.frequency, saved.type) == ("Second Source", "MANUAL", "opengovbelize_records")


def work_jobs() -> None:
    """Do what the portal's worker does."""
    for job in jobs.get_queue().jobs:
        job.perform()
        job.delete()


def test_what_several_sources_tell_of_follows_without_a_run(portal, sources, admin):
    first, second = sources
    order(admin, portal, [second, first])
    assert portal.webinar(1)["objective"] == FIRST
    work_jobs()
    assert portal.webinar(1)["objective"] == SECOND
    (found,) = helpers.call_action("package_search", fq="name:harbour-2025-1")["results"]
    assert found["objective"] == SECOND
    activity = helpers.call_action("package_activity_list", id=portal.webinar(1)["id"])
    assert activity[0]["user_id"] == admin["id"]
    # The runs find it done.
    assert [counts(portal.run(id_)) for id_ in sources] == [{"unchanged": 1}, {"unchanged": 2}]
    assert portal.webinar(1)["objective"] == SECOND


def test_the_order_of_hundreds_of_sources_is_set_in_one_statement(portal, admin):
    """A request has to be answered in time; the index and the activity stream are the worker's."""
    made = [insert_source(portal, number) for number in range(300)]
    model.Session.commit()
    wanted = made[::-1]
    with counting() as statements:
        changed = trust.set_order(portal.organization["id"], wanted, admin["name"])
    assert len([each for each in statements if "UPDATE harvest_source" in each]) == 1
    assert len(statements) < 10
    assert [each.id for each in trust.ranked(portal.organization["id"])] == wanted
    # The form of a source shows it at once, and keeps it.
    assert len(changed) > 200
    form = helpers.call_action("harvest_source_show", id=changed[0])
    assert json.loads(form["config"]) == json.loads(HarvestSource.get(changed[0]).config) != {}


def test_who_set_an_order_is_told_even_if_the_worker_never_hears_of_it(portal, sources, admin):
    first, second = sources
    order(admin, portal, [second, first])
    jobs.get_queue().empty()
    as_admin = {"user": admin["name"], "ignore_auth": False}
    (told, before, *_) = helpers.call_action("package_activity_list", dict(as_admin), id=second)
    assert (told["user_id"], told["activity_type"]) == (admin["id"], "changed package")
    # Told as it is now, and else as it was told before.
    shown, earlier = (
        helpers.call_action("activity_show", dict(as_admin), id=each["id"], include_data=True)["data"][
            "package"
        ]
        for each in (told, before)
    )
    assert {name for name in shown if shown[name] != earlier[name]} == {"config", "metadata_modified"}
    assert json.loads(shown["config"]) == {"shrink_percent": 40, "trust": 60}


def test_a_source_whose_order_is_set_is_told_to_its_editors_only(portal, sources, admin):
    first, second = sources
    order(admin, portal, [second, first])
    stranger = {"user": factories.User()["name"], "ignore_auth": False}
    stream = helpers.call_action("organization_activity_list", stranger, id="harbour")
    assert not [each for each in stream if each["object_id"] == second]


def test_the_index_has_an_order_when_the_worker_has_come(portal, sources, admin):
    first, second = sources
    order(admin, portal, [second, first])
    assert reconcile.reconcile(dry_run=True).stale
    work_jobs()
    assert not reconcile.reconcile(dry_run=True).stale


@pytest.mark.parametrize("going", ["package_delete", "dataset_purge"])
def test_a_source_that_goes_before_the_worker_comes_keeps_nothing_from_the_others(
    portal, sources, admin, going
):
    first, second = sources
    gone = portal.source("https://sources.invalid/gone", "gone-source")
    order(admin, portal, [gone, second, first])
    as_admin = {"user": admin["name"]}
    helpers.call_action(going, dict(as_admin), id=gone)
    work_jobs()
    (told, *_) = helpers.call_action("package_activity_list", dict(as_admin), id=second)
    assert (told["user_id"], told["activity_type"]) == (admin["id"], "changed package")
    assert portal.webinar(1)["objective"] == SECOND
    assert not reconcile.reconcile(dry_run=True).stale


def test_a_source_that_goes_while_its_place_is_set_is_told(portal, sources, admin):
    """Somebody deletes it after the order was compared with what is there."""
    first, second = sources
    helpers.call_action("package_delete", {"user": admin["name"]}, id=first)
    with pytest.raises(tk.ValidationError):
        trust.set_order(portal.organization["id"], [second, first], admin["name"])
    assert [each.id for each in trust.ranked(portal.organization["id"])] == [second]


def test_an_order_and_the_form_of_a_source_wait_for_each_other(portal, sources):
    """A form writes the dataset, then ckanext-harvest's row; were it the other way here, both would wait for ever."""
    first, second = sources
    model.Session.commit()

    def set_order() -> list[str]:
        try:
            return trust.set_order(portal.organization["id"], [second, first], "nobody")
        finally:
            model.Session.remove()

    engine: Any = model.meta.engine
    with ThreadPoolExecutor(1) as pool, engine.connect() as form:
        form.execute(sa.text("UPDATE package SET title = title WHERE id = :id"), {"id": second})
        setting = pool.submit(set_order)
        wait_until_blocked(engine)
        form.execute(sa.text("UPDATE harvest_source SET title = title WHERE id = :id"), {"id": second})
        form.commit()
        assert setting.result(10) == [second]


def test_what_follows_an_order_follows_the_one_that_somebody_has_set_meanwhile(
    portal, sources, admin, monkeypatch
):
    first, second = sources
    order(admin, portal, [second, first])
    lock = trust.publishing.lock_organization

    def set_another_first(organization_id: str) -> None:
        monkeypatch.setattr(trust.publishing, "lock_organization", lock)
        trust.set_order(organization_id, [first, second], admin["name"])
        lock(organization_id)

    monkeypatch.setattr(trust.publishing, "lock_organization", set_another_first)
    trust.follow(portal.organization["id"], admin["name"])
    assert portal.webinar(1)["objective"] == FIRST


def wait_until_blocked(engine: sa.Engine) -> None:
    """Return as soon as somebody waits for another's lock."""
    blocked = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with engine.connect() as connection:
        while not connection.execute(blocked).scalar():
            connection.rollback()


def test_a_field_that_somebody_holds_by_hand_follows_no_order(portal, sources, admin):
    context = {"user": portal.editor["name"], "ignore_auth": False}
    helpers.call_action(
        "package_patch", context, id=portal.webinar(1)["id"], objective="To show what an editor says."
    )
    order(admin, portal, list(reversed(sources)))
    work_jobs()
    assert portal.webinar(1)["objective"] == "To show what an editor says."


def test_only_administrators_order_and_name_every_source_once(portal, admin):
    ids = [portal.source((portal.folder / name).as_uri(), name) for name in ("first-source", "second-source")]
    with pytest.raises(tk.NotAuthorized):
        order(portal.editor, portal, ids)
    for wrong in (ids[:1], [*ids, ids[1]], [ids[0], "another"]):
        with pytest.raises(tk.ValidationError):
            order(admin, portal, wrong)


def test_the_page_previews_and_saves(portal, sources, admin, app):
    first, second = sources
    page, headers = "/organization/harbour/trust", {"Authorization": admin["token"]}
    app.get(page, status=403)
    wanted = {f"place-{first}": "2", f"place-{second}": "1"}
    body = app.post(page, data={**wanted, "do": "preview"}, headers=headers).body
    assert "what the first source says" in body and "what the second source says" in body
    assert "Trust of sources" in app.get("/organization/edit/harbour", headers=headers).body
    app.post(page, data={**wanted, "do": "save"}, headers=headers, follow_redirects=False, status=302)
    shown = tk.get_action("opengovbelize_trust_show")({"ignore_auth": True}, {"organization_id": "harbour"})
    assert [source["id"] for source in shown] == [second, first]


def test_the_page_names_a_source_whose_configuration_cannot_be_read(portal, sources, admin, app):
    broken: Any = HarvestSource.get(sources[0])
    broken.config = "{trust: most}"
    model.Session.commit()
    body = app.get("/organization/harbour/trust", headers={"Authorization": admin["token"]}, status=200).body
    assert "First Source: " in body
    assert "no sources of records yet" not in body


def test_a_preview_tells_of_no_source_that_keeps_its_place(portal, sources, admin, app):
    first, second = sources

    def preview(**places: str) -> str:
        headers = {"Authorization": admin["token"]}
        values = {f"shown-{first}": "1", f"shown-{second}": "2"}
        asked = {
            f"place-{id_}": place for id_, place in ((first, places["first"]), (second, places["second"]))
        }
        address = f"/organization/{portal.organization['name']}/trust"
        return app.post(address, data={**values, **asked, "do": "preview"}, headers=headers).body

    assert "Second Source: from place 2 to 1" in preview(first="1", second="1")
    kept = preview(first="1", second="9")
    assert "from place" not in kept
    assert "Nothing that is published would change" in kept
