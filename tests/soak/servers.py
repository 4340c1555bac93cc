"""The servers under a test, stopped and started: halted in the middle of a step, or gone and back."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from stack import servers
from stack.settings import ROOT, Settings
from stack.supervisor import Supervisor, wait

KINDS = ("postgres", "redis", "solr")


class Server:
    """One of the servers that bin/test has started."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.settings = Settings("test", ROOT / ".test")
        self.ports = servers.remembered_ports(self.settings)
        self.manager = Supervisor(self.settings, self.ports["supervisor"])
        if name not in self.manager.states():
            pytest.skip("A server that was given to bin/test is not ours to stop.")

    @contextmanager
    def halted(self) -> Iterator[None]:
        """Let every process of it stand still; connections stay open, and nobody answers."""
        pids = family(self._pid())
        for pid in pids:
            send(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                send(pid, signal.SIGCONT)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """End it as an operator does; connections break, and none can be made."""
        self.manager.stop_programs([self.name])
        try:
            yield
        finally:
            self.manager.start_programs([self.name])
            servers.wait_until_ready(self.settings, self.ports, self.manager)

    def kill(self) -> None:
        """Kill it; the process manager starts it again."""
        send(self._pid(), signal.SIGKILL)
        servers.wait_until_ready(self.settings, self.ports, self.manager)

    def _pid(self) -> int:
        return int(self.manager.states()[self.name]["pid"])


class Site:
    """A web site with a page that lists records, on a port of its own."""

    def __init__(self, pages: Mapping[str, str | bytes], seconds: float = 0.0) -> None:
        self.pages = pages
        self.seconds = seconds
        self.answers = threading.Event()
        self.answers.set()
        self.flows = threading.Event()
        self.flows.set()
        self.asked = 0
        # Whether it tells versions apart, and asked so says that nothing has changed.
        self.tags = True
        self.wants = ""
        # What was asked for and how often it was sent, by name.
        self.sent: Counter[str] = Counter()
        self.meanwhile: Callable[[str], None] = lambda _name: None
        self.port = 0
        self._start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/records/"

    @contextmanager
    def halted(self) -> Iterator[None]:
        """Take requests and answer none of them."""
        self.answers.clear()
        try:
            yield
        finally:
            self.answers.set()

    @contextmanager
    def dripping(self) -> Iterator[None]:
        """Answer byte after byte, each well within any time limit."""
        self.flows.clear()
        try:
            yield
        finally:
            self.flows.set()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Take no requests."""
        self.end()
        try:
            yield
        finally:
            self._start()

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _start(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked += 1
                site.answers.wait()
                time.sleep(site.seconds)
                name = self.path.removeprefix("/records/")
                site.meanwhile(name)
                links = "".join(f'<a href="{page}">{page}</a>' for page in site.pages)
                text = f"<html><body>{links}</body></html>" if not name else site.pages.get(name)
                if site.wants and self.headers["Authorization"] != site.wants:
                    text = None
                data = text if isinstance(text, bytes) else (text or "").encode()
                etag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
                if text is not None and site.tags and self.headers["If-None-Match"] == etag:
                    self.send_response(304)
                    self.end_headers()
                    return
                site.sent[name] += 1
                with suppress(ConnectionError):
                    self.send_response(200 if text is not None else 404)
                    self.send_header("Content-Type", "text/markdown" if name else "text/html")
                    self.send_header("Content-Length", str(len(data)))
                    if site.tags:
                        self.send_header("ETag", etag)
                    self.end_headers()
                    sent = 0
                    while not site.flows.wait(0.05):
                        self.wfile.write(data[sent : sent + 1])
                        sent += 1
                    self.wfile.write(data[sent:])

            @override
            def log_message(self, format: str, *args: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def family(pid: int) -> list[int]:
    """Return a process and all that it has started, the oldest first."""
    found = [pid]
    for folder in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):
            for child in (folder / "children").read_text().split():
                found += family(int(child))
    return found


def send(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def until(condition: Callable[[], Any], seconds: float, told: Callable[[], str]) -> None:
    """Wait until a condition holds, and fail with ``told`` where it does not."""
    assert wait(condition, seconds), told()
