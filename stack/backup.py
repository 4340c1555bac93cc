"""``bin/portal backup FILE`` and ``restore FILE``: databases, uploads, keys and settings in one archive."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from . import apps, files, postgres, servers
from .errors import StackError
from .progress import step
from .settings import DATABASES, Settings, environment
from .starting import lock, running
from .supervisor import Supervisor

# What a portal is, beside its databases. The index is made anew from them, and the queue is no more than a bell.
PARTS = ("keys", "storage", "local.ini", "settings.json")
DUMPS = ("main.dump", "datastore.dump")
# Passwords of the servers that run here: those of the backup are of no use to them.
OF_THIS_MACHINE = ("supervisor", "redis", "database-superuser")


def backup(settings: Settings, target: Path) -> None:
    """Write a backup of a running portal. It appears under its name only when it is whole.

    Raises:
        StackError: the portal does not run, a database cannot be read, or there is no folder for the file.
    """
    refuse_given(settings)
    if not target.resolve().parent.is_dir():
        raise StackError(f"There is no folder {target.resolve().parent}. Make it, or give another place.")
    with lock(settings), tempfile.TemporaryDirectory(dir=target.resolve().parent) as name:
        folder = Path(name)
        needed(settings)
        for database, dump in zip(postgres.databases(settings), DUMPS, strict=True):
            with step(f"Database {database}"):
                pg(settings, "pg_dump", "-Fc", "-f", str(folder / dump), database)
        half = folder / "half.tar.gz"
        with step("Uploads, keys and settings"):
            _pack(settings, folder, half)
        half.rename(target)


def _pack(settings: Settings, folder: Path, half: Path) -> None:
    """Write dumps and files into one file that nobody else may read."""
    half.touch(mode=0o600)
    with tarfile.open(half, "w:gz") as archive:
        for dump in DUMPS:
            archive.add(folder / dump, dump)
        for part in PARTS:
            if (settings.state / part).exists():
                archive.add(settings.state / part, part)


def restore(settings: Settings, source: Path) -> None:
    """Bring a portal back to what a backup holds, and leave CKAN stopped. What it published since is lost.

    Raises:
        StackError: the file is no backup, or the portal does not run.
    """
    refuse_given(settings)
    with lock(settings), tempfile.TemporaryDirectory(dir=settings.state) as name:
        folder = unpacked(source, Path(name))
        manager = needed(settings)
        with step("Ending CKAN"):
            manager.stop_programs(apps.names(settings))
        for database, dump in zip(postgres.databases(settings), DUMPS, strict=True):
            with step(f"Database {database}"):
                replace_database(settings, database, folder / dump)
        with step("Uploads, keys and settings"):
            for name in OF_THIS_MACHINE:
                if (settings.keys.path(name)).exists():
                    shutil.copy2(settings.keys.path(name), folder / "keys" / name)
            for part in PARTS:
                put_back(folder / part, settings.state / part)
        # The users of the databases get the passwords of the backup.
        postgres.create_databases(settings, servers.remembered_ports(settings)["postgres"])
        done = files.read_json(settings.state / "done.json")
        # The tables may be those of an older version.
        files.write_json(settings.state / "done.json", {**done, "tables": ""})


def index(settings: Settings) -> None:
    """Bring the search index in line with the databases that were put back."""
    environ = environment(settings)
    program = Path(sys.executable).with_name("ckan")
    with step("Search index"):
        done = subprocess.run(
            [str(program), "-c", str(settings.ini), "opengovbelize", "reconcile"],
            env=environ, capture_output=True, text=True,
        )  # fmt: skip
    if done.returncode:
        raise StackError("The search index is not right yet. Run: bin/portal ckan opengovbelize reconcile")


def refuse_given(settings: Settings) -> None:
    """Refuse where the databases are not ours: their administrator has means of their own."""
    if any(name in settings.given for name in DATABASES):
        raise StackError(
            "PostgreSQL was given in the environment, so its databases are not ours to copy. Use pg_dump with their "
            f"addresses, and keep {settings.state / 'keys'}, {settings.state / 'storage'} and local.ini beside it."
        )


def needed(settings: Settings) -> Supervisor:
    """Return the process manager of the portal, which has to run."""
    manager = running(settings)
    if manager is None:
        raise StackError("The portal is not running. Run bin/portal up --no-samples first.")
    return manager


def unpacked(source: Path, folder: Path) -> Path:
    """Unpack a backup, after a look whether it is one."""
    try:
        with tarfile.open(source) as archive:
            if not set(DUMPS) <= set(archive.getnames()):
                raise StackError(f"{source} is no backup of a portal: it holds no databases.")
            for member in archive:
                _unpack(archive, member, folder)
    except (tarfile.TarError, EOFError) as error:
        raise StackError(f"{source} is no backup of a portal, or is damaged.") from error
    return folder


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Unpack a folder or a file, as ours and into this folder, as backups hold them.

    Python has a filter for this since 3.11.4; Debian 12 has 3.11.2.
    """
    target = folder / member.name
    data = archive.extractfile(member) if member.isfile() else None
    if ".." in target.parts or not target.is_relative_to(folder) or not (data or member.isdir()):
        raise tarfile.ExtractError(member.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    if data is None:
        target.mkdir(exist_ok=True)
    else:
        with data, target.open("wb") as file:
            shutil.copyfileobj(data, file)
    target.chmod(member.mode & 0o755 | (stat.S_IRWXU if member.isdir() else 0))


def replace_database(settings: Settings, database: str, dump: Path) -> None:
    """Make a database anew from its dump."""
    port = servers.remembered_ports(settings)["postgres"]
    with postgres.connect_autocommit(settings, port) as server, server.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
    postgres.create_databases(settings, port)
    pg(settings, "pg_restore", "--exit-on-error", "--clean", "--if-exists", "-d", database, str(dump))


def put_back(saved: Path, place: Path) -> None:
    """Put a file or folder in the place of what is there."""
    if not saved.exists():
        return
    if place.is_dir():
        shutil.rmtree(place)
    if saved.is_dir():
        shutil.copytree(saved, place, copy_function=shutil.copy2)
        place.chmod(0o700)
    else:
        shutil.copy2(saved, place)


def pg(settings: Settings, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as the superuser of our own server."""
    port = servers.remembered_ports(settings)["postgres"]
    done = subprocess.run(
        [str(postgres.programs(settings) / program), "-h", "127.0.0.1", "-p", str(port), "-U", postgres.SUPERUSER,
         *arguments],
        env=os.environ | {"PGPASSWORD": settings.keys.get("database-superuser")}, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise StackError(f"{program} failed: {reason[0]}")
