"""The search finds what is there: otherwise the end-to-end test could not fail."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories, helpers

from . import places
from .search import Text, planted_in

# Not one of those that the end-to-end test plants: a table of the DataStore outlives its test.
NAME = "Ñuflo Cacaotepec"
PHONE = "622-9471"


@pytest.mark.parametrize(
    "content",
    [
        "By Ñuflo Cacaotepec.",
        "NUFLO  cacaotepec",
        "n u f l o\ncacaotepec",
        "N\u0303uflo-Cacaotepec",
        "nuflo_cacaotepec@x",
        "&Ntilde;uflo&nbsp;Cacaotepec",
        "?q=%C3%91uflo+Cacaotepec",
        r'{"a": "\u00d1uflo Cacaotepec"}',
        repr("Ñuflo Cacaotepec".encode()),
    ],
)
def test_a_name_is_found_in_any_writing(content: str) -> None:
    assert planted_in([NAME], [Text("somewhere", content)]) == [(NAME, "somewhere")]


@pytest.mark.parametrize("content", ["call 6229471", "622 9471", "(622) 9471.", "622-9471", "622.9471"])
def test_a_number_is_found_in_any_writing(content: str) -> None:
    assert planted_in([PHONE], [Text("somewhere", content)]) == [(PHONE, "somewhere")]


@pytest.mark.parametrize("content", ["Ñuflo and Cacaotepe", "16229471", "622-94711", "ab622947100", ""])
def test_other_texts_are_not_found(content: str) -> None:
    assert planted_in([NAME, PHONE], [Text("somewhere", content)]) == []


@pytest.mark.server
@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "clean_redis")
def test_it_is_found_in_every_place_where_it_is_put(
    app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    organization = factories.Organization(description=f"Of {NAME}")
    dataset = factories.Dataset(title=f"By {NAME}", owner_org=organization["id"])
    admin = factories.Sysadmin()["name"]
    helpers.call_action(
        "datastore_create",
        context={"user": admin, "ignore_auth": True},
        resource={"package_id": dataset["id"]},
        fields=[{"id": "who", "type": "text"}],
        records=[{"who": NAME}],
    )
    model.Session.execute(
        sa.text("INSERT INTO harvest_log (id, content) VALUES ('1', :name)").bindparams(name=NAME)
    )
    model.Session.commit()
    connect_to_redis().hset("job", "data", zlib.compress(NAME.encode()))
    connect_to_redis().rpush("queue", NAME)
    (tmp_path / "ckan.log").write_text(NAME)
    with zipfile.ZipFile(tmp_path / "upload.zip", "w") as archive:
        archive.writestr("chat.txt", NAME)
    monkeypatch.setenv(places.LOGS, str(tmp_path))

    headers = {"Authorization": helpers.call_action("api_token_create", user=admin, name="test")["token"]}

    def found_in(texts: Any) -> set[str]:
        return {place for _, place in planted_in([NAME], texts)}

    assert {"database: package", "database: group", "database: harvest_log"} <= found_in(places.databases())
    assert any(place.startswith("datastore: ") for place in found_in(places.databases()))
    assert found_in(places.redis()) == {"redis: job", "redis: queue"}
    assert found_in(places.solr()) == {f"solr: dataset {dataset['name']}"}
    assert found_in(places.logs()) == {"log: ckan.log", "log: upload.zip"}
    read = found_in(places.pages(app, ["/"], {}, "anonymous"))
    assert {
        f"page for anonymous: /dataset/{dataset['name']} (200)",
        f"page for anonymous: /organization/{organization['name']} (200)",
    } <= read
    answered = found_in(places.api(app, {}, "anonymous"))
    assert f"api for anonymous: package_show {{'id': '{dataset['id']}'}} (200)" in answered
    assert any("package_search" in place for place in answered)
    assert not any("harvest_log_list" in place for place in answered)
    assert any("harvest_log_list" in place for place in found_in(places.api(app, headers, "sysadmin")))
