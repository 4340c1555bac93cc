"""The process manager (supervisord): its configuration, and talking to it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import files, processes
from .errors import StackError
from .settings import ROOT, Settings, environment

USER = "portal"


@dataclass(frozen=True)
class Program:
    """One process that is kept alive.

    Attributes:
        name: Its name, also of its log file.
        command: The command line.
        user: Another user to run as, or None.
        stop_signal: What tells it to end.
        patience: Seconds until it is killed.
        autostart: Whether it starts with the process manager; otherwise when it is told to.
    """

    name: str
    command: Sequence[str]
    user: str | None = None
    stop_signal: str = "TERM"
    patience: int = 30
    autostart: bool = False


def configuration(settings: Settings, port: int, programs: Sequence[Program]) -> str:
    """Return supervisord's configuration."""
    sections = {
        "supervisord": {
            "logfile": settings.logs / "supervisord.log",
            "logfile_maxbytes": "5MB",
            "logfile_backups": 3,
            "pidfile": settings.state / "supervisord.pid",
            "childlogdir": settings.logs,
            "directory": ROOT,
            "umask": "077",
            "minfds": 1024,
        },
        "rpcinterface:supervisor": {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface",
        },
        "inet_http_server": {
            "port": f"127.0.0.1:{port}",
            "username": USER,
            "password": settings.keys.get("supervisor"),
        },
    }
    if os.geteuid() == 0:
        sections["supervisord"]["user"] = "root"
    for program in programs:
        sections[f"program:{program.name}"] = {
            "command": shlex.join(program.command),
            # PostgreSQL's user may not enter a clone in root's home.
            "directory": "/" if program.user else ROOT,
            "autostart": str(program.autostart).lower(),
            "autorestart": "true",
            "startsecs": 2,
            # A server that another one waits for may take its time; giving up is not an option.
            "startretries": 1000,
            "stopsignal": program.stop_signal,
            "stopwaitsecs": program.patience,
            "stopasgroup": "false",
            "killasgroup": "true",
            "redirect_stderr": "true",
            "stdout_logfile": settings.logs / f"{program.name}.log",
            "stdout_logfile_maxbytes": "10MB",
            "stdout_logfile_backups": 5,
            "priority": 10 if program.autostart else 20,
        } | ({"user": program.user} if program.user else {})
    lines = []
    for title, values in sections.items():
        lines += [
            f"[{title}]",
            *(f"{name}={str(value).replace('%', '%%')}" for name, value in values.items()),
            "",
        ]
    return "\n".join(lines)


class Supervisor:
    """The process manager of one stack."""

    def __init__(self, settings: Settings, port: int) -> None:
        self.settings = settings
        self.path = settings.state / "supervisord.conf"
        password = settings.keys.get("supervisor")
        self.rpc: Any = xmlrpc.client.ServerProxy(
            f"http://{USER}:{password}@127.0.0.1:{port}/RPC2"
        ).supervisor

    def write(self, text: str) -> bool:
        """Write the configuration; says whether it changed."""
        self.settings.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        return files.write(self.path, text)

    def pid(self) -> int | None:
        """Return the id of the running process manager."""
        try:
            return int(self.rpc.getPID())
        except (OSError, xmlrpc.client.Error, xmlrpc.client.ProtocolError):
            return None

    def start(self, extra: Mapping[str, str]) -> None:
        """Start the process manager, and with it the programs that start by themselves.

        Args:
            extra: More variables for the programs' environment.
        """
        log = self.settings.logs / "supervisord.start.log"
        with log.open("w") as output:
            done = subprocess.run(
                [sys.executable, "-m", "supervisor.supervisord", "-c", str(self.path)],
                cwd=ROOT, env=environment(self.settings) | dict(extra), start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        if done.returncode or not wait(lambda: self.pid() is not None, 20):
            text = log.read_text(errors="replace")
            if "No space left" in text:
                raise OSError(28, "No space left on device", str(self.settings.state))
            raise StackError(f"The process manager did not start; see {log}.")

    def states(self) -> dict[str, dict[str, Any]]:
        """Return what is known of each program, by name."""
        return {info["name"]: info for info in self.rpc.getAllProcessInfo()}

    def start_programs(self, names: Sequence[str]) -> None:
        """Start programs that do not run."""
        states = self.states()
        for name in names:
            if states[name]["statename"] not in ("RUNNING", "STARTING"):
                self.rpc.startProcess(name, False)

    def stop_programs(self, names: Sequence[str]) -> None:
        """Stop programs that run."""
        states = self.states()
        for name in names:
            if states[name]["statename"] not in ("STOPPED", "EXITED", "FATAL"):
                self.rpc.stopProcess(name, False)
        wait(
            lambda: all(self.states()[name]["statename"] in ("STOPPED", "EXITED", "FATAL") for name in names),
            60,
        )

    def log_of(self, name: str) -> Path:
        """Return a program's log file."""
        return self.settings.logs / f"{name}.log"

    def stop(self) -> bool:
        """End the process manager and all its programs.

        Returns:
            Whether anything was running.
        """
        pid = self.pid()
        if pid is not None:
            self.rpc.shutdown()
            processes.wait_for_end([pid], 90)
        return bool(processes.end_all(self.settings)) or pid is not None


def wait(condition: Any, seconds: float) -> bool:
    """Wait until a condition holds; says whether it does."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True
