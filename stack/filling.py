"""Fills the portal: tables, administrator, organization, samples. The work itself is done by bootstrap.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import apps, bootstrap, files
from .errors import StackError
from .progress import step
from .settings import ROOT, Settings, environment
from .supervisor import Supervisor


def fill(settings: Settings, manager: Supervisor, samples: bool) -> str:
    """Bring tables, administrator, organization and samples up to date, where that is not done yet.

    Returns:
        What is wrong with the samples, or nothing: the portal can be used without them.
    """
    done = files.read_json(settings.state / "done.json")
    server = json.dumps(dict(settings.given), sort_keys=True)
    tables = files.fingerprint([server, *apps.versions(), *migrations()])
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
        manager.start_programs(apps.names(settings))
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
                complete &= event["status"] == "Finished" and not event["errors"]
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


def migrations() -> list[Path]:
    """Return the folder of our own migrations, what they depend on, and what does them."""
    here = ROOT / "stack"
    package = ROOT / "ckanext-opengovbelize/ckanext/opengovbelize"
    return [package / "migration", here / "common.ini", here / "bootstrap.py"]
