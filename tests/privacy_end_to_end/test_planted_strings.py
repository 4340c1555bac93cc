"""Harvests and uploads records full of private strings, and looks for each of them everywhere."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.tests import factories, helpers
from ckanext.harvest import queue
from werkzeug.datastructures import MultiDict

from ..queues import consume
from . import places, records
from .search import Text, planted_in

ACTIONS = "/api/3/action/opengovbelize_record"

pytestmark = [
    pytest.mark.server,
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "clean_redis"),
]


@pytest.fixture
def storage(ckan_config: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A storage folder of this test's own, to be searched."""
    folder = tmp_path / "storage"
    folder.mkdir()
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(folder))
    return folder


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """What is logged at the levels of a portal that runs, and ours in every detail."""
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, logger="ckanext.opengovbelize")
    return caplog


class Program:
    """An organization, its editor and a system administrator."""

    def __init__(self) -> None:
        self.editor = factories.User()["name"]
        self.sysadmin = factories.Sysadmin()["name"]
        self.organization = factories.Organization(
            name="estuary", title="Estuary Program", users=[{"name": self.editor, "capacity": "editor"}]
        )

    def headers(self, user: str) -> dict[str, str]:
        return {"Authorization": helpers.call_action("api_token_create", user=user, name="test")["token"]}


class Harvest(Program):
    """The records in a folder and a zip, each harvested by its source through the queue."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        records.write(folder)
        zipped = folder.parent / "zipped"
        zipped.mkdir(exist_ok=True)
        records.write_zip(zipped / "records.zip")
        self.reports = [
            self.run("estuary-folder", folder.as_uri()),
            self.run("estuary-zip", (zipped / "records.zip").as_uri()),
        ]

    def run(self, name: str, url: str) -> dict[str, Any]:
        context = {"user": self.editor, "ignore_auth": False}
        source = helpers.call_action(
            "harvest_source_create",
            context,
            name=name,
            title=name,
            url=url,
            source_type="opengovbelize_records",
            owner_org=self.organization["id"],
            config="{}",
        )
        job = helpers.call_action("harvest_job_create", {**context}, source_id=source["id"])
        consume(queue.get_gather_consumer(), queue.gather_callback)
        consume(queue.get_fetch_consumer(), queue.fetch_callback)
        helpers.call_action("harvest_jobs_run")
        return helpers.call_action("opengovbelize_run_show", job_id=job["id"])


class Upload(Program):
    """The same records sent from a computer: shown on the page and over the API, then published."""

    def __init__(self, app: Any, folder: Path) -> None:
        super().__init__()
        records.write(folder)
        records.write_zip(folder / "records.zip")
        headers = self.headers(self.editor)
        page = app.post(
            "/opengovbelize/records/upload", data=self.form(folder, several="file"), headers=headers
        )
        shown = app.post(f"{ACTIONS}_preview", data=self.form(folder, several=""), headers=headers)
        token = shown.json["result"]["token"]
        published = app.post(
            f"{ACTIONS}_import", json={"owner_org": "estuary", "token": token}, headers=headers
        )
        self.report = published.json["result"]
        self.answers = [
            Text(place, answer.body)
            for place, answer in (("upload page", page), ("preview", shown), ("import", published))
        ]

    def form(self, folder: Path, several: str) -> Any:
        """Return the fields of a form with every file, all of them under one name or each under its own."""
        files = [(path.read_bytes(), path.name) for path in sorted(folder.iterdir())]
        named = [
            (several or f"file.{number}", (io.BytesIO(data), name))
            for number, (data, name) in enumerate(files)
        ]
        fields = MultiDict(named)
        fields["owner_org"] = "estuary"
        return fields


@pytest.fixture
def harvest(
    storage: Path, log: Any, tmp_path: Path, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> Harvest:
    folder = tmp_path / "records"
    folder.mkdir()
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.source_folders", [str(tmp_path)])
    return Harvest(folder)


def everything(app: Any, program: Program, storage: Path, log: pytest.LogCaptureFixture) -> Iterator[Text]:
    yield from places.databases()
    yield from places.redis()
    yield from places.solr()
    yield from places.folder(storage, "storage")
    yield from places.logs()
    start = [
        "/",
        "/webinar",
        "/webinar_series",
        "/action_plan",
        "/commitment",
        "/dataset",
        "/harvest",
        "/organization/estuary",
        "/dashboard",
    ]
    start += ["/organization/activity/estuary", "/catalog.ttl", "/feeds/dataset.atom", "/es/webinar"]
    for package in model.Session.query(model.Package):
        start += [f"/{package.type}/{package.name}", f"/{package.type}/activity/{package.name}"]
        start += [f"/dataset/{package.id}.ttl", f"/{package.type}/edit/{package.name}"]
    for who, user in (("anonymous", ""), ("editor", program.editor), ("sysadmin", program.sysadmin)):
        headers = program.headers(user) if user else {}
        yield from places.pages(app, start, headers, who)
        yield from places.api(app, headers, who)
    yield from (
        Text(f"captured log: {record.name} {record.levelname}", record.getMessage() + (record.exc_text or ""))
        for phase in ("setup", "call")
        for record in log.get_records(phase)
    )


def test_no_planted_string_gets_anywhere(
    app: Any, harvest: Harvest, storage: Path, log: pytest.LogCaptureFixture
) -> None:
    texts = list(everything(app, harvest, storage, log))
    assert sum(report["counts"]["added"] for report in harvest.reports) >= 7
    assert sum(report["counts"]["rejected"] for report in harvest.reports) >= 2
    assert_only_what_is_public(texts)


def test_no_planted_string_of_an_upload_gets_anywhere(
    app: Any, tmp_path: Path, storage: Path, log: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    upload = Upload(app, folder)
    texts = [*upload.answers, *everything(app, upload, storage, log)]
    assert upload.report["counts"]["added"] >= 7
    assert upload.report["counts"]["rejected"] >= 2
    assert_only_what_is_public(texts)


def assert_only_what_is_public(texts: list[Text]) -> None:
    read = "".join(text.content for text in texts if text.place.startswith("page for anonymous"))
    # Something was published: otherwise there would be nothing to find.
    assert [public for public in records.PUBLIC if public not in read] == []
    assert planted_in(records.PLANTED, texts) == []
    failed = [text.place for text in texts if "(500)" in text.place]
    assert failed == []
