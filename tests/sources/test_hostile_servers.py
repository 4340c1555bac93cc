"""Servers that mean no good: without end, in circles, byte after byte, under a wrong name."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from ckanext.opengovbelize.records.reading import read
from ckanext.opengovbelize.sources import Limits, SourceConfig, SourceError, open_source

RECORD = "# Reef series\n\n## Webinar 1: Contar peces y ñandúes\n\n**Date:** 7 May 2020, 10:30 AM - 12:00 PM\n\n**Venue:** Reef House, Dangriga\n"
BOMB = gzip.compress(b" " * 20_000_000, 1)
LIMITS = Limits(hosts=None, timeout=0.1, max_bytes=200_000)


class Hostile(BaseHTTPRequestHandler):
    """Answers as the path says."""

    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        getattr(self, f"{self.path.strip('/').partition('/')[0]}_answer")()

    def head(self, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def circle_answer(self) -> None:
        self.head(302, Location="/circle/again")

    def longer_answer(self) -> None:
        self.head(302, Location=f"{self.path}/longer")

    def drip_answer(self) -> None:
        self.head(Content_Type="text/markdown")
        try:
            while True:
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.02)
        except OSError:
            pass

    def heading_answer(self) -> None:
        try:
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            while True:
                self.wfile.write(b"X: a\r\n")
                self.wfile.flush()
                time.sleep(0.02)
        except OSError:
            pass

    def endless_answer(self) -> None:
        self.head(Content_Type="text/markdown")
        try:
            while True:
                self.wfile.write(b"a" * 65_536)
        except OSError:
            pass

    def bomb_answer(self) -> None:
        self.head(Content_Type="text/markdown", Content_Encoding="gzip")
        self.wfile.write(BOMB)

    def cut_answer(self) -> None:
        self.head(Content_Type="text/markdown", Content_Length="5000")
        self.wfile.write(b"# Webinar 1")

    def charset_answer(self) -> None:
        self.head(Content_Type="text/markdown; charset=utf-16")
        self.wfile.write(RECORD.encode())

    def unknown_answer(self) -> None:
        self.head(Content_Type="text/markdown; charset=klingon")
        self.wfile.write(RECORD.encode("cp1252"))

    def picture_answer(self) -> None:
        self.head(Content_Type="image/png")
        self.wfile.write(RECORD.encode())

    def log_message(self, *_arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    made.daemon_threads = True
    thread = threading.Thread(target=lambda: made.serve_forever(0.01), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("circle", "address-redirects"),
        ("longer", "address-redirects"),
        ("drip", "address-timeout"),
        ("heading", "address-timeout"),
        ("endless", "too-large"),
        ("bomb", "too-large"),
    ],
)
def test_no_answer_takes_longer_or_more_than_is_allowed(server: str, path: str, code: str) -> None:
    began = time.monotonic()
    with pytest.raises(SourceError) as refused:
        open_source(f"{server}/{path}", SourceConfig(), LIMITS)
    assert refused.value.problem.code == code
    assert time.monotonic() - began < 5


class OthersWait(BaseException):
    """What whoever reads a source is told where it is to let others go first."""


@pytest.mark.parametrize("path", ["drip", "heading"])
def test_an_answer_that_drips_is_broken_off_where_others_wait(server: str, path: str) -> None:
    asked: list[int] = []

    def second_time() -> None:
        asked.append(1)
        if len(asked) == 2:
            raise OthersWait

    with pytest.raises(OthersWait):
        open_source(f"{server}/{path}", SourceConfig(), replace(LIMITS, kept_waiting=second_time))


@pytest.mark.parametrize(("patience", "is_given_time"), [(300, True), (0, False)])
def test_an_answer_that_drips_has_one_time_limit_where_the_patience_is_used_up(
    server: str, patience: float, is_given_time: bool
) -> None:
    asked: list[int] = []
    limits = replace(LIMITS, patience=patience, kept_waiting=lambda: asked.append(1))
    with pytest.raises(SourceError):
        open_source(f"{server}/drip", SourceConfig(), limits)
    assert bool(asked) == is_given_time


@pytest.mark.parametrize("path", ["charset", "unknown", "picture"])
def test_what_a_server_says_of_its_answer_is_only_a_hint(server: str, path: str) -> None:
    (found,) = open_source(f"{server}/{path}", SourceConfig(), LIMITS).records
    (record,) = read(found.data, file="record", content_type=found.content_type)
    assert record.title == "Contar peces y ñandúes"
