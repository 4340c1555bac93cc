"""What each role may see of a harvest source, which in stock CKAN is a package that everybody can read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories, helpers
from ckanext.activity.model import Activity
from ckanext.harvest import model as harvest

pytestmark = pytest.mark.server

PLUGINS_WITH_TABLES = ("activity", "harvest", "opengovbelize")
ADDRESS = "https://records.example.org/rainforest"
SECRET = "quetzal"
OUTSIDERS = ("anonymous", "stranger", "member", "editor elsewhere")
INSIDERS = ("editor", "admin", "sysadmin")
ROLES = (*OUTSIDERS, *INSIDERS)


class Scene:
    """One harvest source with a finished job, and a user of each role."""

    def __init__(self) -> None:
        users = {
            name: factories.User()["name"]
            for name in ("stranger", "member", "editor elsewhere", "editor", "admin")
        }
        organization = factories.Organization(
            users=[{"name": users[role], "capacity": role} for role in ("member", "editor", "admin")]
        )
        factories.Organization(users=[{"name": users["editor elsewhere"], "capacity": "editor"}])
        self.users = {"anonymous": "", "sysadmin": factories.Sysadmin()["name"], **users}
        self.organization = organization
        self.source = helpers.call_action(
            "harvest_source_create",
            context={"user": users["admin"], "ignore_auth": False},
            name="rainforest-records",
            title="Rainforest records",
            url=ADDRESS,
            source_type="opengovbelize_records",
            owner_org=organization["id"],
            config=json.dumps({"series": SECRET}),
        )
        source = harvest.HarvestSource.get(self.source["id"])
        job = harvest.HarvestJob(source=source, status="Finished")
        job.save()
        self.dataset = factories.Dataset(title="Forests", owner_org=organization["id"])
        thing = harvest.HarvestObject(
            job=job, guid="rainforest-1", content=SECRET, current=True, package_id=self.dataset["id"]
        )
        thing.save()
        harvest.HarvestGatherError(job=job, message="rainforest-list").save()
        harvest.HarvestObjectError(object=thing, message="rainforest-1", stage="Import").save()
        self.job_id, self.object_id = job.id, thing.id
        helpers.call_action("harvest_source_reindex", id=self.source["id"])
        self.activity_id = model.Session.query(Activity).filter_by(object_id=self.source["id"]).first().id

    def call(self, role: str, action: str, **data: Any) -> Any:
        """Call an action as an API request of that role would."""
        return tk.get_action(action)({"user": self.users[role], "ignore_auth": False}, data)

    def sees(self, role: str, action: str, **data: Any) -> bool:
        """Return whether the action answers that role with anything of the source."""
        try:
            answer = self.call(role, action, **data)
        except (tk.NotAuthorized, tk.ObjectNotFound):
            return False
        return tells(json.dumps(answer, default=str))


def tells(text: str) -> bool:
    """Return whether a text tells the source's name, address or configuration."""
    return "rainforest" in text.lower() or SECRET in text


@pytest.fixture
def scene(
    request: pytest.FixtureRequest,
    with_plugins: None,
    reset_db: Callable[[], None],
    migrate_db_for: Callable[[str], None],
    reset_index: Callable[[], None],
) -> Scene:
    """One scene for all tests of this file, since most of them only look; made once the plugins are loaded."""
    module = request.node.getparent(pytest.Module)
    if SCENE not in module.stash:
        reset_db()
        for plugin in PLUGINS_WITH_TABLES:
            migrate_db_for(plugin)
        reset_index()
        module.stash[SCENE] = Scene()
    return module.stash[SCENE]


SCENE = pytest.StashKey[Scene]()


class SourceIsForEditors:
    """Role by action: outsiders get nothing of the source, insiders get it. Set ``action`` and ``data``."""

    action = ""
    insiders: tuple[str, ...] = INSIDERS

    def data(self, scene: Scene) -> dict[str, Any]:
        return {}

    def test_each_role(self, scene: Scene) -> None:
        data = self.data(scene)
        seen = [role for role in ROLES if scene.sees(role, self.action, **data)]
        assert seen == list(self.insiders)


class OfTheSource(SourceIsForEditors):
    def data(self, scene: Scene) -> dict[str, Any]:
        return {"id": scene.source["id"]}


class TestPackageShow(OfTheSource):
    action = "package_show"


class TestPackageActivityList(OfTheSource):
    action = "package_activity_list"


class TestHarvestSourceShow(OfTheSource):
    action = "harvest_source_show"


class TestHarvestSourceShowByAddress(SourceIsForEditors):
    action = "harvest_source_show"

    def data(self, scene: Scene) -> dict[str, Any]:
        return {"url": ADDRESS}


class TestHarvestSourceShowStatus(OfTheSource):
    action = "harvest_source_show_status"


class TestHarvestSourceList(SourceIsForEditors):
    action = "harvest_source_list"


class TestHarvestSourceListOfOrganization(SourceIsForEditors):
    action = "harvest_source_list"

    def data(self, scene: Scene) -> dict[str, Any]:
        return {"organization_id": scene.organization["id"]}


class TestHarvestJobShow(SourceIsForEditors):
    action = "harvest_job_show"

    def data(self, scene: Scene) -> dict[str, Any]:
        return {"id": scene.job_id}


class TestHarvestJobReport(TestHarvestJobShow):
    action = "harvest_job_report"


class TestHarvestObjectShow(SourceIsForEditors):
    action = "harvest_object_show"

    def data(self, scene: Scene) -> dict[str, Any]:
        return {"id": scene.object_id}


class TestHarvestObjectShowByDataset(SourceIsForEditors):
    action = "harvest_object_show"

    def data(self, scene: Scene) -> dict[str, Any]:
        return {"dataset_id": scene.dataset["id"]}


class TestHarvestObjectShowByAttribute(SourceIsForEditors):
    action = "harvest_object_show"
    insiders = ("sysadmin",)

    def data(self, scene: Scene) -> dict[str, Any]:
        return {"id": "WAITING", "attr": "state"}


class TestPackageSearch(SourceIsForEditors):
    action = "package_search"

    def data(self, scene: Scene) -> dict[str, Any]:
        return {"fq": "dataset_type:harvest", "include_private": True}


class TestPackageSearchFacets(SourceIsForEditors):
    action = "package_search"

    def data(self, scene: Scene) -> dict[str, Any]:
        return {"fq": "dataset_type:harvest", "rows": 0, "facet.field": ["name"]}


class TestActivityShow(SourceIsForEditors):
    action = "activity_show"

    def data(self, scene: Scene) -> dict[str, Any]:
        return {"id": scene.activity_id, "include_data": True}


class TestOrganizationActivityList(SourceIsForEditors):
    action = "organization_activity_list"

    def data(self, scene: Scene) -> dict[str, Any]:
        return {"id": scene.organization["id"]}


class TestUserActivityList(SourceIsForEditors):
    action = "user_activity_list"

    def data(self, scene: Scene) -> dict[str, Any]:
        return {"id": scene.users["admin"]}


class TestPackageAutocomplete(SourceIsForEditors):
    action = "package_autocomplete"

    def data(self, scene: Scene) -> dict[str, Any]:
        return {"q": "rainforest"}


class TestPackageList(SourceIsForEditors):
    action = "package_list"
    insiders = ()


class TestCurrentPackageList(SourceIsForEditors):
    action = "current_package_list_with_resources"
    insiders = ()


class TestRecentlyChanged(SourceIsForEditors):
    action = "recently_changed_packages_activity_list"


def test_jobs_of_a_source_are_for_its_editors(scene: Scene) -> None:
    """A job list holds only ids, so here the refusal itself is asked."""
    for role in OUTSIDERS:
        for action in ("harvest_job_list", "harvest_object_list"):
            with pytest.raises(tk.NotAuthorized):
                scene.call(role, action, source_id=scene.source["id"])
    for role in INSIDERS:
        assert [job["id"] for job in scene.call(role, "harvest_job_list", source_id=scene.source["id"])] == [
            scene.job_id
        ]
        assert scene.call(role, "harvest_object_list", source_id=scene.source["id"]) == [scene.object_id]


def test_jobs_of_all_sources_and_the_harvest_log_are_for_sysadmins(scene: Scene) -> None:
    for action in ("harvest_job_list", "harvest_object_list", "harvest_log_list", "harvest_sources_reindex"):
        for role in ROLES[:-1]:
            with pytest.raises(tk.NotAuthorized):
                scene.call(role, action)
        assert scene.call("sysadmin", action) is not None


@pytest.mark.parametrize(
    ("action", "of"),
    [
        ("harvest_source_reindex", "id"),
        # Stock harvest lets editors start a run, and system administrators only stop it.
        ("harvest_job_abort", "source_id"),
    ],
)
def test_a_source_is_indexed_anew_and_stopped_for_its_editors(scene: Scene, action: str, of: str) -> None:
    for role in OUTSIDERS:
        with pytest.raises(tk.NotAuthorized):
            scene.call(role, action, **{of: scene.source["id"]})
    for role in INSIDERS:
        assert scene.call(role, action, **{of: scene.source["id"]})


def test_a_job_is_stopped_by_its_id_for_its_editors_too(scene: Scene) -> None:
    for role in OUTSIDERS:
        with pytest.raises(tk.NotAuthorized):
            scene.call(role, "harvest_job_abort", id=scene.job_id)
    assert scene.call("editor", "harvest_job_abort", id=scene.job_id)["id"] == scene.job_id
    with pytest.raises(tk.NotAuthorized):
        scene.call("editor", "harvest_job_abort", id="no-such-job")


def test_pages_tell_outsiders_nothing(app: Any, scene: Scene) -> None:
    id_, name = scene.source["id"], scene.source["name"]
    pages = [
        "/harvest",
        "/harvest.rdf",
        f"/harvest/{name}",
        f"/harvest/about/{name}",
        f"/harvest/admin/{name}",
        f"/harvest/{name}/job",
        f"/harvest/{name}/job/last",
        f"/harvest/{name}/job/{scene.job_id}",
        f"/harvest/object/{scene.object_id}",
        f"/harvest/activity/{name}",
        f"/harvest/groups/{name}",
        f"/dataset/{name}",
        f"/dataset/{id_}.ttl",
        f"/dataset/{id_}.rdf",
        f"/dataset/{id_}.jsonld",
        f"/dataset/harvest_object/{scene.dataset['id']}",
        f"/dataset/activity/{id_}",
        "/dataset",
        "/dataset?q=rainforest",
        "/dataset?dataset_type=harvest",
        "/catalog.ttl",
        "/catalog.rdf?fq=dataset_type:harvest",
        "/feeds/dataset.atom",
        "/feeds/custom.atom?fq=dataset_type:harvest",
        f"/feeds/organization/{scene.organization['name']}.atom",
        f"/organization/{scene.organization['name']}",
        f"/organization/activity/{scene.organization['name']}",
        f"/user/{scene.users['admin']}",
        f"/user/activity/{scene.users['admin']}",
        "/api/3/action/package_list",
        "/api/3/action/harvest_source_list",
        "/api/3/action/harvest_object_list",
        f"/api/3/action/harvest_object_show?id={scene.object_id}",
        "/",
    ]
    for role in ("anonymous", "member"):
        headers = {"Authorization": token(scene, role)} if role != "anonymous" else {}
        for page in pages:
            answer = app.get(page, headers=headers, follow_redirects=True)
            assert answer.status_code < 500, page
            # The page may repeat what was asked for: its own address, and the words of a search.
            text = (
                answer.body.replace(name, "")
                .replace(page, "")
                .replace("q=rainforest", "")
                .replace('"rainforest"', "")
            )
            assert ADDRESS not in text and SECRET not in text and "Rainforest records" not in text, (
                role,
                page,
            )


def test_pages_show_an_editor_the_source(app: Any, scene: Scene) -> None:
    headers = {"Authorization": token(scene, "editor")}
    for page in (f"/harvest/about/{scene.source['name']}", f"/harvest/{scene.source['name']}", "/harvest"):
        assert "Rainforest records" in app.get(page, headers=headers).body


def token(scene: Scene, role: str) -> str:
    return helpers.call_action("api_token_create", user=scene.users[role], name="test")["token"]


def test_package_list_pages_stay_full(scene: Scene) -> None:
    """A program that reads until a short page comes must not stop at the source that was left out."""
    names = sorted(
        [
            scene.dataset["name"],
            *(factories.Dataset(owner_org=scene.organization["id"])["name"] for _ in range(2)),
        ]
    )
    assert scene.call("anonymous", "package_list") == names
    assert [scene.call("anonymous", "package_list", limit="1", offset=str(n)) for n in range(4)] == [
        *([name] for name in names),
        [],
    ]
    with pytest.raises(tk.ValidationError):
        scene.call("anonymous", "package_list", limit="many")


def test_an_editor_who_leaves_loses_the_source(scene: Scene) -> None:
    assert scene.sees("editor", "package_show", id=scene.source["id"])
    helpers.call_action(
        "organization_member_delete",
        context={"user": scene.users["sysadmin"]},
        id=scene.organization["id"],
        username=scene.users["editor"],
    )
    assert not scene.sees("editor", "package_show", id=scene.source["id"])
    assert not scene.sees("editor", "harvest_source_list")
