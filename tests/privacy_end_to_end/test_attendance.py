"""Attendance files go nowhere: neither while they are read nor afterwards, whatever is done with them."""

from __future__ import annotations

import http.client
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.tests import factories, helpers
from werkzeug.serving import make_server

from . import places
from .search import Text, planted_in

pytestmark = [
    pytest.mark.server,
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "clean_redis"),
]

PLANTED = (
    "Itzamara Quelenic",
    "Ñuflo Tzucanteh",
    "Dorotea Wamilpan",
    "itzamara.quelenic@mailbox.example.com",
    "622-9471",
    "Panaderia Quelenic",
    "planted-file-name",
)
ROOT = Path(__file__).resolve().parents[2]
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
LARGE = 5_000_000


def meeting() -> bytes:
    """A Zoom report of 5 MB with everything private in it, twice."""
    lines = [
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Phone,Organization"
    ]
    times = "03/04/2021 10:28:00 AM,03/04/2021 11:58:00 AM,90,Yes"
    for name in PLANTED[:3]:
        lines.append(f"{name},{PLANTED[3]},{times},{PLANTED[4]},{PLANTED[5]}")
        lines.append(f"{name} [{PLANTED[5]}],,{times},{PLANTED[4]},")
    number = 0
    size = 0
    while size < LARGE:
        line = f"Attendee {number % 90},attendee{number % 90}@example.org,{times},,{'x' * 400}"
        lines.append(line)
        size += len(line)
        number += 1
    return "\n".join(lines).encode()


def sheet() -> bytes:
    lines = ["Name,Organisation,Sector,District,Gender,Phone,Email"]
    lines += [f"{name},{PLANTED[5]},Government,Cayo,F,{PLANTED[4]},{PLANTED[3]}" for name in PLANTED[:3]]
    lines += [f"Signer {number},Office,Government,Cayo,F,,signer{number}@example.org" for number in range(40)]
    return "\n".join(lines).encode()


class Watch:
    """What the process opens for writing, and which files it holds open, while it is asked to look."""

    def __init__(self) -> None:
        self.on = False
        self.written: set[str] = set()
        self.held: set[str] = set()
        sys.addaudithook(self._note)

    def _note(self, event: str, values: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if (
            event == "open"
            and isinstance(values[2], int)
            and values[2] & WRITES
            or event in ("tempfile.mkstemp", "tempfile.mkdtemp", "shutil.copyfile", "os.rename")
        ):
            self.written.add(str(values[0]))

    @contextmanager
    def looking(self) -> Iterator[None]:
        before = _open_files()
        done = threading.Event()
        thread = threading.Thread(target=self._look, args=(before, done), daemon=True)
        self.on = True
        thread.start()
        try:
            yield
        finally:
            self.on = False
            done.set()
            thread.join()

    def _look(self, before: set[str], done: threading.Event) -> None:
        while not done.wait(0.002):
            self.held |= _open_files() - before


def _open_files() -> set[str]:
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            found.add(str(entry.readlink()))
        except OSError:
            continue
    return {path for path in found if path.startswith("/") and not path.startswith(("/dev/", "/proc/"))}


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, logger="ckanext.opengovbelize")
    return caplog


@pytest.fixture
def address(app: Any) -> Iterator[tuple[str, int]]:
    server = make_server("127.0.0.1", 0, app.flask_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield "127.0.0.1", server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


class Coordinator:
    """Somebody who sends forms, byte by byte, so that nothing but the portal touches them."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self.name = factories.User()["name"]
        self.organization = factories.Organization(
            name="estuary", users=[{"name": self.name, "capacity": "editor"}]
        )
        self.token = helpers.call_action("api_token_create", user=self.name, name="test")["token"]

    def send(
        self, path: str, fields: dict[str, str], files: dict[str, tuple[str, bytes]]
    ) -> http.client.HTTPResponse:
        boundary = uuid4().hex
        parts = [
            f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
            for name, value in fields.items()
        ]
        parts += [
            f'Content-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'.encode() + content
            for name, (file, content) in files.items()
        ]
        body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
        body += f"--{boundary}--\r\n".encode()
        connection = http.client.HTTPConnection(*self.address, timeout=120)
        headers = {"Authorization": self.token, "Content-Type": f"multipart/form-data; boundary={boundary}"}
        connection.request("POST", path, body, headers)
        return connection.getresponse()


@pytest.fixture
def coordinator(address: tuple[str, int]) -> Coordinator:
    return Coordinator(address)


@pytest.fixture
def webinar(coordinator: Coordinator) -> dict[str, Any]:
    return factories.Dataset(
        type="webinar",
        name="estuary-2021-1",
        title="Open river accounts",
        start="2021-03-04T10:30:00-06:00",
        end="2021-03-04T12:00:00-06:00",
        mode="hybrid",
        owner_org=coordinator.organization["id"],
        publication_state="released",
    )


def test_a_large_upload_is_in_no_file_and_nowhere_afterwards(
    app: Any, coordinator: Coordinator, webinar: dict[str, Any], watch: Watch, log: pytest.LogCaptureFixture
) -> None:
    path = f"/webinar/{webinar['name']}/participants"
    field = f"file-{webinar['name']}"
    temporary = set(os.listdir(tempfile.gettempdir()))  # noqa: PTH208
    meeting_file = {field: ("planted-file-name.csv", meeting())}
    # A first page compiles templates and bundles assets, which are files.
    assert coordinator.send(path, {}, {field: ("warm.csv", sheet())}).status == 200

    with watch.looking():
        answer = coordinator.send(path, {"same": "planted-file-name.csv:2+4"}, meeting_file)
        page = answer.read().decode()

    assert answer.status == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "planted-file-name.csv" in page
    assert watch.written == set()
    assert {held for held in watch.held if _is_temporary(held)} == set()
    assert set(os.listdir(tempfile.gettempdir())) <= temporary  # noqa: PTH208

    both = coordinator.send(path, {}, {field: ("planted-file-name.csv", sheet())}).read().decode()
    token = BeautifulSoup(both, "html.parser").select_one("input[name=token]")
    assert token is not None
    published = coordinator.send(path, {"token": str(token["value"])}, {})
    assert published.status in (302, 303)
    # Bad files, refusals and errors say nothing of them either.
    for content in (b"PK\x03\x04" + sheet(), sheet()[:200] + b"\x00\xff", meeting()[:1000]):
        coordinator.send(
            path, {"people": "planted-file-name.csv:2=9"}, {field: ("planted-file-name.csv", content)}
        )
    coordinator.send(f"/webinar/{webinar['name']}/nothing", {}, {field: ("planted-file-name.csv", sheet())})

    texts = list(_everything(app, coordinator, log))
    assert any("attended" in text.content for text in texts if text.place.startswith("datastore"))
    assert planted_in(PLANTED, texts) == []


def _is_temporary(held: str) -> bool:
    """Whether it is a file of the moment; the project itself may lie below the temporary folder."""
    path = Path(held)
    return "deleted" in held or (path.is_relative_to(tempfile.gettempdir()) and not path.is_relative_to(ROOT))


def _everything(app: Any, coordinator: Coordinator, log: pytest.LogCaptureFixture) -> Iterator[Text]:
    yield from places.databases()
    yield from places.redis()
    yield from places.solr()
    yield from places.logs()
    start = [
        "/",
        "/webinar",
        "/participant_statistics",
        "/organization/estuary",
        "/organization/activity/estuary",
        "/dashboard",
    ]
    for package in model.Session.query(model.Package):
        start += [f"/{package.type}/{package.name}", f"/{package.type}/activity/{package.name}"]
    for who, headers in (("anonymous", {}), ("coordinator", {"Authorization": coordinator.token})):
        yield from places.pages(app, start, headers, who)
        yield from places.api(app, headers, who)
    yield from (
        Text(f"captured log: {record.name} {record.levelname}", record.getMessage() + (record.exc_text or ""))
        for phase in ("setup", "call")
        for record in log.get_records(phase)
    )


def test_what_is_too_large_is_refused_in_plain_words(
    coordinator: Coordinator, webinar: dict[str, Any], ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.opengovbelize.max_upload_bytes", 1_000_000)

    answer = coordinator.send(
        f"/webinar/{webinar['name']}/participants",
        {},
        {f"file-{webinar['name']}": ("large.csv", b"x" * 2_000_000)},
    )

    assert answer.status == 413
    assert "larger than 1 MB together" in answer.read().decode()
