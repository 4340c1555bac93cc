"""The processes that run CKAN, and what they are started from."""

from __future__ import annotations

import http.client
import importlib.metadata
import sys
from pathlib import Path

from . import files
from .errors import StackError
from .settings import ROOT, Settings
from .supervisor import Program, Supervisor, wait


def consumers(settings: Settings) -> dict[str, str]:
    """Return the kind of each consumer, by name."""
    # Several of each kind: a slow source keeps one of them busy, and the others go on.
    numbers = ["", *range(2, settings.consumers + 1)]
    return {f"{kind}{number}": kind for kind in ("gather", "fetch") for number in numbers}


def names(settings: Settings) -> tuple[str, ...]:
    """Return the names of the processes that run CKAN."""
    return ("web", *consumers(settings), "worker", "scheduler")


def programs(settings: Settings) -> list[Program]:
    """Return the processes that run CKAN."""
    ckan = [str(Path(sys.executable).with_name("ckan")), "-c", str(settings.ini)]
    python = [sys.executable, "-m"]
    return [
        Program(
            "web",
            [*python, "gunicorn", "-c", str(ROOT / "stack/gunicorn_settings.py"), "stack.web:application"],
            patience=40,
        ),  # fmt: skip
        *(Program(name, [*python, "stack.consumer", kind]) for name, kind in consumers(settings).items()),
        Program("worker", [*ckan, "jobs", "worker"], patience=60),
        Program("scheduler", [*python, "stack.scheduler"]),
    ]


def web_environment(settings: Settings) -> dict[str, str]:
    """Return what the processes of CKAN take from their environment."""
    return {
        "CKAN_INI": str(settings.ini),
        "PORTAL_PORT": str(settings.port),
        "PORTAL_WORKERS": str(settings.workers),
        "PORTAL_URL": settings.chosen["PORTAL_URL"],
    }


def code() -> str:
    """Return a fingerprint of the code that the processes load when they start."""
    return files.fingerprint([ROOT / "ckanext-opengovbelize/ckanext", ROOT / "stack", *versions()])


def versions() -> list[str]:
    """Return the versions of the packages that bring tables."""
    names = ("ckan", "ckanext-harvest", "ckanext-scheming", "ckanext-dcat", "ckanext-opengovbelize")
    return [f"{name} {importlib.metadata.version(name)}" for name in names]


def answers(settings: Settings) -> bool:
    """Say whether the portal answers as CKAN."""
    connection = http.client.HTTPConnection("127.0.0.1", settings.port, timeout=30)
    try:
        connection.request("GET", "/api/3/action/status_show")
        response = connection.getresponse()
        return response.status == 200 and b'"site_url"' in response.read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_ready(settings: Settings, manager: Supervisor) -> None:
    """Wait until the portal answers."""
    if not wait(lambda: answers(settings), 180):
        raise StackError(f"The portal does not answer. The log of the web server is {manager.log_of('web')}.")
