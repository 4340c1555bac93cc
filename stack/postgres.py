"""PostgreSQL of our own: its data folder, its users and databases."""

from __future__ import annotations

import importlib.resources
import os
import pwd
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from .errors import StackError
from .settings import Settings

SUPERUSER = "portal"
OWNER, READER = "ckan_default", "datastore_default"


def programs(settings: Settings) -> Path:
    """Return the folder of PostgreSQL's programs, of the version that the data was made with."""
    version_file = settings.postgres_data / "PG_VERSION"
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3])
    )
    if not folders:
        raise StackError("PostgreSQL is missing. Install it with: apt-get install postgresql")
    if not version_file.exists():
        return folders[-1].parent
    version = version_file.read_text().strip()
    for program in folders:
        if program.parts[-3] == version:
            return program.parent
    raise StackError(
        f"The data was made by PostgreSQL {version}, which is not installed. "
        f"Install it (apt-get install postgresql-{version}), or bring the data over with pg_upgrade."
    )


def user() -> str | None:
    """Return the user under which PostgreSQL has to run, or None where it is our own."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError as error:
        raise StackError(
            "The user postgres is missing. Install PostgreSQL: apt-get install postgresql"
        ) from error


def create_data(settings: Settings) -> None:
    """Make the data folder; one that an interruption left half made is made anew."""
    data = settings.postgres_data
    if (data / "PG_VERSION").exists():
        return
    half = data.with_name(data.name + ".half")
    for folder in (half, data):
        shutil.rmtree(folder, ignore_errors=True)
    data.parent.mkdir(parents=True, exist_ok=True)
    half.mkdir(mode=0o700)
    password_file = half.with_name(data.name + ".password")
    password_file.touch(mode=0o600)
    password_file.write_text(settings.keys.get("database-superuser") + "\n")
    account = user()
    if account:
        shutil.chown(half, account)
        shutil.chown(password_file, account)
    command = [
        str(programs(settings) / "initdb"), "-D", str(half), "-U", SUPERUSER, "--auth=scram-sha-256",
        f"--pwfile={password_file}", "--encoding=UTF8", "--locale=C.UTF-8",
    ]  # fmt: skip
    if settings.name == "test":
        command.append("--no-sync")
    try:
        made = subprocess.run(command, cwd="/", user=account, group=account, capture_output=True, text=True)
    finally:
        password_file.unlink()
    if made.returncode:
        reason = made.stderr.strip().splitlines()[-1:] or ["no reason given"]
        if "No space left" in made.stderr:
            raise OSError(28, "No space left on device", str(data))
        raise StackError(f"PostgreSQL's data folder {data} could not be made: {reason[0]}")
    half.rename(data)


def command(settings: Settings, port: int) -> list[str]:
    """Return the server's command line."""
    options = {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": "200",
        # What people wrote is in no log: neither statements nor the values that an error is about.
        "log_statement": "none",
        "log_min_error_statement": "panic",
        "log_min_duration_statement": "-1",
        "log_error_verbosity": "terse",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_min_messages": "fatal" if settings.name == "test" else "error",
    }
    if settings.name == "test":
        # A test's database may be lost with the machine.
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    line = [str(programs(settings) / "postgres"), "-D", str(settings.postgres_data)]
    for name, value in options.items():
        line += ["-c", f"{name}={value}"]
    return line


def connect(settings: Settings, port: int, database: str = "postgres") -> Connection:
    """Open a connection as the superuser."""
    return psycopg2.connect(
        host="127.0.0.1", port=port, dbname=database, user=SUPERUSER, connect_timeout=5,
        password=settings.keys.get("database-superuser"),
    )  # fmt: skip


def answers(settings: Settings, port: int) -> bool:
    """Say whether the server takes connections."""
    try:
        connect(settings, port).close()
    except psycopg2.OperationalError:
        return False
    return True


def databases(settings: Settings) -> tuple[str, str]:
    """Return the names of CKAN's and the DataStore's database."""
    return (
        ("ckan_test", "datastore_test") if settings.name == "test" else ("ckan_default", "datastore_default")
    )


def urls(settings: Settings, port: int) -> dict[str, str]:
    """Return the addresses of the databases, as CKAN wants them."""
    main, datastore = databases(settings)
    owner, reader = (
        f"{name}:{quote(settings.keys.get(key), safe='')}"
        for name, key in ((OWNER, "database-owner"), (READER, "database-reader"))
    )
    return {
        "CKAN_SQLALCHEMY_URL": f"postgresql://{owner}@127.0.0.1:{port}/{main}",
        "CKAN_DATASTORE_WRITE_URL": f"postgresql://{owner}@127.0.0.1:{port}/{datastore}",
        "CKAN_DATASTORE_READ_URL": f"postgresql://{reader}@127.0.0.1:{port}/{datastore}",
    }


def create_databases(settings: Settings, port: int) -> None:
    """Make the users and databases that are not there, and give the DataStore's users their rights."""
    main, datastore = databases(settings)
    with connect_autocommit(settings, port) as server, server.cursor() as cursor:
        for role, key in ((OWNER, "database-owner"), (READER, "database-reader")):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            verb = "ALTER" if cursor.fetchone() else "CREATE"
            cursor.execute(
                sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
                    sql.SQL(verb), sql.Identifier(role), sql.Literal(settings.keys.get(key))
                )
            )
        for name in (main, datastore):
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                        sql.Identifier(name), sql.Identifier(OWNER)
                    )
                )
    for database, statements in permission_scripts(main, datastore):
        with connect_autocommit(settings, port, database) as server, server.cursor() as cursor:
            cursor.execute(statements)


def connect_autocommit(settings: Settings, port: int, database: str = "postgres") -> AutocommitConnection:
    """Return a connection whose statements take effect one by one."""
    return AutocommitConnection(settings, port, database)


class AutocommitConnection:
    """A connection in autocommit mode that is closed at the end of its block."""

    def __init__(self, settings: Settings, port: int, database: str) -> None:
        self.connection = connect(settings, port, database)
        self.connection.autocommit = True

    def __enter__(self) -> Connection:
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def permission_scripts(main: str, datastore: str) -> list[tuple[str, str]]:
    """Return the statements of ``ckan datastore set-permissions`` with the database that each part is for."""
    template = importlib.resources.files("ckanext.datastore").joinpath("set_permissions.sql").read_text()
    script = template.format(
        maindb=main, datastoredb=datastore, mainuser=OWNER, writeuser=OWNER, readuser=READER
    )  # fmt: skip
    parts = re.split(r"^\\connect (\S+)\s*$", script, flags=re.MULTILINE)
    return [(parts[index], parts[index + 1]) for index in range(1, len(parts) - 1, 2)]
