"""The commands of bin/test."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from . import files, ports, servers, supervisor
from .progress import step
from .settings import MARK, ROOT, SERVERS, Settings, environment, load

QUICK = "not server and not browser and not soak"
WITH_SERVERS = "(server or browser) and not soak"
ALL = "not soak"

INTERRUPTED = 130

# CKAN's own pytest plugins load CKAN, and CKAN does not load without a database.
WITHOUT_CKAN = ("-p", "no:ckan", "-p", "no:ckan_fixtures")

# Tests that share no server can share the processors.
IN_PARALLEL = ("--numprocesses", "auto", "--dist", "worksteal")

# Nothing answers there: a quick test that needs a server fails, wherever it is run.
NOWHERE = {
    "CKAN_SQLALCHEMY_URL": "postgresql://none@127.0.0.1:1/none",
    "CKAN_DATASTORE_WRITE_URL": "postgresql://none@127.0.0.1:1/none",
    "CKAN_DATASTORE_READ_URL": "postgresql://reader@127.0.0.1:1/none",
    "CKAN_SOLR_URL": "http://127.0.0.1:1/solr/none",
    "CKAN_REDIS_URL": "redis://127.0.0.1:1/0",
}


@contextlib.contextmanager
def running_servers(settings: Settings) -> Iterator[dict[str, str]]:
    """Start the test servers, and end them whatever happens.

    Yields:
        The servers' addresses, by variable.
    """
    with files.locked(settings.state / "lock", "Another bin/test runs in this clone; waiting for it."):
        old = supervisor.Supervisor(settings, servers.remembered_ports(settings).get("supervisor", 1))
        old.stop()
        discard(settings)
        servers.prepare(settings)
        chosen = ports.choose(servers.NAMES, {}, str(settings.state))
        files.write_json(settings.state / "ports.json", chosen)
        manager = supervisor.Supervisor(settings, chosen["supervisor"])
        manager.write(
            supervisor.configuration(settings, chosen["supervisor"], servers.programs(settings, chosen))
        )
        try:
            if settings.servers:
                with step(f"Starting {', '.join(servers.TITLES[name] for name in settings.servers)}"):
                    manager.start({})
                    servers.wait_until_ready(settings, chosen, manager)
            yield servers.addresses(settings, chosen)
        finally:
            with step("Ending what was started"):
                manager.stop()
            discard(settings)


def discard(settings: Settings) -> None:
    """Delete the data of the last run: tests start from nothing."""
    folders = [settings.state / name for name in ("redis", "solr", "storage", "webassets")]
    if "postgres" in settings.servers:
        folders.append(settings.postgres_data)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def pytest(expression: str, *arguments: str) -> list[str]:
    """Return pytest's command line; a ``-m`` among the arguments wins over ours."""
    return [sys.executable, "-m", "pytest", "-m", expression, *arguments]


def run(command: list[str], environ: dict[str, str]) -> int:
    """Run a command; what interrupts us interrupts it, and is waited for."""
    process = subprocess.Popen(command, cwd=ROOT, env=environ)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        process.wait()
        return INTERRUPTED


def main(arguments: list[str]) -> int:
    """Run the tests, or with ``--exec`` another command, beside the test servers."""
    settings = load("test")
    settings.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    environ = environment(settings) | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    }
    # Tests may start a stack of their own; the mark is for the servers alone.
    del environ[MARK]
    without_servers = 0
    if not arguments or arguments[0] == "--quick":
        chosen = arguments[1:] or IN_PARALLEL
        without_servers = run(pytest(QUICK, *WITHOUT_CKAN, *chosen), environ | NOWHERE)
        if arguments or without_servers == INTERRUPTED:
            return without_servers
    with running_servers(settings) as addresses:
        environ |= {name: addresses[name] for name in SERVERS}
        # The servers' own logs are searched for private texts too.
        environ |= {"CKAN_INI": str(ROOT / "test.ini"), "OPENGOVBELIZE_TEST_LOGS": str(settings.logs)}
        if arguments[:1] == ["--exec"]:
            return run(arguments[1:], environ)
        soak = arguments[:1] == ["--soak"]
        ini = f"--ckan-ini={environ['CKAN_INI']}"
        expression = "soak" if soak else ALL if arguments else WITH_SERVERS
        return run(pytest(expression, ini, *arguments[soak:]), environ) or without_servers
