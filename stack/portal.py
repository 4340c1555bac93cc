"""The commands of bin/portal."""

from __future__ import annotations

import argparse
import contextlib
import os
import select
import shutil
import signal
import sys
import time
from pathlib import Path

from . import apps, backup, bootstrap, processes, servers
from .errors import StackError
from .progress import complain
from .settings import MARK, Settings, environment, load
from .starting import Started, lock, running, up


def tell(settings: Settings, started: Started, samples: bool) -> None:
    """Print where to look and how to log in."""
    password = settings.keys.path("admin-password")
    print(f"\nThe portal is at {settings.url}")
    if samples:
        print(f"  webinars      {settings.url}/webinar\n  their series  {settings.url}/webinar_series")
        print(f"  action plans  {settings.url}/action_plan")
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
            up(settings, samples=False, again=True)
    except KeyboardInterrupt:
        # Whoever loses patience and presses Ctrl-C again must not leave half of it running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
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
        return end(settings)


def end(settings: Settings) -> bool:
    """End the portal for good, under its lock; says whether it was running.

    Where the process manager was killed, the scheduler may be about to start the portal again, and wait for the lock.
    """
    if settings.state.exists():
        settings.ended.touch(mode=0o600)
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
    well = all(state["statename"] in ("RUNNING", "STARTING") for state in states.values()) and apps.answers(
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


def restore(settings: Settings, file: Path, sure: bool) -> int:
    """Bring the portal back to what a backup holds, after asking."""
    if not file.is_file():
        raise StackError(f"There is no file {file}.")
    print(
        "This brings the portal back to the time of the backup. What was published or uploaded since is lost."
    )
    if not sure:
        print("Restore? [y/N] ", end="", flush=True)
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            print("Nothing was changed.")
            return 1
    backup.restore(settings, file)
    started = up(settings, samples=False)
    backup.index(settings)
    tell(settings, started, samples=False)
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
    if options.command == "backup":
        backup.backup(settings, options.file)
        print(
            f"The backup is {options.file}. It holds the portal's keys: keep it where only you can read it."
        )
        return 0
    if options.command == "restore":
        return restore(settings, options.file, options.yes)
    if options.command == "up":
        started = up(settings, options.samples, options.again)
        if options.again and settings.ended.exists():
            return 0
        tell(settings, started, options.samples)
        print("\n`bin/portal down` ends it.", flush=True)
        return 1 if started.trouble else 0
    return serve(settings, options.samples)


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; bin/portal itself holds the help."""
    parser = argparse.ArgumentParser(prog="bin/portal", add_help=False, usage="see bin/portal --help")
    parser.add_argument("--no-samples", dest="samples", action="store_false")
    commands = parser.add_subparsers(
        dest="command", metavar="up | down | status | reset | backup | restore | ckan"
    )
    # With a default of its own the command would undo a --no-samples that stands before it.
    starting = commands.add_parser("up", add_help=False)
    starting.add_argument("--no-samples", dest="samples", action="store_false", default=argparse.SUPPRESS)
    # What the scheduler says, which is no person: a portal that was ended stays so.
    starting.add_argument("--again", action="store_true", help=argparse.SUPPRESS)
    for name in ("down", "status"):
        commands.add_parser(name, add_help=False)
    commands.add_parser("reset", add_help=False).add_argument("--yes", action="store_true")
    commands.add_parser("backup", add_help=False).add_argument("file", type=Path)
    restoring = commands.add_parser("restore", add_help=False)
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--yes", action="store_true")
    return parser.parse_args(arguments)
