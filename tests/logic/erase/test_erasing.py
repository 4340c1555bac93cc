"""Erasing in a running portal: databases, index, uploads, queues; and keeping the text out."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pysolr
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.lib.search.common import make_connection
from ckan.tests import factories, helpers
from ckanext.datastore.backend.postgres import get_write_engine
from ckanext.harvest import model as harvest
from ckanext.opengovbelize import config
from ckanext.opengovbelize.catalogue import erased
from ckanext.opengovbelize.logic.erase import databases, erasing
from ckanext.opengovbelize.logic.erase.phrase import Phrase
from ckanext.opengovbelize.model import Erased, LedgerEntry, Run
from ckanext.opengovbelize.privacy.hashing import phrase_hash

pytestmark = [
    pytest.mark.server,
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "clean_redis", "storage"),
]

WHEN = datetime(2026, 1, 1)
NAME = "Añelí Xocolkan"


@pytest.fixture
def storage(ckan_config: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A storage folder with one upload that holds the name."""
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path))
    (tmp_path / "upload.txt").write_text(f"By {NAME}.", encoding="utf-8")
    return tmp_path


@pytest.fixture
def series() -> dict[str, Any]:
    """A series with the name in its own fields, its tag, its organization, its activity and a table."""
    organization = factories.Organization(description="Asked for by ANELI XOCOLKAN")
    user = factories.Sysadmin()
    series = helpers.call_action(
        "package_create",
        context={"user": user["name"], "ignore_auth": True},
        type="webinar_series",
        name="aneli-xocolkan-series",
        title=f"Talks of {NAME}",
        notes="With aneli  xocolkan",
        license_id="cc-by",
        owner_org=organization["id"],
        tags=[{"name": "aneli-xocolkan"}, {"name": "rivers"}],
        publication_state="released",
    )
    dataset = factories.Dataset(owner_org=organization["id"])
    table = helpers.call_action(
        "datastore_create",
        context={"user": user["name"], "ignore_auth": True},
        resource={"package_id": dataset["id"]},
        fields=[
            {"id": "speaker", "type": "text", "info": {"notes": f"As {NAME} asked"}},
            {"id": NAME, "type": "int"},
        ],
        records=[{"speaker": NAME, NAME: 1}, {"speaker": "Somebody", NAME: 2}],
    )
    return {**series, "table": table["resource_id"]}


def stored(engine: sa.Engine) -> str:
    """Return everything that the tables of a database hold, as one text."""
    metadata = sa.MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        return " ".join(
            repr(tuple(row))
            for table in metadata.tables.values()
            for row in connection.execute(sa.select(table))
        )


def held(text: str) -> bool:
    return "xocolkan" in text.lower()


def test_a_dry_run_tells_where_it_is_and_changes_nothing(series: dict[str, Any], storage: Path) -> None:
    model.Session.commit()
    before = stored(model.ensure_engine()), stored(get_write_engine())
    report = erasing.erase(NAME, dry_run=True)
    assert (stored(model.ensure_engine()), stored(get_write_engine())) == before
    assert held((storage / "upload.txt").read_text())
    assert model.Session.query(Erased).count() == 0
    places = {finding.where for finding in report.findings}
    assert {
        "package.name",
        "package.title",
        "package.notes",
        "tag.name",
        "group.description",
        "activity.data",
    } <= places
    assert {finding.place for finding in report.findings} == {"database", "datastore", "index", "storage"}


def test_it_is_taken_out_of_databases_index_and_storage(series: dict[str, Any], storage: Path) -> None:
    report = erasing.erase("aneli xocolkan")
    assert not held(stored(model.ensure_engine()))
    assert not held(stored(get_write_engine()))
    assert not held(json.dumps(index_documents()))
    assert (storage / "upload.txt").read_text() == "By [erased]."
    assert not held(json.dumps(report.as_dict()))
    assert report.left == []
    assert erasing.erase(NAME, dry_run=True).findings == []


def test_the_dataset_still_works_after_it(app: Any, series: dict[str, Any]) -> None:
    erasing.erase(NAME)
    after = helpers.call_action("package_show", id=series["id"])
    assert after["title"] == "Talks of [erased]"
    assert after["name"].startswith("erased-") and after["name"].endswith("-series")
    assert [tag["name"] for tag in after["tags"]] == ["rivers"]
    assert app.get(f"/webinar_series/{after['name']}").status_code == 200
    assert helpers.call_action("package_search", q="title:talks")["count"] == 1
    editor = {"user": factories.Sysadmin()["name"], "ignore_auth": True}
    helpers.call_action("package_patch", context=editor, id=series["id"], notes="Edited later")
    rows = helpers.call_action("datastore_search", resource_id=series["table"], q="erased")
    assert [row["speaker"] for row in rows["records"]] == ["[erased]"]


def index_documents() -> list[dict[str, Any]]:
    solr: pysolr.Solr = make_connection(decode_dates=False)
    return list(solr.search("*:*", fl="*", rows=1000).docs)


def test_two_names_that_differ_in_it_only_stay_apart() -> None:
    for name in ("by-aneli-xocolkan", "by-aneli_xocolkan"):
        factories.Organization(name=name, title=name)
    erasing.erase(NAME)
    names = helpers.call_action("organization_list")
    assert len(set(names)) == 2 and not held(" ".join(names))


def test_documents_without_a_dataset_leave_the_index(series: dict[str, Any]) -> None:
    model.Session.execute(sa.text("DELETE FROM package_tag"))
    model.Session.execute(sa.text("UPDATE package SET state = 'deleted'"))
    model.Session.commit()
    report = erasing.erase(NAME)
    assert index_documents() == []
    assert {finding.done for finding in report.findings if finding.place == "index"} == {"removed"}


def test_harvest_tables_and_ours_are_searched_too(series: dict[str, Any]) -> None:
    source = harvest.HarvestSource(
        id="s", url=f"https://example.org/{NAME}", type="x", config=json.dumps({"k": NAME})
    )
    job = harvest.HarvestJob(source=source)
    thing = harvest.HarvestObject(job=job, guid="1", content=json.dumps({"t": NAME}))
    for row in (
        source,
        job,
        thing,
        harvest.HarvestObjectExtra(object=thing, key="k", value=NAME),
        harvest.HarvestGatherError(job=job, message=NAME),
        harvest.HarvestObjectError(object=thing, message=NAME),
        harvest.HarvestLog(content=NAME, level="INFO"),
        LedgerEntry(
            source_id="s",
            record_key="r",
            package_id=series["id"],
            content_hash="h",
            values={"title": NAME},
            proposals=[{"row": {"question": NAME}}],
            trust=0,
            source_title=NAME,
            source_url="",
            source_created=WHEN,
            changed_at=WHEN,
        ),
        Run(
            source_id="s",
            organization_id="o",
            started_at=WHEN,
            records=[{"label": NAME}],
            problems=[],
        ),
    ):
        model.Session.add(row)
    model.Session.commit()
    erasing.erase(NAME)
    assert not held(stored(model.ensure_engine()))
    entry = model.Session.query(LedgerEntry).one()
    assert entry.values == {"title": "[erased]"}
    assert entry.content_hash == ""


def test_an_account_is_left_to_its_owner() -> None:
    user = factories.User(fullname=NAME)
    report = erasing.erase(NAME)
    (left,) = [finding for finding in report.left if finding.where == "user.fullname"]
    assert "account" in left.note
    assert model.User.get(user["id"]).fullname == NAME


def test_redis_forgets_it_and_keeps_the_rest() -> None:
    redis = connect_to_redis()
    redis.set("plain", NAME)
    redis.set("other", "kept")
    redis.rpush("queue", "aneli xocolkan", "kept")
    redis.hset("rq:job:1", "data", zlib.compress(NAME.encode()))
    redis.sadd("set", NAME, "kept")
    redis.zadd("sorted", {NAME: 1, "kept": 2})
    redis.set(f"cache:{NAME}", "x")
    report = erasing.erase(NAME)
    assert len([finding for finding in report.findings if finding.place == "redis"]) == 6
    assert sorted(redis.keys()) == [b"other", b"queue", b"set", b"sorted"]
    assert redis.lrange("queue", 0, -1) == [b"kept"]
    assert redis.smembers("set") == {b"kept"} and redis.zrange("sorted", 0, -1) == [b"kept"]


def test_it_is_kept_out_by_a_keyed_hash() -> None:
    erasing.erase(NAME)
    erasing.erase("ANELI-XOCOLKAN")
    assert erased.texts() == {phrase_hash(config.hash_key(), NAME)}
    refuse = tk.get_validator("opengovbelize_not_erased")
    assert refuse("Somebody else") == "Somebody else"
    with pytest.raises(tk.Invalid) as refused:
        refuse("Today: aneli  xocolkan speaks")
    assert not held(str(refused.value))


@pytest.fixture
def stubborn_table() -> Iterator[None]:
    """A table that refuses what erasing would write."""
    execute("ALTER TABLE package ADD CONSTRAINT stubborn CHECK (title NOT LIKE '%[erased]%') NOT VALID")
    yield
    execute("ALTER TABLE package DROP CONSTRAINT stubborn")


def execute(sql: str) -> None:
    model.Session.rollback()
    model.Session.execute(sa.text(sql))
    model.Session.commit()


@pytest.mark.usefixtures("stubborn_table")
def test_a_failing_database_names_the_table_and_not_the_row(series: dict[str, Any]) -> None:
    with pytest.raises(databases.ErasingFailed) as failed:
        databases.erase(model.ensure_engine(), "database", Phrase(NAME), dry_run=False)
    assert "table package" in str(failed.value) and not held(str(failed.value))
    assert held(helpers.call_action("package_show", id=series["id"])["title"])


def test_the_action_is_for_sysadmins(series: dict[str, Any]) -> None:
    for user in ("", factories.User()["name"]):
        with pytest.raises(tk.NotAuthorized):
            helpers.call_action(
                "opengovbelize_erase", context={"user": user, "ignore_auth": False}, text=NAME, dry_run=True
            )
    found = helpers.call_action("opengovbelize_erase", text=NAME, dry_run=True)
    assert found["total"] > 0 and found["dry_run"]
    for wrong in ({}, {"text": "the"}, {"text": ["x"]}):
        with pytest.raises(tk.ValidationError) as refused:
            helpers.call_action("opengovbelize_erase", **wrong)
        assert "text" in refused.value.error_dict


def test_the_command_reads_standard_input_and_repeats_nothing(
    cli: Any, series: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="ckanext.opengovbelize")
    dry = cli.invoke(command(), ["erase", "--dry-run"], input=NAME)
    assert dry.exit_code == 0, dry.output
    assert "Nothing was changed" in dry.output and "package.title" in dry.output
    done = cli.invoke(command(), ["erase", "--json"], input=io.BytesIO(NAME.encode()))
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["total"] > 0
    assert not held(dry.output + done.output + caplog.text)
    assert cli.invoke(command(), ["erase"], input="the").exit_code == 2


def command() -> Any:
    from ckanext.opengovbelize.cli import get_commands

    return get_commands()[0]
