"""Attendance files and records stay in memory from the first byte of the request to its end."""

from __future__ import annotations

import io
from typing import Any

import pytest
from ckan.common import config
from ckanext.opengovbelize.views.uploads import UploadRequest
from werkzeug.test import EnvironBuilder

pytestmark = pytest.mark.server

LARGE = b"name\n" + b"x" * 700_000


def request(path: str, content: bytes = LARGE) -> UploadRequest:
    data = {"file": (io.BytesIO(content), "list.csv"), "token": "t" * 700_000}
    return UploadRequest(EnvironBuilder(path, method="POST", data=data).get_environ())


@pytest.mark.parametrize(
    "path",
    [
        "/webinar/sample-2020-1/participants",
        "/es/webinar_series/sample-2020/participants",
        "/webinar_series/sample-2020/certificates",
        "/api/3/action/opengovbelize_attendance_preview",
        "/api/action/opengovbelize_certificates_count",
        "/opengovbelize/records/upload",
        "/es/opengovbelize/records/upload",
        "/api/3/action/opengovbelize_record_preview",
    ],
)
def test_a_large_file_with_persons_in_it_is_never_written(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a temporary file was asked for")

    for name in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(f"tempfile.{name}", refuse)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse)

    sent = request(path)

    assert sent.files["file"].read() == LARGE
    assert isinstance(sent.files["file"].stream, io.BytesIO)
    assert len(sent.form["token"]) == 700_000


def test_other_uploads_go_their_usual_way(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = UploadRequest(
        EnvironBuilder(
            "/dataset/x/resource/new", method="POST", data={"file": (io.BytesIO(LARGE), "x.csv")}
        ).get_environ()
    )

    assert not isinstance(sent.files["file"].stream, io.BytesIO)
    assert not request("/webinar/sample-2020-1").stays_in_memory
    assert not request("/webinar/sample-2020-1/participants/more").stays_in_memory


def test_what_is_larger_than_the_limit_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(config, "ckanext.opengovbelize.max_upload_bytes", 1000)

    assert request("/webinar/sample-2020-1/participants").max_content_length == 1000


@pytest.mark.usefixtures("with_plugins")
def test_the_portal_reads_every_request_so(app: Any) -> None:
    assert app.flask_app.request_class is UploadRequest
