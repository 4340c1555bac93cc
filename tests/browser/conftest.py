"""A browser that visits the portal: a server thread around the ``app`` fixture, so that both see one database."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action
from playwright.sync_api import Page, Request
from werkzeug.serving import make_server


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium instead of a downloaded one; it runs as root and in small containers too."""
    return {
        "executable_path": shutil.which("chromium"),
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    }


class Counted:
    """An application that knows how many of its answers are under way: none may outlive its test."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.under_way = 0
        self.changed = threading.Condition()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        self._count(1)
        try:
            answer = self.application(environ, start_response)
            try:
                yield from answer
            finally:
                if hasattr(answer, "close"):
                    answer.close()
        finally:
            self._count(-1)

    def wait(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: not self.under_way, timeout=30)

    def _count(self, change: int) -> None:
        with self.changed:
            self.under_way += change
            self.changed.notify_all()


@pytest.fixture
def portal(app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a running portal."""
    counted = Counted(app.flask_app)
    server = make_server("127.0.0.1", 0, counted, threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setitem(tk.config, "ckan.site_url", address)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()
    counted.wait()


@pytest.fixture
def foreign_requests(page: Page, portal: str) -> list[str]:
    """The addresses on other hosts that the browser asked for; no page may need any."""
    found: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((portal, "data:", "blob:")):
            found.append(request.url)

    page.on("request", note)
    return found


@pytest.fixture
def program(clean_db: None, clean_index: None) -> dict[str, Any]:
    """An invented program."""
    return factories.Organization(name="sample-program", title="Sample Program", image_url="")


@pytest.fixture
def series(program: dict[str, Any]) -> dict[str, Any]:
    """An invented series of two sessions, one of them with everything that a page can show."""
    common = {"owner_org": program["id"], "license_id": "cc-by", "publication_state": "released"}
    series = _create(
        type="webinar_series",
        name="sample-2020",
        title="Sample series: budgets in the open",
        notes="How towns and villages can read a public budget.",
        planned_sessions=3,
        certificate_rule="Those who attend all sessions receive a certificate.",
        social_media=[{"title": "Sample Program", "url": "https://social.example.org/sample"}],
        invented=True,
        **common,
    )
    add = _adder(series, common)
    add(
        2,
        title="Asking for a public account",
        start="2020-02-20T10:30:00-06:00",
        mode="online",
        topics=["access-to-information"],
    )
    add(
        1,
        title="Reading a public budget",
        start="2020-02-13T10:30:00-06:00",
        end="2020-02-13T12:00:00-06:00",
        venue_name="Lagoon Learning Centre",
        locality="Belmopan",
        district="BZ-CY",
        mode="hybrid",
        topics=["fiscal-openness"],
        people=[
            {
                "role": "speaker",
                "name": "Ana Sample",
                "position": "Budget analyst",
                "affiliation": "Sample Institute",
                "biography": "Ana Sample has taught how to read a budget for ten years.",
            },
            {"role": "facilitator", "name": "Luis Ejemplo", "affiliation": "Example Organization"},
        ],
        questions=[
            {
                "question": "May a village council see what the ministry spent in its area?",
                "sector": "public-service",
                "answered": "in_writing",
                "answer": "Yes, ask for the annex by village.",
                "answered_by": "Sample Institute",
            }
        ],
        links=[{"kind": "shared", "title": "Guide to budgets", "url": "https://www.example.org/guide"}],
        resources=[
            {
                "kind": "presentation",
                "name": "A budget on one page",
                "url": "https://www.example.org/budget.pdf",
                "format": "PDF",
                "license": "cc-by-sa",
            }
        ],
    )
    return series


def _adder(series: dict[str, Any], common: dict[str, Any]) -> Callable[..., None]:
    def add(number: int, **fields: Any) -> None:
        _create(
            type="webinar",
            name=f"{series['name']}-{number}",
            in_series=[series["id"]],
            session_number=number,
            status="held",
            timezone="America/Belize",
            **common,
            **fields,
        )

    return add


def _create(**fields: Any) -> dict[str, Any]:
    site_user = call_action("get_site_user")
    return call_action("package_create", {"user": site_user["name"]}, **fields)
