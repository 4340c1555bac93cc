"""``ckan opengovbelize``: one command a file, each called ``command`` there."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

COMMANDS: tuple[str, ...] = ("attendance", "consume", "erase", "import_records", "keys", "reconcile", "sweep")


@click.group(short_help="Publish an open government program.")
def opengovbelize() -> None:
    """Publish an open government program."""


def get_commands() -> list[Any]:
    """Return the command group."""
    for name in COMMANDS:
        opengovbelize.add_command(import_module(f"{__name__}.{name}").command)
    return [opengovbelize]
