"""Where things lie, and what the operator chose."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from . import files, ports
from .errors import StackError
from .keys import Keys

ROOT = Path(__file__).resolve().parent.parent

# What the servers of one's own are called in the environment: CKAN's own names.
DATABASES = ("CKAN_SQLALCHEMY_URL", "CKAN_DATASTORE_WRITE_URL", "CKAN_DATASTORE_READ_URL")
SOLR = "CKAN_SOLR_URL"
REDIS = "CKAN_REDIS_URL"
SERVERS = (*DATABASES, SOLR, REDIS)

# By this variable a process is known as one of a stack: its value is the stack's folder.
MARK = "OPENGOVBELIZE_STACK"
# A portal that tests start beside that of the clone keeps its data in the folder that this names.
STATE = "OPENGOVBELIZE_PORTAL"

DEFAULTS = {
    "PORTAL_PORT": "5000",
    "PORTAL_URL": "",
    "PORTAL_WORKERS": "2",
    "PORTAL_CONSUMERS": "2",
    "PORTAL_SOLR_MEMORY": "512m",
}


@dataclass(frozen=True)
class Settings:
    """One stack: the portal of this clone, or its test servers.

    Attributes:
        name: ``portal`` or ``test``.
        state: The ignored folder that holds all that the stack makes.
        chosen: The ``PORTAL_*`` settings in force.
        given: Addresses of servers of one's own, by variable.
    """

    name: str
    state: Path
    chosen: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULTS))
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> Keys:
        """The secrets of this stack."""
        return Keys(self.state / "keys")

    @property
    def ended(self) -> Path:
        """The mark that somebody ended the portal: until it is gone only a person starts it again."""
        return self.state / "ended"

    @property
    def logs(self) -> Path:
        """The folder of log files."""
        return self.state / "logs"

    @property
    def ini(self) -> Path:
        """CKAN's configuration, written by us."""
        return self.state / "ckan.ini"

    @property
    def postgres_data(self) -> Path:
        """The folder of PostgreSQL's data.

        PostgreSQL refuses to run as root, and the user under which it then runs cannot enter a clone
        in root's home: there the data lies below /var/lib, under a name that belongs to this clone.
        """
        if os.geteuid() != 0:
            return self.state / "postgres"
        key = hashlib.sha256(str(self.state).encode()).hexdigest()[:12]
        return Path("/var/lib/opengovbelize") / f"{self.name}-{key}"

    @property
    def port(self) -> int:
        """The port of the web server."""
        return ports.parse(self.chosen["PORTAL_PORT"], "PORTAL_PORT")

    @property
    def local_url(self) -> str:
        """The address on this machine."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The address that visitors use: the proxy's, where there is one."""
        return self.chosen["PORTAL_URL"] or self.local_url

    @property
    def workers(self) -> int:
        """Processes of the web server."""
        return self._number("PORTAL_WORKERS")

    @property
    def consumers(self) -> int:
        """Processes of each half of harvesting."""
        return self._number("PORTAL_CONSUMERS")

    def _number(self, name: str) -> int:
        text = self.chosen[name]
        if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65:
            raise StackError(f"{name} must be a number from 1 to 64.")
        return int(text)

    @property
    def servers(self) -> tuple[str, ...]:
        """The servers that we run ourselves."""
        own = []
        if DATABASES[0] not in self.given:
            own.append("postgres")
        if REDIS not in self.given:
            own.append("redis")
        if SOLR not in self.given:
            own.append("solr")
        return tuple(own)


def load(name: str, environ: Mapping[str, str] = os.environ, root: Path = ROOT) -> Settings:
    """Read the settings: the environment's, else those of the last start, else the defaults."""
    state = root / f".{name}"
    if name == "portal" and environ.get(STATE):
        state = Path(environ[STATE])
    remembered = files.read_json(state / "settings.json")
    chosen = {key: environ.get(key, str(remembered.get(key, value))) for key, value in DEFAULTS.items()}
    chosen = {key: value or DEFAULTS[key] for key, value in chosen.items()}
    given = {key: environ[key] for key in SERVERS if environ.get(key)}
    missing = [key for key in DATABASES if key not in given]
    if missing and len(missing) < len(DATABASES):
        raise StackError(f"Give all three addresses of your PostgreSQL, or none; {missing[0]} is missing.")
    settings = Settings(name=name, state=state, chosen=chosen, given=given)
    check(settings)
    return settings


def check(settings: Settings) -> None:
    """Refuse settings that cannot work."""
    _ = settings.port, settings.workers, settings.consumers
    memory = settings.chosen["PORTAL_SOLR_MEMORY"].lower()
    if not (memory[:-1].isascii() and memory[:-1].isdigit() and memory[-1:] in "mg"):
        raise StackError("PORTAL_SOLR_MEMORY must be a number with m or g, for example 512m or 2g.")
    url = urlsplit(settings.chosen["PORTAL_URL"])
    if settings.chosen["PORTAL_URL"] and (
        url.scheme not in ("http", "https") or not url.netloc or url.path.strip("/")
    ):
        raise StackError("PORTAL_URL must be an address such as https://data.example.org, without a path.")


def remember(settings: Settings) -> None:
    """Keep the chosen settings for the next start."""
    files.write_json(settings.state / "settings.json", dict(settings.chosen))


def environment(settings: Settings, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment of the processes that we start.

    CKAN takes several addresses from the environment before its configuration: only those that were given
    to us may reach it.
    """
    ours = {
        "CKAN_INI",
        "CKAN_SITE_URL",
        "CKAN_SITE_ID",
        "CKAN_STORAGE_PATH",
        "VIRTUAL_ENV",
        "PYTHONHOME",
        *SERVERS,
    }
    clean = {key: value for key, value in environ.items() if key not in ours}
    local = ",".join(
        filter(None, (clean.get("no_proxy", clean.get("NO_PROXY", "")), "127.0.0.1", "localhost"))
    )
    return (
        clean
        | dict(settings.given)
        | {
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_PROXY": local,
            "no_proxy": local,
            MARK: str(settings.state),
        }
    )
