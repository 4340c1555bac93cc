"""The commands of bin/portal."""

from __future__ import annotations

import argparse
import contextlib
import http.client
import importlib.metadata
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import bootstrap, files, ini, ports, processes, servers, supervisor
from .errors import StackError
from .progress import complain, step
from .settings import MARK, ROOT, Settings, environment, load, remember
from .supervisor import Program, Supervisor, wait

APPS = ("web", "gather", "fetch", "worker", "scheduler")
# What a start needs at least, beside what is installed already: a new database cluster, its log, an index.
ROOM = 500 * 1024 * 1024


def apps(settings: Settings) -> list[Program]:
    """Return the processes that run CKAN."""
    ckan = [str(Path(sys.executable).with_name("ckan")), "-c", str(settings.ini)]
    python = [sys.executable, "-m"]
    return [
        Program(
            "web",
            [*python, "gunicorn", "-c", str(ROOT / "stack/gunicorn_settings.py"), "stack.web:application"],
            patience=40,
        ),  # fmt: skip
        Program("gather", [*python, "stack.consumer", "gather"]),
        Program("fetch", [*python, "stack.consumer", "fetch"]),
        Program("worker", [*ckan, "jobs", "worker"], patience=60),
        Program("scheduler", [*python, "stack.scheduler"]),
    ]


def lock(settings: Settings) -> contextlib.AbstractContextManager[None]:
    """Keep two commands of one clone from working on it at once."""
    return files.locked(
        settings.state / "lock", "Another bin/portal is at work in this clone; waiting for it."
    )


def running(settings: Settings) -> Supervisor | None:
    """Return the running process manager, if there is one."""
    port = servers.remembered_ports(settings).get("supervisor")
    if port is None:
        return None
    manager = Supervisor(settings, port)
    return manager if manager.pid() else None


@dataclass(frozen=True)
class Started:
    """What became of a start.

    Attributes:
        by_us: Whether this call started the portal; otherwise it was running.
        trouble: What went wrong without keeping the portal from running, or nothing.
    """

    by_us: bool
    trouble: str = ""


def up(settings: Settings, samples: bool) -> Started:
    """Set up what is missing and start what does not run."""
    with lock(settings):
        check_room(settings)
        settings.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        manager = running(settings)
        if manager is None:
            left = processes.end_all(settings)
            if left:
                print(f"  The process manager had died; ended the {left} processes that it left.", flush=True)
        chosen = choose_ports(settings, manager)
        servers.prepare(settings)
        text, changed = write_configuration(settings, chosen)
        changed |= files.read_json(settings.state / "running.json").get("code") != code()
        fresh = Supervisor(settings, chosen["supervisor"])
        if manager and fresh.path.read_text() != text:
            with step("Ending the portal, since its settings changed"):
                manager.stop()
            manager = None
        started = manager is None
        with undone_on_failure(fresh) if started else contextlib.nullcontext():
            trouble = start(
                settings, fresh, text, chosen, restart_apps=changed and not started, samples=samples
            )
        return Started(started, trouble)


@contextlib.contextmanager
def undone_on_failure(manager: Supervisor) -> Iterator[None]:
    """End what was started where the rest of the set-up fails or is interrupted."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(StackError):
            manager.stop()
        raise


def check_room(settings: Settings) -> None:
    """Refuse to start on a disk that is as good as full."""
    for folder in {ROOT, settings.postgres_data}:
        while not folder.exists():
            folder = folder.parent
        free = shutil.disk_usage(folder).free
        if free < ROOM:
            raise StackError(
                f"The disk is full: {folder} has {free // 1_000_000} MB left, and {ROOM // 1_000_000} MB are "
                "needed. Free some space and run the same command again; it carries on."
            )


def choose_ports(settings: Settings, manager: Supervisor | None) -> dict[str, int]:
    """Return the port of each server; those of a running portal stay."""
    web = settings.port
    web_is_ours = manager is not None and settings.port == files.read_json(
        settings.state / "running.json"
    ).get("port")
    if not web_is_ours and not ports.is_free(web):
        raise StackError(
            f"Port {web} is taken by another program. Choose another one: PORTAL_PORT={web + 1} bin/portal"
        )
    remembered = servers.remembered_ports(settings)
    if manager and set(remembered) >= set(servers.NAMES):
        return remembered
    chosen = ports.choose(
        servers.NAMES, remembered, str(settings.state), lambda port: port != web and ports.is_free(port)
    )
    files.write_json(settings.state / "ports.json", chosen)
    return chosen


def write_configuration(settings: Settings, chosen: dict[str, int]) -> tuple[str, bool]:
    """Write what the processes read; returns supervisord's configuration and whether CKAN's changed."""
    remember(settings)
    changed = ini.write(settings, servers.addresses(settings, chosen))
    programs = [*servers.programs(settings, chosen), *apps(settings)]
    text = supervisor.configuration(settings, chosen["supervisor"], programs)
    # The web server takes these from its environment, so a change of them is a change of the processes.
    note = files.fingerprint(
        [json.dumps(web_environment(settings), sort_keys=True), json.dumps(dict(settings.given))]
    )
    return f"; {note}\n{text}", changed


def web_environment(settings: Settings) -> dict[str, str]:
    """Return what the processes of CKAN take from their environment."""
    return {
        "CKAN_INI": str(settings.ini),
        "PORTAL_PORT": str(settings.port),
        "PORTAL_WORKERS": str(settings.workers),
        "PORTAL_URL": settings.chosen["PORTAL_URL"],
    }


def start(
    settings: Settings,
    manager: Supervisor,
    text: str,
    chosen: dict[str, int],
    restart_apps: bool,
    samples: bool,
) -> str:
    """Start servers and CKAN, and fill the portal where it is empty.

    Returns:
        What is wrong with the samples, or nothing.
    """
    if manager.pid() is None:
        manager.write(text)
        manager.start(web_environment(settings))
        # From here on the port is ours, whatever interrupts the rest.
        files.write_json(settings.state / "running.json", {"port": settings.port})
    titles = [servers.TITLES[name] for name in settings.servers]
    if titles:
        with step(f"Starting {', '.join(titles)}"):
            manager.start_programs(settings.servers)
            servers.wait_until_ready(settings, chosen, manager)
    for title in servers.given(settings):
        print(f"  {title}: the one given in the environment", flush=True)
    if restart_apps:
        with step("Ending CKAN, since its settings or its code changed"):
            manager.stop_programs(APPS)
    trouble = fill(settings, manager, samples)
    with step("Starting CKAN"):
        # Each takes seconds of a processor to load; the one that somebody waits for comes first.
        manager.start_programs(["web"])
        wait_for_web(settings, manager)
        manager.start_programs(APPS)
    files.write_json(settings.state / "running.json", {"port": settings.port, "code": code()})
    return trouble


def fill(settings: Settings, manager: Supervisor, samples: bool) -> str:
    """Bring tables, administrator, organization and samples up to date, where that is not done yet.

    Returns:
        What is wrong with the samples, or nothing: the portal can be used without them.
    """
    done = files.read_json(settings.state / "done.json")
    server = json.dumps(dict(settings.given), sort_keys=True)
    tables = files.fingerprint([server, *versions(), *migrations()])
    harvested = files.fingerprint([server, *(sample.folder for sample in bootstrap.SOURCES)])
    wants_samples = samples and done.get("samples") != harvested
    if done.get("tables") == tables and not wants_samples:
        return ""
    process, events = start_bootstrap(settings, wants_samples)
    try:
        with step("Tables, administrator and organization"):
            expect(events, "organization", process, manager)
            done["tables"] = tables
            files.write_json(settings.state / "done.json", done)
        if not wants_samples:
            return ""
        manager.start_programs(APPS)
        trouble = harvest_samples(events, process, manager)
        if not trouble:
            done["samples"] = harvested
            files.write_json(settings.state / "done.json", done)
        return trouble
    finally:
        process.terminate()
        process.wait()


def harvest_samples(
    events: Iterator[dict[str, Any]], process: subprocess.Popen[bytes], manager: Supervisor
) -> str:
    """Wait for the samples to be harvested; returns what went wrong, or nothing."""
    lines, complete = [], True
    try:
        with step("Harvesting the samples through the queue"):
            for _ in bootstrap.SOURCES:
                event = expect(events, "harvested", process, manager)
                complete &= event["status"] == "Finished" and not event["counts"].get("errored")
                lines.append(harvest_line(event))
    except StackError as error:
        return f"The samples were not harvested. {error}"
    for line in lines:
        print(f"    {line}", flush=True)
    return "" if complete else "Not all samples were harvested; the next start tries again."


def harvest_line(event: dict[str, Any]) -> str:
    """Return one line about a harvested sample."""
    counts = ", ".join(f"{count} {name}" for name, count in sorted(event["counts"].items()) if count)
    return f"{event['title']}: {event['status'].lower()}, {counts or 'nothing to do'}"


def start_bootstrap(
    settings: Settings, samples: bool
) -> tuple[subprocess.Popen[bytes], Iterator[dict[str, Any]]]:
    """Start the process that fills the portal; returns it with what it tells."""
    settings.keys.get("admin-password")
    reading, writing = os.pipe()
    command = [
        sys.executable, "-m", "stack.bootstrap", "--ini", str(settings.ini), "--events", str(writing),
        "--password-file", str(settings.keys.path("admin-password")), *(["--samples"] if samples else []),
    ]  # fmt: skip
    with (settings.logs / "bootstrap.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(settings), pass_fds=[writing],
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    os.close(writing)
    return process, (json.loads(line) for line in os.fdopen(reading))


def expect(
    events: Iterator[dict[str, Any]], name: str, process: subprocess.Popen[bytes], manager: Supervisor
) -> dict[str, Any]:
    """Wait for one event; the end of the events without it is a failure."""
    for event in events:
        if event["event"] == name:
            return event
    process.wait()
    log = manager.log_of("bootstrap")
    if "No space left" in log.read_text(errors="replace"):
        raise OSError(28, "No space left on device", str(manager.settings.state))
    raise StackError(f"The portal could not be filled; the reason is at the end of {log}.")


def code() -> str:
    """Return a fingerprint of the code that the processes load when they start."""
    return files.fingerprint([ROOT / "ckanext-opengovbelize/ckanext", ROOT / "stack", *versions()])


def versions() -> list[str]:
    """Return the versions of the packages that bring tables."""
    names = ("ckan", "ckanext-harvest", "ckanext-scheming", "ckanext-dcat", "ckanext-opengovbelize")
    return [f"{name} {importlib.metadata.version(name)}" for name in names]


def migrations() -> list[Path]:
    """Return the folder of our own migrations, and what they depend on."""
    return [ROOT / "ckanext-opengovbelize/ckanext/opengovbelize/migration", ROOT / "stack/common.ini"]


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


def wait_for_web(settings: Settings, manager: Supervisor) -> None:
    """Wait until the portal answers."""
    if not wait(lambda: answers(settings), 180):
        raise StackError(f"The portal does not answer. The log of the web server is {manager.log_of('web')}.")


def tell(settings: Settings, started: Started, samples: bool) -> None:
    """Print where to look and how to log in."""
    password = settings.keys.path("admin-password")
    print(f"\nThe portal is at {settings.url}")
    if samples:
        print(f"  webinars      {settings.url}/webinar\n  their series  {settings.url}/webinar_series")
    print(f"  log in        {settings.url}/user/login")
    print(f"                as {bootstrap.ADMIN}, password {settings.keys.get(password.name)}")
    print(f"                (kept in {password})")
    print(f"  logs          {settings.logs}", flush=True)
    if started.trouble:
        complain(f"\n{started.trouble}")


def serve(settings: Settings, samples: bool) -> int:
    """Run the portal until Ctrl-C or SIGTERM, then end what was started."""
    started = up(settings, samples)
    tell(settings, started, samples)
    if not started.by_us:
        print("\nIt was running already, and goes on. `bin/portal down` ends it.", flush=True)
        return 0
    print("\nCtrl-C ends it.", flush=True)
    try:
        while True:
            wait_for_end(settings)
            if not processes.marked(settings):
                print("The portal was ended from elsewhere.", flush=True)
                return 0
            # The process manager died. The scheduler sees that too; whoever comes second finds it done.
            up(settings, samples=False)
    except KeyboardInterrupt:
        print("\nEnding the portal ...", end="", flush=True)
        down(settings)
        print(" done", flush=True)
        return 0


def wait_for_end(settings: Settings) -> None:
    """Wait until the process manager has ended."""
    manager = running(settings)
    pid = manager.pid() if manager else None
    if pid is None:
        return
    with contextlib.suppress(ProcessLookupError):
        handle = os.pidfd_open(pid)
        try:
            select.select([handle], [], [])
        finally:
            os.close(handle)


def down(settings: Settings) -> bool:
    """End the portal; says whether it was running."""
    with lock(settings):
        manager = running(settings)
        if manager:
            return manager.stop()
        return bool(processes.end_all(settings))


def status(settings: Settings) -> int:
    """Print what runs; the exit status is 0 where all is well, 3 where nothing runs, else 1."""
    manager = running(settings)
    if manager is None:
        left = processes.marked(settings)
        if left:
            print(f"The process manager has died; {len(left)} processes go on. `bin/portal up` takes over.")
            return 1
        print("The portal is not running. `bin/portal up` starts it.")
        return 3
    states = manager.states()
    # Each process counts as starting for its first seconds, also right after `up`.
    well = all(state["statename"] in ("RUNNING", "STARTING") for state in states.values()) and answers(
        settings
    )
    print(f"The portal is at {settings.url}" + ("" if well else ", and is not well"))
    for name, state in states.items():
        since = time.strftime("%Y-%m-%d %H:%M", time.localtime(state["start"])) if state["start"] else ""
        print(f"  {name:<10} {state['statename'].lower():<9} {since}")
    for title in servers.given(settings):
        print(f"  {title}: the one given in the environment")
    print(f"  logs: {settings.logs}")
    return 0 if well else 1


def reset(settings: Settings, sure: bool) -> int:
    """Delete the portal's data after asking; keys stay."""
    doomed = [
        settings.postgres_data,
        *(settings.state / name for name in ("redis", "solr", "storage", "webassets", "logs")),
    ]
    doomed = [path for path in doomed if path.exists()]
    if not doomed and not (settings.state / "done.json").exists():
        print("There is nothing to delete.")
        return 0
    print(
        "This ends the portal and deletes, for good, all that was published, uploaded, harvested and logged:"
    )
    for path in doomed:
        print(f"  {path}")
    print(f"Keys and the administrator's password stay: {settings.keys.folder}")
    for title in servers.given(settings):
        print(f"{title} given in the environment is not touched; empty it yourself.")
    if not sure:
        print("Delete? [y/N] ", end="", flush=True)
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            print("Nothing was deleted.")
            return 1
    down(settings)
    with lock(settings):
        for name in ("done.json", "running.json"):
            (settings.state / name).unlink(missing_ok=True)
        for path in doomed:
            shutil.rmtree(path)
    print("Deleted.")
    return 0


def ckan(settings: Settings, arguments: list[str]) -> int:
    """Run a ckan command on the portal."""
    if not settings.ini.exists():
        raise StackError("The portal is not set up yet. Run bin/portal up first.")
    if running(settings) is None:
        raise StackError("The portal is not running. Run bin/portal up first.")
    environ = environment(settings)
    # A command is not one of the portal's processes: the portal's end does not end it.
    del environ[MARK]
    program = Path(sys.executable).with_name("ckan")
    os.execve(program, [str(program), "-c", str(settings.ini), *arguments], environ)


def main(arguments: list[str]) -> int:
    """Run one command of bin/portal."""
    settings = load("portal")
    if arguments[:1] == ["ckan"]:
        return ckan(settings, arguments[1:])
    options = parse(arguments)
    if options.command == "status":
        return status(settings)
    if options.command == "down":
        print("The portal has ended." if down(settings) else "The portal was not running.")
        return 0
    if options.command == "reset":
        return reset(settings, options.yes)
    if options.command == "up":
        started = up(settings, options.samples)
        tell(settings, started, options.samples)
        print("\n`bin/portal down` ends it.", flush=True)
        return 1 if started.trouble else 0
    return serve(settings, options.samples)


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; bin/portal itself holds the help."""
    parser = argparse.ArgumentParser(prog="bin/portal", add_help=False, usage="see bin/portal --help")
    parser.add_argument("--no-samples", dest="samples", action="store_false")
    commands = parser.add_subparsers(dest="command", metavar="up | down | status | reset | ckan")
    # With a default of its own the command would undo a --no-samples that stands before it.
    commands.add_parser("up", add_help=False).add_argument(
        "--no-samples", dest="samples", action="store_false", default=argparse.SUPPRESS
    )
    for name in ("down", "status"):
        commands.add_parser(name, add_help=False)
    commands.add_parser("reset", add_help=False).add_argument("--yes", action="store_true")
    return parser.parse_args(arguments)
