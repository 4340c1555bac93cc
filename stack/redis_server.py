"""Redis of our own: the queues of harvest and background jobs."""

from __future__ import annotations

from urllib.parse import quote

import redis

from . import files
from .settings import Settings


def write_configuration(settings: Settings, port: int) -> None:
    """Write Redis' configuration."""
    data = settings.state / "redis"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = {
        "bind": "127.0.0.1",
        "port": str(port),
        "requirepass": settings.keys.get("redis"),
        "dir": f'"{data}"',
        "daemonize": "no",
        "save": '""',
        # The queues outlive the server: every message is in the log before its sender hears of it.
        "appendonly": "no" if settings.name == "test" else "yes",
        "appendfsync": "everysec",
        # Keeps the process's environment readable, by which we know it as ours.
        "set-proc-title": "no",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
    }
    text = "".join(f"{name} {value}\n" for name, value in lines.items())
    files.write(settings.state / "redis.conf", text)


def command(settings: Settings) -> list[str]:
    """Return the server's command line."""
    return ["redis-server", str(settings.state / "redis.conf")]


def url(settings: Settings, port: int) -> str:
    """Return the address; without the time-out, idle harvest consumers would die."""
    return f"redis://:{quote(settings.keys.get('redis'), safe='')}@127.0.0.1:{port}/0?socket_timeout=86400"


def answers(settings: Settings, port: int) -> bool:
    """Say whether the server is ready."""
    try:
        with redis.Redis.from_url(url(settings, port), socket_connect_timeout=5) as server:
            return bool(server.ping())
    except redis.RedisError:
        return False
