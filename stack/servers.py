"""The servers under CKAN, started together: PostgreSQL, Redis, Solr."""

from __future__ import annotations

from collections.abc import Callable

from . import files, postgres, redis_server, solr
from .errors import StackError
from .progress import step
from .settings import DATABASES, REDIS, SOLR, Settings
from .supervisor import Program, Supervisor, wait

NAMES = ("postgres", "redis", "solr", "supervisor")
TITLES = {"postgres": "PostgreSQL", "redis": "Redis", "solr": "Solr"}


def prepare(settings: Settings) -> None:
    """Make what the servers need before they can start."""
    if "solr" in settings.servers and not solr.libraries_are_there():
        with step("Solr's libraries from Maven Central"):
            solr.fetch_libraries(settings)
    if "postgres" in settings.servers and not (settings.postgres_data / "PG_VERSION").exists():
        with step("Data folder of PostgreSQL"):
            postgres.create_data(settings)


def programs(settings: Settings, ports: dict[str, int]) -> list[Program]:
    """Return the servers that the process manager runs, and write their configuration."""
    found = []
    if "postgres" in settings.servers:
        line = postgres.command(settings, ports["postgres"])
        found.append(
            Program("postgres", line, postgres.user(), stop_signal="INT", patience=60, autostart=True)
        )
    if "redis" in settings.servers:
        redis_server.write_configuration(settings, ports["redis"])
        found.append(Program("redis", redis_server.command(settings), autostart=True))
    if "solr" in settings.servers:
        solr.write_home(settings)
        found.append(Program("solr", solr.command(settings, ports["solr"]), autostart=True))
    return found


def addresses(settings: Settings, ports: dict[str, int]) -> dict[str, str]:
    """Return the address of every server, ours or given, by variable."""
    found = dict(settings.given)
    if "postgres" in settings.servers:
        found |= postgres.urls(settings, ports["postgres"])
    if "redis" in settings.servers:
        found[REDIS] = redis_server.url(settings, ports["redis"])
    if "solr" in settings.servers:
        found[SOLR] = solr.url(ports["solr"])
    return found


def wait_until_ready(settings: Settings, ports: dict[str, int], manager: Supervisor) -> None:
    """Wait for every server of ours, and make the databases where they are missing."""
    checks: dict[str, Callable[[], bool]] = {
        "postgres": lambda: postgres.answers(settings, ports["postgres"]),
        "redis": lambda: redis_server.answers(settings, ports["redis"]),
        "solr": lambda: solr.answers(ports["solr"]),
    }
    for name in settings.servers:
        if not wait(checks[name], 120):
            raise StackError(f"{TITLES[name]} does not start. Its log is {manager.log_of(name)}.")
    if "postgres" in settings.servers:
        postgres.create_databases(settings, ports["postgres"])


def given(settings: Settings) -> list[str]:
    """Return the titles of the servers that are the operator's own."""
    kinds = {"PostgreSQL": DATABASES[0], "Redis": REDIS, "Solr": SOLR}
    return [title for title, variable in kinds.items() if variable in settings.given]


def remembered_ports(settings: Settings) -> dict[str, int]:
    """Return the ports of the last start."""
    return {name: int(port) for name, port in files.read_json(settings.state / "ports.json").items()}
