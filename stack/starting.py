"""Starting the portal: what has to be there, what is written, what is started, in this order."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from . import apps, files, filling, ini, ports, processes, servers, supervisor
from .errors import StackError
from .progress import step
from .settings import ROOT, Settings, remember
from .supervisor import Supervisor

# What a start needs at least, beside what is installed already: a new database cluster, its log, an index.
ROOM = 500 * 1024 * 1024


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


def up(settings: Settings, samples: bool, again: bool = False) -> Started:
    """Set up what is missing and start what does not run.

    Args:
        settings: The portal.
        samples: Whether an empty portal gets the sample records.
        again: Nobody asked for it, the process manager was found dead: a portal that was ended stays so.
    """
    with lock(settings):
        if again and settings.ended.exists():
            return Started(by_us=False)
        settings.ended.unlink(missing_ok=True)
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
        changed |= files.read_json(settings.state / "running.json").get("code") != apps.code()
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
    programs = [*servers.programs(settings, chosen), *apps.programs(settings)]
    text = supervisor.configuration(settings, chosen["supervisor"], programs)
    # The web server takes these from its environment, so a change of them is a change of the processes.
    note = files.fingerprint(
        [json.dumps(apps.web_environment(settings), sort_keys=True), json.dumps(dict(settings.given))]
    )
    return f"; {note}\n{text}", changed


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
        manager.start(apps.web_environment(settings))
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
            manager.stop_programs(apps.names(settings))
    trouble = filling.fill(settings, manager, samples)
    with step("Starting CKAN"):
        # Each takes seconds of a processor to load; the one that somebody waits for comes first.
        manager.start_programs(["web"])
        apps.wait_until_ready(settings, manager)
        manager.start_programs(apps.names(settings))
    files.write_json(settings.state / "running.json", {"port": settings.port, "code": apps.code()})
    return trouble
