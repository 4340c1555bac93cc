"""A source reaches public servers only, whatever its name, its redirections or its DNS say; busy servers are waited for."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from ckanext.opengovbelize.sources import Credentials, Limits
from ckanext.opengovbelize.sources.addresses import is_public
from ckanext.opengovbelize.sources.web import Fetcher, FetchError


class Site(BaseHTTPRequestHandler):
    answers: list[tuple[int, dict[str, str]]] = []
    asked = 0
    body = b"here"
    heard: Any = None
    path_asked = ""

    def do_GET(self) -> None:
        type(self).asked += 1
        type(self).heard, type(self).path_asked = self.headers, self.path
        status, headers = self.answers.pop(0) if self.answers else (200, {})
        self.send_response(status)
        for name, value in {"Content-Length": "4", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(self.body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[int]:
    Site.answers, Site.asked, Site.body = [], 0, b"here"
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def get(url: str, **limits: Any) -> str:
    try:
        return Fetcher(Limits(timeout=5, **limits)).get(url).data.decode()
    except FetchError as error:
        return error.code


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "::127.0.0.1", "::10.0.0.1", "fec0::1", "192.0.2.1", "255.255.255.255",
    ],
)  # fmt: skip
def test_addresses_of_ones_own_network_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"]
)
def test_other_addresses_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]"]
)
def test_a_local_server_is_never_asked_however_it_is_written(site: int, host: str) -> None:
    assert get(f"http://{host}:{site}/") in ("address-private", "address-unreachable")
    assert Site.asked == 0


def test_the_operator_may_allow_a_host_or_one_port_of_it(site: int) -> None:
    url = f"http://127.0.0.1:{site}/"
    assert get(url, hosts=("127.0.0.1",)) == "here"
    assert get(url, hosts=(f"127.0.0.1:{site}",)) == "here"
    assert get(url, hosts=("127.0.0.1:1",)) == "address-private"
    assert get(url, hosts=None) == "here"


def test_a_redirection_leads_nowhere_that_was_not_allowed(site: int) -> None:
    Site.answers = [(302, {"Location": f"http://localhost:{site}/"})]
    assert get(f"http://127.0.0.1:{site}/", hosts=("127.0.0.1",)) == "address-private"
    assert Site.asked == 1


def test_a_redirection_may_be_written_with_letters_as_they_are(site: int) -> None:
    Site.answers = [(302, {"Location": "/sesi\u00f3n-1".encode().decode("latin-1")})]
    assert get(f"http://127.0.0.1:{site}/", hosts=None) == "here"
    assert Site.path_asked == "/sesi%C3%B3n-1"


@pytest.mark.parametrize(
    "stated",
    [
        "Tue, 01 Dec 2026 00:00:00 +99999999999999",
        f"Tue, 01 Dec 2026 {'9' * 30}:00:00 GMT",
        "9" * 400,
        "soon",
    ],
)
def test_a_pause_that_is_no_time_is_an_error_of_its_server_only(site: int, stated: str) -> None:
    Site.answers = [(503, {"Retry-After": stated})]
    assert get(f"http://127.0.0.1:{site}/", hosts=None) == "address-status"


def test_a_name_that_changes_its_address_is_connected_to_where_it_was_checked(
    site: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, answers = socket.getaddrinfo, ["93.184.215.14", "127.0.0.1"]
    asked: list[str] = []

    def changing(host: str, *args: Any, **more: Any) -> Any:
        asked.append(host)
        return real(answers.pop(0) if host == "rebound.example.org" else host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    assert get(f"http://rebound.example.org:{site}/") in ("address-unreachable", "address-timeout")
    assert asked.count("rebound.example.org") == 1
    assert get(f"http://rebound.example.org:{site}/") == "address-private"
    assert Site.asked == 0


@pytest.mark.parametrize(
    "headers", [{}, {"Retry-After": "0"}, {"Retry-After": "Mon, 02 Jan 2023 10:00:00 GMT"}]
)
def test_a_busy_server_is_asked_again(site: int, headers: dict[str, str]) -> None:
    Site.answers = [(503, headers), (429, headers)]
    assert get(f"http://127.0.0.1:{site}/", hosts=None, retries=2, backoff=0.01) == "here"
    assert Site.asked == 3


def test_it_is_left_alone_for_as_long_as_it_asks_and_else_longer_each_time(
    site: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    paused: list[float] = []
    monkeypatch.setattr("ckanext.opengovbelize.sources.web.time.sleep", paused.append)
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=9), usegmt=True)
    Site.answers = [
        (503, {}),
        (503, {}),
        (429, {"Retry-After": "7"}),
        (503, {"Retry-After": soon}),
        (503, {}),
    ]
    assert get(f"http://127.0.0.1:{site}/", hosts=None, retries=5, backoff=0.25) == "here"
    first, second, stated, until, last = paused
    assert (first, second, stated, last) == (0.25, 0.5, 7, 4)
    assert 5 < until <= 9


def test_a_server_that_asks_for_more_time_than_there_is_is_left_alone(site: int) -> None:
    Site.answers = [(503, {"Retry-After": "3600"})]
    assert get(f"http://127.0.0.1:{site}/", hosts=None, retries=2) == "address-status"
    assert Site.asked == 1


def test_a_server_that_refuses_is_not_asked_again(site: int) -> None:
    Site.answers = [(404, {})]
    assert get(f"http://127.0.0.1:{site}/", hosts=None, retries=2) == "address-status"
    assert Site.asked == 1


BOMBS = {
    "gzip": gzip.compress(bytes(30_000_000)),
    "deflate": zlib.compress(bytes(30_000_000)),
    "x-gzip": gzip.compress(bytes(30_000_000)),
}


@pytest.mark.parametrize("encoding", BOMBS)
def test_what_grows_beyond_the_limit_when_it_is_unpacked_is_not_read(site: int, encoding: str) -> None:
    Site.body = BOMBS[encoding]
    Site.answers = [(200, {"Content-Encoding": encoding, "Content-Length": str(len(Site.body))})]
    assert get(f"http://127.0.0.1:{site}/", hosts=None, max_bytes=1_000_000) == "too-large"


@pytest.mark.parametrize(
    "encoding",
    ["br", "BR", "zstd", "dcb", "compress", "no-such", "gzip, gzip", "gzip, br", "gzip, " * 20 + "gzip"],
)
def test_what_is_packed_in_a_way_that_is_not_asked_for_is_refused_unread(site: int, encoding: str) -> None:
    """Whatever is installed beside this extension and could unpack it: nobody measures how large it grows."""
    Site.body = b"never unpacked"
    Site.answers = [(200, {"Content-Encoding": encoding, "Content-Length": str(len(Site.body))})]
    assert get(f"http://127.0.0.1:{site}/", hosts=None) == "address-packed"


def test_a_bomb_of_brotli_is_refused_where_it_could_be_unpacked(site: int) -> None:
    brotli = pytest.importorskip("brotli")
    Site.body = brotli.compress(bytes(30_000_000))
    Site.answers = [(200, {"Content-Encoding": "br", "Content-Length": str(len(Site.body))})]
    assert get(f"http://127.0.0.1:{site}/", hosts=None, max_bytes=100_000_000) == "address-packed"


def test_what_is_said_to_be_packed_in_no_way_is_read(site: int) -> None:
    Site.body = b"here"
    Site.answers = [(200, {"Content-Encoding": "identity", "Content-Length": "4"})]
    assert get(f"http://127.0.0.1:{site}/", hosts=None) == "here"


def test_no_encoding_is_asked_for_that_cannot_be_bounded(site: int) -> None:
    get(f"http://127.0.0.1:{site}/", hosts=None)
    assert Site.heard["Accept-Encoding"] == "gzip, deflate"


class TestCredentials:
    """They go to the host that they are declared for, and to no other."""

    def told(self, site: int, host: str, **more: Any) -> str | None:
        limits = Limits(hosts=None, credentials=Credentials(host, "Bearer invented", **more))
        Fetcher(limits).get(f"http://127.0.0.1:{site}/")
        return Site.heard["Authorization"]

    def test_are_sent_to_their_host(self, site: int) -> None:
        assert self.told(site, f"127.0.0.1:{site}", plain=True) == "Bearer invented"

    def test_are_sent_to_no_other_host_or_port(self, site: int) -> None:
        for host in ("127.0.0.1", f"127.0.0.1:{site + 1}", "example.org"):
            assert self.told(site, host, plain=True) is None

    def test_are_not_sent_in_clear_unless_the_network_is_ones_own(self, site: int) -> None:
        assert self.told(site, f"127.0.0.1:{site}") is None

    def test_do_not_follow_a_redirection_to_another_host(self, site: int) -> None:
        Site.answers = [(302, {"Location": f"http://localhost:{site}/"})]
        assert self.told(site, f"127.0.0.1:{site}", plain=True) is None
        assert Site.asked == 2

    def asked_with_query(self, site: int, host: str, path: str = "/feed?series=1") -> tuple[str, str]:
        """What the server is asked for, and what the page's address is for us."""
        limits = Limits(hosts=None, credentials=Credentials(host, plain=True, query="token=invented"))
        page = Fetcher(limits).get(f"http://127.0.0.1:{site}{path}")
        return Site.path_asked, page.url.removeprefix(f"http://127.0.0.1:{site}")

    def test_go_into_the_query_of_a_server_that_asks_for_them_there(self, site: int) -> None:
        asked, known = self.asked_with_query(site, f"127.0.0.1:{site}")
        assert (asked, known) == ("/feed?series=1&token=invented", "/feed?series=1")
        assert Site.heard["Authorization"] is None
        assert self.asked_with_query(site, "example.org")[0] == "/feed?series=1"

    def test_are_in_no_address_to_which_their_server_redirects(self, site: int) -> None:
        Site.answers = [(302, {"Location": "/there?token=invented&page=2"})]
        asked, known = self.asked_with_query(site, f"127.0.0.1:{site}")
        assert (asked, known) == ("/there?page=2&token=invented", "/there?page=2")

    def test_are_not_taken_along_to_another_host(self, site: int) -> None:
        Site.answers = [(302, {"Location": f"http://localhost:{site}/there?token=invented"})]
        asked, known = self.asked_with_query(site, f"127.0.0.1:{site}")
        assert asked == "/there"
        assert "invented" not in known

    def test_their_value_is_in_no_text_of_them(self) -> None:
        assert "invented" not in repr(
            Limits(credentials=Credentials("example.org", "Bearer invented", query="a=invented"))
        )
